"""A running sandbox as the grading process sees it: its pipes, limits and exit status."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import NamedTuple, Self

from autograder.sandbox.host import memory
from autograder.sandbox.host.cgroup import Cgroup
from autograder.sandbox.host.processor_time import Meter

_LAST_WORDS = 20_000  # bytes of stderr that are read at most


class Pipes(NamedTuple):
    """Both ends of a sandbox's input, output and stderr pipes, and its cgroup, if it has one."""

    sandbox_in: int
    sandbox_out: int
    sandbox_err: int
    to_sandbox: int
    from_sandbox: int
    errors: int
    cgroup: Cgroup | None

    @classmethod
    def open(cls, cgroup: Cgroup | None) -> Self:
        """Create three pipes. Call close_sandbox_ends() once the sandbox has inherited its ends."""
        sandbox_in, to_sandbox = os.pipe()
        from_sandbox, sandbox_out = os.pipe()
        errors, sandbox_err = os.pipe()
        return cls(sandbox_in, sandbox_out, sandbox_err, to_sandbox, from_sandbox, errors, cgroup)

    @property
    def entries(self) -> list[int]:
        """The descriptors with which the sandbox enters its cgroup: one, or none without a cgroup."""
        return [self.cgroup.entry] if self.cgroup else []

    def close_sandbox_ends(self) -> None:
        """Close the sandbox's ends here: else we would never see that the sandbox closed them."""
        for fd in self[:3]:
            os.close(fd)

    def close_our_ends(self) -> None:
        """Close the ends that we read and write, and remove the cgroup, whose processes are dead."""
        for fd in self[3:6]:
            os.close(fd)
        if self.cgroup:
            self.cgroup.remove()


class Process(ABC):
    """A running sandbox: frames go to `to_sandbox`, and come out of `from_sandbox`."""

    def __init__(
        self, pipes: Pipes, root: int, resting: int = 0, private_roots: Sequence[int] = ()
    ) -> None:
        """`root` is a process on the host whose descendants include the sandbox's processes.

        `resting` is the memory of other descendants in bytes. If `root` has others, all descendants
        of `private_roots` are in this sandbox.
        """
        self._pipes = pipes
        self._root = root
        self._resting = resting
        account = pipes.cgroup.processor_seconds if pipes.cgroup else lambda: 0.0
        self.meter = Meter(*(private_roots or [root]), account=account)
        self.to_sandbox = pipes.to_sandbox
        self.from_sandbox = pipes.from_sandbox

    @abstractmethod
    def finish(self, timeout: float) -> int:
        """Wait up to `timeout` seconds, then kill the process with its sandbox; return its exit status."""

    @property
    def held_too_much(self) -> bool:
        """Whether the kernel has killed one of its processes for exceeding the memory limit."""
        return self._pipes.cgroup is not None and self._pipes.cgroup.exceeded

    def check_memory(self, most_gib: float) -> None:
        """Raise TooMuchMemory if its processes together hold or held more than `most_gib`."""
        if self.held_too_much:
            raise memory.TooMuchMemory(most_gib)
        memory.check(self._root, most_gib, self._resting)

    def exit_status_and_stderr(self) -> tuple[int, str]:
        """Its exit status and its stderr, for a process that has closed its pipe."""
        status, stderr = self.finish(1.0), b""
        while chunk := os.read(self._pipes.errors, _LAST_WORDS - len(stderr)):
            stderr += chunk
        return status, stderr.decode(errors="replace").strip()

    def end(self) -> None:
        """Kill it with everything in its sandbox, and close our ends."""
        self.finish(0.0)
        self._pipes.close_our_ends()
