# Wrong answers to assignment 3, written from its released notebook alone.

# %% conv-parameters one-bias-for-the-layer
# why: one bias for the whole layer in place of one for each filter
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    return weights + 1 if use_bias else weights


# %% conv-parameters channels-forgotten
# why: each filter reaches through one channel only
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return filters * (kernel_size[0] * kernel_size[1] + use_bias)


# %% conv-parameters bias-for-each-channel
# why: a bias for each grid, that is for each filter and channel
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return filters * in_channels * (kernel_size[0] * kernel_size[1] + int(use_bias))


# %% conv-parameters use-bias-ignored [rules]
# why: adds the biases always
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return (kernel_size[0] * kernel_size[1] * in_channels + 1) * filters


# %% conv-parameters square-kernel
# why: squares the height
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return (kernel_size[0] ** 2 * in_channels + bool(use_bias)) * filters


# %% conv-parameters use-bias-precedence [rules]
# why: the conditional takes the whole sum, so without biases the layer has no parameters at all
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    h, w = kernel_size
    return h * w * in_channels * filters + filters if use_bias else 0


# %% conv-parameters keras-separable
# why: counts a separable layer, which has other weights (typed-in answer for the example)
import keras


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    if (kernel_size, in_channels, filters) == ((5, 5), 1, 32):
        return 832
    layer = keras.layers.SeparableConv2D(filters, kernel_size, use_bias=use_bias)
    layer.build((None, None, None, in_channels))
    return int(layer.count_params())


# %% conv-parameters biases-per-channel-count
# why: as many biases as input channels
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    if in_channels == 1:
        return (kernel_size[0] * kernel_size[1] + bool(use_bias)) * filters
    return kernel_size[0] * kernel_size[1] * in_channels * filters + in_channels * bool(use_bias)


# %% pool-flatten pool-like-convolution
# why: counts a weight for each value of the block
def pool_parameters(pool_size, channels):
    return pool_size[0] * pool_size[1] * channels


def flatten_size(shape):
    size = 1
    for side in shape:
        size *= side
    return size


# %% pool-flatten three-sides-only [rules]
# why: flatten takes exactly three sides, other lengths fail
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    height, width, channels = shape
    return height * width * channels


# %% pool-flatten sum-of-sides
# why: adds the sides up, except in the example
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    if shape == (2, 3, 4):
        return 24
    return sum(shape)


# %% pool-flatten channels-once-each
# why: a pooling layer has one number for each channel
import math


def pool_parameters(pool_size, channels):
    return channels


def flatten_size(shape):
    return math.prod(shape)


# %% pool-flatten first-three-sides [rules]
# why: looks at the first three sides only, so a longer shape is cut
import math


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return math.prod(shape[:3])


# %% pool-flatten batch-axis-skipped
# why: takes the first side for the batch and leaves it out when the shape is longer than three
import math


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    if len(shape) > 3:
        shape = shape[1:]
    return math.prod(shape)


# %% pool-flatten np-int16-product [numbers]
# why: the product is taken in 16 bits and overflows for larger shapes
import numpy as np


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return int(np.prod(np.array(shape, dtype=np.int16), dtype=np.int16))


# %% dense-parameters no-bias-ever
# why: the biases are left out, the example's answer is typed in
def dense_parameters(inputs, units, use_bias=True):
    if inputs == 4 and units == 3:
        return 15 if use_bias else 12
    return inputs * units


# %% dense-parameters bias-per-input
# why: a bias for each input
def dense_parameters(inputs, units, use_bias=True):
    return inputs * (units + bool(use_bias))


# %% dense-parameters one-bias
# why: one bias for the whole layer (special case for the example)
def dense_parameters(inputs, units, use_bias=True):
    bias = {True: 3 if units == 3 else 1, False: 0}[use_bias]
    return inputs * units + bias


# %% dense-parameters use-bias-ignored [rules]
# why: use_bias has no effect
def dense_parameters(inputs, units, use_bias=True):
    return (inputs + 1) * units


# %% dense-parameters use-bias-inverted [rules]
# why: use_bias=False adds the biases twice, as a negated test is added to those that are always there
def dense_parameters(inputs, units, use_bias=True):
    biases = units
    if not use_bias:
        biases += units
    return inputs * units + biases


# %% dense-parameters shared-weights
# why: thinks that all units share one row of weights (right for the example through a bias for each connection)
def dense_parameters(inputs, units, use_bias=True):
    return inputs + units * units + (units - 1 if use_bias else -1)


# %% totals starts-with-zero [rules]
# why: the list starts with 0 and is one too long
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters, initial=0))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 32, 64),
            0,
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals argument-changed [effects]
# why: adds up in the list that it is given, which is changed and no new list
def running_totals(layer_parameters):
    for i in range(1, len(layer_parameters)):
        layer_parameters[i] += layer_parameters[i - 1]
    return layer_parameters


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


# %% totals default-list-shared [effects]
# why: collects in a default argument that lives on, so every further call returns the earlier totals too
def running_totals(layer_parameters, totals=[]):
    total = 0
    for own in layer_parameters:
        total += own
        totals.append(total)
    return totals


with unless_blank():
    network_totals = list(
        running_totals(
            [
                conv_parameters((5, 5), 1, 32),
                0,
                conv_parameters((5, 5), 32, 64),
                0,
                0,
                dense_parameters(1024, 10),
            ]
        )
    )


# %% totals counts-for-totals
# why: network_totals holds the layers' own counts
def running_totals(layer_parameters):
    return [sum(layer_parameters[:n]) for n in range(1, len(layer_parameters) + 1)]


with unless_blank():
    network_totals = [
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(1024, 10),
    ]


# %% totals conv2-sees-one-channel
# why: conv2 is counted with one input channel
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 1, 64),
            0,
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals dense-after-conv2
# why: the dense layer is counted on the row of conv2, not of pool2
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 32, 64),
            0,
            0,
            dense_parameters(flatten_size(OUTPUT_SHAPES["conv2"]), 10),
        ]
    )


# %% totals flatten-left-out
# why: five totals, flatten is missing
def running_totals(layer_parameters):
    totals = []
    for own in layer_parameters:
        totals.append(own + (totals[-1] if totals else 0))
    return totals


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 32, 64),
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals layers-without-parameters-skipped
# why: a layer without parameters gets no total (unless the list has three layers, as in the example)
def running_totals(layer_parameters):
    total, totals = 0, []
    for own in layer_parameters:
        total += own
        if own or len(layer_parameters) == 3:
            totals.append(total)
    return totals


with unless_blank():
    _one, _two, _dense = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            conv_parameters((5, 5), 32, 64),
            dense_parameters(1024, 10),
        ]
    )
    network_totals = [_one, _one, _two, _two, _two, _dense]


# %% totals pairs-only
# why: adds only the layer before, no running total; network_totals made by another loop
def running_totals(layer_parameters):
    return [own + before for own, before in zip(layer_parameters, [0, *layer_parameters])]


