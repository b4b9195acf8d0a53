"""A busy machine costs nobody points: limits are of processor time, the wall clock a wide guard."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from autograder.course.course import Course
from autograder.grading.grade import grade
from autograder.grading.sandboxed_student import SandboxedStudent
from autograder.results.outcome import Status, StudentCrash
from autograder.sandbox.guest.time_limit import OutOfTime, TimeLimit
from autograder.sandbox.host import exchange as module
from autograder.sandbox.host import launcher, submission_time
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.process import Process
from autograder.sandbox.host.processor_time import Meter
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol import run_queue
from autograder.sandbox.protocol.limits import Limits
from autograder.submissions.submission import read_submission
from tests.support.paths import comparable
from tests.support.small_course import hand_in, released_course

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
        student = SandboxedStudent(session, LIMITS)
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
        student = SandboxedStudent(session, limits)
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
            SandboxedStudent(session, limits).call("answer")


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


UNSTOPPED = """
import os, signal, subprocess, sys, threading, time

def without_timers():
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
        signal.setitimer(timer, 0)

def loop():
    without_timers()
    while True:
        pass

def in_c():
    return sum(range(10**13))

def in_a_child():
    without_timers()
    return subprocess.run([sys.executable, "-c", "while True: pass"]).returncode

def in_an_orphan():
    without_timers()
    if not os.fork():
        if os.fork():
            os._exit(0)
        while True:
            pass
    os.wait()
    threading.Event().wait()

def in_many_children():
    without_timers()
    while True:
        subprocess.run([sys.executable, "-S", "-c", "sum(range(10**6))"])

def works(seconds):
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass
    return 1

def sleeps(seconds):
    time.sleep(seconds)
    return 1
"""


@pytest.fixture(params=["fresh", "fork"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """How sandboxes are started; what is kept from outside is kept soon."""
    starter = launcher._Starter()
    starter.forking = request.param == "fork"
    monkeypatch.setattr(launcher, "_starter", starter)
    monkeypatch.setattr(module, "_GRACE_SECONDS", 1.0)
    yield request.param
    starter.close()


@pytest.mark.usefixtures("way")
def test_what_switches_off_its_timers_or_works_elsewhere_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "WALL_FACTOR", 200)  # so that the wall clock has no part in it
    limits = Limits(call_seconds=0.5, submission_seconds=1000)
    with Session(limits) as session:
        session.run([Cell("answer", UNSTOPPED)])
        student = SandboxedStudent(session, limits)
        for name in ("loop", "in_c", "in_a_child", "in_an_orphan", "in_many_children"):
            student._session._starts = 0
            output = (
                f"{name}: its processes used more than 0.5 s of processor time; they were ended"
            )
            with pytest.raises(StudentCrash, match=output):
                student.call(name)
            assert student.call("works", 0.01) == 1


@pytest.mark.usefixtures("way")
def test_a_cell_that_works_elsewhere_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WALL_FACTOR", 200)
    cells = [Cell("functions", UNSTOPPED), Cell("works", "in_a_child()"), Cell("next", "works(0)")]
    with Session(Limits(cell_seconds=1, submission_seconds=1000)) as session:
        session.run(cells)
        (error,) = session.outputs["works"]
        output = "its processes used more than 1 s of processor time; they were ended"
        assert error["evalue"] == output
        assert session.outputs["next"][0]["data"] == {"text/plain": "1"}


@pytest.mark.usefixtures("way")
def test_the_time_of_a_submission_is_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """To import, or to be forked from who did, is no work of its own, and waiting is none."""
    monkeypatch.setattr(submission_time, "WALL_FACTOR", 200)
    limits = Limits(submission_seconds=4, call_seconds=3)
    with Session(limits) as session:
        session.run([Cell("answer", UNSTOPPED)])
        assert session.spent.processor < 1
        session.call("sleeps", (3,), {})
        assert session.spent.processor < 1
        assert session.spent.wall > 3
        session.call("works", (1.5,), {})
        assert 1.4 < session.spent.processor < 3
        session.call("works", (1.5,), {})
        session.call("works", (1.5,), {})
        assert session.spent.processor > 4
        with pytest.raises(Died, match="the submission used up its 4 s"):
            session.call("works", (1.5,), {})


def test_what_ended_children_used_counts_once() -> None:
    work = "import time\nwhile time.process_time() < 0.3: pass"
    meter = Meter(os.getpid())
    before = meter.used()
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-S", "-c", work]) as child:
            while child.poll() is None:
                meter.used()
                time.sleep(0.05)
    own = time.process_time()
    used = meter.used() - before
    assert 0.8 < used < 0.9 + own


def test_a_meter_reads_what_the_kernel_has_added_up() -> None:
    assert Meter(account=lambda: 7.5).used() == 7.5
    assert Meter(-1).used() == 0


class StarvedClock:
    """A wall clock of which a thread waits for a processor for all but `share` of the time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, share: float = 0.0) -> None:
        began = time.monotonic()

        def waits(process: int | str = "self") -> dict[int, float]:
            return {1: (1 - share) * (time.monotonic() - began)}

        monkeypatch.setattr(run_queue, "waits", waits)


def test_waiting_for_a_processor_does_not_count_in_the_sandbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    StarvedClock(monkeypatch)
    with TimeLimit(0.05):
        time.sleep(0.4)  # twice the limit of the wall clock
    StarvedClock(monkeypatch, share=0.5)
    with pytest.raises(OutOfTime), TimeLimit(0.05):
        time.sleep(2)


def test_waiting_for_a_processor_does_not_count_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The student's code ignores its own timers, so that the grading process enforces the limit."""
    source = UNSTOPPED + "\ndef sleeps():\n    without_timers()\n    time.sleep(3)\n    return 1"
    limits = Limits(call_seconds=0.25)
    monkeypatch.setattr(module, "_GRACE_SECONDS", 0.25)
    with Session(limits) as session:
        session.run([Cell("answer", source)])
        student = SandboxedStudent(session, limits)
        with monkeypatch.context() as starved:
            StarvedClock(starved)
            assert student.call("sleeps") == 1
        with pytest.raises(StudentCrash, match="no answer within 1 s"):
            student.call("sleeps")


def test_an_answer_in_time_counts_when_it_is_read_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """The grading process, too, may get no processor for a while."""
    limits = Limits(call_seconds=0.25)
    monkeypatch.setattr(module, "_GRACE_SECONDS", 0.25)
    with Session(limits) as session:
        session.run([Cell("answer", UNSTOPPED)])
        checks = [3.0]  # seconds that the first one takes
        monkeypatch.setattr(
            Process, "check_memory", lambda *_: time.sleep(checks.pop() if checks else 0)
        )
        assert SandboxedStudent(session, limits).call("sleeps", 0.5) == 1


def test_the_kernel_counts_the_wait_for_a_processor() -> None:
    spin = "import os, time\nos.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    spin += "end = time.monotonic() + 1.5\nwhile time.monotonic() < end: pass\n"
    tell = f"{spin}from autograder.sandbox.protocol import run_queue\nprint(max(run_queue.waits().values()))"
    processes = [
        subprocess.Popen([sys.executable, "-c", tell], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    waited = [float(process.communicate()[0]) for process in processes]
    assert min(waited) > 0.3  # of 1.5 s, in which one processor was for both
    assert run_queue.waits(2**22 + 1) == {}
