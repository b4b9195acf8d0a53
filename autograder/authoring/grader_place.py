"""Where in the graders an error arose that is no student's fault."""

from __future__ import annotations

import re

from autograder.course.course import Course

_FRAME = re.compile(r'File "(.+?)", line (\d+)')


def grader_place(course: Course, trace: str) -> str:
    """The end of a message, " at file:line": the last frame that is in the course's graders, or nothing."""
    root = f"{course.graders}/"
    lines = [(file, line) for file, line in _FRAME.findall(trace) if file.startswith(root)]
    return f" at {course.relative(course.graders / lines[-1][0])}:{lines[-1][1]}" if lines else ""
