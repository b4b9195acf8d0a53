"""How much memory a sandbox's processes hold together, which no limit of a single process bounds."""

from __future__ import annotations

import psutil

GIB = 2**30


class TooMuchMemory(Exception):
    """A sandbox's processes hold more together than they may; the message says how much that is."""

    def __init__(self, most_gib: float) -> None:
        super().__init__(f"its processes together held more than {most_gib:g} GiB of memory")


def check(root: int, most_gib: float, resting: int = 0) -> None:
    """Raise TooMuchMemory if the descendants of process `root` hold more than `most_gib`.

    Memory that several processes share counts once, and `resting` bytes not at all.
    """
    most = resting + most_gib * GIB
    # Resident sizes are known in no time, and count what is shared in each process.
    if held(root, exact=False) > most and held(root) > most:
        raise TooMuchMemory(most_gib)


def held(root: int, *, exact: bool = True) -> int:
    """Bytes that the descendants of a process hold; none where it is gone."""
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
    except psutil.AccessDenied:  # of a process that is just about to join its sandbox
        return 0
