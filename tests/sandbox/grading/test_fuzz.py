"""Broken notebooks are read or refused with clear lines, and what is read can be graded."""

from pathlib import Path

import nbformat
import pytest

from autograder.course.course import Course
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.submissions.submission import Submission, read_submission
from tests.support.notebook_fuzz import broken
from tests.support.small_course import released_course

CASES, PARTS, GRADED = 10_000, 20, 20
_MARK = "def add(a, b):"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return released_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def good(course: Course) -> bytes:
    """The released notebook with one answer in it."""
    text = course.released_notebook("alpha").read_text()
    notebook = nbformat.reads(text, as_version=4)
    for cell in notebook.cells:
        if cell.id == "add-solution":
            cell.source = f"{_MARK}\n    return a + b"
    return nbformat.writes(notebook).encode()


def read(course: Course, directory: Path, data: bytes) -> Submission:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "alpha.ipynb").write_bytes(data)
    return read_submission(directory, "alpha", course)


@pytest.mark.parametrize(
    "part",
    # The first 2,000 with each run, all with `-m "catalogue or not catalogue"`: they take eight minutes.
    [pytest.param(part, marks=[pytest.mark.catalogue] * (part > 3)) for part in range(PARTS)],
)
def test_broken_notebooks_are_read_or_refused(
    course: Course, good: bytes, tmp_path: Path, part: int
) -> None:
    released = nbformat.reads(course.released_notebook("alpha").read_text(), as_version=4)
    locked = {c.id: c.source for c in released.cells if c.metadata.get("nbgrader", {}).get("grade")}
    for number in range(part, CASES, PARTS):
        data = broken(good, number)
        actual = read(course, tmp_path / "ada" / "alpha", data)
        nbformat.validate(actual.notebook)
        sources = {cell.id: cell.source for cell in actual.notebook.cells}
        assert locked.items() <= sources.items(), number
        assert actual.readable or actual.problems, f"case {number} is refused without a reason"
        for problem in actual.problems:
            assert problem.isprintable(), (number, problem)
            assert len(problem) < 1_000, (number, problem)
            assert "Traceback" not in problem, (number, problem)
            assert "not repaired" not in problem, (number, problem)
        assert (tmp_path / "ada/alpha/alpha.ipynb").read_bytes() == data


def test_the_cases_are_of_both_kinds(course: Course, good: bytes, tmp_path: Path) -> None:
    actual = [read(course, tmp_path / "ada/alpha", broken(good, n)) for n in range(300)]
    readable = sum(each.readable for each in actual)
    assert readable > 30
    assert len(actual) - readable > 10  # a defect costs itself only, so few cannot be read at all
    kept = sum(_MARK in cell.source for each in actual for cell in each.notebook.cells)
    assert kept > 30, "what the student wrote is lost in most cases"


def test_what_was_read_can_be_graded(course: Course, good: bytes, tmp_path: Path) -> None:
    for number in range(GRADED):
        record = grade(read(course, tmp_path / "ada/alpha", broken(good, number)), course)
        assert not record.grader_errors(), number
        assert record.status("add") in set(Status) - {Status.GRADER_ERROR}
