"""Layers that augment images at random: active in training, no effect in prediction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from autograder.keras_objects.base import LayerData, Shape, image

_Share = Annotated[float, Meta(ge=-1, le=1)]
Range = tuple[_Share, _Share]
_Factor = Annotated[float, Meta(ge=-10, le=10)]
_Factors = tuple[_Factor, _Factor]
FillMode = Literal["constant", "reflect", "wrap", "nearest"]
Interpolation = Literal["bilinear", "nearest"]
_Values = tuple[float, float]  # darkest and brightest of the pixels
_OF_BOTH_SIDES: Mapping[str, tuple[str, ...]] = {
    "height_factor": ("height_lower", "height_upper"),
    "width_factor": ("width_lower", "width_upper"),
}


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

    attributes: ClassVar = _OF_BOTH_SIDES

    height_factor: Range
    width_factor: Range
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    interpolation: Interpolation = "bilinear"


class RandomRotation(_Augmentation, frozen=True, tag="RandomRotation"):
    """keras.layers.RandomRotation; `factor` is (lowest, highest), from -1 to 1, in full turns."""

    factor: Range
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    interpolation: Interpolation = "bilinear"


class RandomErasing(_Augmentation, frozen=True, tag="RandomErasing"):
    """keras.layers.RandomErasing.

    `factor` is (lowest, highest) of the probability that an image is changed, `scale` (lowest,
    highest) of the erased share of its area.
    """

    factor: Range
    scale: Range
    fill_value: float | None = None
    value_range: _Values = (0.0, 255.0)


class RandomZoom(_Augmentation, frozen=True, tag="RandomZoom"):
    """keras.layers.RandomZoom; a negative factor zooms in. Without `width_factor` both sides alike."""

    attributes: ClassVar = _OF_BOTH_SIDES

    height_factor: _Factors
    width_factor: _Factors | None = None
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    interpolation: Interpolation = "bilinear"


class RandomShear(_Augmentation, frozen=True, tag="RandomShear"):
    """keras.layers.RandomShear."""

    x_factor: _Factors
    y_factor: _Factors
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    interpolation: Interpolation = "bilinear"


class _Colors(_Augmentation, frozen=True):
    """A layer that changes values of pixels by a random factor."""

    factor: _Factors
    value_range: _Values = (0.0, 255.0)


class RandomBrightness(_Colors, frozen=True, tag="RandomBrightness"):
    """keras.layers.RandomBrightness."""


class RandomContrast(_Colors, frozen=True, tag="RandomContrast"):
    """keras.layers.RandomContrast."""


class RandomInvert(_Colors, frozen=True, tag="RandomInvert"):
    """keras.layers.RandomInvert."""


class RandomSharpness(_Colors, frozen=True, tag="RandomSharpness"):
    """keras.layers.RandomSharpness."""


class RandomPosterization(_Augmentation, frozen=True, tag="RandomPosterization"):
    """keras.layers.RandomPosterization; `factor` is (fewest, most) bits."""

    factor: tuple[Annotated[int, Meta(ge=1, le=8)], Annotated[int, Meta(ge=1, le=8)]]
    value_range: _Values = (0.0, 255.0)


class RandomColorDegeneration(_Colors, frozen=True, tag="RandomColorDegeneration"):
    """keras.layers.RandomColorDegeneration, of images with three channels."""


class RandomSaturation(_Colors, frozen=True, tag="RandomSaturation"):
    """keras.layers.RandomSaturation, of images with three channels."""


class RandomHue(_Colors, frozen=True, tag="RandomHue"):
    """keras.layers.RandomHue, of images with three channels."""


class RandomGaussianBlur(_Augmentation, frozen=True, tag="RandomGaussianBlur"):
    """keras.layers.RandomGaussianBlur."""

    factor: _Factors
    kernel_size: tuple[Annotated[int, Meta(ge=1, le=28)], Annotated[int, Meta(ge=1, le=28)]] = (
        3,
        3,
    )
    sigma: _Factors = (0.0, 1.0)
    value_range: _Values = (0.0, 255.0)


class RandomPerspective(_Augmentation, frozen=True, tag="RandomPerspective"):
    """keras.layers.RandomPerspective."""

    factor: _Factors
    scale: _Factor = 1.0
    interpolation: Interpolation = "bilinear"
    fill_value: float = 0.0


class RandomElasticTransform(_Augmentation, frozen=True, tag="RandomElasticTransform"):
    """keras.layers.RandomElasticTransform."""

    factor: _Factors
    scale: _Factors
    interpolation: Interpolation = "bilinear"
    fill_mode: FillMode = "reflect"
    fill_value: float = 0.0
    value_range: _Values = (0.0, 255.0)


class Solarization(_Augmentation, frozen=True, tag="Solarization"):
    """keras.layers.Solarization."""

    addition_factor: tuple[float, float]
    threshold_factor: tuple[float, float]
    value_range: _Values = (0.0, 255.0)


class AutoContrast(_Augmentation, frozen=True, tag="AutoContrast"):
    """keras.layers.AutoContrast, in training and in prediction."""

    value_range: _Values = (0.0, 255.0)


class Equalization(_Augmentation, frozen=True, tag="Equalization"):
    """keras.layers.Equalization, in training and in prediction."""

    value_range: _Values = (0.0, 255.0)
    bins: Annotated[int, Meta(ge=2, le=1_024)] = 256
