"""Stops student code that exceeds its time, by timers in its own process."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Self

from autograder.sandbox.protocol import run_queue
from autograder.sandbox.protocol.limits import MOST_QUEUED, WALL_FACTOR

_SHORTEST = 0.1  # seconds until the next look at the wall clock


class OutOfTime(BaseException):
    """Raised in student code when its time is up. `except Exception` does not catch it."""


class TimeLimit:
    """Raises OutOfTime in its block after `seconds` of processor time, or WALL_FACTOR times as long by the wall clock.

    All threads count. Not counted by the wall clock: time in which a thread of this process was ready
    to run and no processor was free, and time inside `paused`. `expired` is True once the time is
    up. Check it after any exception: OutOfTime raised inside a lock may surface as another exception.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._deadline = 0.0  # by time.monotonic()
        self._waits_before: dict[int, float] = {}
        self.expired = False

    def __enter__(self) -> Self:
        self._waits_before = run_queue.waits()
        self._deadline = time.monotonic() + self._seconds * WALL_FACTOR
        signal.signal(signal.SIGPROF, self._over)
        signal.signal(signal.SIGALRM, self._over_by_wall_clock)
        # Repeated every second: a bare `except:` in a loop may swallow the first.
        signal.setitimer(signal.ITIMER_PROF, self._seconds, 1.0)
        signal.setitimer(signal.ITIMER_REAL, self._seconds * WALL_FACTOR, 1.0)
        return self

    def __exit__(self, *_error: object) -> None:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the wall clock while the student's code waits for the kit."""
        began = time.monotonic()
        remaining, interval = signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            yield
        finally:
            self._deadline += time.monotonic() - began
            signal.setitimer(signal.ITIMER_REAL, remaining, interval)

    def _over_by_wall_clock(self, signum: int, frame: FrameType | None) -> None:
        waited = run_queue.longest(run_queue.waits(), self._waits_before)
        waited = min(waited, MOST_QUEUED * self._seconds * WALL_FACTOR)
        remaining = self._deadline + waited - time.monotonic()
        if remaining > 0:
            signal.setitimer(signal.ITIMER_REAL, max(remaining, _SHORTEST), 1.0)
            return
        self._over(signum, frame)

    def _over(self, signum: int, frame: FrameType | None) -> None:
        self.expired = True
        raise OutOfTime
