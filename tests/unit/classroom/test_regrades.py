"""`autograder regrades` begins at the heading of the last run, whatever a student's message holds."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from autograder.classroom.changes import NAME, regrades
from autograder.classroom.differences import differences
from autograder.course.course import Course
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord


def test_a_message_with_the_words_of_a_heading_hides_no_change(tmp_path: Path) -> None:
    last = "# Graded again at 2026\nann/alpha: 1 -> 0 of 1\n  add: # Graded again at noon\n"
    (tmp_path / "records").mkdir()
    (tmp_path / NAME).write_text(f"# Graded again at 1999\nbob/alpha: 0 -> 1 of 1\n{last}")
    output = io.StringIO()
    regrades(Course(tmp_path, {}), Console(file=output, soft_wrap=True))
    assert output.getvalue() == last


def record(status: Status, message: str) -> GradeRecord:
    outcome = TestOutcome(
        question="add", title="Adds.", status=status, points=0, max_points=1, message=message
    )
    return GradeRecord(assignment="a", digest="d", key="k", sandbox="bwrap", outcomes=[outcome])


def test_no_message_reaches_the_terminal_with_escape_codes() -> None:
    before = record(Status.FAILED, "returned 1")
    after = record(Status.CRASHED, "ValueError: \x1b]0;title\x07\x1b[2Jno")
    [line] = differences(before, after)
    assert line.endswith("is crashed (0 points): ValueError: no")
    [line] = differences(before, record(Status.CRASHED, "\x1b[2J"))
    assert line.endswith("is crashed (0 points)")
