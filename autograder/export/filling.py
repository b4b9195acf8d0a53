"""Scores into an instructor's own file: whose row is whose, and what goes into a cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook
from traitlets import Unicode

from autograder.export.base import Exporter, Report, write_new
from autograder.export.lossless_csv import Worksheet
from autograder.gradebook.scores import ExportError, Score, Student

_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")

Names = Callable[[Student], tuple[str, ...]]


def any_name(student: Student) -> tuple[str, ...]:
    """All that the gradebook knows a student by."""
    return (student.id, student.email, student.lms_user_id)


@dataclass(frozen=True)
class Matching:
    """Student's id -> row, or why it is not clear which. `other` are the rows of nobody."""

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
    """Find each student's row by the column, of those given, in which most students are.

    One column for the whole class: a number may be one student's here and another's in the
    next column. Raises ExportError where no student is found at all.
    """
    best = -1
    found: dict[str, list[int]] = {}
    for column, names in columns.items():
        there = _find(sheet, rows, students, column, names)
        if len(there) > len(found):
            best, found = column, there
    if not found:
        named = ", ".join(repr(sheet.heading[column]) for column in columns)
        raise ExportError(
            f"{sheet.name}: no student of the gradebook is in {named}. Tell nbgrader their names "
            "there: `nbgrader db student add <student> --lms-user-id <name>`"
        )
    report.notes.append(
        f"{sheet.name}: {len(found)} of {len(students)} students found by {sheet.heading[best]!r}"
    )
    claims = defaultdict(list)
    for student, theirs in found.items():
        for row in theirs:
            claims[row].append(student)
    matching = Matching({}, {}, [row for row in rows if row not in claims])
    for student, theirs in found.items():
        places = ", ".join(sheet.where(row) for row in theirs)
        others = sorted({each for row in theirs for each in claims[row]} - {student})
        if len(theirs) > 1:
            matching.unclear[student] = f"has more than one row ({places}). Enter it by hand"
        elif others:
            matching.unclear[student] = (
                f"{places} fits {', '.join(others)} as well. Correct their entries in the gradebook"
            )
        else:
            matching.rows[student] = theirs[0]
    return matching


def row_to_fill(matching: Matching, sheet: Worksheet, score: Score, report: Report) -> int:
    """The row that a score belongs into; 0 where there is none, and `report` says why."""
    student = score.student.id
    who = f"{student}/{score.assignment}"
    row = matching.rows.get(student, 0)
    if score.waiting:
        report.missed.append(f"{who}: waits for a grade by hand. Grade it in the formgrader")
    elif score.submitted:
        if not row:
            why = matching.unclear.get(student, f"has no row in {sheet.name}. Enter it by hand")
            report.missed.append(f"{who}: {why}")
        return row
    elif row:
        report.notes.append(f"{who}: nothing was handed in, {sheet.where(row)} is left as it is")
    return 0


def _find(
    sheet: Worksheet, rows: list[int], students: list[Student], column: int, names: Names
) -> dict[str, list[int]]:
    """The rows in which a student is named, for each student who is."""
    index = defaultdict(list)
    for row in rows:
        if name := sheet.read(row, column).strip().casefold():
            index[name].append(row)
    there = {}
    for student in students:
        called = {name.strip().casefold() for name in names(student)} - {""}
        if theirs := sorted(row for name in called for row in index.get(name, ())):
            there[student.id] = theirs
    return there


def number(text: str) -> float | None:
    """A number as these files write it, with a decimal point or comma; None for anything else."""
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def fill(
    sheet: Worksheet,
    row: int,
    column: int,
    score: Score,
    report: Report,
    *,
    maximum: float,
    comma: bool,
    most: float | None = None,
) -> None:
    """Write a final score, scaled to `maximum` points, and say what it takes the place of.

    It has two decimals, after a comma if `comma`, as Canvas and Moodle write them. `most` is
    what the other side takes; the excess is extra credit, and is named.
    """
    final = score.final
    assert final is not None
    value = final * (maximum / score.max_score if maximum and score.max_score else 1.0)
    who = f"{score.student.id}/{score.assignment}"
    if most is not None and value > most:
        report.notes.append(
            f"{who}: {value:.2f} is more than the {most:g} points that are taken; {most:g} it is. "
            "Give the rest by hand"
        )
        value = most
    text = f"{value:.2f}"
    before = sheet.read(row, column).strip()
    there = number(before)
    if before and (there is None or abs(there - value) >= 0.005):
        report.notes.append(f"{who}: {text} takes the place of {before}")
    sheet.fill(row, column, text.replace(".", ",") if comma else text)


def scaled(what: str, maximum: float | None, score: Score, report: Report) -> float:
    """The points of the other side, or the gradebook's where it has none; say if they differ."""
    if not maximum or not score.max_score:
        return score.max_score
    if maximum != score.max_score:
        report.notes.append(
            f"{score.assignment}: {score.max_score:g} points in the gradebook are {maximum:g} in "
            f"{what}; scores are scaled"
        )
    return maximum


class SheetExporter(Exporter):
    """Fills a copy of a file that another system exported; every other cell stays as it is."""

    source = Unicode("", help="The file that the other system exported").tag(config=True)
    how_to_get = ""  # what an instructor does who names no file

    def write(self, gradebook: Gradebook) -> Report:
        """Write the filled file, beside the source if not told where. Raises ExportError."""
        if not self.source:
            raise ExportError(f"no file to fill. {self.how_to_get} and name that file")
        source = Path(self.source)
        beside = source.with_name(f"{source.stem}-graded{source.suffix}")
        path = Path(self.to) if self.to else beside
        sheet = Worksheet(source)
        report = Report(written=[path])
        self.fill_in(sheet, gradebook, report)
        write_new(path, sheet.encode())
        return report

    def fill_in(self, sheet: Worksheet, gradebook: Gradebook, report: Report) -> None:
        """Fill the cells of `sheet`. Raises ExportError."""
        raise NotImplementedError
