"""What cannot be drawn is named in one line, in the reader's language, not by matplotlib."""

from __future__ import annotations

import numpy as np
import pytest

from autograder import figures
from autograder._util.i18n import use_language

IMAGE = np.zeros((4, 4))


@pytest.mark.parametrize(
    ("shape", "names"),
    [
        ((4, 4, 0), ["a", "b"]),
        ((0, 0, 2), ["a", "b"]),
        ((4, 4, 2), []),
        ((4, 4, 1), ["a", "b"]),
        ((4, 4), ["a"]),
    ],
)
def test_feature_maps_that_are_not_there(shape: tuple[int, ...], names: list[str]) -> None:
    with pytest.raises(
        ValueError, match=rf"there are {len(names)} names.* the shape \({shape[0]}, "
    ):
        figures.feature_maps(IMAGE, np.zeros(shape), names)


@pytest.mark.parametrize("images", [{}, {"whole": IMAGE, "none": np.zeros((0, 4))}])
def test_images_that_are_not_there(images: dict[str, np.ndarray]) -> None:
    with pytest.raises(ValueError, match="no image to draw"):
        figures.images_beside(images)


def test_kernels_that_are_not_there() -> None:
    with pytest.raises(ValueError, match=r"no kernel to draw.*\(3, 3, 0\)"):
        figures.kernels(np.zeros((3, 3, 0)))
    use_language("zh_CN")
    with pytest.raises(ValueError, match=r"没有卷积核.*\(3, 3, 0\)"):
        figures.kernels(np.zeros((3, 3, 0)))
