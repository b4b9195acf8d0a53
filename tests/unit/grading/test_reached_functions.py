"""A question is tested again only if its tests may have called a function that failed."""

import pytest

from autograder.grading.reached_functions import may_call
from autograder.sandbox.host.cells import Cell

WINDOW = "def window(size):\n    return size - 2"
RELEASED = {"setup": "import numpy as np", "demo": "for size in (3, 4):\n    print(window(size))"}


def reaches(answer: str, *others: str, used_names: tuple[str, ...] = ("shape",)) -> bool:
    """Whether an answer that defines `shape` may call the student's `window`."""
    cells = [Cell("setup", RELEASED["setup"]), Cell("window-solution", WINDOW)]
    cells += [Cell("demo", RELEASED["demo"]), Cell("shape-solution", answer)]
    cells += [Cell(f"other-{number}", source) for number, source in enumerate(others)]
    names = frozenset(["window"])
    return may_call(names, "shape-solution", used_names, cells, RELEASED)


@pytest.mark.parametrize(
    "answer",
    [
        "def shape(size):\n    return size - 2, size - 2",
        "def shape(size):\n    window = size - 2\n    return window, window",  # its own variable
        "def shape(window):\n    return np.zeros(window).shape",
        "def half(size):\n    return size // 2\n\ndef shape(size):\n    return half(size)",
        "def shape(size):\n    '''Like window(size).'''\n    return [size for size in (1, 2)]",
        "shape = (3, 3)",
    ],
)
def test_what_names_no_function_that_failed_cannot_call_one(answer: str) -> None:
    assert not reaches(answer)


@pytest.mark.parametrize(
    ("answer", "others"),
    [
        ("def shape(size):\n    return window(size), 1", ()),
        ("def shape(size):\n    return [window(side) for side in size]", ()),
        ("shape = window(5)", ()),
        ("def shape(size, of=window):\n    return of(size)", ()),
        ("class Shapes:\n    of = window\n\ndef shape(size):\n    return Shapes.of(size)", ()),
        ("def shape(size):\n    return side(size)", ("def side(size):\n    return window(size)",)),
        ("def shape(size):\n    return side(size)", ("side = lambda size: window(size)",)),
        ("def shape(size):\n    return sides[0](size)", ("sides = []\nsides.append(window)",)),
        ("def shape(size):\n    return sides[0](size)", ("sides = {}\nsides[0] = window",)),
        ("def shape(size):\n    return sides.of(size)", ("sides = np.int64\nsides.of = window",)),
        ("def shape(size):\n    return 1", ("def shape(size):\n    return window(size)",)),
        ("def shape(size):\n    return globals()['win' + 'dow'](size)", ()),
        ("def shape(size):\n    return eval('window(size)')", ()),
        ("import __main__ as m\n\ndef shape(size):\n    return m.window(size)", ()),
        ("def shape(size):\n    return shape.__globals__['window'](size)", ()),
        ("def shape(size):\n    return 1", ("from helpers import *",)),
        ("def shape(size):\n    return 1", ("def broken(:",)),
    ],
)
def test_what_may_call_it_is_tested_again(answer: str, others: tuple[str, ...]) -> None:
    assert reaches(answer, *others)


def test_an_answer_that_did_not_run_is_tested_again() -> None:
    assert may_call(frozenset(["window"]), "shape-solution", ["shape"], [], {})


@pytest.mark.parametrize(
    ("used_names", "expected"),
    [
        (("shape",), False),
        (("shape", "window"), True),
        (("shape", "side"), True),  # a function that calls it
        (("shape", "other"), False),
    ],
)
def test_tests_may_call_it_too(used_names: tuple[str, ...], expected: bool) -> None:
    others = ("def side(size):\n    return window(size)", "def other(size):\n    return size")
    assert reaches("def shape(size):\n    return 1", *others, used_names=used_names) is expected
