"""`autograder verify`: the same grade again, or what differs and which conditions changed."""

import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from autograder._util.machine import processor_name
from autograder.classroom.differences import changed_questions, differences, only_rounded
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord, TrainedRun, write_record
from autograder.testing.hypothesis_cases import SEED
from tests.support.small_course import edit, released_course

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course in which ann and bob have been graded."""
    course = released_course(tmp_path_factory.mktemp("course"))
    root = course.root
    for student in ("ann", "bob"):
        directory = root / "submitted" / student / "alpha"
        directory.mkdir(parents=True)
        shutil.copy(course.released_notebook("alpha"), directory)
    assert run(root, "grade")[0] == 0
    return root


@pytest.fixture
def root(graded: Path, tmp_path: Path) -> Path:
    """A copy of that course, to spoil."""
    return Path(shutil.copytree(graded, tmp_path / "course"))


def run(root: Path, *command: str) -> tuple[int, str]:
    completed = subprocess.run(
        [sys.executable, "-m", "autograder.cli.main", *command],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in completed.stdout + completed.stderr
    return completed.returncode, completed.stdout + completed.stderr


def record_of(root: Path, student: str) -> tuple[Path, GradeRecord]:
    path = root / "records" / student / "alpha.json"
    return path, msgspec.json.decode(path.read_bytes(), type=GradeRecord)


def test_a_record_names_all_that_a_grade_rests_on(graded: Path) -> None:
    _, record = record_of(graded, "ann")
    assert (record.tier, record.sandbox, record.threads) == ("sample", "bwrap", 1)
    assert record.seed == SEED
    assert len(record.grader) == len(record.key) == 64
    assert record.cpu
    assert record.processor == processor_name()
    assert {"python", "keras", "tensorflow", "numpy", "hypothesis"} <= set(record.versions)
    assert b"ann" not in msgspec.json.encode(record)


def test_what_was_not_changed_is_graded_the_same(root: Path) -> None:
    code, output = run(root, "verify")
    assert code == 0
    assert sorted(output.splitlines()) == ["ann/alpha: the same grade", "bob/alpha: the same grade"]


def test_a_changed_grade_is_told_with_what_has_changed(root: Path) -> None:
    path, record = record_of(root, "bob")
    spoiled = [
        msgspec.structs.replace(o, status=Status.PASSED, points=o.max_points, message="")
        for o in record.outcomes
    ]
    before = {**record.versions, "keras": "3.0"}
    write_record(path, msgspec.structs.replace(record, outcomes=spoiled, versions=before))
    code, output = run(root, "verify", "bob")
    assert code == 1
    assert "ann" not in output
    assert "bob/alpha: NOT the same grade" in output
    assert 'add, "Two small numbers": was passed (1 point), is not attempted (0 points)' in output
    assert f"keras: was 3.0, is {record.versions['keras']}" in output


def test_another_grader_is_named_where_it_makes_a_difference(root: Path) -> None:
    edit(
        root / "autograder" / "graders" / "alpha.py",
        "points=1)\ndef test_add",
        "points=1)\ndef test_add_2",
    )
    edit(root / "autograder" / "graders" / "alpha.py", "Two small numbers", "Two numbers")
    code, output = run(root, "verify", "ann/alpha")
    assert code == 1
    assert 'add, "Two small numbers": was not attempted (0 points): add is' in output
    assert "is not there" in output
    assert "solution, graders or kit: was" in output


def test_a_damaged_record_is_one_line(root: Path) -> None:
    record_of(root, "ann")[0].write_bytes(b"{")
    code, output = run(root, "verify", "ann")
    assert code == 1
    assert "ann/alpha.json: not a grade record" in output


def test_another_accuracy_is_told() -> None:
    outcome = TestOutcome(
        question="rung-a", title="It learns.", status=Status.PASSED, points=1.0, max_points=1.0
    )
    record, other = (
        GradeRecord(
            assignment="x", digest="d", key="k", sandbox="bwrap", outcomes=[outcome], cpu=cpu,
            trained=[TrainedRun("r" * 64, 0, reached)],
        )
        for cpu, reached in (("avx2", 0.85), ("avx512", 0.86))
    )  # fmt: skip
    assert list(differences(record, other)) == [
        "recipe rrrrrrrrrrrr, seed 0: reached 85.00%, now 86.00%",
        "the processor's instructions: was avx2, is avx512",
    ]
    assert list(differences(record, record)) == []


def trained(accuracy: float, cpu: str, points: float = 3.0) -> GradeRecord:
    """A record of one recipe, trained on one kind of processor."""
    status = Status.PASSED if points else Status.FAILED
    outcome = TestOutcome(
        question="rung-a", title="accurate", status=status, points=points, max_points=3.0
    )
    return GradeRecord(
        assignment="a", digest="d", key="k", sandbox="bwrap", outcomes=[outcome], cpu=cpu,
        trained=[TrainedRun("0123456789abcdef", 0, accuracy, "rung-a")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "cpu", "points", "rounded", "message"),
    [
        (0.73, "new", 3.0, True, "now 73.00%, within the spread of runs of rung-a"),
        (0.62, "new", 3.0, False, "now 62.00%, beyond the spread of runs of rung-a"),
        # The threshold lies between: no grade is wrong for its last bits.
        (0.73, "new", 0.0, True, "now 73.00%, within the spread of runs of rung-a"),
        (0.62, "new", 0.0, False, "now 62.00%, beyond the spread of runs of rung-a"),
        (0.73, "old", 0.0, False, "now 73.00%"),
        (0.73, "old", 3.0, False, "now 73.00%"),  # the same processor must do exactly the same
        (0.72, "new", 3.0, False, ""),
    ],
)
def test_another_processor_makes_another_run_and_no_other_grade(
    now: float, cpu: str, points: float, rounded: bool, message: str
) -> None:
    before, after = trained(0.72, "old"), trained(now, cpu, points)
    spreads = {"rung-a": 0.02}
    assert changed_questions(before, after) == (set() if points else {"rung-a"})
    assert only_rounded(before, after, spreads) is rounded
    lines = [line for line in differences(before, after, spreads) if line.startswith("recipe")]
    assert [line[-len(message) :] for line in lines] == [message] * bool(message)
