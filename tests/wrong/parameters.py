"""Wrong solutions of assignment 3, Parameters."""

import math

import numpy as np

from tests.answers import Catalogue

WRONG = Catalogue("parameters")


def _conv(help, count):
    """A wrong count of a convolutional layer's weights and biases."""

    def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
        weights, biases = count(*kernel_size, in_channels, filters)
        return weights + (biases if use_bias else 0)

    WRONG("conv-parameters", help)(conv_parameters)


_conv("conv-bias-forgotten", lambda h, w, channels, filters: (h * w * channels * filters, 0))
_conv("conv-one-bias", lambda h, w, channels, filters: (h * w * channels * filters, 1))
_conv(
    "conv-bias-per-channel",
    lambda h, w, channels, filters: (h * w * channels * filters, channels),
)
_conv("input-channels-forgotten", lambda h, w, channels, filters: (h * w * filters, filters))
_conv("filters-forgotten", lambda h, w, channels, filters: (h * w * channels, 1))
_conv("filters-only-biases", lambda h, w, channels, filters: (h * w * channels, filters))
_conv(
    "kernel-height-twice",
    lambda h, w, channels, filters: (h * h * channels * filters, filters),
)
_conv(
    "kernel-width-twice",
    lambda h, w, channels, filters: (w * w * channels * filters, filters),
)
_conv("image-size", lambda h, w, channels, filters: (28 * 28 * channels * filters, filters))


@WRONG("conv-parameters", "use-bias-ignored")
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size[0] * kernel_size[1] * in_channels * filters + filters


@WRONG("pool-flatten", "pool-counted")
def pool_parameters(pool_size, channels):
    return pool_size[0] * pool_size[1] * channels


@WRONG("pool-flatten", "flatten-channels-only")
def flatten_size(shape):
    return shape[-1]


@WRONG("pool-flatten", "flatten-channels-forgotten")
def flatten_size(shape):
    return math.prod(shape[:-1]) if len(shape) > 1 else shape[0]


@WRONG("pool-flatten", "flatten-sum")
def flatten_size(shape):
    return sum(shape)


@WRONG("pool-flatten", "flatten-tuple")
def flatten_size(shape):
    return (math.prod(shape),)


@WRONG("dense-parameters", "dense-bias-forgotten")
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units


@WRONG("dense-parameters", "dense-one-bias")
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + (1 if use_bias else 0)


@WRONG("dense-parameters", "dense-bias-per-input")
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + (inputs if use_bias else 0)


@WRONG("dense-parameters", "dense-one-unit")
def dense_parameters(inputs, units, use_bias=True):
    return inputs + (1 if use_bias else 0)


@WRONG("dense-parameters", "use-bias-ignored")
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + units


@WRONG("totals", "totals-not-cumulative")
def running_totals(layer_parameters):
    return list(layer_parameters)


@WRONG("totals", "totals-last-only")
def running_totals(layer_parameters):
    return sum(layer_parameters)


@WRONG("totals", "totals-one-behind")
def running_totals(layer_parameters):
    return [sum(layer_parameters[:index]) for index in range(len(layer_parameters))]


@WRONG("totals", "totals-array")
def running_totals(layer_parameters):
    return np.cumsum(layer_parameters)


def _totals(help, *counts):
    totals = [sum(counts[: index + 1]) for index in range(len(counts))]
    WRONG.add("totals", help, lambda reference: {"network_totals": totals})


_totals("conv-bias-forgotten", 800, 0, 51_200, 0, 0, 10_250)
_totals("dense-bias-forgotten", 832, 0, 51_264, 0, 0, 10_240)
_totals("input-channels-forgotten", 832, 0, 1_664, 0, 0, 10_250)
_totals("pool-counted", 832, 128, 51_264, 256, 0, 10_250)
_totals("flatten-channels-only", 832, 0, 51_264, 0, 0, 650)
_totals("flatten-channels-forgotten", 832, 0, 51_264, 0, 0, 170)


@WRONG("memory", "activation-channels-forgotten")
def activation_sizes(shapes):
    return {name: flatten_size_of_pixels(shape) for name, shape in shapes.items()}


def flatten_size_of_pixels(shape):
    return math.prod(shape[:-1]) if len(shape) > 1 else shape[0]


@WRONG("memory", "activation-channels-only")
def activation_sizes(shapes):
    return {name: shape[-1] for name, shape in shapes.items()}


@WRONG("memory", "flatten-sum")
def activation_sizes(shapes):
    return {name: sum(shape) for name, shape in shapes.items()}


def _named(help, **names):
    WRONG.add("memory", help, lambda reference: names)


_named("memory-named-parameters", most_memory="conv2")
_named("memory-wrong-layer", most_memory="pool1")
_named("no-such-layer", most_memory="Conv1 ")
_named("parameters-named-memory", most_parameters="conv1")
_named("dense-largest", most_parameters="dense")
_named("parameters-wrong-layer", most_parameters="pool2")
