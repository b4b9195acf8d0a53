"""Accuracy bars: what a trained model must reach, and how a recipe is held against them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from autograder._util.atomic import write_whole

CERTAIN = 3.5  # standard deviations between a mean and the bar that end a judgement early


class Bar(Struct, frozen=True, omit_defaults=True):
    """The bar of one question in one tier; accuracies from 0 to 1 by seed, times in seconds.

    A recipe is judged by the mean of at most `judged` runs. `miss` is the probability that the
    reference, judged with other seeds, stays below `bar`; `slip` the probability that the recipe
    of the rung before reaches it. `step` says what of the rung the points for accuracy demand
    besides, in words; `extra` that they are extra credit, so that the bar stands above what the
    rung before reaches. `spread` is a standard deviation, of these runs or of those of
    `spread_of`; `network` and `optimizer` say which rungs are alike in that. `key` says what was
    trained and
    on what (`Trainer.run_key`), `software` by which versions of Keras and TensorFlow, `measured`
    the day of the last run, `epoch_seconds` the processor time of the fastest epoch. `article`
    is the accuracy that the article states. Fields that an older version of the kit wrote are
    passed over: its bars still hold, and its runs are known to nobody.
    """

    accuracies: dict[int, float]
    key: str = ""
    software: str = ""
    mean: float = 0.0
    spread: float = 0.0
    spread_of: str = ""
    bar: float = 0.0
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
        """How many runs the bar was computed from."""
        return len(self.accuracies)

    def of_recipe(self, key: str, software: str) -> Mapping[int, float]:
        """The accuracies of these runs by seed, or none where they were of something else."""
        same = key and (key, software) == (self.key, self.software)
        return self.accuracies if same else {}


Bars = dict[str, dict[str, Bar]]  # tier -> question


class Verdict(NamedTuple):
    """What a recipe reached: the mean over the seeds that were needed, and whether it is enough."""

    reached: float
    seeds: int
    passed: bool


class NotCalibrated(Exception):
    """There is no bar for a question in this tier; the message says what to do."""


def judge(bar: Bar, accuracy: Callable[[int], float]) -> Verdict:
    """Hold a recipe against a bar; `accuracy` trains it with a seed, from 0 on.

    The mean of `bar.judged` runs counts. The runs end early where the further ones would not
    change the verdict.

    >>> judge(Bar({}, bar=0.8, judged=3, spread=0.01), lambda seed: 0.85)
    Verdict(reached=0.85, seeds=1, passed=True)
    """
    total = 0.0
    for runs in range(1, bar.judged + 1):
        total += accuracy(runs - 1)
        if abs(total / runs - bar.bar) >= CERTAIN * doubt(bar.spread, runs, bar.judged):
            break
    return Verdict(total / runs, runs, total / runs >= bar.bar)


def doubt(spread: float, runs: int, judged: int) -> float:
    """The standard deviation of the final mean of `judged` runs, known the mean of the first `runs`.

    A sequential test by predictive power with a flat prior for the recipe's own mean
    (Spiegelhalter, Freedman and Blackburn, Monitoring clinical trials: conditional or predictive
    power?, Controlled Clinical Trials 7, 1986): `spread` is the standard deviation of one run.

    >>> doubt(0.01, 5, 5)
    0.0
    """
    return spread * math.sqrt((judged - runs) / (judged * runs))


def recorded(bars: Mapping[str, Bar], key: str, software: str) -> Mapping[int, float]:
    """Accuracies by seed of a run that was measured for any question; empty if it never was."""
    runs = (bar.of_recipe(key, software) for bar in bars.values())
    return next((accuracies for accuracies in runs if accuracies), {})


def in_order(rungs: Mapping[str, Bar]) -> list[tuple[str, Bar]]:
    """The rungs with their letters in order, the open one last."""
    return sorted(rungs.items(), key=lambda item: (len(letter(item[0])), item[0]))


def letter(name: str) -> str:
    """What a rung is called in tables: "a" of "rung-a"."""
    return name.removeprefix("rung-")


def read_bars(path: Path) -> Bars:
    """The bars in a file; none where there is no file."""
    if not path.exists():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=Bars)


def bars_of(path: Path, tier: str, question: str) -> Mapping[str, Bar]:
    """The bars of a tier, that of `question` among them; raises NotCalibrated."""
    found = read_bars(path).get(tier, {})
    if question not in found or not found[question].bar:
        raise NotCalibrated(
            f"{path.name}: no bar for {question} in the tier {tier}. "
            "Run `autograder calibrate`, then `autograder thresholds --publish`"
        )
    return found


def write_bars(path: Path, bars: Bars) -> None:
    """Write the file, whole or not at all, tiers, questions and seeds in order."""
    ordered = {
        tier: {
            name: msgspec.structs.replace(bar, accuracies=dict(sorted(bar.accuracies.items())))
            for name, bar in sorted(bars[tier].items())
        }
        for tier in sorted(bars)
    }
    data = msgspec.json.format(msgspec.json.encode(ordered), indent=2) + b"\n"
    write_whole(path, data, 0o644)
