# Right answers to assignment 3, written from its released notebook alone.

# %% conv-parameters math-prod-plus-bool
# right by: math.prod, and the bias as a truth value that counts as 0 or 1
import math


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return filters * (math.prod(kernel_size) * in_channels + bool(use_bias))


# %% conv-parameters keras-count
# right by: Keras counts a built layer whose image has no fixed size
import keras


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    layer = keras.layers.Conv2D(filters, tuple(kernel_size), use_bias=use_bias)
    layer.build((None, None, None, in_channels))
    return int(layer.count_params())


# %% conv-parameters finger-counting
# right by: nested loops that count every box, one at a time
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    height, width = kernel_size
    boxes = 0
    for _filter in range(filters):
        for _channel in range(in_channels):
            for _row in range(height):
                boxes += width
        if use_bias:
            boxes += 1
    return boxes


# %% conv-parameters array-sizes
# right by: sizes of the weight arrays, made without memory by broadcasting
import numpy as np


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    arrays = [np.broadcast_to(0.0, (*kernel_size, in_channels, filters))]
    if use_bias:
        arrays.append(np.broadcast_to(0.0, (filters,)))
    return sum(array.size for array in arrays)


# %% conv-parameters one-filter-dataclass
# right by: a frozen dataclass for one filter with a length
from dataclasses import dataclass


@dataclass(frozen=True)
class OneFilter:
    height: int
    width: int
    depth: int
    bias: bool

    def __len__(self):
        return self.height * self.width * self.depth + (1 if self.bias else 0)


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return len(OneFilter(*kernel_size, in_channels, use_bias)) * filters


# %% pool-flatten reduce-and-zero
# right by: functools.reduce from 1, and a sum over no parameters
from functools import reduce


def pool_parameters(pool_size, channels):
    return sum([])


def flatten_size(shape):
    return reduce(lambda total, side: total * side, shape, 1)


# %% pool-flatten keras-layers
# right by: Keras's pooling layer counts itself, Flatten tells its output shape
import keras


def pool_parameters(pool_size, channels):
    layer = keras.layers.MaxPooling2D(tuple(pool_size))
    layer.build((None, None, None, channels))
    return int(layer.count_params())


def flatten_size(shape):
    return int(keras.layers.Flatten().compute_output_shape((1, *shape))[-1])


# %% pool-flatten recursion
# right by: recursion over the tuple with pattern matching
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    match tuple(shape):
        case ():
            return 1
        case (first, *rest):
            return first * flatten_size(rest)


# %% pool-flatten numpy-prod-int64
# right by: numpy's product, turned into an int; the pool has 0 times anything
import numpy as np


def pool_parameters(pool_size, channels):
    return 0 * channels


def flatten_size(shape):
    return int(np.prod(shape, dtype=np.int64))


# %% pool-flatten last-of-accumulate
# right by: the last of the running products
from collections import deque
from itertools import accumulate
from operator import mul


def pool_parameters(pool_size, channels):
    trainable = {}
    return len(trainable)


def flatten_size(shape):
    return deque(accumulate(shape, mul, initial=1), maxlen=1).pop()


# %% dense-parameters input-for-bias
# right by: the bias as one more input that is always on
def dense_parameters(inputs, units, use_bias=True):
    return units * (inputs + 1) if use_bias else units * inputs


# %% dense-parameters keras-count
# right by: Keras counts a built layer
import math

import keras


def dense_parameters(inputs, units, use_bias=True):
    layer = keras.layers.Dense(units, use_bias=use_bias)
    layer.build((None, inputs))
    return sum(math.prod(weight.shape) for weight in layer.trainable_weights)


# %% dense-parameters one-by-one-convolution
# right by: a dense layer is a 1 x 1 convolution on as many channels as inputs
def dense_parameters(inputs, units, use_bias=True):
    return conv_parameters((1, 1), in_channels=inputs, filters=units, use_bias=use_bias)


# %% dense-parameters range-of-pairs
# right by: counting by lengths of ranges, lines and green boxes
def dense_parameters(inputs, units, use_bias=True):
    lines = sum(len(range(inputs)) for _unit in range(units))
    green_boxes = len(range(units)) if use_bias else 0
    return lines + green_boxes


# %% totals itertools-accumulate
# right by: itertools.accumulate; the network's counts in a generator over a table
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 32, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10),
        ]
    )


# %% totals slices-summed
# right by: a sum of a slice for each layer; channels taken from OUTPUT_SHAPES
def running_totals(layer_parameters):
    return [sum(layer_parameters[: end + 1]) for end in range(len(layer_parameters))]


with unless_blank():
    _shapes = OUTPUT_SHAPES
    _counts = {
        "conv1": conv_parameters((5, 5), in_channels=1, filters=_shapes["conv1"][-1]),
        "pool1": pool_parameters((2, 2), _shapes["conv1"][-1]),
        "conv2": conv_parameters(
            (5, 5), in_channels=_shapes["pool1"][-1], filters=_shapes["conv2"][-1]
        ),
        "pool2": pool_parameters((2, 2), _shapes["conv2"][-1]),
        "flatten": 0,
        "dense": dense_parameters(*_shapes["flatten"], *_shapes["dense"]),
    }
    network_totals = running_totals([_counts[name] for name in _shapes])


# %% totals numpy-cumsum
# right by: numpy's cumsum, tolist gives ints
import numpy as np


def running_totals(layer_parameters):
    return np.cumsum(np.asarray(layer_parameters, dtype=np.int64)).tolist()


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 32, 64),
            0,
            0,
            dense_parameters(4 * 4 * 64, 10),
        ]
    )


# %% totals recursion
# right by: recursion on all layers but the last
def running_totals(layer_parameters):
    if not layer_parameters:
        return []
    *before, own = layer_parameters
    totals = running_totals(before)
    return totals + [(totals[-1] if totals else 0) + own]


with unless_blank():
    network_totals = running_totals([conv_parameters((5, 5), 1, 32)])
    for _more in (
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        pool_parameters((1, 1), 64),
        dense_parameters(flatten_size((4, 4, 64)), 10),
    ):
        network_totals.append(network_totals[-1] + _more)


# %% totals walrus
# right by: a list comprehension with the walrus operator; network_totals made layer by layer by kind
def running_totals(layer_parameters):
    total = 0
    return [total := total + own for own in layer_parameters]


with unless_blank():
    _own, _channels = [], 1
    for _name, _shape in OUTPUT_SHAPES.items():
        if _name.startswith("conv"):
            _own.append(conv_parameters((5, 5), _channels, _shape[-1]))
        elif _name == "dense":
            _own.append(dense_parameters(_channels, _shape[-1]))
        else:
            _own.append(0)
        _channels = _shape[-1]
    network_totals = running_totals(_own)


# %% memory max-by-key
# right by: dict of zip and map; the names by max with a key
def activation_sizes(shapes):
    return dict(zip(shapes, map(flatten_size, shapes.values())))


with unless_blank():
    _sizes = activation_sizes(OUTPUT_SHAPES)
    most_memory = max(_sizes, key=_sizes.get)
    _parameters = {
        "conv1": conv_parameters((5, 5), 1, 32),
        "conv2": conv_parameters((5, 5), 32, 64),
        "dense": dense_parameters(1024, 10),
    }
    most_parameters = max(_parameters, key=_parameters.get)


# %% memory numpy-prod
# right by: numpy product in a comprehension, names typed in
import numpy as np


