"""Draw wrong answers: the positions of a window, the first wrong number, a learning curve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.figures.drawing import window_starts
from autograder.results.pictures import VALIDATION, Curves, Grids, NumberGrid, Picture, Windows
from autograder.testing.compare import unequal

_NAMES = (N_("image"), N_("returned"), N_("expected"))
_MAX_SIDE = 10  # numbers on a side of a picture; more are illegible
_MAX_PRODUCTS = 18  # of a sum that is written out: two channels of 3 x 3
_PER_LINE = 6

Draw = Callable[[object], Picture | None]  # from what a student's function returned


class Sliding(NamedTuple):
    """How the window of a layer moves, for the pictures of `beside`.

    Attributes:
        size: (height, width) of the window in pixels.
        strides: (height, width) of a step in pixels.
        kernels: of a convolution, (height, width, channels, filters); None for pooling.
        bias: of a convolution, (filters,); None for pooling.

    Example:
        Sliding((2, 2), (2, 2))

    """

    size: tuple[int, int]
    strides: tuple[int, int]
    kernels: np.ndarray | None = None
    bias: np.ndarray | None = None


def positions(size: int, kernel: int, stride: int = 1, padding: tuple[int, int] = (0, 0)) -> Draw:
    """Make a Draw of each position of a window on a row of pixels, whatever was returned.

    Args:
        size: pixels in the row.
        kernel: pixels in the window.
        stride: pixels from one position to the next.
        padding: pixels of zero (before, after) the row.

    Returns:
        A Draw for `Expectation.returns`; it draws nothing if the row with its padding has more
        than 10 pixels.

    Example:
        expect(student, "pool_output_size", 7, 3).returns(2, draw=positions(7, 3, 3))

    """

    def draw(returned: object) -> Picture | None:
        starts = window_starts(size, kernel, stride, padding)
        if size + sum(padding) > _MAX_SIDE or not 0 < len(starts) <= _MAX_SIDE:
            return None
        text = _("A window of {kernel} begins at {starts}, of {size} pixels.")
        if any(padding):
            text = _(
                "A window of {kernel} begins at {starts}, of {size} pixels with {before} of padding "
                "before the first and {after} after the last."
            )
        before, after = padding
        listed = ", ".join(map(str, starts))
        text = text.format(kernel=kernel, starts=listed, size=size, before=before, after=after)
        return Windows(N_("Where the window stands"), size, kernel, stride, padding, text)

    return draw


def beside(image: np.ndarray, expected: np.ndarray, sliding: Sliding | None = None) -> Draw:
    """Make a Draw of an image, what was returned and what was expected, side by side.

    The first wrong number is marked, and so is the window of the image that it comes from. For a
    convolution, the kernel stands beside the image, and below them the sum of its products.

    Args:
        image: the input, of shape (height, width, channels), or (height, width).
        expected: the right output, likewise.
        sliding: the layer's window; None to mark no window.

    Returns:
        A Draw for `Expectation.returns`; it draws nothing if one of the three is no numeric array
        of two or three axes, or is higher or wider than 10.

    Example:
        beside(image, expected, Sliding((2, 2), (1, 1)))

    """

    def draw(returned: object) -> Picture | None:
        if not all(map(_is_small_map, (returned, image, expected))):
            return None
        assert isinstance(returned, np.ndarray)
        if returned.ndim != expected.ndim:
            return None
        if returned.shape != expected.shape:
            text = _("The shape is {shape}; expected {expected}.")
            text = text.format(shape=returned.shape, expected=expected.shape)
            arrays = zip(_NAMES, map(np.atleast_3d, (image, returned, expected)), strict=True)
            grids = [_grid(name, array) for name, array in arrays]
            return Grids(N_("What was returned"), grids, text)
        if expected.ndim == 2 or image.ndim == 2:
            as_maps = beside(np.atleast_3d(image), np.atleast_3d(expected), sliding)
            return as_maps(np.atleast_3d(returned))
        wrong = np.argwhere(unequal(returned, expected))
        if not len(wrong):
            return None
        row, column, channel = map(int, wrong[0])
        cell = (row, column, 1, 1)
        value, right = (f"{array[row, column, channel]:.4g}" for array in (returned, expected))
        text = _("At row {row}, column {column}: {value}; expected {expected}.")
        text = text.format(row=row, column=column, value=value, expected=right)
        title, window = N_("The first wrong number"), None
        image_channel = min(channel, image.shape[2] - 1)
        kernel: list[NumberGrid] = []
        sum_text = ""
        if sliding:
            top, left = row * sliding.strides[0], column * sliding.strides[1]
            window = (top, left, *sliding.size)
            title = N_("The first wrong number and its window")
            first = _("The window's first pixel is at row {row}, column {column} of the image.")
            text += " " + first.format(row=top, column=left)
            if sliding.kernels is not None:
                image_channel = 0  # a filter sees all channels
                kernel = [_grid(N_("kernel"), sliding.kernels[..., channel], image_channel)]
                sum_text = _sum_text(image[top:, left:], sliding, channel, right)
                text = f"{text} {sum_text}".strip()
        return Grids(
            title,
            [
                _grid(_NAMES[0], image, image_channel, window),
                *kernel,
                _grid(_NAMES[1], returned, channel, cell),
                _grid(_NAMES[2], expected, channel, cell),
            ],
            text,
            sum_text,
        )

    return draw


def _sum_text(below: np.ndarray, sliding: Sliding, channel: int, right: str) -> str:
    """A window's products with a filter and its bias, added up; "" for too many.

    The window stands in the corner of `below`. The channels come one after the other.
    """
    assert sliding.kernels is not None
    filter_ = sliding.kernels[..., channel]
    window = below[: filter_.shape[0], : filter_.shape[1]]
    if filter_.size > _MAX_PRODUCTS:
        return ""
    pairs = zip(
        np.moveaxis(window, -1, 0).ravel(), np.moveaxis(filter_, -1, 0).ravel(), strict=True
    )
    terms = [f"{pixel:.4g}·{_in_brackets(weight)}" for pixel, weight in pairs]
    if sliding.bias is not None:
        terms.append(_in_brackets(sliding.bias[channel]))
    lines = [terms[start : start + _PER_LINE] for start in range(0, len(terms), _PER_LINE)]
    return " +\n".join(" + ".join(line) for line in lines) + f" = {right}"


def _in_brackets(number: float) -> str:
    return f"{number:.4g}" if number >= 0 else f"({number:.4g})"


def _is_small_map(array: object) -> bool:
    return (
        isinstance(array, np.ndarray)
        and array.ndim in (2, 3)
        and array.dtype.kind in "iuf"
        and min(array.shape) > 0
        and max(array.shape[:2]) <= _MAX_SIDE
    )


def _grid(
    name: str, array: np.ndarray, channel: int = 0, marked: tuple[int, int, int, int] | None = None
) -> NumberGrid:
    rows = [[f"{value:.4g}" for value in row] for row in array[:, :, channel]]
    return NumberGrid(name, rows, marked, channel if array.shape[2] > 1 else None)


def losses_by_epoch(losses: Sequence[float]) -> Draw:
    """Make a Draw of the learning curve of validation losses, whatever was returned.

    Args:
        losses: the loss after each epoch, from the first.

    Returns:
        A Draw for `Expectation.returns`.

    Example:
        expect(student, "best_epoch", losses).returns(2, draw=losses_by_epoch(losses))

    """

    def draw(returned: object) -> Picture | None:
        after = _("{loss:.3g} after epoch {epoch}")
        text = ", ".join(
            after.format(loss=loss, epoch=epoch) for epoch, loss in enumerate(losses, 1)
        )
        lines = {VALIDATION: list(losses)}
        return Curves(N_("The validation loss by epoch"), "epoch", "loss", lines, f"{text}.")

    return draw
