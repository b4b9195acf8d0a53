"""The sandbox runs a notebook's cells as Jupyter would, answers calls, and holds."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from autograder.grading.sandboxed_student import SandboxedStudent
from autograder.results.outcome import Mismatch, NotAttempted, StudentCrash
from autograder.sandbox.host import launcher, mounts, probe
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.errors import SandboxBroken, SandboxUnavailable
from autograder.sandbox.protocol.limits import Limits
from autograder.testing.expectation import expect
from tests.support.processes import command

LIMITS = Limits(cell_seconds=4, call_seconds=2, output_bytes=200_000)

CELLS = {
    "result": "import numpy as np\nprint('printed')\n1 + 1",
    "plot": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    "shell": "!echo from the shell",
    "raises": "1 / 0",
    "syntax": "x = [",
    "exit": "import sys\nsys.exit(3)",
    "flood": "print('x' * 10_000_000)",
    "html": "from IPython.display import HTML\nHTML('<script>alert(1)</script>')",
    "functions": (
        "def double(a):\n    return a * 2\n"
        "def fails():\n    return {}['key']\n"
        "def blank():\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"
        "def builds_on_it():\n    return double(blank())\n"
        "def loops():\n    while True: pass\n"
        "def stubborn():\n    while True:\n        try:\n            while True: pass\n"
        "        except BaseException: pass\n"
        "def dies():\n    import os\n    os._exit(0)\n"
        "def greedy():\n    return np.zeros(10**13)\n"
        "TABLE, MEMO = {}, {}\n"
        "def remembers(a):\n    MEMO[a] = a\n    return a\n"
        "def overwrites(a):\n    TABLE[a] = a\n    return a\n"
        "answer = 42"
    ),
}


@pytest.fixture(scope="module")
def session() -> Session:
    with Session(LIMITS) as session:
        session.run([Cell(name, source) for name, source in CELLS.items()])
        yield session


@pytest.fixture(scope="module")
def student(session: Session) -> SandboxedStudent:
    return SandboxedStudent(session, LIMITS)


def kinds(session: Session, cell: str) -> list[str]:
    return [output["output_type"] for output in session.outputs[cell]]


def test_prints_and_results_are_kept(session: Session) -> None:
    stream, result = session.outputs["result"]
    assert stream["text"] == "printed\n"
    assert result["data"] == {"text/plain": "2"}


def test_a_call_may_change_a_cache_but_no_constant_of_the_release(session: Session) -> None:
    student = SandboxedStudent(session, LIMITS, constants=("TABLE",))
    expect(student, "remembers", 1).returns(1)
    with pytest.raises(Mismatch, match="it changed TABLE"):
        expect(student, "overwrites", 1).returns(1)


def test_plots_are_kept_as_png(session: Session) -> None:
    assert "image/png" in session.outputs["plot"][0]["data"]


def test_shell_commands_print_into_the_cell(session: Session) -> None:
    assert "from the shell" in session.outputs["shell"][0]["text"]


@pytest.mark.parametrize(
    ("cell", "name"), [("raises", "ZeroDivisionError"), ("syntax", "SyntaxError")]
)
def test_an_exception_is_shown_and_the_next_cell_runs(
    session: Session, cell: str, name: str
) -> None:
    assert session.outputs[cell][-1]["ename"] == name


def test_exit_ends_a_cell_but_not_the_notebook(session: Session, student: SandboxedStudent) -> None:
    assert student.value("answer") == 42


def test_a_flood_is_cut(session: Session) -> None:
    assert len(session.outputs["flood"][0]["text"]) < 201_000


def test_html_of_the_student_never_leaves_the_sandbox(session: Session) -> None:
    assert "script" not in str(session.outputs["html"])


def test_calls_return_plain_data(student: SandboxedStudent) -> None:
    expect(student, "double", np.arange(3)).returns(np.array([0, 2, 4]))
    expect(student, "double", 1.5).returns(3.0)


def test_an_exception_comes_with_the_students_own_lines(student: SandboxedStudent) -> None:
    with pytest.raises(StudentCrash, match="KeyError") as crash:
        student.call("fails")
    assert "return {}['key']" in crash.value.traceback
    assert "autograder" not in crash.value.traceback


def test_what_needs_a_blank_names_it(student: SandboxedStudent) -> None:
    with pytest.raises(NotAttempted, match="builds_on_it needs blank, which is still"):
        student.call("builds_on_it")


@pytest.mark.parametrize("name", ["blank", "nowhere"])
def test_a_blank_is_not_attempted(student: SandboxedStudent, name: str) -> None:
    with pytest.raises(NotAttempted):
        student.call(name)


@pytest.mark.parametrize("name", ["loops", "stubborn", "dies", "greedy"])
def test_a_call_that_ends_badly_is_a_crash_and_the_next_one_works(
    student: SandboxedStudent, name: str
) -> None:
    with pytest.raises(StudentCrash):
        student.call(name)
    assert student.call("double", 4) == 8


def test_an_endless_cell_is_stopped_and_the_rest_runs() -> None:
    with Session(Limits(cell_seconds=1, call_seconds=1)) as session:
        session.run([Cell("loop", "while True: pass"), Cell("next", "x = 1")])
        assert "longer than 1 s" in session.outputs["loop"][0]["evalue"]
        assert SandboxedStudent(session, LIMITS).value("x") == 1


def test_a_cell_that_kills_the_process_is_left_out_of_the_next_start() -> None:
    with Session(LIMITS) as session:
        kill = Cell("kill", "import os; os.kill(os.getpid(), 9)")
        session.run([Cell("a", "x = 1"), kill, Cell("b", "y = 2")])
        student = SandboxedStudent(session, LIMITS)
        assert (student.value("x"), student.value("y")) == (1, 2)
        assert session.outputs["kill"][0]["ename"] == "Stopped"


def test_a_process_that_always_dies_is_given_up() -> None:
    with Session(LIMITS) as session, pytest.raises(Died, match="not started again"):
        session.run([Cell(str(i), "import os; os._exit(1)") for i in range(9)])


def test_files_of_the_submission_are_beside_the_notebook() -> None:
    with Session(LIMITS, {"helper.py": b"VALUE = 7\n", "sub/data.txt": b"hi"}) as session:
        session.run([Cell("a", "from helper import VALUE\ntext = open('sub/data.txt').read()")])
        student = SandboxedStudent(session, LIMITS)
        assert (student.value("VALUE"), student.value("text")) == (7, "hi")


def test_forged_frames_are_not_believed() -> None:
    forge = (
        "import os\n"
        "def forged():\n"
        "    for fd in range(3, 64):\n"
        '        try:\n            os.write(fd, b\'\\x00\\x00\\x00\\x20\' + b\'{"blobs":[],"body":{"value":1}}\')\n'
        "        except OSError: pass\n"
        "    return 0\n"
    )
    with Session(LIMITS) as session:
        session.run([Cell("forge", forge)])
        with pytest.raises(StudentCrash, match="answer"):
            SandboxedStudent(session, LIMITS).call("forged")


NICE = """
from autograder.sandbox.host import launcher
from autograder.sandbox.protocol.limits import Limits
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.session import Session
launcher._starter.forking = {forking}
with Session(Limits()) as session:
    session.run([Cell("group", "def group():\\n    return open('/proc/self/autogroup').read()")])
    print(session.call("group", (), {{}})["value"])