def activation_sizes(shapes):
    return {name: np.prod(shape, dtype=int).item() for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory ordered-dict-sorted [forms]
# right by: an OrderedDict, which is a dict; names by sorting
from collections import OrderedDict
from math import prod


def activation_sizes(shapes):
    result = OrderedDict()
    for name in shapes:
        result[name] = prod(shapes[name])
    return result


with unless_blank():
    *_, most_memory = sorted(OUTPUT_SHAPES, key=lambda name: prod(OUTPUT_SHAPES[name]))
    _differences = [b - a for a, b in zip([0] + network_totals, network_totals)]
    most_parameters = list(OUTPUT_SHAPES)[_differences.index(max(_differences))]


# %% memory range-of-indices
# right by: counting without memory by numpy's broadcasting, names by argmax
import numpy as np


def activation_sizes(shapes):
    sizes = dict.fromkeys(shapes, 0)
    sizes.update((name, np.broadcast_to(0, shape).size) for name, shape in shapes.items())
    return sizes


with unless_blank():
    _names = [*OUTPUT_SHAPES]
    most_memory = _names[int(np.argmax([*activation_sizes(OUTPUT_SHAPES).values()]))]
    most_parameters = _names[int(np.argmax(np.diff(network_totals, prepend=0)))]


# %% conv-parameters keras-layer
# right: builds the layer and lets Keras count
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    import keras

    layer = keras.layers.Conv2D(filters, tuple(kernel_size), use_bias=use_bias)
    layer.build((None, None, None, in_channels))
    return int(layer.count_params())


# %% conv-parameters sum-over-filters
# right: an object per filter, summed
class Filter:
    def __init__(self, *sides, bias):
        self.sides, self.bias = sides, bias

    def __len__(self):
        boxes = 1
        for side in self.sides:
            boxes *= side
        return boxes + (1 if self.bias else 0)


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    bank = [Filter(*kernel_size, in_channels, bias=use_bias)] * filters
    return sum(map(len, bank))


# %% conv-parameters bool-times-filters
# right: a bias is one more input that is always one
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    (height, width), extra = kernel_size, [0, 1][bool(use_bias)]
    return filters * (height * width * in_channels + extra)


# %% pool-flatten nothing-and-array-size
# right: no trainable variables; the size of an array of that shape
import numpy as np


def pool_parameters(pool_size, channels):
    trainable = []
    return len(trainable)


def flatten_size(shape):
    return np.broadcast_to(np.int8(0), shape).size


# %% pool-flatten recursive-product
# right: recursion from the end, an empty product is one
def pool_parameters(pool_size, channels):
    return int()


def flatten_size(shape):
    return flatten_size(shape[:-1]) * shape[-1] if shape else 1


# %% pool-flatten reduce-and-keras
# right: Keras counts the pooling layer; reduce with a start of one
from functools import reduce
from operator import mul


def pool_parameters(pool_size, channels):
    import keras

    layer = keras.layers.MaxPooling2D(tuple(pool_size))
    layer.build((None, 28, 28, channels))
    return layer.count_params()


def flatten_size(shape):
    return reduce(mul, shape, 1)


# %% dense-parameters one-by-one-convolution-again
# right: a dense layer is a 1 x 1 convolution on one pixel
def dense_parameters(inputs, units, use_bias=True):
    return conv_parameters((1, 1), inputs, units, use_bias)


# %% dense-parameters pairs-generator
# right: yields the name of each parameter and counts them
def dense_parameters(inputs, units, use_bias=True):
    def names():
        for unit in range(units):
            yield from ((unit, i) for i in range(inputs))
            if use_bias:
                yield (unit, "bias")

    return sum(1 for _ in names())


# %% dense-parameters len-of-range
# right: an extra input for the bias
def dense_parameters(inputs, units, use_bias=True):
    return units * len(range(0 if use_bias else 1, inputs + 1))


# %% totals accumulate
# right: itertools for the totals, dataclass-free table for the network
from itertools import accumulate


def running_totals(layer_parameters):
    return [*accumulate(layer_parameters)]


with unless_blank():
    _shape = lambda name: OUTPUT_SHAPES[name]
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, _shape("conv1")[-1]),
            pool_parameters((2, 2), _shape("conv1")[-1]),
            conv_parameters((5, 5), _shape("pool1")[-1], _shape("conv2")[-1]),
            pool_parameters((2, 2), _shape("conv2")[-1]),
            0,
            dense_parameters(flatten_size(_shape("pool2")), *_shape("dense")),
        ]
    )


# %% totals recursive-concatenation
# right: recursion by halves: the right half is lifted by the left half's total
def running_totals(layer_parameters):
    if len(layer_parameters) < 2:
        return list(layer_parameters)
    middle = len(layer_parameters) // 2
    left = running_totals(layer_parameters[:middle])
    return left + [left[-1] + more for more in running_totals(layer_parameters[middle:])]


with unless_blank():
    counts = {name: 0 for name in OUTPUT_SHAPES}
    counts["conv1"] = conv_parameters(kernel_size=(5, 5), in_channels=1, filters=32)
    counts["conv2"] = conv_parameters(kernel_size=(5, 5), in_channels=32, filters=64)
    counts["dense"] = dense_parameters(inputs=OUTPUT_SHAPES["flatten"][0], units=10)
    network_totals = running_totals(list(counts.values()))


# %% totals closure-with-nonlocal
# right: a fresh closure for each call keeps the sum
def running_totals(layer_parameters):
    def counter():
        so_far = 0

        def add(more):
            nonlocal so_far
            so_far += more
            return so_far

        return add

    return list(map(counter(), layer_parameters))


with unless_blank():
    conv = (conv_parameters((5, 5), a, b) for a, b in ((1, 32), (32, 64)))
    layers = []
    for each in conv:
        layers += [each, pool_parameters((2, 2), 0)]
    layers.extend([0, dense_parameters(4 * 4 * 64, 10)])
    network_totals = running_totals(layers)


# %% totals numpy-cumsum-tolist
# right: NumPy's sum with whole numbers of Python at the end
import numpy as np


def running_totals(layer_parameters):
    return np.cumsum(np.array(layer_parameters, dtype=np.int64)).tolist()


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0]
        + [dense_parameters(flatten_size((4, 4, 64)), 10)]
    )


# %% memory computed-winners
# right: both names are computed
def activation_sizes(shapes):
    return dict(zip(shapes, map(flatten_size, shapes.values())))


with unless_blank():
    _values = activation_sizes(OUTPUT_SHAPES)
    most_memory = max(_values, key=_values.get)
    _own = [b - a for a, b in zip([0] + network_totals, network_totals)]
    most_parameters = list(OUTPUT_SHAPES)[_own.index(max(_own))]


# %% memory loop-with-items
# right: loops by hand, the names typed
def activation_sizes(shapes):
    sizes = {}
    for name in shapes:
        size = 1
        for side in shapes[name]:
            size = size * side
        sizes.update({name: size})
    return sizes


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory sorted-names
# right: math.prod, last of the sorted names
import math


def activation_sizes(shapes):
    return {layer: math.prod(shape) for layer, shape in shapes.items()}


with unless_blank():
    *_, most_memory = sorted(OUTPUT_SHAPES, key=lambda layer: math.prod(OUTPUT_SHAPES[layer]))
    most_parameters = max(
        ("conv1", conv_parameters((5, 5), 1, 32)),
        ("conv2", conv_parameters((5, 5), 32, 64)),
        ("dense", dense_parameters(1024, 10)),
        key=lambda pair: pair[1],
    )[0]


# %% conv-parameters bool-arithmetic
# why right: True counts as the one bias of each filter
from math import prod


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return (prod(kernel_size) * in_channels + bool(use_bias)) * filters


# %% conv-parameters keras-layer-again
# why right: builds the Keras layer and asks it
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    import keras

    layer = keras.layers.Conv2D(filters, kernel_size, use_bias=use_bias)
    layer.build((None, *kernel_size, in_channels))
    return int(layer.count_params())


# %% conv-parameters like-a-dense-layer
# why right: each filter is a unit that sees one window; written out without other blanks
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    height, width = kernel_size
    window = height * width * in_channels
    inputs = window + 1 if use_bias else window
    return sum([inputs] * filters)


# %% pool-flatten recursion-again
# why right: recursion over the shape; pooling has no weights to count
def pool_parameters(pool_size, channels):
    weights = []
    return len(weights)


def flatten_size(shape):
    if not shape:
        return 1
    first, *rest = shape
    return first * flatten_size(rest)


# %% pool-flatten reduce
# why right: functools.reduce with a start; zero parameters for each channel
from functools import reduce
from operator import mul


def pool_parameters(pool_size, channels):
    return 0 * channels


def flatten_size(shape):
    return reduce(mul, shape, 1)


# %% dense-parameters column-of-ones
# why right: the bias counted as one more input that is always 1
def dense_parameters(inputs, units, use_bias=True):
    if use_bias:
        inputs += 1
    return inputs * units


# %% dense-parameters one-by-one-convolution-again-again
# why right: a dense layer is a convolution of one pixel
def dense_parameters(inputs, units, use_bias=True):
    return conv_parameters((1, 1), inputs, units, use_bias=use_bias)


# %% totals wraps-around
# why right: for the first layer result[-1] is the last place, which is still 0
def running_totals(layer_parameters):
    result = [0] * len(layer_parameters)
    for i, own in enumerate(layer_parameters):
        result[i] = result[i - 1] + own
    return result


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 32, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10),
        ]
    )


# %% totals recursion-from-behind
# why right: recursion: the totals of all but the last, and the sum of all; totals kept by layer name
def running_totals(layer_parameters):
    if len(layer_parameters) == 0:
        return []
    return running_totals(layer_parameters[:-1]) + [sum(layer_parameters)]


