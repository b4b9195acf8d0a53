"""The geometry of learning curves in an SVG drawing: two panels that share their axes.

matplotlib would draw an image: without the page's colours by day and night, and without the name
of a student where the mouse rests on a curve.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from autograder.classroom.page.learning_curves import RungCurves

WIDTH, HEIGHT = 340, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 330, 28, 180  # edges of the plot area
_MAX_TICKS = 7


class Tick(NamedTuple):
    """A labelled position on an axis."""

    at: float
    label: str


class Line(NamedTuple):
    """A curve as an SVG path, and its end point."""

    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Axes:
    """The axes of a panel: epochs from 1 to `epochs`, accuracies (0 to 1) from `low` to `high`."""

    epochs: int
    low: float
    high: float
    step: float

    def x(self, epoch: int) -> float:
        """The x coordinate of an epoch; a single epoch is in the middle."""
        if self.epochs == 1:
            return (_LEFT + _RIGHT) / 2
        return round(_LEFT + (_RIGHT - _LEFT) * (epoch - 1) / (self.epochs - 1), 1)

    def y(self, accuracy: float) -> float:
        """The y coordinate of an accuracy."""
        share = (accuracy - self.low) / (self.high - self.low)
        return round(_BOTTOM - (_BOTTOM - _TOP) * share, 1)

    def line(self, accuracies: Sequence[float]) -> Line:
        """The line of the accuracies after each epoch."""
        coordinates = [(self.x(epoch), self.y(share)) for epoch, share in enumerate(accuracies, 1)]
        path = "M" + "L".join(f"{x:g} {y:g}" for x, y in coordinates)
        return Line(path, *coordinates[-1])

    @property
    def across(self) -> list[Tick]:
        """The ticks of the epochs, below the plot area."""
        steps = (1, 2, 5, 10, 20, 50, 100, 200, 500)
        step = next(step for step in steps if self.epochs <= _MAX_TICKS * step)
        epochs = [1, *range(step, self.epochs + 1, step)] if step > 1 else range(1, self.epochs + 1)
        return [Tick(self.x(epoch), str(epoch)) for epoch in epochs]

    @property
    def up(self) -> list[Tick]:
        """The ticks of the accuracies, beside the plot area, in per cent."""
        count = round((self.high - self.low) / self.step)
        shares = [self.low + index * self.step for index in range(count + 1)]
        return [Tick(self.y(share), f"{100 * share:.0f}") for share in shares]


def axes(rung: RungCurves) -> Axes:
    """The axes that hold the curves of both panels and the threshold."""
    drawn = rung.drawn
    shares = [share for curve in drawn for share in (*curve.training, *curve.validation)]
    if rung.threshold:
        shares.append(rung.threshold)
    # The smallest step with few ticks; 1e-9 absorbs rounding errors of the division.
    for step in (0.01, 0.02, 0.05, 0.1, 0.2):
        low = math.floor(min(shares) / step + 1e-9)
        high = max(math.ceil(max(shares) / step - 1e-9), low + 1)
        if high - low < _MAX_TICKS:
            break
    return Axes(max(len(curve.validation) for curve in drawn), low * step, high * step, step)
