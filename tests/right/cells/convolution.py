# Right answers to assignment 1, Convolution, other than the solution's.

# %% window recursive
def conv_output_size(size, kernel):
    return 1 if size == kernel else 1 + conv_output_size(size - 1, kernel)


# %% window lambda
conv_output_size = lambda size, kernel: 1 + size - kernel


# %% window numpy-integer [forms]
def conv_output_size(size, kernel):
    return np.int64(size) - np.int32(kernel) + np.int8(1)


# %% window zero-dimensional-array [forms]
def conv_output_size(size, kernel):
    return np.array(size - kernel + 1)


# %% window counts-starts
def conv_output_size(*sides):
    size, kernel = sides
    return sum(1 for start in range(size) if start + kernel <= size)


# %% stride length-of-a-range
def strided_output_size(size, kernel, stride):
    return len(range(0, size - kernel + 1, stride))


# %% stride while-loop
def strided_output_size(size, kernel, stride):
    start = positions = 0
    while start + kernel <= size:
        positions += 1
        start += stride
    return positions


# %% stride ceil-of-starts
import math


def strided_output_size(size, kernel, stride):
    return math.ceil((size - kernel + 1) / stride)


# %% stride rounded-and-made-whole
def strided_output_size(size, kernel, stride):
    return int(np.floor((size - kernel) / stride + 1))


# %% stride object-with-call
class Positions:
    """A function that is an object, with the number of its steps kept as an attribute."""

    def __init__(self, first=1):
        self.first = first

    def __call__(self, size, kernel, stride):
        steps, _ = divmod(size - kernel, stride)
        return self.first + steps


strided_output_size = Positions()


# %% padding match
def padded_output_size(size, kernel, stride, padding):
    match padding:
        case "valid":
            starts = range(0, size - kernel + 1, stride)
        case "same":
            starts = range(0, size, stride)
    return len(starts)


# %% padding table-of-lambdas
import math

RULES = {
    "SAME": lambda size, kernel, stride: math.ceil(size / stride),
    "VALID": lambda size, kernel, stride: math.floor((size - kernel) / stride) + 1,
}


def padded_output_size(size, kernel, stride, padding="valid"):
    return RULES[padding.upper()](stride=stride, kernel=kernel, size=size)


# %% padding as-wide-as-one
def padded_output_size(size, kernel, stride, padding):
    """With "same" there are as many positions as a window of one pixel has."""
    return (size - (kernel if padding == "valid" else 1) + stride) // stride


# %% output-shape keras
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    import keras

    layer = keras.layers.Conv2D(filters, kernel_size, strides=strides, padding=padding)
    return layer.compute_output_shape((None, *input_shape))[1:]


