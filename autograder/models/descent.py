"""What a training of given weights reaches, step by step, held against other weights.

The steps are plain gradient descent as "sgd" takes them, on the categorical cross-entropy. Nothing
of a student's decides about them: model, first weights and data are the grading process's own.
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
    """A training in which each step takes the next `batch` images, in their order.

    Images are float32 (images, height, width, channels), rows their one-hot labels; `others` are
    images that are not trained on. A right training takes `epochs` of `epoch_steps` steps;
    `steps` are followed, which may be more.
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
        """What the training worker is asked, but for the arrays."""
        numbers = {
            name: getattr(self, name) for name in ("batch", "epoch_steps", "epochs", "steps")
        }
        return {"op": "descend", "model": msgspec.to_builtins(self.model), **numbers}

    def arrays(self, reached: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The arrays of a request: data, the first weights, and those that training reached."""
        data = (self.images, self.rows, self.others, self.other_rows)
        return [np.ascontiguousarray(array) for array in (*data, *self.start, *reached)]


class Descended(Struct, frozen=True, forbid_unknown_fields=True):
    """What the training worker measured.

    `losses` and `accuracies` are those of the trained images before the first epoch and after each;
    `distances` are those of the reached weights from the weights before the first step and after
    each, as a share of the way that a right training goes; `right` and `reached` the losses of
    the other images by the weights of a right training and by the reached ones.
    """

    losses: _Numbers
    accuracies: _Numbers
    distances: _Numbers
    right: float
    reached: float


def measured(answer: object) -> Descended:
    """A worker's decoded answer; raises msgspec.ValidationError for anything else."""
    return msgspec.convert(answer, Descended, strict=True)
