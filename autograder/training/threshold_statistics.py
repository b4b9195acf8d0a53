"""How high a threshold is, and how often it is missed or slipped past: from the runs of the references.

Accuracies of one recipe with different seeds are taken to be normally distributed. A threshold is the
lower end of a one-sided prediction interval for the mean of k more runs:
mean + t(FALSE_FAIL_RATE; degrees) s sqrt(1/k + 1/n) (Hahn and Meeker, Statistical Intervals, 1991, 4.8). A
threshold for extra credit is the upper end of that of the rung before, with t(1 - FALSE_PASS_RATE).
"""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

import msgspec
import numpy as np

from autograder.results.thresholds import CERTAIN, Threshold, Thresholds, doubt, in_order

FALSE_FAIL_RATE = 0.001  # how often a right recipe may stay below the threshold
FALSE_PASS_RATE = 0.05  # how often the recipe of the rung before may reach it
MAX_JUDGED_RUNS = 5  # runs that a submission is judged by
MIN_RUNS_FOR_SPREAD = 5  # from so many runs on, a rung's own spread counts
_MIN_RUNS = 3  # with a spread of their own, where there is none to borrow
_DRAWS = 100_000  # of the simulated judgements; a probability of 0.001 is then known to 10 %


class Spread(NamedTuple):
    """A standard deviation and the runs it was computed from; `source` names another rung's runs."""

    deviation: float
    runs: int
    source: str = ""


class Measured(NamedTuple):
    """What is known of a recipe: the mean of its `runs`, and their spread or a similar rung's."""

    mean: float
    runs: int
    spread: Spread


def bound(rung: Measured, judged: int, share: float) -> float:
    """What the mean of `judged` more runs stays below with probability `share`, from 0 to 1.

    >>> round(bound(Measured(0.82, 4, Spread(0.0163, 4)), 1, 0.001), 4)
    0.6339
    """
    from scipy.special import stdtrit  # half a second, which most runs need not spend

    return rung.mean + float(stdtrit(rung.spread.runs - 1, share)) * _reach(rung, judged)


def _reach(rung: Measured, judged: int) -> float:
    """The standard deviation of the mean of `judged` more runs from the known mean."""
    return rung.spread.deviation * math.sqrt(1 / judged + 1 / rung.runs)


def passes(rung: Measured, threshold: float, judged: int, certain_by: float) -> float:
    """The probability that a recipe passes a threshold, by the whole procedure that judges it.

    That is the mean of `judged` runs, ended early by the spread `certain_by` of the threshold's rung.
    The recipe's true mean and deviation are not known, so they are drawn, too: as the interval
    above does, by the same distributions.
    """
    if not rung.spread.deviation:
        return float(rung.mean >= threshold)
    if judged == 1:  # exactly, by the distribution that `bound` inverts
        from scipy.special import stdtr

        return 1 - float(stdtr(rung.spread.runs - 1, (threshold - rung.mean) / _reach(rung, 1)))
    deviations = rung.spread.deviation * _inflation(rung.spread.runs - 1)
    of_mean, *of_runs = _normal()
    means = rung.mean + deviations * of_mean / math.sqrt(rung.runs)
    totals, passed = np.zeros(_DRAWS), np.zeros(_DRAWS, bool)
    going = np.ones(_DRAWS, bool)
    for runs, of_run in enumerate(of_runs[:judged], 1):
        totals += means + deviations * of_run
        ends = going & (
            np.abs(totals / runs - threshold) >= CERTAIN * doubt(certain_by, runs, judged)
        )
        passed |= ends & (totals / runs >= threshold)
        going &= ~ends
    return float(np.mean(passed))


@functools.cache
def _normal() -> np.ndarray:
    """Draws for a mean and for each run, the same on every machine."""
    return np.random.default_rng(0).standard_normal((1 + MAX_JUDGED_RUNS, _DRAWS))


@functools.cache
def _inflation(degrees: int) -> np.ndarray:
    """By what to multiply a standard deviation measured with so many degrees of freedom."""
    return np.sqrt(degrees / np.random.default_rng(1).chisquare(degrees, _DRAWS))


def compute_thresholds(thresholds: Thresholds) -> Thresholds:
    """The thresholds computed from their accuracies.

    A rung with MIN_RUNS_FOR_SPREAD runs has a spread of its own. One with fewer borrows that of the most
    similar rung that has as many: of its own tier if there is one, with the same network and
    optimizer before one with either, and of equally similar ones the widest. Where there is
    nothing to borrow, three runs make do with their own spread. A rung with too few for all that
    keeps its runs and has no threshold (0).

    A recipe is judged by the fewest runs, MAX_JUDGED_RUNS at most, that keep the recipe of the rung
    before below the threshold; by one where even so many do not. A threshold for extra credit stands above
    what the rung before reaches, unless its own reference would miss it, too, or the rung before
    has fewer than three runs.
    """
    final: Thresholds = {}
    for tier, rungs in thresholds.items():
        final[tier] = {}
        before: Measured | None = None
        for name, threshold in in_order(rungs):
            own = _measured(threshold, _spread(thresholds, tier, name))
            final[tier][name] = _with_threshold(threshold, own, before)
            before = own
    return final


