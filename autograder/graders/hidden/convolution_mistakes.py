"""What students with a known misconception return: one function for each question."""

from __future__ import annotations

import math

import numpy as np

from autograder.graders.convolution_examples import wrong_by_the_right
from autograder.graders.convolution_help import HELP
from autograder.testing import Image, Window


def window(size: int, kernel: int) -> dict[str, object]:
    """Wrong numbers of positions with stride one."""
    return {
        HELP["no-plus-one"]: size - kernel,
        HELP["half-kernel"]: size - 2 * (kernel // 2),
    }


def stride(case: Window) -> dict[str, object]:
    """Wrong numbers of positions with any stride."""
    size, kernel, step = case
    return {
        HELP["no-plus-one"]: (size - kernel) // step,
        HELP["plus-one-inside"]: (size - kernel + 1) // step,
        HELP["plus-one-twice"]: (size - kernel + 1) // step + 1,
        HELP["kernel-ignored"]: size // step,
        HELP["ceil"]: math.ceil((size - kernel) / step) + 1,
        HELP["true-division"]: (size - kernel) / step + 1,
        HELP["brackets-missing"]: size - kernel // step + 1,
        HELP["stride-ignored"]: size - kernel + 1,
    }


def padding(case: Window, kind: str) -> dict[str, object]:
    """Wrong numbers of positions with padding "valid" or "same"."""
    size, kernel, step = case
    valid = (size - kernel) // step + 1
    if kind == "valid":
        return {
            HELP["padding-ignored"]: valid,
            HELP["same-floor"]: valid,
            HELP["same-keeps-size"]: valid,
            HELP["same-symmetric"]: valid,
            HELP["same-half-kernel"]: valid,
            HELP["same-float"]: valid,
            HELP["same-plus-one"]: valid,
            HELP["stride-ignored"]: size - kernel + 1,
            HELP["no-plus-one"]: valid - 1,
            HELP["paddings-exchanged"]: math.ceil(size / step),
        }
    return {
        HELP["padding-ignored"]: valid,
        HELP["same-floor"]: size // step,
        HELP["same-keeps-size"]: size,
        HELP["same-symmetric"]: (size + 2 * ((kernel - 1) // 2) - kernel) // step + 1,
        HELP["same-half-kernel"]: (size + 2 * (kernel // 2) - kernel) // step + 1,
        HELP["same-float"]: size / step,
        HELP["same-plus-one"]: size // step + 1,
        HELP["stride-ignored"]: size,
        HELP["no-plus-one"]: math.ceil(size / step),
        HELP["paddings-exchanged"]: valid,
    }


def output_shape(case: Image, padding: str, right: tuple[int, int, int]) -> dict[str, object]:
    """Wrong shapes of a layer's output."""
    kernel, strides = case.kernel, case.strides
    sides = (case.height, case.width)

    def positions(k: tuple[int, ...], s: tuple[int, ...], kind: str = padding) -> tuple[int, int]:
        if kind == "same":
            first, second = (math.ceil(n / t) for n, t in zip(sides, s, strict=True))
        else:
            first, second = ((n - m) // t + 1 for n, m, t in zip(sides, k, s, strict=True))
        return first, second

    short = padding == "valid"
    rows, columns, filters = right
    return {
        HELP["kernel-swapped"]: (*positions(kernel[::-1], strides), filters),
        HELP["stride-swapped"]: (*positions(kernel, strides[::-1]), filters),
        HELP["kernel-height-twice"]: (*positions(kernel[:1] * 2, strides), filters),
        HELP["square-output"]: (rows, rows, filters),
        HELP["padding-ignored"]: (*positions(kernel, strides, "valid"), filters),
        HELP["output-swapped"]: (columns, rows, filters),
        HELP["channels-first"]: (filters, rows, columns),
        HELP["channels-kept"]: (rows, columns, case.channels),
        HELP["filters-left-out"]: (rows, columns),
        HELP["batch-axis"]: (None, rows, columns, filters),
        HELP["channels-multiplied"]: (rows, columns, filters * case.channels),
        HELP["stride-along-width"]: (*positions(kernel, (1, 1)), filters),
        HELP["no-plus-one"]: (rows - short, columns - short, filters),
    }


def same_padding(case: Window, number: object) -> dict[str, object]:
    """Wrong numbers of zeros (before, after) with padding "same"; `number` is an answer that is one."""
    size, kernel, step = case
    reach = (math.ceil(size / step) - 1) * step + kernel - size
    total = max(0, reach)
    half = (kernel - 1) // 2
    return {
        HELP["same-symmetric"]: (half, half),
        HELP["same-half-kernel"]: (kernel // 2, kernel // 2),
        HELP["same-extra-before"]: (total - total // 2, total // 2),
        HELP["same-odd-lost"]: (total // 2, total // 2),
        HELP["same-stride-forgotten"]: (half, kernel - 1 - half),
        HELP["same-negative"]: _shared(reach),
        HELP["same-one-number"]: number,
        HELP["same-kernel-minus-stride"]: _shared(max(0, kernel - step)),
    }


def zero_pad(image: np.ndarray, sides: tuple[int, int, int, int]) -> dict[str, object]:
    """Wrong results of padding with zeros at (top, bottom, left, right)."""
    top, bottom, left, right = sides
    return {
        HELP["pad-swapped"]: np.pad(image, ((left, right), (top, bottom), (0, 0))),
        HELP["pad-ends-swapped"]: np.pad(image, ((bottom, top), (right, left), (0, 0))),
        HELP["pad-image-missing"]: np.pad(
            np.zeros_like(image), ((top, bottom), (left, right), (0, 0))
        ),
        HELP["pad-one-end"]: np.pad(image, ((top, 0), (left, 0), (0, 0))),
        HELP["pad-every-axis"]: np.pad(image, top),
        HELP["pad-centred"]: np.pad(image, (_shared(top + bottom), _shared(left + right), (0, 0))),
    }


def _shared(zeros: int) -> tuple[int, int]:
    """Half of the zeros before the image, the rest behind it."""
    return zeros // 2, zeros - zeros // 2


def convolve(
    image: np.ndarray, kernels: np.ndarray, bias: np.ndarray, strides: tuple[int, int]
) -> dict[str, object]:
    """Wrong outputs of the layer."""
    right = _layer(image, kernels, strides)
    return {
        HELP["bias-forgotten"]: right,
        HELP["bias-in-sum"]: right + bias * math.prod(kernels.shape[:3]),
        HELP["bias-per-channel"]: right + bias * kernels.shape[2],
        HELP["first-bias"]: right + bias[0],
        HELP["activation"]: np.maximum(right + bias, 0),
        HELP["fractions-lost"]: (right + bias).astype(image.dtype),
        HELP["slice-without-stride"]: _layer(image, kernels, (1, 1))[
            : right.shape[0], : right.shape[1]
        ]
        + bias,
        HELP["kernel-flipped"]: _layer(image, kernels[::-1, ::-1], strides) + bias,
        HELP["input-channels-forgotten"]: _layer(image[..., :1], kernels[:, :, :1], strides) + bias,
        HELP["last-channel-alone"]: _layer(image[..., -1:], kernels[:, :, -1:], strides) + bias,
        HELP["stride-along-width"]: _layer(image, kernels, (1, 1)) + bias,
        HELP["stride-swapped"]: _layer(image, kernels, strides[::-1]) + bias,
        **wrong_by_the_right(right + bias, image, kernels, bias),
    }


def _layer(image: np.ndarray, kernels: np.ndarray, strides: tuple[int, ...]) -> np.ndarray:
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    stepped = windows[:: strides[0], :: strides[1]]
    return np.asarray(np.einsum("rcdhw,hwdf->rcf", stepped, kernels))


def shared(kernel: tuple[int, int], channels: int) -> dict[str, object]:
    """Wrong numbers of parameters of one filter."""
    area = kernel[0] * kernel[1]
    return {
        HELP["bias-forgotten"]: area * channels,
        HELP["bias-per-channel"]: (area + 1) * channels,
        HELP["input-channels-forgotten"]: area + 1,
    }


def unshared(case: Image) -> dict[str, object]:
    """Wrong numbers of weights of a layer without sharing."""
    area = case.kernel[0] * case.kernel[1]
    positions = (case.height - case.kernel[0] + 1) * (case.width - case.kernel[1] + 1)
    weights = area * case.channels
    return {
        HELP["bias-counted"]: positions * (weights + 1),
        HELP["positions-everywhere"]: case.height * case.width * weights,
        HELP["one-kernel"]: weights,
        HELP["positions-alone"]: positions,
        HELP["input-channels-forgotten"]: positions * area,
        HELP["no-plus-one"]: (case.height - case.kernel[0])
        * (case.width - case.kernel[1])
        * weights,
    }
