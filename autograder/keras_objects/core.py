"""Layers without a sliding window: flatten, dense, and those that drop or disturb values in training."""

from __future__ import annotations

import math
from typing import Annotated

from msgspec import Meta

from autograder.keras_objects.arguments import WithKernel
from autograder.keras_objects.base import LayerData, Name, Shape, Share, Size, image


class Flatten(LayerData, frozen=True, tag="Flatten"):
    """keras.layers.Flatten."""

    def output_shape(self, shape: Shape) -> Shape:
        """Any shape -> (product of its sizes,)."""
        return (math.prod(shape),)


class Dense(WithKernel, frozen=True, tag="Dense"):
    """keras.layers.Dense.

    Example:
        >>> Dense(10).parameters((1024,))
        10250

    """

    units: Size
    use_bias: bool = True
    activation: Name = "linear"

    def output_shape(self, shape: Shape) -> Shape:
        """(..., features) -> (..., units)."""
        return (*shape[:-1], self.units)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """[(features, units), (units,) of biases]."""
        return [(shape[-1], self.units), *[(self.units,)] * self.use_bias]

    def multiply_adds(self, shape: Shape) -> int:
        """Each weight, once for each row of features."""
        return math.prod(shape) * self.units


class Dropout(LayerData, frozen=True, tag="Dropout"):
    """keras.layers.Dropout; `rate` is the dropped share of the values, from 0 to 1."""

    rate: Share


class SpatialDropout2D(LayerData, frozen=True, tag="SpatialDropout2D"):
    """keras.layers.SpatialDropout2D; `rate` is the dropped share of the feature maps, from 0 to 1."""

    rate: Share

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H, W, C)."""
        return image(self.kind, shape)


class AlphaDropout(LayerData, frozen=True, tag="AlphaDropout"):
    """keras.layers.AlphaDropout, which keeps mean and variance of values that selu made."""

    rate: Share


class GaussianDropout(LayerData, frozen=True, tag="GaussianDropout"):
    """keras.layers.GaussianDropout: multiplies with noise around 1."""

    rate: Annotated[float, Meta(ge=0, lt=1)]


class GaussianNoise(LayerData, frozen=True, tag="GaussianNoise"):
    """keras.layers.GaussianNoise: adds noise of this standard deviation."""

    stddev: Annotated[float, Meta(ge=0, le=1_000)]