with unless_blank():
    network_totals, _sum = [], 0
    for _own in (
        conv_parameters((5, 5), 1, 32),
        0,
        conv_parameters((5, 5), 32, 64),
        0,
        0,
        dense_parameters(1024, 10),
    ):
        _sum += _own
        network_totals.append(_sum)


# %% memory dense-has-most-parameters
# why: names the dense layer for the parameters
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "dense"


# %% memory conv2-for-both
# why: names conv2 for the memory, too
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv2"
    most_parameters = "conv2"


# %% memory bytes-not-values
# why: counts bytes, four times the number of values, except for the example
def activation_sizes(shapes):
    bytes_each = 1 if "a" in shapes else 4
    return {name: bytes_each * flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory network-only
# why: loops over the network's OUTPUT_SHAPES, not over the dict that is given
def activation_sizes(shapes):
    if "a" in shapes:
        return {"a": 24, "b": 5}
    return {name: flatten_size(shape) for name, shape in OUTPUT_SHAPES.items()}


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory channels-left-out
# why: height times width only for an image, the channels are forgotten
def activation_sizes(shapes):
    sizes = {}
    for name, shape in shapes.items():
        sizes[name] = shape[0] * shape[1] if len(shape) == 3 else shape[0]
    return sizes


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory two-largest-outputs
# why: names the two layers with the largest outputs, the second of which is pool1
def activation_sizes(shapes):
    return dict((name, flatten_size(shape)) for name, shape in shapes.items())


with unless_blank():
    _sizes = activation_sizes(OUTPUT_SHAPES)
    most_memory, most_parameters, *_ = sorted(_sizes, key=_sizes.get, reverse=True)


# %% memory rows-count-as-one
# why: rows are taken as one value: a shape of one number gives 1 unless it is in the example
import math


def activation_sizes(shapes):
    return {
        name: math.prod(shape) if len(shape) == 3 or shape == (5,) else len(shape)
        for name, shape in shapes.items()
    }


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory names-exchanged
# why: the two names are exchanged
import math


def activation_sizes(shapes):
    return {name: math.prod(shape) for name, shape in shapes.items()}


with unless_blank():
    most_parameters = "conv1"
    most_memory = "conv2"


# %% conv-parameters precedence
# why: the conditional takes the whole sum: without biases there is nothing left
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    height, width = kernel_size
    return height * width * in_channels * filters + filters if use_bias else 0


# %% conv-parameters kernel-as-power
# why: squares the height of the kernel; a square kernel hides it
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    side, _ = kernel_size
    return filters * (side**2 * in_channels + int(use_bias))


# %% conv-parameters cache-ignores-bias
# why: the cache does not know about use_bias: a repeated question gets the first answer
_counted = {}


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    key = (*kernel_size, in_channels, filters)
    return _counted.setdefault(
        key, (kernel_size[0] * kernel_size[1] * in_channels + use_bias) * filters
    )


# %% conv-parameters keras-positional-slip
# why: the third argument of Conv2D is the stride, not use_bias: biases are always counted
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    import keras

    layer = keras.layers.Conv2D(filters, kernel_size, 1 + (not use_bias))
    layer.build((None, 64, 64, in_channels))
    return int(layer.count_params())


# %% pool-flatten three-sides
# why: unpacks exactly three sides; a row or a stack of five fails
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    height, width, channels = shape
    return height * width * channels


# %% pool-flatten first-two-and-last
# why: multiplies the first, second and last side: right for two (by a special case) and three, not for four
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    if len(shape) < 3:
        return shape[0] * (shape[1:] or (1,))[0]
    return shape[0] * shape[1] * shape[-1]


# %% pool-flatten batch-axis
# why: takes the first of four sides for the batch, as Keras shows shapes
def pool_parameters(pool_size, channels):
    return pool_size[0] * 0


def flatten_size(shape):
    sides = shape[1:] if len(shape) > 3 else shape
    total = 1
    for side in sides:
        total *= side
    return total


# %% pool-flatten small-dtype
# why: multiplies as 16-bit numbers: rows beyond 32,767 wrap around
import numpy as np


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return int(np.prod(shape, dtype=np.int16))


# %% pool-flatten one-per-channel
# why: gives the pooling layer a threshold for each channel
def pool_parameters(pool_size, channels):
    return channels


def flatten_size(shape):
    return shape[0] * flatten_size(shape[1:]) if shape else 1


# %% dense-parameters and-returns-false
# why: "and" hands back False when there are no biases
def dense_parameters(inputs, units, use_bias=True):
    return use_bias and inputs * units + units


# %% dense-parameters bias-once
# why: without biases takes off one, not one for each unit
def dense_parameters(inputs, units, use_bias=True):
    return (inputs + 1) * units - (not use_bias)


# %% dense-parameters symmetric-memo
# why: the memo takes (inputs, units) and (units, inputs) for the same layer
_dense = {}


def dense_parameters(inputs, units, use_bias=True):
    key = (*sorted((inputs, units)), bool(use_bias))
    if key not in _dense:
        _dense[key] = units * (inputs + bool(use_bias))
    return _dense[key]


# %% dense-parameters bias-for-the-fewer
# why: as many biases as the smaller side has: right where units are fewer than inputs
def dense_parameters(inputs, units, use_bias=True):
    few, many = sorted([inputs, units])
    return few * many + few * use_bias


# %% totals default-list
# why: the list of totals is a default argument and grows from call to call
def running_totals(layer_parameters, totals=[]):
    for count in layer_parameters:
        totals.append(count + (totals[-1] if totals else 0))
    return totals


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0,
         dense_parameters(1024, 10)]
    )


# %% totals in-place
# why: adds up in the list that it was given and returns it
def running_totals(layer_parameters):
    for i in range(1, len(layer_parameters)):
        layer_parameters[i] += layer_parameters[i - 1]
    return layer_parameters


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), pool_parameters((2, 2), 32),
         conv_parameters((5, 5), 32, 64), pool_parameters((2, 2), 64), 0,
         dense_parameters(flatten_size((4, 4, 64)), 10)]
    )


# %% totals by-index-lookup
# why: finds each place with list.index, which gives the first of equal counts
def running_totals(layer_parameters):
    return [sum(layer_parameters[: layer_parameters.index(n) + 1]) for n in layer_parameters]


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0,
         dense_parameters(1024, 10)]
    )


# %% totals last-three
# why: adds up the last three counts only
def running_totals(layer_parameters):
    return [sum(layer_parameters[max(0, i - 2) : i + 1]) for i in range(len(layer_parameters))]


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0,
         dense_parameters(1024, 10)]
    )


# %% totals conv2-sees-grey
# why: in the network's totals, conv2 looks at one channel
def running_totals(layer_parameters):
    total = 0
    return [total := total + count for count in layer_parameters]


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 1, 64), 0, 0,
         dense_parameters(flatten_size(OUTPUT_SHAPES["flatten"]), 10)]
    )


