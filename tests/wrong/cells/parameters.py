# Wrong answers to assignment 3, Parameters.

# %% conv-parameters conv-bias-forgotten
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size[0] * kernel_size[1] * in_channels * filters


# %% conv-parameters conv-one-bias
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    return weights + (1 if use_bias else 0)


# %% conv-parameters conv-bias-per-channel
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    return weights + (in_channels if use_bias else 0)


# %% conv-parameters input-channels-forgotten
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * filters
    return weights + (filters if use_bias else 0)


# %% conv-parameters filters-forgotten
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels
    return weights + (1 if use_bias else 0)


# %% conv-parameters filters-only-biases
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels
    return weights + (filters if use_bias else 0)


# %% conv-parameters kernel-height-twice
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[0] * in_channels * filters
    return weights + (filters if use_bias else 0)


# %% conv-parameters kernel-width-twice
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[1] * kernel_size[1] * in_channels * filters
    return weights + (filters if use_bias else 0)


# %% conv-parameters image-size
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = 28 * 28 * in_channels * filters
    return weights + (filters if use_bias else 0)


# %% conv-parameters use-bias-ignored [rules]
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size[0] * kernel_size[1] * in_channels * filters + filters


# %% pool-flatten pool-counted
def pool_parameters(pool_size, channels):
    return pool_size[0] * pool_size[1] * channels


# %% pool-flatten other-says-none
def pool_parameters(pool_size, channels):
    return "none"


# %% pool-flatten flatten-channels-only
def flatten_size(shape):
    return shape[-1]


# %% pool-flatten flatten-channels-forgotten
import math


def flatten_size(shape):
    return math.prod(shape[:-1]) if len(shape) > 1 else shape[0]


# %% pool-flatten flatten-sum
def flatten_size(shape):
    return sum(shape)


# %% pool-flatten flatten-tuple [rules]
import math


def flatten_size(shape):
    return (math.prod(shape),)


# %% dense-parameters dense-bias-forgotten
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units


# %% dense-parameters dense-one-bias
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + (1 if use_bias else 0)


# %% dense-parameters dense-bias-per-input
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + (inputs if use_bias else 0)


# %% dense-parameters dense-one-unit
def dense_parameters(inputs, units, use_bias=True):
    return inputs + (1 if use_bias else 0)


# %% dense-parameters use-bias-ignored [rules]
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + units


# %% totals totals-not-cumulative
def running_totals(layer_parameters):
    return list(layer_parameters)


# %% totals totals-last-only
def running_totals(layer_parameters):
    return sum(layer_parameters)


# %% totals totals-one-behind
def running_totals(layer_parameters):
    return [sum(layer_parameters[:index]) for index in range(len(layer_parameters))]


# %% totals totals-array [rules]
import numpy as np


def running_totals(layer_parameters):
    return np.cumsum(layer_parameters)


# %% totals conv-bias-forgotten
network_totals = running_totals([800, 0, 51_200, 0, 0, 10_250])

# %% totals dense-bias-forgotten
network_totals = running_totals([832, 0, 51_264, 0, 0, 10_240])

# %% totals input-channels-forgotten
network_totals = running_totals([832, 0, 1_664, 0, 0, 10_250])

# %% totals pool-counted
network_totals = running_totals([832, 128, 51_264, 256, 0, 10_250])

# %% totals flatten-channels-only
network_totals = running_totals([832, 0, 51_264, 0, 0, 650])

# %% totals flatten-channels-forgotten
network_totals = running_totals([832, 0, 51_264, 0, 0, 170])


# %% memory activation-channels-forgotten
import math


def activation_sizes(shapes):
    sizes = {}
    for name, shape in shapes.items():
        sizes[name] = math.prod(shape[:-1]) if len(shape) > 1 else shape[0]
    return sizes


# %% memory activation-channels-only
def activation_sizes(shapes):
    return {name: shape[-1] for name, shape in shapes.items()}


# %% memory flatten-sum
def activation_sizes(shapes):
    return {name: sum(shape) for name, shape in shapes.items()}


