"""How long threads were ready to run while no processor was free, as Linux counts it.

Linux adds a wait when it ends: `waits` leaves out one that lasts, which `is_ready` shows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping


def waits(process: int | str = "self") -> dict[int, float]:
    """Thread id -> seconds that this thread of a process has waited for a processor.

    Empty if the process is gone, or the kernel does not count them.
    """
    seconds: dict[int, float] = {}
    for thread, text in _of_threads(process, "schedstat"):
        fields = text.split()  # nanoseconds on a processor, nanoseconds of waiting, number of runs
        if len(fields) > 1:
            seconds[thread] = int(fields[1]) / 1e9
    return seconds


def is_ready(process: int) -> bool:
    """Whether a thread of a process runs now, or would if a processor were free."""
    # The state is the first field after the name, which may hold anything.
    return any(
        text.rpartition(b")")[2].split()[:1] == [b"R"] for _, text in _of_threads(process, "stat")
    )


def longest(now: Mapping[int, float], before: Mapping[int, float]) -> float:
    """The longest wait of a thread between two readings of `waits`."""
    return max((seconds - before.get(thread, 0.0) for thread, seconds in now.items()), default=0.0)


def _of_threads(process: int | str, name: str) -> Iterator[tuple[int, bytes]]:
    """The id of each thread of a process and its file `name` of proc(5); those that end are left out."""
    directory = f"/proc/{process}/task"
    try:
        threads = os.listdir(directory)
    except OSError:
        return
    for thread in threads:
        try:
            with open(f"{directory}/{thread}/{name}", "rb") as file:
                text = file.read()
        except OSError:
            continue
        yield int(thread), text
