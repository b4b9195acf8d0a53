"""Writes scores into Moodle's offline grading worksheet, which Moodle can import again.

Moodle writes the worksheet in the teacher's language (mod/assign/gradingtable.php) and reads it in
the same language (mod/assign/feedback/offline). It has an identifier ("Participant 123"), the full
name, perhaps email address, username or ID number, the status, the grade, the maximum grade, whether
the grade can be changed, and more. Moodle silently skips a grade that cannot be changed or is above
the maximum. This exporter recognizes the headings and never changes them.
"""

from __future__ import annotations

from nbgrader.api import Gradebook
from traitlets import Dict, Unicode

from autograder._util.i18n import use_language
from autograder._util.terminal import counted
from autograder.export.base import Report
from autograder.export.comment_html import comment_html
from autograder.export.filling import (
    Names,
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
from autograder.export.moodle_headings import HEADINGS, YES, normalized
from autograder.gradebook.comments import read_comments
from autograder.gradebook.scores import ExportError, Score, Student

_NEEDED = ("identifier", "grade", "maximum")


def _lms_id(student: Student) -> tuple[str, ...]:
    """The identifier. It is only valid in its worksheet, so no other number may match it."""
    return (student.lms_user_id,)


_NAMES: dict[str, Names] = {
    "email": any_name,
    "username": any_name,
    "idnumber": any_name,
    "identifier": _lms_id,
}


class MoodleExporter(SheetExporter):
    """Fills a copy of a grading worksheet from Moodle and leaves all other cells unchanged."""

    how_to_get = "Download the grading worksheet in Moodle"
    columns = Dict(
        help="Headings in a language that is not known here: identifier, grade, maximum, "
        "changeable, comments, and one or more of email, username, idnumber"
    ).tag(config=True)
    yes = Unicode("", help="What says, in that language, that a grade can be changed").tag(
        config=True
    )

    def fill_in(self, sheet: Worksheet, gradebook: Gradebook, report: Report) -> None:
        """Fill in the grades of the assignment. Raises ExportError."""
        columns = _columns(sheet, {str(k): str(v) for k, v in self.columns.items()})
        scores = self.scores(gradebook)
        if len(scores) != 1:
            raise ExportError(
                f"{sheet.name}: a worksheet holds one assignment, the gradebook has "
                f"{', '.join(scores) or 'none'}. Name one with --assignment"
            )
        name, assignment_scores = next(iter(scores.items()))
        comments = read_comments(gradebook, name)
        if course := self.course or self._course():
            use_language(course.config.language, course.graders)
        self._fill(sheet, columns, assignment_scores, comments, report)

    def _fill(
        self,
        sheet: Worksheet,
        columns: dict[str, int],
        scores: list[Score],
        comments: dict[str, dict[str, str]],
        report: Report,
    ) -> None:
        keys = {columns[role]: names for role, names in _NAMES.items() if role in columns}
        matching = match(sheet, list(sheet.rows), [score.student for score in scores], keys, report)
        for row in matching.other:
            name = sheet.read(row, columns["identifier"])
            report.notes.append(
                f"{sheet.where(row)}: {name} is not in the gradebook, left as it is"
            )
        reported = 0.0
        commented = 0  # rows that had a comment already
        chosen = list(filter(self.asked_for, scores))
        report_unscored(chosen, report, missing_as_zero=self.missing_as_zero)
        for score in chosen:
            if (final := self.final(score)) is None:
                continue
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
            if maximum != reported:  # report it once: it is normally the same in every row
                reported = scaled("Moodle", maximum, score, report)
            fill(
                sheet, row, columns["grade"], score, final, report,
                maximum=maximum, comma="," in text, most=maximum,
            )  # fmt: skip
            if "comments" in columns:
                if sheet.read(row, columns["comments"]).strip():
                    commented += 1
                else:
                    html = comment_html(score, comments.get(score.student.id, {}))
                    sheet.fill(row, columns["comments"], html)
        if commented:
            heading = sheet.heading[columns["comments"]]
            report.notes.append(
                f"{sheet.name}: {counted(commented, 'row')} with something under {heading!r}, left as it is"
            )

    def _obstacle(
        self, sheet: Worksheet, columns: dict[str, int], row: int, maximum: float | None
    ) -> str:
        """Why Moodle would not accept a grade in this row; empty if it would."""
        if "changeable" in columns:
            answer = sheet.read(row, columns["changeable"]).strip()
            if not answer or normalized(answer) not in YES | {normalized(self.yes)}:
                return f"says {answer!r} to {sheet.heading[columns['changeable']]!r}"
        return "" if maximum else f"has {sheet.read(row, columns['maximum'])!r} as the maximum"


def _columns(sheet: Worksheet, custom: dict[str, str]) -> dict[str, int]:
    """Role -> column. Raises ExportError with a line for each column that is missing or duplicate."""
    columns: dict[str, int] = {}
    errors = [
        f"{role}: is no column to name. There are {', '.join(HEADINGS)}"
        for role in custom
        if role not in HEADINGS
    ]
    headings = [normalized(heading) for heading in sheet.heading]
    for role, standard in HEADINGS.items():
        accepted = {normalized(custom[role])} if role in custom else standard
        matches = [column for column, heading in enumerate(headings) if heading in accepted]
        if len(matches) > 1:
            errors.append(f"{sheet.name}: {sheet.heading[matches[0]]!r} is there twice. Remove one")
        elif matches:
            columns[role] = matches[0]
        elif role in custom or role in _NEEDED:
            missing = f"{custom[role]!r}" if role in custom else f"known heading for the {role}"
            errors.append(
                f"{sheet.name}: no {missing} (headings: {', '.join(sheet.heading)}). Name the column, "
                f"as in {role}=<heading>"
            )
    if errors:
        raise ExportError(*errors)
    return columns
