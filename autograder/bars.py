"""Accuracy bars: what a trained model must reach, computed from repeated runs of the reference."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from scipy import stats

MISS = 0.001  # how often a right solution may stay below the bar
FEWEST = 3  # runs that a bar can be computed from
_RETRIES = (1, 2)  # further seeds for a result near the bar; the first seed is 0


class Bar(Struct, frozen=True, forbid_unknown_fields=True):
    """The bar of one question in one tier; accuracies from 0 to 1, one for each seed from 0 on.

    `miss` is the probability that one more run of the reference falls below `bar`; `of` is
    the fingerprint of what was trained, on what and with what (`Trainer.fingerprint`).
    """

    runs: int
    mean: float
    spread: float
    bar: float
    miss: float
    accuracies: list[float]
    of: str = ""

    def measured(self, fingerprint: str) -> list[float]:
        """The accuracies of these runs by seed, or none where they were of something else."""
        return self.accuracies if fingerprint and fingerprint == self.of else []


class Verdict(NamedTuple):
    """What a recipe reached: the mean over the seeds that were needed, and whether it is enough."""

    reached: float
    seeds: int
    passed: bool


class NotCalibrated(Exception):
    """There is no bar for a question in this tier; the message says what to do."""


def bar_from(accuracies: Sequence[float], of: str = "") -> Bar:
    """The bar that one more run misses with probability MISS, for normally spread accuracies.

    One-sided prediction interval: mean - t(1 - MISS; n - 1) s sqrt(1 + 1/n). With few runs
    the interval is wider by itself. Rounded down to a tenth of a per cent. Raises
    ValueError for fewer than FEWEST runs.
    """
    count = len(accuracies)
    if count < FEWEST:
        raise ValueError(f"a bar needs at least {FEWEST} runs")
    mean, spread = float(np.mean(accuracies)), float(np.std(accuracies, ddof=1))
    reach = spread * math.sqrt(1 + 1 / count)
    bar = math.floor((mean - float(stats.t.ppf(1 - MISS, count - 1)) * reach) * 1000) / 1000
    miss = float(stats.t.cdf((bar - mean) / reach, count - 1)) if reach else 0.0
    return Bar(count, mean, spread, bar, miss, list(accuracies), of)


def judge(bar: Bar, accuracy: Callable[[int], float]) -> Verdict:
    """Hold a recipe against a bar; `accuracy` trains it with a seed.

    A first run below the bar by less than its distance from the mean is borderline: it is
    repeated with further seeds, and the mean of all counts.
    """
    first = accuracy(0)
    if first >= bar.bar or first < bar.bar - (bar.mean - bar.bar):
        return Verdict(first, 1, first >= bar.bar)
    all_runs = [first, *(accuracy(seed) for seed in _RETRIES)]
    reached = float(np.mean(all_runs))
    return Verdict(reached, len(all_runs), reached >= bar.bar)


Bars = dict[str, dict[str, Bar]]  # tier -> question


def read_bars(path: Path) -> Bars:
    """The bars in a file; none where there is no file."""
    if not path.exists():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=Bars)


def bar_of(path: Path, tier: str, question: str) -> Bar:
    """One bar; raises NotCalibrated."""
    found = read_bars(path).get(tier, {}).get(question)
    if found is None:
        raise NotCalibrated(
            f"{path.name}: no bar for {question} in the tier {tier}. Run `autograder calibrate`"
        )
    return found


def write_bars(path: Path, bars: Bars) -> None:
    """Write the file, whole or not at all, tiers and questions in order."""
    part = path.with_suffix(".part")
    part.write_bytes(
        msgspec.json.format(msgspec.json.encode(bars, order="sorted"), indent=2) + b"\n"
    )
    part.replace(path)
