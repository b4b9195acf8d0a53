"""Figures of notebooks that show more than one step: windows in two dimensions, networks, predictions.

Notebooks draw them in cells that are not run when the notebook is graded.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_letters
from typing import Any

import numpy as np

from autograder._util.i18n import N_
from autograder.figures.drawing import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    axes_for,
    drawn,
    grid,
    rectangle,
    show,
    window_starts,
)


def window_grid(
    size: int, kernel: int, stride: int = 1, padding: int = 0, position: int = 1
) -> None:
    """Draw numbered pixels with one window shaded, and the feature map with its place shaded.

    Args:
        size: pixels along each side of the image.
        kernel: pixels along each side of the window.
        stride: pixels from one position to the next.
        padding: rows and columns of zeros on each side of the image.
        position: which position of the window is shaded, counted row by row from 0.

    """
    positions = len(window_starts(size, kernel, stride, (padding, padding)))
    pixels = np.arange(1, size * size + 1).reshape(size, size).astype(str).astype(object)
    image = np.pad(pixels, padding, constant_values="0")
    letters = np.array(list(ascii_letters[: positions**2]), dtype=object)
    row, column = divmod(position, positions)
    top, left = row * stride, column * stride
    figure, all_axes = axes_for(
        2, width=0.42 * (len(image) + positions) + 2, height=0.42 * len(image) + 0.6
    )
    grid(all_axes[0], image, drawn(N_("image")), marked=(top, left, kernel, kernel))
    feature_map = letters.reshape(positions, positions)
    grid(all_axes[1], feature_map, drawn(N_("feature map")), marked=(row, column, 1, 1))
    show(figure)


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
    all_axes[0].set_title(f"{drawn(N_('image'))}, {image.shape[0]} x {image.shape[1]}")
    all_axes[1].imshow(np.zeros((rows, columns)), cmap="gray", vmin=-1, vmax=0.1)
    all_axes[1].set_title(f"{drawn(N_('feature map'))}, {rows} x {columns}")
    for colour, (row, column) in zip((ORANGE, BLUE, GREEN), positions, strict=False):
        corner = (column - 0.5, row - 0.5)
        window = rectangle(*corner, kernel, kernel, fill=False, edgecolor=colour, linewidth=2.5)
        all_axes[0].add_patch(window)
        all_axes[1].add_patch(rectangle(*corner, facecolor=colour))
    show(figure)


def curve(name: str, inputs: np.ndarray, outputs: np.ndarray) -> None:
    """Draw a function of one number, such as an activation."""
    figure, axes = axes_for(width=4, height=2.6)
    axes.axis("on")
    axes.plot(inputs, outputs, color=BLUE, linewidth=2)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_title(name)
    axes.grid(alpha=0.3)
    show(figure)


def prediction(image: np.ndarray, probabilities: np.ndarray, names: Sequence[str]) -> None:
    """Draw an image (height, width) beside the probability that a network gives each class."""
    figure, all_axes = axes_for(2, width=7, height=2.8)
    all_axes[0].imshow(image, cmap="gray")
    bars, surest = all_axes[1], int(np.argmax(probabilities))
    bars.axis("on")
    colours = [ORANGE if index == surest else BLUE for index in range(len(names))]
    bars.barh(range(len(names)), probabilities, color=colours)
    bars.set_yticks(range(len(names)), names)
    bars.invert_yaxis()
    bars.set_xlim(0, 1.15)
    bars.set_title(drawn(N_("probability of each class")))
    bars.text(float(probabilities[surest]), surest, f" {probabilities[surest]:.1%}", va="center")
    show(figure)


def kernels(weights: np.ndarray, columns: int = 8) -> None:
    """Draw kernels (height, width, filters) as small images: light adds, dark takes away."""
    from matplotlib import pyplot as plt

    count = weights.shape[-1]
    rows = -(-count // columns)
    figure, all_axes = plt.subplots(
        rows, columns, figsize=(0.9 * columns, 0.9 * rows), facecolor="white", squeeze=False
    )
    limit = float(np.abs(weights).max()) or 1.0
    for index, axes in enumerate(all_axes.flat):
        axes.axis("off")
        if index < count:
            axes.imshow(weights[:, :, index], cmap="gray", vmin=-limit, vmax=limit)
    show(figure)


def tensors(shapes: dict[str, tuple[int, ...]]) -> None:
    """Draw the output of each layer to scale: side by side, channels going back, rows as bars.

    Args:
        shapes: (height, width, channels) or (values,) of each layer's output, by its name.

    """
    figure, axes = axes_for(width=10, height=3.2)
    left, top = 0.0, 0.0
    for name, shape in shapes.items():
        wide, high = _tensor(axes, left, shape)
        label = f"{name}\n{' x '.join(map(str, shape))}"
        axes.text(left + wide / 2, -2, label, ha="center", va="top", fontsize=9)
        left += wide + 9
        top = max(top, high)
    axes.set_xlim(-2, left)
    axes.set_ylim(-10, top + 1)
    axes.set_aspect("equal")
    show(figure)


# What a channel moves a feature map back by, and how many values of a row are as long as one pixel.
_CHANNEL, _VALUES = 0.2, 32


def _tensor(axes: Any, left: float, shape: tuple[int, ...]) -> tuple[float, float]:
    """Draw one tensor with its lower left corner at (left, 0), and return its width and height."""
    if len(shape) == 1:
        high = max(shape[0] / _VALUES, 0.5)
        axes.add_patch(rectangle(left, 0, 1.2, high, facecolor=GREEN, edgecolor="black"))
        return 1.2, high
    height, width, channels = shape
    for channel in reversed(range(0, channels, 4)):
        shift = _CHANNEL * channel
        sheet = rectangle(
            left + shift, shift, width, height, facecolor=ORANGE, edgecolor="black", linewidth=0.4
        )
        axes.add_patch(sheet)
    shift = _CHANNEL * (channels - 1)
    return width + shift, height + shift
