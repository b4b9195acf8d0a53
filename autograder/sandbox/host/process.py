"""A running sandbox as its starter sees it: our ends of its pipes, and how it ends."""

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
    """Both ends of the pipes to and from a sandbox, and of its stderr; its cgroup, if it has one."""

    sandbox_in: int
    sandbox_out: int
    sandbox_err: int
    to_sandbox: int
    from_sandbox: int
    errors: int
    cgroup: Cgroup | None

    @classmethod
    def open(cls, cgroup: Cgroup | None) -> Self:
        """Three new pipes; close_sandbox_ends() once the sandbox has its own."""
        sandbox_in, to_sandbox = os.pipe()
        from_sandbox, sandbox_out = os.pipe()
        errors, sandbox_err = os.pipe()
        return cls(sandbox_in, sandbox_out, sandbox_err, to_sandbox, from_sandbox, errors, cgroup)

    @property
    def entries(self) -> list[int]:
        """The descriptors by which the sandbox enters its cgroup: one, or none where it has none."""
        return [self.cgroup.entry] if self.cgroup else []

    def close_sandbox_ends(self) -> None:
        """Close what only the sandbox may hold, so that its end is seen."""
        for fd in self[:3]:
            os.close(fd)

    def close_our_ends(self) -> None:
        """Close the ends that we read and write, and remove the cgroup, in which nothing is left."""
        for fd in self[3:6]:
            os.close(fd)
        if self.cgroup:
            self.cgroup.remove()


class Process(ABC):
    """A running sandbox: frames go to `to_sandbox`, and come out of `from_sandbox`."""

    def __init__(self, pipes: Pipes, root: int, resting: int = 0, own: Sequence[int] = ()) -> None:
        """`root` is a process of ours below which the sandbox's are, and `resting` bytes of others.

        `own` are those below which nothing but the sandbox's is, where `root` has others too.
        """
        self._pipes = pipes
        self._root = root
        self._resting = resting
        account = pipes.cgroup.processor_seconds if pipes.cgroup else lambda: 0.0
        self.meter = Meter(*(own or [root]), account=account)
        self.to_sandbox = pipes.to_sandbox
        self.from_sandbox = pipes.from_sandbox

    @abstractmethod
    def finish(self, timeout: float) -> int:
        """Its exit status: of itself within `timeout` seconds, else killed with all in its sandbox."""

    @property
    def held_too_much(self) -> bool:
        """Whether the kernel has killed a process of it because they held too much together."""
        return self._pipes.cgroup is not None and self._pipes.cgroup.exceeded

    def check_memory(self, most_gib: float) -> None:
        """Raise TooMuchMemory if its processes together hold, or held, more than `most_gib`."""
        if self.held_too_much:
            raise memory.TooMuchMemory(most_gib)
        memory.check(self._root, most_gib, self._resting)

    def exit_status_and_stderr(self) -> tuple[int, str]:
        """Its exit status and what it wrote to stderr, once it has closed its pipe."""
        status, said = self.finish(1.0), b""
        while chunk := os.read(self._pipes.errors, _LAST_WORDS - len(said)):
            said += chunk
        return status, said.decode(errors="replace").strip()

    def end(self) -> None:
        """Kill it with everything in its sandbox, and close our ends."""
        self.finish(0.0)
        self._pipes.close_our_ends()
