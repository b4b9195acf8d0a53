"""Follow gradient descent from given weights, step by step, and compare it with other weights.

The steps are those of "sgd" on the categorical cross-entropy. Nothing of the student's influences
them: the grading process chooses the model, the first weights and the data.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple

import msgspec
import numpy as np
from msgspec import Meta, Struct

from autograder._util.digests import digest, json_digest
from autograder.models.model import ModelData

_Numbers = Annotated[tuple[float, ...], Meta(min_length=1, max_length=1_000)]


class Descent(NamedTuple):
    """A training to follow, whose steps take the images in order, `batch` of them a step.

    Attributes:
        model: the model to train.
        start: its first weights, float32, in the order of its layers.
        images: training images, float32 (images, height, width, channels).
        rows: their one-hot labels, float32 (images, classes).
        others: images not trained on, of the same type.
        other_rows: their one-hot labels.
        batch: images a step.
        epoch_steps: steps an epoch.
        epochs: epochs of a right training.
        steps: steps to follow; they may be more than those of a right training.

    """

    model: ModelData
    start: tuple[np.ndarray, ...]
    images: np.ndarray
    rows: np.ndarray
    others: np.ndarray
    other_rows: np.ndarray
    batch: int
    epoch_steps: int
    epochs: int
    steps: int

    def request(self) -> dict[str, Any]:
        """The request to the training worker, without the arrays."""
        numbers = {
            name: getattr(self, name) for name in ("batch", "epoch_steps", "epochs", "steps")
        }
        return {"op": "descend", "model": msgspec.to_builtins(self.model), **numbers}

    def arrays(self) -> list[np.ndarray]:
        """The arrays of a request: the data and the first weights."""
        data = (self.images, self.rows, self.others, self.other_rows)
        return [np.ascontiguousarray(array) for array in (*data, *self.start)]

    def digest(self) -> str:
        """What no other descent has."""
        arrays = [(array.shape, digest(array.tobytes())) for array in self.arrays()]
        return json_digest([self.request(), arrays])

    def loss_request(self) -> dict[str, Any]:
        """The request for the loss on the other images with any weights, without the arrays."""
        return {"op": "loss", "model": msgspec.to_builtins(self.model)}

    def loss_arrays(self, weights: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The arrays of such a request."""
        return [np.ascontiguousarray(a) for a in (self.others, self.other_rows, *weights)]


class _Measurements(Struct, frozen=True, forbid_unknown_fields=True):
    losses: _Numbers
    accuracies: _Numbers
    right: float
    steps: Annotated[tuple[tuple[np.ndarray, ...], ...], Meta(min_length=1, max_length=1_000)]


class Descended(NamedTuple):
    """What the training worker measured on the way of a descent.

    Attributes:
        losses: the loss on the training images before the first epoch and after each.
        accuracies: the accuracy on the training images, from 0 to 1, likewise.
        right: the loss on the other images after a right training.
        steps: the weights before the first step and after each, float32.
        right_steps: how many steps a right training takes.

    """

    losses: tuple[float, ...]
    accuracies: tuple[float, ...]
    right: float
    steps: tuple[tuple[np.ndarray, ...], ...]
    right_steps: int

    def distances(self, reached: Sequence[np.ndarray]) -> list[float]:
        """The distance of the weights `reached` from those before the first step and after each.

        Each is divided by the distance that a right training covers.
        """
        length = _distance(self.steps[self.right_steps], self.steps[0])
        return [_distance(reached, weights) / length for weights in self.steps]


def measured(descent: Descent, answer: object) -> Descended:
    """Validate a worker's decoded answer; raises msgspec.ValidationError if it does not fit."""
    measurements = msgspec.convert(answer, _Measurements, strict=True)
    shapes = [array.shape for array in descent.start]
    if len(measurements.steps) != descent.steps + 1 or any(
        [array.shape for array in weights] != shapes for weights in measurements.steps
    ):
        raise msgspec.ValidationError("these are not the weights of each step")
    right_steps = descent.epoch_steps * descent.epochs
    return Descended(
        measurements.losses,
        measurements.accuracies,
        measurements.right,
        measurements.steps,
        right_steps,
    )


class DescentCache:
    """The descents that this process has followed.

    Those of the graders are the same for every student, and take seconds.
    """

    _MOST = 8  # each has some MB of weights

    def __init__(self) -> None:
        self._followed: dict[str, Descended] = {}

    def get(self, descent: Descent, follow: Callable[[], Descended]) -> Descended:
        """What `descent` reaches, from an earlier call or from `follow`."""
        key = descent.digest()
        descended = self._followed.pop(key, None) or follow()
        self._followed[key] = descended  # the last one used comes last
        if len(self._followed) > self._MOST:
            self._followed.pop(next(iter(self._followed)), None)
        return descended


def _distance(first: Sequence[np.ndarray], second: Sequence[np.ndarray]) -> float:
    """The Euclidean distance between two sets of weights, each flattened to one vector."""
    squares = (
        np.square(array.astype(np.float64) - other_array).sum()
        for array, other_array in zip(first, second, strict=True)
    )
    return math.sqrt(sum(squares))
