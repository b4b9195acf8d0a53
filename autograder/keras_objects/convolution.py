"""Layers with a window that slides over height and width: convolution and pooling; and padding."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from msgspec import Meta

from autograder.keras_objects.base import LayerData, Name, Pair, Shape, ShapeError, Size, image

Padding = Literal["valid", "same"]
_Margin = Annotated[int, Meta(ge=0, le=100)]
_Margins = tuple[_Margin, _Margin]


class _Convolution(LayerData, frozen=True):
    """A layer whose kernel slides over height and width."""

    def positions(self, shape: Shape) -> tuple[int, int]:
        """(H, W, C) -> the number of positions of the kernel along height and width."""
        raise NotImplementedError

    def multiply_adds(self, shape: Shape) -> int:
        """Each weight of the kernel, once at each position."""
        return math.prod(self.positions(shape)) * math.prod(self.weight_shapes(shape)[0])


class Conv2D(_Convolution, frozen=True, tag="Conv2D"):
    """keras.layers.Conv2D; sizes, strides and dilation are (height, width) in pixels.

    Example:
        >>> layer = Conv2D(32, (5, 5))
        >>> layer.output_shape((28, 28, 1)), layer.parameters((28, 28, 1))
        ((24, 24, 32), 832)

    """

    filters: Size
    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: Padding = "valid"
    dilation_rate: Pair = (1, 1)
    groups: Size = 1
    use_bias: bool = True
    activation: Name = "linear"

    def positions(self, shape: Shape) -> tuple[int, int]:
        """(H, W, C) -> the number of positions of the dilated kernel along height and width."""
        spans = [(k - 1) * d + 1 for k, d in zip(self.kernel_size, self.dilation_rate, strict=True)]
        return _window_positions(self.kind, shape, (spans[0], spans[1]), self.strides, self.padding)

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', filters)."""
        channels = image(self.kind, shape)[2]
        if channels % self.groups or self.filters % self.groups:
            raise ShapeError(f"{channels} channels do not divide into {self.groups} groups")
        return (*self.positions(shape), self.filters)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """[(kernel height, kernel width, input channels of a group, filters), (filters,) of biases]."""
        channels = image(self.kind, shape)[2] // self.groups
        return [(*self.kernel_size, channels, self.filters), *[(self.filters,)] * self.use_bias]


class DepthwiseConv2D(_Convolution, frozen=True, tag="DepthwiseConv2D"):
    """keras.layers.DepthwiseConv2D: each input channel has `depth_multiplier` filters of its own."""

    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: Padding = "valid"
    depth_multiplier: Size = 1
    use_bias: bool = True
    activation: Name = "linear"

    def positions(self, shape: Shape) -> tuple[int, int]:
        """(H, W, C) -> the number of positions of the kernel along height and width."""
        return _window_positions(self.kind, shape, self.kernel_size, self.strides, self.padding)

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', C x depth_multiplier)."""
        return (*self.positions(shape), image(self.kind, shape)[2] * self.depth_multiplier)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """[(kernel height, kernel width, C, depth_multiplier), (C x depth_multiplier,) of biases]."""
        channels, filters = image(self.kind, shape)[2], self.depth_multiplier
        return [(*self.kernel_size, channels, filters), *[(channels * filters,)] * self.use_bias]


class _Pooling(LayerData, frozen=True):
    pool_size: Pair
    strides: Pair
    padding: Padding = "valid"

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', C)."""
        positions = _window_positions(self.kind, shape, self.pool_size, self.strides, self.padding)
        return (*positions, image(self.kind, shape)[2])


class MaxPooling2D(_Pooling, frozen=True, tag="MaxPooling2D"):
    """keras.layers.MaxPooling2D; window and strides are (height, width) in pixels, both required.

    Example:
        >>> MaxPooling2D((2, 2), (2, 2)).output_shape((24, 24, 32))
        (12, 12, 32)

    """


class AveragePooling2D(_Pooling, frozen=True, tag="AveragePooling2D"):
    """keras.layers.AveragePooling2D; window and strides are (height, width) in pixels, both required."""


class _GlobalPooling(LayerData, frozen=True):
    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (C,)."""
        return (image(self.kind, shape)[2],)


class GlobalAveragePooling2D(_GlobalPooling, frozen=True, tag="GlobalAveragePooling2D"):
    """keras.layers.GlobalAveragePooling2D."""


class GlobalMaxPooling2D(_GlobalPooling, frozen=True, tag="GlobalMaxPooling2D"):
    """keras.layers.GlobalMaxPooling2D."""


class ZeroPadding2D(LayerData, frozen=True, tag="ZeroPadding2D"):
    """keras.layers.ZeroPadding2D: ((above, below), (left, right)) pixels of 0."""

    padding: tuple[_Margins, _Margins]

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H + above + below, W + left + right, C)."""
        height, width, channels = image(self.kind, shape)
        return (height + sum(self.padding[0]), width + sum(self.padding[1]), channels)


def _window_positions(
    kind: str, shape: Shape, window: Pair, strides: Pair, padding: Padding
) -> tuple[int, int]:
    """The number of positions of a window along height and width."""
    height, width, _ = image(kind, shape)
    return (
        _positions(height, window[0], strides[0], padding),
        _positions(width, window[1], strides[1], padding),
    )


def _positions(size: int, window: int, stride: int, padding: Padding) -> int:
    if padding == "same":
        return -(-size // stride)  # rounded up
    if window > size:
        raise ShapeError(f"a window of {window} does not fit into {size}")
    return (size - window) // stride + 1