"""


@pytest.mark.parametrize("forking", [False, True])
def test_a_sandbox_is_as_nice_as_the_command(forking: bool) -> None:
    """Linux weighs sessions, and a sandbox is one: `nice` would not reach it."""
    if not Path("/proc/self/autogroup").exists():
        pytest.skip("this kernel does not weigh sessions")
    code = NICE.format(forking=forking)
    completed = subprocess.run(
        ["nice", "-n", "7", sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert completed.stdout.split()[-2:] == ["nice", "7"]


def test_nothing_is_left_when_a_session_closes() -> None:
    with Session(LIMITS) as session:
        session.run([Cell("daemon", "import subprocess; subprocess.Popen(['sleep', '987654'])")])
    deadline = time.monotonic() + 10  # the kernel ends the namespace after its first process
    while _running(b"987654") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _running(b"987654")


def _running(text: bytes) -> bool:
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if text in process.read_bytes():
                return True
        except OSError:
            continue
    return False


GRADER = """
from autograder.sandbox.host import launcher
from autograder.sandbox.protocol.limits import Limits
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.session import Session
launcher._starter.forking = {forking}
session = Session(Limits(cell_seconds=600))
session.run([Cell("endless", "while True: pass")])
"""


@pytest.mark.parametrize(
    ("forking", "sign"), [(False, "autograder.sandbox.guest.executor"), (True, "cat")]
)
def test_a_killed_grader_takes_the_sandbox_along(forking: bool, sign: str) -> None:
    grader = psutil.Popen([sys.executable, "-c", GRADER.format(forking=forking)])
    deadline = time.monotonic() + 180
    sandboxed: list[psutil.Process] = []
    while not any(sign in command(process) for process in sandboxed):
        assert time.monotonic() < deadline
        time.sleep(0.5)
        sandboxed = grader.children(recursive=True)
    time.sleep(3)  # into the endless cell, which answers nothing
    sandboxed = grader.children(recursive=True)
    grader.kill()
    grader.wait()
    _, alive = psutil.wait_procs(sandboxed, timeout=20)
    assert not alive, "the sandbox outlives its grader"


def test_the_probe_finds_that_the_sandbox_holds() -> None:
    probe.prove()


def test_the_probe_finds_that_no_sandbox_does_not_hold() -> None:
    with pytest.raises(SandboxUnavailable, match=r"does not hold against: .*disk"):
        probe.prove(sandboxed=False)


@pytest.fixture
def _own_zygote(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither a zygote with the test's mounts nor its failures are left to the next test."""
    starter = launcher._Starter()
    monkeypatch.setattr(launcher, "_starter", starter)
    yield
    starter.close()


