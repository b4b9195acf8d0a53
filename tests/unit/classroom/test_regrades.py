"""`autograder regrades` begins at the heading of the last run, whatever a student's message holds."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
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


def test_tests_of_one_title_are_compared_each_with_itself() -> None:
    """Two wrong hidden tests, of which the first gets right: the second must not stand for both."""

    def outcomes(*points: float) -> list[TestOutcome]:
        return [
            TestOutcome(
                question="add", title="Adds.", points=earned, max_points=1, hidden=place > 0,
                status=Status.PASSED if earned else Status.FAILED,
            )
            for place, earned in enumerate(points)
        ]  # fmt: skip

    before = record(Status.FAILED, "")
    for changed in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
        lines = differences(
            msgspec.structs.replace(before, outcomes=outcomes(0, 0, 0)),
            msgspec.structs.replace(before, outcomes=outcomes(*changed)),
        )
        assert list(lines) == ['add, "Adds": was failed (0 points), is passed (1 point)']


def test_a_course_in_another_language_has_the_same_tests() -> None:
    """Every title is another one then; the tests of a question keep their order."""

    def graded(titles: tuple[str, ...], *points: float) -> GradeRecord:
        outcomes = [
            TestOutcome(
                question="add", title=title, points=earned, max_points=1, hidden=False,
                status=Status.PASSED if earned else Status.FAILED,
            )
            for title, earned in zip(titles, points, strict=True)
        ]  # fmt: skip
        return msgspec.structs.replace(record(Status.FAILED, ""), outcomes=outcomes)

    before = graded(("Small numbers.", "Large numbers."), 1, 0)
    assert list(differences(before, graded(("小数。", "大数。"), 1, 0))) == []
    [line] = differences(before, graded(("小数。", "大数。"), 1, 1))
    assert line == 'add, "Large numbers": was failed (0 points), is passed (1 point)'
