"""Accuracy thresholds: what a trained model must reach, and how a recipe is judged by them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from autograder._util.atomic import write_whole
from autograder._util.json_files import decoded

_ROUNDING = 1e-9  # of a mean of accuracies; one image is 1e-4
FALSE_PASS_RATE = 0.05  # the probability with which the rung before may reach a threshold
CERTAIN = 3.5  # standard deviations between mean and threshold that end a judgement early


class Threshold(Struct, frozen=True, omit_defaults=True):
    """The threshold of one question in one tier; accuracies from 0 to 1 by seed, times in seconds.

    A recipe is judged by the mean of at most `judged` runs, which must reach `minimum`. `miss` is
    the probability that the reference, judged with other seeds, stays below it; `slip` the
    probability that the previous rung's recipe reaches it. `step` says in words what else the
    points for accuracy require. `extra` marks extra credit: it requires a step only where its
    threshold is not above what the previous rung reaches. `spread` is the standard deviation of
    these runs, or of the runs that `spread_of` names. Rungs with equal `network` or `optimizer` have
    that in common. `key` identifies recipe and data (`Trainer.run_key`), `software` the versions of
    Keras and TensorFlow. `measured` is the day of the last run, `epoch_seconds` the processor time
    of the fastest epoch, `article` the article's accuracy. Fields of older versions of the kit are
    ignored: their thresholds stay valid, but their runs match no recipe.
    """

    accuracies: dict[int, float]
    key: str = ""
    software: str = ""
    mean: float = 0.0
    spread: float = 0.0
    spread_of: str = ""
    minimum: float = msgspec.field(default=0.0, name="bar")  # the name in files since 0.1.0
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
        """The number of runs that the threshold was computed from."""
        return len(self.accuracies)

    @property
    def tells_apart(self) -> bool:
        """Whether the previous rung's recipe rarely reaches the threshold."""
        return self.slip is None or self.slip <= FALSE_PASS_RATE

    def reached_by(self, accuracy: float) -> bool:
        """Whether a mean accuracy reaches the threshold, whichever way the mean was rounded."""
        return accuracy >= self.minimum - _ROUNDING

    def of_recipe(self, key: str, software: str) -> Mapping[int, float]:
        """The accuracies of these runs by seed; empty if they are of another recipe or software."""
        same = key and (key, software) == (self.key, self.software)
        return self.accuracies if same else {}


Thresholds = dict[str, dict[str, Threshold]]  # tier -> question


class Verdict(NamedTuple):
    """The judgement of a recipe: its mean accuracy, the number of seeds used, and whether it passed."""

    reached: float
    seeds: int
    passed: bool


class NotCalibrated(Exception):
    """There is no threshold, or none that can be read; the message says what to do."""


def judge(threshold: Threshold, accuracy: Callable[[int], float]) -> Verdict:
    """Judge a recipe by a threshold; `accuracy` trains it with a seed, starting from 0.

    The mean of `threshold.judged` runs counts. The runs stop early if further ones are unlikely to
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
    return Verdict(total / runs, runs, threshold.reached_by(total / runs))


def doubt(spread: float, runs: int, judged: int) -> float:
    """The standard deviation of the final mean of `judged` runs, given the mean of the first `runs`.

    `spread` is the standard deviation of one run. This is a sequential test by predictive power
    with a flat prior for the recipe's mean (Spiegelhalter, Freedman and Blackburn, Monitoring
    clinical trials: conditional or predictive power?, Controlled Clinical Trials 7, 1986).

    >>> doubt(0.01, 5, 5)
    0.0
    """
    return spread * math.sqrt((judged - runs) / (judged * runs))


def recorded(thresholds: Mapping[str, Threshold], key: str, software: str) -> Mapping[int, float]:
    """Accuracies by seed of a recipe that any question's threshold was measured with; empty if none was."""
    runs = (threshold.of_recipe(key, software) for threshold in thresholds.values())
    return next((accuracies for accuracies in runs if accuracies), {})


def in_order(rungs: Mapping[str, Threshold]) -> list[tuple[str, Threshold]]:
    """The rungs in the order of their letters, the open one last."""
    return sorted(rungs.items(), key=lambda item: (len(letter(item[0])), item[0]))


def letter(name: str) -> str:
    """The name of a rung in tables: "a" for "rung-a"."""
    return name.removeprefix("rung-")


def read_thresholds(path: Path) -> Thresholds:
    """The thresholds in a file; empty if there is no file. Raises NotCalibrated for a damaged one."""
    if not path.exists():
        return {}
    try:
        return decoded(path.read_bytes(), Thresholds)
    except msgspec.DecodeError as error:
        raise NotCalibrated(
            f"{path}: holds no thresholds ({error}). Restore the file, or delete it and run "
            "`autograder thresholds --publish`"
        ) from None


def thresholds_of(path: Path, tier: str, question: str) -> Mapping[str, Threshold]:
    """The thresholds of a tier; raises NotCalibrated if `question` has none."""
    thresholds = read_thresholds(path).get(tier, {})
    if question not in thresholds or not thresholds[question].minimum:
        raise NotCalibrated(
            f"{path.name}: no threshold for {question} in the tier {tier}. "
            "Run `autograder calibrate`, then `autograder thresholds --publish`"
        )
    return thresholds


def article_accuracies(path: Path) -> dict[str, float]:
    """The article's accuracies by question, from 0 to 1, in whichever tier they stand."""
    return {
        name: threshold.article
        for tier in read_thresholds(path).values()
        for name, threshold in tier.items()
        if threshold.article
    }


def write_thresholds(path: Path, thresholds: Thresholds) -> None:
    """Write the file atomically, with tiers, questions and seeds in order."""
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