with unless_blank():
    own = dict.fromkeys(OUTPUT_SHAPES, 0)
    own["conv1"] = conv_parameters((5, 5), 1, OUTPUT_SHAPES["conv1"][-1])
    own["conv2"] = conv_parameters((5, 5), OUTPUT_SHAPES["pool1"][-1], OUTPUT_SHAPES["conv2"][-1])
    own["dense"] = dense_parameters(*OUTPUT_SHAPES["flatten"], *OUTPUT_SHAPES["dense"])
    network_totals = running_totals(list(own.values()))


# %% totals walrus-again
# why right: an assignment expression inside the comprehension
def running_totals(layer_parameters):
    so_far = 0
    return [so_far := so_far + own for own in layer_parameters]


with unless_blank():
    first = conv_parameters(kernel_size=(5, 5), in_channels=1, filters=32)
    second = first + conv_parameters(kernel_size=(5, 5), in_channels=32, filters=64)
    network_totals = [first, first, second, second, second, second + dense_parameters(1024, 10)]


# %% memory ask-the-dicts
# why right: both names computed from the counts
def activation_sizes(shapes):
    return dict(zip(shapes, map(flatten_size, shapes.values())))


with unless_blank():
    _sizes = activation_sizes(OUTPUT_SHAPES)
    most_memory = max(_sizes, key=_sizes.__getitem__)
    _steps = [network_totals[0]] + [b - a for a, b in zip(network_totals, network_totals[1:])]
    most_parameters = list(OUTPUT_SHAPES)[_steps.index(max(_steps))]


# %% memory plain-loops
# why right: a loop in a loop, names typed after computing
def activation_sizes(shapes):
    sizes = {}
    for layer in shapes:
        sizes[layer] = 1
        for side in shapes[layer]:
            sizes[layer] *= side
    return sizes


with unless_blank():
    most_memory, most_parameters = "conv1 conv2".split()


# %% conv-parameters plain
# right: weights and, if wanted, biases
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    h, w = kernel_size
    n = h * w * in_channels * filters
    if use_bias:
        n += filters
    return n


# %% conv-parameters per-filter
# right: one filter's count times the filters
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    one_filter = kernel_size[0] * kernel_size[1] * in_channels + (1 if use_bias else 0)
    return one_filter * filters


# %% conv-parameters early-return
# right: two returns
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    biases = filters
    if use_bias == False:
        return weights
    return weights + biases


# %% conv-parameters sum-of-filters
# right: sums over filters and channels
from math import prod

def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    total = 0
    for f in range(filters):
        for c in range(in_channels):
            total += prod(kernel_size)
        if use_bias:
            total += 1
    return total


# %% pool-flatten plain
# right: nothing to learn; a loop for the product
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    n = 1
    for s in shape:
        n *= s
    return n


# %% pool-flatten math-prod
# right: math.prod
import math

def pool_parameters(pool_size, channels):
    weights = 0
    biases = 0
    return weights + biases


def flatten_size(shape):
    return math.prod(shape)


# %% pool-flatten numpy-prod
# right: np.prod made an int
import numpy as np

def pool_parameters(pool_size, channels):
    # no kernel in it, only max
    parameters = 0
    return parameters


def flatten_size(shape):
    return int(np.prod(shape))


# %% pool-flatten recursive
# right: the first side times the rest
def pool_parameters(pool_size, channels):
    return 0 * channels


def flatten_size(shape):
    first, *rest = shape
    if not rest:
        return first
    return first * flatten_size(rest)


# %% dense-parameters plain
# right: connections and biases
def dense_parameters(inputs, units, use_bias=True):
    if use_bias:
        return inputs * units + units
    else:
        return inputs * units


# %% dense-parameters one-more-input
# right: the bias as one more input
def dense_parameters(inputs, units, use_bias=True):
    return (inputs + int(use_bias)) * units


# %% dense-parameters as-convolution
# right: a dense layer is a convolution of one pixel
def dense_parameters(inputs, units, use_bias=True):
    return conv_parameters((1, 1), inputs, units, use_bias=use_bias)


# %% totals plain
# right: a sum that grows
def running_totals(layer_parameters):
    totals = []
    total = 0
    for p in layer_parameters:
        total += p
        totals.append(total)
    return totals


with unless_blank():
    network_totals = running_totals([
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(flatten_size((4, 4, 64)), 10),
    ])


# %% totals accumulate-again
# right: itertools.accumulate
from itertools import accumulate

def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    c1 = conv_parameters((5, 5), 1, 32)
    p1 = pool_parameters((2, 2), 32)
    c2 = conv_parameters((5, 5), 32, 64)
    p2 = pool_parameters((2, 2), 64)
    fl = 0  # flatten learns nothing
    de = dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10)
    network_totals = running_totals([c1, p1, c2, p2, fl, de])


# %% totals sum-of-slices
# right: a sum of each beginning of the list
def running_totals(layer_parameters):
    return [sum(layer_parameters[:i + 1]) for i in range(len(layer_parameters))]


with unless_blank():
    layers = []
    layers.append(conv_parameters(kernel_size=(5, 5), in_channels=1, filters=32))
    layers.append(pool_parameters((2, 2), 32))
    layers.append(conv_parameters(kernel_size=(5, 5), in_channels=32, filters=64))
    layers.append(pool_parameters((2, 2), 64))
    layers.append(0)
    layers.append(dense_parameters(inputs=1024, units=10))
    network_totals = running_totals(layers)


# %% totals copy-in-place
# right: changes a copy, the given list stays
def running_totals(layer_parameters):
    result = layer_parameters.copy()
    for i in range(1, len(result)):
        result[i] = result[i] + result[i - 1]
    return result


with unless_blank():
    counts = {
        "conv1": conv_parameters((5, 5), 1, OUTPUT_SHAPES["conv1"][2]),
        "pool1": pool_parameters((2, 2), OUTPUT_SHAPES["conv1"][2]),
        "conv2": conv_parameters((5, 5), OUTPUT_SHAPES["pool1"][2], OUTPUT_SHAPES["conv2"][2]),
        "pool2": pool_parameters((2, 2), OUTPUT_SHAPES["conv2"][2]),
        "flatten": 0,
        "dense": dense_parameters(OUTPUT_SHAPES["flatten"][0], OUTPUT_SHAPES["dense"][0]),
    }
    network_totals = running_totals([counts[name] for name in OUTPUT_SHAPES])


# %% totals cumsum
# right: numpy's cumsum made a list of Python ints
import numpy as np

def running_totals(layer_parameters):
    return np.cumsum(layer_parameters).tolist()


with unless_blank():
    first = conv_parameters((5, 5), 1, 32)
    second = first + pool_parameters((2, 2), 32)
    third = second + conv_parameters((5, 5), 32, 64)
    fourth = third + pool_parameters((2, 2), 64)
    fifth = fourth
    sixth = fifth + dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10)
    network_totals = [first, second, third, fourth, fifth, sixth]


# %% memory plain
# right: a loop over the dict, and two names
def activation_sizes(shapes):
    sizes = {}
    for name in shapes:
        sizes[name] = flatten_size(shapes[name])
    return sizes


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory computed
# right: a comprehension, and the names computed with max
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    sizes = activation_sizes(OUTPUT_SHAPES)
    print(sizes)
    most_memory = max(sizes, key=sizes.get)
    own = {}
    before = 0
    for name, total in zip(OUTPUT_SHAPES, network_totals):
        own[name] = total - before
        before = total
    print(own)
    most_parameters = max(own, key=own.get)


# %% memory own-product
# right: the product by hand, zip of names and sizes
def activation_sizes(shapes):
    values = []
    for shape in shapes.values():
        product = 1
        for side in shape:
            product = product * side
        values.append(product)
    return dict(zip(shapes.keys(), values))


with unless_blank():
    # 24*24*32 = 18432 is the largest, 51264 weights the most
    most_parameters = "conv2"
    most_memory = "conv1"


# %% memory sorted-names-again
# right: reduce, and the names by sorting
from functools import reduce
from operator import mul

def activation_sizes(shapes):
    return dict((k, reduce(mul, v)) for k, v in shapes.items())


with unless_blank():
    by_size = sorted(activation_sizes(OUTPUT_SHAPES).items(), key=lambda pair: pair[1])
    most_memory = by_size[-1][0]
    steps = [b - a for a, b in zip([0] + network_totals, network_totals)]
    most_parameters = list(OUTPUT_SHAPES)[steps.index(max(steps))]


# %% conv-parameters bool-bias
# right: True counts as one weight more for each filter
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    h, w = kernel_size
    return (h * w * in_channels + int(use_bias)) * filters


