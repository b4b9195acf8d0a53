"""The test images that a model misread, packed for a grade record: four bytes each."""

from __future__ import annotations

import numpy as np

_ONE = np.dtype([("image", "<u2"), ("true", "u1"), ("taken", "u1")])


def pack(labels: np.ndarray, predicted: np.ndarray) -> bytes:
    """Which of the images (65,536 at most) were predicted wrongly, and which class for which."""
    wrong = np.flatnonzero(labels != predicted)
    packed = np.empty(len(wrong), _ONE)
    packed["image"], packed["true"], packed["taken"] = wrong, labels[wrong], predicted[wrong]
    return packed.tobytes()


def unpack(packed: bytes) -> np.ndarray:
    """What pack() packed, as the fields `image` (its position), `true` and `taken` (classes).

    Raises ValueError for bytes that cannot be of pack().
    """
    return np.frombuffer(packed, _ONE)
