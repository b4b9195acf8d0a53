"""The images and layers of assignment 1 that are checked by hand, with what known mistakes make of them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from autograder.graders.convolution_help import HELP
from autograder.graders.feature_maps import wrong_maps


class Layer(NamedTuple):
    """What convolve() is called with, what it must return, and what it returns by each known mistake.

    `image` has shape (height, width, channels), `kernels` (kernel height, kernel width, channels,
    filters), `bias` (filters,) and `expected` (output height, output width, filters).
    """

    image: np.ndarray
    kernels: np.ndarray
    bias: np.ndarray
    strides: tuple[int, int]
    expected: np.ndarray
    mistakes: dict[str, object]


def wrong_by_the_right(
    right: np.ndarray, image: np.ndarray, kernels: np.ndarray, bias: np.ndarray
) -> dict[str, object]:
    """The wrong outputs of a layer that follow from the right one, of shape (rows, columns, filters)."""
    last = right.copy()
    last[..., :-1] = 0
    return {
        HELP["last-map-alone"]: last,
        HELP["mean-not-sum"]: (right - bias) / math.prod(kernels.shape[:3]) + bias,
        **wrong_maps(right, image, HELP),
    }


def output_shapes() -> list[tuple[tuple[object, ...], tuple[int, ...], dict[str, object]]]:
    """Arguments of conv_output_shape(), the shape, and wrong ones: the digit of the text first."""
    digit = {
        "channels-kept": (24, 24, 1),
        "channels-first": (32, 24, 24),
        "filters-left-out": (24, 24),
        "batch-axis": (None, 24, 24, 32),
        "no-plus-one": (23, 23, 32),
    }
    oblong = {
        "kernel-swapped": (6, 3, 6),
        "output-swapped": (4, 5, 6),
        "channels-first": (6, 5, 4),
        "channels-kept": (5, 4, 2),
        "channels-multiplied": (5, 4, 12),
        "kernel-height-twice": (5, 3, 6),
        "square-output": (5, 5, 6),
        "no-plus-one": (4, 3, 6),
    }
    # With these sides, swapped strides and a swapped answer give different shapes.
    two_strides = {
        "kernel-swapped": (10, 2, 7),
        "stride-swapped": (3, 7, 7),
        "output-swapped": (3, 9, 7),
        "channels-first": (7, 9, 3),
        "channels-kept": (9, 3, 2),
        "channels-multiplied": (9, 3, 14),
        "kernel-height-twice": (9, 2, 7),
        "square-output": (9, 9, 7),
        "no-plus-one": (8, 2, 7),
        "stride-along-width": (9, 7, 7),
    }
    shapes = (
        (((28, 28, 1), 32, (5, 5)), (24, 24, 32), digit),
        (((7, 5, 2), 6, (3, 2)), (5, 4, 6), oblong),
        (((11, 8, 2), 7, (3, 2), (1, 3)), (9, 3, 7), two_strides),
    )
    return [
        (arguments, expected, {HELP[key]: wrong for key, wrong in mistakes.items()})
        for arguments, expected, mistakes in shapes
    ]


def zeros_at_two_sides() -> tuple[np.ndarray, np.ndarray, dict[str, object]]:
    """A small image; the same with one row of zeros above and four columns at the right; wrong results.

    Half of the four columns is not the one row: sharing out evenly differs from a row for a column.
    """
    image = np.array([[[1], [2]], [[3], [4]]])
    none = [0, 0, 0, 0, 0, 0]
    expected = np.array([none, [1, 2, 0, 0, 0, 0], [3, 4, 0, 0, 0, 0]])[:, :, None]
    mistakes: dict[str, object] = {
        HELP["pad-swapped"]: np.array([[0, 1, 2], [0, 3, 4], *[[0, 0, 0]] * 4])[:, :, None],
        HELP["pad-ends-swapped"]: expected[[1, 2, 0]][:, [2, 3, 4, 5, 0, 1]],
        HELP["pad-centred"]: expected[[1, 2, 0]][:, [2, 3, 0, 1, 4, 5]],
        HELP["pad-image-missing"]: np.zeros_like(expected),
        HELP["pad-one-end"]: expected[:, :2],
        HELP["pad-every-axis"]: np.pad(image, 1),
    }
    return image, expected, mistakes


def one_filter() -> Layer:
    """One filter on an image with one channel."""
    image = np.array([[1, 0, 2, 1], [0, 1, 1, 0], [2, 1, 0, 1]], float)[:, :, None]
    kernels = np.array([[1, -1], [2, 0]], float)[:, :, None, None]
    bias = np.array([10.0])
    expected = np.array([[11.0, 10, 13], [13, 12, 11]])[:, :, None]
    mistakes = {
        HELP["bias-forgotten"]: np.array([[1.0, 0, 3], [3, 2, 1]])[:, :, None],
        HELP["bias-in-sum"]: np.array([[41.0, 40, 43], [43, 42, 41]])[:, :, None],
        HELP["kernel-flipped"]: np.array([[11.0, 14, 11], [11, 11, 11]])[:, :, None],
        **wrong_by_the_right(expected, image, kernels, bias),
    }
    return Layer(image, kernels, bias, (1, 1), expected, mistakes)


def three_filters() -> Layer:
    """Two channels, three filters, and a stride of two along the width."""
    image = np.arange(24, dtype=float).reshape(3, 4, 2)
    kernels = np.arange(24, dtype=float).reshape(2, 2, 2, 3) - 11
    bias = np.array([1.0, 2, 3])
    # The outputs of the three filters at each position of a window with stride 1.
    a, b, c = [201, 246, 291], [193, 254, 315], [185, 262, 339]
    d, e, f = [169, 278, 387], [161, 286, 411], [153, 294, 435]
    expected = np.array([[a, c], [d, f]], float)
    without_bias = [[[200, 244, 288], [184, 260, 336]], [[168, 276, 384], [152, 292, 432]]]
    first_channel = np.array([[[69, 90, 111], [37, 74, 111]], [[5, 58, 111], [-27, 42, 111]]])
    biases = [[[208, 260, 312], [192, 276, 360]], [[176, 292, 408], [160, 308, 456]]]
    flipped = [[[-231, -186, -141], [-247, -170, -93]], [[-263, -154, -45], [-279, -138, 3]]]
    mistakes = {
        HELP["bias-forgotten"]: np.array(without_bias),
        HELP["input-channels-forgotten"]: first_channel,
        HELP["last-channel-alone"]: expected - first_channel + bias,
        HELP["bias-per-channel"]: expected + bias,
        HELP["first-bias"]: expected - bias + 1,
        HELP["bias-in-sum"]: np.array(biases),
        HELP["kernel-flipped"]: np.array(flipped),
        HELP["slice-without-stride"]: np.array([[a, b], [d, e]]),
        HELP["stride-along-width"]: np.array([[a, b, c], [d, e, f]]),
        HELP["stride-swapped"]: np.array([[a, b, c]]),
        **wrong_by_the_right(expected, image, kernels, bias),
    }
    return Layer(image, kernels, bias, (1, 2), expected, mistakes)
