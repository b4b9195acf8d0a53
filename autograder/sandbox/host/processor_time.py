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

from autograder.sandbox.protocol import run_queue
from autograder.sandbox.protocol.limits import MOST_QUEUED

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

    def waits(self) -> dict[int, float]:
        """Thread id -> seconds that the thread has waited for a processor."""
        return {
            thread: seconds
            for process in _trees(self._roots)
            for thread, seconds in run_queue.waits(process.pid).items()
        }

    def is_ready(self) -> bool:
        """Whether a thread runs now, or would if a processor were free."""
        return any(run_queue.is_ready(process.pid) for process in _trees(self._roots))


class WallClock:
    """Limits the wall-clock time during the wait for an answer, for code that sleeps or waits.

    Not counted, up to `MOST_QUEUED` times the limit: waits for a processor, as a busy machine causes.
    What runs all the time is limited by its processor time.
    """

    def __init__(self, meter: Meter, seconds: float) -> None:
        self._meter = meter
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._before: dict[int, float] | None = None
        self._over_since: float | None = None

    def stood_still(self, seconds: float) -> None:
        """Move the deadline by time that the code spent waiting for the kit."""
        self._deadline += seconds

    def is_over(self) -> bool:
        """Whether the time is up, and still was at a check some time ago.

        Between the two, the caller reads an answer that came while the caller itself had no processor.
        """
        now = time.monotonic()
        if self._before is None:
            self._before = self._meter.waits()
        if now <= self._deadline or self._is_queued(now):
            self._over_since = None
            return False
        self._over_since = self._over_since or now
        return now > self._over_since + _MEASURED_EVERY

    def _is_queued(self, now: float) -> bool:
        if now > self._deadline + MOST_QUEUED * self._seconds:
            return False
        queued = run_queue.longest(self._meter.waits(), self._before or {})
        return now <= self._deadline + queued or self._meter.is_ready()


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
