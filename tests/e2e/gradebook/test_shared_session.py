"""One submission is one transaction, and what is the same for all submissions is done once."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from nbgrader.api import Gradebook, InvalidEntry

from autograder.authoring.release import sources
from autograder.course.course import Course, find_course
from autograder.gradebook import gradebook
from autograder.gradebook.converters import new_gradebook
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.shared_session import reading, shared
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord
from autograder.submissions.submission import read_submission
from tests.support.small_course import edit, released_course


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A gradebook in which nothing stands yet, not even tables."""
    new_gradebook(tmp_path / "gradebook.db")
    return tmp_path / "gradebook.db"


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def students(path: Path) -> list[str]:
    """What another program sees."""
    with closing(sqlite3.connect(path)) as other:
        return [row[0] for row in other.execute("SELECT id FROM student ORDER BY id")]


def add(path: Path, student: str) -> None:
    """As nbgrader does all: open, write, commit, close."""
    with Gradebook(url(path)) as book:
        book.add_student(student)


def break_off_after(path: Path, added_to: Path, student: str) -> None:
    with shared(url(path), writes=True):
        add(added_to, student)
        raise KeyError


def test_what_is_written_is_there_at_the_end(path: Path) -> None:
    with shared(url(path), writes=True):
        add(path, "ann")
        add(path, "bob")
        assert students(path) == []
        with Gradebook(url(path)) as book:
            assert [student.id for student in book.students] == ["ann", "bob"]
    assert students(path) == ["ann", "bob"]


def test_what_breaks_off_leaves_nothing(path: Path) -> None:
    add(path, "ann")
    with pytest.raises(KeyError):
        break_off_after(path, path, "bob")
    assert students(path) == ["ann"]


def test_what_nbgrader_takes_back_costs_nothing_else(path: Path) -> None:
    with shared(url(path), writes=True):
        add(path, "ann")
        with pytest.raises(InvalidEntry):
            add(path, "ann")
        add(path, "bob")
    assert students(path) == ["ann", "bob"]


def test_others_read_meanwhile_and_write_afterwards(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=0)) as other:
        with shared(url(path), writes=True):
            add(path, "ann")
            assert other.execute("SELECT id FROM student").fetchall() == []
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT id FROM student").fetchall() == [("ann",)]


def test_a_page_keeps_no_writer_out(path: Path) -> None:
    with shared(url(path), writes=False), Gradebook(url(path)) as book:
        assert book.students == []
        book.close()
        with closing(sqlite3.connect(path, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")


def test_other_gradebooks_are_opened_as_ever(path: Path, tmp_path: Path) -> None:
    before = Gradebook.__init__
    another = tmp_path / "another.db"
    new_gradebook(another)
    with pytest.raises(KeyError):
        break_off_after(path, another, "ann")
    assert students(another) == ["ann"]
    assert Gradebook.__init__ is before


def test_a_gradebook_that_was_replaced_is_read_anew(path: Path) -> None:
    with shared(url(path), writes=True):
        add(path, "ann")
    path.unlink()
    new_gradebook(path)
    add(path, "bob")
    with reading(url(path)) as session:
        actual = session.connection().exec_driver_sql("SELECT id FROM student").fetchall()
    assert [row[0] for row in actual] == ["bob"]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course with one submission and a gradebook."""
    course = released_course(tmp_path / "course")
    folder = course.root / "submitted/ann/alpha"
    folder.mkdir(parents=True)
    (folder / "alpha.ipynb").write_bytes(course.released_notebook("alpha").read_bytes())
    gradebook.register(course, course.root, sources(course))
    return course


def record(course: Course, **changes: Any) -> GradeRecord:
    submission = read_submission(course.root / "submitted/ann/alpha", "alpha", course)
    outcomes = [
        TestOutcome(
            question=name, title="t", status=Status.FAILED, points=0, max_points=points
        )
        for name, points in (("add", 3), ("double", 1))
    ]  # fmt: skip
    fields = {"digest": submission.digest, "key": "k", "sandbox": "bwrap", "outcomes": outcomes}
    return GradeRecord(assignment="alpha", **{**fields, **changes})


def test_a_submission_that_is_refused_leaves_no_student(course: Course) -> None:
    with pytest.raises(GradebookError, match="graded without a sandbox"):
        gradebook.write(course, course.root, "ann", "alpha", record(course, sandbox="none"))
    assert students(course.root / "gradebook.db") == []
    gradebook.write(course, course.root, "ann", "alpha", record(course))
    assert students(course.root / "gradebook.db") == ["ann"]


def test_the_templates_of_a_page_are_compiled_once(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    gradebook.write(course, course.root, "ann", "alpha", record(course))
    first = gradebook.feedback(course, course.root, "ann", "alpha").read_bytes()
    compiled: list[object] = []
    usual = Environment.compile

    def compile(self: Environment, source: Any, *rest: Any, **options: Any) -> Any:
        compiled.append(options)
        return usual(self, source, *rest, **options)

    monkeypatch.setattr(Environment, "compile", compile)
    assert gradebook.feedback(course, course.root, "ann", "alpha").read_bytes() == first
    assert compiled == []


def test_a_relative_gradebook_is_the_one_at_the_root(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    (course.root / "gradebook.db").rename(course.root / "book.db")
    place = "c.CourseDirectory.course_id ="
    edit(
        course.root / "nbgrader_config.py",
        place,
        f'c.CourseDirectory.db_url = "sqlite:///book.db"\n{place}',
    )
    monkeypatch.chdir(course.root / "submitted")
    again = find_course(course.root)
    gradebook.write(again, course.root, "ann", "alpha", record(course))
    assert students(course.root / "book.db") == ["ann"]
    assert not list((course.root / "submitted").glob("*.db"))
