# Right answers to assignment 1, written from its released notebook alone.

# %% window count-starts-by-loop
# right by: naive count of the starts whose last pixel is still on the row
def conv_output_size(size, kernel):
    start = 0
    count = 0
    while start + kernel - 1 <= size - 1:
        count += 1
        start += 1
    return count


# %% window range-membership
# right by: generator expression that tests every start for room
def conv_output_size(size, kernel):
    row = range(size)
    return sum(1 for first in row if first + kernel - 1 in row)


# %% window sliding-window-view
# right by: letting numpy lay the windows over a row and asking how many there are
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv_output_size(size, kernel):
    return sliding_window_view(np.zeros(size, dtype=np.uint8), kernel).shape[0]


# %% window successor-lambda
# right by: bit trick in a lambda, size - kernel + 1 == size + ~kernel + 2
conv_output_size = lambda size, kernel: size + ~kernel + 2


# %% window np-convolve-length
# right by: length of numpy's "valid" convolution of two rows of ones
import numpy as np


def conv_output_size(size, kernel):
    return len(np.convolve(np.ones(size), np.ones(kernel), mode="valid"))


# %% stride len-of-range
# right by: length of the range of starts
def strided_output_size(size, kernel, stride):
    return len(range(0, size - kernel + 1, stride))


# %% stride ceil-of-unit-positions
# right by: the positions of stride 1, every stride-th kept, rounded up with negative floor division
def strided_output_size(size, kernel, stride):
    return -(-conv_output_size(size, kernel) // stride)


# %% stride keras-conv1d
# right by: asking a Keras layer for its output shape
import keras


def strided_output_size(size, kernel, stride):
    layer = keras.layers.Conv1D(filters=1, kernel_size=kernel, strides=stride)
    return int(layer.compute_output_shape((None, size, 1))[1])


# %% stride bisection
# right by: recursive bisection for the largest number of positions that still fits
def strided_output_size(size, kernel, stride):
    def fits(positions):
        return (positions - 1) * stride + kernel <= size

    def search(low, high):  # low fits, high does not
        if high - low == 1:
            return low
        middle = (low + high) // 2
        return search(middle, high) if fits(middle) else search(low, middle)

    return search(1, size + 2)


# %% stride divmod-closure
# right by: divmod in a closure that is made once
def _make_counter():
    def count(size, kernel, stride):
        steps, _left_over = divmod(size - kernel, stride)
        return steps + 1

    return count


strided_output_size = _make_counter()


# %% padding dictionary-of-lambdas
# right by: a table from the padding's name to its rule
_RULES = {
    "valid": lambda size, kernel, stride: (size - kernel + stride) // stride,
    "same": lambda size, kernel, stride: (size + stride - 1) // stride,
}


def padded_output_size(size, kernel, stride, padding):
    return _RULES[padding](size, kernel, stride)


# %% padding slices-of-a-range
# right by: slicing the pixel numbers by the stride and counting
def padded_output_size(size, kernel, stride, padding):
    pixels = range(size)
    starts = pixels[::stride]
    if padding == "valid":
        starts = [start for start in starts if start + kernel <= size]
    return len(starts)


# %% padding keras-layer
# right by: asking a Keras convolution for its output shape
import keras


def padded_output_size(size, kernel, stride, padding):
    layer = keras.layers.Conv2D(1, (kernel, 1), strides=(stride, 1), padding=padding)
    return int(layer.compute_output_shape((1, size, 1, 1))[1])


# %% padding match-statement-ceil
# right by: match statement, ceil by divmod and bool
def padded_output_size(size, kernel, stride, padding):
    match padding:
        case "same":
            whole, rest = divmod(size, stride)
            return whole + (1 if rest else 0)
        case "valid":
            return strided_output_size(size, kernel, stride)
        case _:
            raise ValueError(padding)


# %% padding shrink-kernel-to-one
# right by: "same" has as many positions as a window of one pixel without padding
def padded_output_size(size, kernel, stride, padding):
    return strided_output_size(size, 1 if padding.lower() == "same" else kernel, stride)


# %% output-shape zip-generator
# right by: one zip over both sides, star-unpacked into the tuple
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    *sides, _channels = input_shape
    return (
        *(padded_output_size(n, k, s, padding) for n, k, s in zip(sides, kernel_size, strides)),
        filters,
    )


# %% output-shape keras-compute
# right by: Keras's own compute_output_shape without the batch axis
import keras


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    layer = keras.layers.Conv2D(
        filters, tuple(kernel_size), strides=tuple(strides), padding=padding
    )
    return tuple(int(side) for side in layer.compute_output_shape((None, *input_shape))[1:])


# %% output-shape named-tuple [forms]
# right by: a named tuple, which is a tuple
from collections import namedtuple

Shape = namedtuple("Shape", "height width channels")


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    before = Shape(*input_shape)
    return Shape(
        height=padded_output_size(before.height, kernel_size[0], strides[0], padding),
        width=padded_output_size(before.width, kernel_size[1], strides[1], padding),
        channels=filters,
    )


# %% output-shape map-over-sides
# right by: map and functools.partial with the padding fixed
from functools import partial


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    side = partial(padded_output_size, padding=padding)
    return tuple(map(side, input_shape[:2], kernel_size, strides)) + (filters,)


# %% output-shape tf-runs-the-layer
# right by: really running a convolution of zeros and reading its shape
import tensorflow as tf


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    picture = tf.zeros((1, *input_shape))
    kernels = tf.zeros((*kernel_size, input_shape[2], filters))
    maps = tf.nn.conv2d(picture, kernels, strides=list(strides), padding=padding.upper())
    return tuple(maps.shape.as_list()[1:])


# %% same-padding tensorflow-formula
# right by: TensorFlow's two-case formula with the remainder
def same_padding(size, kernel, stride):
    if size % stride == 0:
        total = max(kernel - stride, 0)
    else:
        total = max(kernel - size % stride, 0)
    return total // 2, total - total // 2


# %% same-padding one-zero-at-a-time
# right by: handing out one zero after the other, the first always after the image
def same_padding(size, kernel, stride):
    last_start = list(range(0, size, stride))[-1]
    zeros = [0, 0]
    end = 1
    while last_start + kernel > size + sum(zeros):
        zeros[end] += 1
        end = 1 - end
    return tuple(zeros)


# %% same-padding divmod
# right by: divmod of the clipped total, the rest goes to the end
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    missing = positions * stride - stride + kernel - size
    half, rest = divmod(missing * (missing > 0), 2)
    return half, half + rest


# %% same-padding named-tuple-cached [forms]
# right by: cached function that returns a named tuple of ints
import math
from functools import lru_cache
from typing import NamedTuple


class Zeros(NamedTuple):
    before: int
    after: int


@lru_cache(maxsize=None)
def same_padding(size, kernel, stride):
    reach = (math.ceil(size / stride) - 1) * stride + kernel
    beyond = sorted([0, reach - size])[-1]
    return Zeros(before=math.floor(beyond / 2), after=math.ceil(beyond / 2))


# %% zero-padding negative-free-slices
# right by: slices that start at top and left and are as long as the image
import numpy as np


def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    result = np.zeros((top + height + bottom, left + width + right, channels), image.dtype)
    result[top : top + height, left : left + width] = image
    return result


# %% zero-padding from-the-far-end
# right by: slices that end `bottom` rows and `right` columns before the edge, computed from the new shape
import numpy as np


def zero_pad(image, top, bottom, left, right):
    shape = np.array(image.shape) + (top + bottom, left + right, 0)
    canvas = np.zeros(shape, dtype=image.dtype)
    canvas[top : shape[0] - bottom, left : shape[1] - right, :] = image
    return canvas


# %% zero-padding pixel-by-pixel
# right by: a loop that sets every pixel on its own
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    larger = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    for (row, column), _ in np.ndenumerate(image[:, :, 0]):
        larger[row + top, column + left] = image[row, column]
    return larger


# %% zero-padding view-of-the-middle
# right by: taking a view of the middle and copying the image into it, or-none trick for an end without zeros
import numpy as np


def zero_pad(image, top, bottom, left, right):
    larger = np.zeros_like(
        image, shape=(image.shape[0] + top + bottom, image.shape[1] + left + right, image.shape[2])
    )
    middle = larger[top : -bottom or None, left : -right or None]
    np.copyto(middle, image)
    return larger


# %% zero-padding index-grid
# right by: fancy indexing with np.ix_ in place of slices
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    larger = np.zeros(shape=(top + h + bottom, left + w + right, c), dtype=image.dtype)
    larger[np.ix_(top + np.arange(h), left + np.arange(w), np.arange(c))] = image
    return larger


# %% convolve einsum-on-windows
# right by: sliding_window_view, strided slices and one einsum
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def convolve(image, kernels, bias, strides=(1, 1)):
    windows = sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]].astype(float)
    return np.einsum("ijcuv,uvcf->ijf", windows, kernels) + bias


# %% convolve im2col-matmul
# right by: every window written as a row, one matrix product
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    tops = range(0, image.shape[0] - kh + 1, strides[0])
    lefts = range(0, image.shape[1] - kw + 1, strides[1])
    rows = np.array(
        [image[t : t + kh, l : l + kw].ravel() for t in tops for l in lefts], dtype=float
    )
    flat = rows @ kernels.reshape(-1, filters) + bias
    return flat.reshape(len(tops), len(lefts), filters)


# %% convolve shift-and-add
# right by: a loop over the kernel's pixels, not over positions; strided slices are added up
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    sh, sw = strides
    out_h = (image.shape[0] - kh) // sh + 1
    out_w = (image.shape[1] - kw) // sw + 1
    total = np.zeros((out_h, out_w, filters)) + np.asarray(bias)
    for u, v in np.ndindex(kh, kw):
        piece = image[u : u + sh * (out_h - 1) + 1 : sh, v : v + sw * (out_w - 1) + 1 : sw]
        total += np.matmul(piece.astype(float), kernels[u, v])
    return total


# %% convolve tensorflow-double
# right by: tf.nn.conv2d in double precision on a batch of one
import numpy as np
import tensorflow as tf


def convolve(image, kernels, bias, strides=(1, 1)):
    batch = tf.constant(np.asarray(image, dtype="float64")[None])
    maps = tf.nn.conv2d(
        batch, np.asarray(kernels, dtype="float64"), strides=list(strides), padding="VALID"
    )
    return tf.nn.bias_add(maps, np.asarray(bias, dtype="float64")).numpy()[0]


# %% convolve pure-python-lists
# right by: nested lists, pure Python sums, made an array at the end
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    pixels, weights, offsets = image.tolist(), kernels.tolist(), np.asarray(bias).tolist()

    def answer(top, left, f):
        return offsets[f] + sum(
            pixels[top + u][left + v][c] * weights[u][v][c][f]
            for u in range(kh)
            for v in range(kw)
            for c in range(channels)
        )

    return np.array(
        [
            [
                [answer(top, left, f) for f in range(filters)]
                for left in range(0, image.shape[1] - kw + 1, strides[1])
            ]
            for top in range(0, image.shape[0] - kh + 1, strides[0])
        ]
    )


# %% convolve filter-objects-stacked
# right by: a class with __call__ for each filter, maps stacked along the last axis
import numpy as np


class Filter:
    def __init__(self, kernel, offset, strides):
        self.kernel, self.offset, self.strides = kernel, offset, strides

    def __call__(self, image):
        positions = [
            range(0, n - k + 1, s)
            for n, k, s in zip(image.shape, self.kernel.shape[:2], self.strides)
        ]
        out = np.empty([len(p) for p in positions])
        for i, top in enumerate(positions[0]):
            for j, left in enumerate(positions[1]):
                window = image[top:, left:][: self.kernel.shape[0], : self.kernel.shape[1]]
                out[i, j] = np.vdot(window.astype(float), self.kernel) + self.offset
        return out


def convolve(image, kernels, bias, strides=(1, 1)):
    maps = [Filter(kernels[..., f], bias[f], strides)(image) for f in range(kernels.shape[-1])]
    return np.stack(maps, axis=-1)


# %% convolve as-strided-tensordot
# right by: as_strided windows and one tensordot over the last three axes
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    image = np.asarray(image, dtype=float)
    kh, kw, c, f = kernels.shape
    s0, s1, s2 = image.strides
    oh = padded_output_size(image.shape[0], kh, strides[0], "valid")
    ow = padded_output_size(image.shape[1], kw, strides[1], "valid")
    windows = np.lib.stride_tricks.as_strided(
        image, (oh, ow, kh, kw, c), (s0 * strides[0], s1 * strides[1], s0, s1, s2), writeable=False
    )
    return np.add(np.tensordot(windows, kernels, axes=3), bias)


# %% convolve keras-layer-weights
# right by: a Keras Conv2D layer in float64 with the weights set
import keras
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    layer = keras.layers.Conv2D(
        kernels.shape[-1],
        kernels.shape[:2],
        strides=tuple(strides),
        padding="valid",
        dtype="float64",
    )
    batch = np.expand_dims(np.asarray(image, "float64"), 0)
    layer.build(batch.shape)
    layer.set_weights([kernels, bias])
    return np.asarray(layer(batch))[0]


# %% sharing counting-loop
# right by: itertools.product counts the weights one by one
from itertools import product


def shared_parameters(kernel_size, in_channels=1):
    return sum(1 for _ in product(*map(range, kernel_size), range(in_channels))) + 1


def unshared_weights(input_shape, kernel_size):
    height, width, channels = input_shape
    count = 0
    for _top in range(height - kernel_size[0] + 1):
        for _left in range(width - kernel_size[1] + 1):
            count += shared_parameters(kernel_size, channels) - 1
    return count


# %% sharing math-prod
# right by: math.prod and the earlier output shape of one filter
import math


def shared_parameters(kernel_size, in_channels=1):
    return math.prod((*kernel_size, in_channels)) + 1


def unshared_weights(input_shape, kernel_size):
    positions = conv_output_shape(input_shape, 1, kernel_size)
    return math.prod(positions) * math.prod(kernel_size) * input_shape[-1]


# %% sharing keras-layers
# right by: Keras counts: a Conv2D of one filter, a window size from the built layer
import keras
import numpy as np


def shared_parameters(kernel_size, in_channels=1):
    layer = keras.layers.Conv2D(1, tuple(kernel_size))
    layer.build((None, None, None, in_channels))
    return int(layer.count_params())


