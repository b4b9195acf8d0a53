"""Visible grader of assignment 1, Convolution: worked examples, smallest first."""

from __future__ import annotations

import numpy as np
import pytest

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

HELP = {
    "no-plus-one": (
        "You are one short. The window's first position counts too: the number of positions is one "
        "more than the number of steps."
    ),
    "half-kernel": (
        "You took half a window off at each end, `kernel // 2`. That is right for odd windows only: a window "
        "of 4 takes 3 positions away, not 4."
    ),
    "plus-one-inside": (
        "You added one before dividing. Count the whole steps first, then add the first position."
    ),
    "plus-one-twice": (
        "You added one before dividing, and one more after it. Count the whole steps first, then add the "
        "first position."
    ),
    "kernel-ignored": (
        "The window's own size does not count in your answer. Take it off before you divide."
    ),
    "ceil": (
        "You rounded up. A step that would carry the window over the edge is not taken, so round down."
    ),
    "true-division": (
        "The value is a `float`: `/` always makes one. Sizes count pixels; use `//` for a whole number."
    ),
    "stride-ignored": "The answer is the one for stride 1: your function does not use the stride.",
    "padding-ignored": 'The answer is the one for `"valid"`: your function does not look at the padding.',
    "same-floor": (
        'With `"same"`, pixels left over at the end get a position, too: round the quotient up, not down.'
    ),
    "same-plus-one": (
        'With `"same"`, `size // stride + 1` is one too many where the stride divides the size: round the '
        "quotient up instead."
    ),
    "same-float": (
        "This is a `float`. Round the quotient up to an `int`, as `math.ceil` does; `//` rounds down."
    ),
    "same-keeps-size": (
        '`"same"` keeps the size only with stride 1. With a larger stride there are fewer positions.'
    ),
    "same-symmetric": (
        'You took `"same"` for equal padding at both ends. The total depends on where the last '
        "position ends; when it is odd, the extra zero stands at the end."
    ),
    "same-half-kernel": (
        "You put `kernel // 2` zeros at each end. An even window needs one fewer: with stride 1, there are "
        "`kernel - 1` in all."
    ),
    "same-odd-lost": (
        "When the number of zeros is odd, one of them is lost. Give the end what the beginning leaves of "
        "the total."
    ),
    "same-kernel-minus-stride": (
        "`kernel - stride` zeros are right only where the stride divides the size. Find out where the last "
        "position ends."
    ),
    "same-extra-before": "The extra zero goes after the image (bottom or right), not before it.",
    "same-stride-forgotten": (
        "The total is the one for stride 1. With a larger stride the last position starts earlier "
        "and needs fewer zeros."
    ),
    "same-negative": "A number of zeros cannot be negative: where no position reaches beyond the image, it is 0.",
    "kernel-swapped": (
        "Height and width of the kernel are swapped: `kernel_size[0]` goes with the height."
    ),
    "kernel-height-twice": (
        "You used the kernel's height for both sides: `kernel_size[1]` goes with the width."
    ),
    "stride-along-width": (
        "Along the width your window moves by 1 here, and not by `strides[1]`: `strides[0]` goes with the "
        "height, `strides[1]` with the width."
    ),
    "square-output": (
        "You returned the height twice. An image need not be square: work out the width from its own size, "
        "kernel side and stride."
    ),
    "stride-swapped": "The two strides are swapped: `strides[0]` goes with the height.",
    "output-swapped": "Height and width are swapped in your answer: Keras writes the height first.",
    "channels-first": (
        "You put the channels first. Keras writes (height, width, channels), the channels last."
    ),
    "channels-kept": (
        "You kept the input's channels. Every filter sees all channels and makes one feature map, "
        "so the output has as many channels as there are filters."
    ),
    "channels-multiplied": (
        "You made a feature map of each channel for each filter. A filter sums over all channels and makes "
        "one feature map."
    ),
    "pad-swapped": "The sides are mixed up: top and bottom add rows, left and right add columns.",
    "pad-ends-swapped": "You exchanged the ends: top comes before bottom, left before right.",
    "pad-centred": (
        "You shared the zeros out evenly. The four numbers say how many stand at each side: the image "
        "begins at row `top` and column `left`."
    ),
    "bias-forgotten": "The bias is missing: each filter adds its own bias once.",
    "bias-in-sum": (
        "The bias is added to every product. Add up the products first, then add the bias once."
    ),
    "bias-per-channel": (
        "A bias is added for each channel. A filter adds one bias, however many channels it reads."
    ),
    "first-bias": "Every filter adds the first filter's bias. Filter `f` adds `bias[f]`.",
    "activation": (
        "Where a sum is negative, you return 0: that is ReLU. This layer has no activation."
    ),
    "fractions-lost": (
        "The fractions are cut off: your output has a dtype of whole numbers, such as that of the image. "
        "`np.zeros(shape)` makes an array of floats."
    ),
    "slice-without-stride": (
        "The output has the right shape, but the window moves by one. Where its slice begins, "
        "multiply the row by `strides[0]` and the column by `strides[1]`."
    ),
    "pad-minus-zero": (
        "A slice that ends at -0 is empty: with no zeros at that side, `-bottom` or `-right` is "
        "-0. Let the slice end where it begins plus the height, or the width, of the image."
    ),
    "pad-slice": (
        "The image does not fit into the slice that you write it to: the message has both shapes. The new "
        "array needs all channels, and the slice ends at `top + height` and `left + width`."
    ),
    "kernel-flipped": (
        "You turned the kernel around, as in mathematics. Deep learning multiplies it as it stands."
    ),
    "input-channels-forgotten": (
        "Only one input channel is used. A kernel reaches through all channels of its window."
    ),
    "bias-counted": "This counts the biases too. The question asks for the weights alone.",
    "positions-everywhere": (
        "You gave every pixel a position. A window that stays inside the image has fewer."
    ),
    "one-kernel": "This is one kernel only. Without sharing, every position has a kernel of its own.",
}

