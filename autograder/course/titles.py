"""Titles of a notebook and its questions: the headings of its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from autograder.course.solution_file import Cell

_HEADING = re.compile(r"^#{2,6} +(\S.*?)[ #]*$", re.MULTILINE)


def notebook_title(cells: Sequence[Cell]) -> str:
    """The first heading; empty if there is none."""
    lines = (line for cell in cells if cell.kind == "markdown" for line in cell.source.splitlines())
    return next((line.lstrip("# ").strip() for line in lines if line.startswith("# ")), "")


def question_titles(cells: Sequence[Cell]) -> dict[str, str]:
    """Question -> its title: the last heading up to its grade cell, below the notebook's own."""
    headings: dict[str, str] = {}
    heading = ""
    for cell in cells:
        if cell.kind == "markdown":
            heading = (_HEADING.findall(cell.source) or [heading])[-1]
        if cell.nbgrader is not None and (cell.is_question or cell.is_written):
            headings[cell.nbgrader.grade_id] = heading
    uses = Counter(headings.values())
    return {
        name: f"{heading} ({name})" if heading and uses[heading] > 1 else heading or name
        for name, heading in headings.items()
    }