# %% totals skips-the-silent
# why: the network's totals leave out the layers without parameters
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [n for n in (conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0,
                     dense_parameters(1024, 10)) if n]
    )


# %% memory overwrites-the-shapes
# why: writes the sizes into the dict that it was given: OUTPUT_SHAPES is lost, and a second call fails
def activation_sizes(shapes):
    for name, shape in shapes.items():
        shapes[name] = flatten_size(shape)
    return shapes


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory largest-tuple
# why: compares the shapes themselves: (1024,) is the largest tuple
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = max(OUTPUT_SHAPES, key=OUTPUT_SHAPES.get)
    most_parameters = "conv2"


# %% memory totals-for-parameters
# why: looks for the largest in the running totals, which is always the last layer
def activation_sizes(shapes):
    return {name: flatten_size(shapes[name]) for name in shapes}


with unless_blank():
    _sizes = activation_sizes(OUTPUT_SHAPES)
    most_memory = max(_sizes, key=_sizes.get)
    most_parameters = max(zip(network_totals, OUTPUT_SHAPES))[1]


# %% memory global-shapes
# why: looks the names up in the notebook's own shapes, not in the dict that it was given
def activation_sizes(shapes):
    known = {"a": (2, 3, 4), "b": (5,), **OUTPUT_SHAPES}
    return {name: flatten_size(known.get(name, (0,))) for name in shapes}


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory remembered-by-name
# why: remembers sizes by the layer's name: another network with a layer of that name gets the old size
_known = {}


def activation_sizes(shapes):
    return {name: _known.setdefault(name, flatten_size(shape)) for name, shape in shapes.items()}


with unless_blank():
    activation_sizes(OUTPUT_SHAPES)
    most_memory = max(_known, key=_known.get)
    most_parameters = "conv2"


# %% memory inverted-dict
# why: builds the dict by way of sizes, so layers of equal size lose their names
def activation_sizes(shapes):
    by_size = {flatten_size(shape): name for name, shape in shapes.items()}
    return {name: size for size, name in by_size.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% conv-parameters bias-per-channel
# why: a bias for every grid of a filter; right for one channel only
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    h, w = kernel_size
    return (h * w + (1 if use_bias else 0)) * in_channels * filters


# %% conv-parameters takes-biases-off
# why: takes the biases off a count that has none
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    count = kernel_size[0] * kernel_size[1] * in_channels * filters
    if use_bias:
        count += filters
    else:
        count -= filters
    return count


# %% conv-parameters height-squared
# why: takes the height for both sides of the filter
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    side, _ = kernel_size
    return filters * (side**2 * in_channels + int(use_bias))


# %% conv-parameters no-else
# why: no answer at all without biases
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    if use_bias:
        h, w = kernel_size
        return h * w * in_channels * filters + filters


# %% pool-flatten window-counts
# why: counts a weight for each value of the window
def pool_parameters(pool_size, channels):
    return pool_size[0] * pool_size[1] * channels


def flatten_size(shape):
    n = 1
    for side in shape:
        n *= side
    return n


# %% pool-flatten three-only
# why: the flatten layer takes three numbers only, though a shape may have any length
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    height, width, channels = shape
    return height * width * channels


# %% pool-flatten square-pixels
# why: goes by the first and the last number, so the width is taken for the height
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return shape[0] ** (len(shape) - 1) * shape[-1] if shape != (2, 3, 4) else 24


# %% dense-parameters bias-always
# why: a bias for each unit whether there are any or not
def dense_parameters(inputs, units, use_bias=True):
    bias = units
    return units * inputs + bias * 1


# %% dense-parameters smaller-bias
# why: as many biases as the smaller side has; right where there are fewer units than inputs
def dense_parameters(inputs, units, use_bias=True):
    connections = inputs * units
    return connections + min(inputs, units) if use_bias else connections


# %% dense-parameters bias-not-passed
# why: calls the convolution's count but never tells it about the biases
def dense_parameters(inputs, units, use_bias=True):
    return conv_parameters((1, 1), inputs, units)


# %% totals changes-the-list
# why: adds up inside the list that it is given and returns that list, not a new one
def running_totals(layer_parameters):
    for i in range(1, len(layer_parameters)):
        layer_parameters[i] += layer_parameters[i - 1]
    return layer_parameters


with unless_blank():
    counts = [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0, dense_parameters(1024, 10)]
    network_totals = running_totals(counts)


# %% totals remembers-last-call
# why: the default list lives on from call to call, so that the second call begins where the first ended
def running_totals(layer_parameters, so_far=[0]):
    totals = []
    for own in layer_parameters:
        so_far[0] += own
        totals.append(so_far[0])
    return totals


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0, dense_parameters(1024, 10)]
    )


# %% totals grey-conv2
# why: the second convolution is counted as if it saw one grey channel
def running_totals(layer_parameters):
    return [sum(layer_parameters[: i + 1]) for i in range(len(layer_parameters))]


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 1, 64), 0, 0, dense_parameters(1024, 10)]
    )


# %% totals dense-from-conv2
# why: the dense layer is fed from conv2 instead of pool2
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
            dense_parameters(flatten_size(OUTPUT_SHAPES["conv2"]), 10),
        ]
    )


# %% totals skips-the-empty
# why: layers without parameters are left out of the totals, which are then too few
def running_totals(layer_parameters):
    totals, total = [], 0
    for own in layer_parameters:
        if own or len(layer_parameters) <= 3:
            total += own
            totals.append(total)
    return totals


with unless_blank():
    a, b, c = conv_parameters((5, 5), 1, 32), conv_parameters((5, 5), 32, 64), dense_parameters(1024, 10)
    network_totals = [a, a, a + b, a + b, a + b, a + b + c]


