"""Scores into Moodle's offline grading worksheet, which it then takes back.

Moodle writes it in the teacher's language (mod/assign/gradingtable.php) and reads it in the
same one (mod/assign/feedback/offline): an identifier ("Participant 123"), the full name,
perhaps email address, username or ID number, the status, the grade, the maximum grade, whether
the grade can be changed, and more. It leaves a grade out, without a word, that cannot be
changed or is above the maximum. Headings are never changed here, only recognized.
"""

from __future__ import annotations

from nbgrader.api import Gradebook
from traitlets import Dict, Unicode

from autograder.export.base import Report
from autograder.export.filling import (
    Names,
    SheetExporter,
    any_name,
    fill,
    match,
    number,
    row_to_fill,
    scaled,
)
from autograder.export.lossless_csv import Worksheet
from autograder.export.moodle_headings import HEADINGS, YES, normalized
from autograder.gradebook.scores import ExportError, Score, Student

_NEEDED = ("identifier", "grade", "maximum")


def _lms_id(student: Student) -> tuple[str, ...]:
    """An identifier is of one worksheet alone; another number must not be taken for it."""
    return (student.lms_user_id,)


_NAMES: dict[str, Names] = {
    "email": any_name,
    "username": any_name,
    "idnumber": any_name,
    "identifier": _lms_id,
}


class MoodleExporter(SheetExporter):
    """Fills a copy of a grading worksheet from Moodle; every other cell stays as it is."""

    how_to_get = "Download the grading worksheet in Moodle"
    columns = Dict(
        help="Headings in a language that is not known here: identifier, grade, maximum, "
        "changeable, and one or more of email, username, idnumber"
    ).tag(config=True)
    yes = Unicode("", help="What says, in that language, that a grade can be changed").tag(
        config=True
    )

    def fill_in(self, sheet: Worksheet, gradebook: Gradebook, report: Report) -> None:
        """Fill the grades of the one assignment. Raises ExportError."""
        columns = _columns(sheet, {str(k): str(v) for k, v in self.columns.items()})
        found = self.scores(gradebook)
        if len(found) != 1:
            raise ExportError(
                f"{sheet.name}: a worksheet holds one assignment, the gradebook has "
                f"{', '.join(found) or 'none'}. Name one with --assignment"
            )
        self._fill(sheet, columns, next(iter(found.values())), report)

    def _fill(
        self, sheet: Worksheet, columns: dict[str, int], scores: list[Score], report: Report
    ) -> None:
        keys = {columns[role]: names for role, names in _NAMES.items() if role in columns}
        matching = match(sheet, list(sheet.rows), [each.student for each in scores], keys, report)
        for row in matching.other:
            who = sheet.read(row, columns["identifier"])
            report.notes.append(f"{sheet.where(row)}: {who} is not in the gradebook, left as it is")
        said = 0.0
        for score in filter(self.asked_for, scores):
            row = row_to_fill(matching, sheet, score, report)
            if not row:
                continue
            text = sheet.read(row, columns["maximum"]).strip()
            maximum = number(text)
            if obstacle := self._obstacle(sheet, columns, row, maximum):
                report.missed.append(
                    f"{score.student.id}/{score.assignment}: {sheet.where(row)} {obstacle}, left as it is"
                )
                continue
            assert maximum is not None
            if maximum != said:  # every row has it, as a rule the same
                said = scaled("Moodle", maximum, score, report)
            fill(
                sheet, row, columns["grade"], score, report,
                maximum=maximum, comma="," in text, most=maximum,
            )  # fmt: skip

    def _obstacle(
        self, sheet: Worksheet, columns: dict[str, int], row: int, maximum: float | None
    ) -> str:
        """Why Moodle would not take a grade in this row; empty where it would."""
        if "changeable" in columns:
            says = sheet.read(row, columns["changeable"]).strip()
            if not says or normalized(says) not in YES | {normalized(self.yes)}:
                return f"says {says!r} to {sheet.heading[columns['changeable']]!r}"
        return "" if maximum else f"has {sheet.read(row, columns['maximum'])!r} as the maximum"


def _columns(sheet: Worksheet, given: dict[str, str]) -> dict[str, int]:
    """Where each column is; raises ExportError with a line for each that is missing or double."""
    places: dict[str, int] = {}
    refused = [
        f"{role}: is no column to name. There are {', '.join(HEADINGS)}"
        for role in given
        if role not in HEADINGS
    ]
    headings = [normalized(heading) for heading in sheet.heading]
    for role, known in HEADINGS.items():
        wanted = {normalized(given[role])} if role in given else known
        at = [place for place, heading in enumerate(headings) if heading in wanted]
        if len(at) > 1:
            refused.append(f"{sheet.name}: {sheet.heading[at[0]]!r} is there twice. Remove one")
        elif at:
            places[role] = at[0]
        elif role in given or role in _NEEDED:
            what = f"{given[role]!r}" if role in given else f"known heading for the {role}"
            refused.append(
                f"{sheet.name}: no {what} (headings: {', '.join(sheet.heading)}). Name the column, "
                f"as in {role}=<heading>"
            )
    if refused:
        raise ExportError(*refused)
    return places
