"""What the cells of a notebook are for: answers, grades of questions, exploration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXPLORATION = "exploration"  # the tag of cells that are the student's to run, never the grader's


def is_run(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is run where nobody is at it: code that answers are in, or that these need."""
    meta = cell["metadata"]
    nbgrader = meta.get("nbgrader", {})
    checks = nbgrader.get("grade", False) and not nbgrader.get("solution", False)
    return cell["cell_type"] == "code" and not checks and EXPLORATION not in meta.get("tags", [])


def question_of(cell: Mapping[str, Any]) -> str:
    """The question that a cell is the grade cell of; empty for other cells."""
    nbgrader = cell["metadata"].get("nbgrader", {})
    return str(nbgrader.get("grade_id", "")) if nbgrader.get("grade") else ""