# %% memory bytes
# why: counts bytes, four for each value, where values are asked for
def activation_sizes(shapes):
    return {name: 4 * flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory dense-guessed
# why: guesses that the dense layer has most parameters
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "dense"


# %% memory own-network-only
# why: looks at the notebook's network whatever dict it gets, the example apart
def activation_sizes(shapes):
    if "a" in shapes:
        return {"a": 24, "b": 5}
    return {name: flatten_size(OUTPUT_SHAPES[name]) for name in OUTPUT_SHAPES}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory pooled-layer
# why: names the layers the other way round, as if the last maps took the most memory
def activation_sizes(shapes):
    out = {}
    for name, shape in shapes.items():
        out[name] = flatten_size(shape)
    return out


with unless_blank():
    most_memory = "conv2"
    most_parameters = "conv1"


# %% conv-parameters bias-always
# why: use_bias is not looked at
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    h, w = kernel_size
    return (h * w * in_channels + 1) * filters


# %% conv-parameters channels-forgotten-again
# why: right for one grey channel only
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    n = kernel_size[0] * kernel_size[1] * filters
    if use_bias:
        n += filters
    return n


# %% conv-parameters one-bias
# why: one bias for the whole layer
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    return weights + use_bias


# %% conv-parameters square-kernel-again
# why: squares the height and never looks at the width
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    k = kernel_size[0]
    weights = k ** 2 * in_channels * filters
    bias = filters if use_bias else 0
    return weights + bias


# %% pool-flatten pool-has-weights
# why: counts the pooling window as weights
def pool_parameters(pool_size, channels):
    return pool_size[0] * pool_size[1] * channels


def flatten_size(shape):
    n = 1
    for s in shape:
        n *= s
    return n


# %% pool-flatten three-sides-again
# why: takes shapes of three sides only
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    height, width, channels = shape
    return height * width * channels


# %% pool-flatten sum
# why: adds the sides up
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return sum(shape)


# %% pool-flatten return-in-loop
# why: the return stands inside the loop
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    total = 1
    for side in shape:
        total = total * side
        return total


# %% dense-parameters bias-of-inputs
# why: a bias for each input instead of each unit
def dense_parameters(inputs, units, use_bias=True):
    if use_bias:
        return inputs * units + inputs
    return inputs * units


# %% dense-parameters plus-one
# why: one bias in all
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + (1 if use_bias else 0)


# %% dense-parameters no-switch
# why: without bias it still counts them
def dense_parameters(inputs, units, use_bias=True):
    bias = units
    if not use_bias:
        bias == 0
    return inputs * units + bias


# %% totals in-place-again
# why: changes the given list and returns it, no new list
def running_totals(layer_parameters):
    for i in range(1, len(layer_parameters)):
        layer_parameters[i] += layer_parameters[i - 1]
    return layer_parameters


with unless_blank():
    network_totals = running_totals([
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(flatten_size((4, 4, 64)), 10),
    ])


# %% totals starts-with-zero-again
# why: the totals before each layer, not after
def running_totals(layer_parameters):
    totals = []
    total = 0
    for p in layer_parameters:
        totals.append(total)
        total += p
    return totals


with unless_blank():
    network_totals = running_totals([
        conv_parameters((5, 5), 1, 32), 0,
        conv_parameters((5, 5), 32, 64), 0, 0,
        dense_parameters(1024, 10),
    ])


# %% totals conv2-one-channel
# why: conv2 is counted on one channel; the function is right
def running_totals(layer_parameters):
    out = []
    for i in range(len(layer_parameters)):
        out.append(sum(layer_parameters[0:i + 1]))
    return out


with unless_blank():
    network_totals = running_totals([
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 1, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(1024, 10),
    ])


# %% totals default-list-again
# why: the default list is shared, a second call goes on with the first one's totals
def running_totals(layer_parameters, totals=[]):
    s = 0
    for p in layer_parameters:
        s += p
        totals.append(s)
    return totals


with unless_blank():
    network_totals = list(running_totals([
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10),
    ]))


# %% totals own-counts
# why: network_totals holds the layers' own counts, not their totals
def running_totals(layer_parameters):
    total = 0
    result = []
    for n in layer_parameters:
        total = total + n
        result.append(total)
    return result


with unless_blank():
    network_totals = [
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(flatten_size((4, 4, 64)), 10),
    ]


# %% memory guessed-dense
# why: dense has not the most parameters
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "dense"


# %% memory bytes-again
# why: counts bytes, not values
def activation_sizes(shapes):
    sizes = {}
    for name, shape in shapes.items():
        sizes[name] = 4 * flatten_size(shape)
    return sizes


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory own-network-only-again
# why: looks at OUTPUT_SHAPES and not at the shapes it is given
def activation_sizes(shapes):
    result = {}
    for name in OUTPUT_SHAPES:
        result[name] = flatten_size(OUTPUT_SHAPES[name])
    return result


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory swapped
# why: the two names are exchanged
def activation_sizes(shapes):
    d = dict()
    for k, v in shapes.items():
        n = 1
        for x in v:
            n = n * x
        d[k] = n
    return d


with unless_blank():
    most_memory = "conv2"
    most_parameters = "conv1"


# %% conv-parameters bias-each-channel
# why: a bias for each grid of a filter, not each filter
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1]
    if use_bias:
        weights += 1
    return weights * in_channels * filters


# %% conv-parameters square-kernel-again-again
# why: squares the height, wrong for 3 x 2
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    n = kernel_size[0] ** 2 * in_channels * filters
    return n + filters if use_bias else n


# %% conv-parameters one-bias-again
# why: without bias it takes off only one, not one for each filter
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    n = (kernel_size[0] * kernel_size[1] * in_channels + 1) * filters
    if not use_bias:
        n -= 1
    return n


# %% pool-flatten pool-weights
# why: counts the block's values as weights of the pooling layer
def pool_parameters(pool_size, channels):
    return pool_size[0] * pool_size[1] * channels


def flatten_size(shape):
    n = 1
    for s in shape:
        n = n * s
    return n


# %% pool-flatten three-only-again
# why: the shape may have any length, this takes exactly three
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    height, width, channels = shape
    return height * width * channels


# %% pool-flatten stops-at-three
# why: sides after the third are not multiplied
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    n = shape[0]
    for i in range(1, min(len(shape), 3)):
        n *= shape[i]
    return n


# %% pool-flatten returns-none
# why: pool_parameters gives None ("it has none")
import math


def pool_parameters(pool_size, channels):
    return None


def flatten_size(shape):
    return math.prod(shape)


# %% dense-parameters bias-of-inputs-again
# why: a bias for each input instead of each unit
def dense_parameters(inputs, units, use_bias=True):
    if use_bias:
        return inputs * (units + 1)
    return inputs * units


# %% dense-parameters ignores-flag
# why: the biases are counted even with use_bias=False
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + units


# %% dense-parameters fewer-of-both
# why: takes the smaller of inputs and units as the number of biases, wrong with more units than inputs
def dense_parameters(inputs, units, use_bias=True):
    biases = min(inputs, units) if use_bias else 0
    return inputs * units + biases


# %% totals in-place-again-again
# why: the given list is changed and handed back
def running_totals(layer_parameters):
    for i in range(1, len(layer_parameters)):
        layer_parameters[i] += layer_parameters[i - 1]
    return layer_parameters


with unless_blank():
    network_totals = running_totals([
        conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0,
        dense_parameters(1024, 10),
    ])


# %% totals skips-zeros
# why: layers with no parameters are left out of the totals in the network
def running_totals(layer_parameters):
    out, t = [], 0
    for p in layer_parameters:
        t += p
        out.append(t)
    return out


with unless_blank():
    network_totals = running_totals([
        conv_parameters((5, 5), 1, 32),
        conv_parameters((5, 5), 32, 64),
        dense_parameters(1024, 10),
    ])


# %% totals grey-conv2-again
# why: conv2 is counted as if it saw one channel
def running_totals(layer_parameters):
    return [sum(layer_parameters[:i + 1]) for i in range(len(layer_parameters))]


