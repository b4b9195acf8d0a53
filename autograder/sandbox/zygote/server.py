"""The zygote: imports what notebooks need once, in its own sandbox, and forks into each new sandbox.

Started as `python -m autograder.sandbox.zygote.server CHANNEL`, where CHANNEL is a socket. It
answers each message {"op": "import" | "fork" | "finish", ...} with one message. It imports
TensorFlow, which takes ten times as long as the rest, when it is asked to. No student code runs in
it, and it holds nothing that a student may not see: a fork has a copy of all its memory.

bubblewrap creates the namespaces and mounts of every sandbox and keeps them alive with a process
that only waits. The fork joins them, as guard.py says.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import platform
import select
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from autograder.sandbox.guest import executor, training_worker
from autograder.sandbox.guest.shell import preload
from autograder.sandbox.protocol import fds
from autograder.sandbox.protocol import seccomp as syscalls
from autograder.sandbox.protocol.frames import MESSAGE_BYTES
from autograder.sandbox.zygote import guard

_PRELOADED = ("IPython", "matplotlib.pyplot", "autograder.figures")
_TENSORFLOW = ("keras", "tensorflow")
_JOIN_SECONDS = 20.0
_ROLES: dict[str, Callable[[int, int], None]] = {
    executor.__name__: executor.main,
    training_worker.__name__: training_worker.main,
}


class _Fork(NamedTuple):
    """A sandbox: a pidfd of the guard, the bwrap process, and a pidfd of the sandbox's first process.

    The guard is the fork that waits for the sandboxed process. Orphans in the sandbox become
    children of its first process.
    """

    guard: int
    holder: subprocess.Popen[bytes]
    first: int


def main(channel: socket.socket) -> None:
    """Serve until the other end of the channel is closed; then this sandbox dies with all in it."""
    _import(_PRELOADED)
    preload()
    forks: dict[int, _Fork] = {}
    _send(channel, {"ready": True})
    while True:
        data, descriptors, _, _ = socket.recv_fds(channel, MESSAGE_BYTES, 4)
        if not data:
            return
        request = json.loads(data)
        pidfds: list[int] = []
        if request["op"] == "import":
            _import(_TENSORFLOW)
            answer: dict[str, Any] = {"imported": True}
        elif request["op"] == "fork":
            try:
                fork = forks[request["id"]] = _fork(request, descriptors)
                answer = {"forked": True}
                pidfds = [fork.guard, fork.first]
            except (OSError, RuntimeError) as error:
                answer = {"refused": str(error)}
            finally:
                for fd in descriptors:
                    os.close(fd)
        else:
            answer = {"status": _finish(forks.pop(request["id"]), request["timeout"])}
        _send(channel, answer, pidfds)


def _import(names: Sequence[str]) -> None:
    gc.disable()  # imports leave little garbage, and looking for it takes a quarter of Keras's time
    for name in names:
        importlib.import_module(name)
    gc.freeze()  # else the next collection would touch, and so copy, every page in each fork
    gc.enable()


def _fork(request: dict[str, Any], descriptors: list[int]) -> _Fork:
    """Create a sandbox and fork into it. Raises OSError or RuntimeError."""
    _refuse_unsafe()
    holder, first = _hold(request["bwrap"], request["options"])
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        guard.run(_ROLES[request["module"]], descriptors, first, writer)
    os.close(writer)
    fork = _Fork(os.pidfd_open(pid), holder, first)
    ready = select.select([reader], [], [], _JOIN_SECONDS)[0]
    message = os.read(reader, 1000) if ready else b"no word from the fork"
    os.close(reader)
    if message != b"joined":
        _finish(fork, 0.0)
        raise RuntimeError(message.decode(errors="replace") or "the fork ended")
    return fork


def _refuse_unsafe() -> None:
    """Raise RuntimeError unless this process may fork: one thread, and TensorFlow not yet used.

    The first operation starts TensorFlow's threads. A fork has no copy of them and would wait for
    them for ever.
    """
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        raise RuntimeError(f"the zygote has {threads} threads")
    if "tensorflow" not in sys.modules:
        return
    from tensorflow.python.eager import context

    if context.context_safe() is not None and context.context()._initialized:
        raise RuntimeError("TensorFlow has run in the zygote")


def _hold(bwrap: str, options: list[str]) -> tuple[subprocess.Popen[bytes], int]:
    """A sandbox that runs only `cat`, and a pidfd of its first process. Raises OSError."""
    inherited: list[int] = []
    seccomp = fds.memory_fd(syscalls.seccomp_filter(platform.machine()), inherited)
    arguments = fds.options_fd([*options, "--seccomp", str(seccomp)], inherited)
    status, status_writer = os.pipe()
    try:
        holder = subprocess.Popen(
            [bwrap, "--args", str(arguments), "--json-status-fd", str(status_writer), "--", "cat"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=[*inherited, status_writer],
            env={},
            bufsize=0,
        )
    finally:
        for fd in (*inherited, status_writer):
            os.close(fd)
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stderr is not None
    try:
        with contextlib.suppress(BrokenPipeError):
            holder.stdin.write(b"!")
        if holder.stdout.read(1) != b"!":  # `cat` echoes once the sandbox is set up
            raise OSError(holder.stderr.read(1000).decode(errors="replace").strip())
        first = os.pidfd_open(json.loads(os.read(status, 4096).splitlines()[0])["child-pid"])
    except (OSError, ValueError, LookupError) as error:
        holder.kill()
        holder.wait()
        raise OSError(f"no sandbox within the zygote's: {error}") from None
    finally:
        os.close(status)
    return holder, first


def _finish(fork: _Fork, timeout: float) -> int:
    """Wait up to `timeout` seconds for a fork, then kill it with its sandbox; return its exit status."""
    select.select([fork.guard], [], [], timeout)
    guard.kill(fork.first)
    # When the sandbox's first process dies, so do all others in it, and the guard sees its child end.
    result = os.waitid(os.P_PIDFD, fork.guard, os.WEXITED)
    assert result is not None
    status = result.si_status if result.si_code == os.CLD_EXITED else -result.si_status
    fork.holder.communicate()  # bwrap sees the death and ends; then nothing is left
    os.close(fork.guard)
    os.close(fork.first)
    return status


def _send(channel: socket.socket, answer: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    message = json.dumps(answer).encode()
    if descriptors:
        socket.send_fds(channel, [message], list(descriptors))
    else:
        channel.send(message)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
