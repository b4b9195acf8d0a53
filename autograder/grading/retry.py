"""Grade again where a sandbox's process ended, so that no student is blamed for a kill from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from autograder.results.outcome import TestOutcome
from autograder.results.record import TrainedRun
from autograder.sandbox.protocol.errors import SandboxEnded, SandboxUnavailable

_MAX_TRIES = 3


class Try(NamedTuple):
    """What came of grading a submission once.

    `trained` are the runs that were asked for; `deaths` the places at which the student's
    process ended by itself.
    """

    outcomes: list[TestOutcome]
    outputs: dict[str, list[dict[str, Any]]]
    trained: list[TrainedRun]
    deaths: frozenset[str] = frozenset()


def until_deaths_repeat(attempt: Callable[[], Try]) -> Try:
    """The first try without a death that is new, or the third one.

    Its end does not say whether a process ended itself or was ended, by the system for want of
    memory or by a person. But what is the student's doing happens at the same place again.
    Raises SandboxEnded where the last sandbox did not start.
    """
    known: frozenset[str] = frozenset()
    for _attempt in range(_MAX_TRIES - 1):
        try:
            tried = attempt()
        except (
            SandboxUnavailable
        ):  # of a sandbox that has been proved: it was ended while it started
            continue
        if tried.deaths <= known:
            return tried
        known |= tried.deaths
    try:
        return attempt()
    except SandboxUnavailable as error:
        raise SandboxEnded(f"{error}. Grade this submission again") from None
