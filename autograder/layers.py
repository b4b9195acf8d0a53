"""The layers that the kit knows, as checked data: their shapes, parameters and multiply-adds.

Each class is named after its Keras layer, and its fields are that layer's arguments. Shapes
are without the batch axis, channels last; the formulas are those of Keras's documentation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct

Size = Annotated[int, Meta(ge=1, le=1_000_000)]
Pair = tuple[Size, Size]
Name = Annotated[str, Meta(max_length=100)]
_Margin = Annotated[int, Meta(ge=0, le=100)]
_Margins = tuple[_Margin, _Margin]
Share = Annotated[float, Meta(ge=0, le=1)]
Range = tuple[Annotated[float, Meta(ge=-1, le=1)], Annotated[float, Meta(ge=-1, le=1)]]
Padding = Literal["valid", "same"]
FillMode = Literal["constant", "reflect", "wrap", "nearest"]
Shape = tuple[int, ...]


class ShapeError(ValueError):
    """A layer does not fit the shape that comes into it."""


class Described(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """One layer: `kind` is its Keras class."""

    @property
    def kind(self) -> str:
        """The name of the Keras class."""
        return type(self).__name__

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


class _Convolution(Described, frozen=True):
    """What the convolutions share: a window that moves over height and width."""

    def positions(self, shape: Shape) -> tuple[int, int]:
        """(H, W, C) -> the positions of the window along height and width."""
        raise NotImplementedError

    def multiply_adds(self, shape: Shape) -> int:
        """Each weight of the kernel once at each position of the window."""
        return math.prod(self.positions(shape)) * math.prod(self.weight_shapes(shape)[0])


class Conv2D(_Convolution, frozen=True, tag="Conv2D"):
    """keras.layers.Conv2D."""

    filters: Size
    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: Padding = "valid"
    dilation_rate: Pair = (1, 1)
    groups: Size = 1
    use_bias: bool = True
    activation: Name = "linear"

    def positions(self, shape: Shape) -> tuple[int, int]:
        """Of a window as wide as the dilated kernel."""
        spans = [(k - 1) * d + 1 for k, d in zip(self.kernel_size, self.dilation_rate, strict=True)]
        return _window_positions(self.kind, shape, (spans[0], spans[1]), self.strides, self.padding)

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', filters)."""
        channels = _image(self.kind, shape)[2]
        if channels % self.groups or self.filters % self.groups:
            raise ShapeError(f"{channels} channels do not divide into {self.groups} groups")
        return (*self.positions(shape), self.filters)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """Kernel height x kernel width x input channels of a group x filters; a bias a filter."""
        channels = _image(self.kind, shape)[2] // self.groups
        return [(*self.kernel_size, channels, self.filters), *[(self.filters,)] * self.use_bias]


class DepthwiseConv2D(_Convolution, frozen=True, tag="DepthwiseConv2D"):
    """keras.layers.DepthwiseConv2D: each channel has filters of its own."""

    kernel_size: Pair
    strides: Pair = (1, 1)
    padding: Padding = "valid"
    depth_multiplier: Size = 1
    use_bias: bool = True
    activation: Name = "linear"

    def positions(self, shape: Shape) -> tuple[int, int]:
        """Of the kernel."""
        return _window_positions(self.kind, shape, self.kernel_size, self.strides, self.padding)

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', C x multiplier)."""
        return (*self.positions(shape), _image(self.kind, shape)[2] * self.depth_multiplier)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """Kernel height x kernel width x input channels x multiplier; a bias an output channel."""
        channels, times = _image(self.kind, shape)[2], self.depth_multiplier
        return [(*self.kernel_size, channels, times), *[(channels * times,)] * self.use_bias]


class _Pooling(Described, frozen=True):
    pool_size: Pair
    strides: Pair
    padding: Padding = "valid"

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H', W', C)."""
        positions = _window_positions(self.kind, shape, self.pool_size, self.strides, self.padding)
        return (*positions, _image(self.kind, shape)[2])


class MaxPooling2D(_Pooling, frozen=True, tag="MaxPooling2D"):
    """keras.layers.MaxPooling2D."""


class AveragePooling2D(_Pooling, frozen=True, tag="AveragePooling2D"):
    """keras.layers.AveragePooling2D."""


class _GlobalPooling(Described, frozen=True):
    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (C,)."""
        return (_image(self.kind, shape)[2],)


class GlobalAveragePooling2D(_GlobalPooling, frozen=True, tag="GlobalAveragePooling2D"):
    """keras.layers.GlobalAveragePooling2D."""


class GlobalMaxPooling2D(_GlobalPooling, frozen=True, tag="GlobalMaxPooling2D"):
    """keras.layers.GlobalMaxPooling2D."""


