"""Measure and limit the memory of all processes of a sandbox together."""

from __future__ import annotations

import psutil

GIB = 2**30


class TooMuchMemory(Exception):
    """The processes of a sandbox exceed their common memory limit, which is in the message."""

    def __init__(self, most_gib: float) -> None:
        super().__init__(f"its processes together held more than {most_gib:g} GiB of memory")


def check(root: int, most_gib: float, resting: int = 0) -> None:
    """Raise TooMuchMemory if the descendants of process `root` hold more than `most_gib`.

    Memory that several processes share counts once. `resting` bytes do not count.
    """
    most = resting + most_gib * GIB
    # Resident sizes are fast to read, but count shared memory once per process. So check them first.
    if held_bytes(root, exact=False) > most and held_bytes(root) > most:
        raise TooMuchMemory(most_gib)


def held_bytes(root: int, *, exact: bool = True) -> int:
    """Bytes of memory that the descendants of a process hold; 0 if it is gone."""
    try:
        processes = psutil.Process(root).children(recursive=True)
    except psutil.NoSuchProcess:
        return 0
    return sum(_process_memory(process, exact=exact) for process in processes)


def _process_memory(process: psutil.Process, *, exact: bool) -> int:
    try:
        return int(process.memory_full_info().pss if exact else process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
    except psutil.AccessDenied:  # the process is just joining its sandbox
        return 0
