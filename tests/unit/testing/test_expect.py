"""Comparing an answer: shape first, then type, then values; and when help is given."""

from contextlib import nullcontext
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.results.outcome import Mismatch, NotAttempted, Status
from autograder.sandbox.protocol.values import Opaque
from autograder.testing.common_help import (
    ARRAY_FOR_TUPLE,
    CHANGED_ARGUMENT,
    FLOAT_FOR_INT,
    FUNCTION,
    ITERATOR,
    LAST_OF_LOOP,
    LIST_FOR_ARRAY,
    NO_DICT,
    NOTHING_RETURNED,
    NUMBER_AS_TEXT,
    NUMBER_IN_LIST,
    RETURN_IN_LOOP,
    SHARED,
    WRONG_DTYPE,
    common_help,
)
from autograder.testing.compare import difference
from autograder.testing.expectation import expect, expect_value
from autograder.testing.formatting import show
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.oracle_checks import asking_oracles
from autograder.testing.strategies import Window
from autograder.testing.verdict import classify

ONES = np.ones((2, 3))


@pytest.mark.parametrize(
    ("returned", "expected", "line"),
    [
        (3, 3, None),
        (np.int64(3), 3, None),
        (3.0, 3, "the type is float; expected int"),
        (True, 1, "the type is bool; expected int"),
        (np.True_, 1, "the type is bool; expected int"),
        (np.True_, True, None),
        (np.array(True), True, None),
        (True, np.True_, None),
        (np.False_, True, ""),
        (np.array(3), 3, None),
        (np.array([3]), 3, "the type is ndarray; expected int"),
        (Opaque("set", "{3}"), 3, "the type is set; expected int"),
        (4, 3, ""),
        (0.1 + 0.2, 0.3, None),
        (1, 1.0, None),
        (float("nan"), float("nan"), None),  # a known mistake may return NaN
        (ONES * np.nan, ONES * np.nan, None),
        ("1", 1.0, "the type is str; expected float"),
        ([1, 2], (1, 2), None),
        ((1, 2, 3), (1, 2), "it has length 3; expected length 2"),
        ((1, 3), (1, 2), ""),
        (5, (1, 2), "the type is int; expected tuple"),
        (None, (1, 2), "the type is NoneType; expected tuple"),
        (ONES, ONES, None),
        (ONES.astype(np.float32), ONES, None),
        (np.array([100_000]), np.array([100_000.0]), None),
        (
            np.array([100_001]),
            np.array([100_000]),  # whole numbers are not rounded
            "1 of 1 values differs, at index (0,): 100001 instead of 100000",
        ),
        (ONES.tolist(), ONES, "the type is list; expected ndarray"),
        (np.ones((3, 2)), ONES, "the shape is (3, 2); expected shape (2, 3)"),
        (np.ones((1, 3)), ONES, "the shape is (1, 3); expected shape (2, 3)"),
        (np.float64(1), ONES, "the type is float64; expected ndarray"),
        (ONES + 1j, ONES, "the array holds complex128; expected numbers such as float64"),
        (
            Opaque("ndarray", "array([1.0], dtype=object)"),
            ONES,
            "the array holds values of another kind; expected numbers such as float64",
        ),
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
        ({np.int64(3): 2}, {3: 2}, None),
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
    with pytest.raises(Mismatch, match="it changed its argument 1") as caught:
        expect(NotebookStudent({"f": spoil}), "f", given).returns(0)
    assert caught.value.help == CHANGED_ARGUMENT
    assert (given == 0).all()


def test_mistakes_are_computed_once_an_answer_is_wrong_and_for_earlier_ones_too() -> None:
    student = NotebookStudent({"f": lambda x: x * x})
    numbers: list[int] = []

    def mistakes_of(number: int, **mistakes: int) -> dict[str, Any]:
        numbers.append(number)
        return mistakes

    expect(student, "f", 2).returns(4, lambda: mistakes_of(2, doubled=4, tripled=6))
    assert numbers == []
    with pytest.raises(Mismatch) as caught:
        expect(student, "f", 3).returns(6, lambda: mistakes_of(3, doubled=6, tripled=9, squared=9))
    assert numbers == [2, 3]
    assert caught.value.help == "squared"
    with pytest.raises(Mismatch):
        expect(student, "f", 4).returns(8, lambda: mistakes_of(4, squared=16))
    assert numbers == [2, 3, 4]


@pytest.mark.parametrize(
    ("returned", "oracle", "always", "status"),
    [
        (5, 4, False, Status.PASSED),
        (5, 4, True, Status.GRADER_ERROR),
        (5, 5, True, Status.PASSED),
        (4, 5, False, Status.FAILED),
        (4, 4, False, Status.GRADER_ERROR),
        (3, 4, False, Status.GRADER_ERROR),
        (3, None, False, Status.GRADER_ERROR),
    ],
)
def test_an_answer_is_wrong_only_where_the_oracle_has_what_the_reference_has(
    returned: int, oracle: int | None, always: bool, status: Status
) -> None:
    student, error = NotebookStudent({"f": lambda: returned}), None
    with asking_oracles() if always else nullcontext():
        try:
            expect(student, "f").returns(5, oracle=lambda: oracle or 1 // 0)
        except AssertionError as raised:
            error = raised
    assert classify(error)[0] is status


def test_an_oracle_is_asked_of_the_smallest_case_only() -> None:
    student, cases = NotebookStudent({"f": lambda x: 0}), []

    def oracle(x: int) -> int:
        cases.append(x)
        return x

    @given(x=st.integers(0, 1_000))
    def test(x: int) -> None:
        expect(student, "f", x).returns(x, oracle=lambda: oracle(x))

    with pytest.raises(Mismatch) as caught:
        test()
    assert cases == []
    assert classify(caught.value)[0] is Status.FAILED
    assert cases == [1]


def test_a_blank_is_called_once() -> None:
    called = []

    def blank(x: int) -> int:
        called.append(x)
        raise NotImplementedError

    @given(x=st.integers(5, 1_000))
    def test(x: int) -> None:
        expect(NotebookStudent({"f": blank}), "f", x).returns(x)

    with pytest.raises(NotAttempted):
        test()
    assert len(called) == 1


def test_an_oracle_of_single_precision_agrees() -> None:
    student = NotebookStudent({"f": lambda: 1 / 3})
    with asking_oracles():
        expect(student, "f").returns(1 / 3, oracle=lambda: np.float32(1 / 3))


@pytest.mark.parametrize(
    ("answer", "help_text"),
    [
        (lambda: None, NOTHING_RETURNED),
        (lambda: (number for number in range(3)), ITERATOR),
        (lambda: map(abs, [3]), ITERATOR),
        (lambda: len, FUNCTION),
        (lambda: expect, FUNCTION),
        (lambda: 3.0, FLOAT_FOR_INT),
        (lambda: "3", NUMBER_AS_TEXT),
        (lambda: 4, None),
        (lambda: [3], NUMBER_IN_LIST),
        (lambda: np.array([3]), NUMBER_IN_LIST),
        (lambda: [4], None),
        (lambda: accumulate([3]), ITERATOR),
    ],
)
def test_a_mistake_of_every_question_has_its_help(answer: Any, help_text: str | None) -> None:
    with pytest.raises(Mismatch) as caught:
        expect(NotebookStudent({"f": answer}), "f").returns(3, {"a mistake": None})
    assert caught.value.help == help_text


@pytest.mark.parametrize(
    ("returned", "expected", "help_text"),
    [
        ([[1.0, 2]], np.array([[1.0, 2]]), LIST_FOR_ARRAY),
        (([1, 2], 3), (np.array([1, 2]), 3), LIST_FOR_ARRAY),
        ([5, 0], [5, 5], None),
        ([5], [5, 7], RETURN_IN_LOOP),
        ([5], [5, 5], None),  # of equal values it may be the first or the last
        (3, {"a": 1, "b": 2}, NO_DICT),
        (np.array([1, 2]), (1, 2), ARRAY_FOR_TUPLE),
        (np.array([1, 3]), (1, 2), None),
        ([5], [5], None),
        ([7], [5, 7], LAST_OF_LOOP),
        ((1.0, 2), (1, 2), FLOAT_FOR_INT),
        ((1.0, 3), (1, 2), None),
        ([np.float64(1)], [1], FLOAT_FOR_INT),
        ({"a": 1.0}, {"a": 1}, FLOAT_FOR_INT),
        ({"b": 1.0}, {"a": 1}, None),
        ((np.zeros(2), 1.0), (np.zeros(2), 1), None),
        ({"a": 1}, {"a": 1, "b": 2}, RETURN_IN_LOOP),
        ({"b": 2}, {"a": 1, "b": 2}, LAST_OF_LOOP),
        ({"b": 1}, {"a": 1, "b": 2}, None),
        (np.array([[0, 0], [0, 4]]), np.array([[1, 2], [3, 4]]), LAST_OF_LOOP),
        ([1, 2], {"a": 1, "b": 2}, NO_DICT),
        (Opaque("set", "{1, 2}"), {"a": 1, "b": 2}, NO_DICT),
        ([4], [5, 5], None),
        (np.array([3, 0, 0]), np.array([3, 0, 7]), RETURN_IN_LOOP),
        (np.array([[[1, 2], [0, 0]]]), np.array([[[1, 2], [3, 4]]]), RETURN_IN_LOOP),
        (np.array([[[1, 0], [0, 0]]]), np.array([[[1, 2], [3, 4]]]), None),
        (np.array([[3, 0]]), np.array([[3, 0]]), None),
        (np.zeros(3), np.array([0.0, 0, 7]), None),  # nothing is filled in
        (np.array(3), np.array(4), None),
        (np.zeros(0), np.zeros(0, int), None),
        (np.zeros((0, 2)), np.zeros((0, 2), int), None),
        (np.zeros((2, 0)), np.zeros((2, 0), int), None),
    ],
)
def test_a_list_and_a_loop_that_ended_too_early_have_their_help(
    returned: Any, expected: Any, help_text: str | None
) -> None:
    assert common_help(returned, expected) == help_text


@pytest.mark.parametrize(
    ("function", "line", "help_text"),
    [
        (lambda image: image[:1], "a new array", SHARED),
        (lambda image: image[:1].astype(np.float32), "float32; expected float64", WRONG_DTYPE),
    ],
)
def test_a_new_array_of_a_dtype_is_asked_for(function: Any, line: str, help_text: str) -> None:
    image = np.arange(4.0)
    expected = image[:1].copy()
    expect(NotebookStudent({"f": lambda image: image[:1].copy()}), "f", image).returns(
        expected, new=True, exact_dtype=True
    )
    expect(NotebookStudent({"f": function}), "f", image).returns(expected)
    with pytest.raises(Mismatch, match=line) as caught:
        expect(NotebookStudent({"f": function}), "f", image).returns(
            expected, new=True, exact_dtype=True
        )
    assert caught.value.help == help_text


def test_a_constant_of_the_notebook_stays_as_it_is() -> None:
    names: dict[str, Any] = {"TABLE": {"a": 1}, "MEMO": [1]}

    def f(change: bool) -> int:
        names["MEMO"].append(1)  # a variable that is the student's own
        if change:
            names["TABLE"]["b"] = 2
        return 0

    names["f"] = f
    student = NotebookStudent(names, constants=("TABLE",))
    expect(student, "f", False).returns(0)
    with pytest.raises(Mismatch, match="it changed TABLE"):
        expect(student, "f", True).returns(0)


@pytest.mark.parametrize(("returned", "same"), [(1e-8, True), (1.001e-8, False), (0.0, False)])
def test_tiny_numbers_are_compared_as_large_ones_are(returned: float, same: bool) -> None:
    for expected, value in (
        (1e-8, returned),
        (np.array([1e-8, -1e-8]), np.array([returned, -1e-8])),
    ):
        assert (difference(value, expected) is None) is same


def test_what_is_equal_is_right_in_whatever_form() -> None:
    for returned, expected in (
        (ONES > 0, ONES),
        (np.longdouble(1.5), 1.5),
        (np.ones((2, 3), np.longdouble), ONES),
        (Window(7, 3, 2), (7, 3, 2)),
    ):
        expect(NotebookStudent({"f": lambda value=returned: value}), "f").returns(expected)


def test_numpys_keys_are_as_good_as_pythons() -> None:
    counts = dict(zip(*np.unique([7, 3, 7], return_counts=True), strict=True))
    student = NotebookStudent({"f": lambda: counts})
    expect(student, "f").returns({3: 1, 7: 2})
    with pytest.raises(Mismatch, match=r"returned \{3: 1, 7: 2\}"):
        expect(student, "f").returns({3: 1, 7: 3})


@pytest.mark.parametrize("value", [{1, 2}, np.array(["a"]), 1j])
def test_a_value_that_never_crosses_is_the_graders_error(value: object) -> None:
    student = NotebookStudent({"f": lambda: value})
    with pytest.raises(TypeError, match="can be no expected value"):
        expect(student, "f").returns(value)
    with pytest.raises(Mismatch):
        expect(student, "f").returns([1, 2])
    with pytest.raises(Mismatch):
        expect(student, "f").returns(ONES)


def test_an_image_has_a_line_for_each_row_of_pixels() -> None:
    image = np.array([[1, 10, 2], [3, 0, 4]])[:, :, None]
    assert show(image) == "array([[[ 1], [10], [ 2]],\n       [[ 3], [ 0], [ 4]]])"
    assert show(image[:, :, :, None]).count("\n") == 1
    wide = np.arange(64.0).reshape(2, 4, 8) / 7
    assert max(map(len, show(wide).splitlines())) <= 100


def test_arrays_in_a_tuple_are_shown_as_others_are() -> None:
    image, labels = np.array([[1, 2], [3, 4]])[:, :, None], np.array([7, 0])
    assert show(((image, labels), [labels], (labels,))) == (
        "((array([[[1], [2]],\n         [[3], [4]]]),\n  array([7, 0])),\n"
        " [array([7, 0])],\n (array([7, 0]),))"
    )
    pair = {"pixels": image, "rows": [labels, np.zeros(99)]}
    assert show(pair) == (
        "{'pixels': array([[[1], [2]],\n                  [[3], [4]]]),\n"
        " 'rows': [array([7, 0]),\n          array of shape (99,) and type float64]}"
    )
    many = [labels]
    for _level in range(5):
        many = [many] * 8  # type: ignore[list-item]
    assert len(show([labels] * 9)) < 450
    assert len(show(many)) < 450


def test_numbers_of_an_array_are_shown_as_others_are() -> None:
    assert show(np.float64(1 / 6)) == show(1 / 6) == "0.166667"
    assert show(np.float32(0.1)) == "0.1"
    assert show(np.int8(3)) == "3"
    assert show((np.float64(0.5), {"b": [np.int8(3)]})) == "(0.5, {'b': [3]})"


def test_what_a_variable_holds_is_not_returned() -> None:
    student = NotebookStudent({"totals": np.array([[1, 2], [3, 4]])})
    with pytest.raises(Mismatch) as caught:
        expect_value(student, "totals").returns(np.zeros((2, 2)))
    assert str(caught.value).startswith(
        "your totals\nholds array([[1, 2],\n             [3, 4]])\nexpected array([[0., 0.],\n"
    )