def unshared_weights(input_shape, kernel_size):
    windows = np.lib.stride_tricks.sliding_window_view(
        np.zeros(input_shape, dtype=bool), (*kernel_size, input_shape[2])
    )
    return int(windows.size)


# %% sharing reduce-mul
# right by: functools.reduce and operator.mul, keyword-only helper
from functools import reduce
from operator import mul


def _weights(*sides, bias):
    return reduce(mul, sides, 1) + bias


def shared_parameters(kernel_size, in_channels=1):
    kh, kw = kernel_size
    return _weights(kh, kw, in_channels, bias=1)


def unshared_weights(input_shape, kernel_size):
    return _weights(
        *(n - k + 1 for n, k in zip(input_shape, kernel_size)), *kernel_size, input_shape[2], bias=0
    )


# %% window recursion-by-halving
# right: counts the starts by splitting the range in two, recursively
def conv_output_size(size, kernel):
    def starts(low, high):
        if high - low == 0:
            return 0
        if high - low == 1:
            return int(low + kernel <= size)
        middle = (low + high) // 2
        return starts(low, middle) + starts(middle, high)

    return starts(0, size)


# %% window index-of-last-window
# right: slides a bytes window and asks for the highest start that still fills it
def conv_output_size(size, kernel):
    row = bytes(size)
    return 1 + row.rindex(bytes(kernel))


# %% window callable-object
# right: the function is an instance of a class with __call__, called positionally or by name
class _Positions:
    """Windows that fit."""

    def __call__(self, size, kernel):
        first, last = 0, size - kernel
        return len(range(first, last + 1))


conv_output_size = _Positions()


# %% stride walrus-loop
# right: walks the window until it falls over the edge, state in a walrus
def strided_output_size(size, kernel, stride):
    end, n = kernel - stride, 0
    while (end := end + stride) <= size:
        n += 1
    return n


# %% stride slice-of-range
# right: slices the range of plain positions
def strided_output_size(size, kernel, stride):
    return len(range(conv_output_size(size, kernel))[::stride])


# %% stride islice-zip
# right: builds the windows themselves with zip of shifted ranges and takes every stride-th
from itertools import islice


def strided_output_size(size, kernel, stride):
    shifted = (range(offset, size) for offset in range(kernel))
    windows = zip(*shifted)
    return sum(1 for _ in islice(windows, None, None, stride))


# %% padding dict-of-lambdas
# right: dispatch by a dict; "same" is the valid rule on the padded row
def padded_output_size(size, kernel, stride, padding):
    return {
        "valid": lambda: strided_output_size(size, kernel, stride),
        "same": lambda: strided_output_size(size + kernel - 1, kernel, stride),
    }[padding]()


# %% padding effective-window
# right: for "same" only starts count, so the window may be thought of as one pixel
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return padded_output_size(size, 1, stride, "valid")
    return 1 + divmod(size - kernel, stride)[0]


# %% padding match-statement
# right: structural pattern matching, negative floor division
def padded_output_size(size, kernel, stride, padding):
    match padding.lower():
        case "valid":
            reach = size - kernel + 1
        case "same":
            reach = size
        case other:
            raise ValueError(other)
    return -(-reach // stride)


# %% output-shape keras-compute-output-shape
# right: asks a Keras layer
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    import keras

    layer = keras.layers.Conv2D(
        filters, tuple(kernel_size), strides=tuple(strides), padding=padding
    )
    _, *shape = layer.compute_output_shape((None, *input_shape))
    return tuple(int(side) for side in shape)


# %% output-shape partial-map-sentinel
# right: map stops at the shortest of its iterables, so the channels drop out on their own
from functools import partial


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    rule = partial(padded_output_size, padding=padding)
    return tuple(map(rule, input_shape, kernel_size, strides)) + (filters,)


# %% output-shape namedtuple
# right: a named tuple is a tuple
from typing import NamedTuple


class Shape(NamedTuple):
    height: int
    width: int
    channels: int


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    source = Shape(*input_shape)
    sides = zip((source.height, source.width), kernel_size, strides)
    height, width = (padded_output_size(n, k, s, padding) for n, k, s in sides)
    return source._replace(height=height, width=width, channels=filters)


# %% same-padding remainder-form
# right: TensorFlow's own form with the remainder
def same_padding(size, kernel, stride):
    rest = size % stride or stride
    total = max(kernel - rest, 0)
    return total // 2, total - total // 2


# %% same-padding set-of-pixels
# right: collects the pixels that the windows cover beyond the image
def same_padding(size, kernel, stride):
    touched = {p for start in range(0, size, stride) for p in range(start, start + kernel)}
    beyond = touched - set(range(size))
    # a gap cannot lie beyond the image: only the last windows reach there
    count = max(beyond, default=size - 1) - (size - 1)
    before, odd = divmod(count, 2)
    return before, before + odd


# %% same-padding alternate-dealing
# right: deals the zeros out one at a time, first to the end
from itertools import cycle


def same_padding(size, kernel, stride):
    ends = {"after": 0, "before": 0}
    turn = cycle(ends)
    reach = (padded_output_size(size, kernel, stride, "same") - 1) * stride + kernel
    while sum(ends.values()) < reach - size:
        ends[next(turn)] += 1
    return ends["before"], ends["after"]


# %% zero-padding open-mesh
# right: np.ix_ index vectors
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    result = np.zeros((top + height + bottom, left + width + right, channels), image.dtype)
    result[np.ix_(np.arange(height) + top, np.arange(width) + left)] = image
    return result


# %% zero-padding slice-none
# right: negative ends with "or None"
def zero_pad(image, top, bottom, left, right):
    big = np.zeros_like(image, shape=np.add(image.shape, (top + bottom, left + right, 0)))
    big[top : -bottom or None, left : -right or None] = image
    return big


# %% zero-padding flat-memory
# right: writes whole rows into a flat buffer, then reshapes
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    wide = (left + w + right) * c
    flat = np.zeros((top + h + bottom) * wide, dtype=image.dtype)
    for number, row in enumerate(image):
        start = (top + number) * wide + left * c
        flat[start : start + w * c] = row.ravel()
    return flat.reshape(top + h + bottom, left + w + right, c)


# %% zero-padding view-into-canvas
# right: narrows a view from each end and copies into it
def zero_pad(image, top, bottom, left, right):
    canvas = np.zeros(
        (image.shape[0] + top + bottom, image.shape[1] + left + right) + image.shape[2:],
        dtype=image.dtype.str,
    )
    view = canvas[top:][: image.shape[0]].swapaxes(0, 1)[left:][: image.shape[1]]
    np.copyto(view.swapaxes(0, 1), image)
    return canvas


# %% convolve shift-and-add-again
# right: loops over the kernel's places, not over positions; a matrix product per place
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    down, across = strides
    rows = strided_output_size(image.shape[0], kh, down)
    cols = strided_output_size(image.shape[1], kw, across)
    total = np.zeros((rows, cols, filters)) + bias
    for a, b in np.ndindex(kh, kw):
        part = image[a : a + rows * down : down, b : b + cols * across : across]
        total = total + part[:rows, :cols] @ kernels[a, b]
    return total


# %% convolve tf-float64
# right: TensorFlow's own convolution in double precision, handed back as an array
def convolve(image, kernels, bias, strides=(1, 1)):
    import tensorflow as tf

    batch = tf.constant(np.asarray(image)[None], dtype=tf.float64)
    out = tf.nn.conv2d(batch, tf.constant(kernels, tf.float64), list(strides), "VALID")
    return tf.nn.bias_add(out, tf.constant(bias, tf.float64))[0].numpy()


# %% convolve keras-layer-with-weights
# right: a Keras layer given these weights
def convolve(image, kernels, bias, strides=(1, 1)):
    import keras

    layer = keras.layers.Conv2D(
        kernels.shape[-1], kernels.shape[:2], strides=tuple(strides), dtype="float64"
    )
    layer.build((None,) + image.shape)
    layer.set_weights([kernels, bias])
    return np.array(layer(image[np.newaxis].astype("float64"))[0])


# %% convolve banded-matrix
# right: the layer as one big matrix acting on the flattened image
def convolve(image, kernels, bias, strides=(1, 1)):
    h, w, c = image.shape
    kh, kw, _, filters = kernels.shape
    rows = range(0, h - kh + 1, strides[0])
    cols = range(0, w - kw + 1, strides[1])
    result = []
    for y in rows:
        band = image[y : y + kh].reshape(-1)
        matrix = np.zeros((len(cols), filters, kh, w, c))
        for n, x in enumerate(cols):
            matrix[n, :, :, x : x + kw] = kernels.transpose(3, 0, 1, 2)
        result.append(matrix.reshape(len(cols), filters, -1) @ band + bias)
    return np.stack(result)


# %% convolve pure-python-callable
# right: plain Python sums in a class, closed over the filter
class _Neuron:
    def __init__(self, weights, offset):
        self.weights = [(at, w) for at, w in np.ndenumerate(weights)]
        self.offset = offset

    def __call__(self, pixels, y, x):
        return self.offset + sum(
            float(w) * float(pixels[y + i, x + j, k]) for (i, j, k), w in self.weights
        )


def convolve(image, kernels, bias, strides=(1, 1)):
    neurons = [_Neuron(kernels[..., f], float(bias[f])) for f in range(len(bias))]
    ys = range(image.shape[0] - kernels.shape[0] + 1)[:: strides[0]]
    xs = range(image.shape[1] - kernels.shape[1] + 1)[:: strides[1]]
    return np.array([[[neuron(image, y, x) for neuron in neurons] for x in xs] for y in ys])


# %% convolve dense-then-thin
# right: all positions by a sliding window view, then every stride-th
def convolve(image, kernels, bias, strides=(1, 1)):
    views = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:3])
    every = np.tensordot(views[:, :, 0], kernels, axes=3)
    return every[:: strides[0], :: strides[1]] + bias


# %% sharing helper-and-window-count
# right: own functions, starred kernel
from math import prod


def shared_parameters(kernel_size, in_channels=1):
    return prod((*kernel_size, in_channels)) + 1


def unshared_weights(input_shape, kernel_size):
    *sides, channels = input_shape
    places = prod(map(conv_output_size, sides, kernel_size))
    return places * (shared_parameters(kernel_size, channels) - 1)


# %% sharing by-array-size
# right: makes the arrays and asks for their size
def shared_parameters(kernel_size, in_channels=1):
    kernel, bias = np.empty((*kernel_size, in_channels)), np.empty(1)
    return kernel.size + bias.size


def unshared_weights(input_shape, kernel_size):
    windows = np.lib.stride_tricks.sliding_window_view(
        np.broadcast_to(np.int8(0), input_shape), (*kernel_size, input_shape[2])
    )
    return windows.size


# %% sharing keras-count
# right: counts a Keras layer's variables and multiplies by its output's positions
def shared_parameters(kernel_size, in_channels=1):
    import keras

    layer = keras.layers.Conv2D(1, tuple(kernel_size))
    layer.build((None, None, None, in_channels))
    return int(layer.count_params())


def unshared_weights(input_shape, kernel_size):
    h, w, channels = input_shape
    out = conv_output_shape(input_shape, 1, kernel_size)
    return out[0] * out[1] * out[2] * kernel_size[0] * kernel_size[1] * channels


# %% window np-convolve
# why right: NumPy's own "valid" convolution of ones is as long as there are positions
import numpy as np


def conv_output_size(size, kernel):
    return len(np.convolve(np.ones(size), np.ones(kernel), mode="valid"))


# %% window last-start
# why right: the last start, counted from zero, is size - kernel; -~n is n + 1
def conv_output_size(size, kernel):
    return -~(size - kernel)


# %% window shrink
# why right: recursion in a loop: every pixel more of the window costs one position
def conv_output_size(size, kernel):
    positions = size
    while kernel > 1:
        positions, kernel = positions - 1, kernel - 1
    return positions


# %% stride slice-of-bytes
# why right: takes every stride-th of the positions of stride 1
def strided_output_size(size, kernel, stride):
    return len(bytes(conv_output_size(size, kernel))[::stride])


# %% stride math-floor
# why right: exact fraction, floored to an int
import math
from fractions import Fraction


def strided_output_size(size, kernel, stride):
    return math.floor(Fraction(size - kernel, stride)) + 1


# %% stride walking-while
# why right: walks the window until it would fall off
def strided_output_size(size, kernel, stride):
    positions, end = 0, kernel
    while end <= size:
        positions += 1
        end += stride
    return positions


# %% padding lambdas
# why right: a table of rules
def padded_output_size(size, kernel, stride, padding):
    rules = {
        "same": lambda: len(range(0, size, stride)),
        "valid": lambda: len(range(kernel, size + 1, stride)),
    }
    return rules[padding]()


# %% padding match
# why right: "same" is "valid" on a row lengthened by kernel - 1 zeros
def padded_output_size(size, kernel, stride, padding):
    match padding:
        case "same":
            length = size + kernel - 1
        case "valid":
            length = size
        case _:
            raise ValueError(padding)
    return (length - kernel) // stride + 1


# %% padding divmod-bool
# why right: "same" counts full steps and one more for a rest
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        full, rest = divmod(size, stride)
        return full + int(rest > 0)
    return strided_output_size(size, kernel, stride)


# %% output-shape map-four
# why right: map over both sides with a repeated padding
from itertools import repeat


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return (*map(padded_output_size, input_shape[:2], kernel_size, strides, repeat(padding)), filters)


# %% output-shape named
# why right: typing.NamedTuple, itself a tuple
from typing import NamedTuple


class MapShape(NamedTuple):
    height: int
    width: int
    channels: int


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, _ = input_shape
    return MapShape(
        channels=filters,
        width=padded_output_size(width, kernel_size[1], strides[1], padding),
        height=padded_output_size(height, kernel_size[0], strides[0], padding),
    )


# %% same-padding search
# why right: adds zeros one by one until "valid" gives as many positions as "same"
from itertools import count