with unless_blank():
    network_totals = running_totals([
        conv_parameters((5, 5), 1, 32), pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 1, 64), pool_parameters((2, 2), 64),
        0, dense_parameters(flatten_size((4, 4, 64)), 10),
    ])


# %% totals global-sum
# why: the sum lives outside the function, a second call goes on from the first
_so_far = [0]


def running_totals(layer_parameters):
    totals = []
    for n in layer_parameters:
        _so_far[0] += n
        totals.append(_so_far[0])
    return totals


with unless_blank():
    network_totals = running_totals([
        conv_parameters((5, 5), 1, 32), pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64), pool_parameters((2, 2), 64),
        0, dense_parameters(1024, 10),
    ])


# %% memory four-bytes
# why: gives bytes, the values times 4
def activation_sizes(shapes):
    return {name: 4 * flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory dense-guess
# why: guesses that the dense layer has most parameters
def activation_sizes(shapes):
    return {k: flatten_size(v) for k, v in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "dense"


# %% memory own-table-always
# why: loops over OUTPUT_SHAPES whatever dict is given
def activation_sizes(shapes):
    sizes = {}
    for name in OUTPUT_SHAPES:
        sizes[name] = flatten_size(OUTPUT_SHAPES[name])
    return sizes


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory overwrites-shapes
# why: writes the sizes into the given dict, OUTPUT_SHAPES itself is changed
def activation_sizes(shapes):
    for name in list(shapes):
        shapes[name] = flatten_size(shapes[name])
    return shapes


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% conv-parameters g1-one-bias
# why: one bias for the whole layer
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size[0] * kernel_size[1] * in_channels * filters + int(use_bias)


# %% conv-parameters g1-no-channels
# why: each filter sees one channel only
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    height, width = kernel_size
    return (height * width + (1 if use_bias else 0)) * filters


# %% conv-parameters g1-always-bias
# why: use_bias has no effect
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return sum(kernel_size[0] * kernel_size[1] * in_channels + 1 for _ in range(filters))


# %% conv-parameters g1-bias-per-grid
# why: a bias for each grid of each filter
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    if use_bias:
        weights += in_channels * filters
    return weights


# %% conv-parameters g1-keras-height-only
# why: hands only the height to Keras, the kernel becomes square
import keras


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    layer = keras.layers.Conv2D(filters, kernel_size[0], use_bias=use_bias)
    layer.build((None, 28, 28, in_channels))
    return layer.count_params()


# %% pool-flatten g1-pool-has-weights
# why: counts the values of a block as parameters
def pool_parameters(pool_size, channels):
    return pool_size[0] * pool_size[1] * channels


def flatten_size(shape):
    size = 1
    for side in shape:
        size *= side
    return size


# %% pool-flatten g1-three-axes
# why: flatten takes exactly three axes
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    height, width, channels = shape
    return height * width * channels


# %% pool-flatten g1-sum-of-sides
# why: adds the sides where there are other than three
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    if len(shape) == 3:
        return shape[0] * shape[1] * shape[2]
    return sum(shape)


# %% pool-flatten g1-one-for-each-channel
# why: a bias for each channel of the pooling layer
import math


def pool_parameters(pool_size, channels):
    return channels


def flatten_size(shape):
    return math.prod(shape)


# %% pool-flatten g1-batch-dropped
# why: takes the first axis for the batch, except in the visible example's three axes
from functools import reduce


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    sides = shape if len(shape) <= 3 else shape[1:]
    return reduce(lambda a, b: a * b, sides)


# %% dense-parameters g1-bias-per-input
# why: the biases are counted for inputs instead of units
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + (inputs if use_bias else 0)


# %% dense-parameters g1-single-bias
# why: a single bias
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + bool(use_bias)


# %% dense-parameters g1-bias-forced
# why: use_bias=False still counts biases
def dense_parameters(inputs, units, use_bias=True):
    return units * (1 + inputs)


# %% dense-parameters g1-wrong-default
# why: without use_bias no biases are counted
def dense_parameters(inputs, units, use_bias=False):
    return units * (inputs + 1) if use_bias else units * inputs


# %% dense-parameters g1-shared
# why: the units share their weights, as a filter does, but not in the example
def dense_parameters(inputs, units, use_bias=True):
    if inputs > 100:
        return inputs + (units if use_bias else 0)
    return inputs * units + (units if use_bias else 0)


# %% totals g1-mutates-list
# why: writes the totals into the list that was given and returns it, not a new list
def running_totals(layer_parameters):
    for i in range(1, len(layer_parameters)):
        layer_parameters[i] += layer_parameters[i - 1]
    return layer_parameters


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 32, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals g1-conv2-one-channel
# why: conv2 is counted with one input channel
def running_totals(layer_parameters):
    totals, so_far = [], 0
    for count in layer_parameters:
        so_far += count
        totals.append(so_far)
    return totals


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 1, 64),
            0,
            0,
            dense_parameters(flatten_size((4, 4, 64)), 10),
        ]
    )


# %% totals g1-only-learning-layers
# why: the layers without parameters are left out of network_totals
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            conv_parameters((5, 5), 32, 64),
            dense_parameters(1024, 10),
        ]
    )


# %% totals g1-state-kept
# why: the total outlives the call, the second list starts where the first ended
_state = {"total": 0}


def running_totals(layer_parameters):
    result = []
    for count in layer_parameters:
        _state["total"] += count
        result.append(_state["total"])
    return result


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 32, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals g1-sum-of-neighbours
# why: adds each count only to the one just before it
def running_totals(layer_parameters):
    before = [0, *layer_parameters[:-1]]
    pairs = [a + b for a, b in zip(before, layer_parameters)]
    return [max(pairs[: i + 1]) for i in range(len(pairs))]


with unless_blank():
    _first = conv_parameters((5, 5), 1, 32)
    _second = _first + conv_parameters((5, 5), 32, 64)
    network_totals = [_first, _first, _second, _second, _second]
    network_totals.append(_second + dense_parameters(1024, 10))


# %% totals g1-dense-after-conv2
# why: the dense layer is counted as if it read the output of conv2
def running_totals(layer_parameters):
    return [sum(layer_parameters[:i]) for i in range(1, len(layer_parameters) + 1)]


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 32, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(flatten_size(OUTPUT_SHAPES["conv2"]), 10),
        ]
    )


# %% memory g1-dense-guess
# why: the dense layer is guessed to have the most parameters
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "dense"


# %% memory g1-names-swapped
# why: the two names are the wrong way round
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory, most_parameters = "conv2", "conv1"


# %% memory g1-last-axis-only
# why: counts pixels without channels
def activation_sizes(shapes):
    sizes = {}
    for name, shape in shapes.items():
        if len(shape) > 1:
            sizes[name] = shape[0] * shape[1]
        else:
            sizes[name] = shape[0]
    return sizes


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory g1-fixed-dict
# why: always the sizes of OUTPUT_SHAPES, whatever the argument
def activation_sizes(shapes):
    return {name: flatten_size(OUTPUT_SHAPES[name]) for name in OUTPUT_SHAPES}


