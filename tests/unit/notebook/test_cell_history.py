"""A name in memory that the notebook no longer defines is refused, with what grading would say."""

import pytest

from autograder.notebook.cell_history import Cells, defined_names
from autograder.results.outcome import NotAttempted, StudentCrash

FUNCTION = "def stride(size):\n    return size\n"


def test_what_a_cell_defines() -> None:
    source = """
import numpy as np
def stride(): inner = 1
class Pool: attribute = 2
total, (first, *rest) = 1, (2, 3)
for row in rest:
    last = row
counted: int = 3
memory["conv"] = 4
try:
    def safe(): inner = 5
except ImportError:
    squares = [largest := number**2 for number in rest]
match rest:
    case {"kernel": kernel, **others}:
        pass
    case [head, *tail] as sizes:
        pass
"""
    names = {"stride", "Pool", "total", "first", "rest", "row", "last", "counted"}
    names |= {"safe", "squares", "largest", "kernel", "others", "head", "tail", "sizes"}
    assert defined_names(source) == names
    assert defined_names(source, before=5) == {"stride", "Pool"}


@pytest.mark.parametrize(
    "source",
    ["def stride(size:\n    return", "stride = 3 +\n", "%time\ndef stride(): pass"],
)
def test_a_cell_with_a_mistake_is_read_by_its_lines(source: str) -> None:
    assert defined_names(source) == {"stride"}


def test_what_is_defined_by_its_cell_is_tested() -> None:
    cells = Cells()
    cells.refuse_stale("stride")  # nothing is known of it
    cells.ran("one", FUNCTION)
    cells.ran("two", "other = 1\n")
    cells.ran("one", FUNCTION.replace("size\n", "size + 1\n"))
    cells.refuse_stale("stride")
    cells.refuse_stale("other")


def test_a_syntax_error_makes_the_old_function_stale() -> None:
    cells = Cells()
    cells.ran("one", FUNCTION)
    cells.ran("one", "def stride(size:\n    return size\n", "SyntaxError: invalid syntax")
    with pytest.raises(
        StudentCrash, match=r"stopped: SyntaxError: invalid syntax\nAn older stride"
    ):
        cells.refuse_stale("stride")
    cells.ran("one", FUNCTION)
    cells.refuse_stale("stride")


def test_an_error_of_a_cell_that_was_mended_is_forgotten() -> None:
    """The function has another name now, so only its older version is left in memory."""
    cells = Cells()
    cells.ran("one", FUNCTION)
    cells.ran("one", "def stride(size:\n    return size\n", "SyntaxError: invalid syntax")
    cells.ran("two", "other = 1\n")
    with pytest.raises(StudentCrash, match="stopped: SyntaxError"):
        cells.refuse_stale("stride")
    cells.ran("one", FUNCTION.replace("stride", "strides"))
    with pytest.raises(NotAttempted, match="stride is not defined any more"):
        cells.refuse_stale("stride")


def test_an_error_of_the_first_run_is_named() -> None:
    cells = Cells()
    cells.refuse_failed("stride")  # nothing is known of it
    cells.ran("one", "def stride(size:\n    return size\n", "SyntaxError: invalid syntax")
    with pytest.raises(StudentCrash, match=r"stopped: SyntaxError: invalid syntax$"):
        cells.refuse_failed("stride")
    cells.ran("two", "total = no_such\n", "NameError: name 'no_such' is not defined", line=1)
    with pytest.raises(StudentCrash, match="stopped: NameError"):
        cells.refuse_failed("total")
    cells.refuse_failed("other")


def test_a_blank_that_was_run_is_no_error() -> None:
    cells = Cells()
    source = "raise NotImplementedError()\nstride = 1\n"
    cells.ran("one", source, "NotImplementedError: ", line=1)
    cells.refuse_failed("stride")


def test_an_error_behind_the_definition_does_not() -> None:
    cells = Cells()
    cells.ran("one", FUNCTION + "stride(1 / 0)\nlater = 1\n", "ZeroDivisionError: ...", line=3)
    cells.refuse_stale("stride")
    with pytest.raises(StudentCrash):
        cells.refuse_stale("later")


def test_a_renamed_function_is_not_defined_any_more() -> None:
    cells = Cells()
    cells.ran("one", FUNCTION)
    cells.ran("one", FUNCTION.replace("stride", "strides"))
    with pytest.raises(NotAttempted, match="stride is not defined any more"):
        cells.refuse_stale("stride")
    cells.refuse_stale("strides")
    cells.ran("two", FUNCTION)  # moved to another cell
    cells.refuse_stale("stride")