def same_padding(size, kernel, stride):
    wanted = len(range(0, size, stride))
    total = next(t for t in count() if (size + t - kernel) // stride + 1 >= wanted)
    return total // 2, total - total // 2


# %% same-padding tf-rule
# why right: TensorFlow's two-case rule, then shared out by divmod
def same_padding(size, kernel, stride):
    rest = size % stride
    total = max(kernel - (rest if rest else stride), 0)
    half, odd = divmod(total, 2)
    return half, half + odd


# %% same-padding set-of-pixels-again
# why right: collects the pixels that windows touch beyond the image and counts them
def same_padding(size, kernel, stride):
    touched = {start + k for start in range(0, size, stride) for k in range(kernel)}
    beyond = len([p for p in touched if p >= size])
    last = (size - 1) // stride * stride
    beyond = max(0, last + kernel - size) if beyond else 0
    return (beyond >> 1, (beyond + 1) >> 1)


# %% zero-padding open-mesh-again
# why right: np.ix_ names the rows and columns where the image goes; dtype given
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    rows, columns = np.arange(h) + top, np.arange(w) + left
    out[np.ix_(rows, columns)] = image
    return out


# %% zero-padding two-steps
# why right: rows first, columns afterwards, each by a slice counted from the front
import numpy as np


def zero_pad(image, top, bottom, left, right):
    def along(array, before, after):
        longer = np.zeros((before + len(array) + after, *array.shape[1:]), dtype=array.dtype)
        longer[before : before + len(array)] = array
        return longer

    tall = along(image, top, bottom)
    return along(tall.swapaxes(0, 1), left, right).swapaxes(0, 1)


# %% zero-padding slice-from-the-end
# why right: cuts off at the far end with computed stops, then fills in place
import numpy as np


def zero_pad(image, top, bottom, left, right):
    canvas = np.zeros(np.add(image.shape, (top + bottom, left + right, 0)), dtype=image.dtype)
    inner = canvas[top : canvas.shape[0] - bottom, left : canvas.shape[1] - right]
    np.copyto(inner, image)
    return canvas


# %% convolve shift-and-add-again-again
# why right: goes over the kernel's places instead of the image's, adding whole shifted images
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    h = (image.shape[0] - kh) // strides[0] + 1
    w = (image.shape[1] - kw) // strides[1] + 1
    out = np.zeros((h, w, filters)) + bias
    for a in range(kh):
        for b in range(kw):
            shifted = image[a : a + (h - 1) * strides[0] + 1 : strides[0], b : b + (w - 1) * strides[1] + 1 : strides[1]]
            out += shifted @ kernels[a, b]
    return out


# %% convolve im2col
# why right: every window a row, every filter a column, one matrix product
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    tops = range(0, image.shape[0] - kh + 1, strides[0])
    lefts = range(0, image.shape[1] - kw + 1, strides[1])
    windows = np.array([image[t : t + kh, l : l + kw].ravel() for t in tops for l in lefts])
    return (windows.dot(kernels.reshape(-1, filters)) + bias).reshape(len(tops), len(lefts), filters)


# %% convolve fourier
# why right: cross-correlation as a product with the conjugate spectrum, cropped to "valid"
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    h, w, _ = image.shape
    kh, kw = kernels.shape[:2]
    spectrum = np.fft.fft2(image, axes=(0, 1))
    filters = np.fft.fft2(kernels, s=(h, w), axes=(0, 1)).conj()
    full = np.fft.ifft2(np.einsum("hwc,hwcf->hwf", spectrum, filters), axes=(0, 1)).real
    return full[: h - kh + 1 : strides[0], : w - kw + 1 : strides[1]] + bias


# %% sharing prod
# why right: math.prod over the sides and the channels
import math


def shared_parameters(kernel_size, in_channels=1):
    return math.prod((*kernel_size, in_channels), start=1) + 1


def unshared_weights(input_shape, kernel_size):
    *sides, channels = input_shape
    return math.prod(conv_output_size(n, k) * k for n, k in zip(sides, kernel_size)) * channels


# %% sharing summed-windows
# why right: adds up one kernel for each position; shared count by nested sums
def shared_parameters(kernel_size, in_channels=1):
    weights = 0
    for _ in range(in_channels):
        weights += kernel_size[0] * kernel_size[1]
    bias = 1
    return weights + bias


def unshared_weights(input_shape, kernel_size):
    out_height, out_width, _ = conv_output_shape(input_shape, 1, kernel_size)
    one_kernel = shared_parameters(kernel_size, in_channels=input_shape[2]) - 1
    return sum(one_kernel for _ in range(out_height * out_width))


# %% window plain
# right: the closed formula
def conv_output_size(size, kernel):
    """The number of positions of a window along one side of an image."""
    return size - kernel + 1


# %% window while-loop
# right: slides the window and counts
def conv_output_size(size, kernel):
    count = 0
    start = 0
    while start + kernel <= size:
        count += 1
        start += 1
    return count


# %% window list-of-starts
# right: lists all legal starts and takes the length
def conv_output_size(size, kernel):
    # all the places where the window can begin
    starts = [p for p in range(size) if p + kernel - 1 <= size - 1]
    n = len(starts)
    # print(starts)
    return n


# %% window shrink-again
# right: the kernel eats kernel-1 pixels
def conv_output_size(size, kernel):
    lost = kernel - 1
    result = int(size - lost)
    return result


# %% stride floor-division
# right: the closed formula
def strided_output_size(size, kernel, stride):
    steps = (size - kernel) // stride
    return steps + 1


# %% stride math-floor-again
# right: floor of a float, made an int
import math

def strided_output_size(size, kernel, stride):
    x = (size - kernel) / stride
    return int(math.floor(x) + 1)


# %% stride ceil-of-positions
# right: every stride-th of the unstrided positions, rounded up
def strided_output_size(size, kernel, stride):
    all_positions = conv_output_size(size, kernel)
    out = all_positions // stride
    if all_positions % stride != 0:
        out += 1
    return out


# %% stride range-len
# right: the range of starts is the answer
def strided_output_size(size, kernel, stride):
    return len(range(0, size - kernel + 1, stride))


# %% padding if-else
# right: valid as before, same by negative floor division
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return strided_output_size(size, kernel, stride)
    else:
        return -(-size // stride)


# %% padding ceil
# right: math.ceil returns an int
from math import ceil

def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return ceil(size / stride)
    if padding == "valid":
        return (size - kernel) // stride + 1
    raise ValueError("unknown padding: " + padding)


# %% padding count-starts
# right: counts the starts in a loop for both paddings
def padded_output_size(size, kernel, stride, padding):
    n = 0
    for start in range(0, size, stride):
        if padding == "valid" and start + kernel > size:
            break
        n = n + 1
    return n


# %% padding enlarge-the-row
# right: same is valid over a row with kernel-1 more pixels
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        size = size + kernel - 1
    return strided_output_size(size, kernel, stride)


# %% padding dict-of-lambdas-again
# right: a table of rules
_RULES = {
    "valid": lambda n, k, s: 1 + (n - k) // s,
    "same": lambda n, k, s: (n + s - 1) // s,
}

def padded_output_size(size, kernel, stride, padding):
    return _RULES[padding](size, kernel, stride)


# %% output-shape unpacked
# right: unpacks everything and calls the earlier function
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    h, w, c = input_shape
    kh, kw = kernel_size
    sh, sw = strides
    new_h = padded_output_size(h, kh, sh, padding)
    new_w = padded_output_size(w, kw, sw, padding)
    return (new_h, new_w, filters)


# %% output-shape indexed
# right: indices in place of names
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height = padded_output_size(input_shape[0], kernel_size[0], strides[0], padding)
    width = padded_output_size(input_shape[1], kernel_size[1], strides[1], padding)
    channels = filters  # one map per filter
    return height, width, channels


# %% output-shape zip
# right: zip stops after the two sides
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = [padded_output_size(n, k, s, padding)
             for n, k, s in zip(input_shape[:2], kernel_size, strides)]
    return tuple(sides) + (filters,)


# %% output-shape keras-layer
# right: asks a Keras layer
import keras

def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    layer = keras.layers.Conv2D(filters, kernel_size, strides=strides, padding=padding)
    shape = layer.compute_output_shape((None, *input_shape))
    return tuple(int(x) for x in shape[1:])


# %% same-padding backwards
# right: as the text says it
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    last = positions * stride - stride
    end = last + kernel
    total = max(end - size, 0)
    before = total // 2
    after = total - before
    return (before, after)


# %% same-padding if-nothing
# right: an if instead of max, ceil for the end
import math

def same_padding(size, kernel, stride):
    pos = math.ceil(size / stride)
    zeros = (pos - 1) * stride + kernel - size
    if zeros <= 0:
        return (0, 0)
    return (math.floor(zeros / 2), math.ceil(zeros / 2))


# %% same-padding modulo
# right: tensorflow's own formula with the remainder
def same_padding(size, kernel, stride):
    if size % stride == 0:
        total = max(kernel - stride, 0)
    else:
        total = max(kernel - (size % stride), 0)
    return total // 2, (total + 1) // 2


# %% same-padding deal-out
# right: deals the zeros out one by one, after first
def same_padding(size, kernel, stride):
    last_start = list(range(0, size, stride))[-1]
    missing = last_start + kernel - size
    before, after = 0, 0
    turn = "after"
    while missing > 0:
        if turn == "after":
            after += 1
            turn = "before"
        else:
            before += 1
            turn = "after"
        missing -= 1
    return (before, after)


# %% same-padding try-until
# right: adds zeros until enough windows fit
def same_padding(size, kernel, stride):
    wanted = padded_output_size(size, kernel, stride, "same")
    pad = 0
    while size + pad < kernel or strided_output_size(size + pad, kernel, stride) < wanted:
        pad += 1
    half, odd = divmod(pad, 2)
    return half, half + odd


# %% zero-padding plain
# right: zeros and a slice
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((top + h + bottom, left + w + right, c), dtype=image.dtype)
    out[top:top + h, left:left + w, :] = image
    return out


# %% zero-padding np-pad
# right: np.pad
def zero_pad(image, top, bottom, left, right):
    return np.pad(image, ((top, bottom), (left, right), (0, 0)))


# %% zero-padding pixel-loop
# right: copies pixel by pixel
def zero_pad(image, top, bottom, left, right):
    height = image.shape[0]
    width = image.shape[1]
    channels = image.shape[2]
    new = np.zeros([height + top + bottom, width + left + right, channels], image.dtype)
    for y in range(height):
        for x in range(width):
            new[y + top][x + left] = image[y][x]
    return new


# %% zero-padding stack
# right: strips of zeros stacked round the image
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    l = np.zeros((h, left, c), dtype=image.dtype)
    r = np.zeros((h, right, c), dtype=image.dtype)
    middle = np.concatenate([l, image, r], axis=1)
    t = np.zeros((top, left + w + right, c), dtype=image.dtype)
    b = np.zeros((bottom, left + w + right, c), dtype=image.dtype)
    return np.concatenate([t, middle, b], axis=0)


# %% zero-padding negative-slice-none
# right: negative slice ends, with None where there is nothing to cut
def zero_pad(image, top, bottom, left, right):
    rows, cols, chans = image.shape
    padded = np.zeros((rows + top + bottom, cols + left + right, chans)).astype(image.dtype)
    padded[top:-bottom or None, left:-right or None] = image
    return padded


# %% convolve three-loops
# right: loops over positions and filters
def convolve(image, kernels, bias, strides=(1, 1)):
    H, W, C = image.shape
    kh, kw, _, F = kernels.shape
    sh, sw = strides
    oh = strided_output_size(H, kh, sh)
    ow = strided_output_size(W, kw, sw)
    out = np.zeros((oh, ow, F))
    for i in range(oh):
        for j in range(ow):
            window = image[i * sh:i * sh + kh, j * sw:j * sw + kw, :]
            for f in range(F):
                out[i, j, f] = np.sum(window * kernels[:, :, :, f]) + bias[f]
    return out


# %% convolve output-shape-helper
# right: uses conv_output_shape and broadcasts over filters
def convolve(image, kernels, bias, strides=(1, 1)):
    k_h, k_w, _, n_filters = kernels.shape
    shape = conv_output_shape(image.shape, n_filters, (k_h, k_w), strides)
    result = np.empty(shape)
    for r in range(shape[0]):
        for c in range(shape[1]):
            y = r * strides[0]
            x = c * strides[1]
            patch = image[y:y + k_h, x:x + k_w]
            result[r, c] = (patch[..., None] * kernels).sum(axis=(0, 1, 2)) + bias
    return result


# %% convolve all-by-hand
# right: six naive loops over plain numbers
def convolve(image, kernels, bias, strides=(1, 1)):
    height, width, channels = image.shape
    kh, kw, channels, filters = kernels.shape
    rows = []
    for y in range(0, height - kh + 1, strides[0]):
        row = []
        for x in range(0, width - kw + 1, strides[1]):
            values = []
            for f in range(filters):
                s = float(bias[f])
                for a in range(kh):
                    for b in range(kw):
                        for c in range(channels):
                            s += image[y + a, x + b, c] * kernels[a, b, c, f]
                values.append(s)
            row.append(values)
        rows.append(row)
    return np.array(rows)


# %% convolve tensordot
# right: one tensordot for each position
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw = kernels.shape[:2]
    ys = range(0, image.shape[0] - kh + 1, strides[0])
    xs = range(0, image.shape[1] - kw + 1, strides[1])
    out = np.zeros((len(ys), len(xs), kernels.shape[3]))
    for i, y in enumerate(ys):
        for j, x in enumerate(xs):
            out[i, j, :] = np.tensordot(image[y:y + kh, x:x + kw, :], kernels, axes=3)
    out += bias
    return out


# %% convolve filter-by-filter
# right: one map for each filter, then stacked
def one_map(image, kernel, b, sh, sw):
    kh, kw, _ = kernel.shape
    return np.array([
        [(image[y:y + kh, x:x + kw] * kernel).sum() + b
         for x in range(0, image.shape[1] - kw + 1, sw)]
        for y in range(0, image.shape[0] - kh + 1, sh)
    ])

def convolve(image, kernels, bias, strides=(1, 1)):
    maps = [one_map(image, kernels[..., f], bias[f], *strides) for f in range(len(bias))]
    return np.stack(maps, axis=-1)


# %% convolve shift-and-add-again-again-again
# right: loops over the kernel's places, adds shifted strided images
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    sh, sw = strides
    last_y = image.shape[0] - kh + 1
    last_x = image.shape[1] - kw + 1
    total = np.asarray(bias, dtype=float)
    for dy in range(kh):
        for dx in range(kw):
            total = total + image[dy:dy + last_y:sh, dx:dx + last_x:sw] @ kernels[dy, dx]
    return total


# %% convolve sliding-window-einsum
# right: a view of all windows and one einsum
from numpy.lib.stride_tricks import sliding_window_view

def convolve(image, kernels, bias, strides=(1, 1)):
    windows = sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]]
    return np.einsum("ijcab,abcf->ijf", windows, kernels) + bias


