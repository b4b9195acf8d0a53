"""A limit on the processor time that one page may take, so that it does not hold up all others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 1.0  # seconds after which code that swallowed the exception gets another


class TookTooLong(BaseException):
    """Raised in the middle of what takes too long; not an Exception, which would be swallowed."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TookTooLong once the block has taken so much processor time of this process.

    Signals reach the main thread of a process on Unix alone; elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGPROF"):
        yield
        return

    def over(signum: int, frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
