"""Figures of the notebooks, drawn with matplotlib; notebooks import them in and out of the sandbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from autograder._util.i18n import N_, graders_directory
from autograder.figures.demonstrations import (
    curve,
    kernels,
    prediction,
    sliding_window,
    tensors,
    window_grid,
)
from autograder.figures.drawing import (
    BLUE,
    CENTRED,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    axes_for,
    confusion_matrix,
    drawn,
    grid,
    rectangle,
    show,
    window_rows,
    window_starts,
)
from autograder.figures.drawing import ladder as draw_ladder

__all__ = [
    "confusion",
    "convolution_step",
    "curve",
    "dense_connections",
    "feature_maps",
    "filter_bank",
    "images_beside",
    "kernels",
    "ladder",
    "layer_bars",
    "learning_curve",
    "network",
    "pooling_blocks",
    "prediction",
    "sliding_window",
    "tensors",
    "window_grid",
    "window_positions",
]


def window_positions(
    size: int, kernel: int, stride: int = 1, padding: tuple[int, int] = (0, 0)
) -> None:
    """Draw a row of `size` pixels once for each window position; padding is dashed."""
    starts = window_starts(size, kernel, stride, padding)
    figure, axes = axes_for(
        width=0.5 * (size + sum(padding)) + 2.2, height=0.55 * len(starts) + 0.3
    )
    window_rows(axes, size, kernel, stride, padding)
    show(figure)


def convolution_step(image: np.ndarray, kernel: np.ndarray, position: tuple[int, int]) -> None:
    """Draw one window of `image`, the kernel, and the resulting value of the feature map."""
    rows, columns = kernel.shape
    row, column = position
    window = image[row : row + rows, column : column + columns]
    figure, all_axes = axes_for(3, width=8, height=2.6)
    grid(all_axes[0], image, drawn(N_("image")), marked=(row, column, rows, columns))
    grid(all_axes[1], kernel, drawn(N_("kernel")))
    products = [
        f"{a:g}·{b:g}" if b >= 0 else f"{a:g}·({b:g})"
        for a, b in zip(window.ravel(), kernel.ravel(), strict=True)
    ]
    half = (len(products) + 1) // 2
    total = float((window * kernel).sum())
    text = " + ".join(products[:half]) + "\n+ " + " + ".join(products[half:]) + f"\n= {total:g}"
    all_axes[2].text(0.5, 0.5, text, fontsize=13, transform=all_axes[2].transAxes, **CENTRED)
    all_axes[2].set_title(drawn(N_("one number of the feature map")))
    show(figure)


def feature_maps(image: np.ndarray, maps: np.ndarray, names: Sequence[str]) -> None:
    """Draw an image (height, width) beside its feature maps (height, width, filters)."""
    figure, all_axes = axes_for(len(names) + 1, width=2.4 * (len(names) + 1), height=2.6)
    all_axes[0].imshow(image, cmap="gray")
    all_axes[0].set_title(drawn(N_("image")))
    limit = float(np.abs(maps).max()) or 1.0
    for index, name in enumerate(names):
        all_axes[index + 1].imshow(maps[:, :, index], cmap="gray", vmin=-limit, vmax=limit)
        all_axes[index + 1].set_title(name)
    show(figure)


def pooling_blocks(image: np.ndarray, pool: int, results: dict[str, np.ndarray]) -> None:
    """Draw a small image divided into blocks, beside the result of each kind of pooling."""
    figure, all_axes = axes_for(len(results) + 1, width=2.6 * (len(results) + 1), height=2.8)
    grid(all_axes[0], image, f"image, blocks of {pool} x {pool}", block=pool)
    for axes, (name, result) in zip(all_axes[1:], results.items(), strict=True):
        grid(axes, result, name, block=1)
    show(figure)


def images_beside(
    images: Mapping[str, np.ndarray] | Sequence[tuple[str, np.ndarray]],
) -> None:
    """Draw images in a row, titled with their names and sizes.

    images: names and arrays, grey (height, width) or in colour (height, width, 3), from 0 to 1.
    """
    named = list(images.items() if isinstance(images, Mapping) else images)
    figure, all_axes = axes_for(len(named), width=2.6 * len(named), height=2.8)
    for axes, (name, image) in zip(np.atleast_1d(all_axes), named, strict=True):
        axes.imshow(image, cmap="gray", vmin=0)
        axes.set_title(f"{name}\n{image.shape[0]} x {image.shape[1]}")
    show(figure)


def layer_bars(names: Sequence[str], parameters: Sequence[int], values: Sequence[int]) -> None:
    """Draw bars for each layer: its number of trainable parameters and of output values."""
    figure, all_axes = axes_for(2, width=8, height=0.4 * len(names) + 1)
    for axes, counts, title, colour in (
        (all_axes[0], parameters, "parameters to learn", BLUE),
        (all_axes[1], values, "output values to hold", GREEN),
    ):
        axes.axis("on")
        positions = range(len(names), 0, -1)
        axes.barh(positions, counts, color=colour)
        axes.set_yticks(positions, names)
        axes.set_xticks([])
        axes.set_xlim(0, max([*counts, 1]) * 1.25)
        axes.set_title(title)
        for side in ("top", "right", "bottom"):
            axes.spines[side].set_visible(False)
        for position, count in zip(positions, counts, strict=True):
            axes.text(count, position, f" {count:,}", va="center")
    show(figure)


def network(shapes: dict[str, tuple[int, ...]]) -> None:
    """Draw the layers of a network as boxes with their output shapes, from left to right."""
    figure, axes = axes_for(width=1.55 * len(shapes), height=1.5)
    for index, (name, shape) in enumerate(shapes.items()):
        colour = (
            ORANGE if name.startswith("conv") else BLUE if name.startswith("dense") else "white"
        )
        axes.add_patch(
            rectangle(index * 1.5, 0, 1.2, facecolor=colour, edgecolor="black", alpha=0.6)
        )
        size = " x ".join(map(str, shape))
        axes.text(index * 1.5 + 0.6, 0.65, name, **CENTRED)
        axes.text(index * 1.5 + 0.6, 0.3, size, fontsize=9, **CENTRED)
        if index:
            axes.annotate(
                "", (index * 1.5, 0.5), (index * 1.5 - 0.3, 0.5), arrowprops={"arrowstyle": "->"}
            )
    axes.set_xlim(-0.1, 1.5 * len(shapes))
    axes.set_ylim(-0.1, 1.1)
    show(figure)


def learning_curve(history: dict[str, Sequence[float]]) -> None:
    """Draw loss and accuracy by epoch, on the training images and, if measured, the validation images."""
    figure, all_axes = axes_for(2, width=8, height=3)
    for axes, metric, scale, unit in zip(
        all_axes, ("loss", "accuracy"), (1, 100), ("", " in %"), strict=True
    ):
        axes.axis("on")
        for key, label, colour in (
            (metric, "training images", BLUE),
            (f"val_{metric}", "validation images", ORANGE),
        ):
            if key in history:
                values = np.asarray(history[key], float) * scale
                axes.plot(range(1, len(values) + 1), values, "o-", color=colour, label=label)
        axes.set_xlabel("epoch")
        axes.set_ylabel(metric + unit)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.grid(alpha=0.3)
    all_axes[0].legend()
    show(figure)


def ladder(assignment: str, reached: Mapping[str, float] | None = None) -> None:
    """Draw the current accuracy thresholds of an assignment's rungs, on the sample and on all data.

    reached: your own accuracies by question, from 0 to 1, drawn beside the thresholds of the sample.
    """
    from autograder.results.rungs import ladder_rungs
    from autograder.results.thresholds import read_thresholds

    thresholds = read_thresholds(graders_directory() / f"{assignment}.json")
    figure, all_axes = axes_for(2, width=9, height=3.4)
    titles = {"sample": N_("trained on the sample"), "full": N_("trained on all images")}
    for axes, (tier, title) in zip(all_axes, titles.items(), strict=True):
        accuracies = (reached or {}) if tier == "sample" else {}
        axes.axis("on")
        draw_ladder(axes, ladder_rungs(thresholds.get(tier, {}), accuracies))
        axes.set_title(drawn(title))
    all_axes[0].set_ylabel(drawn(N_("accuracy in %")))
    show(figure)


def confusion(matrix: np.ndarray, names: Sequence[str]) -> None:
    """Draw a confusion matrix: true classes down, predicted ones across; more mistakes are darker."""
    figure, axes = axes_for(width=0.62 * len(names) + 1.6, height=0.42 * len(names) + 1.4)
    confusion_matrix(axes, matrix, names)
    show(figure)


def filter_bank(kernel_size: tuple[int, int], in_channels: int, filters: int) -> None:
    """Draw each filter of a layer as a stack of grids, one per channel, with its bias below."""
    rows, columns = kernel_size
    shift = 0.35  # offset of each grid of a stack behind the one in front
    width, height = columns + shift * in_channels, rows + shift * in_channels
    figure, axes = axes_for(width=0.55 * filters * (width + 1.2), height=0.5 * (height + 2.2))
    for index in range(filters):
        left = index * (width + 1.2)
        for channel in reversed(range(in_channels)):
            colour = (ORANGE, SKY)[channel % 2]
            for box in range(rows * columns):
                x, y = left + box % columns + shift * channel, box // columns + shift * channel
                axes.add_patch(rectangle(x, y, facecolor=colour, edgecolor="black"))
        axes.add_patch(rectangle(left, -1.5, facecolor=GREEN, edgecolor="black"))
        axes.text(left + 1.2, -1, "bias", va="center")
        axes.text(left + columns / 2, height + 0.1, f"filter {index + 1}", ha="center")
    axes.set_xlim(-0.3, filters * (width + 1.2))
    axes.set_ylim(-1.7, height + 0.8)
    axes.set_aspect("equal")
    show(figure)


def dense_connections(inputs: int, units: int) -> None:
    """Draw inputs on the left, units on the right, a line for each weight, a box for each bias."""
    figure, axes = axes_for(width=5, height=0.6 * max(inputs, units) + 0.4)
    middle = (max(inputs, units) - 1) / 2
    sources = [middle + (inputs - 1) / 2 - index for index in range(inputs)]
    targets = [middle + (units - 1) / 2 - index for index in range(units)]
    for y in sources:
        for end in targets:
            axes.plot([0, 4], [y, end], color=GREY, linewidth=1, zorder=1)
    axes.scatter([0] * inputs, sources, s=260, color="white", edgecolors="black", zorder=2)
    axes.scatter([4] * units, targets, s=260, color=BLUE, edgecolors="black", zorder=2)
    for index, y in enumerate(sources):
        axes.text(-0.4, y, f"input {index + 1}", ha="right", va="center")
    for index, y in enumerate(targets):
        corner = (4.4, y - 0.2)
        axes.add_patch(rectangle(*corner, 0.4, 0.4, facecolor=GREEN, edgecolor="black"))
        axes.text(4.95, y, f"unit {index + 1} with its bias", va="center")
    axes.set_xlim(-1.6, 7.4)
    axes.set_ylim(-0.6, max(inputs, units) - 0.4)
    show(figure)
