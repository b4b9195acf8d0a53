"""One grade: whichever way a submission is graded, its record is the same, field by field."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.authoring.release import Built, build
from autograder.authoring.validate import filled_in
from autograder.course.course import Course, find_course
from autograder.notebook.cell_history import defined_names
from autograder.results.outcome import Status
from autograder.submissions.class_directory import Job
from tests.support.commands import KIT
from tests.support.paths import PATHS, Records, comparable, course_copy, fresh

ASSIGNMENTS = sorted(find_course(KIT).assignments)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return course_copy(tmp_path_factory.mktemp("course"))


def wrong(built: Built, every: int) -> bytes:
    """The notebook with each `every`-th blank answered by 1, the others by the solution."""
    notebook = nbformat.reads(filled_in(built.release, built.source).decode(), as_version=4)
    blanks = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    for cell in blanks[::every]:
        names = defined_names(cell.source)
        first = cell.source.splitlines()[0]
        if first.startswith("def "):
            cell.source = f"{first}\n    return 1"
        else:
            cell.source = "\n".join(f"{name} = 1" for name in sorted(names))
    return nbformat.writes(notebook).encode()


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def graded(
    request: pytest.FixtureRequest, course: Course, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Job], Records]:
    """A partly right, a right and a wrong notebook of one assignment, and the first path's records."""
    name: str = request.param
    built = build(course)[name]
    notebooks = {
        "mixed": wrong(built, 2),
        "right": filled_in(built.release, built.source),
        "wrong": wrong(built, 1),
    }
    submitted = tmp_path_factory.mktemp("submitted")
    jobs = []
    for student, content in notebooks.items():
        path = submitted / student / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        jobs.append(Job(student, name, path.parent))
    return jobs, fresh(jobs, course, tmp_path_factory.mktemp("fresh"))


def test_right_is_right_and_wrong_is_wrong(
    graded: tuple[list[Job], Records], course: Course
) -> None:
    jobs, records = graded
    mixed, right, wrong = records.values()
    assert len(records) == len(jobs)
    assert {outcome.status for outcome in right.outcomes} == {Status.PASSED}
    questions = course.assignments[jobs[0].assignment].questions
    assert {wrong.status(question.name) for question in questions} <= {
        Status.FAILED,
        Status.CRASHED,
    }
    assert {outcome.status for outcome in mixed.outcomes} > {Status.PASSED}


@pytest.mark.parametrize("path", PATHS)
def test_the_record_is_the_same(
    graded: tuple[list[Job], Records], course: Course, tmp_path: Path, path: str
) -> None:
    jobs, expected = graded
    # The partly right one has it all: on paths that start anew for each, it goes alone.
    jobs = jobs if path == "fork" else jobs[:1]
    records = PATHS[path](jobs, course, tmp_path)
    assert len(records) == len(jobs)
    for digest, record in records.items():
        assert comparable(record) == comparable(expected[digest])
