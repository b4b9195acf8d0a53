"""Cells of absurd length or shape cost the grading process neither minutes nor its memory."""

from __future__ import annotations

import time
import tracemalloc

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.classroom.recognized import _has_while
from autograder.course.cells import imports_keras
from autograder.course.magics import without_magics
from autograder.grading.follow_through import _blank_functions
from autograder.grading.independent_cells import independent_cells
from autograder.grading.reached_functions import may_call
from autograder.sandbox.host.cells import Cell

BLANK = "def add(a, b):\n    raise NotImplementedError()"


@pytest.mark.parametrize("line", ["\n", " \n", "\t\r\n"])
def test_empty_lines_take_linear_time(line: str) -> None:
    """Of 20,000 of them, the search for magics took 19 s."""
    source = f"x = 1{line * 200_000}while_ = 2"
    notebook: nbformat.NotebookNode = new_notebook(cells=[new_code_cell(source)])
    started = time.process_time()
    assert without_magics(source) == source
    assert not imports_keras([source])
    assert not _has_while(notebook)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("indent", ["", "  ", "\n\n  \t"])
def test_what_comes_first_in_a_line_is_found(indent: str) -> None:
    assert without_magics(f"x = 1\n{indent}!ls") != f"x = 1\n{indent}!ls"
    assert imports_keras([f"x = 1\n{indent}import keras"])
    cells = [new_code_cell(f"x = 1\n{indent}while x:\n{indent}  pass")]
    assert _has_while(new_notebook(cells=cells))


def test_what_is_too_long_is_not_parsed() -> None:
    """When in doubt, every cell runs and every question is tested again."""
    cells = [Cell(str(number), "x = 1\n" * 50_000) for number in range(10)]
    cells.append(Cell("add", BLANK))
    released = {"add": BLANK}
    tracemalloc.start()
    assert independent_cells(cells, released) == frozenset()
    assert may_call(frozenset(["add"]), "add", (), cells, released)
    assert _blank_functions(cells) == frozenset()
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert _blank_functions(cells[-1:]) == frozenset(["add"])
