"""Layers that work on each position by itself: dense ones, dropout, normalization, activations."""

from __future__ import annotations

import math

from autograder.keras_objects.base import LayerData, Name, Shape, Share, Size, image


class Flatten(LayerData, frozen=True, tag="Flatten"):
    """keras.layers.Flatten."""

    def output_shape(self, shape: Shape) -> Shape:
        """Any shape -> (its product,)."""
        return (math.prod(shape),)


class Dense(LayerData, frozen=True, tag="Dense"):
    """keras.layers.Dense."""

    units: Size
    use_bias: bool = True
    activation: Name = "linear"

    def output_shape(self, shape: Shape) -> Shape:
        """(..., features) -> (..., units)."""
        return (*shape[:-1], self.units)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """One weight from each input feature to each unit, and one bias a unit."""
        return [(shape[-1], self.units), *[(self.units,)] * self.use_bias]

    def multiply_adds(self, shape: Shape) -> int:
        """Each weight once for each row of features."""
        return math.prod(shape) * self.units


class Dropout(LayerData, frozen=True, tag="Dropout"):
    """keras.layers.Dropout."""

    rate: Share


class SpatialDropout2D(LayerData, frozen=True, tag="SpatialDropout2D"):
    """keras.layers.SpatialDropout2D: whole feature maps are dropped."""

    rate: Share

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) as it is."""
        return image(self.kind, shape)


class BatchNormalization(LayerData, frozen=True, tag="BatchNormalization"):
    """keras.layers.BatchNormalization over the last axis."""

    momentum: float = 0.99
    epsilon: float = 1e-3
    center: bool = True
    scale: bool = True

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """What of scale and centre is trained, moving mean and variance, each a channel."""
        return [(shape[-1],)] * (2 + self.center + self.scale)


class Activation(LayerData, frozen=True, tag="Activation"):
    """keras.layers.Activation."""

    activation: Name


class ReLU(LayerData, frozen=True, tag="ReLU"):
    """keras.layers.ReLU."""


class Softmax(LayerData, frozen=True, tag="Softmax"):
    """keras.layers.Softmax."""


class Rescaling(LayerData, frozen=True, tag="Rescaling"):
    """keras.layers.Rescaling by plain numbers."""

    scale: float
    offset: float = 0.0
