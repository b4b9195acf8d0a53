"""Layers that merge several values into one."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.keras_objects.base import LayerData, Shape, ShapeError


class _Merging(LayerData, frozen=True):
    """A layer that merges values of the same shape."""

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """The common shape; raises ShapeError for fewer than two values, or for different shapes."""
        if len(shapes) < 2 or len(set(shapes)) != 1:
            raise ShapeError(
                f"{self.kind} takes values of one shape, and reads {_shapes_text(shapes)}"
            )
        return shapes[0]


class Add(_Merging, frozen=True, tag="Add"):
    """keras.layers.Add; the operator + of two Keras tensors makes one too."""


class Average(_Merging, frozen=True, tag="Average"):
    """keras.layers.Average."""


class Multiply(_Merging, frozen=True, tag="Multiply"):
    """keras.layers.Multiply."""


class Concatenate(LayerData, frozen=True, tag="Concatenate"):
    """keras.layers.Concatenate along the channels."""

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """(..., sum of the channels); raises ShapeError if the shapes differ in another axis."""
        if len(shapes) < 2 or len({shape[:-1] for shape in shapes}) != 1:
            raise ShapeError(f"{self.kind} takes values alike but for channels, and reads "
                             f"{_shapes_text(shapes)}")  # fmt: skip
        return (*shapes[0][:-1], sum(shape[-1] for shape in shapes))


def _shapes_text(shapes: Sequence[Shape]) -> str:
    return ", ".join(map(str, shapes[:5])) or "nothing"
