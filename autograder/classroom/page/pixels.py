"""Grey images as SVG paths: a policy that allows no image has nothing against them."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import numpy as np

from autograder.datasets import DatasetUnavailable, find, load_fashion_mnist_sample

_GREYS = 16  # levels, each by one hexadecimal digit; 0 is the black ground


class Strokes(NamedTuple):
    """All pixels of one grey: horizontal strokes, each in the middle of its row."""

    colour: str
    path: str


def strokes(image: np.ndarray) -> list[Strokes]:
    """An image of bytes (rows, columns) in 16 greys, a pixel 1 wide, what is black left out."""
    of: dict[int, list[str]] = {}
    for row, pixels in enumerate((image // (256 // _GREYS)).tolist()):
        column = 0
        for grey, run in groupby(pixels):
            length = len(list(run))
            if grey:
                of.setdefault(grey, []).append(f"M{column} {row}.5h{length}")
            column += length
    return [Strokes("#" + 3 * f"{grey:x}", "".join(parts)) for grey, parts in sorted(of.items())]


def images_of(tier: str) -> np.ndarray | None:
    """The tier's test images as (images, rows, columns); None where they are not on this machine.

    Nothing is downloaded for a page.
    """
    try:
        found = load_fashion_mnist_sample() if tier == "sample" else find("fashion-mnist")
    except DatasetUnavailable:
        return None
    return None if found is None else found[1][0]
