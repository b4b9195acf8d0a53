"""Visible grader of assignment 1, Convolution: worked examples, smallest first."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.graders.convolution_examples import (
    Layer,
    one_filter,
    output_shapes,
    three_filters,
    zeros_at_two_sides,
)
from autograder.graders.convolution_help import CONVOLVE_CRASHES, HELP, PAD_CRASHES
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
        "brackets-missing",
    )
    # The first case tells apart what is one short from one added before dividing, and rounding up
    # from one added twice and from size // stride.
    cases = (
        # size, kernel, stride, expected, and what each mistake of `keys` returns
        (5, 3, 1, 3, 3, 4, 5, 2, 3, 3.0, 3, 3),
        (7, 2, 3, 2, 2, 3, 2, 1, 3, 8 / 3, 6, 8),
        (5, 3, 2, 2, 1, 2, 2, 1, 2, 2.0, 3, 5),
        (6, 3, 2, 2, 2, 3, 3, 1, 3, 2.5, 4, 6),
        (9, 2, 3, 3, 3, 4, 3, 2, 4, 10 / 3, 8, 10),
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
        "paddings-exchanged",
    )
    cases = (
        # size, kernel, stride, padding, expected, zeros (before, after), and what each mistake of
        # `keys` returns
        (5, 3, 1, "valid", 3, (0, 0), 3, 3, 3, 3, 3, 3, 3, 3, 2, 5),
        (7, 3, 2, "valid", 3, (0, 0), 3, 3, 3, 3, 3, 3, 3, 5, 2, 4),
        (5, 3, 1, "same", 5, (1, 1), 5.0, 3, 5, 5, 5, 5, 6, 5, 5, 3),
        (5, 2, 1, "same", 5, (0, 1), 5.0, 4, 5, 5, 4, 6, 6, 5, 5, 4),
        (5, 3, 2, "same", 3, (1, 1), 2.5, 2, 2, 5, 3, 3, 3, 5, 3, 2),
    )
    for size, kernel, stride, padding, expected, zeros, *wrong in cases:
        mistakes = {HELP[key]: answer for key, answer in zip(keys, wrong, strict=True)}
        expect(student, "padded_output_size", size, kernel, stride, padding).returns(
            expected, mistakes, draw=positions(size, kernel, stride, zeros)
        )


@pytest.mark.question("output-shape", points=1)
def test_output_shape_examples(student: Student) -> None:
    """The digit of the text, an oblong image, and two different strides."""
    for arguments, expected, mistakes in output_shapes():
        expect(student, "conv_output_shape", *arguments).returns(expected, mistakes)


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
        mistakes: dict[str, object] = {
            HELP[key]: value for key, value in zip(keys, wrong, strict=True)
        }
        answer = expect(student, "same_padding", size, kernel, stride)
        if isinstance(answer.returned, int | np.integer):
            mistakes[HELP["same-one-number"]] = answer.returned
        answer.returns(expected, mistakes, draw=positions(size, kernel, stride, expected))


@pytest.mark.question("zero-padding", points=1)
def test_zero_pad_example(student: Student) -> None:
    """One row above, four columns at the right."""
    image, expected, mistakes = zeros_at_two_sides()
    with crash_help(PAD_CRASHES):
        expect(student, "zero_pad", image, 1, 0, 0, 4).returns(
            expected, mistakes, draw=beside(image, expected)
        )
        # Again with other numbers, for a function that keeps what it made.
        expect(student, "zero_pad", 2 * image, 1, 0, 0, 4).returns(2 * expected)


@pytest.mark.question("convolve", points=1)
def test_one_filter(student: Student) -> None:
    """One filter on an image with one channel."""
    layer = one_filter()
    expect_layer(student, layer)
    image, bias = 2 * layer.image, 2 * layer.bias
    expect(student, "convolve", image, layer.kernels, bias).returns(2 * layer.expected)


@pytest.mark.question("convolve", points=1)
def test_two_channels_three_filters(student: Student) -> None:
    """Two channels, three filters, and a stride of two along the width."""
    expect_layer(student, three_filters())


def expect_layer(student: Student, layer: Layer) -> None:
    """Raise Mismatch unless convolve() returns the output of `layer`."""
    strides = () if layer.strides == (1, 1) else (layer.strides,)
    sliding = Sliding(layer.kernels.shape[:2], layer.strides, layer.kernels, layer.bias)
    with crash_help(CONVOLVE_CRASHES):
        expect(student, "convolve", layer.image, layer.kernels, layer.bias, *strides).returns(
            layer.expected, layer.mistakes, draw=beside(layer.image, layer.expected, sliding)
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
            HELP["positions-alone"]: 576,
            HELP["one-kernel"]: 25,
            HELP["no-plus-one"]: 13_225,
        },
    )