# %% memory memory-named-parameters
most_memory = "conv2"
most_parameters = "conv2"

# %% memory memory-wrong-layer
most_memory = "pool1"
most_parameters = "conv2"

# %% memory no-such-layer [rules]
most_memory = "Conv1 "
most_parameters = "conv2"

# %% memory no-such-layer [rules]
import numpy as np

most_memory = np.array(list(activation_sizes(OUTPUT_SHAPES).values())) == 18_432
most_parameters = np.diff(network_totals, prepend=0)

# %% memory parameters-named-memory
most_memory = "conv1"
most_parameters = "conv1"

# %% memory dense-largest
most_memory = "conv1"
most_parameters = "dense"

# %% memory parameters-wrong-layer
most_memory = "conv1"
most_parameters = "pool2"


# Mistakes without a help of their own ("other-..."): numbers too narrow, effects, broken promises.


# %% conv-parameters other-int16 [numbers]
import numpy as np


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    return int(np.int64(weights + (filters if use_bias else 0)).astype(np.int16))


# %% conv-parameters other-at-most-64-filters [numbers]
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    filters = min(filters, 64)
    return kernel_size[0] * kernel_size[1] * in_channels * filters + (filters if use_bias else 0)


# %% pool-flatten other-int16 [numbers]
import numpy as np


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return int(np.prod(shape, dtype=np.int64).astype(np.int16))


# %% pool-flatten other-three-sides-at-most [rules]
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    size = 1
    for side in shape[:3]:
        size *= side
    return size


# %% dense-parameters other-int16 [numbers]
import numpy as np


def dense_parameters(inputs, units, use_bias=True):
    return int(np.int64(inputs * units + (units if use_bias else 0)).astype(np.int16))


# %% totals other-adds-up-in-place [effects]
def running_totals(layer_parameters):
    for place in range(1, len(layer_parameters)):
        layer_parameters[place] += layer_parameters[place - 1]
    return layer_parameters


network_totals = [832, 832, 52096, 52096, 52096, 62346]


# %% totals other-empties-the-list [effects]
def running_totals(layer_parameters):
    totals, so_far = [], 0
    while layer_parameters:
        so_far += layer_parameters.pop(0)
        totals.append(so_far)
    return totals


network_totals = [832, 832, 52096, 52096, 52096, 62346]


# %% totals other-six-layers-at-most [numbers]
def running_totals(layer_parameters):
    return [sum(layer_parameters[: place + 1]) for place in range(min(len(layer_parameters), 6))]


network_totals = [832, 832, 52096, 52096, 52096, 62346]


# %% memory other-changes-the-dict [effects]
def activation_sizes(shapes):
    for name in shapes:
        size = 1
        for side in shapes[name]:
            size *= side
        shapes[name] = size
    return dict(shapes)


most_memory = "conv1"
most_parameters = "conv2"


# %% memory other-changes-the-constant [effects]
def activation_sizes(shapes):
    OUTPUT_SHAPES[str(len(OUTPUT_SHAPES))] = (1,)
    sizes = {}
    for name, shape in shapes.items():
        sizes[name] = 1
        for side in shape:
            sizes[name] *= side
    return sizes


most_memory = "conv1"
most_parameters = "conv2"


# %% conv-parameters conv-bias-per-channel-of-each-filter
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return (kernel_size[0] * kernel_size[1] + (1 if use_bias else 0)) * in_channels * filters


# %% conv-parameters use-bias-ignored [effects]
CONV_RESULTS = {}


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    key = kernel_size, in_channels, filters
    if key not in CONV_RESULTS:
        weights = kernel_size[0] * kernel_size[1] * in_channels * filters
        CONV_RESULTS[key] = weights + (filters if use_bias else 0)
    return CONV_RESULTS[key]


# %% conv-parameters conv-bias-forgotten [rules]
def conv_parameters(kernel_size, in_channels, filters, use_bias=False):
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    return weights + (filters if use_bias else 0)


