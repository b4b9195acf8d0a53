"""Layers that change the shape of their input and no value: padding, cropping, resizing, reshaping."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from msgspec import Meta

from autograder.keras_objects.base import LayerData, Pair, Shape, ShapeError, image

_Margin = Annotated[int, Meta(ge=0, le=100)]
_Margins = tuple[_Margin, _Margin]
_Side = Annotated[int, Meta(ge=1, le=10_000)]


class ZeroPadding2D(LayerData, frozen=True, tag="ZeroPadding2D"):
    """keras.layers.ZeroPadding2D: ((above, below), (left, right)) pixels of 0."""

    padding: tuple[_Margins, _Margins]

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H + above + below, W + left + right, C)."""
        height, width, channels = image(self.kind, shape)
        return (height + sum(self.padding[0]), width + sum(self.padding[1]), channels)


class Cropping2D(LayerData, frozen=True, tag="Cropping2D"):
    """keras.layers.Cropping2D: ((above, below), (left, right)) pixels that are cut off."""

    cropping: tuple[_Margins, _Margins]

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H - above - below, W - left - right, C)."""
        height, width, channels = image(self.kind, shape)
        left_over = (height - sum(self.cropping[0]), width - sum(self.cropping[1]))
        if min(left_over) < 1:
            raise ShapeError(f"Cropping2D leaves nothing of {shape}")
        return (*left_over, channels)


class UpSampling2D(LayerData, frozen=True, tag="UpSampling2D"):
    """keras.layers.UpSampling2D; `size` are the factors for height and width."""

    size: Pair = (2, 2)
    interpolation: Literal["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"] = "nearest"

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H x size[0], W x size[1], C)."""
        height, width, channels = image(self.kind, shape)
        return (height * self.size[0], width * self.size[1], channels)


class _Sized(LayerData, frozen=True):
    height: _Side
    width: _Side

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (height, width, C)."""
        return (self.height, self.width, image(self.kind, shape)[2])


class Resizing(_Sized, frozen=True, tag="Resizing"):
    """keras.layers.Resizing to (height, width) in pixels."""

    interpolation: Literal["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area"] = (
        "bilinear"
    )
    crop_to_aspect_ratio: bool = False
    pad_to_aspect_ratio: bool = False
    fill_value: float = 0.0
    antialias: bool = False


class CenterCrop(_Sized, frozen=True, tag="CenterCrop"):
    """keras.layers.CenterCrop to (height, width) in pixels; a smaller image is resized."""


class RandomCrop(_Sized, frozen=True, tag="RandomCrop"):
    """keras.layers.RandomCrop to (height, width) in pixels; not random in prediction."""


class Reshape(LayerData, frozen=True, tag="Reshape"):
    """keras.layers.Reshape; one size may be -1, which stands for what is left."""

    target_shape: Annotated[tuple[Annotated[int, Meta(ge=-1, le=10**9)], ...], Meta(max_length=8)]

    def output_shape(self, shape: Shape) -> Shape:
        """Any shape with as many values."""
        count = math.prod(shape)
        known = math.prod(size for size in self.target_shape if size != -1)
        free = self.target_shape.count(-1)
        if free > 1 or known < 1 or (count % known if free else count != known):
            raise ShapeError(f"Reshape makes no {self.target_shape} of {shape}")
        return tuple(count // known if size == -1 else size for size in self.target_shape)


class Permute(LayerData, frozen=True, tag="Permute"):
    """keras.layers.Permute; axes are counted from 1, without the batch."""

    dims: Annotated[tuple[Annotated[int, Meta(ge=1, le=8)], ...], Meta(max_length=8)]

    def output_shape(self, shape: Shape) -> Shape:
        """The sizes in the new order."""
        if sorted(self.dims) != list(range(1, len(shape) + 1)):
            raise ShapeError(f"Permute{self.dims} does not fit {shape}")
        return tuple(shape[axis - 1] for axis in self.dims)


class Identity(LayerData, frozen=True, tag="Identity"):
    """keras.layers.Identity."""