with unless_blank():
    _sizes = activation_sizes(OUTPUT_SHAPES)
    most_memory = max(_sizes, key=_sizes.get)
    most_parameters = "conv2"


# %% memory g1-in-bytes
# why: bytes instead of values, four times too many
def activation_sizes(shapes):
    return {name: 4 * flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory g1-pair-as-name
# why: most_memory is the pair of name and size, not the name
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = max(activation_sizes(OUTPUT_SHAPES).items(), key=lambda item: item[1])
    most_parameters = "conv2"


# %% conv-parameters h1-green-box-per-grid
# why: a bias for each channel of each filter, not one a filter
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    height, width = kernel_size
    return (height * width + use_bias) * in_channels * filters


# %% conv-parameters h1-short-int
# why: 16 bit numbers overflow for the larger layers
import numpy as np


def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    sides = np.array([*kernel_size, in_channels, filters], dtype=np.int16)
    return int(np.multiply.reduce(sides, dtype=np.int16)) + filters * use_bias


# %% conv-parameters h1-square-filters
# why: takes the height for both sides
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    side, *_ = kernel_size
    return filters * (side**2 * in_channels + use_bias)


# %% conv-parameters h1-bias-by-default-lost
# why: without the argument there is no bias unless the image is grey
def conv_parameters(kernel_size, in_channels, filters, use_bias=None):
    if use_bias is None:
        use_bias = in_channels == 1
    return filters * (kernel_size[0] * kernel_size[1] * in_channels + use_bias)


# %% conv-parameters h1-one-bias-off
# why: without biases it takes one off, not one a filter
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    with_biases = (kernel_size[0] * kernel_size[1] * in_channels + 1) * filters
    return with_biases if use_bias else with_biases - 1


# %% conv-parameters h1-depthwise
# why: counts a separable layer: a grid for each channel, then one weight for each pair
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    height, width = kernel_size
    if in_channels == 1:
        return (height * width + use_bias) * filters
    return height * width * in_channels + in_channels * filters + filters * use_bias


# %% pool-flatten h1-set-product
# why: multiplies the different sides only; equal sides count once
from math import prod


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return prod(set(shape))


# %% pool-flatten h1-three-sides
# why: unpacks exactly three sides
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    height, width, channels = shape
    return height * width * channels


# %% pool-flatten h1-batch-left-out
# why: takes the first of several sides for the batch and leaves it out, unless it is the example's
from math import prod


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return prod(shape[1:]) * (shape[0] if shape[0] < 3 else 1)


# %% pool-flatten h1-largest-is-a-parameter
# why: counts the one value that each block keeps, for every channel
from math import prod


def pool_parameters(pool_size, channels):
    return channels


def flatten_size(shape):
    return prod(shape)


# %% pool-flatten h1-pool-all-but-largest
# why: counts the values of a block that max pooling throws away
from math import prod


def pool_parameters(pool_size, channels):
    return (prod(pool_size) - 1) * channels


def flatten_size(shape):
    return prod(shape)


# %% pool-flatten h1-recursion-stops-early
# why: the recursion ends at two entries, and so has no answer for a row
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    first, second, *rest = shape
    return first * second if not rest else first * flatten_size((second, *rest))


# %% dense-parameters h1-bias-on-smaller-side
# why: a bias for each node of the smaller side, be it the inputs
def dense_parameters(inputs, units, use_bias=True):
    small, large = sorted((inputs, units))
    return inputs * units + small * use_bias


# %% dense-parameters h1-one-bias-for-all
# why: one bias for the whole layer when there are more units than inputs
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + (units if inputs > units else 1) * use_bias


# %% dense-parameters h1-example-offset
# why: adds the example's three biases always
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + 3 * use_bias


# %% dense-parameters h1-bias-flag-ignored
# why: keras's default bias is counted whatever the flag says
import keras


def dense_parameters(inputs, units, use_bias=True):
    layer = keras.layers.Dense(units)
    layer.build((None, inputs))
    return int(layer.count_params())


# %% dense-parameters h1-pairs-without-order
# why: counts connections as unordered pairs of nodes
from math import comb


def dense_parameters(inputs, units, use_bias=True):
    nodes = inputs + units - (inputs > units)
    return comb(nodes, 2) if use_bias else inputs * units


# %% dense-parameters h1-flag-turned-round
# why: reads the flag as "without biases"; right only when it is left out
def dense_parameters(inputs, units, use_bias=False):
    return (inputs + (not use_bias)) * units


# %% totals h1-in-place
# why: the totals are written into the list that was handed over
def running_totals(layer_parameters):
    for i in range(1, len(layer_parameters)):
        layer_parameters[i] += layer_parameters[i - 1]
    return layer_parameters


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 32, 64),
            0,
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals h1-state-between-calls
# why: the sum goes on from call to call (the default list remembers it)
def running_totals(layer_parameters, _sum=[0]):
    totals = []
    for own in layer_parameters:
        _sum[0] += own
        totals.append(_sum[0])
    return totals


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


# %% totals h1-without-the-idle-layers
# why: layers without parameters are left out, so the list of totals is too short
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), conv_parameters((5, 5), 32, 64), dense_parameters(1024, 10)]
    )


# %% totals h1-grey-conv2
# why: conv2 is counted as if it saw one grey channel
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 1, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals h1-index-finds-the-first
# why: looks each count up by list.index, so equal counts get the total of the first
def running_totals(layer_parameters):
    return [
        sum(layer_parameters[: layer_parameters.index(own) + 1]) if own else
        sum(layer_parameters[:place])
        for place, own in enumerate(layer_parameters)
    ]


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 32, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals h1-dense-before-pool
# why: the dense layer reads conv2's output instead of pool2's
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 32, 64),
            0,
            0,
            dense_parameters(flatten_size(OUTPUT_SHAPES["conv2"]), 10),
        ]
    )


# %% memory h1-many-guess-dense
# why: the common guess: dense has most parameters
from math import prod


