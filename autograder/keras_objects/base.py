"""What every object of Keras is as data, and what every layer is: arguments, shapes, weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, get_args

from msgspec import Meta, Struct

Size = Annotated[int, Meta(ge=1, le=1_000_000)]
Pair = tuple[Size, Size]
Name = Annotated[str, Meta(max_length=100)]
Share = Annotated[float, Meta(ge=0, le=1)]
Rate = Annotated[float, Meta(ge=0, le=100)]  # of learning, or by which that decays
Shape = tuple[int, ...]


class ShapeError(ValueError):
    """A layer does not fit the shape that comes into it."""


class KerasObject(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """An object of Keras as data: `kind` is its class, the fields are the constructor's arguments.

    The fields are the only list of these arguments: the sandbox reads the attributes of their
    names, this side checks them by their types, and the training worker calls the constructor
    with them. Each class gives the name of the Keras class as its `tag`, since keys of recipes
    contain it: a class of the kit can be renamed without a change of keys.
    """

    # Arguments that Keras keeps in attributes of other names, one for each part.
    attributes: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    @property
    def kind(self) -> str:
        """The name of the Keras class."""
        return str(type(self).__struct_config__.tag)


class LayerData(KerasObject, frozen=True):
    """One layer."""

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """The one shape that the layer works on, of those it reads; raises ShapeError."""
        if len(shapes) != 1:
            raise ShapeError(f"{self.kind} reads {len(shapes)} values and takes one")
        return shapes[0]

    def output_shape(self, shape: Shape) -> Shape:
        """The shape that leaves the layer when `shape` enters; raises ShapeError."""
        return shape

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """The shapes of the weights, trained or not, in Keras's order, when `shape` enters."""
        return []

    def parameters(self, shape: Shape) -> int:
        """The number of single weights, trained or not, when `shape` enters."""
        return sum(math.prod(weights) for weights in self.weight_shapes(shape))

    def multiply_adds(self, shape: Shape) -> int:
        """Multiplications and additions, in pairs, when `shape` enters; 0 where they are few."""
        return 0


def kinds(union: object) -> dict[str, type[KerasObject]]:
    """The classes of a union by the Keras classes that they stand for, without the unknown one."""
    classes = {str(cls.__struct_config__.tag): cls for cls in get_args(union)}
    return {kind: cls for kind, cls in classes.items() if "class_name" not in cls.__struct_fields__}


def image(kind: str, shape: Shape) -> tuple[int, int, int]:
    """The shape of a value that must be an image, (H, W, C); raises ShapeError."""
    if len(shape) != 3:
        raise ShapeError(f"{kind} needs (height, width, channels), got {shape}")
    return shape[0], shape[1], shape[2]
