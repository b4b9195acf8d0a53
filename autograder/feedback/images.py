"""The pictures of feedback: drawn as PNG from the data in a test's outcome."""

from __future__ import annotations

import base64
import io
import math
from html import escape
from typing import Any

import numpy as np

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.figures.drawing import (
    BLUE,
    GREEN,
    ORANGE,
    RED,
    confusion_matrix,
    drawn,
    grid,
    ladder,
    window_rows,
    window_starts,
)
from autograder.results.pictures import (
    Confusion,
    Curves,
    Grids,
    Images,
    Ladder,
    NumberGrid,
    Picture,
    Windows,
)

_IMAGES_A_ROW = 4


def img(picture: Picture) -> str:
    """The picture as an HTML element that needs no file, with its text for a screen reader."""
    source = base64.b64encode(png(picture)).decode()
    alt = escape(picture_text(picture))
    return f'<img alt="{alt}" src="data:image/png;base64,{source}">'


def picture_text(picture: Picture) -> str:
    """What the picture shows, in words."""
    return f"{_(picture.title)}: {picture.text}"


def png(picture: Picture) -> bytes:
    """The picture on a white ground, which reads the same on a light and on a dark page."""
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
    figure.suptitle(drawn(picture.title), fontsize="medium")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=90)
    return buffer.getvalue()


def _figure(width: float, height: float) -> Any:
    from matplotlib.figure import Figure  # half a second that most feedback does not need

    return Figure(figsize=(width, height), layout="constrained", facecolor="white")


def _curves(picture: Curves) -> Any:
    from matplotlib.ticker import MaxNLocator

    figure = _figure(5, 3)
    axes = figure.subplots()
    for (label, values), colour in zip(picture.lines.items(), (BLUE, ORANGE, GREEN), strict=False):
        mark = "o-" if len(values) <= 60 else "-"
        axes.plot(range(1, len(values) + 1), values, mark, color=colour, label=label)
    if picture.level is not None:
        axes.axhline(picture.level, color=RED, linestyle="--", label="the threshold")
    # From 0: otherwise a loss that stands still would seem to fall.
    highest = max(
        [picture.level or 0.0, *(max(line, default=0) for line in picture.lines.values())]
    )
    axes.set_ylim(0, 1.1 * highest or 1)
    axes.set_xlabel(picture.across)
    axes.set_ylabel(picture.up)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    axes.legend()
    return figure


def _confusion(picture: Confusion) -> Any:
    count = len(picture.names)
    figure = _figure(0.62 * count + 1.6, 0.42 * count + 1.6)
    axes = figure.subplots()
    axes.axis("off")
    confusion_matrix(axes, np.array(picture.counts), picture.names)
    return figure


def _images(picture: Images) -> Any:
    rows = max(1, math.ceil(len(picture.pixels) / _IMAGES_A_ROW))
    figure = _figure(2 * _IMAGES_A_ROW, 2.1 * rows + 0.3)
    all_axes = figure.subplots(rows, _IMAGES_A_ROW, squeeze=False).ravel()
    for axes in all_axes:
        axes.axis("off")
    for axes, pixels, caption in zip(all_axes, picture.pixels, picture.captions, strict=False):
        side = math.isqrt(len(pixels))
        axes.imshow(np.frombuffer(pixels, np.uint8).reshape(side, side), cmap="gray", vmin=0)
        axes.set_title(caption.replace(" taken for ", "\ntaken for "), fontsize="small")
    return figure


def _ladder(picture: Ladder) -> Any:
    figure = _figure(5, 3)
    axes = figure.subplots()
    ladder(axes, picture.rungs)
    axes.set_ylabel(drawn(N_("accuracy in %")))
    return figure


def _grids(picture: Grids) -> Any:
    wide = [max(len(one.rows[0]), 3) for one in picture.grids]
    tall = max(len(one.rows) for one in picture.grids)
    figure = _figure(0.55 * sum(wide) + 0.4 * len(wide), 0.5 * tall + 1)
    all_axes = figure.subplots(1, len(wide), squeeze=False, width_ratios=wide)[0]
    for axes, one in zip(all_axes, picture.grids, strict=True):
        axes.axis("off")
        grid(axes, np.array(one.rows, dtype=object), "", marked=one.marked)
        axes.set_title(_grid_title(one), fontsize="small")
    return figure


def _grid_title(one: NumberGrid) -> str:
    if one.channel is None:
        return drawn(one.title)
    return f"{drawn(one.title)}, {drawn(N_('channel {number}')).format(number=one.channel)}"


def _windows(picture: Windows) -> Any:
    of = (picture.size, picture.kernel, picture.stride, picture.padding)
    figure = _figure(
        0.5 * (picture.size + sum(picture.padding)) + 2.2, 0.5 * len(window_starts(*of)) + 0.7
    )
    axes = figure.subplots()
    axes.axis("off")
    window_rows(axes, *of)
    return figure
