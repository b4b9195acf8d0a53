"""A memory cgroup for each sandbox, where one can be made: what its processes hold is bounded together.

The kernel's interfaces are described in its admin-guide/cgroup-v2 and cgroup-v1/memory, and who
may make groups where in systemd's "Control Group APIs and Delegation".
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

from autograder.sandbox.host.memory import GIB

_PREFIX = "autograder-"
_OURSELVES = "autograder"  # the group of this process, where groups with others have no processes
_REMOVE_SECONDS = 2.0


class _Names(NamedTuple):
    """The files of a group, in one of the kernel's two ways."""

    most: str
    most_swapped: str
    events: str


# Hosts of containers with the older hierarchy are still in use; the CI of this project is one.
_V1 = _Names("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.oom_control")
_V2 = _Names("memory.max", "memory.swap.max", "memory.events")


class Cgroup:
    """A group of processes that hold no more memory together than it lets them."""

    def __init__(self, path: Path, names: _Names, most_gib: float) -> None:
        """Bound an empty group; raises OSError."""
        self._path = path
        self._names = names
        most = str(int(most_gib * GIB))
        (path / names.most).write_text(most)
        for name, value in (
            (names.most_swapped, most if names is _V1 else "0"),
            ("memory.oom.group", "1"),  # of a group over its limit nothing lives on
        ):
            with contextlib.suppress(OSError):  # a kernel may do without either
                if (path / name).exists():
                    (path / name).write_text(value)
        self.entry = os.open(path / "cgroup.procs", os.O_WRONLY)

    @classmethod
    def new(cls, most_gib: float) -> Self | None:
        """A group for one sandbox; None where this process may make none."""
        found = parent()
        if found is None:
            return None
        around, names = found
        path = None
        try:
            path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=around))
            return cls(path, names, most_gib)
        except OSError:
            if path:
                _remove(path)
            return None

    @property
    def exceeded(self) -> bool:
        """Whether the kernel has killed a process of it because they held too much."""
        with contextlib.suppress(OSError):
            for line in (self._path / self._names.events).read_text().splitlines():
                name, _, count = line.partition(" ")
                if name == "oom_kill":
                    return int(count) > 0
        return False

    def processor_seconds(self) -> float:
        """What all its processes have used, those included that have ended; 0 where nobody counts.

        The second way of groups counts always; in the first, another group would have to.
        """
        with contextlib.suppress(OSError):
            for line in (self._path / "cpu.stat").read_text().splitlines():
                name, _, count = line.partition(" ")
                if name == "usage_usec":
                    return int(count) / 1e6
        return 0.0

    def remove(self) -> None:
        """Remove it, once its processes are dead."""
        os.close(self.entry)
        deadline = time.monotonic() + _REMOVE_SECONDS
        while not _remove(self._path) and time.monotonic() < deadline:
            time.sleep(0.01)


@cache
def parent() -> tuple[Path, _Names] | None:
    """Where groups can be made, with a limit on memory."""
    for path, names in _own_groups():
        with contextlib.suppress(OSError):
            around = path if names is _V1 else _opened(path)
            if os.access(around, os.W_OK):
                _sweep(around)
                return around, names
    return None


def _own_groups() -> Iterator[tuple[Path, _Names]]:
    """The directories of the groups that this process is in and that may count memory."""
    own: dict[str, str] = {}
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            number, controllers, path = line.split(":", 2)
            for name in ["unified"] if number == "0" else controllers.split(","):
                own[name] = path
        for line in Path("/proc/self/mountinfo").read_text().splitlines():
            where, _, what = line.partition(" - ")
            root, directory = where.split()[3:5]
            kind, *_, options = what.split()  # what was mounted, between them, may be empty
            if kind == "cgroup" and "memory" in options.split(","):
                name, names = "memory", _V1
            elif kind == "cgroup2":
                name, names = "unified", _V2
            else:
                continue
            if name in own and Path(own[name]).is_relative_to(root):
                yield Path(directory, Path(own[name]).relative_to(root)), names


def _opened(path: Path) -> Path:
    """The group, of ours or around it, whose children count memory; raises OSError.

    Only a group without processes of its own, or the first of all, can have such children. One
    that systemd has left to us becomes one: its processes move into a child.
    """
    if path.name == _OURSELVES:
        path = path.parent
    control = path / "cgroup.subtree_control"
    if "memory" not in control.read_text().split():
        with contextlib.suppress(OSError):
            if os.getxattr(path, "user.delegate") == b"1":
                (path / _OURSELVES).mkdir(exist_ok=True)
                for pid in (path / "cgroup.procs").read_text().split():
                    with contextlib.suppress(ProcessLookupError):
                        (path / _OURSELVES / "cgroup.procs").write_text(pid)
        control.write_text("+memory")
    return path


def _sweep(around: Path) -> None:
    """Remove the groups of processes that were killed before they could."""
    for path in around.glob(f"{_PREFIX}*-*"):
        if not Path("/proc", path.name.split("-")[1]).exists():
            _remove(path)


def _remove(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        try:
            path.rmdir()
        except OSError:
            return False
    return True
