"""Brings a course's roster, due dates and extensions into nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from sqlalchemy.exc import SQLAlchemyError

from autograder.course.settings import CourseError
from autograder.gradebook.class_gradebook import unreadable
from autograder.submissions.files import first_names
from autograder.submissions.roster import Person, Roster
from autograder.submissions.term import Term

_FIELDS = ("first_name", "last_name", "email", "lms_user_id")


def apply_term(
    term: Term, url: str, course_id: str, handed_in: Collection[tuple[str, str]] = ()
) -> list[str]:
    """Write a term into the gradebook at `url`; a line for each change.

    `handed_in` are students and assignments that are about to be graded: an extension of any other
    is kept for when there is something to grade. Raises CourseError for an extension of an
    assignment without a due date, and GradebookError.
    """
    try:
        with Gradebook(url, course_id) as gradebook:
            lines = _write_people(gradebook, term.roster)
            lines += _write_due_dates(gradebook, term.due)
            for name, students in term.extensions.items():
                lines += _write_extensions(gradebook, name, students, handed_in)
            gradebook.db.commit()
    except SQLAlchemyError as error:
        raise unreadable(url, error) from None
    return lines


def _write_people(gradebook: Gradebook, roster: Roster | None) -> list[str]:
    """Add students and what is known of them; an empty field changes nothing.

    Returns a line for each kind of change: in the first week a line for each student would be the
    whole class.
    """
    students_of: dict[str, list[str]] = {}  # what is changed -> ids
    known_students = {str(student.id): student for student in gradebook.students}
    for person in roster.people.values() if roster else ():
        student = known_students.get(person.id)
        if student is None:
            if not person.dropped:
                known = {name: getattr(person, name) or None for name in _FIELDS}
                gradebook.add_student(person.id, **known)
                students_of.setdefault("added to the gradebook", []).append(person.id)
        elif changed := _update(student, person):
            change = f"{', '.join(changed)} as in the roster"
            students_of.setdefault(change, []).append(person.id)
    return [f"{first_names(students)}: {change}" for change, students in students_of.items()]


def _update(student: Student, person: Person) -> list[str]:
    changed = []
    for name in _FIELDS:
        new = getattr(person, name)
        if new and (getattr(student, name) or "") != new:
            setattr(student, name, new)
            changed.append(name.replace("_", " "))
    return changed


def _write_due_dates(gradebook: Gradebook, due: Mapping[str, datetime]) -> list[str]:
    lines = []
    for name, time in due.items():
        assignment = _assignment(gradebook, name)
        if assignment is not None and assignment.duedate != time:
            assignment.duedate = time
            lines.append(f"{name}: due {_time_text(time)}")
    return lines


def _write_extensions(
    gradebook: Gradebook,
    name: str,
    students: Mapping[str, datetime],
    handed_in: Collection[tuple[str, str]],
) -> list[str]:
    """Give the extensions of an assignment, and take back those that are no longer among them."""
    assignment = _assignment(gradebook, name)
    if assignment is None:
        return []
    if assignment.duedate is None and students:
        raise CourseError(
            f"pyproject.toml: [tool.autograder.extensions.{name}]: the assignment has no due date. "
            "Give it one under [tool.autograder.due]"
        )
    known = {str(student.id) for student in gradebook.students}
    for student in students:
        if (student, name) in handed_in:  # nbgrader keeps an extension with the submission
            if student not in known:
                gradebook.add_student(student)
            gradebook.update_or_create_submission(name, student)
    lines = []
    for submission in assignment.submissions:
        student = str(submission.student_id)
        time = students.get(student)
        extension = None if time is None else time - assignment.duedate
        if submission.extension != extension:
            submission.extension = extension
            due = "no extension any more" if time is None else f"due {_time_text(time)} (extension)"
            lines.append(f"{student}/{name}: {due}")
    return lines


def _assignment(gradebook: Gradebook, name: str) -> Assignment | None:
    """An assignment, or None if it is not in the gradebook yet."""
    try:
        return gradebook.find_assignment(name)
    except MissingEntry:
        return None


def _time_text(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"