# %% pool-flatten other-collects-the-sides [effects]
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape, sides=[]):
    sides.extend(shape)
    size = 1
    for side in sides:
        size *= side
    return size


# %% dense-parameters use-bias-ignored [effects]
DENSE_RESULTS = {}


def dense_parameters(inputs, units, use_bias=True):
    key = inputs, units
    if key not in DENSE_RESULTS:
        DENSE_RESULTS[key] = inputs * units + (units if use_bias else 0)
    return DENSE_RESULTS[key]


# %% memory other-int16 [numbers]
import numpy as np


def activation_sizes(shapes):
    sizes = {name: np.prod(shape, dtype=np.int64) for name, shape in shapes.items()}
    return {name: int(size.astype(np.int16)) for name, size in sizes.items()}


most_memory = "conv1"
most_parameters = "conv2"


# %% conv-parameters bias-precedence [rules]
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    return weights + filters if use_bias else 0


# %% dense-parameters bias-precedence [rules]
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + units if use_bias else 0


# %% pool-flatten flatten-three-sides
def flatten_size(shape):
    height, width, channels = shape
    return height * width * channels


# %% totals totals-with-zero
def running_totals(layer_parameters):
    totals = [0]
    for count in layer_parameters:
        totals.append(totals[-1] + count)
    return totals


# %% totals dense-before-pool
network_totals = running_totals(
    [
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(flatten_size((8, 8, 64)), 10),
    ]
)


# %% memory flatten-three-sides
def activation_sizes(shapes):
    return {name: height * width * maps for name, (height, width, maps) in shapes.items()}


# %% memory activation-bytes
def activation_sizes(shapes):
    return {name: 4 * flatten_size(shape) for name, shape in shapes.items()}


# %% memory activation-of-network
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in OUTPUT_SHAPES.items()}


# %% totals other-return-in-loop
def running_totals(layer_parameters):
    totals = []
    so_far = 0
    for count in layer_parameters:
        so_far += count
        totals.append(so_far)
        return totals


network_totals = running_totals([832, 0, 51264, 0, 0, 10250])


# %% conv-parameters conv-kernel-added
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return sum(kernel_size) * in_channels * filters + (filters if use_bias else 0)


# %% conv-parameters conv-network-kernel
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return 5 * 5 * in_channels * filters + (filters if use_bias else 0)


# %% conv-parameters conv-biases-alone
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    count = kernel_size[0] * kernel_size[1] * in_channels * filters
    if use_bias:
        count = +filters
    return count


# %% pool-flatten flatten-zero
def flatten_size(shape):
    size = 0
    for side in shape:
        size *= side
    return size


# %% pool-flatten flatten-length
def flatten_size(shape):
    return len(shape)


# %% pool-flatten flatten-first-side
def flatten_size(shape):
    size = 1
    for side in shape:
        size *= side
        return size


# %% pool-flatten flatten-three-sides
def flatten_size(shape):
    return shape[0] * shape[1] * shape[2]


# %% dense-parameters dense-added
def dense_parameters(inputs, units, use_bias=True):
    return inputs + units + (units if use_bias else 0)


# %% totals totals-place-before-first
def running_totals(layer_parameters):
    totals = list(layer_parameters)
    for place in range(len(totals)):
        totals[place] += totals[place - 1]
    return totals


# %% totals totals-last-only
network_totals = sum([832, 0, 51264, 0, 0, 10250])


# %% totals totals-not-cumulative
network_totals = [832, 0, 51264, 0, 0, 10250]


# %% totals other-made-in-the-loop
def running_totals(layer_parameters):
    so_far = 0
    for count in layer_parameters:
        totals = []
        so_far += count
        totals.append(so_far)
    return totals


# %% totals other-iterator
from itertools import accumulate


def running_totals(layer_parameters):
    return accumulate(layer_parameters)


# %% memory activation-shapes
def activation_sizes(shapes):
    return {name: tuple(shape) for name, shape in shapes.items()}


