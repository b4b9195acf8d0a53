"""Accuracy bars: what a trained model must reach, computed from repeated runs of the reference."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import Struct

from autograder.files import write_whole

MISS = 0.001  # how often a right solution may stay below the bar
ENOUGH = 20  # runs whose own spread is known well enough
FEWEST = 3  # runs with a spread of their own
_RETRIES = (1, 2)  # further seeds for a result near the bar; the first seed is 0


class Bar(Struct, frozen=True, omit_defaults=True):
    """The bar of one question in one tier; accuracies from 0 to 1 by seed, times in seconds.

    `miss` is the probability that one more run of the reference falls below `bar`; `spread` a
    standard deviation, of these runs or of those of `spread_of`. `key` says what was trained and
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


class Spread(NamedTuple):
    """A standard deviation, the runs it was computed from, and the question whose runs they are."""

    deviation: float
    runs: int
    of: str = ""


def bar_from(accuracies: Sequence[float], spread: Spread) -> tuple[float, float]:
    """(bar, miss): the bar that one more run misses with probability MISS at most.

    One-sided prediction interval for normally spread accuracies:
    mean - t(1 - MISS; runs of the spread - 1) s sqrt(1 + 1/n), with n the number of
    `accuracies`. Rounded down to a tenth of a per cent.
    """
    from scipy.special import stdtr, stdtrit  # half a second, which most runs need not spend

    mean, degrees = float(np.mean(accuracies)), spread.runs - 1
    reach = spread.deviation * math.sqrt(1 + 1 / len(accuracies))
    bar = math.floor((mean - float(stdtrit(degrees, 1 - MISS)) * reach) * 1000) / 1000
    return bar, float(stdtr(degrees, (bar - mean) / reach)) if reach else 0.0


def settled(bars: Bars) -> Bars:
    """The bars computed from their accuracies.

    A question with ENOUGH runs has a spread of its own. One with fewer is taken to spread as
    widely as the widest of its tier that have enough, or more widely if its own runs do. A
    tier where none has enough borrows from the sample tier, whose runs, on fewer images,
    spread more. Where there is nothing to borrow, FEWEST runs make do with their own spread.
    A question with too few for all that keeps its runs and has no bar (0).
    """
    found = {}
    for tier, questions in bars.items():
        widest = _widest(tier, questions) or _widest("sample", bars.get("sample", {}))
        found[tier] = {
            name: _settled(bar, _own(tier, name, bar), widest) for name, bar in questions.items()
        }
    return found


def _own(tier: str, name: str, bar: Bar) -> Spread | None:
    if bar.runs < FEWEST:
        return None
    deviation = float(np.std(list(bar.accuracies.values()), ddof=1))
    return Spread(deviation, bar.runs, f"{name}, {tier}")


def _widest(tier: str, questions: Mapping[str, Bar]) -> Spread | None:
    """The widest spread among the questions with ENOUGH runs."""
    spreads = (_own(tier, name, bar) for name, bar in questions.items() if bar.runs >= ENOUGH)
    return max((spread for spread in spreads if spread), default=None)


def _settled(bar: Bar, own: Spread | None, widest: Spread | None) -> Bar:
    accuracies = list(bar.accuracies.values())
    mean = float(np.mean(accuracies)) if accuracies else 0.0
    spread = own or widest
    if own and widest and own.runs < ENOUGH:
        spread = max(own, widest)
    if spread is None or not accuracies:
        return msgspec.structs.replace(bar, mean=mean, spread=0.0, spread_of="", bar=0.0, miss=0.0)
    height, miss = bar_from(accuracies, spread)
    return msgspec.structs.replace(
        bar,
        mean=mean,
        spread=spread.deviation,
        spread_of=spread.of if spread is not own else "",
        bar=height,
        miss=miss,
    )


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
