"""Chooses the cells of a notebook that grading runs."""

from __future__ import annotations

from typing import Any

from autograder.course.cells import is_locked, is_run
from autograder.sandbox.host.cells import Cell


def cells_to_run(notebook: Any) -> list[Cell]:
    """The code cells that grading runs: neither grade cells nor exploration cells."""
    cells = []
    for cell in notebook.cells:
        if is_run(cell) and cell.source.strip():
            cells.append(Cell(cell.id, cell.source, is_locked(cell)))
    return cells
