"""`autograder regrades` begins at the heading of the last run, whatever a student's message holds."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from autograder.classroom.changes import NAME, regrades
from autograder.course.course import Course


def test_a_message_with_the_words_of_a_heading_hides_no_change(tmp_path: Path) -> None:
    last = "# Graded again at 2026\nann/alpha: 1 -> 0 of 1\n  add: # Graded again at noon\n"
    (tmp_path / "records").mkdir()
    (tmp_path / NAME).write_text(f"# Graded again at 1999\nbob/alpha: 0 -> 1 of 1\n{last}")
    output = io.StringIO()
    regrades(Course(tmp_path, {}), Console(file=output, soft_wrap=True))
    assert output.getvalue() == last
