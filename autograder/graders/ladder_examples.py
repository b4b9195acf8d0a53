"""Examples of predictions of assignment 5, and what right and mistaken answers to them are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from autograder.graders.fashion_ladder_help import HELP


class Example(NamedTuple):
    """Two arrays, what the function returns for them, and help text -> what a known mistake returns."""

    first: np.ndarray
    labels: np.ndarray
    expected: object
    mistakes: Mapping[str, object]


_LOSS, _ACCURACY = 1.2039728, 0.75
_LOSSES = np.array([0.1053605, 0.9162907, 2.9957323, 0.7985077])
LOSS = Example(
    np.array([[0.9, 0.05, 0.05], [0.3, 0.4, 0.3], [0.9, 0.05, 0.05], [0.45, 0.3, 0.25]]),
    np.array([0, 1, 2, 0]),
    (_LOSS, _ACCURACY),
    {
        HELP["loss-sum"]: (4.8158912, _ACCURACY),
        HELP["loss-sign"]: (-_LOSS, _ACCURACY),
        HELP["loss-log10"]: (0.5228787, _ACCURACY),
        HELP["loss-log2"]: (1.7369656, _ACCURACY),
        HELP["loss-of-guess"]: (0.4813799, _ACCURACY),
        HELP["loss-of-others"]: (1.3199914, _ACCURACY),
        HELP["loss-mean-of-all"]: (0.4013243, _ACCURACY),
        HELP["loss-log-of-mean"]: (0.7985077, _ACCURACY),
        HELP["loss-not-averaged"]: (_LOSSES, _ACCURACY),
        HELP["loss-of-each-image"]: (_LOSSES, np.array([True, True, False, True])),
        HELP["accuracy-argmax-axis"]: (_LOSS, 0.5),
        HELP["accuracy-percent"]: (_LOSS, 75.0),
        HELP["accuracy-count"]: (_LOSS, 3.0),
        HELP["loss-exchanged"]: (_ACCURACY, _LOSS),
    },
)
_COUNTED = np.array([[1, 2, 0], [0, 1, 0], [0, 0, 0]])
# The pair that occurs twice does not stand at the end, where a loop that ends too early leaves one out.
CONFUSION = Example(
    np.array([0, 0, 0, 1]),
    np.array([0, 1, 1, 1]),
    _COUNTED,
    {
        HELP["matrix-transposed"]: _COUNTED.T,
        HELP["matrix-shares"]: _COUNTED / 4,
        HELP["matrix-diagonal"]: np.diag(np.diag(_COUNTED)),
        HELP["matrix-wrong-only"]: _COUNTED - np.diag(np.diag(_COUNTED)),
        HELP["matrix-too-small"]: _COUNTED[:2, :2],
        HELP["matrix-ten-classes"]: np.pad(_COUNTED, (0, 7)),
        HELP["matrix-outer"]: np.outer([3, 1, 0], [1, 3, 0]),
        HELP["matrix-once"]: np.minimum(_COUNTED, 1),
        HELP["matrix-rows-shared"]: np.tile(_COUNTED.sum(axis=0), (3, 1)),
    },
)
MISTAKES = Example(
    np.array(
        [[0.3, 0.45, 0.25], [0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.05, 0.05, 0.9]]
    ),
    np.array([2, 0, 1, 0, 2]),
    np.array([2, 3]),
    {
        HELP["mistakes-least-sure"]: np.array([0, 3]),
        HELP["mistakes-surest-last"]: np.array([3, 2]),
        HELP["mistakes-right-ones"]: np.array([4, 1]),
        HELP["mistakes-in-order"]: np.array([0, 2]),
        HELP["mistakes-own-class"]: np.array([2, 0]),
        HELP["mistakes-among-wrong"]: np.array([1, 2]),
        HELP["mistakes-probabilities"]: np.array([0.6, 0.5]),
        HELP["mistakes-all"]: np.array([2, 3, 0]),
    },
)
