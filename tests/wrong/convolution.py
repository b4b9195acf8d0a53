"""Wrong solutions of assignment 1, Convolution."""

import math

import numpy as np

from tests.answers import Catalogue

WRONG = Catalogue("convolution")


@WRONG("window", "no-plus-one")
def conv_output_size(size, kernel):
    return size - kernel


@WRONG("stride", "no-plus-one")
def strided_output_size(size, kernel, stride):
    return (size - kernel) // stride


@WRONG("stride", "ceil")
def strided_output_size(size, kernel, stride):
    return math.ceil((size - kernel) / stride) + 1


@WRONG("stride", "true-division")
def strided_output_size(size, kernel, stride):
    return (size - kernel) / stride + 1


@WRONG("stride", "stride-ignored")
def strided_output_size(size, kernel, stride):
    return size - kernel + 1


def _valid(size, kernel, stride):
    return (size - kernel) // stride + 1


@WRONG("padding", "padding-ignored")
def padded_output_size(size, kernel, stride, padding):
    return _valid(size, kernel, stride)


@WRONG("padding", "same-floor")
def padded_output_size(size, kernel, stride, padding):
    return _valid(size, kernel, stride) if padding == "valid" else size // stride


@WRONG("padding", "same-keeps-size")
def padded_output_size(size, kernel, stride, padding):
    return _valid(size, kernel, stride) if padding == "valid" else size


@WRONG("padding", "same-symmetric")
def padded_output_size(size, kernel, stride, padding):
    around = (kernel - 1) // 2 if padding == "same" else 0
    return _valid(size + 2 * around, kernel, stride)


@WRONG("padding", "stride-ignored")
def padded_output_size(size, kernel, stride, padding):
    return size - kernel + 1 if padding == "valid" else size


@WRONG("padding", "no-plus-one")
def padded_output_size(size, kernel, stride, padding):
    return (size - kernel) // stride if padding == "valid" else math.ceil(size / stride)


def _side(size, kernel, stride, padding):
    return _valid(size, kernel, stride) if padding == "valid" else -(-size // stride)


def _shape(input_shape, filters, kernel, strides, padding):
    rows = _side(input_shape[0], kernel[0], strides[0], padding)
    return rows, _side(input_shape[1], kernel[1], strides[1], padding), filters


@WRONG("output-shape", "kernel-swapped")
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return _shape(input_shape, filters, kernel_size[::-1], strides, padding)


@WRONG("output-shape", "stride-swapped")
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return _shape(input_shape, filters, kernel_size, strides[::-1], padding)


@WRONG("output-shape", "output-swapped")
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    rows, columns, _ = _shape(input_shape, filters, kernel_size, strides, padding)
    return columns, rows, filters


@WRONG("output-shape", "channels-first")
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    rows, columns, _ = _shape(input_shape, filters, kernel_size, strides, padding)
    return filters, rows, columns


@WRONG("output-shape", "channels-kept")
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return _shape(input_shape, input_shape[2], kernel_size, strides, padding)


@WRONG("output-shape", "stride-ignored")
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return _shape(input_shape, filters, kernel_size, (1, 1), padding)


@WRONG("output-shape", "no-plus-one")
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    rows, columns, _ = _shape(input_shape, filters, kernel_size, strides, padding)
    less = 1 if padding == "valid" else 0
    return rows - less, columns - less, filters


def _total(size, kernel, stride):
    return (math.ceil(size / stride) - 1) * stride + kernel - size


@WRONG("same-padding", "same-symmetric")
def same_padding(size, kernel, stride):
    return (kernel - 1) // 2, (kernel - 1) // 2


@WRONG("same-padding", "same-extra-before")
def same_padding(size, kernel, stride):
    total = max(0, _total(size, kernel, stride))
    return total - total // 2, total // 2


@WRONG("same-padding", "same-stride-forgotten")
def same_padding(size, kernel, stride):
    return (kernel - 1) // 2, kernel - 1 - (kernel - 1) // 2


@WRONG("same-padding", "same-negative")
def same_padding(size, kernel, stride):
    total = _total(size, kernel, stride)
    return total // 2, total - total // 2


@WRONG("zero-padding", "pad-swapped")
def zero_pad(image, top, bottom, left, right):
    return np.pad(image, ((left, right), (top, bottom), (0, 0)))


@WRONG("zero-padding", "pad-ends-swapped")
def zero_pad(image, top, bottom, left, right):
    return np.pad(image, ((bottom, top), (right, left), (0, 0)))


def _layer(image, kernels, strides):
    kh, kw, _, filters = kernels.shape
    rows = _valid(image.shape[0], kh, strides[0])
    columns = _valid(image.shape[1], kw, strides[1])
    out = np.zeros((rows, columns, filters))
    for row in range(rows):
        for column in range(columns):
            top, left = row * strides[0], column * strides[1]
            window = image[top : top + kh, left : left + kw, :, None]
            out[row, column] = (window * kernels).sum(axis=(0, 1, 2))
    return out


@WRONG("convolve", "bias-forgotten")
def convolve(image, kernels, bias, strides=(1, 1)):
    return _layer(image, kernels, strides)


@WRONG("convolve", "kernel-flipped")
def convolve(image, kernels, bias, strides=(1, 1)):
    return _layer(image, kernels[::-1, ::-1], strides) + bias


@WRONG("convolve", "input-channels-forgotten")
def convolve(image, kernels, bias, strides=(1, 1)):
    return _layer(image[:, :, :1], kernels[:, :, :1], strides) + bias


@WRONG("convolve", "stride-ignored")
def convolve(image, kernels, bias, strides=(1, 1)):
    return _layer(image, kernels, (1, 1)) + bias


@WRONG("convolve", "stride-swapped")
def convolve(image, kernels, bias, strides=(1, 1)):
    return _layer(image, kernels, strides[::-1]) + bias


@WRONG("convolve", "output-swapped")
def convolve(image, kernels, bias, strides=(1, 1)):
    return (_layer(image, kernels, strides) + bias).swapaxes(0, 1)


@WRONG("convolve", "channels-first")
def convolve(image, kernels, bias, strides=(1, 1)):
    return np.moveaxis(_layer(image, kernels, strides) + bias, -1, 0)


@WRONG("sharing", "bias-forgotten")
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels


@WRONG("sharing", "input-channels-forgotten")
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] + 1


def _positions(input_shape, kernel):
    return (input_shape[0] - kernel[0] + 1) * (input_shape[1] - kernel[1] + 1)


@WRONG("sharing", "bias-counted")
def unshared_weights(input_shape, kernel_size):
    weights = kernel_size[0] * kernel_size[1] * input_shape[2]
    return _positions(input_shape, kernel_size) * (weights + 1)


@WRONG("sharing", "positions-everywhere")
def unshared_weights(input_shape, kernel_size):
    return math.prod(input_shape) * kernel_size[0] * kernel_size[1]


@WRONG("sharing", "one-kernel")
def unshared_weights(input_shape, kernel_size):
    return kernel_size[0] * kernel_size[1] * input_shape[2]


@WRONG("sharing", "input-channels-forgotten")
def unshared_weights(input_shape, kernel_size):
    return _positions(input_shape, kernel_size) * kernel_size[0] * kernel_size[1]


@WRONG("sharing", "no-plus-one")
def unshared_weights(input_shape, kernel_size):
    less = (input_shape[0] - 1, input_shape[1] - 1)
    return _positions(less, kernel_size) * kernel_size[0] * kernel_size[1] * input_shape[2]
