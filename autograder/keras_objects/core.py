"""Layers without a sliding window: flatten, dense, dropout, normalization, activations, rescaling."""

from __future__ import annotations

import math

from autograder.keras_objects.base import LayerData, Name, Shape, Share, Size, image

# Those that recipes may have.
ACTIVATIONS = frozenset(
    [
        "linear",
        "relu",
        "leaky_relu",
        "elu",
        "selu",
        "gelu",
        "silu",
        "swish",
        "tanh",
        "sigmoid",
        "softmax",
        "softplus",
    ]
)


class Flatten(LayerData, frozen=True, tag="Flatten"):
    """keras.layers.Flatten."""

    def output_shape(self, shape: Shape) -> Shape:
        """Any shape -> (product of its sizes,)."""
        return (math.prod(shape),)


class Dense(LayerData, frozen=True, tag="Dense"):
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


class BatchNormalization(LayerData, frozen=True, tag="BatchNormalization"):
    """keras.layers.BatchNormalization over the last axis."""

    momentum: float = 0.99
    epsilon: float = 1e-3
    center: bool = True
    scale: bool = True

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """(channels,) each for scale and offset, if they are trained, and moving mean and variance."""
        return [(shape[-1],)] * (2 + self.center + self.scale)


class Activation(LayerData, frozen=True, tag="Activation"):
    """keras.layers.Activation."""

    activation: Name


class ReLU(LayerData, frozen=True, tag="ReLU"):
    """keras.layers.ReLU."""


class Softmax(LayerData, frozen=True, tag="Softmax"):
    """keras.layers.Softmax."""


class Rescaling(LayerData, frozen=True, tag="Rescaling"):
    """keras.layers.Rescaling with one `scale` and one `offset` for all channels."""

    scale: float
    offset: float = 0.0
