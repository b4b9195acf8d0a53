# Right answers to assignment 3, Parameters, other than the solution's.

# %% conv-parameters one-line
import math


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return filters * (math.prod(kernel_size) * in_channels + use_bias)


# %% conv-parameters keras
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    import keras

    layer = keras.layers.Conv2D(filters, kernel_size, use_bias=use_bias)
    layer.build((None, None, None, in_channels))
    return layer.count_params()


# %% conv-parameters numpy-product [forms]
import numpy as np


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = np.prod([*kernel_size, in_channels, filters], dtype=np.int32)
    return weights + filters if use_bias else weights


# %% conv-parameters filter-by-filter
import numpy as np


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    count = 0
    for _filter in range(filters):
        for _channel in range(in_channels):
            count += np.ones(kernel_size, int).sum()
        if use_bias:
            count += 1
    return count


# %% pool-flatten lambdas [forms]
import numpy as np

pool_parameters = lambda *_: 0
flatten_size = lambda shape: np.prod(shape)

# %% pool-flatten reduce
import operator
from functools import partial, reduce

pool_parameters = lambda pool_size, channels: 0
flatten_size = partial(reduce, operator.mul)


# %% pool-flatten keras-and-recursive
def pool_parameters(pool_size, channels):
    import keras

    layer = keras.layers.MaxPooling2D(pool_size)
    layer.build((None, 8, 8, channels))
    return layer.count_params()


def flatten_size(shape):
    return shape[0] * flatten_size(shape[1:]) if shape else 1


# %% pool-flatten numpy-sizes
import numpy as np


def pool_parameters(pool_size, channels):
    return np.zeros((*pool_size, channels, 0)).size


def flatten_size(shape):
    return np.empty(shape).ravel().shape[0]


# %% dense-parameters bias-as-an-input
def dense_parameters(inputs, units, use_bias=True):
    return (inputs + bool(use_bias)) * units


# %% dense-parameters keras
def dense_parameters(inputs, units, use_bias=True):
    import keras

    model = keras.Sequential([keras.Input((inputs,)), keras.layers.Dense(units, use_bias=use_bias)])
    return model.count_params()


# %% dense-parameters generator
def dense_parameters(inputs, units, use_bias=True):
    return sum(inputs + (1 if use_bias else 0) for _ in range(units))


# %% totals accumulate
from itertools import accumulate


def running_totals(counts):
    return list(accumulate(counts))


network_totals = [832, 832, 52_096, 52_096, 52_096, 62_346]

# %% totals cumsum
import keras
import numpy as np


def running_totals(counts):
    return np.cumsum(counts).tolist()


def totals_of_keras():
    """The totals by Keras's own count of the network."""
    model = keras.Sequential([keras.Input((28, 28, 1))])
    totals = []
    for layer in (
        keras.layers.Conv2D(32, 5),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10),
    ):
        model.add(layer)
        totals.append(model.count_params())
    return totals


network_totals = totals_of_keras()

# %% totals numpy-integers [forms]
import numpy as np


def running_totals(counts):
    return list(np.cumsum(counts))


first = np.int32(conv_parameters((5, 5), 1, 32))
network_totals = [first + more for more in (0, 0, 51_264, 51_264, 51_264, 61_514)]


# %% totals recursive
def running_totals(counts):
    return [*running_totals(counts[:-1]), sum(counts)] if counts else []


network_totals = running_totals([832, 0, 51_264, 0, 0, 10_250])

# %% memory zip
import math


def activation_sizes(shapes):
    return dict(zip(shapes, map(math.prod, shapes.values())))


# %% memory numpy-integers [forms]
import numpy as np


def activation_sizes(shapes):
    return {name: np.prod(shape) for name, shape in shapes.items()}


# %% memory loop
import numpy as np


def activation_sizes(shapes):
    sizes = {}
    for name in shapes:
        sizes[name] = np.empty(shapes[name]).size
    return sizes


most_memory = str(np.array("conv1"))
most_parameters = "".join(["conv", "2"])

# %% memory defaultdict [forms]
from collections import defaultdict


def activation_sizes(shapes):
    sizes = defaultdict(lambda: 1)
    for name, shape in shapes.items():
        for side in shape:
            sizes[name] *= side
    return sizes


# %% memory names-computed [forms]
import numpy as np


def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


# Once by the largest value of a dict, once by a position in an array.
sizes = activation_sizes(OUTPUT_SHAPES)
most_memory = max(sizes, key=sizes.get)
own_counts = np.diff(network_totals, prepend=0)
most_parameters = np.array(list(OUTPUT_SHAPES))[np.argmax(own_counts)]


# %% dense-parameters numpy-integer [forms]
import numpy as np


def dense_parameters(inputs, units, use_bias=True):
    return np.int64(inputs) * units + np.int64(units if use_bias else 0)


# %% totals tuple-of-totals
# "what is equal is right": a tuple has the same totals as a list.
def running_totals(layer_parameters):
    return [sum(layer_parameters[: place + 1]) for place in range(len(layer_parameters))]


with unless_blank():
    network_totals = tuple(running_totals([832, 0, 51264, 0, 0, 10250]))
