"""The tables of the class page as CSV files: students, questions and tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from autograder.classroom.page.last_run import Comparison
from autograder.classroom.page.roster import Row
from autograder.classroom.page.summary import AssignmentSummary
from autograder.classroom.page.written import BLANK, TO_GRADE
from autograder.export.csv_files import Cell, csv_bytes
from autograder.results.outcome import Status

_DIGITS = 4  # of shares and correlations

_QUESTIONS = (
    "assignment", "question", "title", "points", "mean", "pass_rate", "pass_rate_before",
    "discrimination", *(f"students {status}" for status in Status), "students without a record", "students to grade",
)  # fmt: skip
_TESTS = (
    "assignment", "question", "test", "hidden", "pass_rate", *(f"students {status}" for status in Status),
)  # fmt: skip
_ASSIGNMENTS = (
    "assignment", "title", "points", "students", "handed_in", "ungraded", "late", "mean", "standard_deviation",
    "lowest", "lower_quartile", "median", "upper_quartile", "highest", "reliability",
)  # fmt: skip


def csv_tables(
    summaries: Sequence[AssignmentSummary],
    comparisons: Mapping[str, Comparison],
    students: Iterable[Row] | None,
) -> dict[str, bytes]:
    """Table -> its CSV file; without `students`, that of students is left out.

    Shares are from 0 to 1, and means of an assignment are shares of its points.
    """
    tables = {
        "assignments": csv_bytes(_ASSIGNMENTS, map(_assignment, summaries)),
        "questions": csv_bytes(_QUESTIONS, _questions(summaries, comparisons)),
        "tests": csv_bytes(_TESTS, _tests(summaries)),
    }
    if students is not None:
        names = [summary.assignment.name for summary in summaries]
        heading = ("student_id", "last_name", "first_name", *names, "total", "to_look_at")
        tables["students"] = csv_bytes(heading, [_student(row, names) for row in students])
    return tables


def _assignment(summary: AssignmentSummary) -> list[Cell]:
    scores = summary.distribution
    spread: list[Cell] = [None] * 7
    if scores is not None:
        spread = [scores.mean, scores.deviation, scores.low, *scores.quartiles, scores.high]
    return [
        summary.assignment.name, summary.assignment.title, summary.assignment.points,
        len(summary.entries), len(summary.handed_in) + len(summary.ungraded),
        len(summary.ungraded), len(summary.late) if summary.due else None,
        *map(_rounded, spread), _rounded(summary.items.reliability),
    ]  # fmt: skip


def _questions(
    summaries: Iterable[AssignmentSummary], comparisons: Mapping[str, Comparison]
) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for summary in summaries:
        name = summary.assignment.name
        before = comparisons[name].pass_rates if name in comparisons else {}
        for question_summary in summary.questions:
            question = question_summary.question
            rows.append([
                name, question.name, question.title, question.points, _rounded(question_summary.mean),
                _rounded(question_summary.pass_rate), _rounded(before.get(question.name)),
                _rounded(summary.items.discrimination.get(question.name)),
                *(len(question_summary.states[status]) for status in Status), len(question_summary.unknown), None,
            ])  # fmt: skip
        for answered in summary.written:  # a person grades them, so nobody passes or fails
            question, blank = answered.question, {Status.NOT_ATTEMPTED: len(answered.states[BLANK])}
            rows.append([
                name, question.name, question.title, question.points, _rounded(answered.mean),
                None, None, _rounded(summary.items.discrimination.get(question.name)),
                *(blank.get(status) for status in Status), None, len(answered.states[TO_GRADE]),
            ])  # fmt: skip
    return rows


def _tests(summaries: Iterable[AssignmentSummary]) -> list[list[Cell]]:
    return [
        [
            summary.assignment.name, test.question, test.title, int(test.hidden),
            _rounded(test.pass_rate), *(test.counts[status] for status in Status),
        ]
        for summary in summaries
        for test in summary.tests
    ]  # fmt: skip


def _student(row: Row, names: Sequence[str]) -> list[Cell]:
    scores: list[Cell] = [row.entries[name].score.final for name in names]
    student = row.student
    flags = ", ".join(row.flags)
    return [student.id, student.last_name, student.first_name, *scores, row.total, flags]


def _rounded(value: Cell) -> Cell:
    return round(value, _DIGITS) if isinstance(value, float) else value
