"""Grey images as SVG paths: the page's content security policy allows no image files."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import numpy as np

from autograder.datasets import DatasetUnavailable, load_fashion_mnist_sample
from autograder.datasets.sources import find

_GREYS = 16  # levels, each one hexadecimal digit; 0 is the black background


class Strokes(NamedTuple):
    """All pixels of one grey level: horizontal strokes, each in the middle of its row."""

    colour: str
    path: str


def strokes(image: np.ndarray) -> list[Strokes]:
    """An image of bytes (rows, columns) in 16 greys, one unit per pixel, without black pixels."""
    paths: dict[int, list[str]] = {}
    for row, pixels in enumerate((image // (256 // _GREYS)).tolist()):
        column = 0
        for grey, run in groupby(pixels):
            length = len(list(run))
            if grey:
                paths.setdefault(grey, []).append(f"M{column} {row}.5h{length}")
            column += length
    return [Strokes("#" + 3 * f"{grey:x}", "".join(parts)) for grey, parts in sorted(paths.items())]


def images_of(tier: str) -> np.ndarray | None:
    """The tier's test images as (images, rows, columns), or None if they are not on this machine.

    Never downloads them.
    """
    try:
        dataset = load_fashion_mnist_sample() if tier == "sample" else find("fashion-mnist")
    except DatasetUnavailable:
        return None
    return None if dataset is None else dataset[1][0]
