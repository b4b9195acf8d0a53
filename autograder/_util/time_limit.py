"""Limits the processor time of one step, so that it cannot delay all others: a page, a grader's test."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_REPEAT_SECONDS = 1.0  # seconds until the next exception, for code that swallowed the first one


class TookTooLong(BaseException):
    """The block takes too long. No subclass of Exception, because library code would swallow it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TookTooLong when the block has used `seconds` of processor time of this process.

    Works only in the main thread on Unix, because it uses a signal; elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGPROF"):
        yield
        return

    def raise_too_long(signum: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"it took more than {seconds:g} s of processor time")

    old_handler = signal.signal(signal.SIGPROF, raise_too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds, _REPEAT_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old_handler)