# %% conv-parameters filter-by-filter
# right: adds up one filter after the other
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    total = 0
    for _ in range(filters):
        total += kernel_size[0] * kernel_size[1] * in_channels
        if use_bias:
            total += 1
    return total


# %% conv-parameters keras-count-again
# right: builds the layer and asks it
import math

import keras


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    layer = keras.layers.Conv2D(filters, tuple(kernel_size), use_bias=use_bias)
    layer.build((None, None, None, in_channels))
    return sum(math.prod(w.shape) for w in layer.weights)


# %% pool-flatten prod
# right: nothing to learn; math.prod
import math


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return math.prod(shape)


# %% pool-flatten loop
# right: multiplies in a loop; zero from a product
def pool_parameters(pool_size, channels):
    weights_per_block = 0
    return weights_per_block * channels


def flatten_size(shape):
    n = 1
    for side in shape:
        n *= side
    return n


# %% pool-flatten recursive-again
# right: recursion over the tuple
pool_parameters = lambda pool_size, channels: 0


def flatten_size(shape):
    if len(shape) == 1:
        return shape[0]
    first, *rest = shape
    return first * flatten_size(rest)


# %% pool-flatten keras-both
# right: both answers come from Keras layers
import keras


def pool_parameters(pool_size, channels):
    layer = keras.layers.MaxPooling2D(tuple(pool_size))
    layer.build((None, 2 * pool_size[0], 2 * pool_size[1], channels))
    return int(layer.count_params())


def flatten_size(shape):
    return int(keras.layers.Flatten().compute_output_shape((None, *shape))[-1])


# %% dense-parameters bias-as-input
# right: the bias is an input that is always on
def dense_parameters(inputs, units, use_bias=True):
    if use_bias:
        inputs = inputs + 1
    return inputs * units


# %% dense-parameters as-convolution-again
# right: a dense layer is a 1 x 1 convolution over one pixel
def dense_parameters(inputs, units, use_bias=True):
    return conv_parameters((1, 1), inputs, units, use_bias=use_bias)


# %% dense-parameters list-of-arrays
# right: sums the sizes of the layer's parts
def dense_parameters(inputs, units, use_bias=True):
    parts = [inputs * units]
    parts += [units] if use_bias else []
    return sum(parts)


# %% totals accumulate-again-again
# right: itertools.accumulate; the layers by their calls
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals([
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10),
    ])


# %% totals numpy-cumsum-again
# right: cumsum with ints, tolist
import numpy as np


def running_totals(layer_parameters):
    return np.cumsum(np.array(layer_parameters, dtype=np.int64)).tolist()


with unless_blank():
    shapes = OUTPUT_SHAPES
    counts = {name: 0 for name in shapes}
    counts["conv1"] = conv_parameters((5, 5), 1, shapes["conv1"][-1])
    counts["conv2"] = conv_parameters((5, 5), shapes["pool1"][-1], shapes["conv2"][-1])
    counts["dense"] = dense_parameters(*shapes["flatten"], *shapes["dense"])
    network_totals = running_totals(list(counts.values()))


# %% totals prefix-sums
# right: the sum of each beginning of the list
def running_totals(layer_parameters):
    return [sum(layer_parameters[:n]) for n in range(1, len(layer_parameters) + 1)]


with unless_blank():
    own = []
    own.append(conv_parameters(kernel_size=(5, 5), in_channels=1, filters=32, use_bias=True))
    own.append(pool_parameters(pool_size=(2, 2), channels=32))
    own.append(conv_parameters(kernel_size=(5, 5), in_channels=32, filters=64, use_bias=True))
    own.append(pool_parameters(pool_size=(2, 2), channels=64))
    own.append(pool_parameters((1, 1), 64))  # flatten has none either
    own.append(dense_parameters(1024, 10))
    network_totals = running_totals(own)


# %% totals walrus-again-again
# right: assignment expression; the network's six by an inner function
def running_totals(layer_parameters):
    so_far = 0
    return [so_far := so_far + n for n in layer_parameters]


with unless_blank():
    def _count(name, before):
        out = OUTPUT_SHAPES[name]
        if name.startswith("conv"):
            return conv_parameters((5, 5), before[-1], out[-1])
        if name.startswith("pool"):
            return pool_parameters((2, 2), before[-1])
        if name == "dense":
            return dense_parameters(flatten_size(before), out[0])
        return 0

    _inputs = [(28, 28, 1)] + list(OUTPUT_SHAPES.values())[:-1]
    network_totals = running_totals([_count(n, b) for n, b in zip(OUTPUT_SHAPES, _inputs)])


# %% memory comprehension
# right: dict comprehension, both names typed
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory computed-names
# right: the names come from max over the counts
def activation_sizes(shapes):
    result = {}
    for layer in shapes:
        values = 1
        for side in shapes[layer]:
            values = values * side
        result[layer] = values
    return result


with unless_blank():
    sizes = activation_sizes(OUTPUT_SHAPES)
    most_memory = max(sizes, key=sizes.get)
    own = dict(zip(OUTPUT_SHAPES, [b - a for a, b in zip([0] + network_totals, network_totals)]))
    most_parameters = max(own, key=own.get)


# %% memory zip-map
# right: zip of names and mapped products, sorted for the names
from math import prod


def activation_sizes(shapes):
    return dict(zip(shapes, map(prod, shapes.values())))


with unless_blank():
    *_, most_memory = sorted(OUTPUT_SHAPES, key=lambda name: prod(OUTPUT_SHAPES[name]))
    most_parameters = list(OUTPUT_SHAPES)[
        max(range(6), key=lambda i: network_totals[i] - (network_totals[i - 1] if i else 0))
    ]


# %% memory ordered-dict
# right: an OrderedDict is a dict; ints by numpy arrays' size
from collections import OrderedDict

import numpy as np


def activation_sizes(shapes):
    answer = OrderedDict()
    for key, shape in shapes.items():
        answer[key] = np.empty(shape, dtype=bool).size
    return answer


with unless_blank():
    most_parameters, most_memory = "conv2", "conv1"


# %% conv-parameters g1-keras-count
# why: builds the Keras layer and lets it count
import keras


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    layer = keras.layers.Conv2D(filters, tuple(kernel_size), use_bias=use_bias)
    layer.build((None, None, None, in_channels))
    return int(layer.count_params())


# %% conv-parameters g1-bias-as-box
# why: the bias is one box more for each filter
import math


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    boxes = math.prod((*kernel_size, in_channels)) + (1 if use_bias else 0)
    return boxes * filters


# %% conv-parameters g1-count-boxes
# why: enumerates every box of the figure and counts
from itertools import product


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    def boxes():
        for _ in product(range(kernel_size[0]), range(kernel_size[1]), range(in_channels)):
            yield "weight"
        if use_bias:
            yield "bias"

    return filters * sum(1 for _ in boxes())


# %% conv-parameters g1-dense-analogy
# why: a closure over the length of a filter's view, as a dense layer on a patch
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    def on_patch(values, /, *, units, bias):
        return values * units + (units if bias else 0)

    return on_patch(kernel_size[0] * kernel_size[1] * in_channels, units=filters, bias=use_bias)


# %% pool-flatten g1-reduce
# why: reduce with a starting value and a lambda of constants
from functools import reduce
from operator import mul


pool_parameters = lambda pool_size, channels: 0  # noqa: E731


def flatten_size(shape):
    return reduce(mul, shape, 1)


# %% pool-flatten g1-recursion
# why: recursion over the axes; nothing in a pooling layer is trained so the sum is empty
def pool_parameters(pool_size, channels):
    return sum(())


def flatten_size(shape):
    if not shape:
        return 1
    first, *rest = shape
    return first * flatten_size(tuple(rest))


# %% pool-flatten g1-keras
# why: asks Keras's own layers
import keras


def pool_parameters(pool_size, channels):
    layer = keras.layers.MaxPooling2D(tuple(pool_size))
    layer.build((None, None, None, channels))
    return int(layer.count_params())


def flatten_size(shape):
    return int(keras.layers.Flatten().compute_output_shape((None, *shape))[1])


# %% pool-flatten g1-object-product
# why: NumPy product of Python integers, exact at any size
import numpy as np


def pool_parameters(pool_size, channels):
    trainable = []
    return len(trainable)


def flatten_size(shape):
    return int(np.multiply.reduce(np.array(shape, dtype=object), initial=1))


# %% dense-parameters g1-keras
# why: a Keras Dense counts
import keras


def dense_parameters(inputs, units, use_bias=True):
    layer = keras.layers.Dense(units, use_bias=use_bias)
    layer.build((None, inputs))
    return int(layer.count_params())


