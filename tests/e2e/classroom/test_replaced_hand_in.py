"""A hand-in that a student replaces while the class is graded: score, notebook and record are of one."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from nbgrader.api import Gradebook

from autograder.classroom.changes import ChangeLog
from autograder.classroom.class_writer import ClassWriter
from autograder.classroom.result import Result
from autograder.course.course import Course
from autograder.gradebook import nbgrader_plugins
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord, read_record
from autograder.submissions.class_directory import find_classroom, record_path
from autograder.submissions.submission import Submission, read_submission
from autograder.submissions.term import read_term
from tests.support.small_course import hand_in, released_course


def graded(submission: Submission, points: float) -> GradeRecord:
    outcome = TestOutcome(
        question="add", title="t", status=Status.PASSED, points=points, max_points=3
    )
    digest = submission.digest
    return GradeRecord(
        assignment="alpha", digest=digest, key=digest, sandbox="bwrap", outcomes=[outcome]
    )


def test_the_record_is_of_the_notebook_that_has_its_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = released_course(tmp_path / "course")
    hand_in(course, "ada", "def add(a, b):\n    return a - b")
    classroom = find_classroom(course)
    (job,) = classroom.jobs
    writer = ClassWriter(course, classroom, read_term(course), ChangeLog(classroom.root))
    early = graded(read_submission(job.directory, "alpha", course), 1.0)
    notebook = job.directory / "alpha.ipynb"
    notebook.write_text(notebook.read_text().replace("a - b", "a + b"))
    late = graded(read_submission(job.directory, "alpha", course), 3.0)

    def grade_late(submission: Submission, _course: Course) -> GradeRecord:
        assert submission.digest == late.digest
        return late

    monkeypatch.setattr(nbgrader_plugins, "grade", grade_late)
    assert writer.write(Result(job, early)) == ""
    assert msgspec.structs.replace(read_record(record_path(course.root, job)), problems=[]) == late
    assert "a + b" in (course.root / "autograded/ada/alpha/alpha.ipynb").read_text()
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as gradebook:
        assert gradebook.find_submission("alpha", "ada").score == 3.0
