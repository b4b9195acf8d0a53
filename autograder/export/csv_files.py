"""Exports the gradebook as two CSV files: one row for each submission, and one for each question.

`grades.csv`, one row for each student and assignment, has the columns of nbgrader's export:

| column | |
|---|---|
| assignment | its name |
| duedate, timestamp | when it was due and when it was handed in, in UTC; empty if unknown |
| student_id, last_name, first_name, email | as in the gradebook |
| raw_score | points earned so far; empty if nothing was handed in |
| late_submission_penalty | points taken off |
| score | the final score: raw_score minus the penalty, at least 0; empty unless graded |
| max_score | points of the assignment, without extra credit |
| status | graded; waiting for a grade by hand; ungraded: `make grade` has to grade it; missing: nothing handed in |

nbgrader writes 0 if nothing was handed in or graded yet; here such a score is empty, or 0 for what is missing
with `--missing 0`.

`grades-questions.csv` has one row for each student and question of a submission:

| column | |
|---|---|
| student_id, assignment, question | names |
| score | points, including those given by hand and extra credit; empty if a person has yet to give or see it |
| max_score | points of the question; 0 for extra credit |
| waiting | 1 if it has to be graded by hand, else 0 |

Both files are UTF-8, with commas, decimal points and quotation marks around all text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.export import unscored
from autograder.export.base import Exporter, Report, new_file, write_new
from autograder.export.csv_injection import neutral
from autograder.gradebook.scores import Score

GRADES = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score", "status",
)  # fmt: skip
QUESTIONS = ("student_id", "assignment", "question", "score", "max_score", "waiting")

Cell = str | float | None


class CsvExporter(Exporter):
    """Writes grades.csv, or the file named by --to, and the file of its questions beside it."""

    def write(self, gradebook: Gradebook) -> Report:
        """Write both files. Raises ExportError."""
        grades = new_file(Path(self.to or "grades.csv"))
        questions = new_file(grades.with_name(f"{grades.stem}-questions{grades.suffix}"))
        scores = [
            score
            for by_student in self.scores(gradebook).values()
            for score in by_student
            if self.asked_for(score)
        ]
        missing = "counted as 0" if self.missing_as_zero else "left empty"
        rows = [_grade(score, self.final(score)) for score in scores]
        write_new(grades, csv_bytes(GRADES, rows))
        write_new(
            questions, csv_bytes(QUESTIONS, [row for score in scores for row in _questions(score)])
        )
        return Report(
            written=[grades, questions],
            notes=[
                *unscored.lines(scores, "waiting", "ungraded", consequence="left empty"),
                *unscored.lines(scores, "missing", consequence=missing),
            ],
        )


def _grade(score: Score, final: float | None) -> list[Cell]:
    student = score.student
    return [
        score.assignment, score.duedate, score.timestamp,
        student.id, student.last_name, student.first_name, student.email,
        score.raw_score if score.submitted else None,
        score.penalty if score.submitted else None,
        final, score.max_score, unscored.state(score),
    ]  # fmt: skip


def _questions(score: Score) -> list[list[Cell]]:
    names = [score.student.id, score.assignment]
    return [
        [
            *names,
            question.name,
            None if question.waiting else question.score,
            question.max_score,
            int(question.waiting),
        ]
        for question in score.questions
    ]


def csv_bytes(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file (RFC 4180): text quoted and safe for spreadsheets, numbers bare, None as empty."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(heading)
    for row in rows:
        writer.writerow(
            [
                "" if cell is None else neutral(cell) if isinstance(cell, str) else cell
                for cell in row
            ]
        )
    return file.getvalue().encode("utf-8", errors="replace")
