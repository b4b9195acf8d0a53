"""The union of all supported layers, against which layers of a student's model are validated."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.keras_objects.augmentation import (
    RandomErasing,
    RandomFlip,
    RandomRotation,
    RandomTranslation,
)
from autograder.keras_objects.base import (
    LayerData,
    Name,
    Shape,
    ShapeError,
)
from autograder.keras_objects.convolution import (
    AveragePooling2D,
    Conv2D,
    DepthwiseConv2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling2D,
    ZeroPadding2D,
)
from autograder.keras_objects.core import (
    Activation,
    BatchNormalization,
    Dense,
    Dropout,
    Flatten,
    ReLU,
    Rescaling,
    Softmax,
    SpatialDropout2D,
)
from autograder.keras_objects.merging import (
    Add,
    Average,
    Concatenate,
    Multiply,
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
    Conv2D | DepthwiseConv2D | MaxPooling2D | AveragePooling2D | GlobalAveragePooling2D
    | GlobalMaxPooling2D | ZeroPadding2D | Flatten | Dense | Dropout | SpatialDropout2D
    | BatchNormalization | Activation | ReLU | Softmax | Rescaling | RandomFlip
    | RandomTranslation | RandomRotation | RandomErasing | Add | Average | Multiply
    | Concatenate | Other
)  # fmt: skip
