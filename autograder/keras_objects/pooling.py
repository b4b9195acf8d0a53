"""Pooling: layers that take the maximum or the mean of a window, or of a whole feature map."""

from __future__ import annotations

from autograder.keras_objects.base import LayerData, Pair, Shape, ShapeError, image
from autograder.keras_objects.convolution import Padding, window_positions


class _Pooling(LayerData, frozen=True):
    pool_size: Pair
    strides: Pair
    padding: Padding = "valid"

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', C)."""
        positions = window_positions(self.kind, shape, self.pool_size, self.strides, self.padding)
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
    keepdims: bool = False

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (C,); with `keepdims`, (1, 1, C)."""
        channels = image(self.kind, shape)[2]
        return (1, 1, channels) if self.keepdims else (channels,)


class GlobalAveragePooling2D(_GlobalPooling, frozen=True, tag="GlobalAveragePooling2D"):
    """keras.layers.GlobalAveragePooling2D."""


class GlobalMaxPooling2D(_GlobalPooling, frozen=True, tag="GlobalMaxPooling2D"):
    """keras.layers.GlobalMaxPooling2D."""


class _GlobalPooling1D(LayerData, frozen=True):
    keepdims: bool = False

    def output_shape(self, shape: Shape) -> Shape:
        """(steps, C) -> (C,); with `keepdims`, (1, C)."""
        if len(shape) != 2:
            raise ShapeError(f"{self.kind} needs (steps, channels), got {shape}")
        return (1, shape[1]) if self.keepdims else (shape[1],)


class GlobalAveragePooling1D(_GlobalPooling1D, frozen=True, tag="GlobalAveragePooling1D"):
    """keras.layers.GlobalAveragePooling1D, of an image that was reshaped to a row of patches."""


class GlobalMaxPooling1D(_GlobalPooling1D, frozen=True, tag="GlobalMaxPooling1D"):
    """keras.layers.GlobalMaxPooling1D."""
