"""Says on a feedback page what a person has graded, and what a person has yet to grade."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from autograder._util.i18n import gettext as _
from autograder._util.i18n import ngettext
from autograder.course.cells import (
    TO_GRADE,
    question_answered_in,
    question_of,
    with_scheme_named,
    without_mark_scheme,
    written_question_of,
)
from autograder.gradebook.worded_points import WordedPoints


def add_scores_by_hand(notebook: NotebookNode, by_hand: Mapping[str, Any]) -> None:
    """Put the mark above the test results, and above a comment.

    `by_hand` maps a question to nbgrader's grade. It has only grades with a score given by hand.
    """
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if (question := written_question_of(cell)) in by_hand:
            _put_above_comment(meta, _written_message(by_hand[question]))
            continue
        if (question := question_of(cell)) in by_hand and cell.cell_type == "code":
            text = _message(by_hand[question])
            data = {"text/html": f"<div><strong>{escape(text)}</strong></div>", "text/plain": text}
            cell.outputs.insert(0, new_output("display_data", data=data))
        answered = question_answered_in(str(meta.get("grade_id", "")))
        if meta.get("solution") and answered in by_hand and meta.get("comment"):
            _put_above_comment(meta, _message(by_hand[answered]))


def add_what_waits(
    notebook: NotebookNode, points: dict[str, Any], waiting: Collection[str]
) -> None:
    """Show that the questions in `waiting` have no points yet, and that the total is not final.

    A mark scheme is for who grades: students see it with the points. `points` are nbgrader's `score`
    and `max_score` of the page; its `score` is changed.
    """
    if not waiting:
        return
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if question_of(cell) in waiting:
            meta["score"] = WordedPoints(float(meta.get("score") or 0.0), _("not graded yet"))
            if written_question_of(cell):
                cell.source = without_mark_scheme(cell.source)
                _put_above_comment(meta, _("Not graded yet: a person grades this."))
    in_order = [name for name in map(question_of, notebook.cells) if name in waiting]
    text = ngettext(
        "Not final: {count} question is still to be graded by a person ({names}). Its points are not "
        "in the total yet.",
        "Not final: {count} questions are still to be graded by a person ({names}). Their points are "
        "not in the total yet.",
        len(in_order),
    ).format(count=len(in_order), names=", ".join(in_order))
    notice: NotebookNode = new_markdown_cell(f"**{text}**")
    notice.id = TO_GRADE
    notebook.cells.insert(0, notice)
    so_far = round(float(points.get("score") or 0.0), 2)
    points["score"] = WordedPoints(so_far, _("{score:g} so far").format(score=so_far))


def leave_out_repeated_comments(notebook: NotebookNode, by_hand: Collection[str]) -> None:
    """Leave out the kit's comment on a blank where the tests below say the same; keep those `by_hand`.

    nbgrader has the comment for the formgrader and for exports, which show no test.
    """
    tested = {
        question_of(cell)
        for cell in notebook.cells
        if cell.cell_type == "code" and question_of(cell) and cell.outputs
    }
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        name = str(meta.get("grade_id", ""))
        if meta.get("comment") and name not in by_hand and question_answered_in(name) in tested:
            meta["comment"] = None


def name_mark_schemes(notebook: NotebookNode) -> None:
    """Put a heading in words above each mark scheme that students see."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and written_question_of(cell):
            cell.source = with_scheme_named(cell.source, _("How this is graded"))


def _put_above_comment(meta: dict[str, Any], text: str) -> None:
    meta["comment"] = "\n\n".join(filter(None, (text, meta.get("comment"))))


def _message(grade: Any) -> str:
    return ngettext(
        "Graded by hand: {score:g} of {possible:g} point. It counts instead of the points that "
        "the tests gave.",
        "Graded by hand: {score:g} of {possible:g} points. They count instead of the points that "
        "the tests gave.",
        grade.max_score,
    ).format(score=grade.score, possible=grade.max_score)


def _written_message(grade: Any) -> str:
    text = ngettext(
        "Graded by a person: {score:g} of {possible:g} point.",
        "Graded by a person: {score:g} of {possible:g} points.",
        grade.max_score,
    ).format(score=grade.score, possible=grade.max_score)
    if grade.needs_manual_grade:
        text += " " + _(
            "You have changed your answer since. These points count until a person has looked again."
        )
    return text
