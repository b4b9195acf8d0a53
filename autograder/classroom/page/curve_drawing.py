"""Where the lines of learning curves are in a drawing: two panels that share their axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from autograder.classroom.page.learning_curves import RungCurves

WIDTH, HEIGHT = 340, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 330, 28, 180  # of the field that the lines are in
_MAX_TICKS = 7


class Tick(NamedTuple):
    """A labelled place on an axis."""

    at: float
    label: str


class Line(NamedTuple):
    """A curve as a path, and where it ends."""

    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Axes:
    """The field of a panel: epochs from 1 to `epochs`, accuracies (0 to 1) from `low` to `high`."""

    epochs: int
    low: float
    high: float
    step: float

    def x(self, epoch: int) -> float:
        """Where an epoch is; a single one is in the middle."""
        if self.epochs == 1:
            return (_LEFT + _RIGHT) / 2
        return round(_LEFT + (_RIGHT - _LEFT) * (epoch - 1) / (self.epochs - 1), 1)

    def y(self, accuracy: float) -> float:
        """Where an accuracy is."""
        share = (accuracy - self.low) / (self.high - self.low)
        return round(_BOTTOM - (_BOTTOM - _TOP) * share, 1)

    def line(self, accuracies: Sequence[float]) -> Line:
        """A curve."""
        places = [(self.x(at), self.y(share)) for at, share in enumerate(accuracies, 1)]
        path = "M" + "L".join(f"{x:g} {y:g}" for x, y in places)
        return Line(path, *places[-1])

    @property
    def across(self) -> list[Tick]:
        """Epochs to name below the field."""
        steps = (1, 2, 5, 10, 20, 50, 100, 200, 500)
        step = next(step for step in steps if self.epochs <= _MAX_TICKS * step)
        named = [1, *range(step, self.epochs + 1, step)] if step > 1 else range(1, self.epochs + 1)
        return [Tick(self.x(epoch), str(epoch)) for epoch in named]

    @property
    def up(self) -> list[Tick]:
        """Accuracies to name beside the field, in per cent."""
        count = round((self.high - self.low) / self.step)
        shares = [self.low + at * self.step for at in range(count + 1)]
        return [Tick(self.y(share), f"{100 * share:.0f}") for share in shares]


def axes(found: RungCurves) -> Axes:
    """The axes on which all that is drawn has its place: curves of either panel, and the threshold."""
    drawn = found.drawn
    shares = [share for curve in drawn for share in (*curve.training, *curve.validation)]
    if found.threshold:
        shares.append(found.threshold)
    for step in (0.01, 0.02, 0.05, 0.1, 0.2):
        low = math.floor(min(shares) / step + 1e-9)
        high = max(math.ceil(max(shares) / step - 1e-9), low + 1)
        if high - low < _MAX_TICKS:
            break
    return Axes(max(len(curve.validation) for curve in drawn), low * step, high * step, step)
