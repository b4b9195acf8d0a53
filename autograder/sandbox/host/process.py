"""A running jail as its starter sees it: our ends of its pipes, and how it ends."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import NamedTuple, Self

from autograder.sandbox.host import memory
from autograder.sandbox.host.cgroup import Cgroup
from autograder.sandbox.host.processor_time import Meter

_LAST_WORDS = 20_000  # bytes of stderr that are read


class Pipes(NamedTuple):
    """Both ends of the pipes to and from a jail, and of its stderr; its cgroup, if it has one."""

    jail_in: int
    jail_out: int
    jail_err: int
    to_jail: int
    from_jail: int
    errors: int
    cgroup: Cgroup | None

    @classmethod
    def open(cls, cgroup: Cgroup | None) -> Self:
        """Three new pipes; close_jail_ends() once the jail has its own."""
        jail_in, to_jail = os.pipe()
        from_jail, jail_out = os.pipe()
        errors, jail_err = os.pipe()
        return cls(jail_in, jail_out, jail_err, to_jail, from_jail, errors, cgroup)

    @property
    def entries(self) -> list[int]:
        """The descriptors by which the jail enters its cgroup: one, or none where it has none."""
        return [self.cgroup.entry] if self.cgroup else []

    def close_jail_ends(self) -> None:
        """Close what only the jail may hold, so that its end is seen."""
        for fd in self[:3]:
            os.close(fd)

    def close_our_ends(self) -> None:
        """Close the ends that we read and write, and remove the cgroup, in which nothing is left."""
        for fd in self[3:6]:
            os.close(fd)
        if self.cgroup:
            self.cgroup.remove()


class Process(ABC):
    """A running jail: frames go to `to_jail`, and come out of `from_jail`."""

    def __init__(self, pipes: Pipes, root: int, resting: int = 0, own: Sequence[int] = ()) -> None:
        """`root` is a process of ours below which the jail's are, and `resting` bytes of others.

        `own` are those below which nothing but the jail's is, where `root` has others too.
        """
        self._pipes = pipes
        self._root = root
        self._resting = resting
        account = pipes.cgroup.processor_seconds if pipes.cgroup else lambda: 0.0
        self.meter = Meter(*(own or [root]), account=account)
        self.to_jail = pipes.to_jail
        self.from_jail = pipes.from_jail

    @abstractmethod
    def finish(self, patience: float) -> int:
        """Its exit status: of itself within `patience` seconds, else killed with all in its jail."""

    @property
    def held_too_much(self) -> bool:
        """Whether the kernel has killed a process of it because they held too much together."""
        return self._pipes.cgroup is not None and self._pipes.cgroup.exceeded

    def check_memory(self, most_gib: float) -> None:
        """Raise TooMuchMemory if its processes together hold, or held, more than `most_gib`."""
        if self.held_too_much:
            raise memory.TooMuchMemory(most_gib)
        memory.check(self._root, most_gib, self._resting)

    def last_words(self) -> tuple[int, str]:
        """Its exit status and what it wrote to stderr, once it has closed its pipe."""
        status, said = self.finish(1.0), b""
        while chunk := os.read(self._pipes.errors, _LAST_WORDS - len(said)):
            said += chunk
        return status, said.decode(errors="replace").strip()

    def end(self) -> None:
        """Kill it with everything in its jail, and close our ends."""
        self.finish(0.0)
        self._pipes.close_our_ends()
