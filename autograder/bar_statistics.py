"""How high a bar is, and how often it is missed or slipped past: from the runs of the references.

Accuracies of one recipe with different seeds are taken to be normally distributed. A bar is the
lower end of a one-sided prediction interval for one more run:
mean - t(1 - MISS; degrees) s sqrt(1 + 1/n) (Hahn and Meeker, Statistical Intervals, 1991, 4.8).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from autograder.bars import RETRIES, Bar, Bars, borderline

MISS = 0.001  # how often a right recipe may stay below the bar
OWN_RUNS = 5  # from so many runs on, a rung's own spread counts
_FEWEST_RUNS = 3  # with a spread of their own, where there is none to borrow
_DRAWS = 400_000  # of the simulated judgements; a probability of 0.001 is then known to 5 %


class Spread(NamedTuple):
    """A standard deviation and the runs it was computed from; `lender` names another rung's runs."""

    deviation: float
    runs: int
    lender: str = ""


def bar_from(accuracies: Sequence[float], spread: Spread) -> float:
    """The bar that one more run misses with probability MISS at most, down to a tenth of a per cent.

    `accuracies` are the runs of the rung, from 0 to 1; `spread` is theirs, or a similar rung's.

    >>> bar_from([0.80, 0.82, 0.84, 0.82], Spread(0.0163, 4))
    0.633
    """
    from scipy.special import stdtrit  # half a second, which most runs need not spend

    reach = spread.deviation * math.sqrt(1 + 1 / len(accuracies))
    exact = float(np.mean(accuracies)) - float(stdtrit(spread.runs - 1, 1 - MISS)) * reach
    return math.floor(exact * 1000) / 1000


def passes(mean: float, runs: int, spread: Spread, bar: float, of_mean: float) -> float:
    """The probability that a recipe passes a bar, by the whole procedure that judges it.

    The recipe was run `runs` times with this `mean` and `spread`; `of_mean` is the mean of the
    bar's own runs, which decides what is borderline. The recipe's true mean and deviation are not
    known, so they are drawn, too: as the interval above does, by the same distributions.
    """
    if not spread.deviation:
        return float(mean >= bar)
    random = np.random.default_rng(0)  # the same table on every machine
    degrees = spread.runs - 1
    deviations = spread.deviation * np.sqrt(degrees / random.chisquare(degrees, _DRAWS))
    means = random.normal(mean, deviations / math.sqrt(runs))
    first = random.normal(means, deviations)
    rest = random.normal(means, deviations, (len(RETRIES), _DRAWS))
    together = (first + rest.sum(axis=0)) / (1 + len(RETRIES))
    repeated = (first < bar) & (first >= borderline(bar, of_mean))
    return float(np.mean((first >= bar) | (repeated & (together >= bar))))


def settled(bars: Bars) -> Bars:
    """The bars computed from their accuracies.

    A rung with OWN_RUNS runs has a spread of its own. One with fewer borrows that of the most
    similar rung that has as many: of its own tier if there is one, with the same network and
    optimizer before one with either, and of equally similar ones the widest. Where there is
    nothing to borrow, three runs make do with their own spread. A rung with too few for all that
    keeps its runs and has no bar (0).
    """
    final: Bars = {}
    for tier, rungs in bars.items():
        spreads = {name: _spread(bars, tier, name) for name in rungs}
        final[tier] = {name: _with_bar(bar, spreads[name]) for name, bar in rungs.items()}
        for before, name in _steps(final[tier]):
            lower, bar = final[tier][before], final[tier][name]
            if bar.bar and lower.runs and (spread := spreads[before]):
                slip = passes(lower.mean, lower.runs, spread, bar.bar, bar.mean)
                final[tier][name] = msgspec.structs.replace(bar, slip=round(slip, 5))
    return final


def in_order(rungs: Mapping[str, Bar]) -> list[tuple[str, Bar]]:
    """The rungs with their letters in order, the open one last."""
    return sorted(rungs.items(), key=lambda item: (len(letter(item[0])), item[0]))


def letter(name: str) -> str:
    """What a rung is called in tables: "a" of "rung-a"."""
    return name.removeprefix("rung-")


def _steps(rungs: Mapping[str, Bar]) -> Iterator[tuple[str, str]]:
    """Each rung but the first, with the one before it."""
    names = [name for name, _ in in_order(rungs)]
    yield from itertools.pairwise(names)


def _spread(bars: Bars, tier: str, name: str) -> Spread | None:
    bar = bars[tier][name]
    if bar.runs >= OWN_RUNS:
        return _spread_of(bar)
    lenders = [
        (place == tier, _likeness(bar, other), _spread_of(other, f"{lender}, {place}"))
        for place, rungs in bars.items()
        for lender, other in rungs.items()
        if other.runs >= OWN_RUNS
    ]
    if lenders:
        return max(lenders)[-1]
    return _spread_of(bar) if bar.runs >= _FEWEST_RUNS else None


def _likeness(bar: Bar, other: Bar) -> int:
    same_network = bool(bar.network) and bar.network == other.network
    same_optimizer = bool(bar.optimizer) and bar.optimizer == other.optimizer
    return same_network + same_optimizer


def _spread_of(bar: Bar, lender: str = "") -> Spread:
    return Spread(float(np.std(list(bar.accuracies.values()), ddof=1)), bar.runs, lender)


def _with_bar(bar: Bar, spread: Spread | None) -> Bar:
    accuracies = list(bar.accuracies.values())
    mean = float(np.mean(accuracies)) if accuracies else 0.0
    if spread is None or not accuracies:
        return msgspec.structs.replace(
            bar, mean=mean, spread=0.0, spread_of="", bar=0.0, miss=0.0, slip=None
        )
    height = bar_from(accuracies, spread)
    return msgspec.structs.replace(
        bar,
        mean=mean,
        spread=spread.deviation,
        spread_of=spread.lender,
        bar=height,
        miss=round(1 - passes(mean, bar.runs, spread, height, mean), 5),
        slip=None,
    )
