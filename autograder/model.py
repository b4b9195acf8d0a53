"""A student's model as checked data: layers, shapes, parameters, how it was compiled.

Nothing here comes from `from_config` or a file: the fields are checked by our own
schema, and a layer outside the list stays a name that nobody builds.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta, Struct

from autograder.jail.values import ValueRefused

Size = Annotated[int, Meta(ge=1, le=1_000_000)]
Pair = tuple[Size, Size]
Name = Annotated[str, Meta(max_length=100)]
Padding = Literal["valid", "same"]
Shape = tuple[int, ...]


class ShapeError(ValueError):
    """A layer does not fit the shape that comes into it."""


class _Layer(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """One layer: `kind` is its Keras class; shapes are without the batch axis, channels last."""

    @property
    def kind(self) -> str:
        """The name of the Keras class."""
        return type(self).__name__

    def output_shape(self, shape: Shape) -> Shape:
        """The shape that leaves the layer when `shape` enters; raises ShapeError."""
        return shape

    def parameters(self, shape: Shape) -> int:
        """The number of weights, trained or not, when `shape` enters."""
        return 0


class Conv2D(_Layer, frozen=True, tag="Conv2D"):
    """keras.layers.Conv2D."""

    filters: Size
    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: Padding = "valid"
    dilation_rate: Pair = (1, 1)
    groups: Size = 1
    use_bias: bool = True
    activation: Name = "linear"

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', filters)."""
        height, width, channels = _image(self.kind, shape)
        if channels % self.groups or self.filters % self.groups:
            raise ShapeError(f"{channels} channels do not divide into {self.groups} groups")
        spans = [(k - 1) * d + 1 for k, d in zip(self.kernel_size, self.dilation_rate, strict=True)]
        rows = _positions(height, spans[0], self.strides[0], self.padding)
        return (rows, _positions(width, spans[1], self.strides[1], self.padding), self.filters)

    def parameters(self, shape: Shape) -> int:
        """Kernel height x kernel width x input channels x filters, and one bias a filter."""
        channels = _image(self.kind, shape)[2]
        return (
            math.prod(self.kernel_size) * (channels // self.groups) + self.use_bias
        ) * self.filters


class _Pooling(_Layer, frozen=True):
    pool_size: Pair
    strides: Pair
    padding: Padding = "valid"

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', C)."""
        height, width, channels = _image(self.kind, shape)
        rows = _positions(height, self.pool_size[0], self.strides[0], self.padding)
        return (rows, _positions(width, self.pool_size[1], self.strides[1], self.padding), channels)


class MaxPooling2D(_Pooling, frozen=True, tag="MaxPooling2D"):
    """keras.layers.MaxPooling2D."""


class AveragePooling2D(_Pooling, frozen=True, tag="AveragePooling2D"):
    """keras.layers.AveragePooling2D."""


class GlobalAveragePooling2D(_Layer, frozen=True, tag="GlobalAveragePooling2D"):
    """keras.layers.GlobalAveragePooling2D."""

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (C,)."""
        return (_image(self.kind, shape)[2],)


class Flatten(_Layer, frozen=True, tag="Flatten"):
    """keras.layers.Flatten."""

    def output_shape(self, shape: Shape) -> Shape:
        """Any shape -> (its product,)."""
        return (math.prod(shape),)


class Dense(_Layer, frozen=True, tag="Dense"):
    """keras.layers.Dense."""

    units: Size
    use_bias: bool = True
    activation: Name = "linear"

    def output_shape(self, shape: Shape) -> Shape:
        """(..., features) -> (..., units)."""
        return (*shape[:-1], self.units)

    def parameters(self, shape: Shape) -> int:
        """One weight from each input feature to each unit, and one bias a unit."""
        return (shape[-1] + self.use_bias) * self.units


class Dropout(_Layer, frozen=True, tag="Dropout"):
    """keras.layers.Dropout."""

    rate: Annotated[float, Meta(ge=0, le=1)]


class BatchNormalization(_Layer, frozen=True, tag="BatchNormalization"):
    """keras.layers.BatchNormalization over the last axis."""

    momentum: float = 0.99
    epsilon: float = 1e-3
    center: bool = True
    scale: bool = True

    def parameters(self, shape: Shape) -> int:
        """Moving mean and variance, and what of scale and centre is trained, each a channel."""
        return (2 + self.center + self.scale) * shape[-1]


class Activation(_Layer, frozen=True, tag="Activation"):
    """keras.layers.Activation."""

    activation: Name


class ReLU(_Layer, frozen=True, tag="ReLU"):
    """keras.layers.ReLU."""


class Softmax(_Layer, frozen=True, tag="Softmax"):
    """keras.layers.Softmax."""


class Rescaling(_Layer, frozen=True, tag="Rescaling"):
    """keras.layers.Rescaling by plain numbers."""

    scale: float
    offset: float = 0.0


class Other(_Layer, frozen=True, tag="Other"):
    """A layer that the kit does not know: shown by its class name, never built."""

    class_name: Name

    @property
    def kind(self) -> str:
        """The class name that the student's process gave."""
        return self.class_name

    def output_shape(self, shape: Shape) -> Shape:
        """Unknown, so ShapeError."""
        raise ShapeError(f"{self.class_name} is not among the layers of this course")


Layer = (
    Conv2D | MaxPooling2D | AveragePooling2D | GlobalAveragePooling2D | Flatten | Dense | Dropout
    | BatchNormalization | Activation | ReLU | Softmax | Rescaling | Other
)  # fmt: skip


class Compiled(Struct, frozen=True, forbid_unknown_fields=True):
    """What a model was compiled with; names are Keras's own in snake_case.

    `settings` are the optimizer's arguments but for the learning rate; `schedule` says
    that the learning rate is an object that changes it, which does not cross.
    """

    optimizer: Name
    learning_rate: float
    loss: Name
    from_logits: bool = False
    metrics: Annotated[tuple[Name, ...], Meta(max_length=20)] = ()
    schedule: bool = False
    settings: Annotated[dict[Name, float | bool | None], Meta(max_length=30)] = {}


class Row(NamedTuple):
    """A layer in a table like Keras's summary; None where the shape cannot be known."""

    kind: str
    output_shape: Shape | None
    parameters: int | None


class ModelData(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A model: a chain of layers from an input of `input_shape` (H, W, C), or a graph that is none.

    `left_out` names what its layers were given besides, such as "kernel_regularizer of Dense".
    """

    input_shape: Annotated[tuple[Size, ...], Meta(max_length=4)] | None
    chain: bool
    layers: Annotated[tuple[Layer, ...], Meta(max_length=500)]
    compiled: Compiled | None = None
    left_out: Annotated[tuple[Name, ...], Meta(max_length=500)] = ()

    def table(self) -> list[Row]:
        """One row a layer; shapes end where a layer does not fit or is unknown."""
        rows, shape = [], self.input_shape if self.chain else None
        for layer in self.layers:
            try:
                count = None if shape is None else layer.parameters(shape)
                shape = None if shape is None else layer.output_shape(shape)
            except (ShapeError, IndexError):
                count = shape = None
            rows.append(Row(layer.kind, shape, count))
        return rows

    @property
    def parameters(self) -> int | None:
        """All weights of the model; None where a layer's cannot be known."""
        counts = [row.parameters for row in self.table()]
        return None if None in counts else sum(count for count in counts if count is not None)

    @property
    def output_shape(self) -> Shape | None:
        """What leaves the last layer, without the batch axis."""
        rows = self.table()
        return rows[-1].output_shape if rows else self.input_shape

    def __repr__(self) -> str:
        total = "unknown" if self.parameters is None else f"{self.parameters:,}"
        kinds = ", ".join(row.kind for row in self.table()) or "no layers"
        return f"a model of {kinds} ({total} parameters)"


class HistoryData(Struct, frozen=True, forbid_unknown_fields=True):
    """What `fit` returned: epochs asked for, steps an epoch, and each metric by epoch."""

    epochs: Annotated[int, Meta(ge=0, le=100_000)]
    steps: Annotated[int, Meta(ge=0, le=10_000_000)]
    history: Annotated[
        dict[Name, Annotated[tuple[float, ...], Meta(max_length=100_000)]], Meta(max_length=50)
    ]

    def __repr__(self) -> str:
        names = ", ".join(sorted(self.history)) or "nothing"
        return f"a history of {self.epochs} epochs with {self.steps} steps each ({names})"


def from_wire(tag: str, body: Any) -> object:
    """ModelData or HistoryData for a tagged value; raises ValueRefused with what is wrong."""
    try:
        match tag:
            case "$model":
                return msgspec.convert(body, ModelData)
            case "$history":
                return msgspec.convert(body, HistoryData)
    except msgspec.ValidationError as error:
        raise ValueRefused(f"a {tag[1:]} that is not one of this course: {error}") from None
    raise ValueRefused(f"data with the unknown tag {tag[:40]!r}")


def _image(kind: str, shape: Shape) -> tuple[int, int, int]:
    if len(shape) != 3:
        raise ShapeError(f"{kind} needs (height, width, channels), got {shape}")
    return shape[0], shape[1], shape[2]


def _positions(size: int, window: int, stride: int, padding: Padding) -> int:
    """Positions of a window along one axis (Keras's rule; floor for valid, ceil for same)."""
    if padding == "same":
        return -(-size // stride)
    if window > size:
        raise ShapeError(f"a window of {window} does not fit into {size}")
    return (size - window) // stride + 1
