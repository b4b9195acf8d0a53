"""Released notebooks with the solution in their blanks, and in some a student's answer instead."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import nbformat

from autograder.authoring.release import Built
from autograder.authoring.validate import filled_in
from autograder.course.course import Assignment
from autograder.notebook.cell_history import defined_names


def answered(built: Built, assignment: Assignment, answers: Mapping[str, str]) -> bytes:
    """The filled-in notebook with other sources in the blanks of the questions in `answers`.

    What a source does not define of its cell, as the second of two functions, stays the solution's.
    """
    notebook = nbformat.reads(filled_in(built.release, built.source).decode(), as_version=4)
    cells = {cell.id: cell for cell in notebook.cells}
    for question in assignment.questions:
        if question.name in answers:
            cell = cells[question.blank]
            cell.source = _in_place(cell.source, answers[question.name])
    return nbformat.writes(notebook).encode()


def _in_place(solution: str, answer: str) -> str:
    """A cell with `answer` in the place of the statements that define the same names."""
    names = defined_names(answer)
    kept, placed = [], False
    for statement in ast.parse(solution).body:
        source = ast.get_source_segment(solution, statement) or ""
        if not defined_names(source) & names:
            kept.append(source)
        elif not placed:
            kept.append(answer)
            placed = True
    assert placed, f"the cell defines none of {sorted(names)}"
    return "\n\n\n".join(kept)