@pytest.mark.parametrize(
    "source",
    [
        "if True:\n    def stride(size):\n        return size\n",
        "from helpers import stride\n",
        "from helpers import *\n",
        "import helpers as stride\n",
    ],
)
def test_a_function_that_its_cell_defines_in_another_way_is_tested(source: str) -> None:
    cells = Cells()
    cells.ran("one", FUNCTION)
    cells.ran("one", source)
    cells.refuse_stale("stride")


def test_an_import_takes_the_place_of_a_function_that_stopped() -> None:
    cells = Cells()
    cells.ran("one", "def stride(size:\n    return size\n", "SyntaxError: invalid syntax")
    cells.ran("one", "from helpers import stride\n", "ModuleNotFoundError: helpers", 1)
    with pytest.raises(StudentCrash, match="stopped: ModuleNotFoundError"):
        cells.refuse_stale("stride")
    cells.ran("one", "from helpers import stride\n")
    cells.refuse_stale("stride")


def test_a_front_end_that_names_no_cells_is_believed() -> None:
    cells = Cells()
    cells.ran("", FUNCTION)
    cells.ran("", "unrelated = 1\n")
    cells.refuse_stale("stride")


def test_what_the_cell_of_a_name_uses() -> None:
    cells = Cells()
    cells.ran("size", "def size(a):\n    return a\n")
    cells.ran(
        "pool", "def helper(a):\n    return size(a)\n\n\ndef pool(a):\n    return helper(a)\n"
    )
    cells.ran("seven", "seven = pool(IMAGE)\n")
    cells.ran("other", "def other(a, pool):\n    return len(a) + pool\n")  # a parameter
    cells.ran("shown", "numbers = 3\nprint(pool(numbers))\n")
    cells.ran("more", "def more(a):\n    return a + numbers\n")  # a variable
    assert cells.used_by({"pool"}) == {"size"}
    assert cells.used_by({"seven"}) == {"pool", "size"}
    assert cells.used_by({"other", "more", "never defined"}) == set()


def test_two_cells_that_use_each_other() -> None:
    cells = Cells()
    cells.ran("even", "def even(n):\n    return n == 0 or odd(n - 1)\n")
    cells.ran("odd", "def odd(n):\n    return n != 0 and even(n - 1)\n")
    assert cells.used_by({"even"}) >= {"odd"}


def test_a_cell_that_is_no_python_uses_nothing() -> None:
    cells = Cells()
    cells.ran("size", "def size(a):\n    return a\n")
    cells.ran("pool", "%time\ndef pool(a): return size(a)")
    assert cells.used_by({"pool"}) == set()


DATA = "(images, labels), (test_images, _) = load_fashion_mnist_sample()\nimages = images / 255\n"


@pytest.mark.parametrize(
    "cells",
    [
        {"answer": "def rung():\n    return images.mean()\n"},
        {"answer": "def rung():\n    return mean\n", "own": "mean = images.mean()\n"},
        {"answer": "def rung():\n    return mean()\n", "own": "def mean(): return images.mean()\n"},
        {"answer": "mean = images.mean()\ndef rung():\n    return mean\n"},
    ],
)
def test_images_of_a_cell_that_grading_does_not_run_are_refused(cells: dict[str, str]) -> None:
    history = Cells()
    history.ran("data", DATA)
    for cell, source in cells.items():
        history.ran(cell, source)
    with pytest.raises(StudentCrash, match="uses images, from a cell that loads images"):
        history.refuse_loaded("rung")


@pytest.mark.parametrize(
    "source",
    [
        "def rung(images):\n    return images.mean()\n",
        "def rung():\n    images = np.zeros(3)\n    return images\n",
        "def rung():\n    return 3\n",
        "def rung():\n    from autograder.datasets import load_mnist_sample\n"
        "    return load_mnist_sample()\n",
    ],
)
def test_what_needs_no_loaded_images_is_tested(source: str) -> None:
    history = Cells()
    history.ran("data", DATA)
    history.ran("answer", source)
    history.refuse_loaded("rung")
    history.refuse_loaded("nothing")


def test_without_ids_of_cells_nothing_is_refused() -> None:
    history = Cells()
    history.ran("", DATA)
    history.ran("", "def rung():\n    return images.mean()\n")
    history.refuse_loaded("rung")
