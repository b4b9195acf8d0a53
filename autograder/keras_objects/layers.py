"""The union of all supported layers, against which a student's layers are validated, and their shapes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, NamedTuple

from msgspec import Meta

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
from autograder.keras_objects.bounds import MAX_READ_LAYERS
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
    Reduction,
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
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalMaxPooling1D,
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

# Of a layer. Many layers that enlarge could make a number of so many digits that Python does not print it.
_MOST_VALUES = 10**15


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


class Again(LayerData, frozen=True, tag="Again"):
    """A layer that is used once more, with the same weights: the one at this place of the model."""

    layer: Annotated[int, Meta(ge=0, le=MAX_READ_LAYERS)]


class _Reused(NamedTuple):
    """A layer where it is used once more: it computes as often, and its weights were counted."""

    layer: LayerData
    kind: str

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        return []

    def parameters(self, shape: Shape) -> int:
        return 0

    def multiply_adds(self, shape: Shape) -> int:
        return self.layer.multiply_adds(shape)


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
    Resizing | UpSampling2D | ZeroPadding2D | GlobalAveragePooling1D | GlobalMaxPooling1D |
    Reduction | Again | Other
)  # fmt: skip


class Step(NamedTuple):
    """A layer of a model, with the shape that enters it and the shape that leaves it."""

    layer: Any
    shape: Shape
    output_shape: Shape


def shapes(
    layers: Sequence[LayerData], reads: Iterable[Sequence[int]], input_shape: Shape
) -> Iterator[Step]:
    """Each layer with its shapes; raises ShapeError at the first layer that does not fit.

    Args:
        layers: the layers of a model, each after those that it reads.
        reads: which values each layer reads: 0 is the input, k the output of the k-th layer.
        input_shape: the shape of the model's input, without the batch axis.

    """
    values: list[Shape] = [input_shape]
    weights: list[list[Shape]] = []
    for layer, read in zip(layers, reads, strict=True):
        used = layers[layer.layer] if isinstance(layer, Again) else layer
        shape = used.joined([values[value] for value in read])
        values.append(used.output_shape(shape))
        if math.prod(values[-1]) > _MOST_VALUES:
            raise ShapeError(f"{used.kind} puts out more values than any machine holds")
        weights.append(used.weight_shapes(shape))
        if not isinstance(layer, Again):
            yield Step(layer, shape, values[-1])
        elif weights[layer.layer] == weights[-1]:
            yield Step(_Reused(used, used.kind), shape, values[-1])
        else:
            raise ShapeError(f"{used.kind} is used again on values of another shape")
