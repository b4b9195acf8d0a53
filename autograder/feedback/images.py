"""Draw the pictures of feedback as PNG from the data in a test's outcome, each picture once."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Mapping
from html import escape
from typing import Any

import msgspec
import numpy as np

from autograder._util.digests import digest
from autograder._util.i18n import N_, language
from autograder.feedback.render import picture_text
from autograder.figures.drawing import (
    BLUE,
    GREEN,
    ORANGE,
    RED,
    TITLE_COLUMNS,
    axes_for_grids,
    confusion_matrix,
    empty_figure,
    grid,
    ladder,
    remove_frame,
    window_rows,
    window_starts,
)
from autograder.figures.fonts import translated
from autograder.results.pictures import (
    TAKEN_FOR,
    Confusion,
    Curves,
    Grids,
    Images,
    Ladder,
    NumberGrid,
    Picture,
    Windows,
)

_IMAGES_PER_ROW = 4
# A class that takes the recipes of the table has the same pictures on every page, and each takes as
# long to draw as the rest of a page.
_MOST_DRAWN = 256
_drawn: dict[str, bytes] = {}


def img(picture: Picture) -> str:
    """The picture as an HTML element with inline data, and its text for screen readers."""
    source = base64.b64encode(png(picture)).decode()
    alt = escape(picture_text(picture))
    return f'<img alt="{alt}" src="data:image/png;base64,{source}">'


def png(picture: Picture) -> bytes:
    """The picture on a white background, readable on light and dark pages."""
    key = picture_key(picture)
    if key not in _drawn:
        take_over({key: _draw(picture)})
    return _drawn[key]


def picture_key(picture: Picture) -> str:
    """A digest of what a picture shows, with the language of its titles."""
    return digest(msgspec.msgpack.encode((language(), picture)))


def take_over(drawn: Mapping[str, bytes]) -> None:
    """Remember pictures that are drawn, perhaps by another process: PNG by `picture_key`."""
    _drawn.update(drawn)
    while len(_drawn) > _MOST_DRAWN:
        del _drawn[next(iter(_drawn))]


def _draw(picture: Picture) -> bytes:
    match picture:
        case Curves():
            figure = _curves(picture)
        case Confusion():
            figure = _confusion(picture)
        case Images():
            figure = _images(picture)
        case Ladder():
            figure = _ladder(picture)
        case Grids():
            figure = _grids(picture)
        case Windows():
            figure = _windows(picture)
    figure.suptitle(translated(picture.title), fontsize="medium")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=90)
    return buffer.getvalue()


def _curves(picture: Curves) -> Any:
    from matplotlib.ticker import MaxNLocator

    figure = empty_figure(5, 3)
    axes = figure.subplots()
    # Lines differ in dashes and marks as well as in colour.
    styles = zip((BLUE, ORANGE, GREEN), ("o-", "s--", "^:"), strict=True)
    for (label, values), (colour, style) in zip(picture.lines.items(), styles, strict=False):
        drawn_as = style if len(values) <= 60 else style[1:]
        axes.plot(
            range(1, len(values) + 1), values, drawn_as, color=colour, label=translated(label)
        )
    if picture.level is not None:
        axes.axhline(
            picture.level, color=RED, linestyle="-.", label=translated(N_("the threshold"))
        )
    # From 0: otherwise a constant loss would look as if it fell.
    highest = max(
        [picture.level or 0.0, *(max(line, default=0) for line in picture.lines.values())]
    )
    axes.set_ylim(0, 1.1 * highest or 1)
    axes.set_xlabel(translated(picture.across))
    axes.set_ylabel(translated(picture.up))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    axes.legend()
    return figure


def _confusion(picture: Confusion) -> Any:
    count = len(picture.names)
    figure = empty_figure(0.62 * count + 1.6, 0.42 * count + 1.6)
    axes = figure.subplots()
    remove_frame(axes)
    confusion_matrix(axes, np.array(picture.counts), picture.names)
    return figure


def _images(picture: Images) -> Any:
    columns, rows = _IMAGES_PER_ROW, max(1, math.ceil(len(picture.pixels) / _IMAGES_PER_ROW))
    figure = empty_figure(2 * columns, 2.1 * rows + 0.3)
    # All in one coordinate system, an image of side 1 every 1.25: axes for each take three times as long.
    axes = figure.subplots()
    remove_frame(axes)
    taken_for = translated(TAKEN_FOR)
    for place, (pixels, caption) in enumerate(zip(picture.pixels, picture.captions, strict=False)):
        across, down = 1.25 * (place % columns), -1.3 * (place // columns)
        side = math.isqrt(len(pixels))
        axes.imshow(
            np.frombuffer(pixels, np.uint8).reshape(side, side),
            cmap="gray",
            vmin=0,
            extent=(across, across + 1, down, down + 1),
        )
        text = caption.replace(f" {TAKEN_FOR} ", f"\n{taken_for} ")
        axes.text(across + 0.5, down + 1.02, text, ha="center", va="bottom", fontsize="small")
    axes.set_xlim(-0.1, 1.25 * columns - 0.15)
    axes.set_ylim(-1.3 * (rows - 1) - 0.05, 1.3)
    return figure


def _ladder(picture: Ladder) -> Any:
    figure = empty_figure(5, 3)
    axes = figure.subplots()
    ladder(axes, picture.rungs)
    axes.set_ylabel(translated(N_("accuracy in %")))
    return figure


def _grids(picture: Grids) -> Any:
    widths = [max(len(numbers.rows[0]), TITLE_COLUMNS) for numbers in picture.grids]
    height = max(len(numbers.rows) for numbers in picture.grids)
    lines = picture.below.count("\n") + 1 if picture.below else 0
    figure, all_axes = axes_for_grids(widths, height, box=0.55, lines=lines + 2)
    for axes, width, numbers in zip(all_axes, widths, picture.grids, strict=True):
        values = np.array(numbers.rows, dtype=object)
        grid(axes, values, "", marked=numbers.marked, area=(height, width))
        axes.set_title(_grid_title(numbers), fontsize="medium")
    if picture.below:
        figure.supxlabel(picture.below, fontsize="medium")
    return figure


def _grid_title(numbers: NumberGrid) -> str:
    if numbers.channel is None:
        return translated(numbers.title)
    return f"{translated(numbers.title)}, {translated(N_('channel {number}')).format(number=numbers.channel)}"


def _windows(picture: Windows) -> Any:
    window = (picture.size, picture.kernel, picture.stride, picture.padding)
    figure = empty_figure(
        0.5 * (picture.size + sum(picture.padding)) + 2.2, 0.5 * len(window_starts(*window)) + 0.7
    )
    axes = figure.subplots()
    remove_frame(axes)
    window_rows(axes, *window)
    return figure
