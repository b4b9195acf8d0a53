"""Save the state of a training run between two epochs, and restore it.

A resumed run ends bit for bit like an uninterrupted one. The state has the weights, the optimizer's
moments and step, and the states of all random number generators; the order of images is advanced.
It does not have what callbacks remember, so runs with callbacks have no state.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.sandbox.protocol import frames
from autograder.sandbox.protocol.values import encode

_ORDERS = 2  # iterators that `fit` creates per epoch; it uses the second (Keras 3.15)


class Keeper:
    """Sends the state of a compiled model during training, at most once in `every` seconds.

    The frame has the number of finished epochs, their history, and the arrays of the state.
    """

    def __init__(self, model: Any, sink: int, every: float, largest: int) -> None:
        """Watch `model`; a state of more than `largest` bytes is not sent."""
        self._model = model
        self._sink = sink
        self._every = every
        self._largest = largest
        self._last = time.monotonic()

    def after(self, epochs: int, history: dict[str, list[float]]) -> None:
        """Send the state if it is due; to be called between two epochs."""
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
    """Restore the state after `epochs` of a freshly compiled model and its tf.data.Dataset."""
    model.optimizer.build(model.trainable_variables)
    for variable, value in zip(_variables(model), state, strict=True):
        variable.assign(value)
    for _ in range(epochs * _ORDERS):
        next(iter(data))  # a new iterator draws the order of a whole epoch


def _variables(model: Any) -> list[Any]:
    """All variables that training changes: weights, random generator states, the optimizer's."""
    return [*model.variables, *model.optimizer.variables]
