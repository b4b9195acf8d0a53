"""Count what has an effect in a network: sliding kernels, batch normalization, dropout."""

from __future__ import annotations

import math
from typing import NamedTuple

from autograder.keras_objects import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    GlobalMaxPooling2D,
    MaxPooling2D,
    ReLU,
    SpatialDropout2D,
)
from autograder.models import ModelData

_LARGEST_EPSILON = 0.1  # with a larger one, batch normalization divides by almost a constant
_LARGEST_DROPPED = 0.9  # with a larger rate, dropout leaves too little to learn from


class Convolutions(NamedTuple):
    """The number of filters, and of single weights in kernels, in a network's convolutions."""

    filters: int
    weights: int


def convolutions(model: ModelData) -> Convolutions:
    """Count the convolutions of a network that detect patterns in parts of an image.

    Kernels of one pixel, and those almost as large as their input, do not count: they are dense
    layers by another name. A convolution without an activation or max pooling after it does not
    count either: together with the next layer it is one linear map.
    """
    filters = weights = 0
    for (layer, shape, output), nonlinear in zip(model.steps(), _nonlinear(model), strict=True):
        if isinstance(layer, Conv2D | DepthwiseConv2D) and _slides(layer, shape) and nonlinear:
            filters += output[-1]
            weights += math.prod(layer.weight_shapes(shape)[0])
    return Convolutions(filters, weights)


def normalized(model: ModelData) -> int:
    """How many convolutions and dense layers have batch normalization of their output."""
    layers = zip(model.layers, _origins(model), strict=True)
    return len(
        frozenset[int]().union(
            *(
                origins
                for layer, origins in layers
                if isinstance(layer, BatchNormalization) and layer.epsilon <= _LARGEST_EPSILON
            )
        )
    )


def dropouts(model: ModelData) -> list[float]:
    """The rates, from 0 to 1, of dropout after convolutions and dense layers."""
    return [
        layer.rate
        for layer, origins in zip(model.layers, _origins(model), strict=True)
        if isinstance(layer, Dropout | SpatialDropout2D)
        if origins and layer.rate <= _LARGEST_DROPPED
    ]


def _slides(layer: Conv2D | DepthwiseConv2D, shape: tuple[int, ...]) -> bool:
    """Whether a kernel has more than one pixel and covers at most two thirds of its input."""
    height, width, _channels = shape
    pixels = math.prod(layer.kernel_size)
    return pixels > 1 and 3 * pixels <= 2 * height * width


def _nonlinear(model: ModelData) -> list[bool]:
    """For each layer, whether an activation follows its output before the next layer with weights."""
    nonlinear = [False] * len(model.layers)
    reads = model.reads()
    for number in range(len(model.layers) - 1, -1, -1):  # backwards: a layer reads earlier ones
        layer = model.layers[number]
        match layer:
            case ReLU() | MaxPooling2D() | GlobalMaxPooling2D():
                passed_on = True
            case Activation(activation=activation):
                passed_on = nonlinear[number] or activation not in ("linear", "softmax")
            case Conv2D() | DepthwiseConv2D() | Dense():
                passed_on = False
                nonlinear[number] |= layer.activation not in ("linear", "softmax")
            case _:
                passed_on = nonlinear[number]
        for read in reads[number]:
            if read:
                nonlinear[read - 1] |= passed_on
    return nonlinear


def _origins(model: ModelData) -> list[frozenset[int]]:
    """For each layer, the numbers of the convolutions and dense layers whose output reaches it.

    Other layers may stand between.
    """
    outputs = [frozenset[int]()]  # the image has no origin
    inputs = []
    for number, (layer, read) in enumerate(zip(model.layers, model.reads(), strict=True), 1):
        inputs.append(frozenset[int]().union(*(outputs[value] for value in read)))
        has_kernel = isinstance(layer, Conv2D | DepthwiseConv2D | Dense)
        outputs.append(frozenset([number]) if has_kernel else inputs[-1])
    return inputs
