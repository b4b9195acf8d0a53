# Right answers to assignment 2, written from its released notebook alone.

# %% pool-size range-length
# right by: the length of the range of starts, None replaced first
def pool_output_size(size, pool, stride=None):
    step = {None: pool}.get(stride, stride)
    return len(range(0, size - pool + 1, step))


# %% pool-size slide-until-over
# right by: recursion-free iterator that slides until the window hangs over
from itertools import count, takewhile


def pool_output_size(size, pool, stride=None):
    stride = pool if stride is None else stride
    starts = takewhile(lambda start: start + pool <= size, count(0, stride))
    return sum(1 for _ in starts)


# %% pool-size keras-layer
# right by: asking a Keras pooling layer for its output shape
import keras


def pool_output_size(size, pool, stride=None):
    layer = keras.layers.MaxPooling1D(pool_size=pool, strides=stride)
    return int(layer.compute_output_shape((None, size, 1))[1])


# %% pool-size two-branches
# right by: two formulas, plain division for blocks side by side and the convolution's rule otherwise
def pool_output_size(size, pool, stride=None):
    if stride is None:
        return size // pool
    return (size - pool + stride) // stride


# %% max-pool sliding-windows
# right by: sliding_window_view, every stride-th window, amax over the window's axes
import numpy as np


def max_pool(image, pool_size, strides=None):
    sh, sw = pool_size if strides is None else strides
    windows = np.lib.stride_tricks.sliding_window_view(image, tuple(pool_size), axis=(0, 1))
    return windows[::sh, ::sw].max(axis=(-2, -1))


# %% max-pool running-maximum-of-shifts
# right by: maximum over the shifted and strided copies of the image, one for each place in the window
from functools import reduce
from itertools import product

import numpy as np


def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    rows, columns = (pool_output_size(n, p, s) for n, p, s in zip(image.shape, pool_size, strides))
    shifted = (
        image[u :: strides[0], v :: strides[1]][:rows, :columns]
        for u, v in product(range(pool_size[0]), range(pool_size[1]))
    )
    return np.array(reduce(np.maximum, shifted))


# %% max-pool one-side-after-the-other
# right by: separable: first the maximum along the height, then along the width
import numpy as np


def _pool_axis(values, axis, pool, stride):
    starts = range(0, values.shape[axis] - pool + 1, stride)
    parts = [values.take(range(s, s + pool), axis=axis).max(axis=axis) for s in starts]
    return np.stack(parts, axis=axis)


def max_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    for axis in (0, 1):
        image = _pool_axis(image, axis, pool_size[axis], strides[axis])
    return image


# %% max-pool tensorflow-double
# right by: tf.nn.max_pool2d in double precision, batch axis added and taken off
import numpy as np
import tensorflow as tf


def max_pool(image, pool_size, strides=None):
    batch = tf.convert_to_tensor(np.asarray(image, dtype=np.float64)[np.newaxis])
    strides = pool_size if strides is None else strides
    return tf.nn.max_pool2d(
        batch, ksize=list(pool_size), strides=list(strides), padding="VALID"
    ).numpy()[0]


# %% max-pool keras-layer
# right by: the Keras layer itself with dtype float64
import keras
import numpy as np


def max_pool(image, pool_size, strides=None):
    layer = keras.layers.MaxPool2D(
        tuple(pool_size), None if strides is None else tuple(strides), dtype="float64"
    )
    return np.array(layer(image[None].astype("float64")))[0]


# %% max-pool pure-python
# right by: built-in max over generators on nested lists, channel by channel
import numpy as np


def max_pool(image, pool_size, strides=None):
    (ph, pw), (sh, sw) = pool_size, strides or pool_size
    height, width, channels = image.shape
    pixels = image.tolist()
    pooled = [
        [
            [
                max(pixels[y][x][c] for y in range(top, top + ph) for x in range(left, left + pw))
                for c in range(channels)
            ]
            for left in range(0, width - pw + 1, sw)
        ]
        for top in range(0, height - ph + 1, sh)
    ]
    return np.array(pooled, dtype=image.dtype)


# %% max-pool reshape-with-fallback
# right by: cropping and reshaping into blocks when they do not overlap, else a loop that sorts each window
import numpy as np


