"""Wrong feature maps that follow from the right ones, of a convolution as of a pooling layer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def wrong_maps(
    right: np.ndarray, image: np.ndarray, help_texts: Mapping[str, str]
) -> dict[str, object]:
    """Help text -> what a student with that mistake returns.

    Args:
        right: the layer's output, shape (rows, columns, maps).
        image: what the layer reads, shape (height, width, channels).
        help_texts: key of the mistake -> help text, as the assignment's HELP.

    """
    rows, columns, maps = right.shape
    short, as_image = right.copy(), np.zeros((*image.shape[:2], maps))
    short[-1], short[:, -1] = 0, 0
    as_image[:rows, :columns] = right
    wrong = {
        "output-swapped": right.swapaxes(0, 1),
        "channels-first": np.moveaxis(right, -1, 0),
        "maps-axis-lost": right[..., 0],
        "maps-in-one-row": right.reshape(-1, maps),
        "loops-too-short": short,
        "image-sized": as_image,
    }
    return {help_texts[key]: value for key, value in wrong.items()}
