"""Compute thresholds from the runs of the references, with the probabilities of wrong verdicts.

The model: accuracies of one recipe with different seeds are normally distributed. A threshold is
the lower end of a one-sided prediction interval for the mean of k more runs:
mean + t(FALSE_FAIL_RATE; degrees) s sqrt(1/k + 1/n) (Hahn and Meeker, Statistical Intervals, 1991,
chapter 4: an interval for the mean of k further observations).
A threshold for extra credit is the upper end of the interval of the rung before, with
t(1 - FALSE_PASS_RATE).
"""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

import msgspec
import numpy as np

from autograder.results.thresholds import (
    CERTAIN,
    FALSE_PASS_RATE,
    Threshold,
    Thresholds,
    doubt,
    in_order,
)

FALSE_FAIL_RATE = 0.001  # the probability with which a right recipe may stay below the threshold
MAX_JUDGED_RUNS = 5  # runs that a submission is judged by at most
MIN_RUNS_FOR_SPREAD = 5  # with fewer runs, a rung borrows the spread of another
_MIN_RUNS = 3  # for a rung's own spread, if there is none to borrow
_DRAWS = 100_000  # simulated judgements; these give a probability of 0.001 to within 10 %


class Spread(NamedTuple):
    """A standard deviation and the runs it was computed from; `source` names another rung's runs."""

    deviation: float
    runs: int
    source: str = ""


class Measured(NamedTuple):
    """The mean accuracy of a recipe's `runs`, and their spread or that of a similar rung."""

    mean: float
    runs: int
    spread: Spread


def bound(rung: Measured, judged: int, share: float) -> float:
    """The accuracy that the mean of `judged` more runs stays below with probability `share`, 0 to 1.

    >>> round(bound(Measured(0.82, 4, Spread(0.0163, 4)), 1, 0.001), 4)
    0.6339
    """
    from scipy.special import stdtrit  # takes half a second, which most commands do not need

    return rung.mean + float(stdtrit(rung.spread.runs - 1, share)) * _reach(rung, judged)


def _reach(rung: Measured, judged: int) -> float:
    """The standard deviation of the difference between the mean of `judged` more runs and the known mean."""
    return rung.spread.deviation * math.sqrt(1 / judged + 1 / rung.runs)


def passes(rung: Measured, threshold: float, judged: int, certain_by: float) -> float:
    """The probability that a recipe passes a threshold, by the complete procedure that judges it.

    The procedure takes the mean of `judged` runs, and stops early depending on the spread `certain_by`
    of the threshold's rung. The recipe's true mean and deviation are unknown, so they are drawn too,
    from the distributions that the prediction interval assumes.
    """
    if not rung.spread.deviation:
        return float(rung.mean >= threshold)
    if judged == 1:  # exactly, by the distribution that `bound` inverts
        from scipy.special import stdtr

        return 1 - float(stdtr(rung.spread.runs - 1, (threshold - rung.mean) / _reach(rung, 1)))
    deviations = rung.spread.deviation * _inflation(rung.spread.runs - 1)
    mean_draws, *run_draws = _normal()
    means = rung.mean + deviations * mean_draws / math.sqrt(rung.runs)
    totals, passed = np.zeros(_DRAWS), np.zeros(_DRAWS, bool)
    undecided = np.ones(_DRAWS, bool)
    for runs, draws in enumerate(run_draws[:judged], 1):
        totals += means + deviations * draws
        decided = undecided & (
            np.abs(totals / runs - threshold) >= CERTAIN * doubt(certain_by, runs, judged)
        )
        passed |= decided & (totals / runs >= threshold)
        undecided &= ~decided
    return float(np.mean(passed))


@functools.cache
def _normal() -> np.ndarray:
    """Standard normal draws for the mean and for each run, the same on every machine."""
    return np.random.default_rng(0).standard_normal((1 + MAX_JUDGED_RUNS, _DRAWS))


@functools.cache
def _inflation(degrees: int) -> np.ndarray:
    """Factors by which the true deviation may exceed one measured with `degrees` of freedom."""
    return np.sqrt(degrees / np.random.default_rng(1).chisquare(degrees, _DRAWS))