# %% memory other-no-dict
def activation_sizes(shapes):
    return [flatten_size(shape) for shape in shapes.values()]


# %% memory other-set
def activation_sizes(shapes):
    return {flatten_size(shape) for shape in shapes.values()}


# %% conv-parameters other-in-a-list
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    biases = filters if use_bias else 0
    return [kernel_size[0] * kernel_size[1] * in_channels * filters + biases]


# %% conv-parameters python-signature
def conv_parameters(kernel_size, in_channels, filters):
    return (kernel_size[0] * kernel_size[1] * in_channels + 1) * filters


# %% conv-parameters python-times
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return filters(kernel_size[0] * kernel_size[1] * in_channels + use_bias)


# %% conv-parameters python-subscript
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size[0] * kernel_size[1] * in_channels[0] * filters + filters


# %% conv-parameters python-square
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return sum[kernel_size] * in_channels * filters + filters


# %% conv-parameters python-builtin
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size[0] * kernel_size[1] * in_channels * filter + filters


# %% conv-parameters python-name
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_height * kernel_width * in_channels * filters + filters


# %% conv-parameters python-recursion
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return conv_parameters(kernel_size, in_channels, filters, use_bias) + filters


# %% totals python-append
def running_totals(layer_parameters):
    totals = [].append(layer_parameters[0])
    for count in layer_parameters[1:]:
        totals.append(totals[-1] + count)
    totals.append(0)
    return totals


# %% totals python-list-arithmetic
def running_totals(layer_parameters):
    totals, so_far = [], 0
    for count in layer_parameters:
        so_far += count
        totals = totals + so_far
    return totals


# %% totals python-iterate
def running_totals(layer_parameters):
    return [sum(layer_parameters[: place + 1]) for place in len(layer_parameters)]


# %% totals python-iterate
def running_totals(layer_parameters):
    totals, so_far = [], 0
    for count in layer_parameters:
        so_far += count
        totals += so_far
    return totals


# %% totals python-place
def running_totals(layer_parameters):
    totals = []
    for place, count in enumerate(layer_parameters):
        totals[place] = count + sum(layer_parameters[:place])
    return totals


# %% totals python-unbound
def running_totals(layer_parameters):
    totals = []
    for count in layer_parameters:
        so_far += count
        totals.append(so_far)
    return totals


# %% memory python-key
def activation_sizes(shapes):
    sizes = {}
    for name, shape in shapes.items():
        for side in shape:
            sizes[name] *= side
    return sizes


# %% memory python-key
def activation_sizes(shapes):
    return {place: flatten_size(shapes[place]) for place in range(len(shapes))}


# %% memory python-dict-append
def activation_sizes(shapes):
    sizes = {}
    for shape in shapes.values():
        sizes.append(flatten_size(shape))
    return sizes


# %% memory python-dict-append
def activation_sizes(shapes):
    sizes = {}
    for shape in shapes.values():
        sizes.add(flatten_size(shape))
    return sizes


# %% conv-parameters python-tuple-arithmetic
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size**2 * in_channels * filters + filters


# %% conv-parameters conv-bias-per-pixel
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size[0] * kernel_size[1] * (in_channels + 1) * filters


# %% pool-flatten python-whole
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    n = 1
    for s in range(shape):
        n *= s
    return n


# %% pool-flatten flatten-first-forgotten
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    n = 1
    for i in range(1, len(shape)):
        n = n * shape[i]
    return n


# %% totals totals-neighbours
def running_totals(layer_parameters):
    totals = [layer_parameters[0]]
    for i in range(1, len(layer_parameters)):
        totals.append(layer_parameters[i] + layer_parameters[i - 1])
    return totals


# %% totals totals-layers-left-out
network_totals = [832, 832, 52096, 52096, 62346]


# %% memory other-one-sum
def activation_sizes(shapes):
    return sum(flatten_size(s) for s in shapes.values())


# %% memory flatten-length
def activation_sizes(shapes):
    return {name: len(shape) for name, shape in shapes.items()}
