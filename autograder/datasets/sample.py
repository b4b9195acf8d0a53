"""Draw the samples of both data sets that come with the kit: `python -m autograder.datasets.sample`.

Of each class, it takes the training images with the smallest SHA-256, and test images in the same
way. This choice does not depend on what an image shows, needs no random numbers, and is the same
with all versions of all software. Whose images they are: autograder/data/NOTICE.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from autograder.datasets.sources import REMOTE, Arrays, load, sample_path
from autograder.datasets.unavailable import DatasetUnavailable

TRAIN_A_CLASS, TEST_A_CLASS = 600, 200


def draw(full: Arrays) -> Arrays:
    """The sample of the full data set: 6,000 training and 2,000 test images, classes balanced.

    The images keep their order in the full data set, in which the classes are mixed.
    """
    (train, train_labels), (test, test_labels) = full
    indices = _select(train, train_labels, TRAIN_A_CLASS)
    test_indices = _select(test, test_labels, TEST_A_CLASS)
    return (
        (train[indices], train_labels[indices]),
        (test[test_indices], test_labels[test_indices]),
    )


def write(sample: Arrays, path: Path) -> None:
    """Write the sample in the layout of Keras's npz files."""
    (train, train_labels), (test, test_labels) = sample
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, x_train=train, y_train=train_labels, x_test=test, y_test=test_labels)


def _select(images: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    digests = [hashlib.sha256(image.tobytes()).digest() for image in images]
    indices: list[int] = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label).tolist()
        indices += sorted(members, key=lambda index: digests[index])[:count]
    return np.array(sorted(indices))


def main() -> int:
    """Write both samples into the package. Returns 1 if a full data set is not available."""
    for name in REMOTE:
        path = sample_path(name)
        try:
            write(draw(load(name)), path)
        except DatasetUnavailable as error:
            print(error, file=sys.stderr)
            return 1
        print(f"written: {path} ({path.stat().st_size:,} bytes)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
