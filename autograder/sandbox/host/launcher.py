"""Start sandboxes: as a fork of the zygote, which has imported what notebooks need, or afresh."""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import signal
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from autograder.sandbox.host import bubblewrap, memory, mounts
from autograder.sandbox.host.cgroup import Cgroup
from autograder.sandbox.host.process import Pipes, Process
from autograder.sandbox.protocol.frames import MESSAGE_BYTES
from autograder.sandbox.protocol.limits import Limits

_log = logging.getLogger(__name__)
_IMPORT_SECONDS = 180.0  # TensorFlow takes 9 s on an idle machine
_ANSWER_SECONDS = 30.0  # a fork takes 0.1 s
_FIRST_FRESH = 2  # sandboxes started afresh before the zygote pays; the first one is the probe's
_MANY = 2  # from this number of submissions on, the zygote pays from the first one on
_MAX_FAILURES = 3  # in a row
_TRAINING = "autograder.sandbox.guest.training_worker"


class ZygoteFailed(Exception):
    """The zygote did not start, died, hangs or refuses to fork."""


class Forked(Process):
    """A sandbox whose process is a fork of the zygote."""

    def __init__(self, pipes: Pipes, zygote: Zygote, number: int, pids: Sequence[int]) -> None:
        super().__init__(pipes, zygote.pid, zygote.resting, pids)
        self._zygote = zygote
        self._number = number
        self._status: int | None = None

    def finish(self, timeout: float) -> int:
        """Wait up to `timeout` seconds, then kill the process with its sandbox; return its exit status."""
        if self._status is None:
            try:
                self._status = self._zygote.finish(self._number, timeout)
            except ZygoteFailed:
                self._status = -signal.SIGKILL
        return self._status


