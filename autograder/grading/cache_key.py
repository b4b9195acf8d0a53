"""Cache keys of grades: a digest of everything that a grade depends on."""

from __future__ import annotations

import msgspec

from autograder._util.digests import digest, file_digest, json_digest, package_digest
from autograder._util.machine import versions
from autograder.course.course import Assignment, Course
from autograder.course.grader_sources import grader_sources
from autograder.results.record import RecordStore
from autograder.submissions.submission import Submission


def grade_key(submission: Submission, course: Course, grader: str, unsafe_local: bool) -> str:
    """A digest of everything the record depends on; `grader` is the digest of the grader."""
    parts = [submission.digest, submission.readable, submission.assignment]
    return json_digest(
        [*parts, *circumstances(course, submission.assignment, grader, unsafe_local)]
    )


def circumstances(course: Course, assignment: str, grader: str, unsafe_local: bool) -> list[object]:
    """Everything but the submission that a record depends on; `grader` is the digest of the grader."""
    return [
        grader,
        msgspec.to_builtins(course.config.limits_for(assignment)),
        course.config.tier,
        course.config.language,
        sorted(versions().items()),
        sandbox(unsafe_local),
    ]


def records(course: Course) -> RecordStore:
    """The cache of a course's records, by their keys."""
    return RecordStore(course.cache / "grades")


def grader_digest(course: Course, assignment: Assignment) -> str:
    """A digest of the files that decide how an answer is judged. Files of other assignments do not count."""
    paths = (assignment.path, *grader_sources(course, assignment))
    parts = [*map(file_digest, paths), package_digest()]
    return digest(*parts)


def sandbox(unsafe_local: bool) -> str:
    """The name that records use for the sandbox that ran the student's code."""
    return "none" if unsafe_local else "bwrap"
