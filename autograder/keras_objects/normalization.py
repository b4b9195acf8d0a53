"""Layers that normalize values: over the batch, over the channels, or with given statistics."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from autograder.keras_objects.arguments import Initializer, Ones, WithScale, Zeros
from autograder.keras_objects.base import LayerData, Shape, ShapeError

_Statistics = Annotated[tuple[float, ...], Meta(min_length=1, max_length=10_000)]


class _Scaled(WithScale, frozen=True, kw_only=True):
    epsilon: float = 1e-3
    center: bool = True
    scale: bool = True

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """(channels,) each for scale and offset, if they are trained."""
        return [(shape[-1],)] * (self.center + self.scale)


class BatchNormalization(_Scaled, frozen=True, kw_only=True, tag="BatchNormalization"):
    """keras.layers.BatchNormalization; `axis` is the one, counted with the batch, that is kept apart."""

    axis: Annotated[int, Meta(ge=-1, le=3)] = -1
    momentum: float = 0.99
    moving_mean_initializer: Initializer = Zeros()
    moving_variance_initializer: Initializer = Ones()

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """(channels,) each for scale and offset, if they are trained, and moving mean and variance."""
        if not self.axis or self.axis > len(shape):
            raise ShapeError(f"BatchNormalization(axis={self.axis}) does not fit {shape}")
        return [((0, *shape)[self.axis],)] * (2 + self.center + self.scale)


class LayerNormalization(_Scaled, frozen=True, kw_only=True, tag="LayerNormalization"):
    """keras.layers.LayerNormalization over the last axis."""


class GroupNormalization(_Scaled, frozen=True, kw_only=True, tag="GroupNormalization"):
    """keras.layers.GroupNormalization of the last axis; -1 for one channel in each group."""

    groups: Annotated[int, Meta(ge=-1, le=10_000)] = 32

    def output_shape(self, shape: Shape) -> Shape:
        """Any shape whose channels divide into the groups."""
        if self.groups == 0 or shape[-1] % self.groups:
            raise ShapeError(f"{shape[-1]} channels do not divide into {self.groups} groups")
        return shape


class UnitNormalization(LayerData, frozen=True, tag="UnitNormalization"):
    """keras.layers.UnitNormalization along the last axis."""


class Normalization(LayerData, frozen=True, tag="Normalization"):
    """keras.layers.Normalization with given statistics, or with those that `adapt` measured.

    `axis` is the axis, counted with the batch, along which each index has statistics of its own; if
    it is None, there is one number for all.
    """

    mean: float | _Statistics
    variance: float | _Statistics
    axis: Annotated[int, Meta(ge=-8, le=8)] | None = None
    invert: bool = False


class Rescaling(LayerData, frozen=True, tag="Rescaling"):
    """keras.layers.Rescaling with one `scale` and one `offset` for all channels."""

    scale: float
    offset: float = 0.0
