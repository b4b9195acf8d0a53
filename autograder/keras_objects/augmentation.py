"""Layers that change images at random while training, and nothing when predicting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from autograder.keras_objects.base import LayerData, Shape, image

Range = tuple[Annotated[float, Meta(ge=-1, le=1)], Annotated[float, Meta(ge=-1, le=1)]]
FillMode = Literal["constant", "reflect", "wrap", "nearest"]


class _Augmentation(LayerData, frozen=True):
    """Changes images at random while training, and nothing when predicting."""

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) as it is."""
        return image(self.kind, shape)


class RandomFlip(_Augmentation, frozen=True, tag="RandomFlip"):
    """keras.layers.RandomFlip."""

    mode: Literal["horizontal", "vertical", "horizontal_and_vertical"]


class RandomTranslation(_Augmentation, frozen=True, tag="RandomTranslation"):
    """keras.layers.RandomTranslation; the factors are shares of height and width."""

    attributes: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "height_factor": ("height_lower", "height_upper"),
        "width_factor": ("width_lower", "width_upper"),
    }

    height_factor: Range
    width_factor: Range
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    interpolation: Literal["bilinear", "nearest"] = "bilinear"


class RandomRotation(_Augmentation, frozen=True, tag="RandomRotation"):
    """keras.layers.RandomRotation; the factor is a share of a full turn."""

    factor: Range
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    interpolation: Literal["bilinear", "nearest"] = "bilinear"


class RandomErasing(_Augmentation, frozen=True, tag="RandomErasing"):
    """keras.layers.RandomErasing; the scale is the erased share of the image."""

    factor: Range
    scale: Range
    fill_value: float | None = None
    value_range: tuple[float, float] = (0.0, 255.0)