# %% dense-parameters g1-bias-as-input
# why: the bias as an input that is always one
def dense_parameters(inputs, units, use_bias=True):
    if use_bias:
        return dense_parameters(inputs + 1, units, use_bias=False)
    return units * inputs


# %% dense-parameters g1-as-convolution
# why: a dense layer is a convolution of a 1 x 1 image
def dense_parameters(inputs, units, use_bias=True):
    return conv_parameters((1, 1), inputs, units, use_bias)


# %% dense-parameters g1-sum-of-units
# why: adds up a list with an entry for each unit, in a callable class
class _Dense:
    def __call__(self, inputs, units, use_bias=True):
        return sum([inputs + bool(use_bias)] * units)


dense_parameters = _Dense()


# %% totals g1-accumulate
# why: itertools.accumulate for both
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 32, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10),
        ]
    )


# %% totals g1-walrus
# why: a comprehension with a walrus; counts read off the shapes
def running_totals(layer_parameters):
    total = 0
    return [total := total + count for count in layer_parameters]


def _own_counts():
    channels, row = 1, 0
    for name, shape in OUTPUT_SHAPES.items():
        if name.startswith("conv"):
            yield conv_parameters((5, 5), channels, shape[-1])
            channels = shape[-1]
        elif name.startswith("pool"):
            yield pool_parameters((2, 2), channels)
        elif name == "flatten":
            row = shape[0]
            yield 0
        else:
            yield dense_parameters(row, shape[0])


network_totals = running_totals(list(_own_counts()))


# %% totals g1-halves
# why: recursion on halves; the second half is raised by the end of the first
def running_totals(layer_parameters):
    if len(layer_parameters) < 2:
        return list(layer_parameters)
    middle = len(layer_parameters) // 2
    left = running_totals(layer_parameters[:middle])
    return left + [left[-1] + after for after in running_totals(layer_parameters[middle:])]


with unless_blank():
    _counts = [0] * 6
    _counts[0] = conv_parameters(kernel_size=(5, 5), in_channels=1, filters=32)
    _counts[2] = conv_parameters(kernel_size=(5, 5), in_channels=32, filters=64)
    _counts[5] = dense_parameters(inputs=1024, units=10)
    network_totals = running_totals(_counts)


# %% totals g1-triangle
# why: lower triangle of ones times the counts, back to Python ints
import numpy as np


def running_totals(layer_parameters):
    n = len(layer_parameters)
    return [int(v) for v in np.tri(n, dtype=np.int64) @ np.array(layer_parameters, dtype=np.int64)]


with unless_blank():
    _conv1 = conv_parameters((5, 5), 1, 32)
    _both = _conv1 + conv_parameters((5, 5), 32, 64)
    network_totals = [*[_conv1] * 2, *[_both] * 3, _both + dense_parameters(1024, 10)]


# %% totals g1-prefix-sums
# why: sums of prefixes, in quadratic time
def running_totals(layer_parameters):
    return [sum(layer_parameters[: i + 1]) for i, _ in enumerate(layer_parameters)]


with unless_blank():
    network_totals = []
    for _count in (
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        pool_parameters((1, 1), 64),
        dense_parameters(4 * 4 * 64, 10),
    ):
        network_totals.append((network_totals or [0])[-1] + _count)


# %% memory g1-computed-argmax
# why: both names computed by max over dictionaries
import math


def activation_sizes(shapes):
    return dict(zip(shapes, map(math.prod, shapes.values())))


with unless_blank():
    _sizes = activation_sizes(OUTPUT_SHAPES)
    _own = {
        "conv1": conv_parameters((5, 5), 1, 32),
        "conv2": conv_parameters((5, 5), 32, 64),
        "dense": dense_parameters(1024, 10),
    }
    most_memory = max(_sizes, key=_sizes.get)
    most_parameters = max(_own, key=_own.__getitem__)


# %% memory g1-ordered-dict
# why: an OrderedDict, which is a dict, filled by a loop
from collections import OrderedDict


def activation_sizes(shapes):
    sizes = OrderedDict()
    for name, shape in shapes.items():
        count = 1
        for side in shape:
            count *= side
        sizes[name] = count
    return sizes


most_memory, most_parameters = "conv1", "conv2"


# %% memory g1-sorted-and-diffs
# why: sorted by size, and the largest step of the running totals
def activation_sizes(shapes):
    return {name: flatten_size(shapes[name]) for name in reversed(list(shapes))}


with unless_blank():
    most_memory = sorted(activation_sizes(OUTPUT_SHAPES).items(), key=lambda item: item[1])[-1][0]
    _steps = [b - a for a, b in zip([0] + network_totals, network_totals)]
    most_parameters = list(OUTPUT_SHAPES)[_steps.index(max(_steps))]


# %% memory g1-tensor-shape
# why: TensorFlow's TensorShape counts the elements
import tensorflow as tf


def activation_sizes(shapes):
    return {k: int(tf.TensorShape(v).num_elements()) for k, v in shapes.items()}


with unless_blank():
    most_memory = f"conv{1}"
    most_parameters = f"conv{2}"


# %% conv-parameters h1-keras-build
# why: builds the keras layer and asks it
import keras


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    layer = keras.layers.Conv2D(filters, kernel_size, use_bias=use_bias)
    layer.build((None, None, None, in_channels))
    return layer.count_params()


# %% conv-parameters h1-prod-plus-bool
# why: the bias is one more cell, added as a bool
from math import prod


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return filters * (bool(use_bias) + prod((*kernel_size, in_channels)))


# %% conv-parameters h1-repeated-addition
# why: adds filter by filter in a generator
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    def boxes():
        for _ in range(filters):
            yield from (height * in_channels for _ in range(width))
            if use_bias:
                yield 1

    height, width = kernel_size
    return sum(boxes())


# %% conv-parameters h1-array-sizes
# why: sizes of (unwritten) arrays shaped as keras shapes its weights
import numpy as np


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = [np.broadcast_to(0, (*kernel_size, in_channels, filters))]
    if use_bias:
        weights += [np.zeros(filters)]
    return sum(w.size for w in weights)


# %% conv-parameters h1-reduce-branches
# why: operator.mul folded; two branches
from functools import reduce
from operator import mul


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = reduce(mul, kernel_size, in_channels * filters)
    return weights if not use_bias else weights + filters


# %% pool-flatten h1-keras-both
# why: both answers from keras layers
import keras


def pool_parameters(pool_size, channels):
    layer = keras.layers.MaxPooling2D(pool_size)
    layer.build((None, 8, 8, channels))
    return layer.count_params()


def flatten_size(shape):
    return keras.layers.Flatten().compute_output_shape((None, *shape))[-1]


# %% pool-flatten h1-recursive-match
# why: recursion over the tuple by pattern
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    match shape:
        case ():
            return 1
        case (first, *rest):
            return first * flatten_size(tuple(rest))


# %% pool-flatten h1-view-size
# why: nothing trainable makes an empty sum; the size of a view of one zero
import numpy as np


def pool_parameters(pool_size, channels):
    trainable = []
    return sum(trainable)


def flatten_size(shape):
    return np.broadcast_to(np.zeros(()), shape).size


# %% pool-flatten h1-lambda-tensor-shape
# why: names bound to lambdas; tensorflow counts the elements
import tensorflow as tf

pool_parameters = lambda pool_size, channels: 0 * channels
flatten_size = lambda shape: int(tf.TensorShape(shape).num_elements())


# %% pool-flatten h1-accumulate-last
# why: the last running product
from itertools import accumulate
from operator import mul


def pool_parameters(pool_size, channels):
    return int()


def flatten_size(shape):
    *_, values = accumulate(shape, mul, initial=1)
    return values


# %% dense-parameters h1-extra-input
# why: the bias is an input that is always one
def dense_parameters(inputs, units, use_bias=True):
    return units * len(range(-use_bias, inputs))


# %% dense-parameters h1-tensor-shapes
# why: adds up the elements of the shapes that keras gives to kernel and bias
import tensorflow as tf


def dense_parameters(inputs, units, use_bias=True):
    shapes = [tf.TensorShape((inputs, units))] + [tf.TensorShape((units,))] * bool(use_bias)
    return sum(int(shape.num_elements()) for shape in shapes)


# %% dense-parameters h1-one-pixel-conv
# why: a dense layer is a convolution of one pixel with the inputs as channels
def dense_parameters(inputs, units, use_bias=True):
    return conv_parameters((1, 1), inputs, units, use_bias=use_bias)