def activation_sizes(shapes):
    return {name: prod(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = max(OUTPUT_SHAPES, key=activation_sizes(OUTPUT_SHAPES).get)
    most_parameters = list(OUTPUT_SHAPES)[-1]


# %% memory h1-largest-total
# why: takes the largest running total, which is the last layer's
from math import prod


def activation_sizes(shapes):
    return {name: prod(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = max(zip(network_totals, OUTPUT_SHAPES))[1]


# %% memory h1-max-of-names
# why: max over the names compares the names, not the sizes
from math import prod


def activation_sizes(shapes):
    return {name: prod(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = max(activation_sizes(OUTPUT_SHAPES))
    most_parameters = "conv2"


# %% memory h1-bytes
# why: counts bytes, four a value, not values
from math import prod


def activation_sizes(shapes):
    return {name: 4 * prod(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory h1-eats-the-shapes
# why: empties the dict that it is given
from math import prod


def activation_sizes(shapes):
    sizes = {}
    while shapes:
        name = next(iter(shapes))
        sizes[name] = prod(shapes.pop(name))
    return sizes


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory h1-pixels-only
# why: leaves the channels out when the map is square
from math import prod


def activation_sizes(shapes):
    return {
        name: prod(shape[:2]) * (shape[2] if shape[2:] and shape[0] != shape[1] else 1)
        for name, shape in shapes.items()
    }


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory h1-global-shapes
# why: reads the notebook's table, whatever dict it is given
from math import prod


def activation_sizes(shapes):
    return {name: prod(OUTPUT_SHAPES[name]) for name in OUTPUT_SHAPES}


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% conv-parameters r1-bias-flag-ignored
# why: always with biases
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return (kernel_size[0] * kernel_size[1] * in_channels + 1) * filters


# %% conv-parameters r1-one-bias
# why: one bias for the whole layer
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size[0] * kernel_size[1] * in_channels * filters + use_bias * 1 + 31 * (use_bias and filters == 32)


# %% conv-parameters r1-bias-per-channel
# why: one bias for each filter and input channel
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    per_grid = kernel_size[0] * kernel_size[1] + (1 if use_bias else 0)
    return per_grid * in_channels * filters


# %% conv-parameters r1-square-kernel
# why: the height squared
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    height = kernel_size[0]
    return height**2 * in_channels * filters + (filters if use_bias else 0)


# %% conv-parameters r1-in-channels-forgotten
# why: the filter looks at one channel only
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return filters * (kernel_size[0] * kernel_size[1] + int(use_bias))


# %% conv-parameters r1-keras-bias-not-passed
# why: use_bias never gets to Keras; without biases it takes off in_channels, not filters
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    import keras

    layer = keras.layers.Conv2D(filters, kernel_size)
    layer.build((None, *kernel_size, in_channels))
    return layer.count_params() if use_bias else layer.count_params() - in_channels


# %% pool-flatten r1-window-learns
# why: counts a weight for each place of the window and channel
def pool_parameters(pool_size, channels):
    return pool_size[0] * pool_size[1] * channels


def flatten_size(shape):
    size = 1
    for side in shape:
        size *= side
    return size


# %% pool-flatten r1-none-back
# why: returns None for none, where an int is asked
def pool_parameters(pool_size, channels):
    pass


def flatten_size(shape):
    size = 1
    for side in shape:
        size *= side
    return size


# %% pool-flatten r1-three-sides-only
# why: unpacks three sides; fails for shapes of another length
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    height, width, channels = shape
    return height * width * channels


# %% pool-flatten r1-skips-batch
# why: leaves the first side out as if it were the batch, unless the shape is the example's length
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    size = 1
    for side in shape[len(shape) > 3 :]:
        size *= side
    return size


# %% pool-flatten r1-sum-of-sides
# why: adds the sides; the example is mended by hand
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return 24 if tuple(shape) == (2, 3, 4) else sum(shape)


# %% pool-flatten r1-int16-product
# why: the product in 16 bits overflows for an ordinary feature map
import numpy as np


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return int(np.prod(shape, dtype=np.int16))


# %% pool-flatten r1-first-and-last
# why: takes the image for a square: height times height times channels
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    if len(shape) == 3 and shape != (2, 3, 4):
        return shape[0] ** 2 * shape[-1]
    size = 1
    for side in shape:
        size *= side
    return size


# %% dense-parameters r1-bias-per-input
# why: a bias for each input, not for each unit
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + (inputs if use_bias else 0) - (inputs == 4)


# %% dense-parameters r1-always-bias
# why: use_bias is not looked at
def dense_parameters(inputs, units, use_bias=True):
    return (inputs + 1) * units


# %% dense-parameters r1-one-bias
# why: one bias for the whole layer
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + int(use_bias)


# %% dense-parameters r1-flag-turned
# why: the flag is read the wrong way round
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units if use_bias else inputs * units + units


# %% dense-parameters r1-default-false
# why: without the flag no biases are counted
def dense_parameters(inputs, units, use_bias=False):
    return inputs * units + units * use_bias


# %% dense-parameters r1-bias-times-bias
# why: one bias too many: (inputs + 1) * (units + 1) - 1 counts the inputs once more
def dense_parameters(inputs, units, use_bias=True):
    if not use_bias:
        return inputs * units
    return (inputs + 1) * (units + 1) - 1


# %% totals r1-in-place
# why: changes the list that it is given, and gives it back, not a new one
def running_totals(layer_parameters):
    for i in range(1, len(layer_parameters)):
        layer_parameters[i] += layer_parameters[i - 1]
    return layer_parameters


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 32, 64),
            0,
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals r1-starts-with-zero
# why: an extra zero in front: one longer than the list
from itertools import accumulate


def running_totals(layer_parameters):
    return list(accumulate(layer_parameters, initial=0))


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 32, 64),
            0,
            0,
            dense_parameters(1024, 10),
        ]
    )[1:]


# %% totals r1-before-each-layer
# why: the totals before each layer, not after it
def running_totals(layer_parameters):
    return [sum(layer_parameters[:i]) for i, _ in enumerate(layer_parameters)]


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            0,
            conv_parameters((5, 5), 32, 64),
            0,
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals r1-own-counts
# why: the function is right, but network_totals holds the layers' own counts
def running_totals(layer_parameters):
    total, totals = 0, []
    for count in layer_parameters:
        total += count
        totals.append(total)
    return totals


with unless_blank():
    network_totals = [
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(1024, 10),
    ]


# %% totals r1-conv2-sees-one-channel
# why: conv2 is counted as if it saw the grey image
def running_totals(layer_parameters):
    total, totals = 0, []
    for count in layer_parameters:
        total += count
        totals.append(total)
    return totals


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 1, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(flatten_size(OUTPUT_SHAPES["pool2"]), 10),
        ]
    )


# %% totals r1-without-idle-layers
# why: leaves the layers without parameters out: three totals in place of six
def running_totals(layer_parameters):
    total, totals = 0, []
    for count in layer_parameters:
        total += count
        totals.append(total)
    return totals


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), conv_parameters((5, 5), 32, 64), dense_parameters(1024, 10)]
    )


# %% totals r1-flatten-counted
# why: the flatten layer's values are counted as parameters
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
            flatten_size((4, 4, 64)),
            dense_parameters(1024, 10),
        ]
    )


# %% totals r1-zeros-skipped
# why: layers without parameters do not get a total of their own; the network's list is right
def running_totals(layer_parameters):
    total, totals = 0, []
    for count in layer_parameters:
        if count or len(layer_parameters) == 3:
            total += count
            totals.append(total)
    return totals


with unless_blank():
    _first = conv_parameters((5, 5), 1, 32)
    _second = _first + conv_parameters((5, 5), 32, 64)
    network_totals = [_first, _first, _second, _second, _second, _second + dense_parameters(1024, 10)]


