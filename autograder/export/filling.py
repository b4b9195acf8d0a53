"""Fills scores into a file from another system: matches rows with students and writes cells."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook
from traitlets import Unicode

from autograder._util.terminal import counted
from autograder.export import unscored
from autograder.export.base import Exporter, Report, write_new
from autograder.export.lossless_csv import Worksheet
from autograder.gradebook.scores import ExportError, Score, Student

_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")

Names = Callable[[Student], tuple[str, ...]]


def any_name(student: Student) -> tuple[str, ...]:
    """All names of a student in the gradebook."""
    return (student.id, student.email, student.lms_user_id)


@dataclass(frozen=True)
class Matching:
    """Student id -> row, or -> the reason why the row is unclear. `other` rows match no student."""

    rows: dict[str, int]
    unclear: dict[str, str]
    other: list[int]


def match(
    sheet: Worksheet,
    rows: list[int],
    students: list[Student],
    columns: Mapping[int, Names],
    report: Report,
) -> Matching:
    """Find each student's row by the one of `columns` in which most students are found.

    The whole class uses one column, because a number may be one student's in a column and another
    student's in the next. Raises ExportError if no student is found.
    """
    best_column = -1
    rows_of: dict[str, list[int]] = {}
    for column, names in columns.items():
        candidates = _find(sheet, rows, students, column, names)
        if len(candidates) > len(rows_of):
            best_column, rows_of = column, candidates
    if not rows_of:
        headings = ", ".join(repr(sheet.heading[column]) for column in columns)
        raise ExportError(
            f"{sheet.name}: no student of the gradebook is in {headings}. Name a CSV file that has them, "
            'with the columns id, email and lms_user_id: roster = "roster.csv" under [tool.autograder] in '
            "pyproject.toml. Then run `autograder roster`"
        )
    report.notes.append(
        f"{sheet.name}: {len(rows_of)} of {counted(len(students), 'student')} found by {sheet.heading[best_column]!r}"
    )
    students_of = defaultdict(list)
    for student, student_rows in rows_of.items():
        for row in student_rows:
            students_of[row].append(student)
    matching = Matching({}, {}, [row for row in rows if row not in students_of])
    for student, student_rows in rows_of.items():
        places = ", ".join(sheet.where(row) for row in student_rows)
        others = sorted({other for row in student_rows for other in students_of[row]} - {student})
        if len(student_rows) > 1:
            matching.unclear[student] = f"has more than one row ({places}). Enter it by hand"
        elif others:
            matching.unclear[student] = (
                f"{places} fits {', '.join(others)} as well. Correct their entries in the gradebook"
            )
        else:
            matching.rows[student] = student_rows[0]
    return matching


def report_unscored(scores: Iterable[Score], report: Report, *, missing_as_zero: bool) -> None:
    """Report the scores that are left as they are in the sheet, since there is none yet."""
    scores = list(scores)
    consequence = "left as is"
    report.missed += unscored.lines(scores, "waiting", "ungraded", consequence=consequence)
    if not missing_as_zero:
        report.notes += unscored.lines(scores, "missing", consequence=consequence)


def row_to_fill(matching: Matching, sheet: Worksheet, score: Score, report: Report) -> int:
    """The row of a score's student, or 0 if there is none; adds the reason to `report`."""
    student = score.student.id
    row = matching.rows.get(student, 0)
    if not row:
        reason = matching.unclear.get(student, f"has no row in {sheet.name}. Enter it by hand")
        report.missed.append(f"{student}/{score.assignment}: {reason}")
    return row


def _find(
    sheet: Worksheet, rows: list[int], students: list[Student], column: int, names: Names
) -> dict[str, list[int]]:
    """Student id -> the rows that name the student in this column, for each student found."""
    index = defaultdict(list)
    for row in rows:
        if name := sheet.read(row, column).strip().casefold():
            index[name].append(row)
    rows_of = {}
    for student in students:
        student_names = {name.strip().casefold() for name in names(student)} - {""}
        if student_rows := sorted(row for name in student_names for row in index.get(name, ())):
            rows_of[student.id] = student_rows
    return rows_of


def number(text: str) -> float | None:
    """A number with a decimal point or comma, as these files write it; None for anything else."""
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def fill(
    sheet: Worksheet,
    row: int,
    column: int,
    score: Score,
    final: float,
    report: Report,
    *,
    maximum: float,
    comma: bool,
    most: float | None = None,
) -> None:
    """Write a `final` score, scaled to `maximum` points, and report a different score that it replaces.

    Writes two decimals, after a comma if `comma`, like Canvas and Moodle. `most` is the highest score
    that the other system accepts. The excess is extra credit, and is reported.
    """
    value = final * (maximum / score.max_score if maximum and score.max_score else 1.0)
    label = f"{score.student.id}/{score.assignment}"
    # Scaling rounds: 11 of 11 points times 100 / 11 is a little more than 100.
    if most is not None and value > most and not math.isclose(value, most):
        report.notes.append(
            f"{label}: {value:.2f} is more than the {most:g} points that are taken; {most:g} it is. "
            "Give the rest by hand"
        )
        value = most
    text = f"{value:.2f}"
    old_text = sheet.read(row, column).strip()
    old_value = number(old_text)
    if old_text and (old_value is None or abs(old_value - value) >= 0.005):
        report.notes.append(f"{label}: {text} takes the place of {old_text}")
    sheet.fill(row, column, text.replace(".", ",") if comma else text)


def scaled(system: str, maximum: float | None, score: Score, report: Report) -> float:
    """The points in the other system, or else in the gradebook; reports a difference."""
    if not maximum or not score.max_score:
        return score.max_score
    if maximum != score.max_score:
        report.notes.append(
            f"{score.assignment}: worth {counted(score.max_score, 'point')} in the gradebook and "
            f"{maximum:g} in {system}; scores are scaled"
        )
    return maximum


class SheetExporter(Exporter):
    """Fills a copy of a file that another system exported and leaves all other cells unchanged."""

    source = Unicode("", help="The file that the other system exported").tag(config=True)
    how_to_get = ""  # what to do if no file is named

    def write(self, gradebook: Gradebook) -> Report:
        """Write the filled file, beside the source unless `to` is set. Raises ExportError."""
        if not self.source:
            option = f"--{type(self).__name__}.source=FILE"
            raise ExportError(f"no file to fill. {self.how_to_get} and name it with {option}")
        source = Path(self.source)
        default = source.with_name(f"{source.stem}-graded{source.suffix}")
        path = Path(self.to) if self.to else default
        sheet = Worksheet(source)
        report = Report(written=[path])
        self.fill_in(sheet, gradebook, report)
        write_new(path, sheet.encode())
        return report

    def fill_in(self, sheet: Worksheet, gradebook: Gradebook, report: Report) -> None:
        """Fill the cells of `sheet`. Raises ExportError."""
        raise NotImplementedError