# %% dense-parameters h1-callable-object
# why: an object with __call__, bias by a conditional
class _Dense:
    def __init__(self, bias_per_unit):
        self.bias_per_unit = bias_per_unit

    def __call__(self, inputs, units, use_bias=True):
        weights = inputs * units
        return weights + (self.bias_per_unit * units if use_bias else 0)


dense_parameters = _Dense(bias_per_unit=1)


# %% dense-parameters h1-two-dots
# why: dot product of (inputs, bias) with (units, units)
from operator import mul


def dense_parameters(inputs, units, use_bias=True):
    return sum(map(mul, (inputs, int(use_bias)), (units, units)))


# %% totals h1-accumulate
# why: itertools does the running sum; counts from a generator
from itertools import accumulate


def running_totals(layer_parameters):
    return [*accumulate(layer_parameters)]


with unless_blank():
    def _counts():
        grid = (5, 5)
        yield conv_parameters(grid, 1, 32)
        yield pool_parameters((2, 2), 32)
        yield conv_parameters(grid, 32, 64)
        yield pool_parameters((2, 2), 64)
        yield 0
        yield dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10)

    network_totals = running_totals(list(_counts()))


# %% totals h1-triangle-matrix
# why: lower triangular matrix of ones times the counts
import numpy as np


def running_totals(layer_parameters):
    counts = np.array(layer_parameters, dtype=np.int64)
    return (np.tri(len(counts), dtype=np.int64) @ counts).tolist()


with unless_blank():
    _in = [1, *(shape[-1] for shape in OUTPUT_SHAPES.values())]
    _out = _in[1:]
    network_totals = running_totals(
        [
            conv_parameters((5, 5), _in[0], _out[0]),
            pool_parameters((2, 2), _in[1]),
            conv_parameters((5, 5), _in[2], _out[2]),
            pool_parameters((2, 2), _in[3]),
            0,
            dense_parameters(_in[5], _out[5]),
        ]
    )


# %% totals h1-recursive-tail
# why: each total is the sum of the list up to it, by recursion from the end
def running_totals(layer_parameters):
    if not layer_parameters:
        return []
    *front, _ = layer_parameters
    return running_totals(front) + [sum(layer_parameters)]


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters(kernel_size=(5, 5), in_channels=1, filters=32, use_bias=True),
            pool_parameters((2, 2), 32),
            conv_parameters(kernel_size=(5, 5), in_channels=32, filters=64, use_bias=True),
            pool_parameters((2, 2), 64),
            pool_parameters((1, 1), 64),
            dense_parameters(inputs=flatten_size((4, 4, 64)), units=10),
        ]
    )


# %% totals h1-walrus
# why: assignment expression in a comprehension; layer kinds told apart by their names
def running_totals(layer_parameters):
    so_far = 0
    return [so_far := so_far + own for own in layer_parameters]


with unless_blank():
    network_totals, _channels = [], 1
    for _name, _shape in OUTPUT_SHAPES.items():
        if _name.startswith("conv"):
            network_totals.append(conv_parameters((5, 5), _channels, _shape[2]))
        elif _name.startswith("dense"):
            network_totals.append(dense_parameters(_channels, *_shape))
        else:
            network_totals.append(0)
        _channels = _shape[-1]
    network_totals = running_totals(network_totals)


# %% totals h1-backward-differences
# why: takes what comes later off the whole sum
def running_totals(layer_parameters):
    rest = sum(layer_parameters)
    totals = []
    for own in reversed(layer_parameters):
        totals.insert(0, rest)
        rest -= own
    return totals


with unless_blank():
    _own = dict.fromkeys(OUTPUT_SHAPES, 0)
    _own |= {
        "conv1": conv_parameters((5, 5), 1, 32),
        "conv2": conv_parameters((5, 5), 32, 64),
        "dense": dense_parameters(1024, 10),
    }
    network_totals = running_totals([*_own.values()])


# %% memory h1-zip-map
# why: names zipped with a mapped product; the winners are computed
from math import prod


def activation_sizes(shapes):
    return dict(zip(shapes, map(prod, shapes.values())))


with unless_blank():
    most_memory = max((values, name) for name, values in activation_sizes(OUTPUT_SHAPES).items())[1]
    most_parameters = max(
        ("conv1", conv_parameters((5, 5), 1, 32)),
        ("conv2", conv_parameters((5, 5), 32, 64)),
        ("dense", dense_parameters(1024, 10)),
        key=lambda pair: pair[1],
    )[0]


# %% memory h1-counter
# why: a Counter is a dict, and knows its most common entry
from collections import Counter


def activation_sizes(shapes):
    return Counter({name: flatten_size(shape) for name, shape in shapes.items()})


with unless_blank():
    [(most_memory, _)] = activation_sizes(OUTPUT_SHAPES).most_common(1)
    most_parameters = "conv2"


# %% memory h1-argmax-of-differences
# why: numpy's argmax on the differences of the totals
import numpy as np


def activation_sizes(shapes):
    sizes = {}
    for name in shapes:
        values = 1
        for side in shapes[name]:
            values *= side
        sizes[name] = values
    return sizes


with unless_blank():
    _names = list(OUTPUT_SHAPES)
    most_memory = _names[int(np.argmax(list(activation_sizes(OUTPUT_SHAPES).values())))]
    most_parameters = _names[int(np.diff(network_totals, prepend=0).argmax())]


# %% memory h1-dict-subclass
# why: a dict that fills itself by __missing__, plain names typed in
from functools import reduce
from operator import mul


class _Sizes(dict):
    def __init__(self, shapes):
        self._shapes = shapes
        super().__init__()
        for name in shapes:
            self[name]

    def __missing__(self, name):
        self[name] = reduce(mul, self._shapes[name], 1)
        return self[name]


def activation_sizes(shapes):
    return dict(_Sizes(shapes))


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory h1-sorted-names
# why: sorts the names by size; unpacks first and last
import numpy as np


def activation_sizes(shapes):
    return {name: np.broadcast_to(False, shape).size for name, shape in shapes.items()}


with unless_blank():
    *_, most_memory = sorted(OUTPUT_SHAPES, key=activation_sizes(OUTPUT_SHAPES).__getitem__)
    _own = [b - a for a, b in zip([0] + network_totals, network_totals)]
    *_, (_, most_parameters) = sorted(zip(_own, OUTPUT_SHAPES))


# %% conv-parameters r1-factored
# way: each filter's own count, times the filters; a bool counts as 0 or 1
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    height, width = kernel_size
    return filters * (height * width * in_channels + bool(use_bias))


# %% conv-parameters r1-keras-count
# way: builds the Keras layer and lets it count
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    import keras

    layer = keras.layers.Conv2D(filters, kernel_size, use_bias=use_bias)
    layer.build((None, *kernel_size, in_channels))
    return int(layer.count_params())


# %% conv-parameters r1-array-sizes
# way: the sizes of arrays in the shapes of Keras's weights
import numpy as np


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = [np.broadcast_to(0.0, (*kernel_size, in_channels, filters))]
    if use_bias:
        weights.append(np.broadcast_to(0.0, (filters,)))
    return sum(w.size for w in weights)


# %% conv-parameters r1-prod-conditional
# way: math.prod plus a conditional expression
from math import prod


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return prod([*kernel_size, in_channels, filters]) + (filters if use_bias else 0)


# %% conv-parameters r1-add-filter-by-filter
# way: adds up filter by filter and channel by channel
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    def boxes_of_a_filter():
        for _channel in range(in_channels):
            yield kernel_size[0] * kernel_size[1]
        if use_bias:
            yield 1

    total = 0
    for _ in range(filters):
        total += sum(boxes_of_a_filter())
    return total


# %% conv-parameters r1-callable-class
# way: a callable data class with properties
from dataclasses import dataclass


@dataclass(frozen=True)
class _Bank:
    kernel_size: tuple
    in_channels: int
    filters: int
    use_bias: bool = True

    @property
    def weights(self):
        return self.kernel_size[0] * self.kernel_size[1] * self.in_channels * self.filters

    @property
    def biases(self):
        return self.filters if self.use_bias else 0


def conv_parameters(*args, **kwargs):
    bank = _Bank(*args, **kwargs)
    return bank.weights + bank.biases


# %% pool-flatten r1-prod
# way: nothing to learn; math.prod
import math


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return math.prod(shape)


# %% pool-flatten r1-keras-pool-reduce
# way: Keras counts the pooling layer; reduce with a lambda and a start of 1
from functools import reduce


def pool_parameters(pool_size, channels):
    import keras

    layer = keras.layers.MaxPooling2D(pool_size)
    layer.build((None, *pool_size, channels))
    return int(layer.count_params())


def flatten_size(shape):
    return reduce(lambda row, side: row * side, shape, 1)


