"""Layers that merge several values into one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta

from autograder.keras_objects.base import LayerData, Shape, ShapeError


class _Merging(LayerData, frozen=True):
    """A layer that merges values of the same shape; a size of 1 is repeated along its axis."""

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """The common shape; raises ShapeError for fewer than two values, or for different shapes."""
        sizes = [set(axis) - {1} for axis in zip(*shapes, strict=False)]
        same_rank = len({len(shape) for shape in shapes}) == 1
        if len(shapes) < 2 or not same_rank or any(len(different) > 1 for different in sizes):
            raise ShapeError(
                f"{self.kind} takes values of one shape, and reads {_shapes_text(shapes)}"
            )
        return tuple(max(different, default=1) for different in sizes)


class Add(_Merging, frozen=True, tag="Add"):
    """keras.layers.Add; the operator + of two Keras tensors makes one too."""


class Average(_Merging, frozen=True, tag="Average"):
    """keras.layers.Average."""


class Multiply(_Merging, frozen=True, tag="Multiply"):
    """keras.layers.Multiply."""


class Subtract(_Merging, frozen=True, tag="Subtract"):
    """keras.layers.Subtract: the first of two values less the second."""

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """The common shape of two values."""
        if len(shapes) != 2:
            raise ShapeError(f"Subtract takes two values, and reads {len(shapes)}")
        return super().joined(shapes)


class Maximum(_Merging, frozen=True, tag="Maximum"):
    """keras.layers.Maximum."""


class Minimum(_Merging, frozen=True, tag="Minimum"):
    """keras.layers.Minimum."""


class Arithmetic(LayerData, frozen=True, tag="Arithmetic"):
    """A value and a constant, as in `x * 0.5`; not a layer but an operator of Python."""

    operation: Literal["add", "subtract", "multiply", "divide"]
    constant: Annotated[float, Meta(ge=-1e6, le=1e6)]
    constant_first: bool = False


class Reduction(LayerData, frozen=True, tag="Reduction"):
    """keras.ops.mean, max, min or sum along `axes`, which are counted from 1, without the batch."""

    operation: Literal["mean", "max", "min", "sum"]
    axes: Annotated[tuple[Annotated[int, Meta(ge=1, le=8)], ...], Meta(min_length=1, max_length=8)]
    keepdims: bool = False

    def output_shape(self, shape: Shape) -> Shape:
        """The shape without these axes; with `keepdims`, with a size of 1 along them."""
        if max(self.axes) > len(shape):
            raise ShapeError(f"keras.ops.{self.operation} along {self.axes} does not fit {shape}")
        sizes = [(axis in self.axes, size) for axis, size in enumerate(shape, start=1)]
        return tuple(
            1 if reduced else size for reduced, size in sizes if self.keepdims or not reduced
        )


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
