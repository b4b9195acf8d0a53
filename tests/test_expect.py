"""Comparing an answer: shape first, then type, then values; and when help is given."""

from typing import Any

import numpy as np
import pytest

from autograder.expect import difference, expect
from autograder.jail.values import Opaque
from autograder.outcome import Mismatch
from autograder.student import NotebookStudent

ONES = np.ones((2, 3))


@pytest.mark.parametrize(
    ("returned", "expected", "line"),
    [
        (3, 3, None),
        (np.int64(3), 3, None),
        (3.0, 3, "the type is float; expected int"),
        (True, 1, "the type is bool; expected int"),
        (np.array(3), 3, None),
        (np.array([3]), 3, "the type is ndarray; expected int"),
        (Opaque("set", "{3}"), 3, "the type is set; expected int"),
        (4, 3, ""),
        (0.1 + 0.2, 0.3, None),
        (1, 1.0, None),
        ("1", 1.0, "the type is str; expected float"),
        ([1, 2], (1, 2), None),
        ((1, 2, 3), (1, 2), "it has length 3; expected length 2"),
        ((1, 3), (1, 2), ""),
        (5, (1, 2), "the type is int; expected tuple"),
        (None, (1, 2), "the type is NoneType; expected tuple"),
        (ONES, ONES, None),
        (ONES.astype(np.float32), ONES, None),
        (ONES.tolist(), ONES, "the type is list; expected ndarray"),
        (np.ones((3, 2)), ONES, "the shape is (3, 2); expected shape (2, 3)"),
        (np.ones((1, 3)), ONES, "the shape is (1, 3); expected shape (2, 3)"),
        (np.float64(1), ONES, "the type is float64; expected ndarray"),
        (ONES > 0, ONES, "the array holds bool; expected numbers such as float64"),
        (
            ONES * np.nan,
            ONES,
            "6 of 6 values differ; the first at index (0, 0): nan instead of 1.0",
        ),
        (
            ONES + np.array([0, 0, 1]),
            ONES,
            "2 of 6 values differ; the first at index (0, 2): 2.0 instead of 1.0",
        ),
        ({"a": 1}, {"a": 1}, None),
        ({"a": 2}, {"a": 1}, ""),
        ({"a": np.int64(1)}, {"a": 1}, None),
        ({"b": 1}, {"a": 1}, ""),
        ({"a": np.ones(2)}, {"a": 1}, "the type is ndarray; expected int"),
        (["a"], {"a": 1}, "the type is list; expected dict"),
    ],
)
def test_what_differs(returned: object, expected: object, line: str | None) -> None:
    assert difference(returned, expected) == line


def test_arrays_that_broadcast_are_not_equal() -> None:
    assert difference(np.ones((2, 1)), np.ones((2, 3))) is not None
    assert difference(np.ones((2, 3, 1)), np.ones((2, 3))) is not None


def helped(student: NotebookStudent, *cases: tuple[int, int, dict[str, Any]]) -> str | None:
    try:
        for argument, expected, mistakes in cases:
            expect(student, "f", argument).returns(expected, mistakes)
    except Mismatch as mismatch:
        return mismatch.help
    raise AssertionError("every answer was right")


def test_help_needs_one_mistake_that_explains_every_answer() -> None:
    square = NotebookStudent({"f": lambda x: x * x})
    doubled = NotebookStudent({"f": lambda x: x + x})
    # Expected: x + 2. For 2 the answer is right and both mistakes would give it too.
    first = (2, 4, {"squared": 4, "doubled": 4})
    second = (3, 5, {"squared": 9, "doubled": 6})
    assert helped(square, first, second) == "squared"
    assert helped(doubled, first, second) == "doubled"
    # Two mistakes explain it: better silent than wrong.
    assert helped(square, (3, 5, {"squared": 9, "tripled": 9})) is None
    # A mistake that fails to explain an earlier, right answer is not it.
    assert helped(square, (2, 4, {"squared": 5}), (3, 5, {"squared": 9})) is None


def test_a_students_function_cannot_change_the_tests_array() -> None:
    def spoil(array: np.ndarray) -> int:
        array[:] = 7
        return 0

    given = np.zeros(3)
    expect(NotebookStudent({"f": spoil}), "f", given).returns(0)
    assert (given == 0).all()