def _spread(thresholds: Thresholds, tier: str, name: str) -> Spread | None:
    threshold = thresholds[tier][name]
    if threshold.runs >= MIN_RUNS_FOR_SPREAD:
        return _spread_of(threshold)
    sources = [
        (place == tier, _likeness(threshold, other), _spread_of(other, f"{source}, {place}"))
        for place, rungs in thresholds.items()
        for source, other in rungs.items()
        if other.runs >= MIN_RUNS_FOR_SPREAD
    ]
    if sources:
        return max(sources)[-1]
    return _spread_of(threshold) if threshold.runs >= _MIN_RUNS else None


def _likeness(threshold: Threshold, other: Threshold) -> int:
    same_network = bool(threshold.network) and threshold.network == other.network
    same_optimizer = bool(threshold.optimizer) and threshold.optimizer == other.optimizer
    return same_network + same_optimizer


def _spread_of(threshold: Threshold, source: str = "") -> Spread:
    return Spread(
        float(np.std(list(threshold.accuracies.values()), ddof=1)), threshold.runs, source
    )


def _measured(threshold: Threshold, spread: Spread | None) -> Measured | None:
    if spread is None or not threshold.accuracies:
        return None
    return Measured(_mean(threshold), threshold.runs, spread)


def _mean(threshold: Threshold) -> float:
    return float(np.mean(list(threshold.accuracies.values()))) if threshold.accuracies else 0.0


def _with_threshold(
    threshold: Threshold, own: Measured | None, before: Measured | None
) -> Threshold:
    """One threshold, with all that follows from its runs and those of the rung before."""
    threshold = msgspec.structs.replace(
        threshold,
        mean=_mean(threshold),
        spread=0.0,
        spread_of="",
        minimum=0.0,
        judged=1,
        miss=0.0,
        slip=None,
    )
    if own is None:
        return threshold
    threshold = msgspec.structs.replace(
        threshold, spread=own.spread.deviation, spread_of=own.spread.source
    )
    counts = range(1, MAX_JUDGED_RUNS + 1)
    if threshold.extra and before and before.runs >= _MIN_RUNS:
        for judged in counts:
            above = _at(_above(before, own, judged), threshold, own, before, judged)
            if above.miss <= FALSE_FAIL_RATE:
                return above
    by_one, by_most = (_at(_below(own, k), threshold, own, before, k) for k in (1, MAX_JUDGED_RUNS))
    if _apart(by_one) or not _apart(by_most):
        return by_one
    between = (_at(_below(own, judged), threshold, own, before, judged) for judged in counts[1:-1])
    return next(filter(_apart, between), by_most)


def _apart(threshold: Threshold) -> bool:
    return threshold.slip is None or threshold.slip <= FALSE_PASS_RATE


def _below(own: Measured, judged: int) -> float:
    """The highest threshold, in tenths of a per cent, that the right recipe misses by FALSE_FAIL_RATE at most."""
    height = bound(own, judged, FALSE_FAIL_RATE)
    tenths = math.floor(height * 1000)
    while 1 - passes(own, tenths / 1000, judged, own.spread.deviation) > FALSE_FAIL_RATE:
        tenths -= 1  # what ending early adds
    return tenths / 1000


def _above(before: Measured, own: Measured, judged: int) -> float:
    """The lowest threshold, in tenths of a per cent, that the rung before reaches by FALSE_PASS_RATE at most."""
    tenths = math.ceil(bound(before, judged, 1 - FALSE_PASS_RATE) * 1000)
    while passes(before, tenths / 1000, judged, own.spread.deviation) > FALSE_PASS_RATE:
        tenths += 1
    return tenths / 1000


def _at(
    height: float, threshold: Threshold, own: Measured, before: Measured | None, judged: int
) -> Threshold:
    """The threshold at a height, with how often it is missed and slipped past."""
    certain_by = own.spread.deviation
    slip = passes(before, height, judged, certain_by) if before else None
    return msgspec.structs.replace(
        threshold,
        minimum=height,
        judged=judged,
        miss=round(1 - passes(own, height, judged, certain_by), 5),
        slip=None if slip is None else round(slip, 5),
    )
