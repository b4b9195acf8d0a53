"""What has an effect in a network: sliding kernels, batch normalization, dropout."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import NamedTuple

from autograder.keras_objects import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling2D,
    ReLU,
    SpatialDropout2D,
    ZeroPadding2D,
)
from autograder.models import ModelData

CLASSES = 10  # of the data set

_LARGEST_EPSILON = 0.1  # with a larger one, batch normalization divides by almost a constant
_LEAST_SHARE = 0.2  # of a network's weights, in the layers before batch normalization or dropout
_SMALL = 3  # the side of a kernel that may be as large as the last maps
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
    kernels of one pixel that read its output are one convolution, which counts.
    """
    counted = _sliding(model)
    steps = [step for number, step in enumerate(model.steps(), 1) if number in counted]
    return Convolutions(
        sum(output[-1] for _layer, _shape, output in steps),
        sum(math.prod(layer.weight_shapes(shape)[0]) for layer, shape, _output in steps),
    )


def leads_past_convolutions(model: ModelData) -> bool:
    """Whether the network can do without its convolutions: a path to the output leads past all of them.

    What is pooled over all places has no patterns, so that a path ends there.
    """
    pooled = {
        number
        for number, (layer, shape, _output) in enumerate(model.steps(), 1)
        if isinstance(layer, GlobalAveragePooling2D | GlobalMaxPooling2D)
        if math.prod(shape[:2]) >= _FEWEST_PLACES
    }
    return not _all_paths_cross(model, _sliding(model) | pooled)


def normalized(model: ModelData) -> int:
    """How many convolutions and dense layers have batch normalization of their output."""
    return len(frozenset[int]().union(*_normalizing(model).values()))


def leads_past_normalization(model: ModelData) -> bool:
    """Whether the network can do without its batch normalization."""
    return _can_do_without(model, _normalizing(model))


def dropouts(model: ModelData) -> list[float]:
    """The rates, from 0 to 1, of dropout after convolutions and dense layers."""
    return [getattr(model.layers[number - 1], "rate", 0.0) for number in _dropping(model, 0.0)]


def leads_past_dropout(model: ModelData, least: float) -> bool:
    """Whether the network can do without its dropout of at least this rate."""
    return _can_do_without(model, _dropping(model, least))


def _normalizing(model: ModelData) -> dict[int, frozenset[int]]:
    """The number of each layer with batch normalization, and the numbers of the layers it normalizes."""
    return {
        number: origins
        for number, (layer, origins) in enumerate(
            zip(model.layers, _origins(model), strict=True), 1
        )
        if isinstance(layer, BatchNormalization) and layer.epsilon <= _LARGEST_EPSILON and origins
    }


def _dropping(model: ModelData, least: float) -> dict[int, frozenset[int]]:
    """The number of each layer with such dropout, and the numbers of the layers whose values it drops."""
    return {
        number: origins
        for number, (layer, origins) in enumerate(
            zip(model.layers, _origins(model), strict=True), 1
        )
        if isinstance(layer, Dropout | SpatialDropout2D) and layer.rate >= least and origins
    }


def _can_do_without(model: ModelData, layers: Mapping[int, frozenset[int]]) -> bool:
    """Whether a path leads past these layers, and the layers before them have few of the weights.

    layers: numbers, and those of the convolutions and dense layers before each. In residual and dense
    blocks a path always leads past them.
    """
    if _all_paths_cross(model, layers):
        return False
    weights = {
        number: math.prod(layer.weight_shapes(shape)[0])
        for number, (layer, shape, _output) in enumerate(model.steps(), 1)
        if isinstance(layer, Conv2D | DepthwiseConv2D | Dense)
    }
    inner = dict(list(weights.items())[:-1])  # without the output layer
    before = frozenset[int]().union(*layers.values())
    held = sum(weights for number, weights in inner.items() if number in before)
    return held < _LEAST_SHARE * sum(inner.values()) or not held


def _sliding(model: ModelData) -> set[int]:
    """The numbers, from 1, of the convolutions that count."""
    counted, depthwise = set[int](), set[int]()
    contents = [model.input_shape or ()]  # of each value, the shape without zeros around it
    origins = _origins(model)
    nonlinear, wide = nonlinear_layers(model), _wide(model)
    for number, (layer, shape, output) in enumerate(model.steps(), 1):
        content = max((contents[value] for value in model.reads()[number - 1]), key=math.prod)
        is_padded = isinstance(layer, ZeroPadding2D) or output == shape
        contents.append(content if is_padded else output)
        if not isinstance(layer, Conv2D | DepthwiseConv2D):
            continue
        slides = _slides(layer, content, output)
        of_depthwise = frozenset() != origins[number - 1] <= depthwise
        if slides and isinstance(layer, DepthwiseConv2D):
            depthwise.add(number)
        is_separable = of_depthwise and layer.kernel_size == (1, 1)
        is_nonlinear = nonlinear[number - 1]
        if is_separable:  # one of the two has an activation; in MobileNetV2, the first
            is_nonlinear |= origins[number - 1] <= counted
        if is_nonlinear and (slides or is_separable) and wide[number - 1]:
            counted.add(number)
    return counted


def _wide(model: ModelData) -> list[bool]:
    """For each layer, whether its values reach the output without passing fewer numbers than classes."""
    sizes = [math.prod(output) for _layer, _shape, output in model.steps()]
    wide = [False] * len(sizes)
    wide[-1:] = [True]
    for number in range(len(sizes) - 1, -1, -1):  # backwards: a layer reads earlier ones
        for read in model.reads()[number]:
            if read:
                wide[read - 1] |= wide[number] and sizes[number] >= CLASSES
    return wide


def _slides(
    layer: Conv2D | DepthwiseConv2D, shape: tuple[int, ...], output: tuple[int, ...]
) -> bool:
    """Whether a kernel of several pixels is small or covers at most two thirds of its input, at several places.

    shape: of the input, without zeros around it.
    """
    pixels = math.prod(layer.kernel_size)
    is_small = max(layer.kernel_size) <= _SMALL or 3 * pixels <= 2 * math.prod(shape[:2])
    return pixels > 1 and is_small and math.prod(output[:2]) >= _FEWEST_PLACES


def _all_paths_cross(model: ModelData, numbers: Collection[int]) -> bool:
    """Whether each path from the image to the output leads through one of these layers.

    numbers: of layers, from 1; empty ones are never crossed.
    """
    reaches = [True]  # whether the image reaches each value past all of these layers
    for number, read in enumerate(model.reads(), 1):
        reaches.append(number not in numbers and any(reaches[value] for value in read))
    return bool(numbers) and not reaches[-1]


def nonlinear_layers(model: ModelData) -> list[bool]:
    """For each layer, whether an activation follows its output before the next layer with weights."""
    nonlinear = [False] * len(model.layers)
    reads = model.reads()
    for number in range(len(model.layers) - 1, -1, -1):  # backwards: a layer reads earlier ones
        layer = model.layers[number]
        match layer:
            case MaxPooling2D(pool_size=(1, 1)):
                passed_on = nonlinear[number]
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
