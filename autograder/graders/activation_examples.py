"""Examples of ReLU and softmax: arrays, and what right and mistaken answers to them are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from autograder.graders.two_layer_help import HELP


class Example(NamedTuple):
    """An array, what the function returns for it, and help text -> what a known mistake returns."""

    array: np.ndarray
    expected: np.ndarray
    mistakes: Mapping[str, object]


RELU_MAP = Example(
    np.array([[2.0, -1, 7], [-3, 4, -6]]),
    np.array([[2.0, 0, 7], [0, 4, 0]]),
    {
        HELP["absolute"]: np.array([[2.0, 1, 7], [3, 4, 6]]),
        HELP["positives-lost"]: np.array([[0.0, -1, 0], [-3, 0, -6]]),
        HELP["mask-returned"]: np.array([[1, 0, 1], [0, 1, 0]]),
        HELP["negatives-left-out"]: np.array([2.0, 7, 4]),
        HELP["largest-along-axis"]: np.array([2.0, 4, 7]),
        HELP["unchanged"]: np.array([[2.0, -1, 7], [-3, 4, -6]]),
    },
)
RELU_ROW = Example(
    np.array([3, -5, 0, -1]),
    np.array([3, 0, 0, 0]),
    {
        HELP["absolute"]: np.array([3, 5, 0, 1]),
        HELP["positives-lost"]: np.array([0, -5, 0, -1]),
        HELP["mask-returned"]: np.array([1, 0, 0, 0]),
        HELP["negatives-left-out"]: np.array([3]),
        HELP["largest-along-axis"]: 3,
        HELP["unchanged"]: np.array([3, -5, 0, -1]),
    },
)
RELU_PIXEL = Example(
    np.array([[[1.5, -2.5]]], np.float32),
    np.array([[[1.5, 0]]], np.float32),
    {
        HELP["absolute"]: np.array([[[1.5, 2.5]]]),
        HELP["positives-lost"]: np.array([[[0, -2.5]]]),
        HELP["mask-returned"]: np.array([[[1, 0]]]),
        HELP["negatives-left-out"]: np.array([1.5]),
        HELP["largest-along-axis"]: np.array([[1.5, -2.5]]),
        HELP["unchanged"]: np.array([[[1.5, -2.5]]]),
    },
)

SOFTMAX_ROW = Example(
    np.array([1.0, 3, 2]),
    np.array([0.09003057, 0.66524096, 0.24472847]),
    {
        HELP["not-divided"]: np.array([2.71828183, 20.0855369, 7.3890561]),
        HELP["divided-by-largest"]: np.array([0.13533528, 1, 0.36787944]),
        HELP["without-powers"]: np.array([1 / 6, 3 / 6, 2 / 6]),
        HELP["negative-powers"]: np.array([0.66524096, 0.09003057, 0.24472847]),
        HELP["one-row"]: np.ones(3),
        HELP["class-returned"]: 1,
    },
)
SOFTMAX_ROWS = Example(
    np.array([[1.0, 3, 2], [2, 2, 2]]),
    np.array([[0.09003057, 0.66524096, 0.24472847], [1 / 3, 1 / 3, 1 / 3]]),
    {
        HELP["not-divided"]: np.array(
            [[2.71828183, 20.0855369, 7.3890561], [7.3890561, 7.3890561, 7.3890561]]
        ),
        HELP["divided-by-largest"]: np.array([[0.13533528, 1, 0.36787944], [1, 1, 1]]),
        HELP["without-powers"]: np.array([[1 / 6, 3 / 6, 2 / 6], [1 / 3, 1 / 3, 1 / 3]]),
        HELP["negative-powers"]: np.array(
            [[0.66524096, 0.09003057, 0.24472847], [1 / 3, 1 / 3, 1 / 3]]
        ),
        HELP["sum-of-all"]: np.array(
            [[0.05191519, 0.38360429, 0.14112013], [0.14112013, 0.14112013, 0.14112013]]
        ),
        HELP["sum-of-columns"]: np.array(
            [[0.26894142, 0.73105858, 0.5], [0.73105858, 0.26894142, 0.5]]
        ),
        HELP["class-returned"]: np.array([1, 0]),
    },
)
_MOST, _LEAST, _HALF = 0.88079708, 0.11920292, [0.5, 0.5]
_SMALL = 0.13533528  # e to the power of -2
SOFTMAX_LARGE = Example(
    np.array([[1000.0, 1002], [-1000, -1002], [1000, 1000]]),
    np.array([[_LEAST, _MOST], [_MOST, _LEAST], _HALF]),
    {
        HELP["not-divided"]: np.array([[np.inf, np.inf], [0, 0], [np.inf, np.inf]]),
        HELP["divided-by-largest"]: np.array([[_SMALL, 1], [1, _SMALL], [1, 1]]),
        HELP["without-powers"]: np.array([*[[1000 / 2002, 1002 / 2002]] * 2, _HALF]),
        HELP["negative-powers"]: np.array([[_MOST, _LEAST], [_LEAST, _MOST], _HALF]),
        HELP["sum-of-all"]: np.array([[_SMALL, 1], [0, 0], [_SMALL, _SMALL]]) / (1 + 3 * _SMALL),
        HELP["sum-of-columns"]: np.array([[0.5, _MOST], [0, 0], [0.5, _LEAST]]),
        HELP["overflow"]: np.full((3, 2), np.nan),
        HELP["largest-of-all"]: np.array([[_LEAST, _MOST], [np.nan, np.nan], _HALF]),
        HELP["class-returned"]: np.array([1, 0, 0]),
    },
)
SOFTMAX_APART = Example(
    np.array([1000.0, 0, -2000]),
    np.array([1.0, 0, 0]),
    {
        HELP["mean-subtracted"]: np.array([np.nan, 0, 0]),
        HELP["smallest-subtracted"]: np.array([np.nan, np.nan, 0]),
        HELP["one-row"]: np.ones(3),
    },
)
