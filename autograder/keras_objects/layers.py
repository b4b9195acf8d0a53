"""The union of all supported layers, against which a student's layers are validated, and their shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from autograder.keras_objects.activations import (
    ELU,
    Activation,
    LeakyReLU,
    PReLU,
    ReLU,
    Softmax,
)
from autograder.keras_objects.augmentation import (
    AutoContrast,
    Equalization,
    RandomBrightness,
    RandomColorDegeneration,
    RandomContrast,
    RandomElasticTransform,
    RandomErasing,
    RandomFlip,
    RandomGaussianBlur,
    RandomHue,
    RandomInvert,
    RandomPerspective,
    RandomPosterization,
    RandomRotation,
    RandomSaturation,
    RandomSharpness,
    RandomShear,
    RandomTranslation,
    RandomZoom,
    Solarization,
)
from autograder.keras_objects.base import (
    LayerData,
    Name,
    Shape,
    ShapeError,
)
from autograder.keras_objects.convolution import (
    Conv2D,
    Conv2DTranspose,
    DepthwiseConv2D,
    SeparableConv2D,
)
from autograder.keras_objects.core import (
    AlphaDropout,
    Dense,
    Dropout,
    Flatten,
    GaussianDropout,
    GaussianNoise,
    SpatialDropout2D,
)
from autograder.keras_objects.merging import (
    Add,
    Arithmetic,
    Average,
    Concatenate,
    Maximum,
    Minimum,
    Multiply,
    Subtract,
)
from autograder.keras_objects.normalization import (
    BatchNormalization,
    GroupNormalization,
    LayerNormalization,
    Normalization,
    Rescaling,
    UnitNormalization,
)
from autograder.keras_objects.pooling import (
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling2D,
)
from autograder.keras_objects.shaping import (
    CenterCrop,
    Cropping2D,
    Identity,
    Permute,
    RandomCrop,
    Reshape,
    Resizing,
    UpSampling2D,
    ZeroPadding2D,
)


class Other(LayerData, frozen=True, tag="Other"):
    """A layer that the kit does not support: shown by its class name, never built."""

    class_name: Name

    @property
    def kind(self) -> str:
        """The name of the Keras class, as the student's process sent it."""
        return self.class_name

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """Raise ShapeError, since the shapes are unknown."""
        raise ShapeError(f"{self.class_name} is not among the layers of this course")


Layer = (
    Activation | ELU | LeakyReLU | PReLU | ReLU | Softmax | AutoContrast | Equalization |
    RandomBrightness | RandomColorDegeneration | RandomContrast | RandomElasticTransform |
    RandomErasing | RandomFlip | RandomGaussianBlur | RandomHue | RandomInvert | RandomPerspective
    | RandomPosterization | RandomRotation | RandomSaturation | RandomSharpness | RandomShear |
    RandomTranslation | RandomZoom | Solarization | Conv2D | Conv2DTranspose | DepthwiseConv2D |
    SeparableConv2D | AlphaDropout | Dense | Dropout | Flatten | GaussianDropout | GaussianNoise |
    SpatialDropout2D | Add | Arithmetic | Average | Concatenate | Maximum | Minimum | Multiply |
    Subtract | BatchNormalization | GroupNormalization | LayerNormalization | Normalization |
    Rescaling | UnitNormalization | AveragePooling2D | GlobalAveragePooling2D | GlobalMaxPooling2D
    | MaxPooling2D | CenterCrop | Cropping2D | Identity | Permute | RandomCrop | Reshape |
    Resizing | UpSampling2D | ZeroPadding2D | Other
)  # fmt: skip


class Step(NamedTuple):
    """A layer of a model, with the shape that enters it and the shape that leaves it."""

    layer: LayerData
    shape: Shape
    output_shape: Shape


def shapes(
    layers: Iterable[LayerData], reads: Iterable[Sequence[int]], input_shape: Shape
) -> Iterator[Step]:
    """Each layer with its shapes; raises ShapeError at the first layer that does not fit.

    Args:
        layers: the layers of a model, each after those that it reads.
        reads: which values each layer reads: 0 is the input, k the output of the k-th layer.
        input_shape: the shape of the model's input, without the batch axis.

    """
    values: list[Shape] = [input_shape]
    for layer, read in zip(layers, reads, strict=True):
        shape = layer.joined([values[value] for value in read])
        values.append(layer.output_shape(shape))
        yield Step(layer, shape, values[-1])
