"""Tells which written answers of a submission are blank, and which texts of it a person grades."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from nbformat import NotebookNode

from autograder._util.digests import json_digest
from autograder.course.cells import is_locked, written_question_of


def blank_answers(
    notebook: NotebookNode,
    released: Sequence[NotebookNode],
    own_cells: Iterable[str],
    stubs: Collection[str],
) -> frozenset[str]:
    """The written questions whose answer is blank: nobody needs to read it, and it earns 0 points.

    That is an answer as it was `released`, or an empty one, with no text beside it: `own_cells` are the
    ids of the student's added Markdown cells, and one of them between this cell and the next of
    nbgrader's may be the answer. `stubs` are what a blank says in any language: the notebook may be
    of a release in another one. A task is never blank: its answer may stand anywhere.
    """
    sources = {cell.id: _without(stubs, cell.source) for cell in released}
    added = set(own_cells)
    cells = notebook.cells
    blank = set()
    for index, cell in enumerate(cells):
        question = written_question_of(cell)
        if not question or is_locked(cell) or cell.get("attachments"):
            continue
        left = ("", sources.get(cell.id))
        if _without(stubs, cell.source) in left and not any(
            neighbour.id in added
            for neighbour in (*_until_next(cells[:index][::-1]), *_until_next(cells[index + 1 :]))
        ):
            blank.add(question)
    return frozenset(blank)


def _without(stubs: Iterable[str], source: str) -> str:
    """A cell's text without what a blank says, line by line."""
    return "\n".join(line for line in source.split("\n") if line.strip() not in stubs).strip()


def text_digest(notebook: NotebookNode) -> str:
    """A digest of all text that a person may grade; empty if the notebook has no written question."""
    if not any(map(written_question_of, notebook.cells)):
        return ""
    return json_digest(
        [
            (cell.id, cell.source, sorted(map(str, cell.get("attachments", {}).items())))
            for cell in notebook.cells
            if cell.cell_type == "markdown" and not is_locked(cell)
        ]
    )


def _until_next(cells: Iterable[NotebookNode]) -> Iterator[NotebookNode]:
    """The cells before the next one that nbgrader knows."""
    for cell in cells:
        if "nbgrader" in cell.metadata:
            return
        yield cell
