"""The side of a fork: it joins its sandbox and becomes the executor or the training worker there.

It gives up the privileges that joining grants, so student code can reach the same as in a sandbox
started afresh.
"""

from __future__ import annotations

import contextlib
import os
import platform
import signal
import sys
from collections.abc import Callable

from autograder.sandbox.guest import rlimits
from autograder.sandbox.protocol import seccomp as syscalls
from autograder.sandbox.zygote import namespaces


def run(role: Callable[[int, int], None], descriptors: list[int], first: int, report: int) -> None:
    """Join the sandbox, start its process, wait for it, then kill the sandbox.

    Never returns. Joining a PID namespace takes effect for children only, hence two processes.
    The order of the steps is a rule of security; `require_confinement` stops a fork that breaks it.
    """
    try:
        # Before the namespaces change: nothing of the zygote may be open where student code runs.
        source, sink, errors, *cgroup = _only_these(descriptors, first, report)
        outside = namespaces.identities()
        namespaces.enter(first)
        # After joining, which grants capabilities, and before the fork, which inherits the result.
        namespaces.give_up_privileges(syscalls.seccomp_filter(platform.machine()))
        child = os.fork()
        if child == 0:
            os.close(first)
            rlimits.enter(cgroup)
            os.dup2(errors, 2)
            os.close(errors)
            namespaces.require_confinement(outside, {0, 1, 2, source, sink, report})
            _become(role, source, sink, report)
        for fd in (source, sink, errors, *cgroup, report):
            os.close(fd)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        kill(first)
        os._exit(code if code >= 0 else 128 - code)
    except BaseException as error:  # this copy of the zygote must never go on to serve
        with contextlib.suppress(OSError):
            os.write(report, f"{type(error).__name__}: {error}"[:900].encode())
    finally:
        os._exit(1)


def _only_these(descriptors: list[int], *others: int) -> list[int]:
    """Close all descriptors except both arguments and the standard ones; return `descriptors`."""
    needed = sorted({*descriptors, *others})
    for low, high in zip([2, *needed], [*needed, os.sysconf("SC_OPEN_MAX")], strict=True):
        os.closerange(low + 1, high)
    return descriptors


def _become(role: Callable[[int, int], None], source: int, sink: int, report: int) -> None:
    """In the sandbox: report success, then run the executor or the training worker; never returns."""
    status = 1
    try:
        os.setsid()
        os.chdir(os.environ["HOME"])
        import numpy as np

        np.random.seed()  # all forks start with a copy of the same state
        os.write(report, b"joined")
        os.close(report)
        role(source, sink)
        status = 0
    except BaseException:  # report it as the interpreter would
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def kill(pidfd: int) -> None:
    """Kill a process, unless it has ended."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
