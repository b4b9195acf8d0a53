"""A finished training run, and the key under which equal recipes find it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from msgspec import Meta, Struct

from autograder._util.digests import json_digest
from autograder.models.recipe import Recipe
from autograder.models.recipe_key import recipe_key

METHOD = 2  # increment when the training worker trains differently; 2: each epoch has its own order

Metric = Annotated[tuple[float, ...], Meta(max_length=1_000)]
History = Annotated[dict[str, Metric], Meta(max_length=50)]


class Run(Struct, frozen=True, forbid_unknown_fields=True):
    """A finished training run: predicted test classes, one byte each, and metrics by epoch."""

    predicted: bytes
    history: dict[str, Metric]
    seconds: float

    def classes(self) -> np.ndarray:
        """The predicted class of each test image."""
        return np.frombuffer(self.predicted, np.uint8)

    def accuracy(self, labels: np.ndarray) -> float:
        """The share of test images whose class was predicted, 0 to 1."""
        return float(np.mean(self.classes() == labels))


def run_key(recipe: Recipe, data_digest: str) -> str:
    """A digest of recipe, data and training method that stays the same in later versions of the kit.

    Runs with the same key and the same versions of Keras and TensorFlow have equal accuracies, except
    for rounding: machine and threads determine only the order of sums. `data_digest` is the digest
    of the TrainingData.
    """
    parts = [recipe_key(recipe), data_digest, METHOD]
    return json_digest(parts)