# %% sharing plain
# right: product and one bias; positions by the earlier function
def shared_parameters(kernel_size, in_channels=1):
    kh, kw = kernel_size
    return kh * kw * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    positions = conv_output_size(h, kh) * conv_output_size(w, kw)
    return positions * kh * kw * c


# %% sharing reuse-first
# right: the second function uses the first, less its bias
def shared_parameters(kernel_size, in_channels=1):
    weights = kernel_size[0] * kernel_size[1] * in_channels
    bias = 1
    return weights + bias


def unshared_weights(input_shape, kernel_size):
    out_h, out_w, _ = conv_output_shape(input_shape, 1, kernel_size)
    one_kernel = shared_parameters(kernel_size, input_shape[2]) - 1
    return out_h * out_w * one_kernel


# %% sharing math-prod-again
# right: math.prod of tuples
import math

def shared_parameters(kernel_size, in_channels=1):
    return 1 + math.prod((*kernel_size, in_channels))


def unshared_weights(input_shape, kernel_size):
    return math.prod((
        input_shape[0] - kernel_size[0] + 1,
        input_shape[1] - kernel_size[1] + 1,
        kernel_size[0],
        kernel_size[1],
        input_shape[2],
    ))


# %% sharing sum-up-positions
# right: adds a kernel for each position in two loops
def shared_parameters(kernel_size, in_channels=1):
    n = 1  # the bias
    for channel in range(in_channels):
        n += kernel_size[0] * kernel_size[1]
    return n


def unshared_weights(input_shape, kernel_size):
    total = 0
    for y in range(input_shape[0] - kernel_size[0] + 1):
        for x in range(input_shape[1] - kernel_size[1] + 1):
            total += kernel_size[0] * kernel_size[1] * input_shape[2]
    return total


# %% window len-range
# right: counts the starting pixels with a range
def conv_output_size(size, kernel):
    starts = range(0, size - kernel + 1)
    return len(starts)


# %% window slide-by-hand
# right: pushes the last pixel of the window along until it leaves the row
def conv_output_size(size, kernel):
    """count while the window fits"""
    positions = 0
    last = kernel - 1
    while last < size:
        positions += 1
        last += 1
    return positions


# %% window tilde
# right: bit trick, ~kernel is -kernel - 1
def conv_output_size(size, kernel):
    return size + ~kernel + 2


# %% window np-convolve-length-again
# right: lets numpy slide a window of ones and looks how long the result is
def conv_output_size(size, kernel):
    return np.convolve(np.ones(size), np.ones(kernel), mode="valid").size


# %% stride ceil-of-positions-again
# right: every stride-th of the positions, rounded up
import math


def strided_output_size(size, kernel, stride):
    return math.ceil(conv_output_size(size, kernel) / stride)


# %% stride divmod-steps
# right: number of whole steps plus the first position
def strided_output_size(size, kernel, stride):
    steps, _left_over = divmod(size - kernel, stride)
    return steps + 1


# %% stride sliced-range
# right: slices the list of stride 1 positions
def strided_output_size(size, kernel, stride):
    all_positions = list(range(conv_output_size(size, kernel)))
    return len(all_positions[::stride])


# %% stride sum-of-fits
# right: goes through all pixels and counts the legal starts
def strided_output_size(size, kernel, stride):
    return sum(
        1
        for pixel in range(size)
        if pixel % stride == 0 and pixel + kernel <= size
    )


# %% padding reach
# right: chooses how far starts may go, then one formula
def padded_output_size(size, kernel, stride, padding):
    last_start = size - 1 if padding == "same" else size - kernel
    return last_start // stride + 1


