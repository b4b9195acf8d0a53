"""The lines of progress that a log gets, where a terminal has a bar."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from autograder.classroom import grade_jobs
from autograder.submissions.class_directory import Job


def jobs(count: int) -> list[Job]:
    return [Job(f"student-{number}", "pooling", Path()) for number in range(1, count + 1)]


def test_a_log_says_now_and_then_how_many_are_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(grade_jobs.time, "monotonic", lambda: now[0])
    out = StringIO()
    lines = grade_jobs._Lines(Console(file=out), jobs(300))
    for job in jobs(300):
        now[0] += 0.25
        lines.graded(job)
    # 75 seconds, with a line every 15, but none when all are graded.
    counts = [int(line.partition(" of 300 are graded")[0]) for line in out.getvalue().splitlines()]
    assert counts == [60, 120, 180, 240]


def test_a_log_names_the_last_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that trains may take minutes in which nothing else is said."""
    now = [0.0]
    monkeypatch.setattr(grade_jobs.time, "monotonic", lambda: now[0])
    out = StringIO()
    lines = grade_jobs._Lines(Console(file=out, width=40), jobs(5))
    for job in jobs(5):
        now[0] += 20
        lines.graded(job)
    assert out.getvalue().splitlines() == [
        "1 of 5 are graded",
        "2 of 5 are graded; not yet: student-3/pooling, student-4/pooling, student-5/pooling",
        "3 of 5 are graded; not yet: student-4/pooling, student-5/pooling",
        "4 of 5 are graded; not yet: student-5/pooling",
    ]


def test_a_terminal_has_a_bar_and_no_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(grade_jobs.time, "monotonic", lambda: now[0])
    out = StringIO()
    lines = grade_jobs._Lines(Console(file=out, force_terminal=True), jobs(2))
    now[0] = 100.0
    lines.graded(jobs(2)[0])
    assert out.getvalue() == ""
