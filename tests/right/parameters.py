"""Right solutions of assignment 3, Parameters, other than the reference's."""

import math
import operator
from collections import defaultdict
from functools import partial, reduce
from itertools import accumulate

import numpy as np

from tests.answers import Catalogue

RIGHT = Catalogue("parameters")


@RIGHT("conv-parameters", "one-line")
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return filters * (math.prod(kernel_size) * in_channels + use_bias)


@RIGHT("conv-parameters", "keras")
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    import keras

    layer = keras.layers.Conv2D(filters, kernel_size, use_bias=use_bias)
    layer.build((None, None, None, in_channels))
    return layer.count_params()


@RIGHT("conv-parameters", "numpy-product")
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = np.prod([*kernel_size, in_channels, filters], dtype=np.int32)
    return weights + filters if use_bias else weights


@RIGHT("conv-parameters", "filter-by-filter")
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    count = 0
    for _filter in range(filters):
        for _channel in range(in_channels):
            count += np.ones(kernel_size, int).sum()
        if use_bias:
            count += 1
    return count


def _pool_flatten(label, pool_parameters, flatten_size):
    RIGHT.add(
        "pool-flatten",
        label,
        lambda _: {"pool_parameters": pool_parameters, "flatten_size": flatten_size},
    )


def _keras_pool(pool_size, channels):
    import keras

    layer = keras.layers.MaxPooling2D(pool_size)
    layer.build((None, 8, 8, channels))
    return layer.count_params()


def _recursive(shape):
    return shape[0] * _recursive(shape[1:]) if shape else 1


_pool_flatten("lambdas", lambda *_: 0, lambda shape: np.prod(shape))
_pool_flatten("reduce", lambda pool_size, channels: 0, partial(reduce, operator.mul))
_pool_flatten("keras-and-recursive", _keras_pool, _recursive)
_pool_flatten(
    "numpy-sizes",
    lambda pool_size, channels: np.zeros((*pool_size, channels, 0)).size,
    lambda shape: np.empty(shape).ravel().shape[0],
)


@RIGHT("dense-parameters", "bias-as-an-input")
def dense_parameters(inputs, units, use_bias=True):
    return (inputs + bool(use_bias)) * units


@RIGHT("dense-parameters", "keras")
def dense_parameters(inputs, units, use_bias=True):
    import keras

    model = keras.Sequential([keras.Input((inputs,)), keras.layers.Dense(units, use_bias=use_bias)])
    return model.count_params()


@RIGHT("dense-parameters", "generator")
def dense_parameters(inputs, units, use_bias=True):
    return sum(inputs + (1 if use_bias else 0) for _ in range(units))


def _totals(label, running_totals, network_totals):
    RIGHT.add(
        "totals",
        label,
        lambda reference: {
            "running_totals": running_totals,
            "network_totals": network_totals(reference),
        },
    )


def _recursive_totals(counts):
    return [*_recursive_totals(counts[:-1]), sum(counts)] if counts else []


def _of_keras(reference):
    """The totals by Keras's own count of the network."""
    import keras

    model = keras.Sequential([keras.Input((28, 28, 1))])
    layers = keras.layers
    totals = []
    for layer in (
        layers.Conv2D(32, 5),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 5),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(10),
    ):
        model.add(layer)
        totals.append(model.count_params())
    return totals


_totals(
    "accumulate",
    lambda counts: list(accumulate(counts)),
    lambda _: [832, 832, 52_096, 52_096, 52_096, 62_346],
)
_totals("cumsum", lambda counts: np.cumsum(counts).tolist(), _of_keras)
_totals(
    "numpy-integers",
    lambda counts: list(np.cumsum(counts)),
    lambda reference: [
        np.int32(reference.conv_parameters((5, 5), 1, 32)) + extra
        for extra in (0, 0, 51_264, 51_264, 51_264, 61_514)
    ],
)
_totals("recursive", _recursive_totals, lambda _: _recursive_totals([832, 0, 51_264, 0, 0, 10_250]))


def _memory(label, sizes, *most):
    """Sizes, and the names of the layers with most memory and most parameters where given."""
    names = dict(zip(("most_memory", "most_parameters"), most))
    RIGHT.add("memory", label, lambda _: {"activation_sizes": sizes, **names})


def _by_loop(shapes):
    sizes = {}
    for name in shapes:
        sizes[name] = np.empty(shapes[name]).size
    return sizes


def _by_default(shapes):
    sizes = defaultdict(lambda: 1)
    for name, shape in shapes.items():
        for side in shape:
            sizes[name] *= side
    return sizes


_memory("zip", lambda shapes: dict(zip(shapes, map(math.prod, shapes.values()))))
_memory("numpy-integers", lambda shapes: {name: np.prod(shape) for name, shape in shapes.items()})
_memory("loop", _by_loop, str(np.array("conv1")), "".join(["conv", "2"]))
_memory("defaultdict", _by_default)


def _largest_of(reference):
    """Both names computed: once by the largest value of a dict, once by a position in an array."""
    sizes = reference.activation_sizes(reference.OUTPUT_SHAPES)
    names = np.array(list(reference.OUTPUT_SHAPES))
    return {
        "most_memory": max(sizes, key=sizes.get),
        "most_parameters": names[np.argmax(reference.network_parameters)],
    }


RIGHT.add("memory", "names-computed", _largest_of)
