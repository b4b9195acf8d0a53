"""Figures of what a network computes: an activation, a prediction, its kernels.

Notebooks draw them in cells that are not run when the notebook is graded.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.figures.described import show
from autograder.figures.drawing import (
    BLUE,
    GREY,
    ORANGE,
    axes_for,
    remove_frame,
    show_image,
)
from autograder.figures.fonts import translated

_KERNELS_A_ROW = 8


def curve(name: str, inputs: np.ndarray, outputs: np.ndarray) -> None:
    """Draw a function of one number, such as an activation."""
    figure, axes = axes_for(width=4, height=2.6, frame=True)
    axes.plot(inputs, outputs, color=BLUE, linewidth=2)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_title(name)
    axes.grid(alpha=0.3)
    some = range(0, len(inputs), max(1, (len(inputs) - 1) // 8))
    pairs = ", ".join(f"({inputs[index]:.3g}, {outputs[index]:.3g})" for index in some)
    text = _("The function {name} as a line through the points {pairs}.")
    show(figure, text.format(name=name, pairs=pairs))


def prediction(image: np.ndarray, probabilities: np.ndarray, names: Sequence[str]) -> None:
    """Draw an image (height, width) beside the probability that a network gives each class."""
    figure, all_axes = axes_for(2, width=7, height=2.8, frame=True)
    show_image(all_axes[0], image)
    bars, surest = all_axes[1], int(np.argmax(probabilities))
    colours = [ORANGE if index == surest else BLUE for index in range(len(names))]
    bars.barh(range(len(names)), probabilities, color=colours)
    bars.set_yticks(range(len(names)), names)
    bars.invert_yaxis()
    bars.set_xlim(0, 1.3)  # room for the label of a bar of 100 %
    bars.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    bars.set_title(translated(N_("probability of each class")))
    bars.text(float(probabilities[surest]), surest, f" {probabilities[surest]:.1%}", va="center")
    text = _(
        "An image of {height} x {width}, and bars with the probability of each class: {classes}."
    )
    classes = ", ".join(f"{name} {p:.1%}" for name, p in zip(names, probabilities, strict=True))
    show(figure, text.format(height=image.shape[0], width=image.shape[1], classes=classes))


def kernels(weights: np.ndarray) -> None:
    """Draw kernels (height, width, filters) as small images: light adds, dark takes away.

    Raises:
        ValueError: there is no kernel.

    """
    if not weights.size:
        needed = _("There is no kernel to draw: the array has the shape {shape}.")
        raise ValueError(needed.format(shape=weights.shape))
    from matplotlib.figure import Figure

    count = weights.shape[-1]
    rows = -(-count // _KERNELS_A_ROW)
    figure = Figure(figsize=(0.9 * _KERNELS_A_ROW, 0.9 * rows), facecolor="white")
    all_axes = figure.subplots(rows, _KERNELS_A_ROW, squeeze=False)
    limit = float(np.abs(weights).max()) or 1.0
    for index, axes in enumerate(all_axes.flat):
        remove_frame(axes)
        if index < count:
            show_image(axes, weights[:, :, index], vmin=-limit, vmax=limit)
    text = _(
        "{count} kernels of {height} x {width} as small grey images. The middle grey is 0, white "
        "{limit:.2g} and black -{limit:.2g}."
    )
    show(
        figure,
        text.format(count=count, height=weights.shape[0], width=weights.shape[1], limit=limit),
    )
