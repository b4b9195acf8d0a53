"""Figures of the notebooks, drawn with matplotlib; notebooks import them in and out of the sandbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from autograder._util.i18n import N_, graders_directory
from autograder._util.i18n import gettext as _
from autograder.figures.demonstrations import curve, kernels, prediction
from autograder.figures.described import show
from autograder.figures.drawing import (
    BLUE,
    ORANGE,
    axes_for,
    confusion_matrix,
    ladder_rung_text,
    show_image,
)
from autograder.figures.drawing import ladder as draw_ladder
from autograder.figures.fonts import translated
from autograder.figures.networks import (
    dense_connections,
    filter_bank,
    in_words,
    layer_bars,
    network,
    tensors,
)
from autograder.figures.pooling import pooling_blocks, pooling_step
from autograder.figures.windows import (
    convolution_step,
    sliding_window,
    window_grid,
    window_positions,
)
from autograder.results.pictures import TRAINING, VALIDATION, Confusion

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
    "pooling_step",
    "prediction",
    "sliding_window",
    "tensors",
    "window_grid",
    "window_positions",
]


def feature_maps(image: np.ndarray, maps: np.ndarray, names: Sequence[str]) -> None:
    """Draw an image (height, width) beside its feature maps (height, width, filters).

    Raises:
        ValueError: there is no feature map, or none for one of the names.

    """
    if not names or maps.ndim != 3 or not maps.size or maps.shape[2] < len(names):
        needed = _(
            "Feature maps are drawn from an array (height, width, maps) that is not empty, with a name for "
            "each: there are {count} names, and the array has the shape {shape}."
        )
        raise ValueError(needed.format(count=len(names), shape=maps.shape))
    figure, all_axes = axes_for(len(names) + 1, width=2.4 * (len(names) + 1), height=2.6)
    show_image(all_axes[0], image)
    all_axes[0].set_title(translated(N_("image")))
    limit = float(np.abs(maps).max()) or 1.0
    for index, name in enumerate(names):
        show_image(all_axes[index + 1], maps[:, :, index], vmin=-limit, vmax=limit)
        all_axes[index + 1].set_title(name)
    text = _("An image of {height} x {width}, and its feature maps: {maps}.")
    ranges = [
        _("{name}, from {least:.3g} to {largest:.3g}").format(
            name=name, least=maps[:, :, index].min(), largest=maps[:, :, index].max()
        )
        for index, name in enumerate(names)
    ]
    height, width = image.shape
    show(figure, text.format(height=height, width=width, maps="; ".join(ranges)))


def images_beside(
    images: Mapping[str, np.ndarray] | Sequence[tuple[str, np.ndarray]],
) -> None:
    """Draw images in a row, titled with their names and sizes.

    images: names and arrays, grey (height, width) or in colour (height, width, 3), from 0 to 1.

    Raises:
        ValueError: there is no image, or one without a pixel.

    """
    named = list(images.items() if isinstance(images, Mapping) else images)
    shapes = {name: np.shape(image) for name, image in named}
    if not shapes or not all(np.size(image) for _name, image in named):
        needed = _("There is no image to draw. The shapes of the images: {shapes}.")
        raise ValueError(needed.format(shapes=shapes))
    figure, all_axes = axes_for(len(named), width=2.6 * len(named), height=2.8)
    for axes, (name, image) in zip(np.atleast_1d(all_axes), named, strict=True):
        show_image(axes, image, vmin=0)
        axes.set_title(f"{name}\n{image.shape[0]} x {image.shape[1]}")
    text = _("Images side by side, with their sizes in pixels: {images}.")
    sizes = {name: image.shape[:2] for name, image in named}
    show(figure, text.format(images=in_words(sizes)))


def learning_curve(history: dict[str, Sequence[float]]) -> None:
    """Draw loss and accuracy by epoch, on the training images and, if measured, the validation images."""
    figure, all_axes = axes_for(2, width=8, height=3, frame=True)
    lines = []
    for axes, metric, scale, name in zip(
        all_axes, ("loss", "accuracy"), (1, 100), (N_("loss"), N_("accuracy in %")), strict=True
    ):
        for key, label, colour, style in (
            (metric, TRAINING, BLUE, "o-"),
            (f"val_{metric}", VALIDATION, ORANGE, "s--"),
        ):
            if key in history:
                values = np.asarray(history[key], float) * scale
                epochs = range(1, len(values) + 1)
                axes.plot(epochs, values, style, color=colour, label=translated(label))
                numbers = ", ".join(f"{value:.3g}" for value in values)
                lines.append(f"{_(name)}, {_(label)}: {numbers}")
        axes.set_xlabel(translated(N_("epoch")))
        axes.set_ylabel(translated(name))
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.grid(alpha=0.3)
    all_axes[0].legend()
    text = _("Lines by epoch. {lines}.")
    show(figure, text.format(lines="; ".join(lines)))


def ladder(assignment: str, reached: Mapping[str, float] | None = None) -> None:
    """Draw the current accuracy thresholds of an assignment's rungs, on the sample and on all data.

    reached: your own accuracies by question, from 0 to 1, drawn beside the thresholds of the sample.
    """
    from autograder.results.rungs import ladder_rungs
    from autograder.results.thresholds import read_thresholds

    thresholds = read_thresholds(graders_directory() / f"{assignment}.json")
    figure, all_axes = axes_for(2, width=9, height=3.4, frame=True)
    texts = []
    titles = {"sample": N_("trained on the sample"), "full": N_("trained on all images")}
    for axes, (tier, title) in zip(all_axes, titles.items(), strict=True):
        accuracies = (reached or {}) if tier == "sample" else {}
        rungs = ladder_rungs(thresholds.get(tier, {}), accuracies)
        draw_ladder(axes, rungs)
        axes.set_title(translated(title))
        heights = [ladder_rung_text(rung) for rung in rungs]
        texts.append(f"{_(title)}: {', '.join(heights) or _('none')}")
    all_axes[0].set_ylabel(translated(N_("accuracy in %")))
    text = _("Accuracies of the rungs in %. {parts}.")
    show(figure, text.format(parts="; ".join(texts)))


def confusion(matrix: np.ndarray, names: Sequence[str]) -> None:
    """Draw a confusion matrix: true classes down, predicted ones across; more mistakes are darker."""
    matrix = np.asarray(matrix)  # a student's function may return a list
    figure, axes = axes_for(width=0.62 * len(names) + 1.6, height=0.42 * len(names) + 1.4)
    confusion_matrix(axes, matrix, names)
    counted = Confusion.from_counts("", list(names), matrix.tolist()).text
    show(figure, _("A confusion matrix, true classes down, predicted ones across.") + f" {counted}")
