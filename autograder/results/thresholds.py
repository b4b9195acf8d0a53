"""Accuracy thresholds: what a trained model must reach, and how a recipe is held against them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from autograder._util.atomic import write_whole

CERTAIN = 3.5  # standard deviations between a mean and the threshold that end a judgement early


class Threshold(Struct, frozen=True, omit_defaults=True):
    """The threshold of one question in one tier; accuracies from 0 to 1 by seed, times in seconds.

    A recipe is judged by the mean of at most `judged` runs. `miss` is the probability that the
    reference, judged with other seeds, stays below `threshold`; `slip` the probability that the recipe
    of the rung before reaches it. `step` says what of the rung the points for accuracy demand
    besides, in words; `extra` that they are extra credit, so that the threshold stands above what the
    rung before reaches. `spread` is a standard deviation, of these runs or of those of
    `spread_of`; `network` and `optimizer` say which rungs are alike in that. `key` says what was
    trained and
    on what (`Trainer.run_key`), `software` by which versions of Keras and TensorFlow, `measured`
    the day of the last run, `epoch_seconds` the processor time of the fastest epoch. `article`
    is the accuracy that the article states. Fields that an older version of the kit wrote are
    passed over: its thresholds still hold, and its runs are known to nobody.
    """

    accuracies: dict[int, float]
    key: str = ""
    software: str = ""
    mean: float = 0.0
    spread: float = 0.0
    spread_of: str = ""
    minimum: float = msgspec.field(default=0.0, name="bar")  # so in files since 0.1.0
    judged: int = 1
    miss: float = 0.0
    slip: float | None = None
    step: str = ""
    extra: bool = False
    network: str = ""
    optimizer: str = ""
    article: float | None = None
    epoch_seconds: float = 0.0
    measured: str = ""

    @property
    def runs(self) -> int:
        """How many runs the threshold was computed from."""
        return len(self.accuracies)

    def of_recipe(self, key: str, software: str) -> Mapping[int, float]:
        """The accuracies of these runs by seed, or none where they were of something else."""
        same = key and (key, software) == (self.key, self.software)
        return self.accuracies if same else {}


Thresholds = dict[str, dict[str, Threshold]]  # tier -> question


class Verdict(NamedTuple):
    """What a recipe reached: the mean over the seeds that were needed, and whether it is enough."""

    reached: float
    seeds: int
    passed: bool


class NotCalibrated(Exception):
    """There is no threshold for a question in this tier; the message says what to do."""


def judge(threshold: Threshold, accuracy: Callable[[int], float]) -> Verdict:
    """Hold a recipe against a threshold; `accuracy` trains it with a seed, from 0 on.

    The mean of `threshold.judged` runs counts. The runs end early where the further ones would not
    change the verdict.

    >>> judge(Threshold({}, minimum=0.8, judged=3, spread=0.01), lambda seed: 0.85)
    Verdict(reached=0.85, seeds=1, passed=True)
    """
    total = 0.0
    for runs in range(1, threshold.judged + 1):
        total += accuracy(runs - 1)
        if abs(total / runs - threshold.minimum) >= CERTAIN * doubt(
            threshold.spread, runs, threshold.judged
        ):
            break
    return Verdict(total / runs, runs, total / runs >= threshold.minimum)


def doubt(spread: float, runs: int, judged: int) -> float:
    """The standard deviation of the final mean of `judged` runs, known the mean of the first `runs`.

    A sequential test by predictive power with a flat prior for the recipe's own mean
    (Spiegelhalter, Freedman and Blackburn, Monitoring clinical trials: conditional or predictive
    power?, Controlled Clinical Trials 7, 1986): `spread` is the standard deviation of one run.

    >>> doubt(0.01, 5, 5)
    0.0
    """
    return spread * math.sqrt((judged - runs) / (judged * runs))


def recorded(thresholds: Mapping[str, Threshold], key: str, software: str) -> Mapping[int, float]:
    """Accuracies by seed of a run that was measured for any question; empty if it never was."""
    runs = (threshold.of_recipe(key, software) for threshold in thresholds.values())
    return next((accuracies for accuracies in runs if accuracies), {})


def in_order(rungs: Mapping[str, Threshold]) -> list[tuple[str, Threshold]]:
    """The rungs with their letters in order, the open one last."""
    return sorted(rungs.items(), key=lambda item: (len(letter(item[0])), item[0]))


def letter(name: str) -> str:
    """What a rung is called in tables: "a" of "rung-a"."""
    return name.removeprefix("rung-")


def read_thresholds(path: Path) -> Thresholds:
    """The thresholds in a file; none where there is no file."""
    if not path.exists():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=Thresholds)


def thresholds_of(path: Path, tier: str, question: str) -> Mapping[str, Threshold]:
    """The thresholds of a tier, that of `question` among them; raises NotCalibrated."""
    thresholds = read_thresholds(path).get(tier, {})
    if question not in thresholds or not thresholds[question].minimum:
        raise NotCalibrated(
            f"{path.name}: no threshold for {question} in the tier {tier}. "
            "Run `autograder calibrate`, then `autograder thresholds --publish`"
        )
    return thresholds


def write_thresholds(path: Path, thresholds: Thresholds) -> None:
    """Write the file, whole or not at all, tiers, questions and seeds in order."""
    ordered = {
        tier: {
            name: msgspec.structs.replace(
                threshold, accuracies=dict(sorted(threshold.accuracies.items()))
            )
            for name, threshold in sorted(thresholds[tier].items())
        }
        for tier in sorted(thresholds)
    }
    data = msgspec.json.format(msgspec.json.encode(ordered), indent=2) + b"\n"
    write_whole(path, data, 0o644)
