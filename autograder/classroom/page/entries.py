"""What is known of each student in each assignment: gradebook, grade record and feedback page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import msgspec
from nbgrader.api import Gradebook
from sqlalchemy.exc import SQLAlchemyError

from autograder.course.course import Course
from autograder.gradebook.gradebook import unreadable
from autograder.gradebook.scores import Score, read_scores
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord, read_record
from autograder.submissions.class_directory import SUBMITTED, Job, record_path


@dataclass(frozen=True)
class Entry:
    """A student's score in an assignment, with the grade record behind it.

    `record` is None where nothing was graded, where only nbgrader has graded, and where it is
    `damaged`. `page` is the feedback page's address, relative to the class's directory, and empty
    where there is none.
    """

    score: Score
    record: GradeRecord | None = None
    page: str = ""
    damaged: bool = False

    @property
    def student(self) -> str:
        """The student's id."""
        return self.score.student.id

    @property
    def points(self) -> dict[str, float | None]:
        """The points of each question in the gradebook, None where there are none yet."""
        return {question.name: question.score for question in self.score.questions}

    def outcomes(self, question: str) -> list[TestOutcome]:
        """The outcomes of a question's tests; none where there is no record."""
        return self.record.of(question) if self.record is not None else []

    def status(self, question: str) -> Status | None:
        """The state of a question; None where no record tells it."""
        if self.record is None or not self.record.of(question):
            return None
        return self.record.status(question)


Entries = tuple[Entry, ...]


def read_class(course: Course, class_root: Path, db_url: str) -> dict[str, list[Entry]]:
    """Assignment -> an entry for each student of the gradebook, in order of their names.

    Assignments are those of the course that the gradebook knows, in the course's order. Raises
    GradebookError for a gradebook that cannot be read.
    """
    try:
        with Gradebook(db_url, course.config.course_id) as gradebook:
            known = {assignment.name for assignment in gradebook.assignments}
            names = [name for name in course.assignments if name in known]
            scores = read_scores(gradebook, names, []) if names else {}
    except SQLAlchemyError as error:
        raise unreadable(db_url, error) from None
    return {
        name: [_entry(class_root, score) for score in sorted(scores[name], key=_order)]
        for name in names
    }


def _order(score: Score) -> tuple[str, ...]:
    student = score.student
    return (student.last_name.casefold(), student.first_name.casefold(), student.id)


def _entry(class_root: Path, score: Score) -> Entry:
    student, assignment = score.student.id, score.assignment
    # An id that the gradebook was given elsewhere may be no name of a directory.
    if not score.submitted or Path(student).name != student or student == "..":
        return Entry(score)
    record, damaged = None, False
    directory = class_root / SUBMITTED / student / assignment
    try:
        found = read_record(record_path(class_root, Job(student, assignment, directory)))
        # What a student's cells have put out may be large, and is on the feedback page.
        record = msgspec.structs.replace(found, outputs={})
    except FileNotFoundError:
        pass
    except (OSError, msgspec.DecodeError):
        damaged = True
    page = ("feedback", student, assignment, f"{assignment}.html")
    there = class_root.joinpath(*page).is_file()
    return Entry(score, record, "/".join(map(_quoted, page)) if there else "", damaged)


def _quoted(part: str) -> str:
    return quote(part, safe="", errors="surrogateescape")
