"""Marks scores given by hand on a feedback page: they count instead of the points from the tests."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder._util.i18n import gettext as _
from autograder.course.cells import question_of


def add_scores_by_hand(notebook: NotebookNode, by_hand: Mapping[str, Any]) -> None:
    """Put the mark above the test results, and above an automatic comment.

    `by_hand` maps a question to nbgrader's grade. It has only grades with a score given by hand.
    """
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if (question := question_of(cell)) in by_hand and cell.cell_type == "code":
            text = _message(by_hand[question])
            data = {"text/html": f"<div><strong>{escape(text)}</strong></div>", "text/plain": text}
            cell.outputs.insert(0, new_output("display_data", data=data))  # type: ignore[no-untyped-call]
        answered = str(meta.get("grade_id", "")).removesuffix("-solution")
        if meta.get("solution") and answered in by_hand and meta.get("comment"):
            meta["comment"] = f"{_message(by_hand[answered])}\n\n{meta['comment']}"


def _message(grade: Any) -> str:
    return _(
        "Graded by hand: {score:g} of {possible:g} points. They count instead of the points that "
        "the tests gave."
    ).format(score=grade.score, possible=grade.max_score)
