"""Figures of windows that move over a row of pixels or an image; some have sliders below."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_letters

import numpy as np

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.figures.described import Drawing, show
from autograder.figures.drawing import (
    BLUE,
    CENTRED,
    GREEN,
    ORANGE,
    TITLE_COLUMNS,
    axes_for,
    axes_for_grids,
    grid,
    rectangle,
    window_rows,
    window_starts,
)
from autograder.figures.fonts import translated
from autograder.figures.sliders import show_with_sliders

_LETTERS = len(ascii_letters)


def window_positions(
    size: int, kernel: int, stride: int = 1, padding: tuple[int, int] = (0, 0)
) -> None:
    """Draw a row of `size` pixels once for each window position; padding is dashed."""
    starts = window_starts(size, kernel, stride, padding)
    figure, axes = axes_for(
        width=0.5 * (size + sum(padding)) + 2.2, height=0.55 * len(starts) + 0.3
    )
    window_rows(axes, size, kernel, stride, padding)
    text = _(
        "A row of {size} pixels, numbered from 0, with {before} zeros before and {after} after it. "
        "A window of {kernel} starts at: {starts}."
    )
    show(
        figure,
        text.format(
            size=size, before=padding[0], after=padding[1], kernel=kernel,
            starts=", ".join(map(str, starts)) or _("none"),
        ),
    )  # fmt: skip


def window_grid(
    size: int, kernel: int, stride: int = 1, padding: int = 0, position: int = 1
) -> None:
    """Draw numbered pixels with one window marked, and the feature map with its place marked.

    In JupyterLab sliders below change the stride, the padding and the position.

    Args:
        size: pixels along each side of the image.
        kernel: pixels along each side of the window.
        stride: pixels from one position to the next.
        padding: rows and columns of zeros on each side of the image.
        position: which position of the window is marked, counted row by row from 0.

    """
    show_with_sliders(
        lambda stride, padding, position: _window_grid(size, kernel, stride, padding, position),
        lambda at: {
            "stride": (1, size - 1),
            "padding": (0, kernel - 1),
            "position": (0, _positions(size, kernel, at["stride"], at["padding"]) ** 2 - 1),
        },
        {"stride": stride, "padding": padding, "position": position},
    )


def _positions(size: int, kernel: int, stride: int, padding: int) -> int:
    """How many positions a window has along one side."""
    return len(window_starts(size, kernel, stride, (padding, padding)))


def _window_grid(size: int, kernel: int, stride: int, padding: int, position: int) -> Drawing:
    positions = _positions(size, kernel, stride, padding)
    pixels = np.arange(1, size * size + 1).reshape(size, size).astype(str).astype(object)
    image = np.pad(pixels, padding, constant_values="0")
    letters = [
        ascii_letters[index % _LETTERS] + (str(index // _LETTERS) if index >= _LETTERS else "")
        for index in range(positions**2)
    ]
    row, column = divmod(position, positions)
    top, left = row * stride, column * stride
    columns = [len(image), max(positions, TITLE_COLUMNS)]
    figure, all_axes = axes_for_grids(columns, len(image), box=0.45)
    areas = [(len(image), count) for count in columns]
    window = (top, left, kernel, kernel)
    grid(all_axes[0], image, translated(N_("image")), window, area=areas[0], padding=padding)
    feature_map = np.array(letters, dtype=object).reshape(positions, positions)
    place = (row, column, 1, 1)
    grid(all_axes[1], feature_map, translated(N_("feature map")), place, area=areas[1])
    image_text = (
        _("An image of {size} x {size} numbered pixels in a border of zeros, {padding} wide.")
        if padding
        else _("An image of {size} x {size} numbered pixels.")
    )
    covering = _(
        "The window of {kernel} x {kernel} covers {covered}, row by row, and makes {letter}, in row {row} "
        "and column {column} of the feature map of {positions} x {positions}, counted from 0."
    ).format(
        positions=positions, kernel=kernel, letter=letters[position], row=row, column=column,
        covered=", ".join(image[top : top + kernel, left : left + kernel].ravel()),
    )  # fmt: skip
    text = f"{image_text.format(size=size, padding=padding)} {covering}"
    return Drawing(figure, text)


def convolution_step(image: np.ndarray, kernel: np.ndarray, position: tuple[int, int]) -> None:
    """Draw one window of `image`, the kernel, the sum of products, and its place in the feature map.

    In JupyterLab a slider below moves the window.

    Args:
        image: numbers (height, width).
        kernel: numbers (height, width).
        position: (row, column) of the window's top left pixel.

    Raises:
        ValueError: the window is not inside the image there.

    """
    rows, columns = (side - part + 1 for side, part in zip(image.shape, kernel.shape, strict=True))
    row, column = position
    if not (0 <= row < rows and 0 <= column < columns):
        beyond = _(
            "A kernel of {kernel} at row {row}, column {column} is not inside an image of {image}."
        )
        sizes = {"kernel": _size(kernel), "image": _size(image)}
        raise ValueError(beyond.format(row=row, column=column, **sizes))
    last = rows * columns - 1
    show_with_sliders(
        lambda position: _convolution_step(image, kernel, divmod(position, columns)),
        lambda _at: {"position": (0, last)},
        {"position": row * columns + column},
    )


def _size(array: np.ndarray) -> str:
    return " x ".join(map(str, array.shape))


def _convolution_step(image: np.ndarray, kernel: np.ndarray, position: tuple[int, int]) -> Drawing:
    rows, columns = kernel.shape
    row, column = position
    sums = np.array(
        [
            [float((image[top : top + rows, left : left + columns] * kernel).sum())
             for left in range(image.shape[1] - columns + 1)]
            for top in range(image.shape[0] - rows + 1)
        ]
    )  # fmt: skip
    widths = [max(count, TITLE_COLUMNS) for count in (image.shape[1], columns, 5, sums.shape[1])]
    height = max(len(image), rows)
    figure, all_axes = axes_for_grids(widths, height, box=0.55)
    areas = [(height, width) for width in widths]
    marked = (row, column, rows, columns)
    grid(all_axes[0], image, translated(N_("image")), marked, area=areas[0])
    grid(all_axes[1], kernel, translated(N_("kernel")), area=areas[1])
    window = image[row : row + rows, column : column + columns]
    products = [
        f"{a:g}·{b:g}" if b >= 0 else f"{a:g}·({b:g})"
        for a, b in zip(window.ravel(), kernel.ravel(), strict=True)
    ]
    half = (len(products) + 1) // 2
    total = f"{sums[row, column]:g}"
    lines = [" + ".join(part) for part in (products[:half], products[half:]) if part]
    arithmetic = "\n+ ".join(lines) + f"\n= {total}"
    all_axes[2].text(0.5, 0.5, arithmetic, fontsize=13, transform=all_axes[2].transAxes, **CENTRED)
    all_axes[2].set_title(translated(N_("products and sum")))
    # The window goes row by row: what comes later is not computed yet.
    computed = [f"{value:g}" for value in sums.ravel()[: row * sums.shape[1] + column + 1]]
    numbers = np.array(computed + [""] * (sums.size - len(computed)), dtype=object).reshape(
        sums.shape
    )
    grid(all_axes[3], numbers, translated(N_("feature map")), (row, column, 1, 1), area=areas[3])
    text = _(
        "The window of {rows} x {columns} stands in row {row} and column {column} of the image, "
        "counted from 0. Its products with the kernel add up to {arithmetic}, the number in the same "
        "row and column of the feature map. So far the feature map holds {numbers}."
    ).format(
        rows=rows, columns=columns, row=row, column=column,
        arithmetic=" ".join(arithmetic.split()), numbers=", ".join(computed),
    )  # fmt: skip
    return Drawing(figure, text)


def sliding_window(image: np.ndarray, kernel: int, positions: Sequence[tuple[int, int]]) -> None:
    """Draw windows on an image, and the pixel of the feature map that each of them makes.

    Args:
        image: array (height, width).
        kernel: pixels along each side of the window.
        positions: (row, column) of the top left pixel of each window.

    """
    rows, columns = (side - kernel + 1 for side in image.shape)
    figure, all_axes = axes_for(2, width=7, height=3.4)
    all_axes[0].imshow(image, cmap="gray")
    all_axes[0].set_title(f"{translated(N_('image'))}, {image.shape[0]} x {image.shape[1]}")
    all_axes[1].imshow(np.zeros((rows, columns)), cmap="gray", vmin=-1, vmax=0.1)
    all_axes[1].set_title(f"{translated(N_('feature map'))}, {rows} x {columns}")
    colours = zip((ORANGE, BLUE, GREEN), positions, strict=False)
    for number, (colour, (row, column)) in enumerate(colours, 1):
        corner = (column - 0.5, row - 0.5)
        window = rectangle(*corner, kernel, kernel, fill=False, edgecolor=colour, linewidth=2.5)
        all_axes[0].add_patch(window)
        all_axes[1].add_patch(rectangle(*corner, facecolor=colour))
        # The numbers tell which window makes which pixel, in colour or without.
        label = {"color": "white", "fontsize": 9, "weight": "bold"}
        # Below its window, or above it at the lower edge; side by side where windows overlap.
        end = row + kernel
        height = end + 0.6 if end < image.shape[0] - 1 else row - 1.6
        place = column if number % 2 else column + kernel - 1
        all_axes[0].text(place, height, str(number), **label, **CENTRED)
        # Beside its pixel, and inside the feature map.
        beside = column + 2 if column + 2 < columns else column - 2
        all_axes[1].text(beside, row, str(number), color="black", fontsize=9, **CENTRED)
    text = _(
        "Windows of {kernel} x {kernel} on an image of {height} x {width}, each with its pixel in a "
        "feature map of {rows} x {columns}. Top left pixels of the windows (row, column): {places}."
    ).format(
        kernel=kernel, height=image.shape[0], width=image.shape[1], rows=rows, columns=columns,
        places=", ".join(f"({row}, {column})" for row, column in positions),
    )  # fmt: skip
    show(figure, text)