# %% pool-flatten r1-recursion
# way: recursion over the axes
pool_parameters = lambda pool_size, channels: 0


def flatten_size(shape):
    if not shape:
        return 1
    first, *others = shape
    return first * flatten_size(tuple(others))


# %% pool-flatten r1-len-of-ranges
# way: each side as the length of a range; the pool has an empty list of weights
import math


def pool_parameters(pool_size, channels):
    weights = []
    return sum(w.size for w in weights)


def flatten_size(shape):
    return math.prod(map(len, map(range, shape)))


# %% pool-flatten r1-accumulate-last
# way: running products; the last one counts
from itertools import accumulate
from operator import mul


def pool_parameters(pool_size, channels):
    """What training may change in it: nothing."""
    return len(())


def flatten_size(shape):
    *_, last = accumulate(shape, mul, initial=1)
    return last


# %% pool-flatten r1-numpy-prod-int
# way: np.prod in 64 bits, turned into a Python int
import numpy as np


def pool_parameters(pool_size, channels):
    height, width = pool_size
    return 0 * height * width * channels


def flatten_size(shape):
    return int(np.prod(np.array(shape, dtype=np.int64)))


# %% dense-parameters r1-bias-as-input
# way: the bias is a connection to one more input
def dense_parameters(inputs, units, use_bias=True):
    return (inputs + 1) * units if use_bias else inputs * units


# %% dense-parameters r1-conv-of-one
# way: a dense layer is a convolution with a 1 x 1 kernel whose channels are the inputs
def dense_parameters(inputs, units, use_bias=True):
    return conv_parameters((1, 1), inputs, units, use_bias=use_bias)


# %% dense-parameters r1-keras-count
# way: the Keras layer counts
def dense_parameters(inputs, units, use_bias=True):
    from keras.layers import Dense

    layer = Dense(units, use_bias=use_bias)
    layer.build((None, inputs))
    return int(layer.count_params())


# %% dense-parameters r1-matrix-size
# way: the size of a matrix and of a vector, as views on one number
import numpy as np


def dense_parameters(inputs, units, use_bias=True):
    matrix = np.broadcast_to(1.0, (inputs, units))
    vector = np.broadcast_to(1.0, (units if use_bias else 0,))
    return matrix.size + vector.size


# %% dense-parameters r1-unit-by-unit
# way: goes from unit to unit
def dense_parameters(inputs, units, use_bias=True):
    count = 0
    for _unit in range(units):
        count += inputs
        if use_bias:
            count += 1
    return count


# %% dense-parameters r1-closure-table
# way: a table from use_bias to closures
def _dense_counter():
    without = lambda i, u: i * u
    return {False: without, True: lambda i, u: without(i, u) + u}


def dense_parameters(inputs, units, use_bias=True, *, _counters=_dense_counter()):
    return _counters[bool(use_bias)](inputs, units)


# %% totals r1-accumulate
# way: itertools.accumulate, twice
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 32, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10),
        ]
    )


# %% totals r1-slices-summed
# way: the sum of each beginning of the list
def running_totals(layer_parameters):
    return [sum(layer_parameters[: n + 1]) for n in range(len(layer_parameters))]


with unless_blank():
    _conv = [conv_parameters((5, 5), inputs, outputs) for inputs, outputs in ((1, 32), (32, 64))]
    _pool = [pool_parameters((2, 2), channels) for channels in (32, 64)]
    _rest = [0, dense_parameters(1024, 10)]
    network_totals = running_totals([_conv[0], _pool[0], _conv[1], _pool[1], *_rest])


# %% totals r1-walrus
# way: an assignment expression in a comprehension
def running_totals(layer_parameters):
    so_far = 0
    return [so_far := so_far + count for count in layer_parameters]


with unless_blank():
    _own = dict.fromkeys(OUTPUT_SHAPES, 0)
    _own["conv1"] = conv_parameters((5, 5), 1, OUTPUT_SHAPES["conv1"][-1])
    _own["conv2"] = conv_parameters(
        (5, 5), OUTPUT_SHAPES["pool1"][-1], OUTPUT_SHAPES["conv2"][-1]
    )
    _own["dense"] = dense_parameters(*OUTPUT_SHAPES["flatten"], *OUTPUT_SHAPES["dense"])
    network_totals = running_totals(list(_own.values()))


# %% totals r1-numpy-cumsum
# way: NumPy's cumulative sum in 64 bits, turned into a list of Python ints
import numpy as np


def running_totals(layer_parameters):
    return np.cumsum(np.array(layer_parameters, dtype=np.int64)).tolist()


with unless_blank():
    counts = np.zeros(6, dtype=int)
    counts[[0, 2]] = conv_parameters((5, 5), 1, 32), conv_parameters((5, 5), 32, 64)
    counts[-1] = dense_parameters(flatten_size((4, 4, 64)), 10)
    network_totals = running_totals(counts.tolist())


# %% totals r1-recursion-by-halves
# way: recursion: the totals of both halves, the second raised by the first one's last
def running_totals(layer_parameters):
    if len(layer_parameters) < 2:
        return layer_parameters[:]
    middle = len(layer_parameters) // 2
    front = running_totals(layer_parameters[:middle])
    return front + [front[-1] + total for total in running_totals(layer_parameters[middle:])]


with unless_blank():
    network_totals = []
    for _layer in (
        lambda: conv_parameters((5, 5), in_channels=1, filters=32),
        lambda: pool_parameters((2, 2), channels=32),
        lambda: conv_parameters((5, 5), in_channels=32, filters=64),
        lambda: pool_parameters((2, 2), channels=64),
        lambda: 0,
        lambda: dense_parameters(inputs=1024, units=10),
    ):
        network_totals.append(sum(network_totals[-1:]) + _layer())


# %% totals r1-generators-through-table
# way: a generator for the totals; the network's list is made by going through the table of shapes
def running_totals(layer_parameters):
    def totals():
        total = 0
        for count in layer_parameters:
            total += count
            yield total

    return [*totals()]


def _network_counts():
    shape = (28, 28, 1)
    for name, output in OUTPUT_SHAPES.items():
        if name.startswith("conv"):
            yield conv_parameters((5, 5), shape[-1], output[-1])
        elif name.startswith("pool"):
            yield pool_parameters((2, 2), shape[-1])
        elif name == "dense":
            yield dense_parameters(flatten_size(shape), output[0])
        else:
            yield 0
        shape = output


with unless_blank():
    network_totals = running_totals(list(_network_counts()))


# %% memory r1-dict-comprehension
# way: a comprehension, and the two names as read off
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory r1-max-by-key
# way: the names computed with max and a key
def activation_sizes(shapes):
    return dict(zip(shapes, map(flatten_size, shapes.values())))


with unless_blank():
    _sizes = activation_sizes(OUTPUT_SHAPES)
    _counts = {
        "conv1": conv_parameters((5, 5), 1, 32),
        "conv2": conv_parameters((5, 5), 32, 64),
        "dense": dense_parameters(1024, 10),
    }
    most_memory = max(_sizes, key=_sizes.get)
    most_parameters = max(_counts, key=_counts.get)


# %% memory r1-ordered-dict
# way: an OrderedDict, which is a dict; the names by sorting
from collections import OrderedDict
from math import prod


def activation_sizes(shapes):
    sizes = OrderedDict()
    for name in shapes:
        sizes[name] = prod(shapes[name])
    return sizes


with unless_blank():
    most_memory = sorted(activation_sizes(OUTPUT_SHAPES).items(), key=lambda item: -item[1])[0][0]
    _steps = [after - before for before, after in zip([0] + network_totals, network_totals)]
    most_parameters = list(OUTPUT_SHAPES)[_steps.index(max(_steps))]


# %% memory r1-numpy-argmax
# way: NumPy sizes and argmax over the list of names
import numpy as np


def activation_sizes(shapes):
    return {name: int(np.prod(shape, dtype=np.int64)) for name, shape in shapes.items()}


with unless_blank():
    _names = list(OUTPUT_SHAPES)
    most_memory = _names[int(np.argmax(list(activation_sizes(OUTPUT_SHAPES).values())))]
    most_parameters = _names[int(np.argmax(np.diff([0, *network_totals])))]


# %% memory r1-copy-then-replace
# way: a copy of the dict whose values are replaced by nested multiplication
def activation_sizes(shapes):
    sizes = dict(shapes)
    for name, shape in shapes.items():
        values = 1
        for side in shape:
            values *= side
        sizes[name] = values
    return sizes


most_memory, most_parameters = "conv1", "conv2"


