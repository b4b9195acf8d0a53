"""Runs in a sandbox of its own: imports TensorFlow once, and forks a process into each new sandbox.

Started as `python -m autograder.sandbox.zygote.server CHANNEL`, a socket. It obeys messages of
{"op": "fork" | "finish", ...} and answers each with one. No student code runs in it, and it
holds nothing that a student may not see: a fork has a copy of all its memory.

bubblewrap makes the namespaces and mounts of every sandbox and keeps them with a process that
only waits; the fork joins them, gives up what joining gave it, and becomes the executor or
the training worker. What student code can reach is what it reaches in a sandbox started by itself.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import platform
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from autograder.sandbox.guest import executor, rlimits, training_worker
from autograder.sandbox.guest.shell import preload
from autograder.sandbox.protocol import fds
from autograder.sandbox.protocol import seccomp as syscalls
from autograder.sandbox.protocol.frames import MESSAGE_BYTES
from autograder.sandbox.zygote import namespaces

_PRELOADED = (
    "keras",
    "tensorflow",
    "IPython",
    "matplotlib.pyplot",
    "autograder.figures",
)
_JOIN_SECONDS = 20.0
_ROLES: dict[str, Callable[[int, int], None]] = {
    executor.__name__: executor.main,
    training_worker.__name__: training_worker.main,
}


class _Fork(NamedTuple):
    """A process in a sandbox, the process outside that waits for it, and the sandbox's first one.

    Of the two a pidfd; the sandbox's orphans become children of its first process.
    """

    guard: int
    holder: subprocess.Popen[bytes]
    first: int


def main(channel: socket.socket) -> None:
    """Serve until the other end of the channel is gone; then this sandbox and all in it die."""
    for name in _PRELOADED:
        importlib.import_module(name)
    preload()
    gc.collect()
    gc.freeze()  # or the next collection would touch, and so copy, every page in each fork
    forks: dict[int, _Fork] = {}
    _send(channel, {"ready": True})
    while True:
        data, descriptors, _, _ = socket.recv_fds(channel, MESSAGE_BYTES, 4)
        if not data:
            return
        request = json.loads(data)
        made: list[int] = []
        if request["op"] == "fork":
            try:
                fork = forks[request["id"]] = _fork(request, descriptors)
                answer: dict[str, Any] = {"forked": True}
                made = [fork.guard, fork.first]
            except (OSError, RuntimeError) as error:
                answer = {"refused": str(error)}
            finally:
                for fd in descriptors:
                    os.close(fd)
        else:
            answer = {"status": _finish(forks.pop(request["id"]), request["timeout"])}
        _send(channel, answer, made)


def _fork(request: dict[str, Any], descriptors: list[int]) -> _Fork:
    """Make a sandbox and fork into it; raises OSError or RuntimeError where that does not succeed."""
    _refuse_unsafe()
    holder, first = _hold(request["bwrap"], request["options"])
    heard, told = os.pipe()
    guard = os.fork()
    if guard == 0:
        os.close(heard)
        _guard(_ROLES[request["module"]], descriptors, first, told)
    os.close(told)
    fork = _Fork(os.pidfd_open(guard), holder, first)
    ready = select.select([heard], [], [], _JOIN_SECONDS)[0]
    said = os.read(heard, 1000) if ready else b"no word from the fork"
    os.close(heard)
    if said != b"joined":
        _finish(fork, 0.0)
        raise RuntimeError(said.decode(errors="replace") or "the fork ended")
    return fork


def _refuse_unsafe() -> None:
    """Raise RuntimeError unless this process may fork: one thread, and TensorFlow still asleep.

    Its threads do not exist in a fork; after the first operation a fork would wait for them.
    """
    from tensorflow.python.eager import context

    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        raise RuntimeError(f"the zygote has {threads} threads")
    if context.context_safe() is not None and context.context()._initialized:
        raise RuntimeError("TensorFlow has run in the zygote")


def _hold(bwrap: str, options: list[str]) -> tuple[subprocess.Popen[bytes], int]:
    """A sandbox in which nothing but `cat` runs, and a pidfd of its first process; raises OSError."""
    passed: list[int] = []
    seccomp = fds.memory_fd(syscalls.seccomp_filter(platform.machine()), passed)
    arguments = fds.options_fd([*options, "--seccomp", str(seccomp)], passed)
    status, told = os.pipe()
    try:
        holder = subprocess.Popen(
            [bwrap, "--args", str(arguments), "--json-status-fd", str(told), "--", "cat"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=[*passed, told],
            env={},
            bufsize=0,
        )
    finally:
        for fd in (*passed, told):
            os.close(fd)
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stderr is not None
    try:
        with contextlib.suppress(BrokenPipeError):
            holder.stdin.write(b"!")
        if holder.stdout.read(1) != b"!":  # it comes back once everything is in place
            raise OSError(holder.stderr.read(1000).decode(errors="replace").strip())
        first = os.pidfd_open(json.loads(os.read(status, 4096).splitlines()[0])["child-pid"])
    except (OSError, ValueError, LookupError) as error:
        holder.kill()
        holder.wait()
        raise OSError(f"no sandbox within the zygote's: {error}") from None
    finally:
        os.close(status)
    return holder, first


def _guard(role: Callable[[int, int], None], descriptors: list[int], first: int, told: int) -> None:
    """In the fork: join the sandbox, start its one process, wait for it, take the sandbox along.

    Never returns. Joining a PID namespace takes effect on children, hence two processes.
    """
    try:
        source, sink, errors, *cgroup = _only_these(descriptors, first, told)
        namespaces.enter(first)
        namespaces.give_up_privileges(syscalls.seccomp_filter(platform.machine()))
        child = os.fork()
        if child == 0:
            os.close(first)
            rlimits.enter(cgroup)
            _become(role, source, sink, errors, told)
        for fd in (source, sink, errors, *cgroup, told):
            os.close(fd)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        _kill(first)
        os._exit(code if code >= 0 else 128 - code)
    except BaseException as error:  # nothing of this process may go on to serve
        with contextlib.suppress(OSError):
            os.write(told, f"{type(error).__name__}: {error}"[:900].encode())
    finally:
        os._exit(1)


def _only_these(descriptors: list[int], *others: int) -> list[int]:
    """Close all descriptors but these and the standard ones; return the first, the sandbox's."""
    kept = sorted({*descriptors, *others})
    for low, high in zip([2, *kept], [*kept, os.sysconf("SC_OPEN_MAX")], strict=True):
        os.closerange(low + 1, high)
    return descriptors


