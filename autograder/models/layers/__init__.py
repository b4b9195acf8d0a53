"""The layers that the kit knows, as checked data: their shapes, parameters and multiply-adds.

Each class is named after its Keras layer, and its fields are that layer's arguments. Shapes
are without the batch axis, channels last; the formulas are those of Keras's documentation.
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder.models.layers.augmentation import (
    RandomErasing,
    RandomFlip,
    RandomRotation,
    RandomTranslation,
)
from autograder.models.layers.base import (
    Described,
    Name,
    Shape,
    ShapeError,
    Size,
)
from autograder.models.layers.convolution import (
    AveragePooling2D,
    Conv2D,
    DepthwiseConv2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling2D,
    ZeroPadding2D,
)
from autograder.models.layers.core import (
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
from autograder.models.layers.merging import (
    Add,
    Average,
    Concatenate,
    Multiply,
)

__all__ = [
    "Activation",
    "Add",
    "Average",
    "AveragePooling2D",
    "BatchNormalization",
    "Concatenate",
    "Conv2D",
    "Dense",
    "DepthwiseConv2D",
    "Described",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "Layer",
    "MaxPooling2D",
    "Multiply",
    "Name",
    "Other",
    "RandomErasing",
    "RandomFlip",
    "RandomRotation",
    "RandomTranslation",
    "ReLU",
    "Rescaling",
    "Shape",
    "ShapeError",
    "Size",
    "Softmax",
    "SpatialDropout2D",
    "ZeroPadding2D",
]


class Other(Described, frozen=True, tag="Other"):
    """A layer that the kit does not know: shown by its class name, never built."""

    class_name: Name

    @property
    def kind(self) -> str:
        """The class name that the student's process gave."""
        return self.class_name

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """Unknown, so ShapeError."""
        raise ShapeError(f"{self.class_name} is not among the layers of this course")


Layer = (
    Conv2D | DepthwiseConv2D | MaxPooling2D | AveragePooling2D | GlobalAveragePooling2D
    | GlobalMaxPooling2D | ZeroPadding2D | Flatten | Dense | Dropout | SpatialDropout2D
    | BatchNormalization | Activation | ReLU | Softmax | Rescaling | RandomFlip
    | RandomTranslation | RandomRotation | RandomErasing | Add | Average | Multiply
    | Concatenate | Other
)  # fmt: skip
