"""Turns cells that a student added to a notebook into cells to grade and to show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.submissions.notebook_json import StudentCell


def own_cell(cell: StudentCell, numbers: Mapping[str, Iterator[int]]) -> NotebookNode:
    """The notebook cell for an added cell. Its id is its number among the added cells of its kind."""
    markdown_cell: NotebookNode
    if cell.kind == "code":
        return _with_id(new_code_cell(cell.source), f"own-{next(numbers['own'])}")
    source = cell.source if cell.kind == "markdown" else fenced(cell.source)
    markdown_cell = new_markdown_cell(source)
    if cell.attachments:
        markdown_cell.attachments = cell.attachments
    return _with_id(markdown_cell, f"note-{next(numbers['note'])}")


def _with_id(cell: NotebookNode, name: str) -> NotebookNode:
    cell.id = name
    return cell


def fenced(text: str) -> str:
    """A raw cell as a code block: nbconvert would copy it into pages unescaped."""
    longest = max((len(backticks) for backticks in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"
