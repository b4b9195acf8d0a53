"""What grading again changes: shown by `grade --preview`, and kept in a file after a regrade."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from rich.console import Console

from autograder.classroom.differences import differences
from autograder.course.course import Course
from autograder.results.record import GradeRecord, read_record
from autograder.submissions.class_directory import Job, class_root, record_path

NAME = "regrades.txt"  # in the class's directory, never inside feedback/: students get that
_HEADING = "# Graded again at "  # begins the changes of a run


class Change(NamedTuple):
    """A submission whose results are not those of the record before, and one line for each."""

    student: str
    assignment: str
    was: float
    now: float
    maximum: float
    lines: tuple[str, ...]

    def text(self) -> str:
        """The change of the automatic score, and below it by which tests and why."""
        scores = f"{self.was:g} -> {self.now:g} of {self.maximum:g}"
        if self.was == self.now:
            scores = f"{self.now:g} of {self.maximum:g} as before"
        return "\n".join(
            [
                f"{self.student}/{self.assignment}: {scores}",
                *(f"  {line}" for line in self.lines),
            ]
        )


def record_before(class_root: Path, job: Job) -> GradeRecord | None:
    """The record of the last grading of a submission; None if there is none or it is damaged."""
    try:
        return read_record(record_path(class_root, job))
    except (OSError, msgspec.DecodeError):
        return None


def change(job: Job, before: GradeRecord | None, after: GradeRecord) -> Change | None:
    """What `after` changes in the results of a submission; None for nothing."""
    if before is None:
        return None
    lines = tuple(differences(before, after))
    if not lines:
        return None
    maximum = sum(outcome.max_points for outcome in after.outcomes if not outcome.extra)
    return Change(job.student, job.assignment, before.total(), after.total(), maximum, lines)


def regrades(course: Course, console: Console, *, whole: bool = False) -> None:
    """Print what the last regrade changed, or with `whole` what each has."""
    try:
        text = (class_root(course) / NAME).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        console.print("No regrade has changed a result yet.")
        return
    # At the start of a line: a student's message, which is indented, may hold the same words.
    start = 0 if whole else text.rfind(f"\n{_HEADING}") + 1
    console.print(text[start:].rstrip(), markup=False)


class ChangeLog:
    """The class's file of changes: each is appended when its score is written."""

    def __init__(self, class_root: Path) -> None:
        self._path = class_root / NAME
        self.count = 0

    def add(self, change: Change) -> None:
        """Append a change, below a heading with the time for the first of a run. Raises OSError."""
        time = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        heading = "" if self.count else f"{_HEADING}{time}\n"
        # Only its owner may read it: it names students.
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{heading}{change.text()}\n")
        self.count += 1
