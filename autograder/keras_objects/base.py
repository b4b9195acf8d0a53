"""The base classes: a Keras object as data, and a layer with its shapes and weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, get_args

from msgspec import Meta, Struct

Size = Annotated[int, Meta(ge=1, le=1_000_000)]
Pair = tuple[Size, Size]
Name = Annotated[str, Meta(max_length=100)]
Share = Annotated[float, Meta(ge=0, le=1)]
Rate = Annotated[float, Meta(ge=0, le=100)]  # a learning rate, or the factor of its decay
Shape = tuple[int, ...]


class ShapeError(ValueError):
    """A layer does not fit the shape of its input."""


class KerasObject(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """An object of Keras as data: `kind` is its class, the fields are the constructor's arguments.

    The fields are the only list of these arguments. The sandbox reads the object's attributes of
    the same names, the grading process checks them by the fields' types, and the training worker
    calls the constructor with them. Each class sets `tag` to the name of the Keras class. Recipe
    keys contain it, so a class of the kit can be renamed without changing keys.
    """

    # Argument -> the attributes in which Keras keeps its parts, if it has none of the argument's name.
    attributes: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    @property
    def kind(self) -> str:
        """The name of the Keras class."""
        return str(type(self).__struct_config__.tag)


class LayerData(KerasObject, frozen=True):
    """A layer as data.

    Every `shape` is that of one value that enters the layer, without the batch axis, such as
    (height, width, channels) in pixels.
    """

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """The shape that enters the layer when it reads values of these shapes.

        Args:
            shapes: the shape of each value that the layer reads, without the batch axis.

        Returns:
            The only shape; layers that merge values return the shape of the merged value.

        Raises:
            ShapeError: the layer cannot read so many values, or values of these shapes.

        """
        if len(shapes) != 1:
            raise ShapeError(f"{self.kind} reads {len(shapes)} values and takes one")
        return shapes[0]

    def output_shape(self, shape: Shape) -> Shape:
        """The shape that leaves the layer when `shape` enters; raises ShapeError if it does not fit."""
        return shape

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """The shapes of all weights, trainable or not, in the order of Keras's layer.weights."""
        return []

    def parameters(self, shape: Shape) -> int:
        """The number of single weights and biases, trainable or not."""
        return sum(math.prod(weights) for weights in self.weight_shapes(shape))

    def multiply_adds(self, shape: Shape) -> int:
        """Pairs of a multiplication and an addition for one input; 0 for a layer with few of them."""
        return 0


def kinds(union: object) -> dict[str, type[KerasObject]]:
    """Name of the Keras class -> class of the union, without the one for unknown classes."""
    classes = {str(cls.__struct_config__.tag): cls for cls in get_args(union)}
    return {kind: cls for kind, cls in classes.items() if "class_name" not in cls.__struct_fields__}


def image(kind: str, shape: Shape) -> tuple[int, int, int]:
    """Return `shape` as (height, width, channels); raises ShapeError if it has other axes."""
    if len(shape) != 3:
        raise ShapeError(f"{kind} needs (height, width, channels), got {shape}")
    return shape[0], shape[1], shape[2]
