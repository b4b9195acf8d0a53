"""Hostile submissions: nothing forged, nothing leaked, the host unchanged, the next one graded."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import psutil
import pytest

from autograder.authoring.release import release
from autograder.course.course import Course, find_course
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.results.record import GradeRecord
from autograder.sandbox.host import launcher
from autograder.submissions.submission import read_submission
from tests.evil import Evil, exhaustion, forgery, learning, models, people, recipes, theft
from tests.evil.names import PLANTED, SHOWN, Planted
from tests.support.mounts import mounts
from tests.support.processes import command
from tests.support.small_course import answered, edit, make_course

CANARY = "CANARY-of-the-tests-" + os.urandom(8).hex()
SLEEP = str(10**6 + int.from_bytes(os.urandom(4)))  # seconds; no other process sleeps as long
LIMITS = """
[tool.autograder.limits]
cell_seconds = 5
call_seconds = 5
address_space_gib = 4
sandbox_memory_gib = 2
scratch_bytes = 50_000_000
"""
KIT = find_course(Path(__file__).parent)
ATTACKS_TOGETHER = 5  # grading an honest submission takes as long as an attack


@dataclass
class Host:
    """A course with something to steal, and a server that nobody may reach."""

    course: Course
    scratch: Path
    server: socket.socket
    local: socket.socket
    attacks: list[str] = field(default_factory=list)  # since an honest submission was graded

    def grade_honest(self) -> None:
        """Whoever comes after these attacks gets full marks."""
        shutil.rmtree(self.course.cache / "grades", ignore_errors=True)
        folder = self.course.root / "submitted" / "honest" / "alpha"
        record = grade(read_submission(folder, "alpha", self.course), self.course)
        assert record.score("add") == 3, f"one of {self.attacks} harmed the next submission"
        self.attacks.clear()

    def hand_in(self, source: str, student: str = "evil") -> Path:
        """A submission of alpha with `source` in the blank of `add`; returns its directory."""
        release = self.course.released_notebook("alpha").read_bytes()
        return self.put("alpha", answered(release, {"add": source}), student)

    def put(self, assignment: str, notebook: str, student: str = "evil") -> Path:
        folder = self.course.root / "submitted" / student / assignment
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / f"{assignment}.ipynb").write_text(notebook)
        return folder

    def with_places(self, source: str) -> str:
        """A source with the places that an attacker may know of."""
        places = {
            "@ROOT@": str(self.course.root),
            "@PORT@": str(self.server.getsockname()[1]),
            "@UNIX@": str(self.local.getsockname()),
            "@SLEEP@": SLEEP,
        }
        for name, place in places.items():
            source = source.replace(name, place)
        return source

    def state(self) -> dict[str, object]:
        """What no submission may change."""
        files = {
            str(path.relative_to(self.course.root)): path.read_bytes()
            for path in sorted(self.course.root.rglob("*"))
            if path.is_file() and not path.is_symlink() and ".autograder" not in path.parts
            and "evil" not in path.parts
        }  # fmt: skip
        return {
            "files": files,
            "scratch": sorted(self.scratch.iterdir()),
            "processes": psutil.Process().children(recursive=True),
            "daemons": [p for p in psutil.process_iter() if SLEEP in command(p)],
            "mounts": mounts(self.course.root, self.scratch),
            "connections": [_accepted(self.server), _accepted(self.local)],
        }


def _accepted(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    root = make_course(tmp_path_factory.mktemp("course"))
    edit(root / "solutions/alpha.py", "    return a + b\n", f"    return a + b  # {CANARY}\n")
    hidden = root / "autograder/graders/hidden/alpha.py"
    edit(hidden, '"""Larger numbers."""', f'"""Larger numbers."""  # {CANARY}')
    (root / "pyproject.toml").write_text((root / "pyproject.toml").read_text() + LIMITS)
    course = find_course(root)
    release(course)
    scratch = tmp_path_factory.mktemp("scratch")
    before = os.environ.get("TMPDIR"), tempfile.tempdir
    os.environ["AUTOGRADER_TEST_CANARY"] = CANARY
    os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
    local = socket.socket(socket.AF_UNIX)
    local.bind(str(scratch.with_name(f"{scratch.name}-socket")))  # a fixture may be set up twice
    local.listen()
    server = socket.create_server(("127.0.0.1", 0))
    for each in (server, local):
        each.setblocking(False)
    host = Host(course, scratch, server, local)
    honest = host.hand_in(f"def add(a, b):\n    return a + b  # {CANARY}", "honest")
    launcher.expect(launcher._MANY)
    wrong = host.hand_in("def add(a, b):\n    return (", "wrong")
    for folder in (
        honest,
        wrong,
    ):  # starts what serves all sandboxes, and what answers their substitutes
        grade(read_submission(folder, "alpha", course), course)
    yield host
    host.grade_honest()
    os.environ["PYTEST_CURRENT_TEST"] = (
        ""  # pytest removes it now; the graders' own run has done so
    )
    server.close()
    local.close()
    del os.environ["AUTOGRADER_TEST_CANARY"]
    tempfile.tempdir = before[1]
    if before[0] is None:
        del os.environ["TMPDIR"]
    else:
        os.environ["TMPDIR"] = before[0]


@contextmanager
def unchanged(host: Host, attack: str) -> Iterator[None]:
    """The host is the same afterwards; after every few attacks an honest submission is graded."""
    before = host.state()
    yield
    after = host.state()
    assert {name: after[name] for name in after if after[name] != before[name]} == {}
    host.attacks.append(attack)
    if len(host.attacks) >= ATTACKS_TOGETHER:
        host.grade_honest()


def assert_nothing_gained(record: GradeRecord, points: float = 0) -> None:
    """No points by an attack, and no canary in anything that a page could be made of."""
    assert record.total() == points
    assert not record.grader_errors()
    assert CANARY not in msgspec.json.encode(record).decode()


def assert_verdict(record: GradeRecord, question: str, status: Status, says: str) -> None:
    messages = [outcome.message for outcome in record.outcomes_of(question)]
    assert record.status(question) is status, messages
    assert any(says in message for message in messages), messages


def attack(host: Host, evil: Evil, *, unsafe_local: bool = False) -> GradeRecord:
    folder = host.hand_in(host.with_places(evil.source))
    for name, data in evil.files.items():
        (folder / name).write_bytes(data)
    if evil.edit is not None:
        path = folder / "alpha.ipynb"
        notebook = msgspec.json.decode(path.read_bytes())
        evil.edit(notebook)
        path.write_bytes(msgspec.json.encode(notebook))
    submission = read_submission(folder, "alpha", host.course)
    return grade(submission, host.course, unsafe_local=unsafe_local)


@pytest.mark.parametrize(
    "evil", [*forgery.EVIL, *theft.EVIL, *exhaustion.EVIL, *people.EVIL], ids=str
)
def test_an_attack_from_a_cell_or_a_call(host: Host, evil: Evil) -> None:
    with unchanged(host, str(evil)):
        record = attack(host, evil)
    assert_nothing_gained(record)
    assert_verdict(record, "add", evil.status, evil.says)


@pytest.mark.parametrize("planted", [*PLANTED, *SHOWN], ids=lambda planted: planted.name)
def test_an_attack_by_a_name_or_a_kind_of_file(host: Host, planted: Planted) -> None:
    folder = host.hand_in("def add(a, b): return 0")
    planted.plant(folder, host.course.root)
    with unchanged(host, planted.name):
        record = grade(read_submission(folder, "alpha", host.course), host.course)
    assert_nothing_gained(record)


@pytest.mark.parametrize(
    ("assignment", "question", "evil"),
    [
        *(("two_layer_cnn", "basic", evil) for evil in models.EVIL),
        *(("fashion_ladder", "own-training", evil) for evil in learning.EVIL),
        *(("fashion_ladder", "rung-open", evil) for evil in recipes.EVIL),
    ],
    ids=str,
)
def test_an_attack_by_a_model(host: Host, assignment: str, question: str, evil: Evil) -> None:
    release = KIT.released_notebook(assignment).read_bytes()
    folder = host.put(assignment, answered(release, {question: host.with_places(evil.source)}))
    with unchanged(host, str(evil)):
        record = grade(read_submission(folder, assignment, KIT), KIT)
    assert_nothing_gained(record, evil.points)
    assert_verdict(record, question, evil.status, evil.says)


@pytest.mark.parametrize("name", ["the solution", "printed", "a daemon from a call", "tcp"])
def test_without_the_sandbox_the_suite_fails(host: Host, name: str) -> None:
    evil = next(e for e in [*theft.EVIL, *exhaustion.EVIL] if e.name == name)
    with pytest.raises(AssertionError):
        _unsandboxed(host, evil)
    for process in psutil.process_iter():
        if SLEEP in command(process):
            process.kill()
    host.state()  # takes the connection that was made off the server


def _unsandboxed(host: Host, evil: Evil) -> None:
    with unchanged(host, str(evil)):
        record = attack(host, evil, unsafe_local=True)
    assert_nothing_gained(record)
    assert_verdict(record, "add", evil.status, evil.says)
