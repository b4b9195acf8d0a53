"""A memory cgroup for each sandbox, if one can be created: limits the memory of all its processes together.

The kernel's interfaces are described in its admin-guide/cgroup-v2 and cgroup-v1/memory. systemd's
"Control Group APIs and Delegation" describes who may create cgroups where.
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
_OURSELVES = "autograder"  # the child that this process may move into, see _with_memory_controller
_REMOVE_SECONDS = 2.0


class _Names(NamedTuple):
    """The names of a cgroup's files in one of the kernel's two versions."""

    most: str
    most_swapped: str
    events: str


# Container hosts with version 1 are still in use; the CI of this project is one.
_V1 = _Names("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.oom_control")
_V2 = _Names("memory.max", "memory.swap.max", "memory.events")


class Cgroup:
    """A cgroup that limits the memory of its processes together."""

    def __init__(self, path: Path, names: _Names, most_gib: float) -> None:
        """Set the limits of an empty cgroup. Raises OSError."""
        self._path = path
        self._names = names
        most = str(int(most_gib * GIB))
        (path / names.most).write_text(most)
        for name, value in (
            (names.most_swapped, most if names is _V1 else "0"),
            ("memory.oom.group", "1"),  # the kernel then kills all processes together
        ):
            with contextlib.suppress(OSError):  # either file may be missing
                if (path / name).exists():
                    (path / name).write_text(value)
        self.entry = os.open(path / "cgroup.procs", os.O_WRONLY)

    @classmethod
    def new(cls, most_gib: float) -> Self | None:
        """A cgroup for one sandbox, or None if this process cannot create one."""
        location = parent()
        if location is None:
            return None
        directory, names = location
        path = None
        try:
            path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=directory))
            return cls(path, names, most_gib)
        except OSError:
            if path:
                _remove(path)
            return None

    @property
    def exceeded(self) -> bool:
        """Whether the kernel has killed a process of it for exceeding the memory limit."""
        with contextlib.suppress(OSError):
            for line in (self._path / self._names.events).read_text().splitlines():
                name, _, count = line.partition(" ")
                if name == "oom_kill":
                    return int(count) > 0
        return False

    def processor_seconds(self) -> float:
        """Processor time of all its processes, including ended ones; 0 if it is not counted.

        Version 2 always counts it. In version 1, only a cgroup of another controller would.
        """
        with contextlib.suppress(OSError):
            for line in (self._path / "cpu.stat").read_text().splitlines():
                name, _, count = line.partition(" ")
                if name == "usage_usec":
                    return int(count) / 1e6
        return 0.0

    def remove(self) -> None:
        """Remove the cgroup, whose processes must be dead or dying."""
        os.close(self.entry)
        deadline = time.monotonic() + _REMOVE_SECONDS
        while not _remove(self._path) and time.monotonic() < deadline:
            time.sleep(0.01)


@cache
def parent() -> tuple[Path, _Names] | None:
    """The cgroup in which this process can create memory cgroups, or None."""
    for path, names in _own_groups():
        with contextlib.suppress(OSError):
            directory = path if names is _V1 else _with_memory_controller(path)
            if os.access(directory, os.W_OK):
                _sweep(directory)
                return directory, names
    return None


def _own_groups() -> Iterator[tuple[Path, _Names]]:
    """The directories of this process's cgroups that can have the memory controller."""
    paths: dict[str, str] = {}
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            number, controllers, path = line.split(":", 2)
            for name in ["unified"] if number == "0" else controllers.split(","):
                paths[name] = path
        for line in Path("/proc/self/mountinfo").read_text().splitlines():
            mount_fields, _, filesystem_fields = line.partition(" - ")
            root, directory = mount_fields.split()[3:5]
            # Between the two is the mounted source, which may be empty.
            kind, *_, options = filesystem_fields.split()
            if kind == "cgroup" and "memory" in options.split(","):
                name, names = "memory", _V1
            elif kind == "cgroup2":
                name, names = "unified", _V2
            else:
                continue
            if name in paths and Path(paths[name]).is_relative_to(root):
                yield Path(directory, Path(paths[name]).relative_to(root)), names


def _with_memory_controller(path: Path) -> Path:
    """The cgroup or its parent, with the memory controller enabled for children. Raises OSError.

    Only a cgroup without processes, or the root cgroup, can enable it. In a cgroup that systemd has
    delegated to us, the processes are first moved into a child.
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


def _sweep(directory: Path) -> None:
    """Remove cgroups left behind by grading processes that were killed."""
    for path in directory.glob(f"{_PREFIX}*-*"):
        if not Path("/proc", path.name.split("-")[1]).exists():
            _remove(path)


def _remove(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        try:
            path.rmdir()
        except OSError:
            return False
    return True
