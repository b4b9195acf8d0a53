"""Resource limits, cgroup and priority that a process inside a sandbox applies to itself."""

from __future__ import annotations

import contextlib
import os
import resource
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox.protocol.limits import Limits


def apply(limits: Limits) -> None:
    """Set resource limits, which child processes inherit. Irreversible: the hard limit is lowered too."""
    memory = int(limits.address_space_gib * 2**30)
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_FSIZE, limits.scratch_bytes),
        (resource.RLIMIT_NOFILE, 1024),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (bound, bound))
    _give_niceness_to_session()


def _give_niceness_to_session() -> None:
    """Let `nice -n 19 autograder ...` give way to other work though a sandbox is a session of its own.

    Linux weighs sessions against each other (sched_autogroup), and a process's niceness counts within
    its session only. A kernel without this has no such file.
    """
    if niceness := os.nice(0):
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(niceness), encoding="ascii")


def enter(cgroups: Iterable[int]) -> None:
    """Move this process into the cgroups whose `cgroup.procs` these descriptors are, and close them.

    A refusal by the kernel is ignored: the host checks the memory of the sandbox as well.
    """
    for fd in cgroups:
        with contextlib.suppress(OSError):
            os.write(fd, b"0")
        os.close(fd)  # student code must not get it: it could move processes by it
