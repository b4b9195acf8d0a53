"""The state of a training between two epochs: taken, and put back so that the run goes on.

A run that was put back ends as one without a break does, to the bit: weights, the optimizer's
moments and step, and the states of all random numbers are in it, and the order of images is
brought forward. Callbacks that remember earlier epochs are not, so their runs have no state.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.sandbox.protocol import frames
from autograder.sandbox.protocol.values import encode

_ORDERS = 2  # iterators that `fit` begins an epoch, the second of them used (Keras 3.15)


class Keeper:
    """Sends the state of a compiled model in training, at most once in `every` seconds.

    The frame has the epochs that are over, their history, and the arrays of the state.
    """

    def __init__(self, model: Any, sink: int, every: float, largest: int) -> None:
        """Watch `model`; a state of more than `largest` bytes is not sent."""
        self._model = model
        self._sink = sink
        self._every = every
        self._largest = largest
        self._last = time.monotonic()

    def after(self, epochs: int, history: dict[str, list[float]]) -> None:
        """To be called between two epochs; sends the state if it is time."""
        if time.monotonic() - self._last < self._every:
            return
        self._last = time.monotonic()
        state = [np.asarray(variable) for variable in _variables(self._model)]
        if sum(array.nbytes for array in state) <= self._largest:
            blobs: list[bytes] = []
            for array in state:
                encode(array, blobs)
            frames.write_frame(
                self._sink,
                {"epochs": epochs, "history": encode(history, [])},
                blobs,
                most=frames.MAX_TRAINING,
            )


def put_back(model: Any, state: Sequence[np.ndarray], data: Any, epochs: int) -> None:
    """Bring a freshly compiled model and its tf.data.Dataset to where they were after `epochs`."""
    model.optimizer.build(model.trainable_variables)
    for variable, value in zip(_variables(model), state, strict=True):
        variable.assign(value)
    for _ in range(epochs * _ORDERS):
        next(iter(data))  # an iterator draws the order of a whole pass when it begins


def _variables(model: Any) -> list[Any]:
    """All that training changes: weights, states of random numbers, and the optimizer's own."""
    return [*model.variables, *model.optimizer.variables]
