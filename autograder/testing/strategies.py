"""Random cases for hidden graders: sizes pairwise distinct, shrinking towards the smallest."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st


class Window(NamedTuple):
    """One side of an image and the window on it."""

    size: int
    kernel: int
    stride: int


class Image(NamedTuple):
    """Sizes of an image and of a window on it; no two that could be confused are equal."""

    height: int
    width: int
    channels: int
    filters: int
    kernel: tuple[int, int]
    strides: tuple[int, int]

    @property
    def shape(self) -> tuple[int, int, int]:
        """(height, width, channels)."""
        return self.height, self.width, self.channels


@st.composite
def windows(draw: st.DrawFn, max_stride: int = 5) -> Window:
    """A window that fits, of any stride; non-dividing strides are the common case."""
    kernel = draw(st.integers(1, 7))
    size = draw(st.integers(kernel, kernel + 20))
    return Window(size, kernel, draw(st.integers(1, max_stride)))


@st.composite
def images(draw: st.DrawFn, *, strided: bool = True, most: int = 9) -> Image:
    """An oblong image with an oblong window, unequal strides, channels and filters."""
    kernel = draw(_two_between(1, 4))
    least = max(kernel) + 1
    sides = draw(_two_between(least, least + most))
    taken = {*kernel, *sides}
    free = [count for count in range(2, 24) if count not in taken]
    channels, filters = draw(_two_of(tuple(free[:6])))
    strides = draw(_two_between(1, 3)) if strided else [1, 1]
    return Image(
        sides[0], sides[1], channels, filters, (kernel[0], kernel[1]), (strides[0], strides[1])
    )


# A strategy is checked when it is first drawn from, which takes longer than the drawing.
@cache
def _two_between(least: int, most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(least, most), min_size=2, max_size=2, unique=True)


@cache
def _two_of(counts: tuple[int, ...]) -> st.SearchStrategy[list[int]]:
    return st.lists(st.sampled_from(counts), min_size=2, max_size=2, unique=True)


def numbers(*shape: int) -> np.ndarray:
    """An array of small whole numbers without pattern, the same for the same shape."""
    random = np.random.default_rng(list(shape))
    return random.integers(-4, 5, shape).astype(float)
