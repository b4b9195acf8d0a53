"""Writes scores into a gradebook file that Canvas exported and can import again.

The format in canvas-lms (lib/gradebook_exporter.rb and lib/gradebook_importer.rb):

- a heading: Student (or LastName, FirstName), ID, perhaps SIS User ID, SIS Login ID,
  Integration ID and Root Account, Section, custom columns of the instructor, then
  "<assignment> (<id>)" for each assignment, then totals;
- rows without a student: "Points Possible", which has "(read only)" below the totals, and one with
  only "Manual Posting" or "Muted";
- a student's score, "EX" if the student is excused, "N/A" if the assignment is not for the student.

Canvas accepts decimal points and commas. The exporter uses what the rest of the file uses.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from nbgrader.api import Gradebook
from traitlets import Dict

from autograder.export.base import Report
from autograder.export.filling import (
    Matching,
    SheetExporter,
    any_name,
    fill,
    match,
    number,
    report_unscored,
    row_to_fill,
    scaled,
)
from autograder.export.lossless_csv import Worksheet
from autograder.gradebook.scores import ExportError, Score, Student

_NUMBERED = re.compile(r"^\d+\.\s*")  # as the titles of this course begin
_TITLE_AND_ID = re.compile(r"(.*)\s\((\d+)\)", re.DOTALL)
_NO_STUDENT = re.compile(r"\s*(muted|manual posting.*)?\s*", re.IGNORECASE)
_TEST_STUDENT = "student, test"
_NOT_FILLED = ("EX", "N/A")


def _canvas_id(student: Student) -> tuple[str, ...]:
    """The id in Canvas. Another number of the student could be another student's Canvas id."""
    return (student.lms_user_id or student.id,)


_NAMES = {"SIS Login ID": any_name, "SIS User ID": any_name, "ID": _canvas_id}


class Column(NamedTuple):
    """The column of an assignment in the file, and its points there, or None if it has none."""

    at: int
    points: float | None


class CanvasExporter(SheetExporter):
    """Fills a copy of a gradebook file from Canvas and leaves all other cells unchanged."""

    how_to_get = "Export the gradebook in Canvas"
    columns = Dict(
        help="The column of an assignment, by its title or id in Canvas, where the title is not "
        "the assignment's name here"
    ).tag(config=True)

    def fill_in(self, sheet: Worksheet, gradebook: Gradebook, report: Report) -> None:
        """Fill the columns of the assignments. Raises ExportError."""
        titles = {str(name): str(title) for name, title in self.columns.items()}
        scores = self.scores(gradebook)
        if not self.assignment:
            scores = {
                name: assignment_scores
                for name, assignment_scores in scores.items()
                if name in titles or any(score.submitted for score in assignment_scores)
            }
        # A column is known by the assignment's name or, in Canvas more often, by its notebook's title.
        headings = {
            name: (titles[name],) if name in titles else _headings(name, self.title(name))
            for name in scores
        }
        self._fill(sheet, scores, headings, report)

    def _fill(
        self,
        sheet: Worksheet,
        scores: dict[str, list[Score]],
        headings: dict[str, tuple[str, ...]],
        report: Report,
    ) -> None:
        points, rows = _rows(sheet)
        columns = _columns(sheet, points, headings)
        matching = _match(sheet, rows, scores, report)
        comma = _has_decimal_commas(sheet, [*rows, points])
        for name, column in columns.items():
            maximum = scaled("Canvas", column.points, scores[name][0], report)
            chosen = list(filter(self.asked_for, scores[name]))
            report_unscored(chosen, report, missing_as_zero=self.missing_as_zero)
            for score in chosen:
                if (final := self.final(score)) is None:
                    continue
                row = row_to_fill(matching, sheet, score, report)
                if row and (mark := sheet.read(row, column.at).strip()) in _NOT_FILLED:
                    report.missed.append(
                        f"{score.student.id}/{name}: {sheet.where(row)} says {mark}, left as it is"
                    )
                elif row:
                    fill(sheet, row, column.at, score, final, report, maximum=maximum, comma=comma)


