"""Visible grader of assignment 2, Pooling: worked examples, smallest first."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.graders.feature_maps import wrong_maps
from autograder.graders.pooling_help import HELP
from autograder.testing import (
    Expectation,
    Sliding,
    Student,
    beside,
    crash_help,
    expect,
    expect_value,
    positions,
)
from autograder.testing import gettext as _

# How many tests each question has in the hidden grader; check() tells students.
HIDDEN_TESTS = {
    "pool-size": 1,
    "max-pool": 1,
    "average-pool": 1,
    "seven": 1,
    "pool-shape": 1,
}

# Variables of the notebook's locked cells: a call must not change them.
CONSTANTS = ("SEVEN",)

HINTS = {
    "pool-size": (
        "It is the rule for a strided window from the convolution notebook.",
        "`stride=None` must be replaced before you use it: what is the stride then?",
    ),
    "max-pool": (
        "First the shape: how many rows and columns of windows are there? Make an array of zeros for them.",
        "The window of output (row, column) begins at `row * strides[0]`, `column * strides[1]`.",
        "NumPy's `max` takes an axis, or several: which axes of the window must disappear?",
    ),
    "average-pool": (
        "Copy `max_pool` and change the one thing that is different.",
        "NumPy's `mean` takes axes like `max`.",
    ),
    "seven": (
        "Two assignments take the place of the line that raises an error, indented like it.",
        "`SEVEN[:, :, None]` has shape (12, 12, 1); the result of pooling has shape (6, 6, 1).",
    ),
    "pool-shape": (
        "Use `pool_output_size` twice.",
        "Does a pooling layer mix channels?",
    ),
}

IMAGE = np.array([[1, 9, 2, 4, 7], [3, 3, 0, 6, 7], [5, 1, 8, 8, 7]], float)[:, :, None]


# A part of what Python says where a stride is None -> help.
NO_STRIDE = {
    "'int' and 'NoneType'": HELP["stride-none"],
    "'NoneType' object is not subscriptable": HELP["stride-none"],
}


@pytest.mark.question("pool-size", points=1)
@crash_help(NO_STRIDE)
def test_pool_size_examples(student: Student) -> None:
    """A stride of its own, blocks that fit, and one that does not."""
    keys = (
        "plus-one-inside",
        "plus-one-twice",
        "no-plus-one",
        "ceil",
        "true-division",
        "stride-one",
        "strides-ignored",
        "pool-ignored",
    )
    cases = (
        # arguments, expected, and what each mistake of `keys` returns
        ((5, 3, 1), 3, 3, 4, 2, 3, 3.0, 3, 1, 5),  # tells what is rounded up from one added twice
        ((5, 2), 2, 2, 3, 1, 3, 2.5, 4, 2, 2),  # tells what is one short from one added inside
        ((4, 2), 2, 1, 2, 1, 2, 2.0, 3, 2, 2),
        ((24, 2), 12, 11, 12, 11, 12, 12.0, 23, 12, 12),
    )
    for case, expected, *wrong in cases:
        mistakes = {HELP[key]: answer for key, answer in zip(keys, wrong, strict=True)}
        size, pool, stride = (*case, case[1])[:3]
        expect(student, "pool_output_size", *case).returns(
            expected, mistakes, draw=positions(size, pool, stride)
        )


@pytest.mark.question("max-pool", points=1)
@crash_help(NO_STRIDE)
def test_max_pool_example(student: Student) -> None:
    """Blocks of two by two on three rows and five columns: the rest is dropped."""
    expected = np.array([[9.0, 6]])[:, :, None]
    expect(student, "max_pool", IMAGE, (2, 2)).returns(
        expected,
        {
            HELP["average-not-max"]: np.array([[4.0, 3]])[:, :, None],
            HELP["stride-one"]: np.array([[9.0, 9, 6, 7], [5, 8, 8, 8]])[:, :, None],
            HELP["ceil"]: np.array([[9.0, 6, 7], [5, 8, 7]])[:, :, None],
            HELP["whole-image"]: np.array([[9.0]])[:, :, None],
            HELP["slice-without-stride"]: np.array([[9.0, 9]])[:, :, None],
            HELP["first-value"]: IMAGE[::2, ::2],
            HELP["smallest"]: np.array([[1.0, 0]])[:, :, None],
            **wrong_maps(expected, IMAGE, HELP),
        },
        draw=beside(IMAGE, expected, Sliding((2, 2), (2, 2))),
    )
    # Again with other numbers, for a function that keeps what it made.
    expect(student, "max_pool", 2 * IMAGE, (2, 2)).returns(2 * expected)


@pytest.mark.question("max-pool", points=1)
@crash_help(NO_STRIDE)
def test_max_pool_keeps_channels_apart(student: Student) -> None:
    """Two channels, one dark and one bright."""
    image = np.array([[[1, 10], [2, 20]], [[3, 30], [4, 40]]], float)
    expected = np.array([[[4.0, 40]]])
    expect(student, "max_pool", image, (2, 2)).returns(
        expected,
        {
            HELP["across-channels"]: np.array([[[40.0]]]),
            HELP["channels-together"]: np.array([[[40.0, 40]]]),
            HELP["average-not-max"]: np.array([[[2.5, 25]]]),
            HELP["first-channel-alone"]: np.array([[[4.0]]]),
            **wrong_maps(expected, image, HELP),
            HELP["maps-axis-lost"]: np.array([[40.0]]),
        },
        draw=beside(image, expected, Sliding((2, 2), (2, 2))),
    )


@pytest.mark.question("average-pool", points=0.5)
@crash_help(NO_STRIDE)
def test_average_pool_example(student: Student) -> None:
    """The same blocks, averaged."""
    expected = np.array([[4.0, 3]])[:, :, None]
    expect(student, "average_pool", IMAGE, (2, 2)).returns(
        expected,
        {
            HELP["max-not-average"]: np.array([[9.0, 6]])[:, :, None],
            HELP["sum-not-average"]: np.array([[16.0, 12]])[:, :, None],
            HELP["stride-one"]: np.array([[4.0, 3.5, 3, 6], [3, 3, 5.5, 7]])[:, :, None],
            HELP["whole-image"]: np.array([[[IMAGE.mean()]]]),
            HELP["slice-without-stride"]: np.array([[4.0, 3.5]])[:, :, None],
            **wrong_maps(expected, IMAGE, HELP),
        },
        draw=beside(IMAGE, expected, Sliding((2, 2), (2, 2))),
    )
    expect(student, "average_pool", 2 * IMAGE, (2, 2)).returns(2 * expected)


@pytest.mark.question("average-pool", points=0.5)
@crash_help(NO_STRIDE)
def test_average_pool_keeps_channels_apart(student: Student) -> None:
    """Two channels, one dark and one bright."""
    image = np.array([[[1, 10], [2, 20]], [[3, 30], [4, 40]]], float)
    expected = np.array([[[2.5, 25]]])
    expect(student, "average_pool", image, (2, 2)).returns(
        expected,
        {
            HELP["across-channels"]: np.array([[[13.75]]]),
            HELP["channels-together"]: np.array([[[13.75, 13.75]]]),
            HELP["first-channel-alone"]: np.array([[[2.5]]]),
            HELP["max-not-average"]: np.array([[[4.0, 40]]]),
            HELP["sum-not-average"]: np.array([[[10.0, 100]]]),
            **wrong_maps(expected, image, HELP),
            HELP["maps-axis-lost"]: np.array([[13.75]]),
        },
        draw=beside(image, expected, Sliding((2, 2), (2, 2))),
    )


@pytest.mark.question("seven", points=0.5)
def test_seven_shapes(student: Student) -> None:
    """Both results are six by six."""
    for name in ("seven_max", "seven_average"):
        expect_small_seven(student, name)


@pytest.mark.question("seven", points=0.5)
def test_the_largest_are_no_smaller_than_the_means(student: Student) -> None:
    """No value of seven_max is below that of seven_average in its place."""
    largest, means = (expect_small_seven(student, name) for name in ("seven_max", "seven_average"))
    above = np.asarray(largest.returned) > np.asarray(means.returned)
    below = np.asarray(largest.returned) < np.asarray(means.returned)
    exchanged = bool(below.any() and not above.any())
    largest.satisfies(
        not below.any(),
        _("no value below that of seven_average in its place"),
        HELP["exchanged"] if exchanged else None,
    )


def expect_small_seven(student: Student, name: str) -> Expectation:
    """The student's array `name`; raises Mismatch unless it is six by six."""
    answer = expect_value(student, name)
    shape = getattr(answer.returned, "shape", None)
    help_texts = {(6, 6, 1): HELP["unpooled-axis"], (11, 11): HELP["stride-one"]}
    answer.satisfies(shape == (6, 6), "an array of shape (6, 6)", help_texts.get(shape or ()))
    return answer


