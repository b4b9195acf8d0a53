"""Figures of networks: layers with their shapes, filters, connections and sizes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.figures.described import show
from autograder.figures.drawing import (
    BLUE,
    CENTRED,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    add_boxes,
    axes_for,
    rectangle,
)
from autograder.figures.fonts import translated

# What a channel moves a feature map back by, and how many values of a row are as long as one pixel.
_CHANNEL, _VALUES = 0.2, 32


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
    text = _(
        "The layers of a network as boxes from left to right, with their output shapes: {shapes}."
    )
    show(figure, text.format(shapes=in_words(shapes)))


def filter_bank(kernel_size: tuple[int, int], in_channels: int, filters: int) -> None:
    """Draw each filter of a layer as a stack of grids, one per channel, with its bias below."""
    rows, columns = kernel_size
    # Each grid of a stack stands behind the one in front, and half a box of each row shows at least:
    # a student counts the boxes.
    across, up = columns - 0.5, 0.35
    width, height = columns + across * (in_channels - 1), rows + up * in_channels
    figure, axes = axes_for(width=0.55 * filters * (width + 1.2), height=0.5 * (height + 2.2))
    bias, name = translated(N_("bias")), translated(N_("filter {number}"))
    boxes = []
    for index in range(filters):
        left = index * (width + 1.2)
        for channel in reversed(range(in_channels)):
            colour = (ORANGE, SKY)[channel % 2]
            for box in range(rows * columns):
                x, y = left + box % columns + across * channel, box // columns + up * channel
                boxes.append(rectangle(x, y, facecolor=colour, edgecolor="black"))
        boxes.append(rectangle(left, -1.5, facecolor=GREEN, edgecolor="black"))
        axes.text(left + 1.2, -1, bias, va="center")
        axes.text(left + width / 2, height + 0.1, name.format(number=index + 1), ha="center")
    add_boxes(axes, boxes)
    axes.set_xlim(-0.3, filters * (width + 1.2))
    axes.set_ylim(-1.7, height + 0.8)
    axes.set_aspect("equal")
    text = _(
        "{filters} filters, each a stack of {in_channels} grids of {rows} x {columns} boxes, and one "
        "box for its bias."
    )
    show(
        figure,
        text.format(filters=filters, in_channels=in_channels, rows=rows, columns=columns),
    )


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
    input_name = translated(N_("input {number}"))
    unit_name = translated(N_("unit {number} with its bias"))
    for number, y in enumerate(sources, 1):
        axes.text(-0.4, y, input_name.format(number=number), ha="right", va="center")
    for number, y in enumerate(targets, 1):
        corner = (4.4, y - 0.2)
        axes.add_patch(rectangle(*corner, 0.4, 0.4, facecolor=GREEN, edgecolor="black"))
        axes.text(4.95, y, unit_name.format(number=number), va="center")
    axes.set_xlim(-1.6, 7.4)
    axes.set_ylim(-0.6, max(inputs, units) - 0.4)
    text = _(
        "A line from each of {inputs} inputs to each of {units} units, and a box with a bias at each unit."
    )
    show(figure, text.format(inputs=inputs, units=units))


def layer_bars(names: Sequence[str], parameters: Sequence[int], values: Sequence[int]) -> None:
    """Draw bars for each layer: its number of trainable parameters and of output values."""
    figure, all_axes = axes_for(2, width=8, height=0.4 * len(names) + 1, frame=True)
    for axes, counts, title, colour in (
        (all_axes[0], parameters, N_("parameters to learn"), BLUE),
        (all_axes[1], values, N_("output values to hold"), GREEN),
    ):
        positions = range(len(names), 0, -1)
        axes.barh(positions, counts, color=colour)
        axes.set_yticks(positions, names)
        axes.set_xticks([])
        axes.set_xlim(0, max([*counts, 1]) * 1.25)
        axes.set_title(translated(title))
        for side in ("top", "right", "bottom"):
            axes.spines[side].set_visible(False)
        for position, count in zip(positions, counts, strict=True):
            axes.text(count, position, f" {count:,}", va="center")
    text = _("Bars for each layer. {layers}.")
    layers = [
        _("{name}: {parameters:,} parameters to learn, {values:,} output values to hold").format(
            name=name, parameters=learned, values=held
        )
        for name, learned, held in zip(names, parameters, values, strict=True)
    ]
    show(figure, text.format(layers="; ".join(layers)))


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
    text = _("The outputs of the layers, drawn to scale from left to right: {shapes}.")
    show(figure, text.format(shapes=in_words(shapes)))


def in_words(shapes: dict[str, tuple[int, ...]]) -> str:
    """The layers of a network with the shapes of their outputs."""
    return ", ".join(f"{name} {' x '.join(map(str, shape))}" for name, shape in shapes.items())


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
