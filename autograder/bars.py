"""Accuracy bars: what a trained model must reach, and how a recipe is held against them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import Struct

from autograder.files import write_whole

RETRIES = (1, 2)  # further seeds for a result near the bar; the first seed is 0


class Bar(Struct, frozen=True, omit_defaults=True):
    """The bar of one question in one tier; accuracies from 0 to 1 by seed, times in seconds.

    `miss` is the probability that the reference, judged with other seeds, stays below `bar`;
    `slip` the probability that the recipe of the rung before reaches it. `spread` is a
    standard deviation, of these runs or of those of `spread_of`; `network` and `optimizer` say
    which rungs are alike in that. `key` says what was trained and
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
    miss: float = 0.0
    slip: float | None = None
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
    """Hold a recipe against a bar; `accuracy` trains it with a seed.

    A first run below the bar by less than its distance from the mean is borderline: it is
    repeated with further seeds, and the mean of all counts.
    """
    first = accuracy(0)
    if first >= bar.bar or first < borderline(bar.bar, bar.mean):
        return Verdict(first, 1, first >= bar.bar)
    all_runs = [first, *(accuracy(seed) for seed in RETRIES)]
    reached = float(np.mean(all_runs))
    return Verdict(reached, len(all_runs), reached >= bar.bar)


def borderline(bar: float, mean: float) -> float:
    """The lowest first run that is repeated: as far below the bar as the mean is above it."""
    return bar - (mean - bar)


def recorded(bars: Mapping[str, Bar], key: str, software: str) -> Mapping[int, float]:
    """Accuracies by seed of a run that was measured for any question; empty if it never was."""
    runs = (bar.of_recipe(key, software) for bar in bars.values())
    return next((accuracies for accuracies in runs if accuracies), {})


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
    write_whole(path, msgspec.json.format(msgspec.json.encode(ordered), indent=2) + b"\n")
    path.chmod(0o644)