@pytest.mark.question("pool-shape", points=1)
@crash_help(NO_STRIDE)
def test_pool_shape_examples(student: Student) -> None:
    """The feature maps of a digit, and an oblong image with an oblong window."""
    expect(student, "pool_output_shape", (24, 24, 32), (2, 2)).returns(
        (12, 12, 32),
        {
            HELP["channels-pooled"]: (12, 12, 16),
            HELP["stride-one"]: (23, 23, 32),
            HELP["across-channels"]: (12, 12, 1),
            HELP["channels-first"]: (32, 12, 12),
            HELP["channels-left-out"]: (12, 12),
            HELP["batch-axis"]: (None, 12, 12, 32),
        },
    )
    expect(student, "pool_output_shape", (12, 10, 3), (3, 2)).returns(
        (4, 5, 3),
        {
            HELP["pool-swapped"]: (6, 3, 3),
            HELP["output-swapped"]: (5, 4, 3),
            HELP["channels-first"]: (3, 4, 5),
            HELP["across-channels"]: (4, 5, 1),
            HELP["stride-one"]: (10, 9, 3),
        },
    )
    expect(student, "pool_output_shape", (12, 10, 3), (3, 2), (2, 1)).returns(
        (5, 9, 3),
        {
            HELP["strides-ignored"]: (4, 5, 3),
            HELP["output-swapped"]: (9, 5, 3),
            HELP["strides-swapped"]: (10, 5, 3),
            HELP["channels-first"]: (3, 5, 9),
            HELP["across-channels"]: (5, 9, 1),
            HELP["pool-swapped"]: (11, 4, 3),
        },
    )
