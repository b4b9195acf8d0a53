"""Each student's data in each assignment: gradebook score, grade record and feedback page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import msgspec
from nbgrader.api import Gradebook
from sqlalchemy.exc import SQLAlchemyError

from autograder.course.course import Course
from autograder.gradebook.class_gradebook import unreadable
from autograder.gradebook.scores import Score, read_scores
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord, read_record
from autograder.submissions.class_directory import SUBMITTED, Job, handed_in, record_path
from autograder.submissions.placing import REPLACED
from autograder.submissions.roster import bare, dropped_in
from autograder.submissions.selection import Selection

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Entry:
    """A student's score in an assignment, with the grade record behind it.

    `record` is None if nothing was graded, if only nbgrader has graded, or if the record is
    `damaged`. `page` is the feedback page's URL relative to the class's directory, or empty if
    there is none. `replaced` counts earlier hand-ins that `autograder collect` has kept.
    """

    score: Score
    record: GradeRecord | None = None
    page: str = ""
    damaged: bool = False
    replaced: int = 0

    @property
    def student(self) -> str:
        """The student's id."""
        return self.score.student.id

    @property
    def points(self) -> dict[str, float | None]:
        """The points of each question in the gradebook, None for one that has none yet or waits for a person."""
        return {
            question.name: None if question.waiting else question.score
            for question in self.score.questions
        }

    def outcomes(self, question: str) -> list[TestOutcome]:
        """The outcomes of a question's tests; empty if there is no record."""
        return self.record.outcomes_of(question) if self.record is not None else []

    def status(self, question: str) -> Status | None:
        """The status of a question, or None if no record has it."""
        if self.record is None or not self.record.outcomes_of(question):
            return None
        return self.record.status(question)


Entries = tuple[Entry, ...]


def read_class(course: Course, class_root: Path, db_url: str) -> dict[str, list[Entry]]:
    """Map each assignment to an entry for each student who is in the gradebook or handed in, ordered by name.

    Leaves out who is dropped in the course's roster. Includes the course's assignments that the
    gradebook has, in the course's order. Raises GradebookError for a gradebook that cannot be read, and
    CourseError for a roster that cannot.
    """
    dropped = dropped_in(course, class_root)
    try:
        with Gradebook(db_url, course.config.course_id) as gradebook:
            in_gradebook = {assignment.name for assignment in gradebook.assignments}
            names = [name for name in course.assignments if name in in_gradebook]
            scores = (
                read_scores(gradebook, names, [], dropped, handed_in(class_root), course)
                if names
                else {}
            )
    except SQLAlchemyError as error:
        raise unreadable(db_url, error) from None
    return {
        name: [_entry(class_root, score) for score in sorted(scores[name], key=_sort_key)]
        for name in names
    }


def select(
    classes: Mapping[str, list[Entry]], selection: Selection, course: Course
) -> dict[str, list[Entry]]:
    """The entries of a selection. Raises CourseError for an unknown assignment or student."""
    students = {entry.student for entries in classes.values() for entry in entries}
    selection.check(course.assignments, students)
    return {
        assignment: [entry for entry in entries if selection.includes_student(entry.student)]
        for assignment, entries in classes.items()
        if selection.includes_assignment(assignment)
    }


def _sort_key(score: Score) -> tuple[tuple[str | int, ...] | str, ...]:
    student = score.student
    return (*map(_natural, (student.last_name, student.first_name, student.id)), student.id)


def _natural(name: str) -> tuple[str | int, ...]:
    """What a name is sorted by: Çelik among the C, Berg before Berg-Noor, ann 9 before ann 10."""
    parts = _DIGITS.split(bare(name))
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts))


def _entry(class_root: Path, score: Score) -> Entry:
    student, assignment = score.student.id, score.assignment
    # The gradebook may hold ids from elsewhere: never build a path that leaves the directory.
    if not score.submitted or Path(student).name != student or student == "..":
        return Entry(score)
    record, damaged = None, False
    directory = class_root / SUBMITTED / student / assignment
    try:
        full_record = read_record(record_path(class_root, Job(student, assignment, directory)))
        # Cell outputs may be large, and only the feedback page shows them.
        record = msgspec.structs.replace(full_record, outputs={})
    except FileNotFoundError:
        pass
    except (OSError, msgspec.DecodeError):
        damaged = True
    parts = ("feedback", student, assignment, f"{assignment}.html")
    page = "/".join(map(_url_quoted, parts)) if class_root.joinpath(*parts).is_file() else ""
    earlier = class_root / REPLACED / student / assignment
    replaced = sum(1 for _ in earlier.iterdir()) if earlier.is_dir() else 0
    return Entry(score, record, page, damaged, replaced)


def _url_quoted(part: str) -> str:
    return quote(part, safe="", errors="surrogateescape")
