"""Scores into the gradebook file that Canvas exports, which it then imports again.

Canvas writes (lib/gradebook_exporter.rb) and reads (lib/gradebook_importer.rb of canvas-lms):

- a heading: Student (or LastName, FirstName), ID, perhaps SIS User ID, SIS Login ID,
  Integration ID and Root Account, Section, columns of the instructor's own, then
  "<assignment> (<id>)" for each assignment, then totals;
- rows that are no student's: "Points Possible", which says "(read only)" below the totals, and
  one with nothing but "Manual Posting" or "Muted";
- a student's score, "EX" where one is excused, "N/A" where the assignment is not for one.

It takes decimal points and commas alike. We write what the rest of the file has.
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
    row_to_fill,
    scaled,
)
from autograder.export.lossless_csv import Worksheet
from autograder.gradebook.scores import ExportError, Score, Student

_TITLE_AND_ID = re.compile(r"(.*)\s\((\d+)\)", re.DOTALL)
_NO_STUDENT = re.compile(r"\s*(muted|manual posting.*)?\s*", re.IGNORECASE)
_TEST_STUDENT = "student, test"
_LEFT = ("EX", "N/A")


def _canvas_id(student: Student) -> tuple[str, ...]:
    """A number of Canvas's own; another number of the student's must not be taken for it."""
    return (student.lms_user_id or student.id,)


_NAMES = {"SIS Login ID": any_name, "SIS User ID": any_name, "ID": _canvas_id}


class Column(NamedTuple):
    """Where an assignment is in the file, and its points there; None where it has none."""

    at: int
    points: float | None


class CanvasExporter(SheetExporter):
    """Fills a copy of a gradebook file from Canvas; every other cell stays as it is."""

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
                name: each
                for name, each in scores.items()
                if name in titles or any(score.submitted for score in each)
            }
        self._fill(sheet, scores, titles, report)

    def _fill(
        self,
        sheet: Worksheet,
        scores: dict[str, list[Score]],
        titles: dict[str, str],
        report: Report,
    ) -> None:
        points, rows = _rows(sheet)
        columns = _columns(sheet, points, list(scores), titles)
        matching = _match(sheet, rows, scores, report)
        comma = _has_decimal_commas(sheet, [*rows, points])
        for name, column in columns.items():
            maximum = scaled("Canvas", column.points, scores[name][0], report)
            for score in filter(self.asked_for, scores[name]):
                row = row_to_fill(matching, sheet, score, report)
                if row and (there := sheet.read(row, column.at).strip()) in _LEFT:
                    report.missed.append(
                        f"{score.student.id}/{name}: {sheet.where(row)} says {there}, left as it is"
                    )
                elif row:
                    fill(sheet, row, column.at, score, report, maximum=maximum, comma=comma)


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
    """The row of the points possible, 0 where there is none, and the rows of students."""
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


def _columns(
    sheet: Worksheet, points: int, names: list[str], titles: dict[str, str]
) -> dict[str, Column]:
    """The column of each assignment; raises ExportError with a line for each that has none."""
    found, refused = {}, []
    first = sheet.heading.index("Section") + 1
    known = {
        at: (matched[1].strip(), matched[2])
        for at in range(first, len(sheet.heading))
        if (matched := _TITLE_AND_ID.fullmatch(sheet.heading[at]))
    }
    for name in names:
        wanted = titles.get(name, name).strip()
        places = [
            at
            for at, (title, id_) in known.items()
            if wanted in (id_, sheet.heading[at]) or wanted.casefold() == title.casefold()
        ]
        where = f"{name}: {sheet.name} has"
        if not places:
            there = ", ".join(sheet.heading[at] for at in known) or "none"
            refused.append(
                f"{where} no column {wanted!r} (columns: {there}). Name it by its title or id, "
                "or leave the assignment out"
            )
        elif len(places) > 1:
            there = ", ".join(sheet.heading[at] for at in places)
            refused.append(f"{where} more than one column for it ({there}). Name it by its id")
        else:
            possible = sheet.read(points, places[0]).strip() if points else ""
            found[name] = Column(places[0], number(possible))
            if possible and number(possible) is None:
                refused.append(
                    f"{where} {possible!r} as the points of {sheet.heading[places[0]]}, which is "
                    "no number. Name the column of an assignment"
                )
    shared = {column.at for column in found.values()}
    if len(shared) < len(found):
        refused.append(f"{sheet.name}: two assignments have the same column. Name them by id")
    if not names:
        refused.append("no assignment has a submission yet. Run `make grade` first")
    if refused:
        raise ExportError(*refused)
    return found