# %% output-shape list [forms]
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    shape = []
    for size, kernel, stride in zip(input_shape, kernel_size, strides):
        room = size if padding == "same" else size - kernel + 1
        shape.append(-(-room // stride))
    shape.append(filters)
    return shape


# %% output-shape numpy-integers [forms]
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sizes, kernels = np.array(input_shape[:2]), np.array(kernel_size)
    room = sizes - (kernels if padding == "valid" else 1)
    return (*(room // strides + 1), filters)


# %% output-shape own-earlier-answer
from functools import partial


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    side = partial(padded_output_size, padding=padding)
    return (*map(side, input_shape[:2], kernel_size, strides), filters)


# %% same-padding divmod
def same_padding(size, kernel, stride):
    last_start = (size - 1) // stride * stride
    half, odd = divmod(max(last_start + kernel - size, 0), 2)
    return half, half + odd


# %% same-padding one-zero-at-a-time
import math


def same_padding(size, kernel, stride):
    ends = [0, 0]
    while (size + sum(ends) - kernel) // stride + 1 < math.ceil(size / stride):
        ends[1 if ends[0] == ends[1] else 0] += 1
    return tuple(ends)


# %% same-padding remainder [forms]
def same_padding(size, kernel, stride):
    # The rule in TensorFlow's documentation.
    total = kernel - stride if size % stride == 0 else kernel - size % stride
    total = np.maximum(total, 0)
    return [total // 2, total - total // 2]


# %% zero-padding np-pad
def zero_pad(image, top, bottom, left, right):
    return np.pad(image, [(top, bottom), (left, right), (0, 0)])


# %% zero-padding stacked
def zero_pad(image, top, bottom, left, right):
    def zeros(rows, columns):
        return np.zeros((rows, columns, image.shape[-1]), dtype=image.dtype)

    height = image.shape[0]
    middle = np.hstack([zeros(height, left), image, zeros(height, right)])
    width = middle.shape[1]
    return np.vstack([zeros(top, width), middle, zeros(bottom, width)])


# %% zero-padding pixel-by-pixel
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    shape = (height + top + bottom, width + left + right, channels)
    padded = np.zeros(shape, image.dtype)
    for row, column, channel in np.ndindex(*image.shape):
        padded[row + top, column + left, channel] = image[row, column, channel]
    return padded


# %% zero-padding keras-layer [forms]
def zero_pad(image, top, bottom, left, right):
    import keras

    layer = keras.layers.ZeroPadding2D(((top, bottom), (left, right)), dtype=str(image.dtype))
    return layer(image[None])[0]


# %% convolve six-loops
from itertools import product


def convolve(image, kernels, bias, strides=(1, 1)):
    kernel_height, kernel_width, channels, filters = kernels.shape
    rows = (image.shape[0] - kernel_height) // strides[0] + 1
    columns = (image.shape[1] - kernel_width) // strides[1] + 1
    output = np.empty((rows, columns, filters))
    for row, column, f in product(range(rows), range(columns), range(filters)):
        total = bias[f]
        for i, j, c in product(range(kernel_height), range(kernel_width), range(channels)):
            total += image[row * strides[0] + i, column * strides[1] + j, c] * kernels[i, j, c, f]
        output[row, column, f] = total
    return output


# %% convolve sliding-windows-einsum
def convolve(image, kernels, bias, strides=(1, 1)):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    return np.einsum("rcdij,ijdf->rcf", windows[:: strides[0], :: strides[1]], kernels) + bias


# %% convolve im2col-matmul
def windows_as_rows(image, height, width, strides):
    """Each window as one row of a matrix, and how many rows and columns of windows there are."""
    rows = range(0, image.shape[0] - height + 1, strides[0])
    columns = range(0, image.shape[1] - width + 1, strides[1])
    windows = [image[r : r + height, c : c + width].ravel() for r in rows for c in columns]
    return np.array(windows), len(rows), len(columns)


def convolve(image, kernels, bias, strides=(1, 1)):
    matrix, rows, columns = windows_as_rows(image, *kernels.shape[:2], strides)
    output = matrix @ kernels.reshape(-1, kernels.shape[-1]) + bias
    return output.reshape(rows, columns, -1)


# %% convolve as-strided
def convolve(image, kernels, bias, strides=(1, 1)):
    image = np.ascontiguousarray(image)
    (down, right, deep), (step_down, step_right) = image.strides, strides
    rows = (image.shape[0] - kernels.shape[0]) // step_down + 1
    columns = (image.shape[1] - kernels.shape[1]) // step_right + 1
    windows = np.lib.stride_tricks.as_strided(
        image,
        (rows, columns, *kernels.shape[:3]),
        (down * step_down, right * step_right, down, right, deep),
    )
    return np.tensordot(windows, kernels, axes=3) + bias


# %% convolve sum-of-shifted-images
def convolve(image, kernels, bias, strides=(1, 1)):
    kernel_height, kernel_width = kernels.shape[:2]
    output = bias
    for i, j in np.ndindex(kernel_height, kernel_width):
        below = image.shape[0] - kernel_height + i + 1
        beyond = image.shape[1] - kernel_width + j + 1
        output = output + image[i : below : strides[0], j : beyond : strides[1]] @ kernels[i, j]
    return output


# %% convolve keras-ops [forms]
def convolve(image, kernels, bias, strides=(1, 1)):
    from keras import ops

    return ops.conv(image[None], kernels, strides=strides, padding="valid")[0] + bias


# %% sharing lambdas
import math

shared_parameters = lambda kernel_size, in_channels=1: math.prod(kernel_size) * in_channels + 1
unshared_weights = lambda input_shape, kernel_size: (
    math.prod((*kernel_size, input_shape[2]))
    * math.prod(n - k + 1 for n, k in zip(input_shape, kernel_size))
)


# %% sharing sizes-of-arrays
def shared_parameters(*given):
    return np.zeros((*given[0], *given[1:])).size + np.size(0.0)


def unshared_weights(shape, kernel):
    image = np.zeros(shape)
    return np.lib.stride_tricks.sliding_window_view(image, (*kernel, shape[-1])).size


# %% sharing keras-and-loops
from functools import lru_cache


@lru_cache
def shared_parameters(kernel_size, in_channels=1):
    """As Keras counts the layer."""
    import keras

    layer = keras.layers.Conv2D(1, kernel_size)
    layer.build((None, None, None, in_channels))
    return layer.count_params()


def unshared_weights(input_shape, kernel_size):
    count = 0
    for _row in range(input_shape[0] - kernel_size[0] + 1):
        for _column in range(input_shape[1] - kernel_size[1] + 1):
            count += shared_parameters(tuple(kernel_size), input_shape[2]) - 1
    return count


# %% output-shape named-tuple [forms]
from collections import namedtuple

LayerShape = namedtuple("LayerShape", "height width channels")


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, _ = input_shape
    return LayerShape(
        padded_output_size(height, kernel_size[0], strides[0], padding),
        padded_output_size(width, kernel_size[1], strides[1], padding),
        filters,
    )


# %% output-shape tensor-shape [forms]
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    import tensorflow as tf

    sides = (
        padded_output_size(side, kernel, stride, padding)
        for side, kernel, stride in zip(input_shape, kernel_size, strides)
    )
    return tf.TensorShape([*sides, filters])


# %% window numpy-int [forms]
def conv_output_size(size, kernel):
    return np.int64(size) - np.int64(kernel) + np.int64(1)


# %% convolve longdouble [forms]
def convolve(image, kernels, bias, strides=(1, 1)):
    height, width, _, filters = kernels.shape
    rows = strided_output_size(image.shape[0], height, strides[0])
    columns = strided_output_size(image.shape[1], width, strides[1])
    output = np.zeros((rows, columns, filters), dtype=np.longdouble)
    for row in range(rows):
        for column in range(columns):
            top, left = row * strides[0], column * strides[1]
            window = image[top : top + height, left : left + width, :, None]
            output[row, column] = (window * kernels).sum(axis=(0, 1, 2)) + bias
    return output


# %% convolve float32 [forms]
def convolve(image, kernels, bias, strides=(1, 1)):
    height, width = kernels.shape[:2]
    views = np.lib.stride_tricks.sliding_window_view(image, (height, width), axis=(0, 1))
    views = views[:: strides[0], :: strides[1]]
    return np.einsum("rcdhw,hwdf->rcf", views, kernels).astype(np.float32) + bias


# %% stride numpy-integer [forms]
def strided_output_size(size, kernel, stride):
    return np.floor_divide(size - kernel, stride, dtype=np.int32) + np.int32(1)


# %% padding zero-dimensional-array [forms]
def padded_output_size(size, kernel, stride, padding):
    room = size if padding == "same" else size - kernel + 1
    return np.array(-(-room // stride))


# %% sharing numpy-integers [forms]
def shared_parameters(kernel_size, in_channels=1):
    return np.prod(kernel_size) * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    positions = np.subtract(input_shape[:2], kernel_size) + 1
    return np.prod(positions) * np.prod(kernel_size) * np.uint16(input_shape[2])
