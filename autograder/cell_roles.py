"""Which cells of a student's notebook are run where nobody is at it: no checks, no exploration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXPLORATION = "exploration"  # the tag of cells that are the student's to run, never the grader's


def is_run(cell: Mapping[str, Any]) -> bool:
    """Whether a cell, as nbformat 4 has it, holds code that answers are in, or that these need."""
    meta = cell["metadata"]
    nbgrader = meta.get("nbgrader", {})
    checks = nbgrader.get("grade", False) and not nbgrader.get("solution", False)
    return cell["cell_type"] == "code" and not checks and EXPLORATION not in meta.get("tags", [])
