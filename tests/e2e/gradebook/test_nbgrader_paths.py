"""nbgrader's own commands find what `make grade` finds, and open nothing that they should not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course.course import Course
from autograder.gradebook import gradebook
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord
from autograder.submissions.submission import odd_id, read_submission
from tests.support import commands
from tests.support.small_course import hand_in

KIT = Path(__file__).resolve().parents[3]
ADD = "def add(a, b):\n    return a + b"
NAMES = r".*x_(?P<student_id>\w+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>\w+)"
STUDENTS = ("plain", "s[1]", "s1", "x*", "xavier", "a?b", "[!a]", "*", "[[]")


def nbgrader(course: Course, *arguments: str) -> str:
    """Run a command of nbgrader as an instructor does; what it said."""
    status, output = commands.nbgrader(course.root, *arguments)
    assert status == 0, output
    return output


def scores(course: Course) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "small") as book:
        return {each.student.id: each.score for each in book.assignment_submissions("alpha")}


def record(course: Course, student: str) -> GradeRecord:
    submission = read_submission(course.root / "submitted" / student / "alpha", "alpha", course)
    outcomes = [
        TestOutcome(question=name, title="t", status=Status.PASSED, points=each, max_points=each)
        for name, each in (("add", 3), ("double", 1))
    ]
    return GradeRecord(
        assignment="alpha", digest=submission.digest, key="k", sandbox="bwrap", outcomes=outcomes
    )


def test_ids_that_look_like_patterns_through_make_grade(course: Course) -> None:
    for student in STUDENTS:
        directory = hand_in(course, student, ADD)
        (directory / ".ipynb_checkpoints").mkdir()
        (directory / ".ipynb_checkpoints/alpha-checkpoint.ipynb").write_text("{}")
        (directory / "alpha.ipynb").chmod(0o444)
        gradebook.write(course, course.root, student, "alpha", record(course, student))
        page = gradebook.feedback(course, course.root, student, "alpha")
        assert page.read_text().count("<html") == 1, student
        graded = course.root / "autograded" / student / "alpha"
        assert sorted(path.name for path in graded.iterdir()) == ["alpha.ipynb"]
    assert scores(course) == dict.fromkeys(STUDENTS, 4)
    assert {path.name for path in (course.root / "feedback").iterdir()} == set(STUDENTS)


def test_ids_that_look_like_patterns_through_nbgrader(course: Course) -> None:
    for student in ("plain", "s[1]", "x*"):
        hand_in(course, student, ADD)
    hand_in(course, "xavier", "def add(a, b):\n    return 3")
    nbgrader(course, "autograde", "alpha")
    assert scores(course) == {"plain": 3, "s[1]": 3, "x*": 3, "xavier": 1}
    nbgrader(course, "generate_feedback", "alpha")
    pages = {path.parent.parent.name for path in (course.root / "feedback").rglob("*.html")}
    assert pages == {"plain", "s[1]", "x*", "xavier"}
    before = (course.root / "autograded/xavier/alpha/alpha.ipynb").stat().st_mtime_ns
    log = nbgrader(course, "autograde", "alpha", "--student", "x*", "--force")
    assert "xavier" not in log
    assert (course.root / "autograded/xavier/alpha/alpha.ipynb").stat().st_mtime_ns == before


def test_a_renamed_notebook_and_traps_through_nbgrader(course: Course, tmp_path: Path) -> None:
    renamed = hand_in(course, "ada", ADD)
    (renamed / "alpha.ipynb").rename(renamed / "Copy of alpha.ipynb")
    late = hand_in(course, "late", ADD)
    (late / "timestamp.txt").write_text("2026-07-01 14:00:00 +0200")
    trap = hand_in(course, "pipe", ADD)
    os.mkfifo(trap / "timestamp.txt")
    link = hand_in(course, "link", ADD)
    (tmp_path / "secret").write_text("2020-01-01 12:00:00 UTC")
    (link / "timestamp.txt").symlink_to(tmp_path / "secret")
    large = hand_in(course, "large", ADD)
    (large / "large.bin").touch()
    os.truncate(large / "large.bin", 2**40)
    (course.root / "submitted/linked").symlink_to(course.root / "submitted/ada")
    log = nbgrader(course, "autograde", "alpha")
    assert "timestamp.txt: not a regular file: counted as in time" in log
    assert scores(course) == dict.fromkeys(("ada", "late", "pipe", "link", "large"), 3)
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "small") as book:
        times = {s.student.id: str(s.timestamp) for s in book.assignment_submissions("alpha")}
    assert times["late"] == "2026-07-01 12:00:00"
    assert {times[name] for name in ("ada", "pipe", "link", "large")} == {"None"}
    assert not (course.root / "autograded/large/alpha/large.bin").exists()
    problems = {
        name: read_submission(course.root / "submitted" / name / "alpha", "alpha", course).problems
        for name in ("ada", "late", "pipe", "link")
    }
    assert [len(lines) for lines in problems.values()] == [1, 0, 1, 1]


def test_an_id_that_nbgrader_strips_is_refused() -> None:
    assert "blanks around it" in odd_id("ada ")
    assert odd_id("ada b") == ""


def test_an_archive_of_an_lms_says_when(course: Course, tmp_path: Path) -> None:
    directory = course.root / "downloaded/alpha/archive"
    directory.mkdir(parents=True)
    notebook = (hand_in(course, "zoe", ADD) / "alpha.ipynb").read_bytes()
    shutil.rmtree(course.root / "submitted")
    for student in ("ada", "ben"):
        name = f"x_{student}_attempt_2026-07-01-12-00-00_alpha.ipynb"
        (directory / name).write_bytes(notebook)
    own = directory / "x_ada_attempt_2026-07-01-12-00-00_timestamp.txt"
    own.write_text("2026-06-01 12:00:00 UTC")
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.FileNameCollectorPlugin.named_regexp = {NAMES!r}\n")
        file.write('c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".txt"]\n')
    nbgrader(course, "zip_collect", "alpha")
    for student in ("ada", "ben"):
        submitted = course.root / "submitted" / student / "alpha"
        assert (submitted / "timestamp.txt").read_text().startswith("2026-07-01 12:00:00")
        problems = read_submission(submitted, "alpha", course).problems
        assert ["student's own file says" in line for line in problems] == [True] * (
            student == "ada"
        )