class Zygote:
    """A process in a sandbox with imported libraries, which forks into other sandboxes."""

    def __init__(self) -> None:
        """Raises ZygoteFailed, or SandboxUnavailable if there is no bwrap."""
        self._channel, channel = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._bwrap = mounts.path_inside(str(bubblewrap.find_bwrap()))
        self.alive = True
        self._has_tensorflow = False
        self._last = 0
        with channel:
            self._popen = bubblewrap.spawn_zygote(channel.fileno())
        try:
            self._answer(_IMPORT_SECONDS)
        except ZygoteFailed:
            self.kill()
            raise
        self.resting = memory.held_bytes(self.pid)  # memory of the zygote itself, which forks share

    @property
    def pid(self) -> int:
        """The id of the process whose descendants are the zygote and its forks."""
        return self._popen.pid

    def import_tensorflow(self) -> None:
        """Import TensorFlow, unless it is already. Raises ZygoteFailed."""
        if self._has_tensorflow:
            return
        before = memory.held_bytes(self.pid)
        with _failures():
            self._channel.send(json.dumps({"op": "import"}).encode())
        self._answer(_IMPORT_SECONDS)
        self.resting += memory.held_bytes(self.pid) - before
        self._has_tensorflow = True

    def fork(self, module: str, limits: Limits) -> Forked:
        """Start a new sandbox that runs `module`. Raises ZygoteFailed."""
        self._last += 1
        pipes = Pipes.open(Cgroup.new(limits.sandbox_memory_gib))
        request = {
            "op": "fork",
            "id": self._last,
            "module": module,
            "bwrap": self._bwrap,
            "options": bubblewrap.inner_options(limits, already_mounted=True),
        }
        try:
            message = json.dumps(request).encode()
            with _failures():
                socket.send_fds(self._channel, [message], [*pipes[:3], *pipes.entries])
            answer, pids = self._answer_with_processes(_ANSWER_SECONDS)
            if "refused" in answer:
                raise ZygoteFailed(answer["refused"])
        except ZygoteFailed:
            pipes.close_our_ends()
            raise
        finally:
            pipes.close_sandbox_ends()
        return Forked(pipes, self, self._last, pids)

    def finish(self, number: int, timeout: float) -> int:
        """Wait up to `timeout` seconds for a fork, then kill it; return its exit status.

        Raises ZygoteFailed if the zygote itself is gone or hangs. All its forks are then killed.
        """
        try:
            with _failures():
                body = {"op": "finish", "id": number, "timeout": timeout}
                self._channel.send(json.dumps(body).encode())
            status: int = self._answer(timeout + _ANSWER_SECONDS)["status"]
        except ZygoteFailed:
            self.kill()
            raise
        return status

    def kill(self) -> None:
        """Kill the zygote and, with its sandbox, every fork."""
        self.alive = False
        bubblewrap.kill(self._popen)
        self._popen.wait()
        self._channel.close()

    def _answer(self, seconds: float) -> dict[str, Any]:
        return self._answer_with_processes(seconds)[0]

    def _answer_with_processes(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        """The zygote's answer, and the ids of the processes whose pidfds came with it."""
        with _failures():
            self._channel.settimeout(seconds)
            data, descriptors, _, _ = socket.recv_fds(self._channel, MESSAGE_BYTES, 2)
        processes = [_process_id(fd) for fd in descriptors]
        for fd in descriptors:
            os.close(fd)
        if not data:
            raise ZygoteFailed(f"the zygote ended (code {self._popen.poll()})")
        answer: dict[str, Any] = json.loads(data)
        return answer, processes


def _process_id(pidfd: int) -> int:
    """The id of a process in our PID namespace; it differs from that in the zygote's sandbox."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "Pid":
            return int(value)
    return -1


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    """Raise errors of the channel as ZygoteFailed."""
    try:
        yield
    except TimeoutError:
        raise ZygoteFailed("the zygote does not answer") from None
    except OSError as error:
        raise ZygoteFailed(f"the zygote is gone ({error})") from None


class _Starter:
    """Starts the sandboxes of this process. Stops using the zygote after failures in a row."""

    def __init__(self) -> None:
        self.forking = False
        self._fresh = _FIRST_FRESH
        self._needs_tensorflow = False
        self._zygote: Zygote | None = None
        self._started = 0
        self._failures = 0

    def expect(self, submissions: int) -> None:
        """Announce the number of submissions."""
        self._fresh = 0 if submissions >= _MANY else _FIRST_FRESH

    def choose(self, *, tensorflow: bool) -> None:
        """Decide how the next sandboxes are started."""
        self._needs_tensorflow = tensorflow
        pays = tensorflow or self._zygote is not None or self._started >= self._fresh
        self.forking = pays and self._failures < _MAX_FAILURES

    def start(self, module: str, limits: Limits) -> Process:
        """Start a sandbox as a fork, or else afresh. Raises SandboxUnavailable."""
        self._started += 1
        while self.forking:
            try:
                if self._zygote is None or not self._zygote.alive:
                    self._zygote = Zygote()
                if self._needs_tensorflow or module == _TRAINING:
                    self._zygote.import_tensorflow()
                process = self._zygote.fork(module, limits)
                self._failures = 0
                return process
            except ZygoteFailed as failure:
                _log.warning("no fork of the process that has imported all: %s", failure)
                self._failures += 1
                self.close()
                self.forking = self._failures < _MAX_FAILURES
        return bubblewrap.spawn(module, limits)

    def close(self) -> None:
        """Kill the zygote, if there is one, and all its forks."""
        if self._zygote is not None:
            zygote, self._zygote = self._zygote, None
            zygote.kill()


_starter = _Starter()
atexit.register(_starter.close)


def expect(submissions: int) -> None:
    """Announce how many submissions this process may have to grade, if that is known."""
    _starter.expect(submissions)


def choose_way(*, tensorflow: bool = False) -> str:
    """Decide how the next sandboxes are started and return it: "fork" or "fresh".

    A submission that needs TensorFlow imports it in its own sandbox and in those that train its
    models, so forks pay from the first one on.
    """
    _starter.choose(tensorflow=tensorflow)
    return "fork" if _starter.forking else "fresh"


def start(module: str, limits: Limits, *, sandboxed: bool = True) -> Process:
    """Start a sandbox that runs `module` of `sandbox.guest`: the executor or the training worker.

    With `sandboxed=False` it is a plain child process: for --unsafe-local only. Raises
    SandboxUnavailable.
    """
    if not sandboxed:
        return bubblewrap.spawn(module, limits, sandboxed=False)
    return _starter.start(module, limits)
