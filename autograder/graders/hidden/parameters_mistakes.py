"""What students with a known misconception return in assignment 3: one function for each question."""

from __future__ import annotations

import math

import numpy as np

from autograder.graders.parameters import NETWORK_SIZES
from autograder.graders.parameters_help import HELP
from autograder.testing import Image


def conv(case: Image, use_bias: bool) -> dict[str, object]:
    """Wrong numbers of parameters of a convolutional layer."""
    (height, width), channels, filters = case.kernel, case.channels, case.filters
    window = height * width
    weights = window * channels * filters
    biases = filters if use_bias else 0
    return {
        HELP["conv-bias-forgotten"]: weights,
        HELP["conv-one-bias"]: weights + use_bias,
        HELP["conv-bias-per-channel"]: weights + (channels if use_bias else 0),
        HELP["conv-bias-per-channel-of-each-filter"]: weights + use_bias * channels * filters,
        HELP["use-bias-ignored"]: weights + filters,
        HELP["bias-precedence"]: use_bias * (weights + filters),
        HELP["input-channels-forgotten"]: window * filters + biases,
        HELP["filters-forgotten"]: window * channels + use_bias,
        HELP["filters-only-biases"]: window * channels + biases,
        HELP["kernel-height-twice"]: height * height * channels * filters + biases,
        HELP["kernel-width-twice"]: width * width * channels * filters + biases,
        HELP["image-size"]: 28 * 28 * channels * filters + biases,
        HELP["conv-kernel-added"]: (height + width) * channels * filters + biases,
        HELP["conv-network-kernel"]: 5 * 5 * channels * filters + biases,
        HELP["conv-biases-alone"]: biases or weights,
        HELP["conv-bias-per-pixel"]: window * (channels + 1) * filters,
    }


def flatten(shape: tuple[int, ...]) -> dict[str, object]:
    """Wrong numbers of values in a shape."""
    return {
        HELP["flatten-channels-only"]: shape[-1],
        HELP["flatten-channels-forgotten"]: without_channels(shape),
        HELP["flatten-sum"]: sum(shape),
        HELP["flatten-tuple"]: (math.prod(shape),),
        HELP["flatten-zero"]: 0,
        HELP["flatten-length"]: len(shape),
        HELP["flatten-first-side"]: shape[0],
        HELP["flatten-first-forgotten"]: math.prod(shape[1:]),
    }


def totals(counts: list[int], right: list[int]) -> dict[str, object]:
    """Wrong running totals of a network."""
    return {
        HELP["totals-not-cumulative"]: counts,
        HELP["totals-last-only"]: right[-1],
        HELP["totals-one-behind"]: [0, *right[:-1]],
        HELP["totals-with-zero"]: [0, *right],
        HELP["totals-array"]: np.array(right),
        HELP["totals-place-before-first"]: [total + counts[-1] for total in right],
        HELP["totals-neighbours"]: [sum(pair) for pair in zip([0, *counts], counts, strict=False)],
    }


def without_channels(shape: tuple[int, ...]) -> int:
    """The product of all sides but the last, of which there may be one alone."""
    return math.prod(shape[:-1]) if len(shape) > 1 else shape[0]


def activations(shapes: dict[str, tuple[int, ...]]) -> dict[str, object]:
    """Wrong numbers of values of layers."""
    return {
        HELP["activation-channels-forgotten"]: {k: without_channels(s) for k, s in shapes.items()},
        HELP["activation-channels-only"]: {k: s[-1] for k, s in shapes.items()},
        HELP["flatten-length"]: {k: len(s) for k, s in shapes.items()},
        HELP["flatten-sum"]: {k: sum(s) for k, s in shapes.items()},
        HELP["activation-bytes"]: {k: 4 * math.prod(s) for k, s in shapes.items()},
        HELP["activation-of-network"]: NETWORK_SIZES,
        HELP["activation-shapes"]: shapes,
    }


def dense(inputs: int, units: int, use_bias: bool) -> dict[str, object]:
    """Wrong numbers of parameters of a dense layer."""
    return {
        HELP["dense-bias-forgotten"]: inputs * units,
        HELP["dense-one-bias"]: inputs * units + use_bias,
        HELP["dense-bias-per-input"]: inputs * units + (inputs if use_bias else 0),
        HELP["dense-one-unit"]: inputs + use_bias,
        HELP["dense-added"]: inputs + units + (units if use_bias else 0),
        HELP["use-bias-ignored"]: inputs * units + units,
        HELP["bias-precedence"]: use_bias * (inputs * units + units),
    }
