"""The zip of graded notebooks that Canvas's SpeedGrader takes: each becomes a comment on its hand-in.

Canvas finds a hand-in by the name that its own archive gave a file, and shows what it gets under the name
that the student handed in, which is a notebook's: so a notebook goes back, not a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell

from autograder._util.i18n import gettext as _
from autograder.gradebook.scores import Score
from autograder.gradebook.worded_points import points_text
from autograder.submissions.hand_ins import HandIn

_CELL_ID = "points-and-comments"


def file_of(hand_in: HandIn, assignment: str) -> str:
    """The path in the archive of the notebook that was graded; empty if none or more than one may be it.

    That is the one with the released name, else the one that holds the assignment, else the only one.
    """
    names = [name for name in hand_in.files if name.casefold().endswith(".ipynb")]
    holding = [name for name, assignments in hand_in.notebooks.items() if assignment in assignments]
    exact = f"{assignment}.ipynb"
    for candidates in ([name for name in names if name == exact], holding, names):
        if len(candidates) == 1:
            return hand_in.files[candidates[0]].spellings[0]
    return ""


def graded_notebook(root: Path, score: Score, comments: Mapping[str, str]) -> bytes | None:
    """The graded notebook of a submission, below its points and a person's comments; None if none can be read.

    Args:
        root: the class's directory.
        score: the submission's points.
        comments: question -> the comment on it.

    """
    student, assignment = score.student.id, score.assignment
    path = root / "autograded" / student / assignment / f"{assignment}.ipynb"
    if Path(student).name != student or not path.is_file():
        return None
    try:
        notebook: Any = nbformat.read(path, as_version=4)
    except Exception:  # nbformat raises anything for a damaged one: grading again writes it anew
        return None
    lines = [f"**{assignment}: {score.final or 0:g} / {score.max_score:g}**", ""]
    if score.penalty:
        lines[1:1] = ["", _("Late submission penalty: -{points:g}").format(points=score.penalty)]
    for question in score.questions:
        points = points_text(question.score or 0.0, question.max_score)
        lines.append(f"- {question.name}: {points}")
        if question.by_hand and (comment := comments.get(question.name)):
            lines += ["", *(f"  {line}" for line in comment.splitlines()), ""]
    cell: Any = new_markdown_cell("\n".join(lines), id=_CELL_ID)
    notebook.cells.insert(0, cell)
    text: str = nbformat.writes(notebook)
    return text.encode()