def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    if strides is None or tuple(strides) == (ph, pw):
        h, w, c = image.shape
        cropped = image[: h // ph * ph, : w // pw * pw]
        return cropped.reshape(h // ph, ph, w // pw, pw, c).max((1, 3))
    rows = range(0, image.shape[0] - ph + 1, strides[0])
    columns = range(0, image.shape[1] - pw + 1, strides[1])
    out = np.empty((len(rows), len(columns), image.shape[2]), dtype=image.dtype)
    for i, y in enumerate(rows):
        for j, x in enumerate(columns):
            out[i, j] = np.sort(image[y : y + ph, x : x + pw].reshape(ph * pw, -1), axis=0)[-1]
    return out


# %% average-pool integral-image
# right by: cumulative sums of the image, four corners for each window
import numpy as np


def average_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sh, sw = pool_size if strides is None else strides
    h, w, c = image.shape
    table = np.zeros((h + 1, w + 1, c))
    table[1:, 1:] = np.cumsum(np.cumsum(image, axis=0, dtype=float), axis=1)
    top = np.arange(0, h - ph + 1, sh)[:, None]
    left = np.arange(0, w - pw + 1, sw)[None, :]
    total = (
        table[top + ph, left + pw]
        - table[top, left + pw]
        - table[top + ph, left]
        + table[top, left]
    )
    return total / (ph * pw)


# %% average-pool tensorflow-double
# right by: tf.nn.avg_pool2d in double precision without padding
import tensorflow as tf


def average_pool(image, pool_size, strides=None):
    batch = tf.cast(image, tf.float64)[tf.newaxis]
    pooled = tf.nn.avg_pool2d(batch, list(pool_size), list(strides or pool_size), padding="VALID")
    return tf.squeeze(pooled, axis=0).numpy()


# %% average-pool as-convolution
# right by: a depthwise convolution with equal weights, done by einsum over windows
import numpy as np


def average_pool(image, pool_size, strides=None):
    strides = pool_size if strides is None else strides
    weights = np.full(tuple(pool_size), 1.0 / (pool_size[0] * pool_size[1]))
    windows = np.lib.stride_tricks.sliding_window_view(image, weights.shape, axis=(0, 1))
    return np.einsum("ijcuv,uv->ijc", windows[:: strides[0], :: strides[1]], weights)


# %% average-pool pure-python-statistics
# right by: statistics.fmean on lists of each window's values
from statistics import fmean

import numpy as np


def average_pool(image, pool_size, strides=None):
    (ph, pw), (sh, sw) = pool_size, strides or pool_size
    h, w, channels = image.shape
    return np.array(
        [
            [
                [fmean(image[i : i + ph, j : j + pw, k].ravel().tolist()) for k in range(channels)]
                for j in range(0, w - pw + 1, sw)
            ]
            for i in range(0, h - ph + 1, sh)
        ]
    )


# %% average-pool generic-pooler
# right by: a class with __call__ that pools with any numpy reduction
import numpy as np


class Pooler:
    def __init__(self, reduction):
        self.reduction = reduction

    def __call__(self, image, pool_size, strides=None):
        strides = pool_size if strides is None else strides
        shape = [pool_output_size(*side) for side in zip(image.shape, pool_size, strides)]
        out = np.empty((*shape, image.shape[-1]))
        for i, j in np.ndindex(*shape):
            corner = image[i * strides[0] :, j * strides[1] :]
            out[i, j] = self.reduction(corner[: pool_size[0], : pool_size[1]], axis=(0, 1))
        return out


average_pool = Pooler(np.mean)


# %% average-pool matrix-product
# right by: a pooling matrix for each side, height and width averaged by matrix products
import numpy as np


def _mean_matrix(size, pool, stride):
    rows = pool_output_size(size, pool, stride)
    matrix = np.zeros((rows, size))
    for row in range(rows):
        matrix[row, row * stride : row * stride + pool] = 1 / pool
    return matrix


def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    down = _mean_matrix(image.shape[0], pool_size[0], strides[0])
    across = _mean_matrix(image.shape[1], pool_size[1], strides[1])
    return np.einsum("ih,hwc,jw->ijc", down, image, across)


# %% seven own-functions-loop
# right by: both own functions called in one unpacking with a generator
with unless_blank():
    seven_max, seven_average = (
        pool(SEVEN[:, :, None], (2, 2))[:, :, 0] for pool in (max_pool, average_pool)
    )


# %% seven expand-and-squeeze
# right by: expand_dims and squeeze in place of None and 0, strides given in full
with unless_blank():
    _grid = np.expand_dims(SEVEN, -1)
    seven_max = np.squeeze(max_pool(_grid, (2, 2), (2, 2)), axis=-1)
    seven_average = np.squeeze(average_pool(_grid, pool_size=(2, 2), strides=(2, 2)), axis=2)


# %% seven blocks-by-reshape
# right by: reshaped into blocks, which are reduced over their own axes
with unless_blank():
    _blocks = SEVEN.reshape(6, 2, 6, 2).swapaxes(1, 2)
    seven_max = _blocks.max(axis=(2, 3))
    seven_average = _blocks.mean(axis=(2, 3))


# %% seven both-in-one-helper
# right by: a local helper with a keyword-only argument, ellipsis index for the channel
def _shrink(picture, *, by):
    return by(picture[..., np.newaxis], (2, 2))[..., 0]


with unless_blank():
    seven_max = _shrink(SEVEN, by=max_pool)
    seven_average = _shrink(SEVEN, by=average_pool)


# %% pool-shape per-side-generator
# right by: generator over both sides, the channels are kept by slicing
def pool_output_shape(input_shape, pool_size, strides=None):
    steps = (None, None) if strides is None else strides
    sides = (pool_output_size(n, p, s) for n, p, s in zip(input_shape, pool_size, steps))
    return tuple(sides) + tuple(input_shape[2:])


# %% pool-shape keras-compute
# right by: Keras's compute_output_shape of an average pooling layer
import keras


def pool_output_shape(input_shape, pool_size, strides=None):
    layer = keras.layers.AveragePooling2D(
        pool_size=tuple(pool_size), strides=None if strides is None else tuple(strides)
    )
    _batch, *shape = layer.compute_output_shape((None, *input_shape))
    return tuple(map(int, shape))


# %% pool-shape pool-an-empty-image
# right by: pooling an image of zeros and reading the shape of what comes out
import numpy as np


def pool_output_shape(input_shape, pool_size, strides=None):
    return max_pool(np.zeros(input_shape, dtype=np.int8), pool_size, strides).shape


# %% pool-shape named-tuple [forms]
# right by: a named tuple with _replace for the sides that change
from typing import NamedTuple


class MapShape(NamedTuple):
    height: int
    width: int
    channels: int


def pool_output_shape(input_shape, pool_size, strides=None):
    shape = MapShape(*input_shape)
    sh, sw = strides or pool_size
    return shape._replace(
        height=1 + (shape.height - pool_size[0]) // sh,
        width=1 + (shape.width - pool_size[1]) // sw,
    )


# %% pool-size coalesce
# right: "or" for None, ceiling of the starts
def pool_output_size(size, pool, stride=None):
    return -((pool - size - 1) // (stride or pool))


# %% pool-size iterator-of-ends
# right: counts the ends of windows in the row
def pool_output_size(size, pool, stride=None):
    step = {None: pool}.get(stride, stride)
    return len(range(pool, size + 1, step))


# %% pool-size default-by-keyword-wrapper
# right: a decorator fills in the missing stride
import functools


def _own_size_as_stride(rule):
    @functools.wraps(rule)
    def wrapped(size, pool, stride=None):
        return rule(size, pool, pool if stride is None else stride)

    return wrapped


@_own_size_as_stride
def pool_output_size(size, pool, stride=None):
    if size < pool:
        return 0
    whole, _rest = divmod(size - pool, stride)
    return whole + 1


# %% max-pool one-axis-after-the-other
# right: the largest of rows, then of columns
def max_pool(image, pool_size, strides=None):
    result = image
    for axis, (pool, stride) in enumerate(zip(pool_size, strides or pool_size)):
        count = pool_output_size(result.shape[axis], pool, stride)
        places = np.arange(count)[:, None] * stride + np.arange(pool)
        result = np.take(result, places, axis=axis).max(axis=axis + 1)
    return result


# %% max-pool shifted-maximum
# right: np.maximum.reduce of shifted, thinned images
def max_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    rows = pool_output_size(image.shape[0], pool_size[0], sy)
    cols = pool_output_size(image.shape[1], pool_size[1], sx)
    shifted = [
        image[dy:, dx:][::sy, ::sx][:rows, :cols] for dy, dx in np.ndindex(*pool_size)
    ]
    return np.maximum.reduce(shifted)


# %% max-pool recursive-maximum
# right: recursion within the window, plain Python comparisons
def max_pool(image, pool_size, strides=None):
    strides = strides if strides is not None else pool_size

    def largest(values):
        if len(values) == 1:
            return values[0]
        half = len(values) // 2
        a, b = largest(values[:half]), largest(values[half:])
        return a if a >= b else b

    h, w, channels = image.shape
    ys = range(0, h - pool_size[0] + 1, strides[0])
    xs = range(0, w - pool_size[1] + 1, strides[1])
    out = np.empty((len(ys), len(xs), channels), image.dtype)
    for (i, y), (j, x), c in (
        (a, b, c) for a in enumerate(ys) for b in enumerate(xs) for c in range(channels)
    ):
        block = image[y : y + pool_size[0], x : x + pool_size[1], c]
        out[i, j, c] = largest(block.ravel().tolist())
    return out


# %% max-pool keras-ops
# right: Keras's own pooling on a batch of one, back to the image's dtype
def max_pool(image, pool_size, strides=None):
    import keras

    batch = keras.ops.expand_dims(keras.ops.convert_to_tensor(image, "float64"), 0)
    pooled = keras.ops.max_pool(batch, tuple(pool_size), strides and tuple(strides), "valid")
    return keras.ops.convert_to_numpy(pooled)[0].astype(image.dtype)


# %% average-pool integral-image-again
# right: differences of cumulative sums
def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    table = np.zeros((image.shape[0] + 1, image.shape[1] + 1, image.shape[2]))
    table[1:, 1:] = image.astype(float).cumsum(axis=0).cumsum(axis=1)
    y = np.arange(pool_output_size(image.shape[0], pool_size[0], strides[0])) * strides[0]
    x = np.arange(pool_output_size(image.shape[1], pool_size[1], strides[1])) * strides[1]
    y, x = np.ix_(y, x)
    y2, x2 = y + pool_size[0], x + pool_size[1]
    sums = table[y2, x2] - table[y, x2] - table[y2, x] + table[y, x]
    return sums / (pool_size[0] * pool_size[1])


# %% average-pool two-matrices
# right: a matrix that averages rows and one that averages columns
def average_pool(image, pool_size, strides=None):
    def averaging(size, pool, stride):
        matrix = np.zeros((pool_output_size(size, pool, stride), size))
        for row, values in enumerate(matrix):
            values[row * stride : row * stride + pool] = 1 / pool
        return matrix

    sy, sx = strides or pool_size
    down = averaging(image.shape[0], pool_size[0], sy)
    across = averaging(image.shape[1], pool_size[1], sx)
    return np.einsum("yh,hwc,xw->yxc", down, image, across)


# %% average-pool statistics-module
# right: statistics.fmean in nested comprehensions
from statistics import fmean


def average_pool(image, pool_size, strides=None):
    (ph, pw), (sy, sx) = pool_size, strides or pool_size
    h, w, c = image.shape
    return np.array(
        [
            [
                [fmean(image[y : y + ph, x : x + pw, k].ravel()) for k in range(c)]
                for x in range(0, w - pw + 1, sx)
            ]
            for y in range(0, h - ph + 1, sy)
        ]
    )


# %% average-pool tf-avg-pool
# right: TensorFlow's pooling in double precision
def average_pool(image, pool_size, strides=None):
    import tensorflow as tf

    batch = tf.cast(image, tf.float64)[tf.newaxis]
    strides = list(pool_size if strides is None else strides)
    return tf.squeeze(tf.nn.avg_pool2d(batch, list(pool_size), strides, "VALID"), 0).numpy()


# %% seven unpack-map
# right: both in one go, the channel taken off with a squeeze of the last axis
with unless_blank():
    seven_max, seven_average = (
        np.squeeze(pool(np.expand_dims(SEVEN, -1), (2, 2)), axis=-1)
        for pool in (max_pool, average_pool)
    )


# %% seven by-reshape
# right: blocks by reshape; 12 divides by 2
with unless_blank():
    _blocks = SEVEN.reshape(6, 2, 6, 2)
    seven_max = _blocks.max(axis=(1, 3))
    seven_average = _blocks.mean(axis=(1, 3))


# %% seven stacked-twice
# right: pools explicitly with strides and unpacks the only channel of the transposed result
with unless_blank():
    image = np.stack([SEVEN], axis=2)
    (seven_max,) = np.moveaxis(max_pool(image, (2, 2), strides=(2, 2)), -1, 0)
    (seven_average,) = np.moveaxis(average_pool(image, (2, 2), strides=(2, 2)), -1, 0)


# %% pool-shape from-a-pooled-image
# right: pools an image that takes no memory and looks at the shape
def pool_output_shape(input_shape, pool_size, strides=None):
    return max_pool(np.broadcast_to(np.float32(0), input_shape), pool_size, strides).shape


# %% pool-shape starred
# right: unpacks, the channels ride along
def pool_output_shape(input_shape, pool_size, strides=None):
    *sides, channels = input_shape
    steps = (None, None) if strides is None else strides
    return (*map(pool_output_size, sides, pool_size, steps), channels)


# %% pool-shape keras-layer
# right: asks Keras
def pool_output_shape(input_shape, pool_size, strides=None):
    import keras

    layer = keras.layers.MaxPooling2D(pool_size=tuple(pool_size), strides=strides)
    return tuple(map(int, layer.compute_output_shape((1, *input_shape))[1:]))


# %% pool-size takewhile
# why right: counts the starts whose window still ends inside the row
from itertools import count, takewhile


def pool_output_size(size, pool, stride=None):
    step = pool if stride is None else stride
    return sum(1 for _ in takewhile(lambda start: start + pool <= size, count(0, step)))


# %% pool-size ceil-of-starts
# why right: starts 0 .. size - pool are size - pool + 1 many, each step-th counts, rounded up
def pool_output_size(size, pool, stride=None):
    step = stride or pool
    starts = size - pool + 1
    return -(-starts // step)


# %% pool-size zip-of-two-ranges
# why right: first and last index of each window walk in step; zip stops with the shorter
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = pool
    firsts = range(0, size, stride)
    lasts = range(pool - 1, size, stride)
    return len([*zip(firsts, lasts)])


# %% max-pool two-passes
# why right: a maximum over a rectangle is the maximum of the row maxima, one axis after the other
import numpy as np


def max_pool(image, pool_size, strides=None):
    strides = pool_size if strides is None else strides
    result = image
    for axis in (0, 1):
        result = np.lib.stride_tricks.sliding_window_view(result, pool_size[axis], axis=axis).max(axis=-1)
        result = result[(slice(None),) * axis + (slice(None, None, strides[axis]),)]
    return result


# %% max-pool sorted-last
# why right: plain lists, the last of the sorted values of each window
import numpy as np


def max_pool(image, pool_size, strides=None):
    (ph, pw), (sh, sw) = pool_size, strides or pool_size
    height, width, channels = image.shape
    rows = []
    for top in range(0, height - ph + 1, sh):
        row = []
        for left in range(0, width - pw + 1, sw):
            pixel = []
            for c in range(channels):
                values = sorted(image[top + i, left + j, c] for i in range(ph) for j in range(pw))
                pixel.append(values[-1])
            row.append(pixel)
        rows.append(row)
    return np.array(rows)


# %% max-pool fancy-index
# why right: one advanced index gathers all windows, then max over the two inner axes
import numpy as np


def max_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    height, width, _ = image.shape
    r = np.arange(0, height - pool_size[0] + 1, strides[0])[:, None] + np.arange(pool_size[0])
    c = np.arange(0, width - pool_size[1] + 1, strides[1])[:, None] + np.arange(pool_size[1])
    return image[r[:, None, :, None], c[None, :, None, :]].max(axis=(2, 3))


# %% average-pool matrix-product-again
# why right: averaging is linear, so a row matrix and a column matrix do it
import numpy as np


def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size

    def averager(size, pool, stride):
        starts = range(0, size - pool + 1, stride)
        matrix = np.zeros((len(starts), size))
        for row, start in enumerate(starts):
            matrix[row, start : start + pool] = 1 / pool
        return matrix

    down = averager(image.shape[0], pool_size[0], strides[0])
    across = averager(image.shape[1], pool_size[1], strides[1])
    return np.einsum("ih,hwc,jw->ijc", down, image, across)


# %% average-pool fmean
# why right: statistics.fmean of the flat values of each window and channel
from statistics import fmean

import numpy as np


def average_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sh, sw = pool_size if strides is None else strides
    return np.array(
        [
            [
                [fmean(image[y : y + ph, x : x + pw, c].ravel().tolist()) for c in range(image.shape[2])]
                for x in range(0, image.shape[1] - pw + 1, sw)
            ]
            for y in range(0, image.shape[0] - ph + 1, sh)
        ]
    )


# %% average-pool per-channel-stack
# why right: pools each channel as a plain picture and stacks them again
import numpy as np


def average_pool(image, pool_size, strides=None):
    def flat(picture):
        h = 1 + (picture.shape[0] - pool_size[0]) // step[0]
        w = 1 + (picture.shape[1] - pool_size[1]) // step[1]
        out = np.full((h, w), np.nan)
        for spot in np.ndindex(h, w):
            y, x = spot[0] * step[0], spot[1] * step[1]
            out[spot] = np.average(picture[y : y + pool_size[0], x : x + pool_size[1]])
        return out

    step = pool_size if strides is None else strides
    return np.dstack([flat(image[..., c]) for c in range(image.shape[-1])])


# %% seven take-and-squeeze
# why right: both at once, the channel axis taken off by np.take
with unless_blank():
    seven_max, seven_average = (
        np.take(pool(np.expand_dims(SEVEN, -1), (2, 2)), 0, axis=-1) for pool in (max_pool, average_pool)
    )


# %% seven strides-written-out
# why right: reshape for the axis, strides written out, squeeze at the end
with unless_blank():
    picture = SEVEN.reshape(*SEVEN.shape, 1)
    seven_max = max_pool(picture, pool_size=(2, 2), strides=(2, 2)).squeeze()
    seven_average = average_pool(picture, pool_size=(2, 2), strides=(2, 2)).squeeze()


# %% seven two-channels
# why right: channels stay apart, so a doubled image gives the same in each channel
with unless_blank():
    twice = np.stack([SEVEN, SEVEN], axis=2)
    seven_max = max_pool(twice, (2, 2))[:, :, 1]
    seven_average = average_pool(twice, (2, 2))[:, :, 0]


# %% pool-shape namedtuple
# why right: a named tuple is a tuple
from collections import namedtuple

Shape = namedtuple("Shape", "height width channels")


def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or (None, None)
    before = Shape._make(input_shape)
    return before._replace(
        height=pool_output_size(before.height, pool_size[0], strides[0]),
        width=pool_output_size(before.width, pool_size[1], strides[1]),
    )


# %% pool-shape ask-an-array
# why right: pools an array of zeros and looks at its shape
def pool_output_shape(input_shape, pool_size, strides=None):
    return np.shape(max_pool(np.zeros(input_shape), pool_size, strides))


# %% pool-shape map
# why right: map over both sides, channels appended
def pool_output_shape(input_shape, pool_size, strides=None):
    *sides, channels = input_shape
    if strides is None:
        strides = pool_size
    return tuple(map(lambda n, k, s: (n - k) // s + 1, sides, pool_size, strides)) + (channels,)


# %% pool-size plain
# right: the convolution's formula with pool as default stride
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = pool
    return (size - pool) // stride + 1


# %% pool-size one-liner
# right: the default by `or` (a stride is never 0)
def pool_output_size(size, pool, stride=None):
    return 1 + (size - pool) // (stride or pool)


# %% pool-size two-cases
# right: whole blocks without stride, a loop with one
def pool_output_size(size, pool, stride=None):
    if stride == None:
        return size // pool
    positions = 0
    end = pool
    while end <= size:
        positions += 1
        end += stride
    return positions


# %% pool-size range
# right: counts the range of starts
def pool_output_size(size, pool, stride=None):
    step = pool if stride is None else stride
    starts = range(0, size - pool + 1, step)
    return len(starts)


# %% max-pool loops
# right: loops over positions and channels
def max_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    h, w, c = image.shape
    oh = pool_output_size(h, pool_size[0], strides[0])
    ow = pool_output_size(w, pool_size[1], strides[1])
    out = np.zeros((oh, ow, c))
    for i in range(oh):
        for j in range(ow):
            for k in range(c):
                y = i * strides[0]
                x = j * strides[1]
                out[i, j, k] = np.max(image[y:y + pool_size[0], x:x + pool_size[1], k])
    return out


# %% max-pool axis
# right: all channels at once with axis=(0, 1), dtype kept
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sh, sw = pool_size if strides is None else strides
    H, W, C = image.shape
    result = np.empty((pool_output_size(H, ph, sh), pool_output_size(W, pw, sw), C), dtype=image.dtype)
    for r in range(result.shape[0]):
        for s in range(result.shape[1]):
            block = image[r * sh:r * sh + ph, s * sw:s * sw + pw, :]
            result[r, s, :] = block.max(axis=(0, 1))
    return result


# %% max-pool by-hand
# right: compares the numbers one after the other, starting with the first of the window
def max_pool(image, pool_size, strides=None):
    if not strides:
        strides = pool_size
    height, width, channels = image.shape
    out_h = (height - pool_size[0]) // strides[0] + 1
    out_w = (width - pool_size[1]) // strides[1] + 1
    out = np.zeros((out_h, out_w, channels))
    for c in range(channels):
        for i in range(out_h):
            for j in range(out_w):
                biggest = image[i * strides[0], j * strides[1], c]
                for a in range(pool_size[0]):
                    for b in range(pool_size[1]):
                        value = image[i * strides[0] + a, j * strides[1] + b, c]
                        if value > biggest:
                            biggest = value
                out[i, j, c] = biggest
    return out


# %% max-pool nested-comprehension
# right: a list of lists of channel maxima
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    (ph, pw), (sh, sw) = pool_size, strides
    return np.array([
        [np.amax(np.amax(image[y:y + ph, x:x + pw], axis=0), axis=0)
         for x in range(0, image.shape[1] - pw + 1, sw)]
        for y in range(0, image.shape[0] - ph + 1, sh)
    ])


# %% max-pool minus-infinity
# right: starts at minus infinity and takes np.maximum of shifted images
def max_pool(image, pool_size, strides=None):
    sh, sw = pool_size if strides is None else strides
    oh = pool_output_size(image.shape[0], pool_size[0], sh)
    ow = pool_output_size(image.shape[1], pool_size[1], sw)
    best = np.full((oh, ow, image.shape[2]), -np.inf)
    for dy in range(pool_size[0]):
        for dx in range(pool_size[1]):
            shifted = image[dy:, dx:][::sh, ::sw][:oh, :ow]
            best = np.maximum(best, shifted)
    return best


# %% max-pool sides-in-turn
# right: the largest along the height first, then along the width
def pool_rows(a, pool, stride):
    n = pool_output_size(a.shape[0], pool, stride)
    return np.stack([a[i * stride:i * stride + pool].max(axis=0) for i in range(n)])

def max_pool(image, pool_size, strides=None):
    strides = pool_size if strides is None else strides
    tall = pool_rows(image, pool_size[0], strides[0])
    wide = pool_rows(tall.swapaxes(0, 1), pool_size[1], strides[1])
    return wide.swapaxes(0, 1)


# %% average-pool loops
# right: np.mean of each window
def average_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    h, w, c = image.shape
    oh = pool_output_size(h, pool_size[0], strides[0])
    ow = pool_output_size(w, pool_size[1], strides[1])
    out = np.zeros((oh, ow, c))
    for i in range(oh):
        for j in range(ow):
            for k in range(c):
                y = i * strides[0]
                x = j * strides[1]
                out[i, j, k] = np.mean(image[y:y + pool_size[0], x:x + pool_size[1], k])
    return out


# %% average-pool sum-and-divide
# right: the sum divided by the number of values
def average_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    if strides == None:
        sh, sw = ph, pw
    else:
        sh, sw = strides
    rows = []
    for top in range(0, image.shape[0] - ph + 1, sh):
        row = []
        for left in range(0, image.shape[1] - pw + 1, sw):
            window = image[top:top + ph, left:left + pw]
            row.append(window.sum(axis=(0, 1)) / (ph * pw))
        rows.append(row)
    return np.array(rows)


# %% average-pool shape-of-max-pool
# right: takes the output's shape from max_pool
def average_pool(image, pool_size, strides=None):
    result = np.zeros_like(max_pool(image, pool_size, strides), dtype=float)
    step_y, step_x = strides if strides is not None else pool_size
    for y in range(len(result)):
        for x in range(len(result[0])):
            part = image[y * step_y:y * step_y + pool_size[0], x * step_x:x * step_x + pool_size[1]]
            result[y, x] = part.mean(axis=0).mean(axis=0)
    return result


# %% average-pool shifted-sum
# right: adds up shifted strided images
def average_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sh, sw = strides or pool_size
    end_y = image.shape[0] - ph + 1
    end_x = image.shape[1] - pw + 1
    total = 0.0
    for a in range(ph):
        for b in range(pw):
            total = total + image[a:a + end_y:sh, b:b + end_x:sw, :]
    return total / (ph * pw)


# %% average-pool sliding-window
# right: a view of all windows
def average_pool(image, pool_size, strides=None):
    sh, sw = pool_size if strides is None else strides
    view = np.lib.stride_tricks.sliding_window_view(image, tuple(pool_size), axis=(0, 1))
    return view[::sh, ::sw].mean(axis=(-2, -1))


# %% seven plain
# right: a channel axis on, pooled, and off again
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]


# %% seven steps
# right: in steps, with explicit strides
with unless_blank():
    picture = SEVEN[:, :, None]
    print(picture.shape)
    a = max_pool(picture, (2, 2), (2, 2))
    b = average_pool(picture, (2, 2), strides=(2, 2))
    print(a.shape, b.shape)
    seven_max = a[..., 0]
    seven_average = b[..., 0]


# %% seven blocks-by-reshape-again
# right: reshapes the seven into blocks
with unless_blank():
    blocks = SEVEN.reshape(6, 2, 6, 2)
    seven_max = blocks.max(axis=(1, 3))
    seven_average = blocks.mean(axis=(1, 3))


# %% pool-shape plain
# right: each side by pool_output_size
def pool_output_shape(input_shape, pool_size, strides=None):
    h, w, c = input_shape
    if strides is None:
        strides = pool_size
    return (
        pool_output_size(h, pool_size[0], strides[0]),
        pool_output_size(w, pool_size[1], strides[1]),
        c,
    )


# %% pool-shape two-cases
# right: an if with two returns
def pool_output_shape(input_shape, pool_size, strides=None):
    height, width, channels = input_shape
    if strides is not None:
        return (pool_output_size(height, pool_size[0], strides[0]),
                pool_output_size(width, pool_size[1], strides[1]),
                channels)
    return (pool_output_size(height, pool_size[0]), pool_output_size(width, pool_size[1]), channels)


# %% pool-shape formula
# right: the formula written out, a list made a tuple
def pool_output_shape(input_shape, pool_size, strides=None):
    s = strides or pool_size
    shape = []
    for side in (0, 1):
        shape.append((input_shape[side] - pool_size[side]) // s[side] + 1)
    shape.append(input_shape[2])
    return tuple(shape)


# %% pool-shape try-it
# right: pools an image of zeros and looks at its shape
def pool_output_shape(input_shape, pool_size, strides=None):
    return max_pool(np.zeros(input_shape), pool_size, strides).shape


# %% pool-size arange
# right: number of starts in an arange
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = pool
    return np.arange(0, size - pool + 1, stride).size


# %% pool-size or-default
# right: "or" for the default, a stride is never 0
def pool_output_size(size, pool, stride=None):
    return (size - pool) // (stride or pool) + 1


# %% pool-size two-branches-again
# right: size // pool without overlap, the general rule otherwise
def pool_output_size(size, pool, stride=None):
    if stride is None or stride == pool:
        return size // pool
    end, blocks = pool, 0
    while end <= size:
        end += stride
        blocks += 1
    return blocks


# %% max-pool triple-loop
# right: loops, dtype of the image kept
def max_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    ph, pw = pool_size
    sh, sw = strides
    oh = pool_output_size(image.shape[0], ph, sh)
    ow = pool_output_size(image.shape[1], pw, sw)
    out = np.empty((oh, ow, image.shape[2]), image.dtype)
    for c in range(image.shape[2]):
        for y in range(oh):
            for x in range(ow):
                out[y, x, c] = image[y * sh:y * sh + ph, x * sw:x * sw + pw, c].max()
    return out


# %% max-pool sliding-view
# right: sliding_window_view, every stride-th, max of the two last axes
def max_pool(image, pool_size, strides=None):
    sh, sw = pool_size if strides is None else strides
    v = np.lib.stride_tricks.sliding_window_view(image, tuple(pool_size), axis=(0, 1))
    return v[::sh, ::sw].max(axis=(3, 4))


# %% max-pool rows-then-columns
# right: the largest along the height first, then along the width
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size

    def squeeze(a, axis):
        a = np.moveaxis(a, axis, 0)
        k, s = pool_size[axis], strides[axis]
        b = np.stack([a[i:i + k].max(axis=0) for i in range(0, len(a) - k + 1, s)])
        return np.moveaxis(b, 0, axis)

    return squeeze(squeeze(image, 0), 1)


# %% max-pool reduce-maximum
# right: np.maximum of shifted slices
from functools import reduce
from itertools import product


def max_pool(image, pool_size, strides=None):
    sh, sw = strides if strides is not None else pool_size
    h = image.shape[0] - pool_size[0] + 1
    w = image.shape[1] - pool_size[1] + 1
    shifted = (
        image[i:i + h:sh, j:j + w:sw]
        for i, j in product(range(pool_size[0]), range(pool_size[1]))
    )
    return reduce(np.maximum, shifted).copy()


# %% max-pool keras-layer-again
# right: the Keras layer in float64
import keras


def max_pool(image, pool_size, strides=None):
    layer = keras.layers.MaxPooling2D(
        tuple(pool_size), strides=None if strides is None else tuple(strides), dtype="float64"
    )
    return np.asarray(layer(image[np.newaxis].astype("float64")))[0].astype(image.dtype)


# %% max-pool sorted-flat
# right: nested lists, last of the sorted values of each channel
def max_pool(image, pool_size, strides=None):
    a, b = pool_size
    s, t = strides or (a, b)
    n = image.shape[-1]
    return np.array([
        [np.sort(image[y:y + a, x:x + b].reshape(-1, n), axis=0)[-1]
         for x in range(0, image.shape[1] - b + 1, t)]
        for y in range(0, image.shape[0] - a + 1, s)
    ])


# %% average-pool plain-mean
# right: mean over the first two axes, float result
def average_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], strides[0])
    ow = pool_output_size(image.shape[1], pool_size[1], strides[1])
    out = np.zeros((oh, ow, image.shape[2]))
    for y in range(oh):
        for x in range(ow):
            r, c = y * strides[0], x * strides[1]
            out[y, x] = image[r:r + pool_size[0], c:c + pool_size[1]].mean(axis=(0, 1))
    return out


# %% average-pool integral-image-again-again
# right: differences of cumulated sums
def average_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sh, sw = pool_size if strides is None else strides
    s = np.zeros((image.shape[0] + 1, image.shape[1] + 1, image.shape[2]))
    s[1:, 1:] = image.astype(float).cumsum(axis=0).cumsum(axis=1)
    sums = s[ph:, pw:] - s[:-ph, pw:] - s[ph:, :-pw] + s[:-ph, :-pw]
    return sums[::sh, ::sw] / (ph * pw)


# %% average-pool sum-of-slices
# right: adds shifted slices and divides once
def average_pool(image, pool_size, strides=None):
    if strides is None: strides = pool_size
    last_y = image.shape[0] - pool_size[0]
    last_x = image.shape[1] - pool_size[1]
    total = 0.0
    for dy in range(pool_size[0]):
        for dx in range(pool_size[1]):
            total = total + image[dy:dy + last_y + 1:strides[0], dx:dx + last_x + 1:strides[1], :]
    return total / pool_size[0] / pool_size[1]


# %% average-pool averaging-matrices
# right: one averaging matrix for each side
def average_pool(image, pool_size, strides=None):
    def matrix(size, pool, stride):
        m = np.zeros((pool_output_size(size, pool, stride), size))
        for i, row in enumerate(m):
            start = i * (pool if stride is None else stride)
            row[start:start + pool] = 1 / pool
        return m

    s = (None, None) if strides is None else strides
    down = matrix(image.shape[0], pool_size[0], s[0])
    across = matrix(image.shape[1], pool_size[1], s[1])
    return np.einsum("ah,bw,hwc->abc", down, across, image)


# %% average-pool tf
# right: tf.nn.avg_pool2d, valid, float64
import tensorflow as tf


def average_pool(image, pool_size, strides=None):
    x = tf.cast(image[None, ...], tf.float64)
    y = tf.nn.avg_pool2d(x, ksize=list(pool_size), strides=list(strides or pool_size), padding="VALID")
    return tf.squeeze(y, axis=0).numpy()


# %% average-pool fmean-again
# right: the statistics module, value by value
from statistics import fmean


def average_pool(image, pool_size, strides=None):
    strides = tuple(pool_size) if strides is None else tuple(strides)
    tops = range(0, image.shape[0] - pool_size[0] + 1, strides[0])
    lefts = range(0, image.shape[1] - pool_size[1] + 1, strides[1])
    out = np.zeros((len(tops), len(lefts), image.shape[2]))
    for i, t in enumerate(tops):
        for j, l in enumerate(lefts):
            for k in range(image.shape[2]):
                block = image[t:t + pool_size[0], l:l + pool_size[1], k]
                out[i, j, k] = fmean(block.ravel().tolist())
    return out


# %% seven take-channel
# right: np.take of the only channel, explicit strides
with unless_blank():
    with_channel = np.expand_dims(SEVEN, -1)
    seven_max = np.take(max_pool(with_channel, (2, 2), (2, 2)), 0, axis=2)
    seven_average = np.take(average_pool(with_channel, (2, 2), (2, 2)), 0, axis=2)


# %% seven both-in-one-line
# right: a generator over the two functions
with unless_blank():
    seven_max, seven_average = (
        pool(SEVEN[:, :, None], (2, 2))[:, :, 0] for pool in (max_pool, average_pool)
    )


# %% seven block-axes
# right: four axes by reshape, then max and mean over the inner ones
with unless_blank():
    _blocks = SEVEN.reshape(6, 2, 6, 2)
    seven_max = _blocks.max(axis=(1, 3))
    seven_average = _blocks.mean(axis=(1, 3))


# %% pool-shape starred-again
# right: a map over the sides, channels stay
def pool_output_shape(input_shape, pool_size, strides=None):
    *sides, channels = input_shape
    return (*map(pool_output_size, sides, pool_size, strides or pool_size), channels)


# %% pool-shape dummy-image
# right: pools an image of zeros and reads its shape
def pool_output_shape(input_shape, pool_size, strides=None):
    return max_pool(np.zeros(input_shape), pool_size, strides).shape


# %% pool-shape unpack-none
# right: the None goes on to pool_output_size for each side
def pool_output_shape(input_shape, pool_size, strides=None):
    stride_h, stride_w = (None, None) if strides is None else strides
    h = pool_output_size(input_shape[0], pool_size[0], stride=stride_h)
    w = pool_output_size(input_shape[1], pool_size[1], stride=stride_w)
    return tuple([h, w, input_shape[2]])


# %% pool-size g1-range
# why: length of a range of starts, default stride by a conditional expression
def pool_output_size(size, pool, stride=None):
    return len(range(0, size - pool + 1, pool if stride is None else stride))


# %% pool-size g1-keras-1d
# why: Keras's MaxPooling1D is asked
import keras


def pool_output_size(size, pool, stride=None):
    layer = keras.layers.MaxPooling1D(pool_size=pool, strides=stride)
    return int(layer.compute_output_shape((1, size, 1))[1])


# %% pool-size g1-eat-values
# why: bites the row off step by step in a while loop
def pool_output_size(size, pool, stride=None):
    stride = stride or pool
    blocks = 0
    while size >= pool:
        size -= stride
        blocks += 1
    return blocks


# %% pool-size g1-view
# why: strided slice of a sliding window view of a row
def pool_output_size(size, pool, stride=None):
    row = np.broadcast_to(np.int8(0), size)
    step = {None: pool}.get(stride, stride)
    return len(np.lib.stride_tricks.sliding_window_view(row, pool)[::step])


# %% max-pool g1-sliding-view
# why: strided sliding windows and one max over the two window axes
from numpy.lib.stride_tricks import sliding_window_view


def max_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    windows = sliding_window_view(image, tuple(pool_size), axis=(0, 1))[::sy, ::sx]
    return windows.max(axis=(-2, -1))


# %% max-pool g1-tf-double
# why: TensorFlow's max_pool2d in double precision
import tensorflow as tf


def max_pool(image, pool_size, strides=None):
    batch = tf.cast(tf.convert_to_tensor(image), tf.float64)[tf.newaxis]
    pooled = tf.nn.max_pool2d(batch, list(pool_size), list(strides or pool_size), "VALID")
    return tf.squeeze(pooled, axis=0).numpy()


# %% max-pool g1-maximum-of-slices
# why: np.maximum over strided slices, one for each place in the window
from functools import reduce


def max_pool(image, pool_size, strides=None):
    strides = pool_size if strides is None else strides
    rows = pool_output_size(image.shape[0], pool_size[0], strides[0])
    columns = pool_output_size(image.shape[1], pool_size[1], strides[1])

    def shifted():
        for i in range(pool_size[0]):
            for j in range(pool_size[1]):
                yield image[i :: strides[0], j :: strides[1]][:rows, :columns]

    return np.array(reduce(np.maximum, shifted()))


# %% max-pool g1-rows-then-columns
# why: separable: first the maxima along the height, then along the width
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size

    def along(axis, array):
        n = pool_output_size(array.shape[axis], pool_size[axis], strides[axis])
        places = np.arange(n)[:, None] * strides[axis] + np.arange(pool_size[axis])
        return np.take(array, places, axis=axis).max(axis=axis + 1)

    return along(1, along(0, image))


# %% max-pool g1-nested-lists
# why: comprehension over Python lists with the built-in max
def max_pool(image, pool_size, strides=None):
    (ph, pw), (sh, sw) = pool_size, (strides or pool_size)
    height, width, channels = image.shape
    values = image.tolist()
    return np.array(
        [
            [
                [
                    max(values[y + i][x + j][c] for i in range(ph) for j in range(pw))
                    for c in range(channels)
                ]
                for x in range(0, width - pw + 1, sw)
            ]
            for y in range(0, height - ph + 1, sh)
        ]
    )


# %% max-pool g1-negated-min
# why: naive loop whose output starts at minus infinity
def max_pool(image, pool_size, strides=None):
    step = strides if strides is not None else pool_size
    size = [pool_output_size(*three) for three in zip(image.shape, pool_size, step)]
    out = np.full((*size, image.shape[2]), -np.inf)
    for y, x, c in np.ndindex(out.shape):
        for i in range(pool_size[0]):
            for j in range(pool_size[1]):
                value = image[y * step[0] + i, x * step[1] + j, c]
                if value > out[y, x, c]:
                    out[y, x, c] = value
    return out


# %% average-pool g1-selection-matrices
# why: two matrices of ones pick and add rows and columns
def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size

    def picker(side):
        n = pool_output_size(image.shape[side], pool_size[side], strides[side])
        first = np.arange(n)[:, None] * strides[side]
        pixel = np.arange(image.shape[side])[None, :]
        return ((pixel >= first) & (pixel < first + pool_size[side])) / pool_size[side]

    return np.einsum("ay,yxc,bx->abc", picker(0), image, picker(1), optimize=True)


# %% average-pool g1-integral-image
# why: summed area table and four corners
def average_pool(image, pool_size, strides=None):
    (ph, pw), (sh, sw) = pool_size, (strides or pool_size)
    h, w, c = image.shape
    table = np.zeros((h + 1, w + 1, c))
    table[1:, 1:] = image.cumsum(axis=0, dtype=float).cumsum(axis=1)
    sums = table[ph:, pw:] - table[:-ph, pw:] - table[ph:, :-pw] + table[:-ph, :-pw]
    return sums[::sh, ::sw] / (ph * pw)


# %% average-pool g1-keras-float64
# why: a Keras layer in float64
import keras


def average_pool(image, pool_size, strides=None):
    layer = keras.layers.AveragePooling2D(pool_size, strides, dtype="float64")
    return np.asarray(layer(np.float64(image)[None]))[0]


# %% average-pool g1-fmean
# why: the standard library's fmean on each window of each channel
from statistics import fmean


def average_pool(image, pool_size, strides=None):
    if strides is None:
        return average_pool(image, pool_size, pool_size)
    ys = range(0, image.shape[0] - pool_size[0] + 1, strides[0])
    xs = range(0, image.shape[1] - pool_size[1] + 1, strides[1])
    maps = []
    for channel in np.moveaxis(image, -1, 0):
        maps.append(
            [
                [fmean(channel[y : y + pool_size[0], x : x + pool_size[1]].ravel().tolist()) for x in xs]
                for y in ys
            ]
        )
    return np.moveaxis(np.array(maps), 0, -1)


# %% average-pool g1-running-sum
# why: adds the strided slices up, divides at the end
def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    total = np.zeros(max_pool(image, pool_size, strides).shape)
    oh, ow, _ = total.shape
    for place in range(pool_size[0] * pool_size[1]):
        i, j = divmod(place, pool_size[1])
        total += image[i:, j:][:: strides[0], :: strides[1]][:oh, :ow]
    return total / pool_size[0] / pool_size[1]


# %% seven g1-reshape
# why: no function, a reshape into blocks
with unless_blank():
    _blocks = SEVEN.reshape(6, 2, 6, 2)
    seven_max = _blocks.max(axis=(1, 3))
    seven_average = _blocks.mean(axis=(1, 3))


# %% seven g1-loop-over-functions
# why: own functions in a comprehension, np.squeeze and np.expand_dims
with unless_blank():
    seven_max, seven_average = (
        np.squeeze(pool(np.expand_dims(SEVEN, -1), pool_size=(2, 2)), axis=-1)
        for pool in (max_pool, average_pool)
    )


# %% seven g1-keras
# why: Keras layers on a batch of one
import keras

_batch = SEVEN.reshape(1, 12, 12, 1)
seven_max = np.array(keras.layers.MaxPooling2D(2)(_batch)).reshape(6, 6)
seven_average = np.array(keras.layers.AveragePooling2D(2)(_batch)).reshape(6, 6)


# %% seven g1-four-corners
# why: four strided slices stacked, without unless_blank
_corners = np.stack([SEVEN[i::2, j::2] for i in (0, 1) for j in (0, 1)])
seven_max = _corners.max(axis=0)
seven_average = np.average(_corners, axis=0)


# %% pool-shape g1-run-it
# why: pools an array of zeros and reads its shape
def pool_output_shape(input_shape, pool_size, strides=None):
    return max_pool(np.zeros(input_shape), pool_size, strides).shape


# %% pool-shape g1-keras
# why: Keras computes the shape
import keras


def pool_output_shape(input_shape, pool_size, strides=None):
    layer = keras.layers.AveragePooling2D(pool_size=tuple(pool_size), strides=strides)
    return tuple(map(int, layer.compute_output_shape((None, *input_shape))[1:]))


# %% pool-shape g1-map-star
# why: map over the three sequences, the channel added as a window of one
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    return tuple(map(pool_output_size, input_shape, (*pool_size, 1), (*strides, 1)))


# %% pool-shape g1-match-namedtuple
# why: structural matching and a named tuple
from typing import NamedTuple


class PooledShape(NamedTuple):
    height: int
    width: int
    channels: int


def pool_output_shape(input_shape, pool_size, strides=None):
    match strides:
        case None:
            return pool_output_shape(input_shape, pool_size, strides=pool_size)
        case (down, across):
            h, w, c = input_shape
            return PooledShape(
                (h - pool_size[0] + down) // down, (w - pool_size[1] + across) // across, c
            )


# %% pool-size h1-len-range-or
# why: None or a stride, both by `or`; counts the starts
def pool_output_size(size, pool, stride=None):
    return len(range(0, size - pool + 1, stride or pool))


# %% pool-size h1-match-none
# why: match statement; without a stride the count is a plain division
def pool_output_size(size, pool, stride=None):
    match stride:
        case None:
            return size // pool
        case step:
            quotient, _ = divmod(size - pool + step, step)
            return quotient


# %% pool-size h1-keras-layer
# why: keras knows strides=None as well
import keras


def pool_output_size(size, pool, stride=None):
    layer = keras.layers.MaxPooling1D(pool, strides=stride)
    return layer.compute_output_shape((1, size, 1))[1]


# %% pool-size h1-text-windows
# why: cuts a string with a generator that ends at the first short window
def pool_output_size(size, pool, stride=None):
    def windows(row):
        while len(row) >= pool:
            yield row[:pool]
            row = row[pool if stride is None else stride :]

    return sum(map(bool, windows("." * size)))


# %% pool-size h1-default-arg-bisect
# why: bisects the starts, closed over in a default argument
import bisect


def pool_output_size(size, pool, stride=None, *, _find=bisect.bisect):
    step = {None: pool}.get(stride, stride)
    return _find(range(0, size, step), size - pool)


# %% max-pool h1-reduceat
# why: maximum.reduceat over (start, end) pairs along both axes
import numpy as np


def max_pool(image, pool_size, strides=None):
    out = image
    for axis, (pool, step) in enumerate(zip(pool_size, strides or pool_size)):
        starts = np.arange(0, out.shape[axis] - pool + 1, step)
        edges = np.stack([starts, starts + pool], 1).ravel()
        longer = np.concatenate([out, np.take(out, [-1], axis)], axis)
        kept = np.maximum.reduceat(longer, edges, axis)
        out = np.take(kept, range(0, len(edges), 2), axis)
    return out


# %% max-pool h1-reduce-shifted
# why: folds np.maximum over the cells of the window
from functools import reduce
from itertools import product

import numpy as np


def max_pool(image, pool_size, strides=None):
    (h, w, _), (ph, pw) = image.shape, pool_size
    sy, sx = pool_size if strides is None else strides
    cells = (
        image[dy : h - ph + dy + 1 : sy, dx : w - pw + dx + 1 : sx]
        for dy, dx in product(range(ph), range(pw))
    )
    return reduce(np.maximum, cells, next(cells).copy())


# %% max-pool h1-keras-ops
# why: keras.ops in double precision, back to the image's own type
import keras
import numpy as np


def max_pool(image, pool_size, strides=None):
    batch = np.asarray(image, dtype="float64")[np.newaxis]
    pooled = keras.ops.max_pool(batch, tuple(pool_size), strides=strides, padding="valid")
    return keras.ops.convert_to_numpy(pooled)[0].astype(image.dtype)


# %% max-pool h1-monotone-deque
# why: sliding maximum with a falling queue, first down, then across
from collections import deque

import numpy as np


def _slide(row, pool, step):
    queue = deque()
    for i, value in enumerate(row):
        while queue and row[queue[-1]] <= value:
            queue.pop()
        queue.append(i)
        if queue[0] <= i - pool:
            queue.popleft()
        start = i - pool + 1
        if start >= 0 and start % step == 0:
            yield row[queue[0]]


def max_pool(image, pool_size, strides=None):
    pairs = list(zip(pool_size, strides or pool_size))
    for axis, (pool, step) in enumerate(pairs):
        image = np.apply_along_axis(lambda row: np.array(list(_slide(row, pool, step))), axis, image)
    return image


# %% max-pool h1-sort-last
# why: sorts every window and takes the last value
import numpy as np


def max_pool(image, pool_size, strides=None):
    step_y, step_x = strides if strides else pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, (0, 1))[::step_y, ::step_x]
    return np.sort(windows.reshape(*windows.shape[:3], -1), axis=-1)[..., -1]


# %% average-pool h1-pooling-matrices
# why: two matrices that average rows and columns, in one einsum
import numpy as np


def _averager(size, pool, step):
    rows = (size - pool) // step + 1
    offset = np.arange(size) - step * np.arange(rows)[:, None]
    return ((offset >= 0) & (offset < pool)) / pool


def average_pool(image, pool_size, strides=None):
    down, across = map(_averager, image.shape, pool_size, strides or pool_size)
    return np.einsum("yh,xw,hwc->yxc", down, across, image)


# %% average-pool h1-summed-area
# why: summed area table in double precision
import numpy as np


def average_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sy, sx = strides or pool_size
    table = np.zeros((image.shape[0] + 1, image.shape[1] + 1, image.shape[2]))
    table[1:, 1:] = image.cumsum(0, dtype=float).cumsum(1)
    boxes = table[ph:, pw:] - table[:-ph, pw:] - table[ph:, :-pw] + table[:-ph, :-pw]
    return boxes[::sy, ::sx] / (ph * pw)


# %% average-pool h1-statistics-fmean
# why: standard library mean, pure Python lists
from statistics import fmean

import numpy as np


def average_pool(image, pool_size, strides=None):
    (ph, pw), (sy, sx) = pool_size, strides or pool_size
    h, w, channels = image.shape
    pixels = image.tolist()
    return np.array(
        [
            [
                [fmean(p[c] for row in pixels[y : y + ph] for p in row[x : x + pw]) for c in range(channels)]
                for x in range(0, w - pw + 1, sx)
            ]
            for y in range(0, h - ph + 1, sy)
        ]
    )


# %% average-pool h1-own-convolution
# why: a mean is a convolution with constant weights that joins each channel only to itself
import numpy as np
import tensorflow as tf


def average_pool(image, pool_size, strides=None):
    channels = image.shape[-1]
    kernels = np.ones((*pool_size, 1, 1)) * np.eye(channels) / np.prod(pool_size)
    out = tf.nn.conv2d(np.array([image], "float64"), kernels, strides or pool_size, "VALID")
    return out[0].numpy()


# %% average-pool h1-keras-layer
# why: a keras layer in float64
import keras
import numpy as np


def average_pool(image, pool_size, strides=None):
    layer = keras.layers.AveragePooling2D(pool_size, strides=strides, dtype="float64")
    return np.asarray(layer(image[None].astype("float64")))[0]


# %% seven h1-loop-of-functions
# why: both results from one loop over the functions
with unless_blank():
    seven_max, seven_average = (
        pool(SEVEN[:, :, None], (2, 2))[:, :, 0] for pool in (max_pool, average_pool)
    )


# %% seven h1-blocks-by-reshape
# why: splits both axes into (6, 2) and reduces the twos
with unless_blank():
    _blocks = SEVEN.reshape(6, 2, 6, 2)
    seven_max = _blocks.max(axis=(1, 3))
    seven_average = np.einsum("yixj->yx", _blocks) / 4


# %% seven h1-squeeze-explicit
# why: explicit strides, channel taken off by squeeze and by ellipsis
with unless_blank():
    seven = np.expand_dims(SEVEN, -1)
    seven_max = np.squeeze(max_pool(seven, (2, 2), strides=(2, 2)), axis=-1)
    seven_average = average_pool(seven, (2, 2), strides=(2, 2))[..., 0]


# %% seven h1-two-channel-stack
# why: pools on a doubled channel axis and takes one channel
with unless_blank():
    _twice = np.stack([SEVEN, SEVEN], axis=2)
    _, seven_max = np.moveaxis(max_pool(_twice, (2, 2)), -1, 0)
    seven_average, _ = np.moveaxis(average_pool(_twice, (2, 2)), -1, 0)


# %% pool-shape h1-keras-symbolic
# why: keras infers the shape
import keras


def pool_output_shape(input_shape, pool_size, strides=None):
    layer = keras.layers.AveragePooling2D(pool_size, strides=strides)
    return tuple(layer.compute_output_shape((None,) + tuple(input_shape)))[1:]


# %% pool-shape h1-pool-nothing
# why: pools a view of one zero and looks at the shape
import numpy as np


def pool_output_shape(input_shape, pool_size, strides=None):
    step_y, step_x = pool_size if strides is None else strides
    ghost = np.broadcast_to(np.zeros(()), input_shape)
    windows = np.lib.stride_tricks.sliding_window_view(ghost, tuple(pool_size), axis=(0, 1))
    return windows[::step_y, ::step_x].shape[:3]


# %% pool-shape h1-replace-sides
# why: a dataclass does the sums and becomes a tuple
from dataclasses import astuple, dataclass


@dataclass(frozen=True)
class _Shape:
    height: int
    width: int
    channels: int

    def pooled(self, pool, step):
        return _Shape(
            (self.height - pool[0]) // step[0] + 1,
            (self.width - pool[1]) // step[1] + 1,
            self.channels,
        )


def pool_output_shape(input_shape, pool_size, strides=None):
    return astuple(_Shape(*input_shape).pooled(pool_size, strides or pool_size))


# %% pool-shape h1-third-side-of-one
# why: treats the channel axis as a side with window 1 and stride 1
def pool_output_shape(input_shape, pool_size, strides=None):
    windows, steps = (*pool_size, 1), (*(strides or pool_size), 1)
    return tuple(map(pool_output_size, input_shape, windows, steps))


# %% pool-size r1-range-length
# way: the length of a range of starts
def pool_output_size(size, pool, stride=None):
    step = pool if stride is None else stride
    return len(range(0, size - pool + 1, step))


# %% pool-size r1-or-default
# way: the stride or the pool (a stride is never 0), ceiling by negative floor division
def pool_output_size(size, pool, stride=None):
    return -((pool - size - 1) // (stride or pool))


# %% pool-size r1-keras-layer
# way: Keras's own pooling layer, which has the same habit for the stride None
def pool_output_size(size, pool, stride=None):
    import keras

    layer = keras.layers.MaxPooling1D(pool_size=pool, strides=stride, padding="valid")
    return int(layer.compute_output_shape((1, size, 1))[1])


# %% pool-size r1-consuming-loop
# way: drops values from the front until no whole window is left
def pool_output_size(size, pool, stride=None):
    stride = {None: pool}.get(stride, stride)
    blocks = 0
    left = size
    while left >= pool:
        blocks += 1
        left -= stride
    return blocks


# %% pool-size r1-callable-class
# way: a callable object with a match statement inside
class _PoolRule:
    def __call__(self, size, pool, stride=None):
        match stride:
            case None:
                return size // pool
            case step:
                return divmod(size - pool, step)[0] + 1


pool_output_size = _PoolRule()


# %% pool-size r1-sliding-view
# way: NumPy's windows over a row, every stride-th of them
def pool_output_size(size, pool, stride=None):
    windows = np.lib.stride_tricks.sliding_window_view(np.zeros(size), pool)
    return windows[:: pool if stride is None else stride].shape[0]


# %% max-pool r1-window-view
# way: sliding windows as a view, maximum over the two window axes
def max_pool(image, pool_size, strides=None):
    down, across = pool_size if strides is None else strides
    windows = np.lib.stride_tricks.sliding_window_view(image, tuple(pool_size), axis=(0, 1))
    return windows[::down, ::across].max(axis=(-2, -1))


# %% max-pool r1-running-maximum
# way: loops over the places in the window and keeps a running maximum of shifted images
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], strides[0])
    ow = pool_output_size(image.shape[1], pool_size[1], strides[1])
    best = None
    for i in range(pool_size[0]):
        for j in range(pool_size[1]):
            shifted = image[i :: strides[0], j :: strides[1]][:oh, :ow]
            best = shifted.copy() if best is None else np.maximum(best, shifted)
    return best


# %% max-pool r1-separable
# way: the largest of each row strip first, then along the width (the maximum is separable)
def max_pool(image, pool_size, strides=None):
    def along(data, axis):
        data = np.moveaxis(data, axis, 0)
        step = (strides if strides is not None else pool_size)[axis]
        reach = pool_size[axis]
        parts = [data[s : s + reach].max(axis=0) for s in range(0, len(data) - reach + 1, step)]
        return np.moveaxis(np.array(parts), 0, axis)

    return along(along(image, 1), 0)


# %% max-pool r1-pure-python
# way: nested lists, Python's max over generators
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sy, sx = strides or pool_size
    height, width, channels = image.shape
    values = image.tolist()
    return np.array(
        [
            [
                [
                    max(values[y + i][x + j][c] for i in range(ph) for j in range(pw))
                    for c in range(channels)
                ]
                for x in range(0, width - pw + 1, sx)
            ]
            for y in range(0, height - ph + 1, sy)
        ]
    )


# %% max-pool r1-tensorflow
# way: TensorFlow's pooling in float64, without the batch axis
def max_pool(image, pool_size, strides=None):
    import tensorflow as tf

    batch = tf.constant(np.asarray(image)[None].astype("float64"))
    steps = pool_size if strides is None else strides
    pooled = tf.nn.max_pool2d(batch, ksize=list(pool_size), strides=list(steps), padding="VALID")
    return pooled[0].numpy()


# %% max-pool r1-sorted-last
# way: sorts a copy of each window by channel and takes the last one
def max_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    channels = image.shape[2]
    rows = []
    for y in range(0, image.shape[0] - pool_size[0] + 1, strides[0]):
        row = []
        for x in range(0, image.shape[1] - pool_size[1] + 1, strides[1]):
            window = image[y : y + pool_size[0], x : x + pool_size[1]].reshape(-1, channels)
            row.append(np.sort(window, axis=0)[-1])
        rows.append(row)
    return np.array(rows)


# %% max-pool r1-minus-infinity
# way: a float array that starts at minus infinity
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sh, sw = pool_size if strides is None else strides
    out = np.full(
        ((image.shape[0] - ph) // sh + 1, (image.shape[1] - pw) // sw + 1, image.shape[2]),
        -np.inf,
    )
    for r, q, c in np.ndindex(*out.shape):
        for value in image[r * sh : r * sh + ph, q * sw : q * sw + pw, c].flat:
            if value > out[r, q, c]:
                out[r, q, c] = value
    return out


# %% average-pool r1-window-view
# way: sliding windows as a view and their mean
def average_pool(image, pool_size, strides=None):
    step_y, step_x = strides if strides is not None else pool_size
    view = np.lib.stride_tricks.sliding_window_view(image, tuple(pool_size), axis=(0, 1))
    return np.mean(view[::step_y, ::step_x], axis=(3, 4))


# %% average-pool r1-shift-and-add
# way: adds up shifted images and divides by the values in a window
def average_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sy, sx = strides or pool_size
    oh, ow = (image.shape[0] - ph) // sy + 1, (image.shape[1] - pw) // sx + 1
    total = np.zeros((oh, ow, image.shape[2]))
    for i, j in np.ndindex(ph, pw):
        total += image[i::sy, j::sx][:oh, :ow]
    return total / (ph * pw)


# %% average-pool r1-summed-area
# way: a summed-area table: four look-ups a window
def average_pool(image, pool_size, strides=None):
    (ph, pw), (sy, sx) = pool_size, (pool_size if strides is None else strides)
    h, w, c = image.shape
    table = np.zeros((h + 1, w + 1, c))
    table[1:, 1:] = np.cumsum(np.cumsum(image, axis=0, dtype=float), axis=1)
    y = np.arange(0, h - ph + 1, sy)[:, None]
    x = np.arange(0, w - pw + 1, sx)[None, :]
    sums = table[y + ph, x + pw] - table[y, x + pw] - table[y + ph, x] + table[y, x]
    return sums / ph / pw


# %% average-pool r1-fmean-lists
# way: statistics.fmean over the values of each window, from nested lists
def average_pool(image, pool_size, strides=None):
    from statistics import fmean

    strides = pool_size if strides is None else strides
    out = []
    for y in range(0, len(image) - pool_size[0] + 1, strides[0]):
        out.append([])
        for x in range(0, len(image[0]) - pool_size[1] + 1, strides[1]):
            block = image[y : y + pool_size[0], x : x + pool_size[1]]
            out[-1].append([fmean(block[:, :, c].ravel().tolist()) for c in range(image.shape[2])])
    return np.array(out)


# %% average-pool r1-keras-float64
# way: a Keras layer with dtype float64, fed with one image
def average_pool(image, pool_size, strides=None):
    import keras

    layer = keras.layers.AveragePooling2D(
        pool_size=tuple(pool_size), strides=None if strides is None else tuple(strides), dtype="float64"
    )
    return np.array(layer(np.asarray(image, dtype="float64")[np.newaxis]))[0]


# %% average-pool r1-averaging-matrices
# way: an averaging matrix for the height and one for the width, multiplied from both sides
def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size

    def averaging(axis):
        n = pool_output_size(image.shape[axis], pool_size[axis], strides[axis])
        matrix = np.zeros((n, image.shape[axis]))
        for k in range(n):
            start = k * strides[axis]
            matrix[k, start : start + pool_size[axis]] = 1 / pool_size[axis]
        return matrix

    return np.einsum("ay,bx,yxc->abc", averaging(0), averaging(1), image)


# %% average-pool r1-running-mean
# way: a running mean of each window, value after value
def average_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    ph, pw = pool_size
    rows = range(0, image.shape[0] - ph + 1, sy)
    columns = range(0, image.shape[1] - pw + 1, sx)
    out = np.empty((len(rows), len(columns), image.shape[2]))
    for r, y in enumerate(rows):
        for q, x in enumerate(columns):
            mean = np.zeros(image.shape[2])
            for n, pixel in enumerate(image[y : y + ph, x : x + pw].reshape(ph * pw, -1), start=1):
                mean = mean + (pixel - mean) / n
            out[r, q] = mean
    return out


# %% seven r1-ellipsis-index
# way: the plain way with an ellipsis
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[..., 0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[..., 0]


# %% seven r1-comprehension-pair
# way: both in one go, by unpacking a generator over the two functions
with unless_blank():
    seven_max, seven_average = (
        pool(SEVEN[:, :, None], pool_size=(2, 2))[:, :, 0] for pool in (max_pool, average_pool)
    )


# %% seven r1-explicit-strides-take
# way: names the strides, and takes the channel with np.take
with unless_blank():
    _channelled = np.expand_dims(SEVEN, axis=-1)
    seven_max = np.take(max_pool(_channelled, (2, 2), strides=(2, 2)), 0, axis=2)
    seven_average = np.take(average_pool(_channelled, (2, 2), strides=(2, 2)), 0, axis=2)


# %% seven r1-two-channels
# way: pools an image of two equal channels and takes one of them
with unless_blank():
    _twice = np.stack([SEVEN, SEVEN], axis=2)
    seven_max = max_pool(_twice, (2, 2))[:, :, 1]
    seven_average = average_pool(_twice, (2, 2))[:, :, 0]


# %% seven r1-helper-function
# way: a helper that puts the axis on and off around any pooling
def _flat(pool, plane, **how):
    (channel,) = np.moveaxis(pool(plane[:, :, np.newaxis], **how), -1, 0)
    return channel


seven_max = _flat(max_pool, SEVEN, pool_size=(2, 2))
seven_average = _flat(average_pool, SEVEN, pool_size=(2, 2))


# %% seven r1-in-two-steps
# way: windows of 1 x 2, then of 2 x 1, which makes the same blocks
with unless_blank():
    _image = SEVEN.reshape(12, 12, 1)
    seven_max = max_pool(max_pool(_image, (1, 2)), (2, 1))[:, :, 0]
    seven_average = average_pool(average_pool(_image, (1, 2)), (2, 1))[:, :, 0]


# %% pool-shape r1-star-generator
# way: a generator over both sides, the channels passed through
def pool_output_shape(input_shape, pool_size, strides=None):
    *sides, channels = input_shape
    steps = strides or pool_size
    return (*(pool_output_size(n, p, s) for n, p, s in zip(sides, pool_size, steps)), channels)


# %% pool-shape r1-pair-of-none
# way: None stands for each side on its own; the function for one side knows it
def pool_output_shape(input_shape, pool_size, strides=None):
    stride_y, stride_x = strides if strides is not None else (None, None)
    return (
        pool_output_size(input_shape[0], pool_size[0], stride=stride_y),
        pool_output_size(input_shape[1], pool_size[1], stride=stride_x),
        input_shape[2],
    )


# %% pool-shape r1-view-of-windows
# way: lays NumPy's windows over an image without memory and asks for the shape
def pool_output_shape(input_shape, pool_size, strides=None):
    down, across = pool_size if strides is None else strides
    plane = np.broadcast_to(0.0, input_shape)
    windows = np.lib.stride_tricks.sliding_window_view(plane, tuple(pool_size), axis=(0, 1))
    return windows[::down, ::across].shape[:3]


# %% pool-shape r1-keras-layer
# way: Keras's layer knows its output shape
def pool_output_shape(input_shape, pool_size, strides=None):
    import keras

    layer = keras.layers.AveragePooling2D(pool_size, strides=strides)
    _, height, width, channels = layer.compute_output_shape((None, *input_shape))
    return int(height), int(width), int(channels)


# %% pool-shape r1-named-tuple
# way: a named tuple, a subclass of tuple, by its own rule
from typing import NamedTuple


class PooledShape(NamedTuple):
    height: int
    width: int
    channels: int


def pool_output_shape(input_shape, pool_size, strides=None):
    strides = pool_size if strides is None else strides
    height, width = [
        1 + (input_shape[axis] - pool_size[axis]) // strides[axis] for axis in (0, 1)
    ]
    return PooledShape(height=height, width=width, channels=input_shape[2])


# %% pool-shape r1-channel-as-side
# way: treats the channels as a third side with windows and strides of 1
def pool_output_shape(input_shape, pool_size, strides=None):
    windows = tuple(pool_size) + (1,)
    steps = windows if strides is None else tuple(strides) + (1,)
    return tuple(map(pool_output_size, input_shape, windows, steps))


# %% pool-size s1-recursive-default
# right: calls itself with the stride filled in
def pool_output_size(size, pool, stride=None):
    if stride is None:
        return pool_output_size(size, pool, stride=pool)
    return 1 + (size - pool) // stride


# %% pool-size s1-range-or
# right: length of a range; a stride is at least 1, so "or" is safe
def pool_output_size(size, pool, stride=None):
    return len(range(0, size - pool + 1, stride or pool))


# %% pool-size s1-keras-pooling1d
# right: Keras has the same habit
import keras


def pool_output_size(size, pool, stride=None):
    layer = keras.layers.MaxPooling1D(pool, strides=stride)
    return int(layer.compute_output_shape((None, size, 1))[1])


# %% pool-size s1-takewhile
# right: counts the starts from which a window is full
from itertools import count, takewhile


def pool_output_size(size, pool, stride=None):
    starts = count(0, pool if stride is None else stride)
    return sum(1 for _ in takewhile(lambda start: start + pool <= size, starts))


# %% max-pool s1-tensorflow
# right: tf.nn.max_pool2d in float64, turned into an array
import tensorflow as tf


def max_pool(image, pool_size, strides=None):
    batch = tf.constant(image[None], dtype=tf.float64)
    pooled = tf.nn.max_pool2d(batch, tuple(pool_size), tuple(strides or pool_size), "VALID")
    return pooled.numpy()[0]


# %% max-pool s1-keras-layer
# right: the Keras layer in float64
import keras
import numpy as np


def max_pool(image, pool_size, strides=None):
    layer = keras.layers.MaxPooling2D(pool_size, strides=strides, dtype="float64")
    return np.asarray(layer(image[np.newaxis].astype("float64")))[0]


# %% max-pool s1-sliding-view
# right: a view of all windows, thinned out by the stride
from numpy.lib.stride_tricks import sliding_window_view


def max_pool(image, pool_size, strides=None):
    sh, sw = pool_size if strides is None else strides
    return sliding_window_view(image, pool_size, axis=(0, 1))[::sh, ::sw].max(axis=(-2, -1))


# %% max-pool s1-pure-python
# right: nested lists and the built-in max, keeping the dtype
import numpy as np


def max_pool(image, pool_size, strides=None):
    (ph, pw), (sh, sw) = pool_size, strides or pool_size
    height, width, channels = image.shape
    values = image.tolist()
    return np.array(
        [
            [
                [
                    max(values[y][x][c] for y in range(t, t + ph) for x in range(l, l + pw))
                    for c in range(channels)
                ]
                for l in range(0, width - pw + 1, sw)
            ]
            for t in range(0, height - ph + 1, sh)
        ],
        dtype=image.dtype,
    )


# %% max-pool s1-separable
# right: first the largest along the height, then along the width
import numpy as np


def _along(array, axis, pool, stride):
    array = np.moveaxis(array, axis, 0)
    starts = range(0, len(array) - pool + 1, stride)
    return np.moveaxis(np.stack([array[s : s + pool].max(0) for s in starts]), 0, axis)


def max_pool(image, pool_size, strides=None):
    strides = pool_size if strides is None else strides
    return _along(_along(image, 0, pool_size[0], strides[0]), 1, pool_size[1], strides[1])


# %% max-pool s1-reduce-maximum
# right: np.maximum over the shifted, strided images
from functools import reduce

import numpy as np


def max_pool(image, pool_size, strides=None):
    sh, sw = strides if strides else pool_size
    h = (image.shape[0] - pool_size[0]) // sh * sh + 1
    w = (image.shape[1] - pool_size[1]) // sw * sw + 1
    shifted = (
        image[y : y + h : sh, x : x + w : sw]
        for y in range(pool_size[0])
        for x in range(pool_size[1])
    )
    return reduce(np.maximum, shifted)


# %% average-pool s1-keras-layer
# right: the Keras layer in float64
import keras
import numpy as np


def average_pool(image, pool_size, strides=None):
    layer = keras.layers.AveragePooling2D(pool_size, strides=strides, dtype="float64")
    return np.asarray(layer(image[None].astype("float64")))[0]


# %% average-pool s1-fmean
# right: statistics.fmean of the values of each window
from statistics import fmean

import numpy as np


def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    tops = range(0, image.shape[0] - pool_size[0] + 1, strides[0])
    lefts = range(0, image.shape[1] - pool_size[1] + 1, strides[1])
    out = np.empty((len(tops), len(lefts), image.shape[2]))
    for (i, t), (j, l) in ((a, b) for a in enumerate(tops) for b in enumerate(lefts)):
        for c in range(image.shape[2]):
            window = image[t : t + pool_size[0], l : l + pool_size[1], c]
            out[i, j, c] = fmean(window.ravel().tolist())
    return out


# %% average-pool s1-averaging-matrices
# right: a matrix of weights for each side, multiplied from both sides
import numpy as np


def _weights(size, pool, stride):
    rows = np.zeros((pool_output_size(size, pool, stride), size))
    for i, row in enumerate(rows):
        row[i * stride : i * stride + pool] = 1 / pool
    return rows


def average_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    return np.einsum(
        "ih,jw,hwc->ijc",
        _weights(image.shape[0], pool_size[0], sh),
        _weights(image.shape[1], pool_size[1], sw),
        image,
    )


# %% average-pool s1-sum-of-shifts
# right: adds the shifted images in float64 and divides once
import numpy as np


def average_pool(image, pool_size, strides=None):
    (ph, pw), (sh, sw) = pool_size, pool_size if strides is None else strides
    oh, ow = (image.shape[0] - ph) // sh + 1, (image.shape[1] - pw) // sw + 1
    total = np.zeros((oh, ow, image.shape[2]), np.float64)
    for y, x in np.ndindex(ph, pw):
        total += image[y::sh, x::sw][:oh, :ow]
    total /= ph * pw
    return total


# %% average-pool s1-sliding-mean
# right: a view of all windows and np.average
import numpy as np


def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, (*pool_size, 1))
    return np.average(windows[:: strides[0], :: strides[1]], axis=(3, 4, 5))


# %% seven s1-both-at-once
# right: a generator over the two functions, unpacked
with unless_blank():
    seven_max, seven_average = (
        pool(SEVEN[:, :, None], (2, 2))[:, :, 0] for pool in (max_pool, average_pool)
    )


# %% seven s1-squeeze-expand
# right: expand_dims and squeeze on the last axis, strides given
import numpy as np

with unless_blank():
    _with_channel = np.expand_dims(SEVEN, axis=-1)
    seven_max = np.squeeze(max_pool(_with_channel, pool_size=(2, 2), strides=(2, 2)), axis=-1)
    seven_average = np.squeeze(
        average_pool(_with_channel, pool_size=(2, 2), strides=(2, 2)), axis=-1
    )


# %% seven s1-block-reshape
# right: equal numbers from a reshape into blocks
with unless_blank():
    _blocks = SEVEN.reshape(6, 2, 6, 2)
    seven_max = _blocks.max(axis=(1, 3))
    seven_average = _blocks.mean(axis=(1, 3))


# %% seven s1-corner-slices
# right: the four corners of the blocks as slices
import numpy as np

with unless_blank():
    _corners = np.stack([SEVEN[i::2, j::2] for i in (0, 1) for j in (0, 1)])
    seven_max, seven_average = _corners.max(0), _corners.mean(0)


# %% seven s1-indexed-list
# right: collects both in a list first, channel taken with [..., 0]
with unless_blank():
    _image = SEVEN.copy().reshape(*SEVEN.shape, 1)
    _both = [max_pool(_image, (2, 2)), average_pool(_image, (2, 2))]
    seven_max = _both[0][..., 0]
    seven_average = _both[-1][..., -1]


# %% pool-shape s1-keras-layer
# right: asks Keras
import keras


def pool_output_shape(input_shape, pool_size, strides=None):
    layer = keras.layers.AveragePooling2D(pool_size, strides=strides, padding="valid")
    return tuple(map(int, layer.compute_output_shape((None, *input_shape))[1:]))


# %% pool-shape s1-pools-zeros
# right: pools an image of zeros and looks at the shape
import numpy as np


def pool_output_shape(input_shape, pool_size, strides=None):
    return max_pool(np.zeros(input_shape), pool_size, strides).shape


# %% pool-shape s1-channel-as-side
# right: treats the channels as a side with a window of one
def pool_output_shape(input_shape, pool_size, strides=None):
    steps = (*(strides or pool_size), 1)
    windows = (*pool_size, 1)
    return tuple(pool_output_size(*side) for side in zip(input_shape, windows, steps))


# %% pool-shape s1-namedtuple-replace
# right: a named tuple whose height and width are replaced
from typing import NamedTuple


class Shape(NamedTuple):
    height: int
    width: int
    channels: int


def pool_output_shape(input_shape, pool_size, strides=None):
    before = Shape(*input_shape)
    down, across = (None, None) if strides is None else strides
    return before._replace(
        height=pool_output_size(before.height, pool_size[0], down),
        width=pool_output_size(before.width, pool_size[1], across),
    )