# %% padding match-again
# right: a match statement and negative floor division
def padded_output_size(size, kernel, stride, padding):
    match padding:
        case "valid":
            return strided_output_size(size, kernel, stride)
        case "same":
            return -(-size // stride)
        case _:
            raise ValueError(padding)


# %% padding enlarge-first
# right: same is valid on a row that is kernel - 1 longer
def padded_output_size(size, kernel, stride, padding):
    zeros = {"valid": 0, "same": kernel - 1}[padding]
    return strided_output_size(size + zeros, kernel, stride)


# %% padding ask-keras
# right: a Keras layer computes its own shape
import keras


def padded_output_size(size, kernel, stride, padding):
    layer = keras.layers.Conv1D(1, kernel, strides=stride, padding=padding)
    return int(layer.compute_output_shape((1, size, 1))[1])


# %% output-shape zip-star
# right: a generator over the two sides, channels appended
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = (
        padded_output_size(n, k, s, padding)
        for n, k, s in zip(input_shape[:2], kernel_size, strides)
    )
    return (*sides, filters)


# %% output-shape numpy-vector
# right: both sides at once as arrays, turned into plain ints at the end
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    n = np.array(input_shape[:2])
    k = np.array(kernel_size) if padding == "valid" else np.ones(2, dtype=int)
    s = np.array(strides)
    return tuple(((n - k) // s + 1).tolist()) + (filters,)


# %% output-shape keras-layer-again
# right: Conv2D.compute_output_shape without the batch axis
import tensorflow as tf


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    conv = tf.keras.layers.Conv2D(
        filters, tuple(kernel_size), strides=tuple(strides), padding=padding
    )
    _, h, w, c = conv.compute_output_shape((None, *input_shape))
    return int(h), int(w), int(c)


# %% output-shape inner-helper
# right: closure with the padding in it, channel count unpacked and not used
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, _ = input_shape

    def side(axis, pixels):
        return padded_output_size(
            pixels, kernel=kernel_size[axis], stride=strides[axis], padding=padding
        )

    return side(0, height), side(1, width), filters


# %% same-padding remainder-cases
# right: the textbook formula by size % stride
def same_padding(size, kernel, stride):
    rest = size % stride
    if rest == 0:
        total = kernel - stride
    else:
        total = kernel - rest
    if total < 0:
        total = 0
    return total // 2, total - total // 2


# %% same-padding add-one-by-one
# right: adds zeros in turn, after first, until the last window fits
def same_padding(size, kernel, stride):
    last_start = list(range(0, size, stride))[-1]
    ends = [0, 0]
    turn = 1
    while size + sum(ends) < last_start + kernel:
        ends[turn] += 1
        turn = 1 - turn
    return tuple(ends)


# %% same-padding max-round-up
# right: works backwards as told, half up for the end
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    end_of_last = positions * stride - stride + kernel
    missing = max(end_of_last - size, 0)
    return missing >> 1, (missing + 1) >> 1


# %% same-padding count-outside
# right: counts the pixels of the last window that do not exist and deals them out by slices
def same_padding(size, kernel, stride):
    start = (padded_output_size(size, kernel, stride, "same") - 1) * stride
    outside = [p for p in range(start, start + kernel) if p >= size]
    return len(outside[1::2]), len(outside[0::2])


# %% zero-padding plain-again
# right: zeros and one slice assignment
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((top + h + bottom, left + w + right, c), dtype=image.dtype)
    out[top : top + h, left : left + w, :] = image
    return out


# %% zero-padding np-pad-again
# right: np.pad with a pair for each axis
def zero_pad(image, top, bottom, left, right):
    return np.pad(image, [(top, bottom), (left, right), (0, 0)])


# %% zero-padding concatenate
# right: glues blocks of zeros of the right dtype to the four sides
def zero_pad(image, top, bottom, left, right):
    def zeros(h, w):
        return np.zeros((h, w, image.shape[2]), image.dtype)

    h = image.shape[0]
    middle = np.concatenate([zeros(h, left), image, zeros(h, right)], axis=1)
    w = middle.shape[1]
    return np.concatenate([zeros(top, w), middle, zeros(bottom, w)], axis=0)


# %% zero-padding pixel-loop-again
# right: copies pixel by pixel
def zero_pad(image, top, bottom, left, right):
    rows, columns, channels = image.shape
    bigger = np.zeros([rows + top + bottom, columns + left + right, channels]).astype(image.dtype)
    for i in range(rows):
        for j in range(columns):
            bigger[i + top][j + left] = image[i][j]
    return bigger


# %% zero-padding tf-pad
# right: tensorflow pads, numpy comes back
import tensorflow as tf


def zero_pad(image, top, bottom, left, right):
    padded = tf.pad(tf.constant(image), tf.constant([[top, bottom], [left, right], [0, 0]]))
    return padded.numpy().astype(image.dtype)


# %% convolve naive-six-loops
# right: every loop written out, sums in Python floats
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    sh, sw = strides
    oh = (image.shape[0] - kh) // sh + 1
    ow = (image.shape[1] - kw) // sw + 1
    result = np.zeros((oh, ow, filters))
    for y in range(oh):
        for x in range(ow):
            for f in range(filters):
                total = float(bias[f])
                for i in range(kh):
                    for j in range(kw):
                        for c in range(channels):
                            total += image[y * sh + i, x * sw + j, c] * kernels[i, j, c, f]
                result[y, x, f] = total
    return result


# %% convolve windows-einsum
# right: sliding_window_view and einsum
from numpy.lib.stride_tricks import sliding_window_view


def convolve(image, kernels, bias, strides=(1, 1)):
    views = sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    views = views[:: strides[0], :: strides[1]]
    return np.einsum("yxcij,ijcf->yxf", views, kernels) + bias


# %% convolve shift-and-add-again-again-again-again
# right: loops over the kernel only, strided slices of the image times its weights
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    sh, sw = strides
    out = np.zeros((oh, ow, filters)) + bias
    for i in range(kh):
        for j in range(kw):
            part = image[i : i + (oh - 1) * sh + 1 : sh, j : j + (ow - 1) * sw + 1 : sw]
            out = out + part @ kernels[i, j]
    return out


# %% convolve im2col-again
# right: each window a row of a matrix, one matrix product
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    ys = range(0, image.shape[0] - kh + 1, strides[0])
    xs = range(0, image.shape[1] - kw + 1, strides[1])
    rows = np.array([image[y : y + kh, x : x + kw].reshape(-1) for y in ys for x in xs])
    return (rows @ kernels.reshape(kh * kw * channels, filters) + bias).reshape(
        len(ys), len(xs), filters
    )


# %% convolve tf-nn
# right: tf.nn.conv2d in float64
import tensorflow as tf


def convolve(image, kernels, bias, strides=(1, 1)):
    batch = tf.constant(np.asarray(image)[None], dtype=tf.float64)
    out = tf.nn.conv2d(batch, tf.constant(kernels, dtype=tf.float64),
                       strides=[1, strides[0], strides[1], 1], padding="VALID")
    return out.numpy()[0] + np.asarray(bias)


# %% convolve stack-of-maps
# right: one feature map at a time, stacked along the last axis
def convolve(image, kernels, bias, strides=(1, 1)):
    def feature_map(kernel, b):
        h, w = kernel.shape[:2]
        return [
            [np.sum(image[r : r + h, c : c + w] * kernel) + b
             for c in range(0, image.shape[1] - w + 1, strides[1])]
            for r in range(0, image.shape[0] - h + 1, strides[0])
        ]

    return np.stack(
        [feature_map(kernels[..., n], bias[n]) for n in range(len(bias))], axis=-1
    )


# %% convolve ndindex-tensordot
# right: ndindex over positions, tensordot does all filters together
def convolve(image, kernels, bias, strides=(1, 1)):
    shape = conv_output_shape(image.shape, kernels.shape[3], kernels.shape[:2], strides, "valid")
    out = np.empty(shape, dtype=np.result_type(image, kernels, bias))
    for y, x in np.ndindex(*shape[:2]):
        top, left = y * strides[0], x * strides[1]
        window = image[top : top + kernels.shape[0], left : left + kernels.shape[1]]
        out[y, x] = np.tensordot(window, kernels, axes=3) + bias
    return out


# %% sharing unpacked
# right: plain products, positions by conv_output_size
def shared_parameters(kernel_size, in_channels=1):
    kh, kw = kernel_size
    return kh * kw * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return conv_output_size(h, kh) * conv_output_size(w, kw) * kh * kw * c


# %% sharing lambda-prod
# right: lambdas and math.prod; the weights from the shared count without its bias
import math

shared_parameters = lambda kernel_size, in_channels=1: math.prod((*kernel_size, in_channels, 1)) + 1
unshared_weights = lambda input_shape, kernel_size: (
    math.prod(conv_output_shape(input_shape, 1, kernel_size))
    * (shared_parameters(kernel_size, input_shape[-1]) - 1)
)


# %% sharing counting-loop-again
# right: visits each position and adds the weights there
def _weights(kernel_size, channels):
    n = 0
    for _row in range(kernel_size[0]):
        n += kernel_size[1] * channels
    return n


def shared_parameters(kernel_size, in_channels=1):
    return 1 + _weights(kernel_size, in_channels)


def unshared_weights(input_shape, kernel_size):
    total = 0
    for y in range(input_shape[0]):
        for x in range(input_shape[1]):
            if y + kernel_size[0] <= input_shape[0] and x + kernel_size[1] <= input_shape[1]:
                total += _weights(kernel_size, input_shape[2])
    return total


# %% sharing keras-counts
# right: count_params of a built layer with one filter
import keras


def shared_parameters(kernel_size, in_channels=1):
    one = keras.layers.Conv2D(1, tuple(kernel_size))
    one.build((None, kernel_size[0], kernel_size[1], in_channels))
    return int(one.count_params())


def unshared_weights(input_shape, kernel_size):
    height, width, channels = input_shape
    positions = (height - kernel_size[0] + 1) * (width - kernel_size[1] + 1)
    return positions * (shared_parameters(kernel_size, channels) - 1)


# %% window g1-range-of-ends
# why: counts the possible end positions with the length of a range
def conv_output_size(size, kernel):
    return len(range(kernel, size + 1))


# %% window g1-bit-lambda
# why: a lambda with the bit identity -~x == x + 1
conv_output_size = lambda size, kernel: -~(size - kernel)  # noqa: E731


# %% window g1-keras-conv1d
# why: asks a Keras Conv1D layer for its output shape
import keras


def conv_output_size(size, kernel):
    layer = keras.layers.Conv1D(filters=1, kernel_size=kernel)
    return int(layer.compute_output_shape((None, size, 1))[1])


# %% window g1-slider-class
# why: an instance with __call__ that slides the window until it hits the end
class _Slider:
    def __call__(self, size, kernel):
        first, count = 0, 0
        while first + kernel <= size:
            first += 1
            count += 1
        return count


conv_output_size = _Slider()


# %% window g1-sliding-view
# why: lets NumPy make all the windows and reads their number
from numpy.lib.stride_tricks import sliding_window_view


def conv_output_size(size, kernel):
    return sliding_window_view(np.empty(size, dtype=np.int8), kernel).shape[0]


# %% stride g1-stepped-range
# why: length of a stepped range of start positions
def strided_output_size(size, kernel, stride):
    return len(range(0, size - kernel + 1, stride))


# %% stride g1-negative-floor
# why: rounds the number of stride 1 positions up by double negation
def strided_output_size(size, kernel, stride):
    dense = conv_output_size(size, kernel)
    return -(-dense // stride)


# %% stride g1-generator-walk
# why: a generator inside yields each start; they are counted
def strided_output_size(size, kernel, stride):
    def starts():
        at = 0
        while at + kernel <= size:
            yield at
            at += stride

    return sum(1 for _ in starts())


# %% stride g1-divmod
# why: divmod of the space left over, computed from one stride further on
def strided_output_size(size, kernel, stride):
    positions, unseen = divmod(size - kernel + stride, stride)
    assert 0 <= unseen < stride
    return positions


# %% padding g1-keras-layer
# why: Keras itself is asked, through Conv1D with the given padding
import keras


def padded_output_size(size, kernel, stride, padding):
    layer = keras.layers.Conv1D(1, kernel, strides=stride, padding=padding)
    return int(layer.compute_output_shape((None, size, 1))[-2])


# %% padding g1-match
# why: structural matching and ranges
def padded_output_size(size, kernel, stride, padding):
    match padding:
        case "same":
            return len(range(0, size, stride))
        case "valid":
            return len(range(0, size - kernel + 1, stride))
        case other:
            raise ValueError(f"unknown padding {other!r}")


# %% padding g1-effective-kernel
# why: same padding counts positions like a window of one pixel
def padded_output_size(size, kernel, stride, padding):
    effective = {"same": 1, "valid": kernel}[padding]
    return strided_output_size(size, effective, stride)


# %% padding g1-mark-pixels
# why: marks start pixels in a boolean array and counts the marks
def padded_output_size(size, kernel, stride, padding):
    is_start = np.zeros(size, dtype=bool)
    is_start[::stride] = True
    if padding == "valid":
        is_start[size - kernel + 1 :] = False
    return int(np.count_nonzero(is_start))


# %% output-shape g1-zip-star
# why: zips the sides and unpacks the generator into the tuple
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = zip(input_shape[:2], kernel_size, strides)
    return (*(padded_output_size(n, k, s, padding) for n, k, s in sides), filters)


# %% output-shape g1-keras-conv2d
# why: a Keras Conv2D computes its own output shape
import keras


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    layer = keras.layers.Conv2D(filters, kernel_size, strides=strides, padding=padding)
    shape = layer.compute_output_shape((1, *input_shape))
    return tuple(int(side) for side in shape[1:])


# %% output-shape g1-tf-really-runs
# why: runs a TensorFlow convolution on zeros and reads the shape that comes out
import tensorflow as tf


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    out = tf.nn.conv2d(
        tf.zeros((1, *input_shape)),
        tf.zeros((*kernel_size, input_shape[2], filters)),
        strides=list(strides),
        padding=padding.upper(),
    )
    return tuple(out.shape.as_list()[1:])


# %% output-shape g1-namedtuple
# why: returns a named tuple, which is a tuple
from collections import namedtuple

Shape = namedtuple("Shape", "height width channels")


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, _ = input_shape
    return Shape(
        channels=filters,
        width=padded_output_size(width, kernel_size[1], strides[1], padding),
        height=padded_output_size(height, kernel_size[0], strides[0], padding),
    )


# %% output-shape g1-own-arithmetic
# why: independent of the earlier functions, everything as floor divisions in a nested helper
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    reach = (1, 1) if padding == "same" else kernel_size

    def side(axis, /):
        return (input_shape[axis] - reach[axis]) // strides[axis] + 1

    return side(0), side(1), filters


# %% same-padding g1-remainder-form
# why: closed form with the remainder instead of the number of positions
def same_padding(size, kernel, stride):
    tail = size % stride or stride
    total = max(kernel - tail, 0)
    return total // 2, (total + 1) // 2


# %% same-padding g1-deal-out
# why: deals zeros out one by one, first to the end, then to the front
from itertools import cycle


def same_padding(size, kernel, stride):
    last_start = max(range(0, size, stride))
    missing = max(0, last_start + kernel - size)
    given = {"before": 0, "after": 0}
    for _, end in zip(range(missing), cycle(["after", "before"])):
        given[end] += 1
    return given["before"], given["after"]


# %% same-padding g1-search
# why: searches for the fewest zeros that give Keras's number of positions
from itertools import count


def same_padding(size, kernel, stride):
    wanted = padded_output_size(size, kernel, stride, "same")
    zeros = next(z for z in count() if (size + z - kernel) // stride + 1 >= wanted)
    return (zeros >> 1, zeros - (zeros >> 1))


# %% same-padding g1-namedtuple-property
# why: a NamedTuple built by a class method
from typing import NamedTuple


class Zeros(NamedTuple):
    before: int
    after: int

    @classmethod
    def share(cls, total):
        half, odd = divmod(total, 2)
        return cls(half, half + odd)


def same_padding(size, kernel, stride):
    positions = -(-size // stride)
    beyond = (positions - 1) * stride + kernel - size
    return Zeros.share(beyond if beyond > 0 else 0)


# %% zero-padding g1-index-grid
# why: np.ix_ with index vectors rather than slices
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    out = np.zeros((top + height + bottom, left + width + right, channels), image.dtype)
    out[np.ix_(np.arange(height) + top, np.arange(width) + left)] = image
    return out


# %% zero-padding g1-pixel-loop
# why: naive loop that copies pixel by pixel
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    out = np.zeros((height + top + bottom, width + left + right, channels), dtype=image.dtype)
    for row in range(height):
        for column in range(width):
            out[row + top, column + left] = image[row, column]
    return out


# %% zero-padding g1-roll
# why: writes the image into the corner, then rolls it to its place
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[:h, :w] = image
    return np.roll(out, shift=(top, left), axis=(0, 1))


# %% zero-padding g1-zeros-like-copyto
# why: zeros_like with a shape and copyto into a view of the middle
def zero_pad(image, top, bottom, left, right):
    grown = np.add(image.shape, (top + bottom, left + right, 0))
    out = np.zeros_like(image, shape=tuple(int(n) for n in grown))
    middle = tuple(slice(a, a + n) for a, n in zip((top, left, 0), image.shape))
    np.copyto(out[middle], image)
    return out


# %% convolve g1-einsum-windows
# why: all windows at once by a sliding view, then one einsum
from numpy.lib.stride_tricks import sliding_window_view


def convolve(image, kernels, bias, strides=(1, 1)):
    windows = sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]]
    return np.einsum("yxcij,ijcf->yxf", windows, kernels) + bias


# %% convolve g1-shift-and-add
# why: loops over the kernel's pixels, and adds shifted strided slices of the image
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters)) + bias
    for i in range(kh):
        for j in range(kw):
            rows = slice(i, i + (oh - 1) * strides[0] + 1, strides[0])
            columns = slice(j, j + (ow - 1) * strides[1] + 1, strides[1])
            out += image[rows, columns] @ kernels[i, j]
    return out


# %% convolve g1-tf-float64
# why: TensorFlow's conv2d in double precision
import tensorflow as tf


def convolve(image, kernels, bias, strides=(1, 1)):
    result = tf.nn.conv2d(
        tf.constant(np.asarray(image, dtype="float64")[np.newaxis]),
        tf.constant(np.asarray(kernels, dtype="float64")),
        strides=[1, int(strides[0]), int(strides[1]), 1],
        padding="VALID",
    )
    return result.numpy()[0] + np.asarray(bias)


# %% convolve g1-im2col
# why: im2col: a matrix of windows times a matrix of kernels
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    ys = range(0, image.shape[0] - kh + 1, strides[0])
    xs = range(0, image.shape[1] - kw + 1, strides[1])
    matrix = np.stack([image[y : y + kh, x : x + kw].ravel() for y in ys for x in xs])
    return (matrix @ kernels.reshape(-1, filters) + bias).reshape(len(ys), len(xs), filters)


# %% convolve g1-fourier
# why: correlation theorem: multiplies by the conjugate spectrum, then takes each stride-th value
def convolve(image, kernels, bias, strides=(1, 1)):
    height, width, _ = image.shape
    kh, kw, channels, filters = kernels.shape
    spectrum = np.fft.fft2(image.astype(float), axes=(0, 1))
    patterns = np.fft.fft2(kernels.astype(float), s=(height, width), axes=(0, 1))
    product = np.einsum("yxc,yxcf->yxf", spectrum, patterns.conj())
    full = np.fft.ifft2(product, axes=(0, 1)).real
    inside = full[: height - kh + 1, : width - kw + 1]
    return inside[:: strides[0], :: strides[1]] + bias


# %% convolve g1-pure-python
# why: plain lists and sums of products, an array only at the end
from operator import mul


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    columns = [kernels[..., f].ravel().tolist() for f in range(filters)]
    offsets = bias.tolist()
    out = []
    for y in range(0, image.shape[0] - kh + 1, strides[0]):
        row = []
        for x in range(0, image.shape[1] - kw + 1, strides[1]):
            window = image[y : y + kh, x : x + kw, :].ravel().tolist()
            row.append([b + sum(map(mul, window, w)) for w, b in zip(columns, offsets)])
        out.append(row)
    return np.array(out)


# %% convolve g1-keras-layer
# why: a Keras Conv2D in float64 whose weights are set by hand
import keras


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    layer = keras.layers.Conv2D(filters, (kh, kw), strides=tuple(strides), dtype="float64")
    layer.build((None, None, None, channels))
    layer.set_weights([kernels, bias])
    batch = np.asarray(image, dtype="float64")[None]
    return np.array(layer(batch))[0]


# %% sharing g1-unpack-products
# why: star unpacking into a helper that multiplies anything
from functools import reduce
from operator import mul


def _product(*numbers):
    return reduce(mul, numbers, 1)


def shared_parameters(kernel_size, in_channels=1):
    return 1 + _product(*kernel_size, in_channels)


def unshared_weights(input_shape, kernel_size):
    *sides, channels = input_shape
    return _product(*(n - k + 1 for n, k in zip(sides, kernel_size)), *kernel_size, channels)


# %% sharing g1-array-sizes
# why: sizes of arrays without memory, one entry for each weight
def shared_parameters(kernel_size, in_channels=1):
    return np.broadcast_to(0.0, (*kernel_size, in_channels)).size + np.zeros(1).size


def unshared_weights(input_shape, kernel_size):
    positions = conv_output_shape(input_shape, 1, kernel_size)[:2]
    return np.broadcast_to(0.0, (*positions, *kernel_size, input_shape[-1])).size


# %% sharing g1-from-keras
# why: Keras counts: Conv2D with one filter, and positions from its output shape
import keras


def shared_parameters(kernel_size, in_channels=1):
    layer = keras.layers.Conv2D(1, tuple(kernel_size))
    layer.build((None, None, None, in_channels))
    return int(layer.count_params())


def unshared_weights(input_shape, kernel_size):
    layer = keras.layers.Conv2D(1, tuple(kernel_size), use_bias=False)
    layer.build((None, *input_shape))
    _, rows, columns, _ = layer.compute_output_shape((None, *input_shape))
    return int(rows * columns * layer.count_params())


# %% sharing g1-one-from-other
# why: unshared from shared less the bias, once for each position, summed in loops
def shared_parameters(kernel_size, in_channels=1):
    height, width = kernel_size
    return sum(in_channels for _ in range(height * width)) + 1


def unshared_weights(input_shape, kernel_size):
    each = shared_parameters(kernel_size=kernel_size, in_channels=input_shape[2]) - 1
    total = 0
    for _ in range(conv_output_size(input_shape[0], kernel_size[0])):
        total += each * conv_output_size(input_shape[1], kernel_size[1])
    return total


# %% window h1-inverted-bits
# why: -~x is x + 1, right for every int
def conv_output_size(size, kernel):
    return -~(size - kernel)


# %% window h1-numpy-valid-convolve
# why: counts what numpy's "valid" convolution of two rows of ones gives
import numpy as np


def conv_output_size(size, kernel):
    return np.convolve(np.ones(size), np.ones(kernel), mode="valid").size


# %% window h1-bisect
# why: counts the start positions not above size - kernel by binary search
from bisect import bisect_right


def conv_output_size(size, kernel):
    return bisect_right(range(size), size - kernel)


# %% window h1-zip-shifted
# why: zips `kernel` shifted copies of the row; as many tuples as windows
from itertools import islice


def conv_output_size(size, kernel):
    return sum(1 for _ in zip(*(islice(range(size), first, None) for first in range(kernel))))


# %% window h1-callable-object
# why: an instance with __call__ that holds the rule
class _Window:
    __slots__ = ()

    def __call__(self, size, kernel):
        return len(range(kernel, size + 1))


conv_output_size = _Window()


# %% window h1-positional-names
# why: positional only, called as in the example
def conv_output_size(n, k, /):
    return n + 1 - k


# %% stride h1-slice-indices
# why: lets slice.indices list the starts
def strided_output_size(size, kernel, stride):
    return len(range(*slice(None, None, stride).indices(size - kernel + 1)))


# %% stride h1-fraction-floor
# why: exact rational number, floored
from fractions import Fraction
from math import floor


def strided_output_size(size, kernel, stride):
    return floor(1 + Fraction(size - kernel, stride))


# %% stride h1-deque-walk
# why: walks over the row with a deque that pops a stride at a time
from collections import deque


def strided_output_size(size, kernel, stride):
    row, positions = deque(range(size)), 0
    while len(row) >= kernel:
        positions += 1
        for _ in range(min(stride, len(row))):
            row.popleft()
    return positions


# %% stride h1-negative-floor
# why: ceiling of the unstrided count over the stride, by floor division of the negative
def strided_output_size(size, kernel, stride):
    return -(~(size - kernel) // stride)


# %% stride h1-sliding-view
# why: takes the shape of numpy's windows, every stride-th
import numpy as np


def strided_output_size(size, kernel, stride):
    windows = np.lib.stride_tricks.sliding_window_view(np.empty(size, bool), kernel)
    return windows[::stride].shape[0]


# %% stride h1-takewhile-enumerate
# why: counts the starts that itertools yields
from itertools import count, takewhile


def strided_output_size(size, kernel, stride):
    fits = lambda start: start + kernel <= size
    return max(n for n, _ in enumerate(takewhile(fits, count(0, stride)), 1))


# %% padding h1-match-guard
# why: match statement, floor form for both paddings
def padded_output_size(size, kernel, stride, padding):
    match padding:
        case "same":
            return (size - 1) // stride + 1
        case "valid":
            return (size - kernel) // stride + 1
        case other:
            raise ValueError(other)


# %% padding h1-keras-conv1d
# why: asks keras itself for the output shape
import keras


def padded_output_size(size, kernel, stride, padding):
    layer = keras.layers.Conv1D(1, kernel, strides=stride, padding=padding)
    return layer.compute_output_shape((None, size, 1))[1]


# %% padding h1-effective-kernel
# why: "same" counts like "valid" with a window of one pixel (kernel to the power 0)
def padded_output_size(size, kernel, stride, padding):
    return (size - kernel ** (padding == "valid")) // stride + 1


# %% padding h1-tf-conv1d
# why: convolves a row of zeros with tensorflow and reads the length
import tensorflow as tf


def padded_output_size(size, kernel, stride, padding):
    row = tf.zeros((1, size, 1))
    return int(tf.nn.conv1d(row, tf.zeros((kernel, 1, 1)), stride, padding.upper()).shape[1])


# %% padding h1-dict-of-ranges
# why: a table of ranges of legal starts
def padded_output_size(size, kernel, stride, padding):
    starts = {
        "valid": range(0, size - kernel + 1, stride),
        "same": range(0, size, stride),
    }
    return len(starts[padding])


# %% padding h1-decorator-registry
# why: registry filled by a decorator
_rules = {}


def _rule(name):
    def keep(function):
        _rules[name] = function
        return function

    return keep


@_rule("valid")
def _(size, kernel, stride):
    whole, _rest = divmod(size - kernel, stride)
    return whole + 1


@_rule("same")
def _(size, kernel, stride):
    whole, rest = divmod(size, stride)
    return whole + bool(rest)


def padded_output_size(size, kernel, stride, padding):
    return _rules[padding](size, kernel, stride)


# %% output-shape h1-symbolic-keras-ops
# why: shape inference on symbolic tensors; nothing is computed
import keras


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    image = keras.KerasTensor((1, *input_shape))
    kernels = keras.KerasTensor((*kernel_size, input_shape[-1], filters))
    return tuple(keras.ops.conv(image, kernels, strides=strides, padding=padding).shape[1:])


# %% output-shape h1-layer-compute
# why: the layer's own compute_output_shape without the batch axis
import keras


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    layer = keras.layers.Conv2D(filters, kernel_size, strides=strides, padding=padding)
    _, *rest = layer.compute_output_shape((None, *input_shape))
    return tuple(rest)


# %% output-shape h1-namedtuple
# why: a named tuple is a tuple
from typing import NamedTuple


class MapShape(NamedTuple):
    height: int
    width: int
    channels: int


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = zip(input_shape, kernel_size, strides)
    return MapShape(*(padded_output_size(*side, padding) for side in sides), channels=filters)


# %% output-shape h1-vectorized-tolist
# why: one array expression for both sides, turned into ints by tolist
import numpy as np


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = np.array(input_shape[:2])
    room = sides - (np.array(kernel_size) if padding == "valid" else 1)
    return (*(room // np.array(strides) + 1).tolist(), filters)


# %% output-shape h1-repeat-map
# why: map stops at the shorter of its arguments, so the channels are left out
from itertools import repeat


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return (*map(padded_output_size, input_shape, kernel_size, strides, repeat(padding)), filters)


# %% same-padding h1-keras-remainder-form
# why: the remainder form of the rule
def same_padding(size, kernel, stride):
    missing = max(kernel - (size % stride or stride), 0)
    return missing >> 1, -(-missing >> 1)


# %% same-padding h1-even-odd-slices
# why: deals the zeros out alternately, after first
def same_padding(size, kernel, stride):
    last = range(0, size, stride)[-1]
    zeros = range(size, last + kernel)
    return len(zeros[1::2]), len(zeros[::2])


# %% same-padding h1-probe-tensorflow
# why: reads the zeros off a convolution of ones with one-hot kernels
import numpy as np
import tensorflow as tf


def same_padding(size, kernel, stride):
    seen = tf.nn.conv1d(
        tf.ones((1, size, 1)), np.eye(kernel, dtype="float32")[:, None, :], stride, "SAME"
    ).numpy()[0]
    return int(seen[0].argmax()), int(seen[-1, ::-1].argmax())


# %% same-padding h1-cycle-deal
# why: a loop that takes turns between the ends, starting after the image
from itertools import cycle


def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    ends = {"before": 0, "after": 0}
    turn = cycle(("after", "before"))
    while size + sum(ends.values()) < (positions - 1) * stride + kernel:
        ends[next(turn)] += 1
    return ends["before"], ends["after"]


# %% same-padding h1-covered-set
# why: counts covered pixels with a set; pixels beyond the image are the zeros
def same_padding(size, kernel, stride):
    covered = {start + offset for start in range(0, size, stride) for offset in range(kernel)}
    zeros = len([pixel for pixel in covered if pixel >= size])
    before, odd = divmod(zeros, 2)
    return before, before + odd


# %% zero-padding h1-copyto
# why: np.copyto into a view of the zeros
import numpy as np


def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    canvas = np.zeros((top + height + bottom, left + width + right, channels), image.dtype)
    np.copyto(canvas[top : top + height, left : left + width], image)
    return canvas


# %% zero-padding h1-roll-from-corner
# why: writes into the top left corner and rolls the result into place
import numpy as np


def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    out = np.zeros_like(image, shape=(height + top + bottom, width + left + right, channels))
    out[:height, :width] = image
    return np.roll(out, (top, left), axis=(0, 1))


# %% zero-padding h1-as-strided
# why: writes through a hand-made strided view
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    middle = np.lib.stride_tricks.as_strided(out[top:, left:], image.shape, out.strides)
    middle[...] = image
    return out


# %% zero-padding h1-flat-mask
# why: a boolean mask marks the middle, filled in reading order
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    rows = np.arange(-top, h + bottom)
    columns = np.arange(-left, w + right)
    inside = ((rows >= 0) & (rows < h))[:, None] & ((columns >= 0) & (columns < w))
    out = np.zeros((rows.size, columns.size, c), image.dtype)
    out[inside] = image.reshape(-1, c)
    return out


# %% zero-padding h1-end-slices
# why: slice ends counted from the far side, as positive numbers
import numpy as np


def zero_pad(image, top, bottom, left, right):
    before, after = np.array([top, left, 0]), np.array([bottom, right, 0])
    out = np.zeros(before + image.shape + after, image.dtype)
    out[tuple(slice(a, n - b) for a, n, b in zip(before, out.shape, after))] = image
    return out


# %% convolve h1-flat-correlate
# why: one 1-D correlation of the flattened image per filter, then every needed position is picked
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    h, w, c = image.shape
    kh, kw, _, filters = kernels.shape
    flat = np.asarray(image, float).ravel()
    ys = np.arange(0, h - kh + 1, strides[0])
    xs = np.arange(0, w - kw + 1, strides[1])
    where = ys[:, None] * (w * c) + xs * c
    maps = []
    for f in range(filters):
        spread = np.zeros((kh, w, c))
        spread[:, :kw] = kernels[..., f]
        row = spread.ravel()[: (kh - 1) * w * c + kw * c]
        maps.append(np.correlate(flat, row, "valid")[where] + bias[f])
    return np.stack(maps, axis=-1)


# %% convolve h1-einsum-on-windows
# why: einsum over a sliding window view
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]]
    return np.einsum("yxcij,ijcf->yxf", windows, kernels) + bias


# %% convolve h1-affine-matrix
# why: patches with a column of ones; the bias is one more row of the matrix
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, c, filters = kernels.shape
    ys = range(0, len(image) - kh + 1, strides[0])
    xs = range(0, len(image[0]) - kw + 1, strides[1])
    patches = [[*image[y : y + kh, x : x + kw].ravel().tolist(), 1.0] for y in ys for x in xs]
    matrix = np.vstack([kernels.reshape(-1, filters), bias])
    return (np.array(patches) @ matrix).reshape(len(ys), len(xs), filters)


# %% convolve h1-shifted-images
# why: loops over the kernel's cells instead of the positions
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    (h, w, _), (kh, kw, _, _), (sy, sx) = image.shape, kernels.shape, strides
    total = bias
    for dy, dx in np.ndindex(kh, kw):
        shifted = image[dy : h - kh + dy + 1 : sy, dx : w - kw + dx + 1 : sx]
        total = total + shifted @ kernels[dy, dx]
    return total


# %% convolve h1-tf-float64
# why: tensorflow's convolution in double precision
import numpy as np
import tensorflow as tf


def convolve(image, kernels, bias, strides=(1, 1)):
    batch = tf.constant(np.asarray(image, np.float64))[tf.newaxis]
    out = tf.nn.conv2d(batch, np.asarray(kernels, np.float64), strides, "VALID")
    return tf.squeeze(out + np.asarray(bias, np.float64), 0).numpy()


# %% convolve h1-fourier
# why: correlation by the Fourier transform with the conjugate, in double precision
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    h, w, _ = image.shape
    kh, kw = kernels.shape[:2]
    spectrum = np.fft.fft2(image, axes=(0, 1))
    probes = np.conj(np.fft.fft2(kernels, s=(h, w), axes=(0, 1)))
    maps = np.fft.ifft2(np.einsum("yxc,yxcf->yxf", spectrum, probes), axes=(0, 1)).real
    return maps[: h - kh + 1 : strides[0], : w - kw + 1 : strides[1]] + bias


# %% convolve h1-vectorize-signature
# why: np.vectorize over positions, with a core dimension for the filters
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw = kernels.shape[:2]

    def answer(y, x):
        return np.tensordot(image[y : y + kh, x : x + kw], kernels, axes=3) + bias

    starts = np.ix_(*(np.arange(0, n - k + 1, s) for n, k, s in zip(image.shape, (kh, kw), strides)))
    return np.vectorize(answer, signature="(),()->(f)")(*starts)


# %% sharing h1-math-prod
# why: products by math.prod
from math import prod


def shared_parameters(kernel_size, in_channels=1):
    return prod(kernel_size, start=in_channels) + 1


def unshared_weights(input_shape, kernel_size):
    *sides, channels = input_shape
    return prod((n - k + 1) * k for n, k in zip(sides, kernel_size)) * channels


# %% sharing h1-count-a-view
# why: counts the entries of real arrays; the view costs no memory
import numpy as np


def shared_parameters(kernel_size, in_channels=1):
    return np.append(np.zeros((*kernel_size, in_channels)), 0.0).size


def unshared_weights(input_shape, kernel_size):
    image = np.broadcast_to(np.int8(0), input_shape)
    return np.lib.stride_tricks.sliding_window_view(image, kernel_size, (0, 1)).size


# %% sharing h1-keras-count
# why: keras counts the shared layer; the other follows from it less its bias
import keras


def shared_parameters(kernel_size, in_channels=1):
    layer = keras.layers.Conv2D(1, kernel_size)
    layer.build((None, None, None, in_channels))
    return int(layer.count_params())


def unshared_weights(input_shape, kernel_size):
    height, width, one = conv_output_shape(input_shape, 1, kernel_size)
    return height * width * one * (shared_parameters(kernel_size, input_shape[2]) - 1)


# %% sharing h1-lambdas
# why: lambdas with unpacking
shared_parameters = lambda kernel_size, in_channels=1: -~(kernel_size[0] * kernel_size[1] * in_channels)
unshared_weights = lambda input_shape, kernel_size: (
    (shared_parameters(kernel_size, input_shape[2]) - 1)
    * len(range(kernel_size[0], input_shape[0] + 1))
    * len(range(kernel_size[1], input_shape[1] + 1))
)


# %% window r1-range-of-last-pixels
# way: counts the pixels on which the window's last pixel can stand
def conv_output_size(size, kernel):
    return len(range(kernel - 1, size))


# %% window r1-sliding-view-shape
# way: lets NumPy lay the windows and reads off how many there are
def conv_output_size(size, kernel):
    row = np.empty(size, dtype=bool)
    return np.lib.stride_tricks.sliding_window_view(row, kernel).shape[0]


# %% window r1-np-convolve-length
# way: the length of NumPy's own valid convolution of two rows of ones
def conv_output_size(size, kernel):
    return len(np.convolve(np.ones(size), np.ones(kernel), mode="valid"))


# %% window r1-bitwise-lambda
# way: a lambda; -~x is x + 1
conv_output_size = lambda size, kernel: -~(size - kernel)


# %% window r1-callable-object
# way: an instance of a class with __call__ and a static helper
class _Positions:
    """The number of positions of a window along one side."""

    @staticmethod
    def _last_start(size, kernel):
        return size - kernel

    def __call__(self, size, kernel):
        return 1 + self._last_start(size, kernel)


conv_output_size = _Positions()


# %% window r1-walking-while
# way: walks the window along the row and counts, until it would fall off
def conv_output_size(size, kernel):
    seen = 0
    first, last = 0, kernel - 1
    while last <= size - 1:
        seen += 1
        first, last = first + 1, last + 1
    return seen


# %% stride r1-ceil-of-starts
# way: all starts with stride 1, divided by the stride and rounded up, by negative floor division
def strided_output_size(size, kernel, stride):
    starts = conv_output_size(size, kernel)
    return -(-starts // stride)


# %% stride r1-divmod
# way: divmod; the rest is what is never seen
def strided_output_size(size, kernel, stride):
    steps, _never_seen = divmod(size - kernel, stride)
    return steps + 1


# %% stride r1-sum-generator
# way: counts the starts that the stride hits and that leave room for the window
def strided_output_size(size, kernel, stride):
    return sum(
        1 for start in range(size) if start % stride == 0 and start + kernel <= size
    )


# %% stride r1-sliced-range
# way: slices a range object with the stride and takes its length
def strided_output_size(size, kernel, stride):
    return len(range(size)[: size - kernel + 1 : stride])


# %% stride r1-takewhile-count
# way: an endless counter that stops at the edge
def strided_output_size(size, kernel, stride):
    from itertools import count, takewhile

    inside = takewhile(lambda start: start + kernel <= size, count(0, stride))
    return len(list(inside))


# %% stride r1-keras-conv1d
# way: asks Keras for the output shape of a Conv1D layer
def strided_output_size(size, kernel, stride):
    import keras

    layer = keras.layers.Conv1D(1, kernel, strides=stride, padding="valid")
    return int(layer.compute_output_shape((1, size, 1))[1])


# %% stride r1-fraction-floor
# way: exact fractions, floored to an int
import math
from fractions import Fraction


def strided_output_size(size, kernel, stride):
    return math.floor(Fraction(size - kernel, stride) + 1)


# %% padding r1-match-statement
# way: match on the word, an error for all others
def padded_output_size(size, kernel, stride, padding):
    match padding:
        case "valid":
            return (size - kernel) // stride + 1
        case "same":
            return (size - 1) // stride + 1
        case other:
            raise ValueError(f"no such padding: {other!r}")


# %% padding r1-dict-of-lambdas
# way: a table of rules, looked up by the name of the padding
_RULES = {
    "valid": lambda n, k, s: strided_output_size(n, k, s),
    "same": lambda n, _, s: (n + s - 1) // s,
}


def padded_output_size(size, kernel, stride, padding):
    return _RULES[padding](size, kernel, stride)


# %% padding r1-pad-then-valid
# way: adds kernel - 1 zeros for same, then uses the rule without padding
def padded_output_size(size, kernel, stride, padding):
    padded = size + (kernel - 1) * (padding == "same")
    return int(strided_output_size(padded, kernel, stride))


# %% padding r1-list-of-starts
# way: lists the starts of the windows and filters those that may hang over
def padded_output_size(size, kernel, stride, padding):
    starts = [*range(0, size, stride)]
    if padding == "valid":
        starts = [start for start in starts if start <= size - kernel]
    return len(starts)


# %% padding r1-one-ceil
# way: one formula for both: the ceiling of the number of allowed starts over the stride
from math import ceil


def padded_output_size(size, kernel, stride, padding):
    allowed = {"same": size, "valid": size - kernel + 1}[padding]
    return ceil(allowed / stride)


# %% padding r1-keras-conv1d
# way: asks a Keras layer; the padding's name is passed on as it is
import keras


def padded_output_size(size, kernel, stride, padding):
    layer = keras.layers.Conv1D(
        filters=1, kernel_size=kernel, strides=stride, padding=padding
    )
    _, positions, _ = layer.compute_output_shape((None, size, 1))
    return int(positions)


# %% padding r1-strided-array
# way: takes every stride-th element of a real NumPy row and reads the length
def padded_output_size(size, kernel, stride, padding):
    row = np.zeros(size, dtype=np.uint8)
    if padding != "same":
        row = row[kernel - 1 :]
    return row[::stride].size


# %% output-shape r1-zip-generator
# way: zips the sides and unpacks a generator into the tuple
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = zip(input_shape[:2], kernel_size, strides)
    return (*(padded_output_size(n, k, s, padding) for n, k, s in sides), filters)


# %% output-shape r1-named-tuple
# way: a named tuple, which is a tuple
from collections import namedtuple

Shape = namedtuple("Shape", ["height", "width", "channels"])


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    (height, width, _channels) = input_shape
    return Shape(
        channels=filters,
        width=padded_output_size(width, kernel_size[1], strides[1], padding),
        height=padded_output_size(height, kernel_size[0], strides[0], padding),
    )


# %% output-shape r1-keras-conv2d
# way: the Keras layer computes the shape; the batch axis is cut off
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    from keras.layers import Conv2D

    layer = Conv2D(filters, kernel_size, strides=strides, padding=padding)
    return tuple(int(n) for n in layer.compute_output_shape((1, *input_shape))[1:])


# %% output-shape r1-map-three
# way: map over three sequences, then tuple addition
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    def side(size, kernel, stride):
        return padded_output_size(size, kernel, stride, padding)

    return tuple(map(side, input_shape, kernel_size, strides)) + (filters,)


# %% output-shape r1-numpy-arithmetic
# way: both sides at once with integer arrays, turned into Python ints at the end
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    size = np.array(input_shape[:-1])
    reach = np.array(kernel_size) if padding == "valid" else np.ones(2, dtype=int)
    height, width = ((size - reach) // np.array(strides) + 1).tolist()
    return height, width, filters


# %% output-shape r1-sliced-view
# way: cuts a real array into windows and reads the shape of what is left
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    plane = np.zeros(input_shape[:2], dtype=bool)
    if padding == "valid":
        plane = plane[kernel_size[0] - 1 :, kernel_size[1] - 1 :]
    return plane[:: strides[0], :: strides[1]].shape + (filters,)


# %% same-padding r1-divmod-half
# way: divmod shares out the zeros; the odd one goes to the end
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    zeros = max(0, (positions - 1) * stride + kernel - size)
    half, odd = divmod(zeros, 2)
    return half, half + odd


# %% same-padding r1-one-at-a-time
# way: hands out the zeros one by one, first after, then before, and so on
def same_padding(size, kernel, stride):
    last_start = (size - 1) // stride * stride
    missing = last_start + kernel - size
    ends = [0, 0]
    end = 1
    while missing > 0:
        ends[end] += 1
        end = 1 - end
        missing -= 1
    return tuple(ends)


# %% same-padding r1-modulo-rule
# way: the rule with the remainder, as in TensorFlow's documentation
def same_padding(size, kernel, stride):
    rest = size % stride
    total = kernel - (rest if rest else stride)
    if total < 0:
        total = 0
    return (total // 2, total - total // 2)


# %% same-padding r1-count-outside
# way: counts the pixels of the last window that lie outside the image
def same_padding(size, kernel, stride):
    *_, last = range(0, size, stride)
    outside = sum(pixel >= size for pixel in range(last, last + kernel))
    return (int(outside) >> 1, (int(outside) + 1) >> 1)


# %% same-padding r1-named-tuple-sorted
# way: two halves, sorted so that the larger stands last, in a named tuple
from typing import NamedTuple


class Zeros(NamedTuple):
    before: int
    after: int


def same_padding(size, kernel, stride):
    positions = -(-size // stride)
    total = positions * stride - stride + kernel - size
    if total <= 0:
        return Zeros(before=0, after=0)
    return Zeros(*sorted([total // 2, total - total // 2]))


# %% same-padding r1-slices-of-range
# way: every second number of a range goes to the same end (an empty range when nothing is missing)
def same_padding(size, kernel, stride):
    hanging = range(size, (len(range(0, size, stride)) - 1) * stride + kernel)
    return len(hanging[1::2]), len(hanging[::2])


# %% zero-padding r1-plain-slices
# way: the plain way, with the ends counted from the front
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    bigger = np.zeros((top + height + bottom, left + width + right, channels), image.dtype)
    bigger[top : top + height, left : left + width] = image
    return bigger


# %% zero-padding r1-ends-or-none
# way: slices from the end, with None where nothing is added
def zero_pad(image, top, bottom, left, right):
    rows, columns = image.shape[0] + top + bottom, image.shape[1] + left + right
    out = np.zeros((rows, columns, image.shape[2]), dtype=image.dtype)
    out[top : (-bottom or None), left : (-right or None), :] = image
    return out


# %% zero-padding r1-chained-views
# way: a view of a view into the zeros, filled with copyto
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros(shape=(h + top + bottom, w + left + right, c), dtype=image.dtype)
    middle = out[top:][:h][:, left:][:, :w]
    np.copyto(middle, image)
    return out


# %% zero-padding r1-pixel-loops
# way: writes pixel after pixel
def zero_pad(image, top, bottom, left, right):
    out = np.zeros(
        (len(image) + top + bottom, image.shape[1] + left + right, image.shape[2]),
        dtype=image.dtype,
    )
    for y, row in enumerate(image, start=top):
        for x, pixel in enumerate(row, start=left):
            out[y, x] = pixel
    return out


# %% zero-padding r1-index-grid
# way: open index grid with np.ix_ in place of slices
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c)).astype(image.dtype)
    out[np.ix_(np.arange(h) + top, np.arange(w) + left)] = image
    return out


# %% zero-padding r1-corner-then-roll
# way: writes the image into the corner and rolls it into the middle
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[:h, :w] = image
    return np.roll(out, shift=(top, left), axis=(0, 1))


# %% convolve r1-windows-einsum
# way: all windows at once as a view, and one einsum
def convolve(image, kernels, bias, strides=(1, 1)):
    windows = np.lib.stride_tricks.sliding_window_view(
        image, kernels.shape[:2], axis=(0, 1)
    )[:: strides[0], :: strides[1]]
    return np.einsum("yxcij,ijcf->yxf", windows, kernels) + bias


# %% convolve r1-shift-and-add
# way: loops over the kernel's places, not over the positions
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh = strided_output_size(image.shape[0], kh, strides[0])
    ow = strided_output_size(image.shape[1], kw, strides[1])
    total = np.zeros((oh, ow, filters)) + bias
    for i, j in np.ndindex(kh, kw):
        part = image[i::strides[0], j::strides[1]][:oh, :ow]
        total = total + part @ kernels[i, j]
    return total


# %% convolve r1-im2col
# way: one row a window, one column a filter, one matrix product
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    ys = range(0, image.shape[0] - kh + 1, strides[0])
    xs = range(0, image.shape[1] - kw + 1, strides[1])
    rows = np.array([image[y : y + kh, x : x + kw].ravel() for y in ys for x in xs])
    flat = rows @ kernels.reshape(kh * kw * channels, filters)
    return (flat + bias[None, :]).reshape(len(ys), len(xs), filters)


# %% convolve r1-pure-python-sums
# way: nested lists and Python's sum, an array only at the end
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    pixels, weights, offsets = image.tolist(), kernels.tolist(), bias.tolist()

    def answer(y, x, f):
        return offsets[f] + sum(
            pixels[y + i][x + j][c] * weights[i][j][c][f]
            for i in range(kh)
            for j in range(kw)
            for c in range(channels)
        )

    return np.array(
        [
            [[answer(y, x, f) for f in range(filters)]
             for x in range(0, len(pixels[0]) - kw + 1, strides[1])]
            for y in range(0, len(pixels) - kh + 1, strides[0])
        ]
    )


# %% convolve r1-map-per-filter
# way: one feature map for each filter by a helper, stacked along the last axis
def _feature_map(image, kernel, offset, *, down, across):
    kh, kw = kernel.shape[:2]
    return [
        [
            np.vdot(image[y : y + kh, x : x + kw], kernel) + offset
            for x in range(0, image.shape[1] - kw + 1, across)
        ]
        for y in range(0, image.shape[0] - kh + 1, down)
    ]


def convolve(image, kernels, bias, strides=(1, 1)):
    down, across = strides
    maps = [
        _feature_map(image, kernels[..., f], bias[f], down=down, across=across)
        for f in range(kernels.shape[-1])
    ]
    return np.stack([np.array(m) for m in maps], axis=-1)


# %% convolve r1-bias-as-weight
# way: the bias is one more weight of a window that ends with a 1
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    table = np.vstack([kernels.reshape(-1, filters), np.reshape(bias, (1, -1))])
    out_h = (image.shape[0] - kh) // strides[0] + 1
    out_w = (image.shape[1] - kw) // strides[1] + 1
    out = np.empty((out_h, out_w, filters))
    for r in range(out_h):
        for q in range(out_w):
            y, x = r * strides[0], q * strides[1]
            window = image[y : y + kh, x : x + kw].reshape(-1)
            out[r, q] = np.concatenate([window, [1]]) @ table
    return out


# %% convolve r1-strided-tensordot
# way: as_strided makes the windows with the stride built in, tensordot adds up
def convolve(image, kernels, bias, strides=(1, 1)):
    image = np.ascontiguousarray(image)
    kh, kw, channels, _ = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, len(bias), (kh, kw), strides)
    sy, sx, sc = image.strides
    windows = np.lib.stride_tricks.as_strided(
        image,
        shape=(oh, ow, kh, kw, channels),
        strides=(sy * strides[0], sx * strides[1], sy, sx, sc),
        writeable=False,
    )
    return np.add(np.tensordot(windows, kernels, axes=3), bias)


# %% convolve r1-np-convolve-rows
# way: NumPy's row convolution with the kernel turned around beforehand, so that it is not turned in the end
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    oh, ow = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    full = np.zeros((oh, ow, filters))
    for f in range(filters):
        for c in range(channels):
            for i in range(kh):
                turned = kernels[i, ::-1, c, f]
                for y in range(oh):
                    full[y, :, f] += np.convolve(image[y + i, :, c], turned, mode="valid")
        full[:, :, f] += bias[f]
    return full[:: strides[0], :: strides[1]]


# %% sharing r1-prod-both
# way: math.prod of unpacked sides
import math


def shared_parameters(kernel_size, in_channels=1):
    return math.prod((*kernel_size, in_channels)) + 1


def unshared_weights(input_shape, kernel_size):
    positions = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_size))
    return positions * math.prod(kernel_size) * input_shape[-1]


# %% sharing r1-array-sizes
# way: makes arrays of the right shapes and asks for their size
def shared_parameters(kernel_size, in_channels=1):
    kernel = np.empty((kernel_size[0], kernel_size[1], in_channels))
    return kernel.size + np.empty(1).size


def unshared_weights(input_shape, kernel_size):
    image = np.broadcast_to(np.uint8(0), input_shape)
    window = (kernel_size[0], kernel_size[1], input_shape[2])
    return np.lib.stride_tricks.sliding_window_view(image, window).size


# %% sharing r1-from-shared
# way: the second count reuses the first, less its bias, once for each position
def shared_parameters(kernel_size, in_channels=1):
    bias = 1
    height, width = kernel_size
    return bias + height * width * in_channels


def unshared_weights(input_shape, kernel_size):
    rows, columns, _ = conv_output_shape(input_shape, 1, kernel_size)
    weights = shared_parameters(kernel_size, input_shape[2]) - 1
    return rows * columns * weights


# %% sharing r1-reduce-lambdas
# way: reduce with operator.mul, and lambdas with the same parameters
from functools import reduce
from operator import mul

shared_parameters = lambda kernel_size, in_channels=1: reduce(mul, kernel_size, in_channels) + 1
unshared_weights = lambda input_shape, kernel_size: reduce(
    mul,
    [conv_output_size(input_shape[axis], kernel_size[axis]) * kernel_size[axis] for axis in (0, 1)],
    input_shape[2],
)


# %% sharing r1-keras-count
# way: Keras builds and counts the filter; the positions are added up row by row
import keras


def shared_parameters(kernel_size, in_channels=1):
    layer = keras.layers.Conv2D(1, kernel_size)
    layer.build((None, *kernel_size, in_channels))
    return int(layer.count_params())


def unshared_weights(input_shape, kernel_size):
    (h, w, c), (kh, kw) = input_shape, kernel_size
    one_row = sum(kh * kw * c for _ in range(w - kw + 1))
    return sum(one_row for _ in range(h - kh + 1))


# %% window s1-range-len
# right: counts the possible ends of the window with the length of a range
def conv_output_size(size, kernel):
    return len(range(kernel, size + 1))


# %% window s1-sum-generator
# right: naive count of the starts from which the window fits
def conv_output_size(size, kernel):
    return sum(1 for start in range(size) if start + kernel <= size)


# %% window s1-sliding-view
# right: lets NumPy make the windows and reads their number
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv_output_size(size, kernel):
    return sliding_window_view(np.zeros(size), kernel).shape[0]


# %% window s1-callable-class
# right: an instance of a class with __call__ in place of a function
class _Positions:
    def __init__(self, first):
        self.first = first

    def __call__(self, size, kernel):
        return size + self.first - kernel


conv_output_size = _Positions(first=1)


# %% window s1-lambda-complement
# right: lambda with the bitwise complement, -~x is x + 1
conv_output_size = lambda size, kernel: -~(size - kernel)


# %% stride s1-negative-floor
# right: ceiling of (size - kernel + 1) / stride by a floor of the negative
def strided_output_size(size, kernel, stride):
    return -((kernel - size - 1) // stride)


# %% stride s1-while-walk
# right: walks with the window until it would leave the row
def strided_output_size(size, kernel, stride):
    positions, end = 0, kernel
    while end <= size:
        positions += 1
        end += stride
    return positions


# %% stride s1-keras-conv1d
# right: asks Keras for the shape of a Conv1D
import keras


def strided_output_size(size, kernel, stride):
    layer = keras.layers.Conv1D(1, kernel, strides=stride, padding="valid")
    return int(layer.compute_output_shape((None, size, 1))[1])


# %% stride s1-bisect-range
# right: binary search for the last legal start in a range
from bisect import bisect_right


def strided_output_size(size, kernel, stride):
    return bisect_right(range(0, size, stride), size - kernel)


# %% stride s1-divmod-previous
# right: counts groups of the stride-1 positions, using the earlier function
def strided_output_size(size, kernel, stride):
    full, rest = divmod(conv_output_size(size, kernel), stride)
    return full + (1 if rest else 0)


# %% padding s1-dict-of-lambdas
# right: a table from padding to rule
import math

_RULES = {
    "valid": lambda size, kernel, stride: math.floor((size - kernel) / stride) + 1,
    "same": lambda size, kernel, stride: math.ceil(size / stride),
}


def padded_output_size(size, kernel, stride, padding):
    return _RULES[padding](size, kernel, stride)


# %% padding s1-window-of-one
# right: "same" counts as if the window were one pixel wide
def padded_output_size(size, kernel, stride, padding):
    reach = 1 if padding == "same" else kernel
    return (size - reach) // stride + 1


# %% padding s1-match-statement
# right: structural pattern matching and lengths of ranges
def padded_output_size(size, kernel, stride, padding):
    match padding:
        case "same":
            return len(range(0, size, stride))
        case "valid":
            return len(range(0, size - kernel + 1, stride))
        case _:
            raise ValueError(padding)


# %% padding s1-keras-conv1d
# right: asks Keras for the shape
import keras


def padded_output_size(size, kernel, stride, padding):
    layer = keras.layers.Conv1D(1, kernel, strides=stride, padding=padding)
    return int(layer.compute_output_shape((None, size, 1))[1])


# %% padding s1-add-zeros-first
# right: adds kernel - 1 zeros and then applies the rule for no padding
def padded_output_size(size, kernel, stride, padding):
    zeros = (kernel - 1) * (padding == "same")
    return strided_output_size(size + zeros, kernel, stride)


# %% output-shape s1-keras-conv2d
# right: asks Keras for the shape of a Conv2D
import keras


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    layer = keras.layers.Conv2D(filters, kernel_size, strides=strides, padding=padding)
    return tuple(int(n) for n in layer.compute_output_shape((None, *input_shape))[1:])


# %% output-shape s1-star-map
# right: map over the two sides with the earlier function
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return (
        *map(padded_output_size, input_shape[:2], kernel_size, strides, (padding, padding)),
        filters,
    )


# %% output-shape s1-namedtuple
# right: a named tuple is a tuple
from collections import namedtuple

Shape = namedtuple("Shape", "height width channels")


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    def side(axis):
        return padded_output_size(input_shape[axis], kernel_size[axis], strides[axis], padding)

    return Shape(height=side(0), width=side(1), channels=filters)


# %% output-shape s1-numpy-vector
# right: both sides at once with NumPy, turned back to Python ints
import numpy as np


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = np.array(input_shape[:2])
    lost = np.array(kernel_size) - 1 if padding == "valid" else 0
    return (*((sides - lost - 1) // np.array(strides) + 1).tolist(), filters)


# %% same-padding s1-remainder-rule
# right: the rule with the remainder of size by stride, as in TensorFlow's documentation
def same_padding(size, kernel, stride):
    rest = size % stride or stride
    total = max(kernel - rest, 0)
    return total // 2, total - total // 2


# %% same-padding s1-count-outside
# right: counts one by one the pixels of the last window that lie outside
def same_padding(size, kernel, stride):
    *_, last = range(0, size, stride)
    outside = sum(1 for pixel in range(last, last + kernel) if pixel >= size)
    return outside >> 1, (outside + 1) >> 1


# %% same-padding s1-deal-out-loop
# right: deals out the zeros in turn, first after, then before
from itertools import cycle


def same_padding(size, kernel, stride):
    last = (padded_output_size(size, kernel, stride, "same") - 1) * stride
    ends = {"before": 0, "after": 0}
    turn = cycle(("after", "before"))
    for _ in range(last + kernel - size):
        ends[next(turn)] += 1
    return ends["before"], ends["after"]


# %% same-padding s1-probe-tensorflow
# right: measures TensorFlow's padding with an image of a single bright pixel at either end
import numpy as np
import tensorflow as tf


def same_padding(size, kernel, stride):
    taps = tf.reshape(tf.range(1.0, kernel + 1.0), (kernel, 1, 1))

    def response(pixel, position):
        row = np.zeros((1, size, 1), "float32")
        row[0, pixel, 0] = 1.0
        return int(tf.nn.conv1d(row, taps, stride, "SAME")[0, position, 0])

    first, last = response(0, 0), response(-1, -1)
    return first - 1, kernel - last if last else 0


# %% zero-padding s1-fortran-order
# right: an array of zeros in column order, then one slice
import numpy as np


def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    shape = (top + height + bottom, left + width + right, channels)
    padded = np.zeros(shape, dtype=image.dtype, order="F")
    padded[top : top + height, left : left + width] = image
    return padded


# %% zero-padding s1-pixel-loops
# right: writes pixel by pixel
import numpy as np


def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    padded = np.zeros((height + top + bottom, width + left + right, channels), image.dtype)
    for i in range(height):
        for j in range(width):
            for c in range(channels):
                padded[i + top, j + left, c] = image[i, j, c]
    return padded


# %% zero-padding s1-from-the-end
# right: counts the margins from the bottom right corner of a mirrored view
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    padded = np.zeros((top + h + bottom, left + w + right, c), dtype=image.dtype)
    mirrored = padded[::-1, ::-1]
    mirrored[bottom : bottom + h, right : right + w] = image[::-1, ::-1]
    return padded


# %% zero-padding s1-ix-index
# right: open mesh of the rows and columns in the middle
import numpy as np


def zero_pad(image, top, bottom, left, right):
    rows = np.arange(image.shape[0]) + top
    columns = np.arange(image.shape[1]) + left
    padded = np.zeros(
        (image.shape[0] + top + bottom, image.shape[1] + left + right, image.shape[2]),
        dtype=image.dtype,
    )
    padded[np.ix_(rows, columns)] = image
    return padded


# %% zero-padding s1-negative-slices
# right: slices from the end, with None where nothing is added there
import numpy as np


def zero_pad(image, top, bottom, left, right):
    shape = np.add(image.shape, (top + bottom, left + right, 0))
    padded = np.zeros(shape, image.dtype)
    padded[top : -bottom or None, left : -right or None, ...] = image.copy()
    return padded


# %% convolve s1-tap-by-tap
# right: adds up strided slices of the image, one for each place in the kernel
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    sh, sw = strides
    oh = (image.shape[0] - kh) // sh + 1
    ow = (image.shape[1] - kw) // sw + 1
    out = np.zeros((oh, ow, filters)) + bias
    for y in range(kh):
        for x in range(kw):
            seen = image[y : y + (oh - 1) * sh + 1 : sh, x : x + (ow - 1) * sw + 1 : sw]
            out += seen.astype(float) @ kernels[y, x].astype(float)
    return out


# %% convolve s1-sliding-einsum
# right: all windows as a view and one einsum
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def convolve(image, kernels, bias, strides=(1, 1)):
    windows = sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]].astype(float)
    return np.einsum("ijcyx,yxcf->ijf", windows, kernels.astype(float)) + bias


# %% convolve s1-im2col
# right: every window becomes a row of a matrix
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    tops = range(0, image.shape[0] - kh + 1, strides[0])
    lefts = range(0, image.shape[1] - kw + 1, strides[1])
    rows = np.array(
        [image[t : t + kh, l : l + kw].ravel() for t in tops for l in lefts], dtype=np.float64
    )
    flat = rows @ kernels.reshape(kh * kw * channels, filters).astype(np.float64)
    return (flat + bias).reshape(len(tops), len(lefts), filters)


# %% convolve s1-pure-python
# right: nested lists and math.fsum, an array only at the end
import math

import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    pixels, weights, offsets = image.tolist(), kernels.tolist(), bias.tolist()
    kh, kw, channels, filters = kernels.shape

    def value(top, left, f):
        return offsets[f] + math.fsum(
            pixels[top + y][left + x][c] * weights[y][x][c][f]
            for y in range(kh)
            for x in range(kw)
            for c in range(channels)
        )

    return np.array(
        [
            [
                [value(top, left, f) for f in range(filters)]
                for left in range(0, image.shape[1] - kw + 1, strides[1])
            ]
            for top in range(0, image.shape[0] - kh + 1, strides[0])
        ]
    )


# %% convolve s1-filter-stack
# right: one map for each filter, stacked on the last axis
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw = kernels.shape[:2]
    shape = conv_output_shape(image.shape, kernels.shape[3], (kh, kw), strides)

    def feature_map(kernel, b):
        result = np.empty(shape[:2])
        for i, j in np.ndindex(*shape[:2]):
            t, l = i * strides[0], j * strides[1]
            result[i, j] = np.vdot(
                image[t : t + kh, l : l + kw].astype(float), kernel.astype(float)
            ) + b
        return result

    return np.stack(
        [feature_map(k, b) for k, b in zip(np.moveaxis(kernels, -1, 0), bias)], axis=-1
    )


# %% sharing s1-math-prod
# right: products with math.prod
import math


def shared_parameters(kernel_size, in_channels=1):
    return math.prod((*kernel_size, in_channels)) + 1


def unshared_weights(input_shape, kernel_size):
    positions = math.prod(n - k + 1 for n, k in zip(input_shape, kernel_size))
    return positions * math.prod(kernel_size) * input_shape[-1]


# %% sharing s1-lambdas
# right: two lambdas, the second from the first less its bias
shared_parameters = lambda kernel_size, in_channels=1: 1 + in_channels * kernel_size[0] * kernel_size[1]
unshared_weights = lambda input_shape, kernel_size: (
    (shared_parameters(kernel_size, input_shape[2]) - 1)
    * conv_output_size(input_shape[0], kernel_size[0])
    * conv_output_size(input_shape[1], kernel_size[1])
)


# %% sharing s1-position-loop
# right: adds up a kernel for each position
def shared_parameters(kernel_size, in_channels=1):
    weights = 0
    for _ in range(kernel_size[0]):
        for _ in range(kernel_size[1]):
            weights += in_channels
    bias = 1
    return weights + bias


def unshared_weights(input_shape, kernel_size):
    (height, width, channels), (kh, kw) = input_shape, kernel_size
    count = 0
    for _top in range(height - kh + 1):
        for _left in range(width - kw + 1):
            count += kh * kw * channels
    return count


# %% sharing s1-broadcast-size
# right: sizes of arrays that take no memory
import numpy as np


def shared_parameters(kernel_size, in_channels=1):
    return int(np.broadcast_to(0.0, (*kernel_size, in_channels)).size) + 1


def unshared_weights(input_shape, kernel_size):
    image = np.broadcast_to(0.0, input_shape)
    return int(np.lib.stride_tricks.sliding_window_view(image, kernel_size, axis=(0, 1)).size)