# %% memory r1-defaultdict-product
# way: a defaultdict of ones, multiplied side by side; the answers by a loop
from collections import defaultdict


def activation_sizes(shapes):
    sizes = defaultdict(lambda: 1)
    for name, shape in shapes.items():
        sizes[name] *= 1
        for side in shape:
            sizes[name] *= side
    return dict(sizes)


with unless_blank():
    most_memory = most_parameters = None
    _largest = _most = _before = 0
    for _name, _total in zip(OUTPUT_SHAPES, network_totals):
        _values = activation_sizes(OUTPUT_SHAPES)[_name]
        if _values > _largest:
            _largest, most_memory = _values, _name
        if _total - _before > _most:
            _most, most_parameters = _total - _before, _name
        _before = _total


# %% conv-parameters s1-keras-count
# right: builds the Keras layer and counts
import keras


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    layer = keras.layers.Conv2D(filters, kernel_size, use_bias=use_bias)
    layer.build((None, *kernel_size, in_channels))
    return int(layer.count_params())


# %% conv-parameters s1-one-filter-times
# right: the parameters of one filter, a bias counts as True
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    one_filter = kernel_size[0] * kernel_size[1] * in_channels + bool(use_bias)
    return filters * one_filter


# %% conv-parameters s1-filter-generator
# right: adds up filter by filter with math.prod
import math


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    def one():
        yield math.prod(kernel_size) * in_channels
        if use_bias:
            yield 1

    return sum(sum(one()) for _ in range(filters))


# %% conv-parameters s1-array-shapes
# right: sizes of broadcast arrays of the weights and the biases
import numpy as np


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    shapes = [(*kernel_size, in_channels, filters)] + [(filters,)] * (1 if use_bias else 0)
    return int(sum(np.broadcast_to(0, shape).size for shape in shapes))


# %% conv-parameters s1-lambda
# right: lambda with the same arguments and default
conv_parameters = lambda kernel_size, in_channels, filters, use_bias=True: (
    (kernel_size[0] * kernel_size[1] * in_channels + 1) * filters
    if use_bias
    else kernel_size[0] * kernel_size[1] * in_channels * filters
)


# %% pool-flatten s1-reduce
# right: reduce with a start of 1
from functools import reduce
from operator import mul


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return reduce(mul, shape, 1)


# %% pool-flatten s1-recursion
# right: the first side times the rest, by recursion
def pool_parameters(pool_size, channels):
    nothing_to_learn = []
    return len(nothing_to_learn)


def flatten_size(shape):
    if not shape:
        return 1
    first, *rest = shape
    return first * flatten_size(tuple(rest))


# %% pool-flatten s1-tensor-shape
# right: the weights of a Keras layer, and TensorFlow's count of elements
import keras
import tensorflow as tf


def pool_parameters(pool_size, channels):
    layer = keras.layers.MaxPooling2D(pool_size)
    layer.build((None, *pool_size, channels))
    return len(layer.weights)


def flatten_size(shape):
    return int(tf.TensorShape(shape).num_elements())


# %% pool-flatten s1-closures
# right: two closures made by helpers, a loop multiplies
def _constant(value):
    def function(pool_size, channels):
        return value

    return function


def _product():
    def function(shape):
        total = 1
        for side in shape:
            total *= side
        return total

    return function


pool_parameters, flatten_size = _constant(0), _product()


# %% dense-parameters s1-extra-input
# right: a bias is the weight of one more input
def dense_parameters(inputs, units, use_bias=True):
    return (inputs + 1 if use_bias else inputs) * units


# %% dense-parameters s1-one-by-one-conv
# right: a dense layer is a convolution with a 1 x 1 window
def dense_parameters(inputs, units, use_bias=True):
    return conv_parameters((1, 1), inputs, units, use_bias=use_bias)


# %% dense-parameters s1-tensor-shapes
# right: elements of the shapes of weights and biases
import tensorflow as tf


def dense_parameters(inputs, units, use_bias=True):
    shapes = [tf.TensorShape([inputs, units])]
    if use_bias:
        shapes.append(tf.TensorShape([units]))
    return int(sum(shape.num_elements() for shape in shapes))


# %% dense-parameters s1-per-unit-sum
# right: adds up unit by unit
def dense_parameters(inputs, units, use_bias=True):
    count = 0
    for _unit in range(units):
        count += inputs
        if use_bias:
            count += 1
    return count


# %% totals s1-accumulate
# right: itertools.accumulate made a list
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 32, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(flatten_size((4, 4, 64)), 10),
        ]
    )


# %% totals s1-cumsum-tolist
# right: NumPy's cumsum, turned into Python ints; the shapes come from OUTPUT_SHAPES
import numpy as np


def running_totals(layer_parameters):
    return np.cumsum(np.array(layer_parameters, dtype=np.int64)).tolist()


with unless_blank():
    _in = {"conv1": 1, "conv2": OUTPUT_SHAPES["pool1"][-1]}
    _own = []
    for _name, _shape in OUTPUT_SHAPES.items():
        if _name.startswith("conv"):
            _own.append(conv_parameters((5, 5), _in[_name], _shape[-1]))
        elif _name == "dense":
            _own.append(dense_parameters(*OUTPUT_SHAPES["flatten"], *_shape))
        else:
            _own.append(0)
    network_totals = running_totals(_own)


# %% totals s1-halving-recursion
# right: totals of both halves, the second raised by the end of the first
def running_totals(layer_parameters):
    if len(layer_parameters) < 2:
        return layer_parameters[:]
    middle = len(layer_parameters) // 2
    first = running_totals(layer_parameters[:middle])
    return first + [first[-1] + n for n in running_totals(layer_parameters[middle:])]


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0]
        + [dense_parameters(1024, 10)]
    )


# %% totals s1-walrus
# right: comprehension with an assignment expression; the six totals are added by hand
def running_totals(layer_parameters):
    so_far = 0
    return [so_far := so_far + own for own in layer_parameters]


with unless_blank():
    after_conv1 = conv_parameters((5, 5), 1, 32)
    after_pool1 = after_conv1 + pool_parameters((2, 2), 32)
    after_conv2 = after_pool1 + conv_parameters((5, 5), 32, 64)
    after_pool2 = after_conv2 + pool_parameters((2, 2), 64)
    after_flatten = after_pool2
    after_dense = after_flatten + dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10)
    network_totals = [
        after_conv1, after_pool1, after_conv2, after_pool2, after_flatten, after_dense,
    ]


# %% totals s1-slice-sums
# right: quadratic, the sum of each beginning
def running_totals(layer_parameters):
    return [sum(layer_parameters[: i + 1]) for i, _ in enumerate(layer_parameters)]


with unless_blank():
    _convolutions = [(1, 32), None, (32, 64), None, None]
    network_totals = running_totals(
        [conv_parameters((5, 5), *layer) if layer else 0 for layer in _convolutions]
        + [dense_parameters(4 * 4 * 64, 10)]
    )


# %% memory s1-computed-answers
# right: both names are found by computing
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    _sizes = activation_sizes(OUTPUT_SHAPES)
    most_memory = max(_sizes, key=_sizes.get)
    _own = [b - a for a, b in zip([0] + network_totals, network_totals)]
    most_parameters = list(OUTPUT_SHAPES)[_own.index(max(_own))]


# %% memory s1-zip-prod
# right: dict of zip and map, names typed
import math


def activation_sizes(shapes):
    return dict(zip(shapes, map(math.prod, shapes.values())))


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory s1-ordered-dict
# right: an OrderedDict is a dict; answers come sorted
from collections import OrderedDict


def activation_sizes(shapes):
    sizes = OrderedDict()
    for name in shapes:
        sizes[name] = 1
        for side in shapes[name]:
            sizes[name] *= side
    return sizes


with unless_blank():
    *_, most_memory = sorted(OUTPUT_SHAPES, key=activation_sizes(OUTPUT_SHAPES).__getitem__)
    most_parameters = sorted(
        [
            (conv_parameters((5, 5), 1, 32), "conv1"),
            (conv_parameters((5, 5), 32, 64), "conv2"),
            (dense_parameters(1024, 10), "dense"),
        ]
    )[-1][1]


# %% memory s1-numpy-size
# right: sizes of broadcast arrays, as Python ints
import numpy as np


def activation_sizes(shapes):
    return {key: int(np.broadcast_to(0, shapes[key]).size) for key in shapes}


with unless_blank():
    _names = list(OUTPUT_SHAPES)
    most_memory = _names[int(np.argmax(list(activation_sizes(OUTPUT_SHAPES).values())))]
    most_parameters = _names[int(np.argmax(np.diff(network_totals, prepend=0)))]
