"""Visible grader of assignment 1, Convolution: worked examples, smallest first."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.graders.convolution_help import HELP, PAD_CRASHES
from autograder.testing import Sliding, Student, beside, crash_help, expect, positions

# How many tests each question has in the hidden grader; check() tells students.
HIDDEN_TESTS = {
    "window": 1,
    "stride": 1,
    "padding": 1,
    "output-shape": 1,
    "same-padding": 1,
    "zero-padding": 1,
    "convolve": 1,
    "sharing": 2,
}

HINTS = {
    "window": (
        "Draw a row of five boxes and push a window of three along it. Write down where it starts.",
        "The first start is at 0. Where is the last one? How many whole numbers lie between, both counted?",
    ),
    "stride": (
        "Write down the starts of a window of 3 over 7 pixels with stride 2, then over 8 pixels.",
        "From the first start there is some room to move. How many whole steps fit into that room?",
        "Python's `//` divides and drops the remainder.",
    ),
    "padding": (
        '`"valid"` is question 2 again; call your function.',
        'With `"same"`, count every stride-th pixel of the image, the first one too. The window does not matter.',
        "Rounding up a quotient of whole numbers: negate before and after `//`, or use `math.ceil`.",
    ),
    "output-shape": (
        "Three numbers come out. Which one does not depend on the size of the image?",
        "Height goes with the first entry of `kernel_size` and `strides`, width with the second.",
    ),
    "same-padding": (
        "Take 6 pixels, a window of 3 and stride 2. Where does each position start, and where does the last end?",
        "The zeros are what the last position needs beyond the image. It can be none, never fewer.",
        "Halve the total rounding down for one end; the other end gets the rest.",
    ),
    "zero-padding": (
        "How tall is the result? The rows above, the image's own, the rows below.",
        "The image stands in the slice that begins at row `top` and column `left`.",
    ),
    "convolve": (
        "Begin with one position and one filter: cut out the window, multiply, sum, add the bias.",
        "Output (row, column) sees the window that begins at `row * strides[0]`, `column * strides[1]`.",
        "The window has shape (kernel height, kernel width, channels), the same as `kernels[:, :, :, f]`.",
    ),
    "sharing": (
        "A kernel has one number for each pixel of its window, in each input channel.",
        "Without sharing, multiply the numbers of one kernel by the number of positions.",
    ),
}


@pytest.mark.question("window", points=1)
def test_window_examples(student: Student) -> None:
    """A window of three over five pixels; of five over twenty-eight; of four over four."""
    for size, kernel, expected, short, half in (
        (5, 3, 3, 2, 3),
        (28, 5, 24, 23, 24),
        (4, 4, 1, 0, 0),
    ):
        expect(student, "conv_output_size", size, kernel).returns(
            expected,
            {HELP["no-plus-one"]: short, HELP["half-kernel"]: half},
            draw=positions(size, kernel),
        )


@pytest.mark.question("stride", points=1)
def test_stride_examples(student: Student) -> None:
    """Strides of one to three, with and without pixels left over."""
    keys = (
        "plus-one-inside",
        "plus-one-twice",
        "kernel-ignored",
        "no-plus-one",
        "ceil",
        "true-division",
        "stride-ignored",
    )
    # The first case tells apart what is one short from one added before dividing, and rounding up
    # from one added twice and from size // stride.
    cases = (
        # size, kernel, stride, expected, and what each mistake of `keys` returns
        (5, 3, 1, 3, 3, 4, 5, 2, 3, 3.0, 3),
        (7, 2, 3, 2, 2, 3, 2, 1, 3, 8 / 3, 6),
        (5, 3, 2, 2, 1, 2, 2, 1, 2, 2.0, 3),
        (6, 3, 2, 2, 2, 3, 3, 1, 3, 2.5, 4),
        (9, 2, 3, 3, 3, 4, 3, 2, 4, 10 / 3, 8),
    )
    for size, kernel, stride, expected, *wrong in cases:
        mistakes = {HELP[key]: answer for key, answer in zip(keys, wrong, strict=True)}
        expect(student, "strided_output_size", size, kernel, stride).returns(
            expected, mistakes, draw=positions(size, kernel, stride)
        )


@pytest.mark.question("padding", points=1)
def test_padding_examples(student: Student) -> None:
    """The two paddings, with stride one and two."""
    keys = (
        "same-float",
        "padding-ignored",
        "same-floor",
        "same-keeps-size",
        "same-symmetric",
        "same-half-kernel",
        "same-plus-one",
        "stride-ignored",
        "no-plus-one",
    )
    cases = (
        # size, kernel, stride, padding, expected, zeros (before, after), and what each mistake of
        # `keys` returns
        (5, 3, 1, "valid", 3, (0, 0), 3, 3, 3, 3, 3, 3, 3, 3, 2),
        (7, 3, 2, "valid", 3, (0, 0), 3, 3, 3, 3, 3, 3, 3, 5, 2),
        (5, 3, 1, "same", 5, (1, 1), 5.0, 3, 5, 5, 5, 5, 6, 5, 5),
        (5, 2, 1, "same", 5, (0, 1), 5.0, 4, 5, 5, 4, 6, 6, 5, 5),
        (5, 3, 2, "same", 3, (1, 1), 2.5, 2, 2, 5, 3, 3, 3, 5, 3),
    )
    for size, kernel, stride, padding, expected, zeros, *wrong in cases:
        mistakes = {HELP[key]: answer for key, answer in zip(keys, wrong, strict=True)}
        expect(student, "padded_output_size", size, kernel, stride, padding).returns(
            expected, mistakes, draw=positions(size, kernel, stride, zeros)
        )


@pytest.mark.question("output-shape", points=1)
def test_output_shape_examples(student: Student) -> None:
    """The digit of the text, an oblong image, and two different strides."""
    expect(student, "conv_output_shape", (28, 28, 1), 32, (5, 5)).returns(
        (24, 24, 32),
        {
            HELP["channels-kept"]: (24, 24, 1),
            HELP["channels-first"]: (32, 24, 24),
            HELP["no-plus-one"]: (23, 23, 32),
        },
    )
    expect(student, "conv_output_shape", (7, 5, 2), 6, (3, 2)).returns(
        (5, 4, 6),
        {
            HELP["kernel-swapped"]: (6, 3, 6),
            HELP["output-swapped"]: (4, 5, 6),
            HELP["channels-first"]: (6, 5, 4),
            HELP["channels-kept"]: (5, 4, 2),
            HELP["channels-multiplied"]: (5, 4, 12),
            HELP["kernel-height-twice"]: (5, 3, 6),
            HELP["square-output"]: (5, 5, 6),
            HELP["no-plus-one"]: (4, 3, 6),
        },
    )
    # With these sides, swapped strides and a swapped answer give different shapes.
    expect(student, "conv_output_shape", (11, 8, 2), 7, (3, 2), (1, 3)).returns(
        (9, 3, 7),
        {
            HELP["kernel-swapped"]: (10, 2, 7),
            HELP["stride-swapped"]: (3, 7, 7),
            HELP["output-swapped"]: (3, 9, 7),
            HELP["channels-first"]: (7, 9, 3),
            HELP["channels-kept"]: (9, 3, 2),
            HELP["channels-multiplied"]: (9, 3, 14),
            HELP["kernel-height-twice"]: (9, 2, 7),
            HELP["square-output"]: (9, 9, 7),
            HELP["no-plus-one"]: (8, 2, 7),
            HELP["stride-along-width"]: (9, 7, 7),
        },
    )


@pytest.mark.question("same-padding", points=1)
def test_same_padding_examples(student: Student) -> None:
    """An even share, an odd one, and a stride that leaves less to fill."""
    keys = (
        "same-symmetric",
        "same-half-kernel",
        "same-extra-before",
        "same-odd-lost",
        "same-stride-forgotten",
        "same-kernel-minus-stride",
    )
    cases = (
        # size, kernel, stride, expected, and what each mistake of `keys` returns
        (5, 3, 1, (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1)),
        (6, 4, 3, (0, 1), (1, 1), (2, 2), (1, 0), (0, 0), (1, 2), (0, 1)),  # all are different
        (4, 2, 1, (0, 1), (0, 0), (1, 1), (1, 0), (0, 0), (0, 1), (0, 1)),
        (6, 3, 2, (0, 1), (1, 1), (1, 1), (1, 0), (0, 0), (1, 1), (0, 1)),
        (5, 3, 2, (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (0, 1)),
    )
    for size, kernel, stride, expected, *wrong in cases:
        mistakes = {HELP[key]: answer for key, answer in zip(keys, wrong, strict=True)}
        expect(student, "same_padding", size, kernel, stride).returns(
            expected, mistakes, draw=positions(size, kernel, stride, expected)
        )


@pytest.mark.question("zero-padding", points=1)
def test_zero_pad_example(student: Student) -> None:
    """One row above, four columns at the right."""
    # Half of the four columns is not the one row: sharing out evenly differs from a row for a column.
    image = np.array([[[1], [2]], [[3], [4]]])
    none = [0, 0, 0, 0, 0, 0]
    expected = np.array([none, [1, 2, 0, 0, 0, 0], [3, 4, 0, 0, 0, 0]])[:, :, None]
    swapped = np.array([[0, 1, 2], [0, 3, 4], *[[0, 0, 0]] * 4])[:, :, None]
    ends_swapped = np.array([[0, 0, 0, 0, 1, 2], [0, 0, 0, 0, 3, 4], none])[:, :, None]
    centred = np.array([[0, 0, 1, 2, 0, 0], [0, 0, 3, 4, 0, 0], none])[:, :, None]
    with crash_help(PAD_CRASHES):
        expect(student, "zero_pad", image, 1, 0, 0, 4).returns(
            expected,
            {
                HELP["pad-swapped"]: swapped,
                HELP["pad-ends-swapped"]: ends_swapped,
                HELP["pad-centred"]: centred,
            },
            draw=beside(image, expected),
        )
        # Again with other numbers, for a function that keeps what it made.
        expect(student, "zero_pad", 2 * image, 1, 0, 0, 4).returns(2 * expected)


@pytest.mark.question("convolve", points=1)
def test_one_filter(student: Student) -> None:
    """One filter on an image with one channel."""
    image = np.array([[1, 0, 2, 1], [0, 1, 1, 0], [2, 1, 0, 1]], float)[:, :, None]
    kernel = np.array([[1, -1], [2, 0]], float)[:, :, None, None]
    expected = np.array([[11.0, 10, 13], [13, 12, 11]])[:, :, None]
    expect(student, "convolve", image, kernel, np.array([10.0])).returns(
        expected,
        {
            HELP["bias-forgotten"]: np.array([[1.0, 0, 3], [3, 2, 1]])[:, :, None],
            HELP["bias-in-sum"]: np.array([[41.0, 40, 43], [43, 42, 41]])[:, :, None],
            HELP["kernel-flipped"]: np.array([[11.0, 14, 11], [11, 11, 11]])[:, :, None],
            HELP["output-swapped"]: expected.swapaxes(0, 1),
            HELP["channels-first"]: np.moveaxis(expected, -1, 0),
        },
        draw=beside(image, expected, Sliding((2, 2), (1, 1), kernel, np.array([10.0]))),
    )
    expect(student, "convolve", 2 * image, kernel, np.array([20.0])).returns(2 * expected)


@pytest.mark.question("convolve", points=1)
def test_two_channels_three_filters(student: Student) -> None:
    """Two channels, three filters, and a stride of two along the width."""
    image = np.arange(24, dtype=float).reshape(3, 4, 2)
    kernels = np.arange(24, dtype=float).reshape(2, 2, 2, 3) - 11
    # The outputs of the three filters at each position of the window.
    a, b, c = [201, 246, 291], [193, 254, 315], [185, 262, 339]
    d, e, f = [169, 278, 387], [161, 286, 411], [153, 294, 435]
    expected = np.array([[a, c], [d, f]], float)
    bias = np.array([1.0, 2, 3])
    expect(student, "convolve", image, kernels, bias, (1, 2)).returns(
        expected,
        {
            HELP["bias-forgotten"]: np.array(
                [[[200, 244, 288], [184, 260, 336]], [[168, 276, 384], [152, 292, 432]]]
            ),
            HELP["input-channels-forgotten"]: np.array(
                [[[69, 90, 111], [37, 74, 111]], [[5, 58, 111], [-27, 42, 111]]]
            ),
            HELP["bias-per-channel"]: expected + bias,
            HELP["first-bias"]: expected - bias + 1,
            HELP["bias-in-sum"]: np.array(
                [[[208, 260, 312], [192, 276, 360]], [[176, 292, 408], [160, 308, 456]]]
            ),
            HELP["kernel-flipped"]: np.array(
                [[[-231, -186, -141], [-247, -170, -93]], [[-263, -154, -45], [-279, -138, 3]]]
            ),
            HELP["slice-without-stride"]: np.array([[a, b], [d, e]]),
            HELP["stride-along-width"]: np.array([[a, b, c], [d, e, f]]),
            HELP["stride-swapped"]: np.array([[a, b, c]]),
            HELP["output-swapped"]: np.array([[a, d], [c, f]]),
            HELP["channels-first"]: np.moveaxis(np.array([[a, c], [d, f]]), -1, 0),
        },
        draw=beside(image, expected, Sliding((2, 2), (1, 2), kernels, bias)),
    )


@pytest.mark.question("sharing", points=1)
def test_sharing_examples(student: Student) -> None:
    """The filter of the text, one on an image of two channels, and the layer without sharing."""
    expect(student, "shared_parameters", (5, 5)).returns(26, {HELP["bias-forgotten"]: 25})
    expect(student, "shared_parameters", (5, 3), 2).returns(
        31,
        {
            HELP["bias-forgotten"]: 30,
            HELP["input-channels-forgotten"]: 16,
            HELP["bias-per-channel"]: 32,
        },
    )
    expect(student, "unshared_weights", (28, 28, 1), (5, 5)).returns(
        14_400,
        {
            HELP["bias-counted"]: 14_976,
            HELP["positions-everywhere"]: 19_600,
            HELP["one-kernel"]: 25,
            HELP["no-plus-one"]: 13_225,
        },
    )
