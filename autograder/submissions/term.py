"""A course's term, from its settings and roster: who takes part, and when work is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograder.course.course import Course
from autograder.course.settings import CourseError, place_of
from autograder.submissions.class_directory import Classroom
from autograder.submissions.roster import Roster, course_roster
from autograder.submissions.timestamps import parsed_time


@dataclass(frozen=True)
class Term:
    """What the settings of a course say about its term; times are in UTC, without a zone.

    `due` maps assignments to due dates, and `extensions` to a student's own due dates. An assignment
    that is in neither is left as it is in the gradebook.
    """

    roster: Roster | None = None
    due: Mapping[str, datetime] = field(default_factory=dict)
    extensions: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)


def read_term(course: Course) -> Term:
    """The term of a course. Raises CourseError for settings or a roster that cannot be used."""
    config = course.config
    pyproject = course.root / "pyproject.toml"
    roster = course_roster(course)
    for name, students in config.extensions.items():
        for student in students:
            if roster is not None and student not in roster.people:
                raise CourseError(
                    f"{place_of(pyproject, 'extensions', name, student)}: nobody in {config.roster} has "
                    f"the id {student}. Correct one of them"
                )
    return Term(
        roster,
        {name: _time(text, pyproject, "due", name) for name, text in config.due.items()},
        {
            name: {
                student: _time(text, pyproject, "extensions", name, student)
                for student, text in students.items()
            }
            for name, students in config.extensions.items()
        },
    )


def without_dropped(
    term: Term, classroom: Classroom, course: Course
) -> tuple[Classroom, list[str]]:
    """A class without the submissions of students who are dropped, and these students."""
    if term.roster is None or classroom.root != course.root:
        return classroom, []
    dropped = term.roster.dropped
    kept = [job for job in classroom.jobs if job.student not in dropped]
    left = sorted({job.student for job in classroom.jobs} & dropped)
    return Classroom(classroom.root, kept, classroom.refused), left


def _time(text: str, pyproject: Path, *keys: str) -> datetime:
    """A time from the setting with these keys. Raises CourseError for one that is unclear."""
    try:
        time = parsed_time(text)
        if ":" not in text:
            raise ValueError("a day without a time")
    except (ValueError, OverflowError) as error:
        reason = str(error) if str(error).startswith(("time zone", "a day")) else "not a time"
        raise CourseError(
            f"{place_of(pyproject, *keys)}: {keys[-1]}: {reason}. Write 2026-01-31 23:59 Europe/Berlin"
        ) from None
    return time
