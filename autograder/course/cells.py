"""Tells the purposes of notebook cells apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

BEGIN, END = "BEGIN SOLUTION", "END SOLUTION"  # nbgrader's delimiters of a solution region
BEGIN_SCHEME, END_SCHEME = "BEGIN MARK SCHEME", "END MARK SCHEME"  # nbgrader's, of a task's notes
# How the ids of cells begin that the kit adds to a graded notebook: no student's cell has such an id.
NOTES, ABOUT, RUBRIC, TO_GRADE = (
    "submission-notes",
    "about-this-grade",
    "rubric-of-",
    "still-to-grade",
)
KIT_CELLS = (NOTES, ABOUT, RUBRIC, TO_GRADE)
_BLANK = "-solution"  # how the id of a tested question's blank ends
EXPLORATION = "exploration"  # the tag of cells that only students run, never grading


def is_run(cell: Mapping[str, Any]) -> bool:
    """Whether a cell runs unattended, as in grading: code that is neither a test nor exploration."""
    meta = cell["metadata"]
    nbgrader = meta.get("nbgrader", {})
    is_test = nbgrader.get("grade", False) and not nbgrader.get("solution", False)
    return cell["cell_type"] == "code" and not is_test and EXPLORATION not in meta.get("tags", [])


def blank_of(question: str) -> str:
    """The id of the blank in which a tested question is answered."""
    return f"{question}{_BLANK}"


def is_blank_id(cell_id: str) -> bool:
    """Whether a cell with this id is the blank of a tested question."""
    return cell_id.endswith(_BLANK)


def question_answered_in(cell_id: str) -> str:
    """The question that is answered in the cell with this id: a written answer's is the id itself."""
    return cell_id.removesuffix(_BLANK)


def question_of(cell: Mapping[str, Any]) -> str:
    """The question whose points this cell has, be it tested or written; empty for other cells."""
    nbgrader = cell["metadata"].get("nbgrader", {})
    has_points = nbgrader.get("grade") or nbgrader.get("task")
    return str(nbgrader.get("grade_id", "")) if has_points else ""


def written_question_of(cell: Mapping[str, Any]) -> str:
    """The question that a person grades by this cell: a written answer or a task; else empty."""
    nbgrader = cell["metadata"].get("nbgrader", {})
    is_written = nbgrader.get("task") or (nbgrader.get("grade") and nbgrader.get("solution"))
    return question_of(cell) if is_written else ""


def is_locked(cell: Mapping[str, Any]) -> bool:
    """Whether students may not change this cell, as nbgrader tells: an answer's cell is open."""
    nbgrader = cell["metadata"].get("nbgrader", {})
    return not nbgrader.get("solution") and bool(nbgrader.get("locked") or nbgrader.get("grade"))


def is_of_the_kit(cell: Mapping[str, Any]) -> bool:
    """Whether the kit added this cell to a graded notebook or its page."""
    return str(cell.get("id", "")).startswith(KIT_CELLS)


def without_mark_scheme(source: str) -> str:
    """The text of a task as students get it, without the mark scheme, as nbgrader releases it."""
    lines, inside = [], False
    for line in source.split("\n"):
        if BEGIN_SCHEME in line or END_SCHEME in line:
            inside = BEGIN_SCHEME in line
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def with_scheme_named(source: str, heading: str) -> str:
    """The text of a task in which `heading` stands for nbgrader's delimiters of the mark scheme.

    Markdown would show the delimiters, which begin with `###`, as headings.
    """
    lines = [
        f"**{heading}**\n" if BEGIN_SCHEME in line else "" if END_SCHEME in line else line
        for line in source.split("\n")
    ]
    return "\n".join(lines)


def imports_keras(sources: Iterable[str]) -> bool:
    """Whether any of these cells imports Keras or TensorFlow."""
    # No \s at the beginning, which takes line ends too: many empty lines would take quadratic time.
    pattern = re.compile(r"^[^\S\n]*(import|from) (keras|tensorflow)\b", re.MULTILINE)
    return any(pattern.search(source) for source in sources)


def blanked(source: str) -> str:
    """The source of a blank after nbgrader has removed the solution, with the same number of lines."""
    lines, inside = [], False
    for line in source.split("\n"):
        if BEGIN in line:
            inside = True
            lines.append(line[: len(line) - len(line.lstrip())] + "raise NotImplementedError()")
        elif END in line:
            inside = False
            lines.append("")
        else:
            lines.append("" if inside else line)
    return "\n".join(lines)
