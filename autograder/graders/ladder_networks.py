"""What a network does, counted layer by layer: kernels that slide, values normalized or dropped."""

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

_LARGEST_EPSILON = 0.1  # beyond it, batch normalization divides by a constant
_LARGEST_DROPPED = 0.9  # beyond it, hardly anything is left to learn from


class Convolutions(NamedTuple):
    """Filters, and single weights of kernels, of a network's convolutions."""

    filters: int
    weights: int


def convolutions(model: ModelData) -> Convolutions:
    """What the convolutions of a network amount to that see patterns in parts of an image.

    Left out are kernels of one pixel and those as large as most of what they read, which are
    dense layers by another name, and convolutions without an activation or max pooling after
    them, which are one linear map with the layer that follows.
    """
    filters = weights = 0
    for (layer, shape, output), bent in zip(model.steps(), _bent(model), strict=True):
        if isinstance(layer, Conv2D | DepthwiseConv2D) and _slides(layer, shape) and bent:
            filters += output[-1]
            weights += math.prod(layer.weight_shapes(shape)[0])
    return Convolutions(filters, weights)


def normalized(model: ModelData) -> int:
    """How many convolutions and dense layers have batch normalization of what they put out."""
    layers = zip(model.layers, _learned(model), strict=True)
    return len(
        frozenset[int]().union(
            *(
                learned
                for layer, learned in layers
                if isinstance(layer, BatchNormalization) and layer.epsilon <= _LARGEST_EPSILON
            )
        )
    )


def dropouts(model: ModelData) -> list[float]:
    """The shares, from 0 to 1, that dropout leaves out of what learned layers put out."""
    return [
        layer.rate
        for layer, learned in zip(model.layers, _learned(model), strict=True)
        if isinstance(layer, Dropout | SpatialDropout2D)
        if learned and layer.rate <= _LARGEST_DROPPED
    ]


def _slides(layer: Conv2D | DepthwiseConv2D, shape: tuple[int, ...]) -> bool:
    height, width, _channels = shape
    pixels = math.prod(layer.kernel_size)
    return pixels > 1 and 3 * pixels <= 2 * height * width


def _bent(model: ModelData) -> list[bool]:
    """For each layer, whether what it puts out meets an activation before the next weights."""
    bent = [False] * len(model.layers)
    reads = model.reads()
    for number in range(len(model.layers) - 1, -1, -1):  # readers stand behind what they read
        layer = model.layers[number]
        match layer:
            case ReLU() | MaxPooling2D() | GlobalMaxPooling2D():
                passed_on = True
            case Activation(activation=activation):
                passed_on = bent[number] or activation not in ("linear", "softmax")
            case Conv2D() | DepthwiseConv2D() | Dense():
                passed_on = False
                bent[number] |= layer.activation not in ("linear", "softmax")
            case _:
                passed_on = bent[number]
        for read in reads[number]:
            if read:
                bent[read - 1] |= passed_on
    return bent


def _learned(model: ModelData) -> list[frozenset[int]]:
    """For each layer, which convolutions and dense layers its input comes from.

    What has no weights may stand between.
    """
    outputs = [frozenset[int]()]  # of the image itself
    inputs = []
    for number, (layer, read) in enumerate(zip(model.layers, model.reads(), strict=True), 1):
        inputs.append(frozenset[int]().union(*(outputs[value] for value in read)))
        own = isinstance(layer, Conv2D | DepthwiseConv2D | Dense)
        outputs.append(frozenset([number]) if own else inputs[-1])
    return inputs
