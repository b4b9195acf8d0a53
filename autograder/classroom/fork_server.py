"""The process that worker processes are forks of: it has imported what they need, once for all.

It holds no TensorFlow, which does not survive a fork: workers that need it import it themselves.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, util
from multiprocessing.context import ForkServerContext

_SHORT = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 -- multiprocessing makes a private directory there
_LONGEST = 75  # bytes of TMPDIR: the socket's path is 32 longer, and Linux takes 107
_PRELOADED = "autograder.classroom.scheduler"


def context() -> ForkServerContext:
    """The multiprocessing context whose processes are forks of the server."""
    _choose_directory()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED])
    return context


def _choose_directory() -> None:
    """Let multiprocessing make its directory now: a worker that was begun before would make its own.

    The server's socket lies there, whose path must be short also if TMPDIR is long.
    """
    before = tempfile.tempdir
    try:
        if len(os.fsencode(tempfile.gettempdir())) > _LONGEST:
            tempfile.tempdir = next((path for path in _SHORT if os.access(path, os.W_OK)), before)
        util.get_temp_dir()  # makes it once, for all sockets of this process
    finally:
        tempfile.tempdir = before


def own_directory() -> str:
    """The directory of this process's sockets and its workers' files.

    Empty if a parent process made it, which has its own socket there and removes it.
    """
    return "" if multiprocessing.parent_process() else util.get_temp_dir()


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
