"""What the cells of a notebook are for, and what of their source is Python that students write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

BEGIN, END = "BEGIN SOLUTION", "END SOLUTION"  # nbgrader's marks of a solution region
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


def imports_keras(sources: Iterable[str]) -> bool:
    """Whether any of these cells imports Keras or TensorFlow."""
    pattern = re.compile(r"^\s*(import|from) (keras|tensorflow)\b", re.MULTILINE)
    return any(pattern.search(source) for source in sources)


def blanked(source: str) -> str:
    """What nbgrader leaves of a blank, line for line."""
    kept, inside = [], False
    for line in source.split("\n"):
        if BEGIN in line:
            inside = True
            kept.append(line[: len(line) - len(line.lstrip())] + "raise NotImplementedError()")
        elif END in line:
            inside = False
            kept.append("")
        else:
            kept.append("" if inside else line)
    return "\n".join(kept)


def without_magics(source: str) -> str:
    """A cell as plain Python: lines of IPython magic and shell commands left out."""
    lines = source.split("\n")
    if lines[0].startswith("%%"):
        return ""
    return "\n".join("" if re.match(r"\s*[%!]", line) else line for line in lines)