def _match(
    sheet: Worksheet, rows: list[int], scores: dict[str, list[Score]], report: Report
) -> Matching:
    keys = {
        sheet.heading.index(key): names for key, names in _NAMES.items() if key in sheet.heading
    }
    students = [score.student for score in next(iter(scores.values()))]
    matching = match(sheet, rows, students, keys, report)
    for row in matching.other:
        if (name := sheet.read(row, 0).strip()).casefold() != _TEST_STUDENT:
            report.notes.append(
                f"{sheet.where(row)}: {name} is not in the gradebook, left as it is"
            )
    return matching


def _has_decimal_commas(sheet: Worksheet, rows: list[int]) -> bool:
    return any(
        re.fullmatch(r"\d+,\d+", sheet.read(row, at).strip())
        for row in rows
        for at in range(sheet.heading.index("Section") + 1, len(sheet.heading))
    )


def _rows(sheet: Worksheet) -> tuple[int, list[int]]:
    """The row of the points possible, or 0 if there is none, and the rows of students."""
    heading = sheet.heading
    if not {"ID", "Section"} <= set(heading) or heading[0] not in ("Student", "LastName"):
        raise ExportError(
            f"{sheet.name}: its first row is not that of a gradebook from Canvas, which has "
            "Student, ID and Section. Export it again"
        )
    points, rows = 0, []
    for row in sheet.rows:
        if "Points Possible" in sheet.read(row, 0):
            points = row
        elif not all(_NO_STUDENT.fullmatch(sheet.read(row, at)) for at in range(len(heading))):
            rows.append(row)
    return points, rows


def _headings(name: str, title: str) -> tuple[str, ...]:
    """What the column of an assignment may be called: its name, or its title with or without the number."""
    return tuple(dict.fromkeys((name, title, _NUMBERED.sub("", title))))


def _columns(
    sheet: Worksheet, points: int, headings_of: dict[str, tuple[str, ...]]
) -> dict[str, Column]:
    """The column of each assignment, by what it may be called. Raises ExportError with a line for each without."""
    columns, errors = {}, []
    first = sheet.heading.index("Section") + 1
    title_and_id = {
        at: (matched[1].strip(), matched[2])
        for at in range(first, len(sheet.heading))
        if (matched := _TITLE_AND_ID.fullmatch(sheet.heading[at]))
    }
    for name, accepted in headings_of.items():
        folded = {heading.strip().casefold() for heading in accepted}
        places = [
            at
            for at, (title, id_) in title_and_id.items()
            if folded & {id_, sheet.heading[at].casefold(), title.casefold()}
        ]
        prefix = f"{name}: {sheet.name} has"
        if not places:
            headings = ", ".join(sheet.heading[at] for at in title_and_id) or "none"
            errors.append(
                f"{prefix} no column {' or '.join(map(repr, accepted))} (columns: {headings}). Name it "
                f"with --column {name}=ID, by its title or id, or leave the assignment out"
            )
        elif len(places) > 1:
            headings = ", ".join(sheet.heading[at] for at in places)
            errors.append(f"{prefix} more than one column for it ({headings}). Name it by its id")
        else:
            possible = sheet.read(points, places[0]).strip() if points else ""
            columns[name] = Column(places[0], number(possible))
            if possible and number(possible) is None:
                errors.append(
                    f"{prefix} {possible!r} as the points of {sheet.heading[places[0]]}, which is "
                    "no number. Name the column of an assignment"
                )
    used = {column.at for column in columns.values()}
    if len(used) < len(columns):
        errors.append(f"{sheet.name}: two assignments have the same column. Name them by id")
    if not headings_of:
        errors.append("no assignment has a submission yet. Run `make grade` first")
    if errors:
        raise ExportError(*errors)
    return columns