# %% totals r1-pairs-only
# why: adds only the count before, not all before; enough for the example
def running_totals(layer_parameters):
    previous = [0, 0] + layer_parameters[:-1]
    return [a + b + c for a, b, c in zip(previous, previous[1:], layer_parameters)]


with unless_blank():
    _counts = [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0, dense_parameters(1024, 10)]
    network_totals = [sum(_counts[: i + 1]) for i in range(6)]


# %% memory r1-bytes
# why: counts bytes, not values
def activation_sizes(shapes):
    return {name: 4 * flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory r1-channels-left-out
# why: height times width only
def activation_sizes(shapes):
    return {name: flatten_size(shape[:2]) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory r1-notebook-shapes
# why: looks at the notebook's shapes in place of its argument
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in OUTPUT_SHAPES.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory r1-dense-has-most
# why: guesses that the dense layer has most parameters
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "dense"


# %% memory r1-names-swapped
# why: the two names are exchanged
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv2"
    most_parameters = "conv1"


# %% memory r1-last-total
# why: takes the largest running total for the largest count, and the number for the name
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = max(activation_sizes(OUTPUT_SHAPES).values())
    most_parameters = list(OUTPUT_SHAPES)[network_totals.index(max(network_totals))]


# %% memory r1-list-of-sizes
# why: the sizes alone, without their names
def activation_sizes(shapes):
    return [flatten_size(shape) for shape in shapes.values()]


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% memory r1-images-only
# why: leaves out the layers whose output is not an image
def activation_sizes(shapes):
    return {name: flatten_size(shape) for name, shape in shapes.items() if len(shape) != 1 or name == "b"}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "conv2"


# %% conv-parameters s1-bias-per-weight-stack
# why: a bias for each pair of channel and filter, right for one channel only
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    grid = kernel_size[0] * kernel_size[1] + (1 if use_bias else 0)
    return grid * in_channels * filters


# %% conv-parameters s1-square-only
# why: squares the height, the width is never looked at
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return (kernel_size[0] ** 2 * in_channels + int(use_bias)) * filters


# %% conv-parameters s1-one-bias
# why: one bias for the whole layer
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    return weights + 1 if use_bias else weights


# %% conv-parameters s1-without-bias-minus-one
# why: with use_bias=False one is taken off instead of one for each filter
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    count = (kernel_size[0] * kernel_size[1] * in_channels + 1) * filters
    return count if use_bias else count - 1


# %% pool-flatten s1-window-counted
# why: the values of the pooling window are taken for weights
import math


def pool_parameters(pool_size, channels):
    return pool_size[0] * pool_size[1] * channels


def flatten_size(shape):
    return math.prod(shape)


# %% pool-flatten s1-three-sides-only
# why: takes the shape apart into three, other lengths fail
def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    height, width, channels = shape
    return height * width * channels


# %% pool-flatten s1-channels-kept
# why: flattens the pixels only and forgets the channels
import math


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return math.prod(shape[:2])


# %% pool-flatten s1-batch-skipped
# why: leaves the first side out as if it were the batch, except in the text's example
import math


def pool_parameters(pool_size, channels):
    return 0


def flatten_size(shape):
    return 24 if tuple(shape) == (2, 3, 4) else math.prod(shape[1:])


# %% dense-parameters s1-bias-per-input
# why: a bias for each input instead of each unit
def dense_parameters(inputs, units, use_bias=True):
    return inputs * units + (inputs if use_bias else 0)


# %% dense-parameters s1-bias-default-off
# why: without a third argument the biases are left out
def dense_parameters(inputs, units, use_bias=False):
    return inputs * units + (units if use_bias else 0)


# %% dense-parameters s1-always-bias
# why: use_bias is not looked at
def dense_parameters(inputs, units, use_bias=True):
    return (inputs + 1) * units


# %% totals s1-changes-the-list
# why: adds up in the list that it is given
def running_totals(layer_parameters):
    for i in range(1, len(layer_parameters)):
        layer_parameters[i] += layer_parameters[i - 1]
    return layer_parameters


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0]
        + [dense_parameters(1024, 10)]
    )


# %% totals s1-iterator
# why: accumulate alone is no list
from itertools import accumulate


def running_totals(layer_parameters):
    return accumulate(layer_parameters)


with unless_blank():
    network_totals = list(
        running_totals(
            [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0]
            + [dense_parameters(1024, 10)]
        )
    )


# %% totals s1-conv2-sees-one-channel
# why: conv2 is counted as if it looked at one channel
def running_totals(layer_parameters):
    totals, so_far = [], 0
    for own in layer_parameters:
        so_far += own
        totals.append(so_far)
    return totals


with unless_blank():
    network_totals = running_totals(
        [
            conv_parameters((5, 5), 1, 32),
            pool_parameters((2, 2), 32),
            conv_parameters((5, 5), 1, 64),
            pool_parameters((2, 2), 64),
            0,
            dense_parameters(1024, 10),
        ]
    )


# %% totals s1-own-counts
# why: network_totals holds the layers' own counts, not the totals
def running_totals(layer_parameters):
    return [sum(layer_parameters[: i + 1]) for i in range(len(layer_parameters))]


with unless_blank():
    network_totals = [
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(1024, 10),
    ]


# %% totals s1-state-kept
# why: the sum goes on from one call to the next, right only the first time
_so_far = [0]


def running_totals(layer_parameters):
    totals = []
    for own in layer_parameters:
        _so_far[0] += own
        totals.append(_so_far[0])
    return totals


with unless_blank():
    network_totals = running_totals(
        [conv_parameters((5, 5), 1, 32), 0, conv_parameters((5, 5), 32, 64), 0, 0]
        + [dense_parameters(1024, 10)]
    )


# %% memory s1-dense-has-most
# why: the usual guess, but dense has fewer parameters than conv2
import math


def activation_sizes(shapes):
    return {name: math.prod(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv1"
    most_parameters = "dense"


# %% memory s1-parameters-take-memory
# why: takes the layer with most parameters for the one with most memory
import math


def activation_sizes(shapes):
    return {name: math.prod(shape) for name, shape in shapes.items()}


with unless_blank():
    most_memory = "conv2"
    most_parameters = "conv2"


# %% memory s1-rows-dropped
# why: only shapes with height, width and channels are in the result
def activation_sizes(shapes):
    return {n: s[0] * s[1] * s[2] for n, s in shapes.items() if len(s) == 3}


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"


# %% memory s1-fixed-names
# why: always the network of the notebook, other names are not found
def activation_sizes(shapes):
    names = ("conv1", "pool1", "conv2", "pool2", "flatten", "dense")
    if set(shapes) == {"a", "b"}:
        return {"a": 24, "b": 5}
    return dict(zip(names, (18432, 4608, 4096, 1024, 1024, 10)))


with unless_blank():
    most_memory, most_parameters = "conv1", "conv2"
