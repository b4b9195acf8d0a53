"""The images and labels that a recipe is trained and judged on."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from autograder._util.digests import digest
from autograder.datasets import load_fashion_mnist, load_fashion_mnist_sample
from autograder.datasets.sources import Arrays

_VALIDATION = 10  # hold out one training image in ten


class TrainingData(NamedTuple):
    """The data that runs are trained and judged on. Test labels never leave the grading process."""

    tier: str
    train: np.ndarray
    train_labels: np.ndarray
    validation: np.ndarray
    validation_labels: np.ndarray
    test: np.ndarray
    test_labels: np.ndarray

    def worker_arrays(self) -> list[np.ndarray]:
        """The arrays for the training worker, in the order it expects: everything but the test labels."""
        arrays = (self.train, self.train_labels, self.validation, self.validation_labels, self.test)
        return [np.ascontiguousarray(array) for array in arrays]

    def digest(self) -> str:
        """SHA-256 of all that the training worker is given."""
        return digest(*(array.data for array in self.worker_arrays()))


@cache
def training_data(tier: str) -> TrainingData:
    """The data of a tier, "sample" or "full", read once per process. Raises DatasetUnavailable."""
    return split(load_fashion_mnist_sample() if tier == "sample" else load_fashion_mnist(), tier)


def split(arrays: Arrays, tier: str) -> TrainingData:
    """Hold out every tenth training image for validation; the classes stay mixed."""
    (images, labels), (test, test_labels) = arrays
    held_out = np.arange(len(images)) % _VALIDATION == _VALIDATION - 1
    return TrainingData(
        tier,
        images[~held_out],
        labels[~held_out],
        images[held_out],
        labels[held_out],
        test,
        test_labels,
    )
