"""Layers that augment images at random: active in training, no effect in prediction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from autograder.keras_objects.base import LayerData, Shape, image

Range = tuple[Annotated[float, Meta(ge=-1, le=1)], Annotated[float, Meta(ge=-1, le=1)]]
FillMode = Literal["constant", "reflect", "wrap", "nearest"]


class _Augmentation(LayerData, frozen=True):
    """A layer that changes pixels at random in training, and never the shape of an image."""

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H, W, C)."""
        return image(self.kind, shape)


class RandomFlip(_Augmentation, frozen=True, tag="RandomFlip"):
    """keras.layers.RandomFlip."""

    mode: Literal["horizontal", "vertical", "horizontal_and_vertical"]


class RandomTranslation(_Augmentation, frozen=True, tag="RandomTranslation"):
    """keras.layers.RandomTranslation.

    The factors are (lowest, highest) shift, from -1 to 1, as a share of the height or the width.
    """

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
    """keras.layers.RandomRotation; `factor` is (lowest, highest), from -1 to 1, in full turns."""

    factor: Range
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    interpolation: Literal["bilinear", "nearest"] = "bilinear"


class RandomErasing(_Augmentation, frozen=True, tag="RandomErasing"):
    """keras.layers.RandomErasing.

    `factor` is (lowest, highest) of the probability that an image is changed, `scale` (lowest,
    highest) of the erased share of its area.
    """

    factor: Range
    scale: Range
    fill_value: float | None = None
    value_range: tuple[float, float] = (0.0, 255.0)