class ZeroPadding2D(Described, frozen=True, tag="ZeroPadding2D"):
    """keras.layers.ZeroPadding2D: ((above, below), (left, right)) pixels of 0."""

    padding: tuple[_Margins, _Margins]

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) -> (H + above + below, W + left + right, C)."""
        height, width, channels = _image(self.kind, shape)
        return (height + sum(self.padding[0]), width + sum(self.padding[1]), channels)


class Flatten(Described, frozen=True, tag="Flatten"):
    """keras.layers.Flatten."""

    def output_shape(self, shape: Shape) -> Shape:
        """Any shape -> (its product,)."""
        return (math.prod(shape),)


class Dense(Described, frozen=True, tag="Dense"):
    """keras.layers.Dense."""

    units: Size
    use_bias: bool = True
    activation: Name = "linear"

    def output_shape(self, shape: Shape) -> Shape:
        """(..., features) -> (..., units)."""
        return (*shape[:-1], self.units)

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """One weight from each input feature to each unit, and one bias a unit."""
        return [(shape[-1], self.units), *[(self.units,)] * self.use_bias]

    def multiply_adds(self, shape: Shape) -> int:
        """Each weight once for each row of features."""
        return math.prod(shape) * self.units


class Dropout(Described, frozen=True, tag="Dropout"):
    """keras.layers.Dropout."""

    rate: Share


class SpatialDropout2D(Described, frozen=True, tag="SpatialDropout2D"):
    """keras.layers.SpatialDropout2D: whole feature maps are dropped."""

    rate: Share

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) as it is."""
        return _image(self.kind, shape)


class BatchNormalization(Described, frozen=True, tag="BatchNormalization"):
    """keras.layers.BatchNormalization over the last axis."""

    momentum: float = 0.99
    epsilon: float = 1e-3
    center: bool = True
    scale: bool = True

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """What of scale and centre is trained, moving mean and variance, each a channel."""
        return [(shape[-1],)] * (2 + self.center + self.scale)


class Activation(Described, frozen=True, tag="Activation"):
    """keras.layers.Activation."""

    activation: Name


class ReLU(Described, frozen=True, tag="ReLU"):
    """keras.layers.ReLU."""


class Softmax(Described, frozen=True, tag="Softmax"):
    """keras.layers.Softmax."""


class Rescaling(Described, frozen=True, tag="Rescaling"):
    """keras.layers.Rescaling by plain numbers."""

    scale: float
    offset: float = 0.0


class _Augmentation(Described, frozen=True):
    """Changes images at random while training, and nothing when predicting."""

    def output_shape(self, shape: Shape) -> Shape:
        """(H, W, C) as it is."""
        return _image(self.kind, shape)


class RandomFlip(_Augmentation, frozen=True, tag="RandomFlip"):
    """keras.layers.RandomFlip."""

    mode: Literal["horizontal", "vertical", "horizontal_and_vertical"]


class RandomTranslation(_Augmentation, frozen=True, tag="RandomTranslation"):
    """keras.layers.RandomTranslation; the factors are shares of height and width."""

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


class _Merging(Described, frozen=True):
    """Makes one value of several of the same shape."""

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """The shape that they share."""
        if len(shapes) < 2 or len(set(shapes)) != 1:
            raise ShapeError(f"{self.kind} takes values of one shape, and reads {_listed(shapes)}")
        return shapes[0]


class Add(_Merging, frozen=True, tag="Add"):
    """keras.layers.Add, and the + of two values."""


class Average(_Merging, frozen=True, tag="Average"):
    """keras.layers.Average."""


class Multiply(_Merging, frozen=True, tag="Multiply"):
    """keras.layers.Multiply."""


class Concatenate(Described, frozen=True, tag="Concatenate"):
    """keras.layers.Concatenate along the channels."""

    def joined(self, shapes: Sequence[Shape]) -> Shape:
        """As many channels as all have together."""
        if len(shapes) < 2 or len({shape[:-1] for shape in shapes}) != 1:
            raise ShapeError(f"{self.kind} takes values alike but for channels, and reads "
                             f"{_listed(shapes)}")  # fmt: skip
        return (*shapes[0][:-1], sum(shape[-1] for shape in shapes))


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


def _image(kind: str, shape: Shape) -> tuple[int, int, int]:
    if len(shape) != 3:
        raise ShapeError(f"{kind} needs (height, width, channels), got {shape}")
    return shape[0], shape[1], shape[2]


def _window_positions(
    kind: str, shape: Shape, window: Pair, strides: Pair, padding: Padding
) -> tuple[int, int]:
    """Positions of a window along height and width (floor for valid, ceil for same)."""
    height, width, _ = _image(kind, shape)
    return (
        _positions(height, window[0], strides[0], padding),
        _positions(width, window[1], strides[1], padding),
    )


def _positions(size: int, window: int, stride: int, padding: Padding) -> int:
    if padding == "same":
        return -(-size // stride)
    if window > size:
        raise ShapeError(f"a window of {window} does not fit into {size}")
    return (size - window) // stride + 1


def _listed(shapes: Sequence[Shape]) -> str:
    return ", ".join(map(str, shapes[:5])) or "nothing"
