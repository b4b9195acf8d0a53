"""Pack the test images that a model misclassified for a grade record: four bytes each."""

from __future__ import annotations

import numpy as np

_IMAGE = np.dtype([("image", "<u2"), ("true", "u1"), ("taken", "u1")])


def pack(labels: np.ndarray, predicted: np.ndarray) -> bytes:
    """Pack the positions of wrong predictions (at most 65,536 images), with true and predicted class."""
    wrong = np.flatnonzero(labels != predicted)
    packed = np.empty(len(wrong), _IMAGE)
    packed["image"], packed["true"], packed["taken"] = wrong, labels[wrong], predicted[wrong]
    return packed.tobytes()


def unpack(packed: bytes) -> np.ndarray:
    """The array that pack() packed: `image` (position), `true` and `taken` (true and predicted class).

    Raises ValueError for bytes that pack() cannot have written.
    """
    return np.frombuffer(packed, _IMAGE)
