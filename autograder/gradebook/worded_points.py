"""Points that nbgrader's feedback page shows in words: unfinished ones, and extra ones."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode

from autograder._util.i18n import gettext as _
from autograder.course.cells import question_of

# nbgrader's template writes "score / points". No text of a student gets onto the page with a "<".
_NO_POINTS = "<!-- extra -->"


class WordedPoints(float):
    """Points for which nbgrader's template shows `text` in place of the number."""

    text: str

    def __new__(cls, points: float, text: str) -> WordedPoints:
        """Points with the text that is shown for them."""
        points_with_words = super().__new__(cls, points)
        points_with_words.text = text
        return points_with_words

    def __round__(self, ndigits: Any = None) -> Any:
        return self

    def __str__(self) -> str:
        return self.text


def points_text(score: float, possible: float) -> str:
    """Points of a question as a line has them: "2 / 3", or "+4 extra" on top of the others."""
    return f"{score:g} / {possible:g}" if possible else _("+{score:g} extra").format(score=score)


def keep_worded(value: Any, default: float = 0.0) -> float:
    """Jinja's filter `float`, except that a WordedPoints stays what it is."""
    if isinstance(value, WordedPoints):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return default


def name_extra_points(notebook: NotebookNode) -> None:
    """Show "+4 extra" for a question whose points come on top of the others, not "4.0 / 0.0"."""
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if question_of(cell) and meta.get("points") == 0:
            score = meta.get("score") or 0.0
            if not isinstance(score, WordedPoints):
                meta["score"] = WordedPoints(score, _("+{score:g} extra").format(score=score))
            meta["points"] = WordedPoints(0.0, _NO_POINTS)


def without_missing_points(page: str) -> str:
    """The page without the slash before points that name_extra_points left out."""
    return page.replace(f" / {_NO_POINTS}", "")
