"""Limits that a process inside a sandbox sets on itself, for good."""

from __future__ import annotations

import contextlib
import os
import resource
from collections.abc import Iterable

from autograder.sandbox.protocol.limits import Limits


def apply(limits: Limits) -> None:
    """Set the limits that a process inherits; for good, since the hard limit is lowered too."""
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


def enter(cgroups: Iterable[int]) -> None:
    """Move this process into the cgroups that these descriptors lead to, and close them.

    Where the kernel refuses, nothing is raised: the sandbox is watched from outside as well.
    """
    for entry in cgroups:
        with contextlib.suppress(OSError):
            os.write(entry, b"0")
        os.close(entry)