def compute_thresholds(thresholds: Thresholds) -> Thresholds:
    """The thresholds computed from their accuracies.

    A rung with MIN_RUNS_FOR_SPREAD runs uses its own spread. One with fewer borrows the spread of the
    most similar rung that has as many. Rungs of the same tier come first, then those with the same
    network and optimizer before those with either, and of equally similar ones the one with the
    nearest mean: the higher an accuracy, the less it spreads. If there is nothing to borrow, three
    runs suffice for an own spread. A rung with fewer keeps its runs and has no threshold (0), and
    so does one whose runs spread too much for any.

    A recipe is judged by the smallest number of runs, up to MAX_JUDGED_RUNS, that keeps the recipe of
    the rung before below the threshold, or by one run if no number does. A threshold for extra
    credit is above what the rung before reaches, unless its own reference would miss it too or the
    rung before has fewer than three runs.
    """
    final: Thresholds = {}
    for tier, rungs in thresholds.items():
        final[tier] = {}
        previous: Measured | None = None
        for name, threshold in in_order(rungs):
            rung = _measured(threshold, _spread(thresholds, tier, name))
            final[tier][name] = _with_threshold(threshold, rung, previous)
            previous = rung
    return final


def _spread(thresholds: Thresholds, tier: str, name: str) -> Spread | None:
    threshold = thresholds[tier][name]
    if threshold.runs >= MIN_RUNS_FOR_SPREAD:
        return _spread_of(threshold)
    sources = [
        (
            other_tier == tier,
            _likeness(threshold, other),
            -abs(_mean(threshold) - _mean(other)),
            _spread_of(other, f"{source}, {other_tier}"),
        )
        for other_tier, rungs in thresholds.items()
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
    threshold: Threshold, rung: Measured | None, previous: Measured | None
) -> Threshold:
    """The threshold with all values computed from its runs and those of the rung before."""
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
    if rung is None:
        return threshold
    threshold = msgspec.structs.replace(
        threshold, spread=rung.spread.deviation, spread_of=rung.spread.source
    )
    counts = range(1, MAX_JUDGED_RUNS + 1)
    if threshold.extra and previous and previous.runs >= _MIN_RUNS:
        for judged in counts:
            above = _at(_above(previous, rung, judged), threshold, rung, previous, judged)
            if above.miss <= FALSE_FAIL_RATE:
                return above
    by_one, by_most = (
        _at(_below(rung, k), threshold, rung, previous, k) for k in (1, MAX_JUDGED_RUNS)
    )
    if by_one.tells_apart or not by_most.tells_apart:
        return by_one
    between = (
        _at(_below(rung, judged), threshold, rung, previous, judged) for judged in counts[1:-1]
    )
    return next((one for one in between if one.tells_apart), by_most)


def _below(rung: Measured, judged: int) -> float:
    """The highest threshold, in steps of 0.1 %, that the right recipe misses with FALSE_FAIL_RATE at most.

    It is 0, which means none, if the runs spread so much that any accuracy is possible.
    """
    height = bound(rung, judged, FALSE_FAIL_RATE)
    tenths = math.floor(height * 1000)
    while 1 - passes(rung, tenths / 1000, judged, rung.spread.deviation) > FALSE_FAIL_RATE:
        tenths -= 1  # stopping early makes misses more likely than in `bound`
    return max(tenths, 0) / 1000


def _above(previous: Measured, rung: Measured, judged: int) -> float:
    """The lowest threshold, in steps of 0.1 %, that the rung before reaches with FALSE_PASS_RATE at most."""
    tenths = math.ceil(bound(previous, judged, 1 - FALSE_PASS_RATE) * 1000)
    while passes(previous, tenths / 1000, judged, rung.spread.deviation) > FALSE_PASS_RATE:
        tenths += 1
    return tenths / 1000


def _at(
    height: float, threshold: Threshold, rung: Measured, previous: Measured | None, judged: int
) -> Threshold:
    """The threshold at `height`, with the probabilities that the right recipe misses it and the one before passes."""
    certain_by = rung.spread.deviation
    slip = passes(previous, height, judged, certain_by) if previous else None
    return msgspec.structs.replace(
        threshold,
        minimum=height,
        judged=judged,
        miss=round(1 - passes(rung, height, judged, certain_by), 5),
        slip=None if slip is None else round(slip, 5),
    )
