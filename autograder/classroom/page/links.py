"""Links of the class page into nbgrader's formgrader."""

from __future__ import annotations

from urllib.parse import quote

from autograder.course.course import Course


def formgrader_link(course: Course, assignment: str, student: str = "") -> str:
    """The address of an assignment's hand-ins in the formgrader, or of a student's hand-in of it."""
    parts = ["gradebook", assignment, assignment]
    if student:
        parts = ["manage_students", student, assignment]
    path = "/".join(quote(part, safe="", errors="surrogateescape") for part in parts)
    return f"{course.config.formgrader.rstrip('/')}/{path}/"
