"""Layers that make one value of several."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.keras_objects.base import LayerData, Shape, ShapeError


class _Merging(LayerData, frozen=True):
    """Makes one value of several of the same shape."""

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """The shape that they share."""
        if len(shapes) < 2 or len(set(shapes)) != 1:
            raise ShapeError(f"{self.kind} takes values of one shape, and reads {_listed(shapes)}")
        return shapes[0]


class Add(_Merging, frozen=True, tag="Add"):
    """keras.layers.Add, and the + of two values."""


class Average(_Merging, frozen=True, tag="Average"):
    """keras.layers.Average."""


class Multiply(_Merging, frozen=True, tag="Multiply"):
    """keras.layers.Multiply."""


class Concatenate(LayerData, frozen=True, tag="Concatenate"):
    """keras.layers.Concatenate along the channels."""

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """As many channels as all have together."""
        if len(shapes) < 2 or len({shape[:-1] for shape in shapes}) != 1:
            raise ShapeError(f"{self.kind} takes values alike but for channels, and reads "
                             f"{_listed(shapes)}")  # fmt: skip
        return (*shapes[0][:-1], sum(shape[-1] for shape in shapes))


def _listed(shapes: Sequence[Shape]) -> str:
    return ", ".join(map(str, shapes[:5])) or "nothing"
