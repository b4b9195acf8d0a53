"""Retries grading after a sandbox's process ended, so that no student is blamed for an outside kill."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from autograder.results.outcome import TestOutcome
from autograder.results.record import TrainedRun
from autograder.sandbox.protocol.errors import SandboxEnded, SandboxUnavailable

_MAX_TRIES = 3


class Try(NamedTuple):
    """The result of grading a submission once.

    `trained` lists the training runs that its tests requested. `deaths` names the cells and tests
    at which the student's process ended by itself.
    """

    outcomes: list[TestOutcome]
    outputs: dict[str, list[dict[str, Any]]]
    trained: list[TrainedRun]
    deaths: frozenset[str] = frozenset()


def until_deaths_repeat(attempt: Callable[[], Try]) -> Try:
    """The first try without a new death, or the third try.

    A dead process does not show whether it ended itself, or the system (out of memory) or a person
    killed it. But a death that the student's code causes happens again at the same place.
    Raises SandboxEnded if the last sandbox did not start.
    """
    earlier_deaths: frozenset[str] = frozenset()
    for _attempt in range(_MAX_TRIES - 1):
        try:
            result = attempt()
        except SandboxUnavailable:
            # Sandboxes work here, as the probe has shown: something killed this one as it started.
            continue
        if result.deaths <= earlier_deaths:
            return result
        earlier_deaths |= result.deaths
    try:
        return attempt()
    except SandboxUnavailable as error:
        raise SandboxEnded(f"{error}. Grade this submission again") from None
