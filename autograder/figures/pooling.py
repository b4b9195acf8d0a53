"""Figures of pooling: blocks and what becomes of them, and one window with its arithmetic."""

from __future__ import annotations

from itertools import product

import numpy as np

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.figures.described import Drawing, show
from autograder.figures.drawing import (
    CENTRED,
    TITLE_COLUMNS,
    axes_for_grids,
    grid,
    window_starts,
)
from autograder.figures.fonts import translated
from autograder.figures.sliders import show_with_sliders


def pooling_blocks(image: np.ndarray, pool: int, results: dict[str, np.ndarray]) -> None:
    """Draw a small feature map divided into blocks, beside the result of each kind of pooling."""
    blocks = translated(N_("blocks of {pool} x {pool}")).format(pool=pool)
    grids_by_title = {blocks: image, **results}
    columns = [max(values.shape[1], TITLE_COLUMNS) for values in grids_by_title.values()]
    figure, all_axes = axes_for_grids(columns, len(image), box=0.6)
    for axes, width, (name, values) in zip(all_axes, columns, grids_by_title.items(), strict=True):
        grid(axes, values, name, block=pool if values is image else 1, area=(len(image), width))
    text = _("A feature map in blocks of {pool} x {pool}, and what pooling makes of it. {numbers}.")
    grids = {_("feature map"): image, **results}
    numbers = "; ".join(f"{name}: {_numbers(values)}" for name, values in grids.items())
    show(figure, text.format(pool=pool, numbers=numbers))


def _numbers(values: np.ndarray) -> str:
    """Numbers row by row."""
    return " / ".join(" ".join(f"{value:g}" for value in row) for row in values)


def pooling_step(image: np.ndarray, pool: int, stride: int, position: int) -> None:
    """Draw one pooling window, its largest value and its mean, and their places in the results.

    In JupyterLab sliders below change the stride and move the window.

    Args:
        image: numbers (height, width), with equal sides.
        pool: values along each side of the window.
        stride: values from one position to the next.
        position: which position of the window is marked, counted row by row from 0.

    """
    show_with_sliders(
        lambda stride, position: _pooling_step(image, pool, stride, position),
        lambda at: {
            "stride": (1, max(len(image) - pool, 1)),
            "position": (0, len(_starts(image, pool, at["stride"])) ** 2 - 1),
        },
        {"stride": stride, "position": position},
    )


def _starts(image: np.ndarray, pool: int, stride: int) -> range:
    return window_starts(len(image), pool, stride, (0, 0))


def _pooling_step(image: np.ndarray, pool: int, stride: int, position: int) -> Drawing:
    starts = _starts(image, pool, stride)
    positions = len(starts)
    row, column = divmod(position, positions)
    corners = list(product(starts, starts))[: position + 1]
    windows = [image[y : y + pool, x : x + pool].ravel() for y, x in corners]
    top, left = corners[-1]
    values = [f"{value:g}" for value in windows[-1]]
    largest, mean = f"{windows[-1].max():g}", f"{windows[-1].mean():g}"
    arithmetic = (
        f"max({', '.join(values)}) = {largest}",
        f"({' + '.join(values)}) / {len(values)} = {mean}",
    )
    columns = [max(count, TITLE_COLUMNS) for count in (image.shape[1], 6, positions, positions)]
    figure, all_axes = axes_for_grids(columns, len(image), box=0.55)
    areas = [(len(image), width) for width in columns]
    grid(all_axes[0], image, translated(N_("feature map")), (top, left, pool, pool), area=areas[0])
    all_axes[1].text(
        0.5, 0.5, "\n\n".join(arithmetic), fontsize=12, transform=all_axes[1].transAxes, **CENTRED
    )
    for axes, area, name, numbers in (
        (all_axes[2], areas[2], N_("largest"), [window.max() for window in windows]),
        (all_axes[3], areas[3], N_("mean"), [window.mean() for window in windows]),
    ):
        # The window goes row by row: what comes later is not computed yet.
        texts = [f"{number:g}" for number in numbers] + [""] * (positions**2 - len(numbers))
        result = np.array(texts, dtype=object).reshape(positions, positions)
        grid(axes, result, translated(name), (row, column, 1, 1), area=area)
    text = _(
        "The window of {pool} x {pool} begins in row {top} and column {left} of the feature map, counted "
        "from 0. Its largest value is {largest}, its mean {mean}: the numbers in row {row} and column "
        "{column} of two results of {positions} x {positions}."
    ).format(
        pool=pool, top=top, left=left, largest=arithmetic[0], mean=arithmetic[1], row=row,
        column=column, positions=positions,
    )  # fmt: skip
    return Drawing(figure, text)
