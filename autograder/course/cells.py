"""Tells the purposes of notebook cells apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

BEGIN, END = "BEGIN SOLUTION", "END SOLUTION"  # nbgrader's delimiters of a solution region
EXPLORATION = "exploration"  # the tag of cells that only students run, never grading


def is_run(cell: Mapping[str, Any]) -> bool:
    """Whether a cell runs unattended, as in grading: code that is neither a test nor exploration."""
    meta = cell["metadata"]
    nbgrader = meta.get("nbgrader", {})
    is_test = nbgrader.get("grade", False) and not nbgrader.get("solution", False)
    return cell["cell_type"] == "code" and not is_test and EXPLORATION not in meta.get("tags", [])


def question_of(cell: Mapping[str, Any]) -> str:
    """The question whose grade cell this is; empty for other cells."""
    nbgrader = cell["metadata"].get("nbgrader", {})
    return str(nbgrader.get("grade_id", "")) if nbgrader.get("grade") else ""


def imports_keras(sources: Iterable[str]) -> bool:
    """Whether any of these cells imports Keras or TensorFlow."""
    pattern = re.compile(r"^\s*(import|from) (keras|tensorflow)\b", re.MULTILINE)
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
