"""What has an effect in a network: sliding kernels, batch normalization, dropout, augmentation."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from autograder.keras_objects import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    GlobalMaxPooling2D,
    LayerData,
    MaxPooling2D,
    ReLU,
    SpatialDropout2D,
    ZeroPadding2D,
)
from autograder.models import ModelData

_LARGEST_EPSILON = 0.1  # with a larger one, batch normalization divides by almost a constant
_SIMILAR = 1.25  # numbers of weights up to this factor apart are those of one network
_FEWEST_PLACES = 4  # of a kernel: a matrix multiplication has one


class Convolutions(NamedTuple):
    """The number of filters, and of single weights in kernels, in a network's convolutions."""

    filters: int
    weights: int


def convolutions(model: ModelData) -> Convolutions:
    """Count the convolutions of a network that detect patterns in parts of an image.

    Kernels of one pixel, and those almost as large as their input, do not count: they are dense
    layers by another name. A convolution without an activation or max pooling after it does not
    count either: together with the next layer it is one linear map. A depthwise convolution and the
    kernels of one pixel that read its output are one convolution, which counts. None counts where a
    path from the image to the output leads past all of them: the network can do without them.
    """
    counted = _sliding(model)
    if not _all_paths_cross(model, counted):
        return Convolutions(0, 0)
    steps = [step for number, step in enumerate(model.steps(), 1) if number in counted]
    return Convolutions(
        sum(output[-1] for _layer, _shape, output in steps),
        sum(math.prod(layer.weight_shapes(shape)[0]) for layer, shape, _output in steps),
    )


def normalized(model: ModelData) -> int:
    """How many convolutions and dense layers have batch normalization of their output.

    0 if a path from the image to the output leads past all of it.
    """
    layers = {
        number: origins
        for number, (layer, origins) in enumerate(
            zip(model.layers, _origins(model), strict=True), 1
        )
        if isinstance(layer, BatchNormalization) and layer.epsilon <= _LARGEST_EPSILON and origins
    }
    return len(frozenset[int]().union(*layers.values())) if _all_paths_cross(model, layers) else 0


def dropouts(model: ModelData) -> list[float]:
    """The rates, from 0 to 1, of dropout after convolutions and dense layers.

    None if a path from the image to the output leads past all of it.
    """
    rates = {
        number: layer.rate
        for number, (layer, origins) in enumerate(
            zip(model.layers, _origins(model), strict=True), 1
        )
        if isinstance(layer, Dropout | SpatialDropout2D)
        if origins
    }
    return list(rates.values()) if _all_paths_cross(model, rates) else []


def detecting(model: ModelData) -> list[int]:
    """The number of weights of each layer that has some and that an activation follows, in order."""
    rows = zip(model.table(), model.layers, _nonlinear(model), strict=True)
    return [
        row.parameters or 0
        for row, layer, nonlinear in rows
        if nonlinear and isinstance(layer, Conv2D | DepthwiseConv2D | Dense)
    ]


def are_similar(own: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two networks have as many layers, with about as many weights in each."""
    return len(own) == len(other) and all(
        max(pair) <= _SIMILAR * min(pair) for pair in zip(own, other, strict=True)
    )


def augments(layer: LayerData) -> bool:
    """Whether a layer changes images at random: one whose factors are all 0 does not."""
    fields = (name for name in layer.__struct_fields__ if name.endswith("factor"))
    factors = [getattr(layer, name) for name in fields]
    return layer.kind.startswith("Random") and (not factors or any(map(np.any, factors)))


def _sliding(model: ModelData) -> set[int]:
    """The numbers, from 1, of the convolutions that count."""
    counted, depthwise = set[int](), set[int]()
    contents = [model.input_shape or ()]  # of each value, the shape without zeros around it
    origins = _origins(model)
    nonlinear = _nonlinear(model)
    for number, (layer, shape, output) in enumerate(model.steps(), 1):
        read = model.reads()[number - 1]
        content = contents[read[0]] if read else shape
        is_padded = isinstance(layer, ZeroPadding2D) or output == shape
        contents.append(content if is_padded else output)
        if not isinstance(layer, Conv2D | DepthwiseConv2D):
            continue
        slides = _slides(layer, content, output)
        of_depthwise = frozenset() != origins[number - 1] <= depthwise
        if slides and isinstance(layer, DepthwiseConv2D):
            depthwise.add(number)
        if nonlinear[number - 1] and (slides or (of_depthwise and layer.kernel_size == (1, 1))):
            counted.add(number)
    return counted


def _slides(
    layer: Conv2D | DepthwiseConv2D, shape: tuple[int, ...], output: tuple[int, ...]
) -> bool:
    """Whether a kernel of several pixels covers at most two thirds of its input, at several places.

    shape: of the input, without zeros around it.
    """
    pixels = math.prod(layer.kernel_size)
    places = math.prod(output[:2])
    return pixels > 1 and 3 * pixels <= 2 * math.prod(shape[:2]) and places >= _FEWEST_PLACES


def _all_paths_cross(model: ModelData, numbers: Collection[int]) -> bool:
    """Whether each path from the image to the output leads through one of these layers.

    numbers: of layers, from 1; empty ones are never crossed.
    """
    reaches = [True]  # whether the image reaches each value past all of these layers
    for number, read in enumerate(model.reads(), 1):
        reaches.append(number not in numbers and any(reaches[value] for value in read))
    return bool(numbers) and not reaches[-1]


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