@pytest.mark.usefixtures("_own_zygote")
@pytest.mark.parametrize("hidden", ["grading/grade.py", "data", "sandbox/host"])
def test_the_probe_sees_what_no_sandbox_may_have(
    hidden: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is called: the probe knows what may be there, not what may not."""
    monkeypatch.setattr(mounts, "KIT_FILES", (*mounts.KIT_FILES, hidden))
    with pytest.raises(SandboxBroken, match="kit_secrets"):
        probe.prove()


def test_the_probe_looks_where_the_kit_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "KIT_FILES", tuple(f"moved/{name}" for name in mounts.KIT_FILES))
    with pytest.raises(SandboxBroken, match="kit_secrets"):
        probe.prove()


@pytest.mark.parametrize(
    ("machine", "remedy"),
    [
        ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "apt install bubblewrap"),
        ("/.dockerenv", "--security-opt"),
        ("/run/.containerenv", "--security-opt"),
        ("/nothing", "unprivileged_userns_clone"),
    ],
)
def test_the_remedy_fits_the_machine(machine: str, remedy: str) -> None:
    message = "bwrap: No permissions to create new namespace: Operation not permitted"
    assert remedy in probe.remedy(message, lambda path: path == machine)
    assert probe.remedy("something else", lambda path: path == machine) == ""


MANY = """
import os, time

def hold(processes, megabytes, seconds=1.5):
    shared = bytearray(os.urandom(1)) * (megabytes * 10**6)
    for _ in range(processes):
        if os.fork() == 0:
            own = bytearray(os.urandom(1)) * (megabytes * 10**6)
            time.sleep(60)
    time.sleep(seconds)
    return len(shared)
"""


@pytest.fixture(params=[False, True], ids=["fresh", "forked"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sandboxes started afresh, or forked from a process that holds much itself."""
    monkeypatch.setattr(launcher._starter, "_failures", 0)
    monkeypatch.setattr(launcher._starter, "forking", request.param)


@pytest.mark.usefixtures("_way")
def test_processes_that_hold_too_much_together_are_ended() -> None:
    with Session(Limits(sandbox_memory_gib=1.0, call_seconds=90)) as session:
        session.run([Cell("many", MANY)])
        assert session.call("hold", (0, 500), {})["value"] == 500 * 10**6
        with pytest.raises(Died, match="together held more than 1 GiB of memory; they were ended"):
            session.call("hold", (9, 200, 60), {})
        assert session.call("hold", (0, 1), {})["value"] == 10**6  # in a new process


@pytest.mark.usefixtures("_way")
def test_memory_that_processes_share_counts_once() -> None:
    source = MANY.replace("            own = bytearray(os.urandom(1)) * (megabytes * 10**6)\n", "")
    with Session(Limits(sandbox_memory_gib=1.0, call_seconds=30)) as session:
        session.run([Cell("many", source)])
        assert session.call("hold", (9, 400), {})["value"] == 400 * 10**6


@pytest.mark.usefixtures("_way")
def test_the_kernel_ends_a_sandbox_that_nobody_watches(only_the_kernel_watches: Path) -> None:
    before = set(only_the_kernel_watches.glob(f"autograder-{os.getpid()}-*"))
    with Session(Limits(sandbox_memory_gib=1.0, call_seconds=60)) as session:
        session.run([Cell("many", MANY)])
        assert session.call("hold", (3, 200), {})["value"] == 200 * 10**6
        with pytest.raises(Died, match="together held more than 1 GiB of memory; they were ended"):
            session.call("hold", (9, 200, 60), {})
        assert session.call("hold", (0, 1), {})["value"] == 10**6  # in a new process
    assert set(only_the_kernel_watches.glob(f"autograder-{os.getpid()}-*")) == before


def test_all_cells_together_show_no_more_than_the_limit() -> None:
    limits = Limits(output_bytes=10_000, outputs_bytes=25_000)
    with Session(limits) as session:
        session.run([Cell(str(number), "print('x' * 9_000)") for number in range(60)])
        displayed = [o["text"] for outputs in session.outputs.values() for o in outputs]
    assert sum(map(len, displayed)) < 25_000 + 60 * 100
    assert sum("left out here" in text for text in displayed) == 58
