"""Convolutions: layers with a kernel that slides over height and width."""

from __future__ import annotations

import math
from typing import Literal

from autograder.keras_objects.arguments import (
    Constraint,
    GlorotUniform,
    Initializer,
    Regularizer,
    WithDepthwiseKernel,
    WithKernel,
)
from autograder.keras_objects.base import Name, Pair, Shape, ShapeError, Size, image

Padding = Literal["valid", "same"]


class Conv2D(WithKernel, frozen=True, tag="Conv2D"):
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

    @property
    def window(self) -> Pair:
        """(height, width) of the kernel with the gaps between its weights, in pixels."""
        return _dilated(self.kernel_size, self.dilation_rate)

    def positions(self, shape: Shape) -> tuple[int, int]:
        """(H, W, C) -> the number of positions of the dilated kernel along height and width."""
        return window_positions(self.kind, shape, self.window, self.strides, self.padding)

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

    def multiply_adds(self, shape: Shape) -> int:
        """Each weight of the kernel, once at each position."""
        return math.prod(self.positions(shape)) * math.prod(self.weight_shapes(shape)[0])


class Conv2DTranspose(WithKernel, frozen=True, tag="Conv2DTranspose"):
    """keras.layers.Conv2DTranspose: each pixel of the input adds a kernel to the output."""

    filters: Size
    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: Padding = "valid"
    dilation_rate: Pair = (1, 1)
    use_bias: bool = True
    activation: Name = "linear"

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', filters); with padding "same", H' is H times the stride."""
        sides = zip(
            image(self.kind, shape),
            _dilated(self.kernel_size, self.dilation_rate),
            self.strides,
            strict=False,  # only height and width
        )
        beyond = self.padding == "valid"
        height, width = (
            size * stride + beyond * max(window - stride, 0) for size, window, stride in sides
        )
        return (height, width, self.filters)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """[(kernel height, kernel width, filters, input channels), (filters,) of biases]."""
        channels = image(self.kind, shape)[2]
        return [(*self.kernel_size, self.filters, channels), *[(self.filters,)] * self.use_bias]

    def multiply_adds(self, shape: Shape) -> int:
        """Each weight of the kernel, once for each pixel of the input."""
        return math.prod(shape[:2]) * math.prod(self.weight_shapes(shape)[0])


class DepthwiseConv2D(WithDepthwiseKernel, frozen=True, tag="DepthwiseConv2D"):
    """keras.layers.DepthwiseConv2D: each input channel has `depth_multiplier` filters of its own."""

    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: Padding = "valid"
    depth_multiplier: Size = 1
    dilation_rate: Pair = (1, 1)
    use_bias: bool = True
    activation: Name = "linear"

    def positions(self, shape: Shape) -> tuple[int, int]:
        """(H, W, C) -> the number of positions of the dilated kernel along height and width."""
        window = _dilated(self.kernel_size, self.dilation_rate)
        return window_positions(self.kind, shape, window, self.strides, self.padding)

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', C x depth_multiplier)."""
        return (*self.positions(shape), image(self.kind, shape)[2] * self.depth_multiplier)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """[(kernel height, kernel width, C, depth_multiplier), (C x depth_multiplier,) of biases]."""
        channels, filters = image(self.kind, shape)[2], self.depth_multiplier
        return [(*self.kernel_size, channels, filters), *[(channels * filters,)] * self.use_bias]

    def multiply_adds(self, shape: Shape) -> int:
        """Each weight of the kernel, once at each position."""
        return math.prod(self.positions(shape)) * math.prod(self.weight_shapes(shape)[0])


class SeparableConv2D(DepthwiseConv2D, frozen=True, kw_only=True, tag="SeparableConv2D"):
    """keras.layers.SeparableConv2D: a depthwise convolution, then one with a 1 x 1 kernel."""

    filters: Size
    pointwise_initializer: Initializer = GlorotUniform()
    pointwise_regularizer: Regularizer | None = None
    pointwise_constraint: Constraint | None = None

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', filters)."""
        return (*self.positions(shape), self.filters)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """The depthwise kernel, (1, 1, C x depth_multiplier, filters), (filters,) of biases."""
        channels, multiplier = image(self.kind, shape)[2], self.depth_multiplier
        depthwise = (*self.kernel_size, channels, multiplier)
        pointwise = (1, 1, channels * multiplier, self.filters)
        return [depthwise, pointwise, *[(self.filters,)] * self.use_bias]

    def multiply_adds(self, shape: Shape) -> int:
        """Each weight of both kernels, once at each position."""
        kernels = self.weight_shapes(shape)[:2]
        return math.prod(self.positions(shape)) * sum(math.prod(kernel) for kernel in kernels)


def _dilated(kernel_size: Pair, dilation_rate: Pair) -> Pair:
    """Height and width of a kernel with gaps between its weights."""
    height, width = ((k - 1) * d + 1 for k, d in zip(kernel_size, dilation_rate, strict=True))
    return height, width


def window_positions(
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
