"""Faults that a grading run may meet: each is done to one run, and says how many it was."""

from __future__ import annotations

import ctypes
import os
import random
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import psutil

from tests.support.faults import Class, Run

_NEW_MOUNTS = 0x20000
_LIBC = ctypes.CDLL(None, use_errno=True)

# Read by every Python that starts with its directory on the path.
CLOCK = """
import random, time
_chance, _real = random.Random(%d), time.time
def _jumping():
    return _real() + _chance.choice((0, 0, -1e9, -3600, 3600, 1e9))
time.time, time.time_ns = _jumping, lambda: int(_jumping() * 1e9)
"""


def killed(kind: str, room: Class, chance: random.Random, seconds: float) -> int:
    """SIGKILL to the main process, the fork server, a worker, or one of the processes of a sandbox."""
    room.drop_cache()
    run = Run(room)
    hit = run.kill_one(kind, chance, chance.uniform(0, seconds))
    code, output = run.end()
    assert "Traceback" not in output
    if hit and kind == "main":
        assert code == -9
    return bool(hit)


def full_disk(room: Class, chance: random.Random, seconds: float) -> int:
    """The class on a disk with little space; what the run left there is what is gone on with."""
    room.drop_cache()
    free = int(2 ** chance.uniform(10, 18))
    code, output = room.grade(
        before=partial(_on_a_small_disk, free=free), after=_off_the_small_disk
    )
    assert "Traceback" not in output
    assert code == 0 or "Check disk space" in output
    return code != 0


def read_only(room: Class, chance: random.Random, seconds: float) -> int:
    """A gradebook that cannot be written."""
    room.drop_cache()
    room.gradebook.chmod(0o444)
    code, output = room.grade(before=_gradebook_read_only if os.geteuid() == 0 else None)
    room.gradebook.chmod(0o644)
    assert code == 1
    assert "Check disk space and permissions" in output
    return 1


def locked(room: Class, chance: random.Random, seconds: float) -> int:
    """Another program that keeps the gradebook from some moment to the end of the run."""
    room.drop_cache()
    run = Run(room)
    time.sleep(chance.uniform(0, seconds / 2))
    with closing(sqlite3.connect(room.gradebook, isolation_level=None, timeout=60)) as other:
        other.execute("BEGIN EXCLUSIVE")
        code, output = run.end()
        other.execute("ROLLBACK")
    assert "Traceback" not in output
    assert code == 0 or "Another program holds it" in output
    return code != 0


def clock(room: Class, chance: random.Random, seconds: float) -> int:
    """Wall-clock time that jumps by an hour or by decades, and files from the future."""
    room.drop_cache()
    directory = room.root.parent / "clock"
    directory.mkdir(exist_ok=True)
    (directory / "sitecustomize.py").write_text(CLOCK % chance.randrange(2**32))
    for path in (room.gradebook, *room.root.glob("submitted/*/*/*"), *room.root.glob("*/*.py")):
        moment = chance.choice((0, 4e9))
        os.utime(path, (moment, moment))
    code, output = room.grade(before=_jump, environment={"PYTHONPATH": str(directory)})
    assert code == 0, output
    return 1


def out_of_memory(kind: str, room: Class, chance: random.Random, seconds: float) -> int:
    """An address space that some process cannot go beyond from some moment on."""
    room.drop_cache()
    run = Run(room)
    time.sleep(chance.uniform(0, seconds / 2))
    hit = 0
    while not hit and not run.over:
        for process in run.processes(kind)[:1]:
            try:
                limit = process.memory_info().vms + chance.randrange(20_000_000)
                process.rlimit(psutil.RLIMIT_AS, (limit, psutil.RLIM_INFINITY))
                hit = 1
            except psutil.Error:
                continue
        time.sleep(0.01)
    run.end()
    return hit


def damaged_files(room: Class, chance: random.Random, seconds: float) -> int:
    """Every cached grade and every record beside the gradebook damaged, each in its own way."""
    paths = [*room.course.cache.glob("grades/*"), *room.root.glob("records/*/*.json")]
    for path in paths:
        chance.choice(DAMAGES)(path, chance)
    return len(paths)


def _truncated(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])


def _emptied(path: Path, chance: random.Random) -> None:
    path.write_bytes(b"")


def _random_bytes(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(path.stat().st_size))


def _another_digit(path: Path, chance: random.Random) -> None:
    """The file is as well-formed as before."""
    data = path.read_bytes()
    places = [place for place, byte in enumerate(data) if byte in b"123456789"]
    place = chance.choice(places)
    other = chance.choice([digit for digit in b"123456789" if digit != data[place]])
    path.write_bytes(data[:place] + bytes([other]) + data[place + 1 :])


def _directory(path: Path, chance: random.Random) -> None:
    """What cannot be read as a file, also by root."""
    path.unlink()
    path.mkdir()


Damage = Callable[[Path, random.Random], None]
DAMAGES: tuple[Damage, ...] = (
    _truncated, _emptied, _random_bytes, _another_digit, _directory,
)  # fmt: skip


def may_mount() -> bool:
    """Whether mounts can be made here that nobody else sees."""
    command = ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/tmp"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _in_the_run(*commands: list[str]) -> None:
    for command in commands:
        subprocess.run(command, check=True)


def _own_mounts() -> None:
    if _LIBC.unshare(_NEW_MOUNTS):
        raise OSError(ctypes.get_errno(), "no mounts of its own")
    _in_the_run(["mount", "--make-rprivate", "/"])


def _gradebook_read_only(root: Path) -> None:
    path = str(root / "gradebook.db")
    _own_mounts()
    _in_the_run(["mount", "--bind", path, path], ["mount", "-o", "remount,ro,bind", path])


def _on_a_small_disk(root: Path, free: int) -> None:
    _own_mounts()
    disk, under = root.parent / "disk", root.parent / "under"
    disk.mkdir(exist_ok=True)
    under.mkdir(exist_ok=True)
    _in_the_run(
        ["mount", "-t", "tmpfs", "none", str(disk)],
        ["cp", "-a", f"{root}/.", str(disk)],
    )
    status = os.statvfs(disk)
    size = (status.f_blocks - status.f_bfree) * status.f_frsize + free
    _in_the_run(
        ["mount", "-o", f"remount,size={size}", str(disk)],
        ["mount", "--bind", str(root), str(under)],
        ["mount", "--bind", str(disk), str(root)],
    )


def _off_the_small_disk(root: Path) -> None:
    under = root.parent / "under"
    for path in under.iterdir():
        _in_the_run(["rm", "-r", str(path)])
    _in_the_run(["cp", "-a", f"{root}/.", str(under)])


def _jump(root: Path) -> None:
    exec((root.parent / "clock" / "sitecustomize.py").read_text(), {})
