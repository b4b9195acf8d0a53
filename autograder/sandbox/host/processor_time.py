"""How much processor time a sandbox's processes use, as seen from outside.

What runs in a sandbox may switch off timers of its own and start other processes. The kernel keeps
account of both, in a cgroup or in proc(5), where no process can change it.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import psutil

_MEASURED_EVERY = 1.0  # seconds: to read it takes some milliseconds


class TooMuchTime(Exception):
    """A sandbox's processes used more processor time than they may."""


class _Times(NamedTuple):
    """Processor time of a process, and of those of its children that it has waited for."""

    own: float
    reaped: float


class Meter:
    """Adds up the processor time of some processes and all that descend from them.

    `account` is what the kernel has added up itself, where it does.
    """

    def __init__(self, *roots: int, account: Callable[[], float] = lambda: 0.0) -> None:
        self._roots = roots
        self._account = account
        self._before: dict[psutil.Process, _Times] = {}
        self._used = 0.0

    def used(self) -> float:
        """Seconds so far.

        A process that has ended counts as far as it was seen, or its parent waited for it.
        """
        now = _trees(self._roots)
        nothing = _Times(0.0, 0.0)
        own = sum(times.own - self._before.get(key, nothing).own for key, times in now.items())
        reaped = sum(
            times.reaped - self._before.get(key, nothing).reaped for key, times in now.items()
        )
        # What was counted while it lived stands in its parent's account now.
        counted = sum(sum(times) for key, times in self._before.items() if key not in now)
        self._used += max(0.0, own) + max(0.0, reaped - counted)
        self._before = now
        return max(self._used, self._account())


class Allowance:
    """The processor time that one wait for an answer may take, by a meter that is read now and then.

    The meter is first read when nothing has come for a while: most answers come at once, and to
    read it takes longer than most calls.
    """

    def __init__(self, meter: Meter, seconds: float) -> None:
        self._meter = meter
        self._seconds = seconds
        self._began: float | None = None
        self._next = 0.0

    def check(self) -> None:
        """Raise TooMuchTime where more than `seconds` were used since the first check."""
        if time.monotonic() < self._next:
            return
        used = self._meter.used()
        if self._began is None:
            self._began = used
        self._next = time.monotonic() + min(_MEASURED_EVERY, self._seconds)
        if used - self._began > self._seconds:
            raise TooMuchTime


def _trees(roots: Sequence[int]) -> dict[psutil.Process, _Times]:
    """The times of these processes and their descendants; a process is its id and its start."""
    trees: dict[psutil.Process, _Times] = {}
    for root in roots:
        with contextlib.suppress(psutil.Error, ValueError):  # it is gone, and so its id may be -1
            process = psutil.Process(root)
            for each in (process, *process.children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    trees[each] = _times(each)
    return trees


def _times(process: psutil.Process) -> _Times:
    times = process.cpu_times()
    return _Times(times.user + times.system, times.children_user + times.children_system)
