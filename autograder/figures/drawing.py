"""Drawing functions for the figures: colours, axes, boxes and grids of numbers.

Colours are from Okabe and Ito's palette, which colour-blind people can tell apart. The background
is white, so that a figure is readable on light and dark pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.figures.fonts import translated, use_fonts_of_language
from autograder.results.pictures import LadderRung

BLUE, ORANGE, GREEN, GREY = "#0072B2", "#E69F00", "#009E73", "#999999"
SKY, RED = "#56B4E9", "#D55E00"
TITLE_COLUMNS = 3  # boxes below a title, at least: a grid may be narrower than its title
_MARGIN = 0.1  # around a grid, in boxes
_AXIS_NAME = "#555555"  # darker than GREY, which is too pale for small letters
CENTRED: dict[str, Any] = {"ha": "center", "va": "center"}


def empty_figure(width: float, height: float) -> Any:
    """A figure of width x height inches, which can show the reader's language."""
    # Takes half a second, and not every notebook draws. Without pyplot nothing is to be closed.
    from matplotlib.figure import Figure

    # Before there are axes: their titles and labels keep the fonts of the time when they are made.
    use_fonts_of_language()
    return Figure(figsize=(width, height), facecolor="white", layout="constrained")


def axes_for(
    columns: int = 1, *, width: float, height: float, frame: bool = False
) -> tuple[Any, Any]:
    """A figure of width x height inches, and its axes in a row, without frames unless asked for."""
    figure = empty_figure(width, height)
    all_axes = figure.subplots(1, columns)
    for axes in np.atleast_1d(all_axes):
        if not frame:
            remove_frame(axes)
    return figure, all_axes


def axes_for_grids(
    columns: Sequence[int], rows: int, *, box: float, lines: int = 0
) -> tuple[Any, Any]:
    """A figure for grids side by side whose boxes are of one size, `box` inches; and its axes.

    Size is what many of these grids are about: a feature map of 2 x 2 must look smaller than an image
    of 5 x 5. grid() draws into the axes, with the same number of columns and `rows` as its area.
    There is room for so many further `lines` of text.
    """
    size = (box * sum(columns) + 0.2 * len(columns), box * rows + 0.5 + 0.25 * lines)
    figure = empty_figure(*size)
    widths = [count + 2 * _MARGIN for count in columns]
    all_axes = figure.subplots(1, len(columns), squeeze=False, width_ratios=widths)[0]
    for axes in all_axes:
        remove_frame(axes)
    return figure, all_axes


def remove_frame(axes: Any) -> None:
    """Remove the frame and the ticks, which Matplotlib measures even where it does not draw them."""
    axes.axis("off")
    axes.set_xticks([])
    axes.set_yticks([])


def show_image(axes: Any, image: np.ndarray, **scale: Any) -> None:
    """Draw a grey or coloured image in a thin frame: white edges would be lost on the white page."""
    axes.imshow(image, cmap="gray", **scale)
    axes.axis("on")
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_edgecolor(GREY)


def rectangle(x: float, y: float, width: float = 1.0, height: float = 1.0, **style: Any) -> Any:
    """A box with its lower left corner at (x, y)."""
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), width, height, **style)


def add_boxes(axes: Any, boxes: Sequence[Any]) -> None:
    """Draw boxes that lie within the limits of the axes.

    As one collection, which the layout leaves out: drawing and measuring each takes twice as long.
    """
    from matplotlib.collections import PatchCollection

    collection = PatchCollection(boxes, match_original=True)
    collection.set_in_layout(False)
    axes.add_collection(collection, autolim=False)


def _outline(x: float, y: float, width: float, height: float) -> Any:
    """A thick line around a window: shading alone is lost on those who see no colours."""
    return rectangle(x, y, width, height, fill=False, edgecolor="black", linewidth=2.5)


def grid(
    axes: Any,
    values: np.ndarray,
    title: str,
    marked: tuple[int, int, int, int] | None = None,
    block: int = 0,
    area: tuple[int, int] = (0, 0),
    padding: int = 0,
) -> None:
    """Draw numbers or texts in boxes.

    `marked` boxes (row, column, rows, columns) are shaded, and outlined for those who see no colours.
    Blocks of side `block` are outlined. The grid stands at the top of an `area` (rows, columns) of as
    many boxes at least. A border of `padding` boxes is dashed, as in window_rows().
    """
    rows, columns = values.shape
    boxes = []
    for row in range(rows):
        for column in range(columns):
            shaded = marked is not None and (
                marked[0] <= row < marked[0] + marked[2]
                and marked[1] <= column < marked[1] + marked[3]
            )
            colour = ORANGE if shaded else "white"
            is_pixel = padding <= row < rows - padding and padding <= column < columns - padding
            line, style = ("-", "normal") if is_pixel else ("--", "italic")
            boxes.append(rectangle(column, -row, facecolor=colour, edgecolor=GREY, linestyle=line))
            value = values[row, column]
            text = value if isinstance(value, str) else f"{value:g}"
            number = axes.text(column + 0.5, 0.5 - row, text, style=style, **CENTRED)
            # Only a number in an outer column can be too long for the axes.
            number.set_in_layout(column in (0, columns - 1))
    add_boxes(axes, boxes)
    for row in range(0, rows if block else 0, max(block, 1)):
        for column in range(0, columns, block):
            corner = (column, 1 - row - min(block, rows - row))
            size = (min(block, columns - column), min(block, rows - row))
            axes.add_patch(rectangle(*corner, *size, fill=False, edgecolor="black", linewidth=2))
    if marked is not None:
        row, column, high, wide = marked
        axes.add_patch(_outline(column, 1 - row - high, wide, high))
    beside = max(area[1] - columns, 0) / 2
    axes.set_xlim(-_MARGIN - beside, columns + beside + _MARGIN)
    axes.set_ylim(1 - _MARGIN - max(area[0], rows), 1 + _MARGIN)
    axes.set_aspect("equal")
    axes.set_title(title)


