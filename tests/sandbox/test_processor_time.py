"""A busy machine costs nobody points: limits are of processor time, the wall clock a wide guard."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from autograder.course import Course
from autograder.grading import grade
from autograder.jail.limits import Limits
from autograder.jail.session import Cell, Session
from autograder.outcome import Status, StudentCrash
from autograder.student import JailStudent
from autograder.submission import read_submission
from tests.small_course import hand_in, released_course
from tests.support.paths import comparable

LIMITS = Limits(call_seconds=2, cell_seconds=2)
# Works for 0.8 s of processor time, however long that takes.
WORKS = """
import time

def works(*numbers):
    began = time.process_time()
    while time.process_time() - began < 0.8:
        pass
    return sum(numbers)
"""


@pytest.fixture
def busy_machine() -> Iterator[None]:
    """Four processes for each core that do nothing but keep it busy."""
    spin = [sys.executable, "-c", "while True: pass"]
    # Each in a session of its own: Linux shares processors among sessions first.
    count = 4 * (os.cpu_count() or 1)
    processes = [subprocess.Popen(spin, start_new_session=True) for _ in range(count)]
    yield
    for process in processes:
        process.kill()
        process.wait()


@pytest.mark.usefixtures("busy_machine")
def test_a_right_answer_passes_on_a_busy_machine() -> None:
    with Session(LIMITS) as session:
        session.run([Cell("works", WORKS), Cell("works too", "total = works(1, 2)")])
        student = JailStudent(session, LIMITS)
        assert session.outputs == {"works": [], "works too": []}
        assert student.value("total") == 3
        assert student.call("works", 3, 4) == 7


@pytest.mark.parametrize(
    "body", ["while True: pass", "import time; time.sleep(1000)", "input_from_nobody()"]
)
def test_what_does_not_end_is_stopped(body: str) -> None:
    waits = "import threading\ndef input_from_nobody(): threading.Event().wait()\n"
    limits = Limits(call_seconds=0.5)
    with Session(limits) as session:
        session.run([Cell("answer", f"{waits}def answer():\n    {body}\ndef other(): return 1")])
        student = JailStudent(session, limits)
        with pytest.raises(StudentCrash, match=r"answer took longer than 0\.5 s and was stopped"):
            student.call("answer")
        assert student.call("other") == 1


def test_other_threads_count() -> None:
    """Work that is given to threads is the submission's work all the same."""
    source = (
        "import threading, hashlib\n"
        "def answer():\n"
        "    def work():\n"
        "        while True: hashlib.sha256(bytes(10**7)).digest()\n"
        "    threading.Thread(target=work, daemon=True).start()\n"
        "    threading.Event().wait()\n"
    )
    limits = Limits(call_seconds=0.5)
    with Session(limits) as session:
        session.run([Cell("answer", source)])
        with pytest.raises(StudentCrash, match="took longer"):
            JailStudent(session, limits).call("answer")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = released_course(tmp_path_factory.mktemp("course"))
    return replace(course, config=msgspec.structs.replace(course.config, limits=LIMITS))


def test_the_record_of_a_busy_machine_is_that_of_an_idle_one(
    course: Course, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    directory = hand_in(course, "ada", WORKS + "\ndef add(a, b):\n    return works(a, b)")
    records = []
    for place in ("idle", "busy"):
        if place == "busy":
            request.getfixturevalue("busy_machine")
        apart = replace(course, other_cache=tmp_path / place)
        records.append(grade(read_submission(directory, "alpha", apart), apart))
    assert records[0].status("add") is Status.PASSED
    assert comparable(records[0]) == comparable(records[1])
