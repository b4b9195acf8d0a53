"""Which cells of a notebook need not run, since their outputs depend on the release alone."""

from __future__ import annotations

import pytest

from autograder.grading.independent_cells import independent_cells
from autograder.sandbox.host.cells import Cell

SETUP = "import numpy as np\nfrom autograder import check, figures\nSHAPES = {'conv': (24, 24)}"
BLANK = "def area(shape):\n    return shape[0] * shape[1]"
FIGURE = "figures.network(SHAPES)"


def independent(*sources: str, student: tuple[str, ...] = (BLANK,)) -> list[str]:
    """The sources that need not run, in a notebook of these cells; those of `student` are not released."""
    cells = [Cell(str(number), source) for number, source in enumerate(sources)]
    released = {cell.id: cell.source for cell in cells if cell.source not in student}
    chosen = independent_cells(cells, released)
    return [cell.source for cell in cells if cell.id in chosen]


@pytest.mark.parametrize(
    "figure",
    [
        FIGURE,
        "figures.window_positions(size=5, kernel=3)",
        "_map = np.array([[1, 9], [3, 3]])\nfigures.pooling_blocks(_map, pool=2)",
        "print(len(SHAPES))",
        "figures.images_beside({'zeros': np.zeros((2, 2))})",
    ],
)
def test_a_figure_from_the_numbers_in_its_cell(figure: str) -> None:
    assert independent(SETUP, figure, BLANK) == [figure]


@pytest.mark.parametrize(
    "figure",
    [
        "figures.network(area)",
        "figures.network(unknown)",
        "print(area((2, 3)))",
        "figures.network(np.random.random(3))",
        "np.random.seed(0)",
        "np.set_printoptions(precision=2)",
        "with unless_blank():\n    figures.network(SHAPES)",
        "for name in SHAPES:\n    print(name)",
        "SHAPES['conv'] = 1",
        "figures.network = print",
        "SHAPES.clear()",
        "def drawn():\n    figures.network(SHAPES)",
        "import os",
        "figures.network([check('area') for _ in range(2)])",
        "open('file', 'w')",
        "%matplotlib inline\nfigures.network(SHAPES)",
    ],
)
def test_a_cell_that_may_do_anything_else_runs(figure: str) -> None:
    assert independent(SETUP, BLANK, figure) == []


@pytest.mark.parametrize(
    "before",
    [
        "figures = None",
        "import something as figures",
        "def figures():\n    pass",
        "figures.network = print",
        "SHAPES['conv'] = (1, 1)",
        "def area(shape):\n    SHAPES.clear()",
        "other = SHAPES\nother.clear()",
        "exec('SHAPES = {}')",
        "globals()['SHAPES'] = {}",
        "from something import *",
        "try:\n    pass\nexcept ValueError as figures:\n    pass",
        "match 1:\n    case figures:\n        pass",
        "match {}:\n    case {**figures}:\n        pass",
        "setattr(figures, 'network', print)",
        "def broken(:",
    ],
)
def test_a_student_who_may_have_changed_it_gets_what_runs(before: str) -> None:
    assert independent(SETUP, before, FIGURE, student=(before,)) == []
    if "broken" not in before:
        assert independent(SETUP, FIGURE, before, student=(before,)) == [FIGURE]


def test_a_student_who_took_the_name_of_a_builtin_gets_what_runs() -> None:
    taken, figure = "print = max", "print(len(SHAPES))"
    assert independent(SETUP, taken, figure, student=(taken,)) == []


def test_a_changed_figure_runs() -> None:
    changed = "figures.window_positions(size=7, kernel=3)"
    assert independent(SETUP, changed, FIGURE, student=(changed,)) == [FIGURE]


def test_names_that_another_cell_reads_are_made() -> None:
    numbers = "square = np.zeros((3, 3))\nfigures.network(square)"
    assert independent(SETUP, numbers, BLANK) == [numbers]
    assert independent(SETUP, numbers, "print(area(square.shape))", BLANK) == []


def test_a_figure_before_its_imports_runs() -> None:
    assert independent(FIGURE, SETUP, BLANK) == []
