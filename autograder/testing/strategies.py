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
    """A window that fits, of any stride; non-dividing strides are the common case.

    One case in three has sides of real images, up to 1024 pixels.
    """
    kernel = draw(st.integers(1, 7))
    more = draw(st.one_of(st.integers(0, 20), st.integers(0, 20), st.integers(100, 1000)))
    size = kernel + more
    return Window(size, kernel, draw(st.integers(1, max_stride)))


@st.composite
def images(
    draw: st.DrawFn, *, strided: bool = True, most: int = 9, real_sizes: bool = False
) -> Image:
    """An oblong image with an oblong window, unequal strides, channels and filters.

    Sides are at most `most` larger than the window. With `real_sizes`, one case in three has the
    sides, channels and filters of a real layer, for questions that only count.
    """
    if real_sizes and draw(st.integers(0, 2)) == 2:
        kernel, strides = draw(_two_between(2, 11)), draw(_two_between(1, 4))
        (height, width), counts = draw(_two_between(64, 512)), draw(_two_between(48, 1024))
        return Image(
            *(height, width, counts[0], counts[1]),
            (kernel[0], kernel[1]),
            (strides[0], strides[1]) if strided else (1, 1),
        )
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


# What an array may hold; a failing case shrinks to the first. No uint8: a sum in a plain loop
# overflows there, of which the notebooks say nothing.
KINDS = ("whole", "fractions", "negative", "large", "tiny", "single", "integers")


def kinds(*, integers: bool = True) -> st.SearchStrategy[str]:
    """What an array holds, as numbers() knows it.

    Leave `integers` out where an answer by Keras is right: its convolution and average pooling
    take floating point alone.
    """
    return st.sampled_from([kind for kind in KINDS if integers or kind != "integers"])


def numbers(*shape: int, kind: str = "whole") -> np.ndarray:
    """An array without pattern, the same for the same shape and kind.

    Args:
        shape: the lengths of its axes.
        kind: one of KINDS. "whole": float64 from -4 to 4, all whole. "fractions": float64 around
            0. "negative": float64 from -300 to -20. "large": float64 around a million. "tiny":
            float64 around 1e-8. "single": float32 around 0. "integers": int64 from 0 to 255.

    >>> numbers(3, 2)
    array([[ 3., -4.],
           [ 1.,  2.],
           [-2.,  3.]])

    """
    random = np.random.default_rng(list(shape))
    match kind:
        case "fractions":
            return random.normal(0, 3, shape)
        case "negative":
            return random.uniform(-300, -20, shape)
        case "large":
            return random.normal(0, 1e6, shape)
        case "tiny":
            return random.normal(0, 1e-8, shape)
        case "single":
            return random.normal(0, 3, shape).astype(np.float32)
        case "integers":
            return random.integers(0, 256, shape)
    return random.integers(-4, 5, shape).astype(float)
