"""Limits the time of one step, so that it cannot delay all others: a page, a grader's test, a solution's cell."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

_REPEAT_SECONDS = 1.0  # seconds until the next exception, for code that swallowed the first one


class TookTooLong(BaseException):
    """The block takes too long. No subclass of Exception, because library code would swallow it."""


def time_limit(seconds: float) -> AbstractContextManager[None]:
    """Raise TookTooLong when the block has used `seconds` of processor time of this process.

    Works only in the main thread on Unix, because it uses a signal; elsewhere there is no limit.
    """
    return _limit("PROF", seconds, "of processor time")


def wall_clock_limit(seconds: float) -> AbstractContextManager[None]:
    """Raise TookTooLong when the block has lasted `seconds`, also where it waits; else like time_limit."""
    return _limit("REAL", seconds, "by the clock")


_SIGNALS = {"PROF": "SIGPROF", "REAL": "SIGALRM"}  # that the timers send


@contextmanager
def _limit(timer_name: str, seconds: float, clock: str) -> Iterator[None]:
    signal_name = _SIGNALS[timer_name]
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, signal_name
    ):
        yield
        return
    number, timer = getattr(signal, signal_name), getattr(signal, f"ITIMER_{timer_name}")

    def raise_too_long(signum: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"it took more than {seconds:g} s {clock}")

    old_handler = signal.signal(number, raise_too_long)
    signal.setitimer(timer, seconds, _REPEAT_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, old_handler)
