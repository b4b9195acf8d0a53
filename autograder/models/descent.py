"""Follow gradient descent from given weights, step by step, and compare it with other weights.

The steps are those of "sgd" on the categorical cross-entropy. Nothing of the student's influences
them: the grading process chooses the model, the first weights and the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import msgspec
import numpy as np
from msgspec import Meta, Struct

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

    def arrays(self, reached: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The arrays of a request: the data, the first weights, and the weights to compare."""
        data = (self.images, self.rows, self.others, self.other_rows)
        return [np.ascontiguousarray(array) for array in (*data, *self.start, *reached)]


class Descended(Struct, frozen=True, forbid_unknown_fields=True):
    """What the training worker measured.

    Attributes:
        losses: the loss on the training images before the first epoch and after each.
        accuracies: the accuracy on the training images, from 0 to 1, likewise.
        distances: the distance of the reached weights from the weights before the first step and
            after each, divided by the distance that a right training covers.
        right: the loss on the other images after a right training.
        reached: the loss on the other images with the reached weights.

    """

    losses: _Numbers
    accuracies: _Numbers
    distances: _Numbers
    right: float
    reached: float


def measured(answer: object) -> Descended:
    """Validate a worker's decoded answer; raises msgspec.ValidationError if it is not a Descended."""
    return msgspec.convert(answer, Descended, strict=True)