def window_starts(size: int, kernel: int, stride: int, padding: tuple[int, int]) -> range:
    """The start of each window position, counted from the first pixel that is not padding."""
    before, after = padding
    return range(-before, size + after - kernel + 1, stride)


def window_rows(axes: Any, size: int, kernel: int, stride: int, padding: tuple[int, int]) -> None:
    """Draw a row of `size` pixels once for each window position; padding is dashed."""
    before, after = padding
    starts = window_starts(size, kernel, stride, padding)
    position = translated(N_("position {row}"))
    for row, start in enumerate(starts):
        boxes = []
        for pixel in range(-before, size + after):
            inside = start <= pixel < start + kernel
            is_pixel = 0 <= pixel < size
            colour, edge = ORANGE if inside else "white", "black" if is_pixel else GREY
            line = "-" if is_pixel else "--"
            box = rectangle(
                pixel, -row, height=0.8, facecolor=colour, edgecolor=edge, linestyle=line
            )
            boxes.append(box)
            # The zeros of the padding lean: one of the pixels has the number 0, too.
            number, style = (str(pixel), "normal") if is_pixel else ("0", "italic")
            axes.text(pixel + 0.5, 0.4 - row, number, style=style, **CENTRED).set_in_layout(False)
        add_boxes(axes, boxes)
        axes.add_patch(_outline(start, -row, kernel, 0.8))
        axes.text(size + after + 0.4, 0.4 - row, position.format(row=row), va="center")
    axes.set_xlim(-before - 0.2, size + after + 3)
    axes.set_ylim(0.9 - len(starts), 1)


def confusion_matrix(axes: Any, matrix: np.ndarray, names: Sequence[str]) -> None:
    """Draw true classes down and predicted ones across; more mistakes are darker."""
    from matplotlib.colors import to_rgba

    count = len(names)
    mistakes = np.where(np.eye(count, dtype=bool), 0, matrix)
    # One image of the shades: a box for each of a hundred cells takes twice as long.
    shades = np.tile(to_rgba(RED), (count, count, 1))
    shades[..., 3] = 0.8 * mistakes / max(mistakes.max(), 1)
    axes.imshow(shades, extent=(0, count, 1 - count, 1), aspect="auto", interpolation="nearest")
    for row in range(count):
        axes.add_patch(rectangle(row, -row, fill=False, edgecolor=GREY))
        for column in np.flatnonzero(matrix[row]):
            axes.text(column + 0.5, 0.5 - row, str(matrix[row, column]), **CENTRED)
        axes.text(-0.15, 0.5 - row, names[row], ha="right", va="center")
        axes.text(row + 0.5, 1.1, names[row], ha="left", va="bottom", rotation=45)
    # In the corner between the names of the rows and of the columns, which is empty.
    axis_names = f"{translated(N_('predicted class'))} →\n{translated(N_('true class'))} ↓"
    axes.text(-0.15, 1.1, axis_names, ha="right", va="bottom", fontsize="small", color=_AXIS_NAME)
    axes.set_xlim(-2, count + 0.8)
    axes.set_ylim(0.9 - count, 2.6)


def ladder(axes: Any, rungs: Sequence[LadderRung]) -> None:
    """Draw each rung's threshold as a line, the article's accuracy as a cross, the student's as a dot."""
    labels = {
        "threshold": translated(N_("the threshold")),
        "article": translated(N_("the article, with all images")),
        "own": translated(N_("yours")),
    }
    for position, rung in enumerate(rungs):
        if rung.threshold is not None:
            ends = [position - 0.3, position + 0.3]
            axes.plot(
                ends, [rung.threshold] * 2, color=RED, lw=2, label=labels.pop("threshold", None)
            )
        if rung.article is not None:
            label = labels.pop("article", None)
            axes.plot(position, rung.article, "x", color="black", ms=8, label=label)
        if rung.own is not None:
            axes.plot(position, rung.own, "o", color=BLUE, ms=8, label=labels.pop("own", None))
            number = f"{rung.rounded_own:.1f}"
            axes.annotate(number, (position + 0.12, rung.own), color=BLUE, va="center")
    axes.set_xticks(range(len(rungs)), [rung.name for rung in rungs])
    axes.set_xlim(-0.6, len(rungs) - 0.3)
    axes.set_xlabel(translated(N_("rung")))
    axes.grid(axis="y", alpha=0.3)
    if rungs:
        axes.legend(loc="lower right")


def ladder_rung_text(rung: LadderRung) -> str:
    """A rung's accuracies in words."""
    accuracies = {
        _("the threshold"): rung.threshold,
        _("the article"): rung.article,
        _("yours"): rung.rounded_own,
    }
    known = [f"{name} {value:.1f}" for name, value in accuracies.items() if value is not None]
    return f"{rung.name} ({', '.join(known)})"
