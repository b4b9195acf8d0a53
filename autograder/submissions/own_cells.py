"""Cells that a student added to a notebook, as the cells that are graded and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.submissions.notebook_json import StudentCell


def own_cell(cell: StudentCell, numbers: Mapping[str, Iterator[int]]) -> NotebookNode:
    """A student's own cell; its id depends only on its place among those of its kind."""
    made: NotebookNode
    if cell.kind == "code":
        return _named(new_code_cell(cell.source), f"own-{next(numbers['own'])}")  # type: ignore[no-untyped-call]
    source = cell.source if cell.kind == "markdown" else fenced(cell.source)
    made = new_markdown_cell(source)  # type: ignore[no-untyped-call]
    if cell.attachments:
        made.attachments = cell.attachments
    return _named(made, f"note-{next(numbers['note'])}")


def _named(cell: NotebookNode, name: str) -> NotebookNode:
    cell.id = name
    return cell


def fenced(text: str) -> str:
    """A raw cell as a code block: nbconvert would pass it into pages as it is."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"