# A part of what NumPy says -> help. A slice that ends at -0 has no rows, or no columns.
PAD_CRASHES = {
    "into shape (0,": HELP["pad-minus-zero"],
    ",0,": HELP["pad-minus-zero"],
    "could not broadcast": HELP["pad-slice"],
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
    # The first case tells apart what is one short from one added before dividing, and rounding up
    # from one added twice and from size // stride.
    cases = (
        # size, kernel, stride, expected, no plus one, rounded up, divided by /, stride ignored,
        # one added inside, one added twice, kernel ignored
        (5, 3, 1, 3, 2, 3, 3.0, 3, 3, 4, 5),
        (7, 2, 3, 2, 1, 3, 8 / 3, 6, 2, 3, 2),
        (5, 3, 2, 2, 1, 2, 2.0, 3, 1, 2, 2),
        (6, 3, 2, 2, 1, 3, 2.5, 4, 2, 3, 3),
        (9, 2, 3, 3, 2, 4, 10 / 3, 8, 2, 3, 3),
    )
    for size, kernel, stride, expected, short, ceil, true, ignored, inside, twice, none in cases:
        mistakes = {
            HELP["plus-one-inside"]: inside,
            HELP["plus-one-twice"]: twice,
            HELP["kernel-ignored"]: none,
            HELP["no-plus-one"]: short,
            HELP["ceil"]: ceil,
            HELP["true-division"]: true,
            HELP["stride-ignored"]: ignored,
        }
        expect(student, "strided_output_size", size, kernel, stride).returns(
            expected, mistakes, draw=positions(size, kernel, stride)
        )


@pytest.mark.question("padding", points=1)
def test_padding_examples(student: Student) -> None:
    """The two paddings, with stride one and two."""
    cases = (
        # size, kernel, stride, padding, expected, padding ignored, rounded down, size kept,
        # symmetric zeros, half a kernel at each end, one added, stride ignored, zeros (before, after)
        (5, 3, 1, "valid", 3, 3, 3, 3, 3, 3, 3, 3, (0, 0)),
        (7, 3, 2, "valid", 3, 3, 3, 3, 3, 3, 3, 5, (0, 0)),
        (5, 3, 1, "same", 5, 3, 5, 5, 5, 5, 6, 5, (1, 1)),
        (5, 2, 1, "same", 5, 4, 5, 5, 4, 6, 6, 5, (0, 1)),
        (5, 3, 2, "same", 3, 2, 2, 5, 3, 3, 3, 5, (1, 1)),
    )
    for (
        size,
        kernel,
        stride,
        padding,
        expected,
        ignored,
        floor,
        size_kept,
        symmetric,
        half,
        one_more,
        stride_ignored,
        zeros,
    ) in cases:
        mistakes = {
            HELP["same-float"]: size / stride if padding == "same" else expected,
            HELP["padding-ignored"]: ignored,
            HELP["same-floor"]: floor,
            HELP["same-keeps-size"]: size_kept,
            HELP["same-symmetric"]: symmetric,
            HELP["same-half-kernel"]: half,
            HELP["same-plus-one"]: one_more,
            HELP["stride-ignored"]: stride_ignored,
            HELP["no-plus-one"]: expected - (padding == "valid"),
        }
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
    cases = (
        # size, kernel, stride, expected, symmetric, half a kernel at each end, extra before, odd one
        # lost, stride forgotten, kernel - stride
        (5, 3, 1, (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1)),
        (6, 4, 3, (0, 1), (1, 1), (2, 2), (1, 0), (0, 0), (1, 2), (0, 1)),  # all are different
        (4, 2, 1, (0, 1), (0, 0), (1, 1), (1, 0), (0, 0), (0, 1), (0, 1)),
        (6, 3, 2, (0, 1), (1, 1), (1, 1), (1, 0), (0, 0), (1, 1), (0, 1)),
        (5, 3, 2, (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (0, 1)),
    )
    for size, kernel, stride, expected, symmetric, half, before, lost, forgotten, minus in cases:
        mistakes = {
            HELP["same-symmetric"]: symmetric,
            HELP["same-half-kernel"]: half,
            HELP["same-extra-before"]: before,
            HELP["same-odd-lost"]: lost,
            HELP["same-stride-forgotten"]: forgotten,
            HELP["same-kernel-minus-stride"]: minus,
        }
        expect(student, "same_padding", size, kernel, stride).returns(
            expected, mistakes, draw=positions(size, kernel, stride, expected)
        )


@pytest.mark.question("zero-padding", points=1)
def test_zero_pad_example(student: Student) -> None:
    """One row above, two columns at the right."""
    image = np.array([[[1], [2]], [[3], [4]]])
    expected = np.array([[0, 0, 0, 0], [1, 2, 0, 0], [3, 4, 0, 0]])[:, :, None]
    swapped = np.array([[0, 1, 2], [0, 3, 4], [0, 0, 0], [0, 0, 0]])[:, :, None]
    ends_swapped = np.array([[0, 0, 1, 2], [0, 0, 3, 4], [0, 0, 0, 0]])[:, :, None]
    centred = np.array([[0, 1, 2, 0], [0, 3, 4, 0], [0, 0, 0, 0]])[:, :, None]
    with crash_help(PAD_CRASHES):
        expect(student, "zero_pad", image, 1, 0, 0, 2).returns(
            expected,
            {
                HELP["pad-swapped"]: swapped,
                HELP["pad-ends-swapped"]: ends_swapped,
                HELP["pad-centred"]: centred,
            },
            draw=beside(image, expected),
        )
        # Again with other numbers, for a function that keeps what it made.
        expect(student, "zero_pad", 2 * image, 1, 0, 0, 2).returns(2 * expected)


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
