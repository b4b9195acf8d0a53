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


# %% conv-parameters use-bias-ignored
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size[0] * kernel_size[1] * in_channels * filters + filters


# %% pool-flatten pool-counted
def pool_parameters(pool_size, channels):
    return pool_size[0] * pool_size[1] * channels


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


# %% pool-flatten flatten-tuple
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


# %% dense-parameters use-bias-ignored
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


# %% totals totals-array
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

# %% memory no-such-layer
most_memory = "Conv1 "
most_parameters = "conv2"

# %% memory parameters-named-memory
most_memory = "conv1"
most_parameters = "conv1"

# %% memory dense-largest
most_memory = "conv1"
most_parameters = "dense"

# %% memory parameters-wrong-layer
most_memory = "conv1"
most_parameters = "pool2"
