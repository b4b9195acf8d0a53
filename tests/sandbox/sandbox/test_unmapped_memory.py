"""Memory that no process has mapped is bounded too: files in memory, and what System V keeps."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.sandbox.host import launcher, mounts
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.limits import Limits

MEGABYTE = 2**20
LIMITS = Limits(scratch_bytes=2 * MEGABYTE, call_seconds=20, cell_seconds=20)
SOURCE = """
import ctypes, os

LIBC = ctypes.CDLL(None, use_errno=True)
CALLS = {
    "memfd_create": lambda: LIBC.memfd_create(b"m", 0),
    "memfd_secret": lambda: LIBC.syscall(447, 0),
    "shmget": lambda: LIBC.shmget(0, 2**20, 0o1600),
    "msgget": lambda: LIBC.msgget(0, 0o1600),
    "semget": lambda: LIBC.semget(0, 1, 0o1600),
    "mq_open": lambda: LIBC.mq_open(b"/m", os.O_CREAT | os.O_RDWR, 0o600, None),
}

def error_of(name):
    ctypes.set_errno(0)
    answer = CALLS[name]()
    return ctypes.get_errno() if answer == -1 else 0

def written():
    "Each mount that can be written to, and how many bytes."
    places = {line.split()[1] for line in open("/proc/mounts")}
    return [[place, amount] for place in sorted(places) if (amount := fill(place))]

def fill(place):
    total = 0
    for number in range(8):
        try:
            with open(f"{place}/filler-{number}", "wb", buffering=0) as file:
                total += file.write(bytes(2**20))
        except OSError:
            break
    return total
"""


@pytest.fixture(params=["fresh", "fork"])
def session(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    starter = launcher._Starter()
    starter.forking = request.param == "fork"
    monkeypatch.setattr(launcher, "_starter", starter)
    monkeypatch.setattr(mounts, "_COVERED", ("/usr/share/doc",))  # as data sets are
    with Session(LIMITS) as opened:
        opened.run([Cell("functions", SOURCE)])
        assert opened.outputs["functions"] == []
        assert starter.forking is (request.param == "fork")
        yield opened
    starter.close()


def called(session: Session, name: str, *args: object) -> Any:
    reply = session.call(name, args, {})
    return reply["value"]


def test_memory_without_a_name_cannot_be_had(session: Session) -> None:
    calls = ("memfd_create", "memfd_secret", "shmget", "msgget", "semget", "mq_open")
    assert {name: called(session, "error_of", name) for name in calls} == dict.fromkeys(
        calls, errno.ENOSYS
    )


def test_files_fit_into_three_small_directories(session: Session) -> None:
    written = dict(called(session, "written"))
    assert written.keys() == {"/tmp", "/dev/shm", "/home/student"}
    assert max(written.values()) <= LIMITS.scratch_bytes
