"""Measure the processor time of a sandbox's processes from outside.

Code in a sandbox may cancel its own timers and start other processes. The kernel counts the time of
all of them, in a cgroup or in proc(5), where no process can change it.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import psutil

_MEASURED_EVERY = 1.0  # seconds; reading it takes some milliseconds


class TooMuchTime(Exception):
    """The processes of a sandbox exceed their processor time."""


class _Times(NamedTuple):
    """Processor time of a process, and of those of its children that it has waited for."""

    own: float
    reaped: float


class Meter:
    """Adds up the processor time of some processes and all their descendants.

    `account` returns the sum that the kernel itself keeps, or 0.
    """

    def __init__(self, *roots: int, account: Callable[[], float] = lambda: 0.0) -> None:
        self._roots = roots
        self._account = account
        self._before: dict[psutil.Process, _Times] = {}
        self._used = 0.0

    def used(self) -> float:
        """Seconds so far.

        An ended process counts with its last measured time, or in full if its parent waited for it.
        """
        now = _trees(self._roots)
        nothing = _Times(0.0, 0.0)
        own = sum(times.own - self._before.get(key, nothing).own for key, times in now.items())
        reaped = sum(
            times.reaped - self._before.get(key, nothing).reaped for key, times in now.items()
        )
        # The time of an ended process was counted already, and is now in its parent's `reaped` too.
        counted = sum(sum(times) for key, times in self._before.items() if key not in now)
        self._used += max(0.0, own) + max(0.0, reaped - counted)
        self._before = now
        return max(self._used, self._account())


class Allowance:
    """Limits the processor time during the wait for an answer, by reading a meter periodically.

    The first reading is at the first check, after a quarter of a second without an answer: reading
    takes longer than most calls, and most answers come at once.
    """

    def __init__(self, meter: Meter, seconds: float) -> None:
        self._meter = meter
        self._seconds = seconds
        self._began: float | None = None
        self._next = 0.0

    def check(self) -> None:
        """Raise TooMuchTime if more than `seconds` were used since the first check."""
        if time.monotonic() < self._next:
            return
        used = self._meter.used()
        if self._began is None:
            self._began = used
        self._next = time.monotonic() + min(_MEASURED_EVERY, self._seconds)
        if used - self._began > self._seconds:
            raise TooMuchTime


def _trees(roots: Sequence[int]) -> dict[psutil.Process, _Times]:
    """The times of these processes and their descendants, by psutil's (id, start time) identity."""
    trees: dict[psutil.Process, _Times] = {}
    for root in roots:
        with contextlib.suppress(psutil.Error, ValueError):  # it may be gone, and its id then -1
            process = psutil.Process(root)
            for member in (process, *process.children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    trees[member] = _times(member)
    return trees


def _times(process: psutil.Process) -> _Times:
    times = process.cpu_times()
    return _Times(times.user + times.system, times.children_user + times.children_system)
