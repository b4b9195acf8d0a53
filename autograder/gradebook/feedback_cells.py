"""Fills a graded notebook with outputs, feedback, notes, and the basis of the grade."""

from __future__ import annotations

import base64
from itertools import groupby
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from autograder._util.digests import digest
from autograder._util.i18n import gettext as _
from autograder._util.images import PictureBudget, pictures_omitted
from autograder.course.cells import ABOUT, NOTES, RUBRIC, question_of, written_question_of
from autograder.course.course import Course
from autograder.course.grader_source import GraderSource, read_grader
from autograder.feedback.images import png
from autograder.feedback.render import picture_text, question_parts, question_text
from autograder.feedback.rubric import rubric_lines
from autograder.results.pictures import Picture
from autograder.results.record import GradeRecord
from autograder.submissions.own_cells import fenced

_MAX_DESCRIPTION = 2_000  # characters; those of the kit have a few hundred


def fill_in(
    notebook: NotebookNode, record: GradeRecord, problems: list[str], course: Course
) -> None:
    """Give each code cell its outputs from the record, and each grade cell its feedback.

    Adds a first cell with the `problems` of the submission, if any, a last cell about the grade, and
    above each written question its rubric.
    All pictures of a page share one limit: pictures from tests come first, then those of the student.
    """
    grader = read_grader(course.visible_grader(record.assignment), "grader")
    hints = grader.hints
    budget = PictureBudget()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code:
        if name := question_of(cell):
            cell.outputs = _feedback(name, record, len(hints.get(name, [])), budget)
    for cell in code:
        if not question_of(cell):
            cell.outputs = _valid_outputs(record.outputs.get(cell.id, []), budget)
    notebook.cells = [
        with_rubric
        for cell in notebook.cells
        for with_rubric in (*_rubric(written_question_of(cell), grader), cell)
    ]
    if problems:
        notebook.cells.insert(0, _notes(problems))
    notebook.cells.append(_about(record))


def _feedback(
    question: str, record: GradeRecord, hints: int, budget: PictureBudget
) -> list[NotebookNode]:
    """The feedback on a question: each test's pictures follow it."""
    outcomes = record.outcomes_of(question)
    text = question_text(question, outcomes, hints)
    outputs: list[NotebookNode] = []
    for part in question_parts(question, outcomes, hints):
        data = {"text/html": part.html} | ({} if outputs else {"text/plain": text})
        outputs.append(new_output("display_data", data=data))
        outputs += [_picture(picture, budget) for picture in part.pictures]
    return outputs


def _picture(picture: Picture, budget: PictureBudget) -> NotebookNode:
    """A picture with a text for readers who cannot see it, or the text alone beyond the limit."""
    data = {
        "image/png": base64.b64encode(png(picture)).decode(),
        "text/plain": picture_text(picture),
    }
    if budget.takes("image/png", data["image/png"]):
        metadata = {"image/png": {"alt": picture.text}}
    else:  # its text describes what it would show
        data, metadata = {"text/plain": f"{pictures_omitted(1)} {data['text/plain']}"}, {}
    output: NotebookNode = new_output("display_data", data=data, metadata=metadata)
    return output


def _valid_outputs(outputs: list[dict[str, Any]], budget: PictureBudget) -> list[NotebookNode]:
    """The outputs that nbformat accepts: an invalid one must not cost the student the grade.

    One line replaces the pictures that exceed the limit of the page.
    """
    valid: list[NotebookNode] = []
    omitted_before, line_at = budget.omitted, 0
    for output in outputs:
        picture = output.get("data", {}).get("image/png")
        if picture is not None and not budget.takes("image/png", picture):
            if budget.omitted == omitted_before + 1:
                line_at = len(valid)
            continue
        try:
            nbformat.validate(output, ref="output", version=4)
        except nbformat.ValidationError:
            continue
        checked = nbformat.from_dict(output)
        if "image/png" in checked.get("data", {}):
            checked.metadata.setdefault("alt", _description(checked.data.get("text/plain", "")))
        valid.append(checked)
    if omitted := budget.omitted - omitted_before:
        line = f"{pictures_omitted(omitted)}\n"
        valid.insert(line_at, new_output("stream", name="stdout", text=line))
    return valid


def _rubric(question: str, grader: GraderSource) -> list[NotebookNode]:
    """The cell with the rubric of a written question, for who grades it and for the student; else none."""
    if question not in grader.rubrics:
        return []
    lines = [f"- {line}" for line in rubric_lines(grader.rubrics[question])]
    text = "\n".join([f"**{_('What gives points')}** ({question})", "", *lines])
    cell: NotebookNode = new_markdown_cell(text)
    cell.id = f"{RUBRIC}{digest(question)[:12]}"  # an id has at most 64 characters
    return [cell]


def _description(text: str) -> str:
    """The text alternative of a picture that a cell showed: the kit's figures come with one.

    Any other object's text is its repr, such as "<Figure size 640x480 with 1 Axes>".
    """
    if not text.strip() or text.startswith("<"):
        return _("a picture without a description")
    return text[:_MAX_DESCRIPTION]


def _notes(problems: list[str]) -> NotebookNode:
    """The first cell, which lists what was repaired or left out."""
    text = f"**{_('Notes on this submission')}**\n\n" + fenced("\n".join(problems))
    cell: NotebookNode = new_markdown_cell(text)
    cell.id = NOTES
    return cell


def _about(record: GradeRecord) -> NotebookNode:
    """The last cell, which says what the grade is based on."""
    lines = []
    for (question, recipe), runs in groupby(
        record.trained, key=lambda run: (run.question, run.recipe)
    ):
        accuracies = ", ".join(f"{run.accuracy:.2%} (seed {run.seed})" for run in runs)
        lines.append(f"- {question}, recipe `{recipe[:12]}`: {accuracies}")
    if lines:
        lines = [
            _(
                "Accuracies on the test images. Where the first was close to its threshold, further "
                "seeds were trained, and the mean of all counts."
            )
            + "\n",
            *lines,
            "",
        ]
    lines.append(
        "*"
        + _(
            "About this grade: data tier `{tier}`, record `{record}`. "
            "The same files, kit and kind of machine give the same grade again."
        ).format(tier=record.tier, record=record.key[:12])
        + "*"
    )
    cell: NotebookNode = new_markdown_cell("\n".join(lines))
    cell.id = ABOUT
    return cell
