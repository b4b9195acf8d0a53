"""The feedback page for a notebook whose usual page takes too long: only scores and messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from nbformat import NotebookNode

from autograder._util.i18n import gettext as _
from autograder._util.i18n import ngettext
from autograder.course.cells import is_of_the_kit, question_of
from autograder.gradebook.worded_points import WordedPoints


def plain_page(
    notebook: NotebookNode, resources: Mapping[str, Any], head: str, language: str, seconds: float
) -> str:
    """A page that no text of a student can make slow: it only escapes text and renders no Markdown.

    `notebook` is the input of the usual page, with scores and comments.
    """
    notice = _(
        "Your answers and what your cells showed are left out: to write them took longer than "
        "{seconds:g} s. They are in the notebook that you handed in. Scores and messages are "
        "complete."
    ).format(seconds=seconds)
    metadata = resources.get("nbgrader", {})
    title = escape(str(metadata.get("notebook", "")))
    parts = [
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8"/>',
        f"<title>{title}</title>\n{head}</head>\n<body>",
        f"<h1>{title}{escape(_score(metadata.get('score'), metadata.get('max_score')))}</h1>",
        f"<p><strong>{escape(notice)}</strong></p>",
    ]
    if penalty := metadata.get("late_penalty"):
        penalty_line = _("Late submission penalty: -{points:g}").format(points=penalty)
        parts.append(f"<p>{escape(penalty_line)}</p>")
    for cell in notebook.cells:
        parts += _cell(cell)
    return "\n".join([*parts, "</body>\n</html>\n"])


def _cell(cell: NotebookNode) -> Iterator[str]:
    """The parts of the page about a cell: its score, its comment, its feedback."""
    meta = cell.metadata.get("nbgrader", {})
    if meta.get("grade") or meta.get("task"):
        heading = f"{meta.get('grade_id', '')}{_score(meta.get('score'), meta.get('points'))}"
        yield f"<h2>{escape(heading)}</h2>"
    if comment := meta.get("comment"):
        yield f"<pre>{escape(str(comment))}</pre>"
    if is_of_the_kit(cell):
        yield f"<pre>{escape(cell.source)}</pre>"
    elif question_of(cell) and cell.cell_type == "code":
        for output in cell.outputs:
            if text := output.get("data", {}).get("text/plain"):
                yield f"<pre>{escape(text)}</pre>"


def _score(score: float | None, possible: float | None) -> str:
    if score is None or possible is None:
        return ""
    if isinstance(score, WordedPoints):
        if isinstance(possible, WordedPoints):  # extra points
            return f" ({score.text})"
        text = ngettext(
            " ({score}, of {possible:g} point)", " ({score}, of {possible:g} points)", possible
        )
        return text.format(score=score.text, possible=possible)
    text = ngettext(
        " ({score:g} of {possible:g} point)", " ({score:g} of {possible:g} points)", possible
    )
    return text.format(score=score, possible=possible)
