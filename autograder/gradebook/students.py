"""The students of a class: from a roster file, or else from the gradebook."""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy.exc import SQLAlchemyError

from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.gradebook.class_gradebook import database, unreadable
from autograder.submissions.roster import Person, Roster, course_roster, read_roster


def roster_of(course: Course, path: Path | None = None) -> Roster:
    """The students in the roster file at `path`, or in the course's own, or else in its gradebook.

    Raises CourseError if there are none, and GradebookError for a gradebook that cannot be read.
    """
    if path is not None:
        return read_roster(path)
    if (roster := course_roster(course)) is not None:
        return roster
    people = students_in(course)
    if not people:
        raise CourseError(
            "no students are known yet. Name a CSV file with --roster, whose first line is "
            "id,first_name,last_name,email"
        )
    return Roster(people)


def students_in(course: Course) -> list[Person]:
    """The students in the gradebook of the course's class. Raises GradebookError."""
    url = database(course, course.root)
    if not url:
        return []
    try:
        with Gradebook(url, course.config.course_id) as gradebook:
            return [
                Person(
                    str(student.id),
                    student.first_name or "",
                    student.last_name or "",
                    student.email or "",
                    student.lms_user_id or "",
                )
                for student in gradebook.students
            ]
    except SQLAlchemyError as error:
        raise unreadable(url, error) from None
