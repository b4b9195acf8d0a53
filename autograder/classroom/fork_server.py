"""The process that worker processes are forks of: it has imported what they need, once for all.

It holds no TensorFlow, which does not survive a fork: workers that need it import it themselves.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

_PRELOADED = "autograder.classroom.scheduler"


def context() -> ForkServerContext:
    """The multiprocessing context whose processes are forks of the server."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED])
    return context


def start() -> None:
    """Start the server, so that it imports while this process does; else the first worker starts it."""
    context()
    with sigint_blocked():
        forkserver.ensure_running()


@contextmanager
def sigint_blocked() -> Iterator[None]:
    """Block SIGINT in this thread and in the processes it starts; workers unblock it when ready."""
    old_mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old_mask)
