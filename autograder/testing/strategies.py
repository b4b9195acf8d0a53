"""Hypothesis strategies for hidden graders: distinct sizes, which shrink to the smallest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from autograder.results.outcome import StudentCrash


class Window(NamedTuple):
    """One side of an image and a window on it.

    Attributes:
        size: the side of the image in pixels.
        kernel: the side of the window in pixels.
        stride: pixels from one position of the window to the next.

    Example:
        Window(7, 3, 2)

    """

    size: int
    kernel: int
    stride: int


class Image(NamedTuple):
    """Sizes of an image and of a window on it; mostly, sizes that could be confused are different.

    Attributes:
        height: the image's rows.
        width: the image's columns.
        channels: the image's channels.
        filters: the layer's filters.
        kernel: (height, width) of the window in pixels.
        strides: (height, width) of a step in pixels.

    Example:
        Image(28, 20, 3, 8, (5, 3), (2, 1)).shape  # (28, 20, 3)

    """

    height: int
    width: int
    channels: int
    filters: int
    kernel: tuple[int, int]
    strides: tuple[int, int]

    @property
    def shape(self) -> tuple[int, int, int]:
        """The image's shape, (height, width, channels)."""
        return self.height, self.width, self.channels


@st.composite
def windows(draw: st.DrawFn, max_stride: int = 5) -> Window:
    """A strategy of Windows that fit; most strides do not divide the room to move.

    One case in three has sides of real images, up to 1,040 pixels, and larger windows and strides.

    Args:
        draw: given by Hypothesis, not by the caller.
        max_stride: the largest stride in pixels; in the large cases four times as much.

    Example:
        @given(case=windows())

    """
    is_large = draw(st.sampled_from((False, False, True)))
    kernel = draw(st.integers(1, 7) if not is_large else st.integers(1, 40))
    more = draw(st.integers(0, 20) if not is_large else st.integers(100, 1000))
    stride = draw(st.integers(1, max_stride if not is_large else 4 * max_stride))
    return Window(kernel + more, kernel, stride)


@st.composite
def images(
    draw: st.DrawFn, *, strided: bool = True, most: int = 9, real_sizes: bool = False
) -> Image:
    """A strategy of Images: mostly oblong, with an oblong window, unequal strides, channels, filters.

    Args:
        draw: given by Hypothesis, not by the caller.
        strided: whether to draw strides; otherwise they are (1, 1).
        most: pixels by which a side may exceed the smallest, one more than the window's longer side.
        real_sizes: whether two cases in three have the sides, or the channels and filters, of a real
            layer, for questions that only count. No layer has more than 80 million weights or
            multiplications, so that an answer may count them one by one.

    Example:
        @given(case=images(most=5))

    """
    size = draw(st.sampled_from(("small", "wide", "deep"))) if real_sizes else "small"
    if size == "small":
        kernel = draw(_two_between(1, 4))
        least = max(kernel) + 1
        sides, most_stride = draw(_two_between(least, least + most)), 3
        free = [count for count in range(2, 24) if count not in {*kernel, *sides}]
        counts = draw(_two_of(tuple(free[:6])))
    else:
        ranges = {"wide": ((150, 512), (6, 12)), "deep": ((13, 40), (48, 1024))}[size]
        kernel, most_stride = draw(_two_between(2, 5)), 4
        sides, counts = (draw(_two_between(*ends)) for ends in ranges)
    strides = draw(_two_between(1, most_stride)) if strided else [1, 1]
    # Mostly all are different; an answer that is right for these may mix up equal ones.
    match draw(st.sampled_from((*[""] * 4, "image", "window", "strides", "counts"))):
        case "image":
            sides = [max(sides)] * 2
        case "window":
            kernel = [max(kernel)] * 2
        case "strides":
            strides = [max(strides)] * 2
        case "counts":
            counts = [max(counts)] * 2
    return Image(
        *(sides[0], sides[1], counts[0], counts[1]),
        (kernel[0], kernel[1]),
        (strides[0], strides[1]),
    )


# Cached, because Hypothesis validates a strategy on its first draw, which takes longer than drawing.
@cache
def _two_between(least: int, most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(least, most), min_size=2, max_size=2, unique=True)


@cache
def _two_of(counts: tuple[int, ...]) -> st.SearchStrategy[list[int]]:
    return st.lists(st.sampled_from(counts), min_size=2, max_size=2, unique=True)


# What an array may hold; a failing case shrinks to the first kind. There is no uint8: a sum in a
# plain loop overflows there, and the notebooks do not mention it.
KINDS = ("whole", "fractions", "negative", "large", "tiny", "single", "integers")


def kinds() -> st.SearchStrategy[str]:
    """A strategy of the kinds of numbers that `numbers` makes.

    Example:
        @given(case=images(), kind=kinds())

    """
    return st.sampled_from(KINDS)


@contextmanager
def integers_may_be_refused(kind: str) -> Iterator[None]:
    """Take a crash in the block as right if the `kind` of numbers is "integers".

    For answers by Keras, whose convolution and average pooling take floating point numbers only. One
    that crashes for another reason crashes at the other kinds too.

    Args:
        kind: what `numbers` was given.

    Example:
        with integers_may_be_refused(kind):
            expect(student, "average_pool", image, (2, 2)).returns(expected)

    """
    try:
        yield
    except StudentCrash:
        if kind != "integers":
            raise


def numbers(*shape: int, kind: str = "whole") -> np.ndarray:
    """Make an array without a pattern, the same for the same shape and kind.

    Args:
        *shape: the sizes of its axes, such as height, width, channels.
        kind: one of KINDS. "whole": float64 from -4 to 4, all whole. "fractions": float64 around
            0. "negative": float64 from -300 to -20. "large": float64 around a million. "tiny":
            float64 around 1e-8. "single": float32 around 0. "integers": int64 from 0 to 255.

    Example:
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
