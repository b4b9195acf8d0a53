"""How long threads were ready to run while no processor was free, as Linux counts it.

Linux adds a wait when it ends: `waits` leaves out one that lasts, which `is_ready` shows.
"""

from __future__ import annotations

import os
from collections.abc import Mapping


def waits(process: int | str = "self") -> dict[int, float]:
    """Thread id -> seconds that this thread of a process has waited for a processor.

    Empty if the process is gone, or the kernel does not count them.
    """
    found: dict[int, float] = {}
    try:
        threads = os.listdir(f"/proc/{process}/task")
    except OSError:
        return found
    for thread in threads:
        try:
            with open(f"/proc/{process}/task/{thread}/schedstat", "rb") as file:
                found[int(thread)] = int(file.read().split()[1]) / 1e9
        except (OSError, IndexError, ValueError):
            continue
    return found


def is_ready(process: int) -> bool:
    """Whether a thread of a process runs now, or would if a processor were free."""
    try:
        threads = os.listdir(f"/proc/{process}/task")
    except OSError:
        return False
    for thread in threads:
        try:
            with open(f"/proc/{process}/task/{thread}/stat", "rb") as file:
                state = file.read().rpartition(b")")[2].split()[0]
        except (OSError, IndexError):
            continue
        if state == b"R":
            return True
    return False


def longest(now: Mapping[int, float], before: Mapping[int, float]) -> float:
    """The longest wait of a thread between two readings of `waits`."""
    return max((seconds - before.get(thread, 0.0) for thread, seconds in now.items()), default=0.0)
