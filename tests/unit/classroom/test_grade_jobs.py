"""The lines of progress that a log gets, where a terminal has a bar."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from autograder.classroom import grade_jobs


def test_a_log_says_now_and_then_how_many_are_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(grade_jobs.time, "monotonic", lambda: now[0])
    out = StringIO()
    lines = grade_jobs._Lines(Console(file=out), 300)
    for _ in range(300):
        now[0] += 0.25
        lines.graded_one_more()
    # 75 seconds, with a line every 15.
    counts = [int(line.partition(" of 300 are graded")[0]) for line in out.getvalue().splitlines()]
    assert counts == [60, 120, 180, 240, 300]


def test_a_terminal_has_a_bar_and_no_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(grade_jobs.time, "monotonic", lambda: now[0])
    out = StringIO()
    lines = grade_jobs._Lines(Console(file=out, force_terminal=True), 2)
    now[0] = 100.0
    lines.graded_one_more()
    assert out.getvalue() == ""