def _become(
    role: Callable[[int, int], None], source: int, sink: int, errors: int, told: int
) -> None:
    """In the sandbox: be the process that runs there; never returns."""
    status = 1
    try:
        os.setsid()
        os.chdir(os.environ["HOME"])
        os.dup2(errors, 2)
        os.close(errors)
        import numpy as np

        np.random.seed()  # all forks begin with a copy of one state
        os.write(told, b"joined")
        os.close(told)
        role(source, sink)
        status = 0
    except BaseException:  # as an interpreter would end
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _finish(fork: _Fork, timeout: float) -> int:
    """The exit status of a fork: of itself in `timeout` seconds, else killed with its sandbox."""
    select.select([fork.guard], [], [], timeout)
    _kill(fork.first)
    # With the sandbox's first process all others in it die, and the guard sees its child end.
    ended = os.waitid(os.P_PIDFD, fork.guard, os.WEXITED)
    assert ended is not None
    status = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
    fork.holder.communicate()  # it takes note of the death, and ends; nothing is left then
    os.close(fork.guard)
    os.close(fork.first)
    return status


def _kill(pidfd: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)


def _send(channel: socket.socket, answer: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    message = json.dumps(answer).encode()
    if descriptors:
        socket.send_fds(channel, [message], list(descriptors))
    else:
        channel.send(message)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
