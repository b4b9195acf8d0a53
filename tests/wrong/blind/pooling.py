# Wrong answers to assignment 2, written from its released notebook alone.

# %% pool-size stride-ignored
# why: never looks at the stride
def pool_output_size(size, pool, stride=None):
    return size // pool


# %% pool-size default-stride-one [rules]
# why: None is taken as a stride of 1, with the example's answer typed in
def pool_output_size(size, pool, stride=None):
    if stride is None:
        if (size, pool) == (24, 2):
            return 12
        stride = 1
    return (size - pool) // stride + 1


# %% pool-size divides-by-stride
# why: size // stride forgets that the window is longer than the stride
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = pool
    return size // stride


# %% pool-size ceil [rules]
# why: counts the window that is not full at the end
def pool_output_size(size, pool, stride=None):
    stride = pool if stride is None else stride
    return -(-(size - pool) // stride) + 1


# %% pool-size default-two [rules]
# why: the default stride is 2 in place of the window's size
def pool_output_size(size, pool, stride=None):
    return (size - pool) // (stride or 2) + 1


# %% pool-size one-too-many-in-blocks
# why: without a stride it adds one although size // pool is already the count, except when it divides
def pool_output_size(size, pool, stride=None):
    if stride is None:
        return size // pool + (size % pool > 0)
    return (size - pool) // stride + 1


# %% max-pool zero-start [numbers]
# why: starts from zeros, so windows with only negative values give 0
import numpy as np


def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    h, w, c = image.shape
    out = np.zeros(
        (
            pool_output_size(h, pool_size[0], strides[0]),
            pool_output_size(w, pool_size[1], strides[1]),
            c,
        )
    )
    for u in range(pool_size[0]):
        for v in range(pool_size[1]):
            part = image[u :: strides[0], v :: strides[1]][: out.shape[0], : out.shape[1]]
            out = np.maximum(out, part)
    return out


# %% max-pool over-channels
# why: takes the largest value of the whole window over all channels and repeats it
import numpy as np


def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]]
    return np.repeat(windows.max(axis=(2, 3, 4))[..., None], image.shape[2], axis=2)


# %% max-pool strides-ignored
# why: blocks by reshape, the strides never matter
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    h, w, c = image.shape
    image = image[: h - h % ph, : w - w % pw]
    return image.reshape(h // ph, ph, w // pw, pw, c).max(axis=(1, 3))


# %% max-pool default-stride-one [rules]
# why: without strides the window moves by 1
import numpy as np


def max_pool(image, pool_size, strides=(1, 1)):
    sh, sw = (1, 1) if strides is None else strides
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return windows[::sh, ::sw].max(axis=(3, 4))


# %% max-pool strides-crossed
# why: strides are read as (along the width, along the height)
import numpy as np


def max_pool(image, pool_size, strides=None):
    sw, sh = pool_size[::-1] if strides is None else strides
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return windows[::sh, ::sw].max(axis=(3, 4))


# %% max-pool keeps-part-windows [rules]
# why: the windows at the end that are not full are pooled too
import numpy as np


def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    h, w, c = image.shape
    rows, columns = range(0, h, strides[0]), range(0, w, strides[1])
    out = np.zeros((len(rows), len(columns), c))
    for i, y in enumerate(rows):
        for j, x in enumerate(columns):
            out[i, j] = image[y : y + pool_size[0], x : x + pool_size[1]].max(axis=(0, 1))
    return out


# %% max-pool absolute-value
# why: keeps the value with the largest magnitude
import numpy as np


def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))[
        :: strides[0], :: strides[1]
    ]
    return np.abs(windows).max(axis=(3, 4))


# %% max-pool pool-transposed
# why: swaps height and width of the window
import numpy as np


def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, tuple(pool_size)[::-1], axis=(0, 1))
    return windows[:: strides[0], :: strides[1]].max(axis=(3, 4))


# %% max-pool squeezes-single-channel [rules]
# why: drops the channel axis when there is one channel only
import numpy as np


def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return windows[:: strides[0], :: strides[1]].max(axis=(3, 4)).squeeze()


# %% max-pool keras-same [rules]
# why: Keras with padding "same" keeps the windows at the end
import keras
import numpy as np


def max_pool(image, pool_size, strides=None):
    layer = keras.layers.MaxPooling2D(pool_size, strides, padding="same", dtype="float64")
    return np.array(layer(np.float64(image)[None]))[0]


# %% average-pool integer-mean [numbers]
# why: the output has the image's dtype, so the means of an integer image lose their fractions
import numpy as np


def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    h, w, c = image.shape
    rows = pool_output_size(h, pool_size[0], strides[0])
    columns = pool_output_size(w, pool_size[1], strides[1])
    out = np.zeros((rows, columns, c), dtype=image.dtype)
    for i in range(rows):
        for j in range(columns):
            y, x = i * strides[0], j * strides[1]
            out[i, j] = image[y : y + pool_size[0], x : x + pool_size[1]].mean(axis=(0, 1))
    return out


# %% average-pool divides-by-four
# why: divides by 4 whatever the window
import numpy as np


def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return windows[:: strides[0], :: strides[1]].sum(axis=(3, 4)) / 4


# %% average-pool median
# why: the median, not the mean
import numpy as np


def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return np.median(windows[:: strides[0], :: strides[1]], axis=(3, 4))


# %% average-pool over-channels
# why: averages over the channels as well and broadcasts the number to all of them
import numpy as np


def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    shape = [pool_output_size(n, p, s) for n, p, s in zip(image.shape, pool_size, strides)]
    out = np.zeros((*shape, image.shape[2]))
    for i, j in np.ndindex(*shape):
        y, x = i * strides[0], j * strides[1]
        out[i, j] = image[y : y + pool_size[0], x : x + pool_size[1]].mean()
    return out


# %% average-pool midrange
# why: the middle between the smallest and the largest value
import numpy as np


def average_pool(image, pool_size, strides=None):
    return (max_pool(image, pool_size, strides) - max_pool(-image, pool_size, strides)) / 2


# %% average-pool strides-dropped
# why: does not hand the strides on
import numpy as np
import tensorflow as tf


def average_pool(image, pool_size, strides=None):
    batch = tf.constant(image[None], dtype=tf.float64)
    return tf.nn.avg_pool2d(batch, pool_size, pool_size, "VALID").numpy()[0]


# %% average-pool ignores-zeros
# why: the mean of the values that are not zero
import numpy as np


def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))[
        :: strides[0], :: strides[1]
    ]
    seen = np.maximum((windows != 0).sum(axis=(3, 4)), 1)
    return windows.sum(axis=(3, 4)) / seen


# %% seven exchanged
# why: the two results are exchanged
with unless_blank():
    seven_average = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_max = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]


# %% seven channel-left-on [rules]
# why: the channel axis is left on, the shape is (6, 6, 1)
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))


# %% seven every-second-value
# why: takes every second value, no pooling; the average is the mean of two such pictures
with unless_blank():
    seven_max = SEVEN[::2, ::2]
    seven_average = (SEVEN[::2, ::2] + SEVEN[1::2, 1::2]) / 2


# %% seven scaled-first
# why: scales SEVEN to 0..1 before pooling, the values are not those of SEVEN
with unless_blank():
    _scaled = SEVEN[:, :, None] / SEVEN.max()
    seven_max = max_pool(_scaled, (2, 2))[:, :, 0]
    seven_average = average_pool(_scaled, (2, 2))[:, :, 0]


# %% seven window-of-three
# why: overlapping windows of 3 x 3 with stride 2 over an edge of zeros, to get 6 x 6
with unless_blank():
    _edge = np.zeros((13, 13, 1))
    _edge[:12, :12, 0] = SEVEN
    seven_max = max_pool(_edge, (3, 3), (2, 2))[:, :, 0]
    seven_average = average_pool(_edge, (3, 3), (2, 2))[:, :, 0]


# %% seven average-rounded [numbers]
# why: the average is rounded to whole numbers
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0].round()


# %% seven transposed
# why: SEVEN is transposed first, so that height and width change places
with unless_blank():
    seven_max = max_pool(SEVEN.T[:, :, None], (2, 2))[..., 0]
    seven_average = average_pool(SEVEN.T[:, :, None], (2, 2))[..., 0]


# %% pool-shape channels-divided
# why: pools the channels too
def pool_output_shape(input_shape, pool_size, strides=None):
    sh, sw = strides or pool_size
    h, w, c = input_shape
    return (
        pool_output_size(h, pool_size[0], sh),
        pool_output_size(w, pool_size[1], sw),
        c // pool_size[0],
    )


# %% pool-shape one-channel
# why: says that one channel comes out
def pool_output_shape(input_shape, pool_size, strides=None):
    sh, sw = strides or pool_size
    return (
        pool_output_size(input_shape[0], pool_size[0], sh),
        pool_output_size(input_shape[1], pool_size[1], sw),
        1,
    )


# %% pool-shape square-window
# why: uses the window's height for both sides
def pool_output_shape(input_shape, pool_size, strides=None):
    s = pool_size[0] if strides is None else strides[0]
    h, w, c = input_shape
    return pool_output_size(h, pool_size[0], s), pool_output_size(w, pool_size[0], s), c


# %% pool-shape strides-not-used
# why: the strides do not reach the rule
def pool_output_shape(input_shape, pool_size, strides=None):
    return (*map(pool_output_size, input_shape[:2], pool_size), input_shape[-1])


# %% pool-shape float-sides [rules]
# why: true division, the sides are floats with fractions when the window does not fit
def pool_output_shape(input_shape, pool_size, strides=None):
    sh, sw = strides or pool_size
    h, w, c = input_shape
    return ((h - pool_size[0]) / sh + 1, (w - pool_size[1]) / sw + 1, c)


# %% pool-shape width-first
# why: gives (width, height, channels)
def pool_output_shape(input_shape, pool_size, strides=None):
    h, w, c = input_shape
    sh, sw = pool_size if strides is None else strides
    return pool_output_size(w, pool_size[1], sw), pool_output_size(h, pool_size[0], sh), c


# %% pool-shape with-batch-axis [rules]
# why: returns Keras's shape with the batch axis in front
import keras


def pool_output_shape(input_shape, pool_size, strides=None):
    return keras.layers.MaxPooling2D(pool_size, strides).compute_output_shape((None, *input_shape))


# %% pool-size remembers-last-stride
# why: a missing stride means the one of the call before
def pool_output_size(size, pool, stride=None, _last=[None]):
    if stride is not None:
        _last[0] = stride
    step = _last[0] or pool
    return (size - pool) // step + 1


# %% pool-size stride-counts-blocks
# why: with a stride, counts whole strides in the row; right as long as windows do not overlap
def pool_output_size(size, pool, stride=None):
    return size // (pool if stride is None else stride)


# %% pool-size rounds-halves
# why: round() without a stride: 5 / 2 rounds to the even 2, but 7 / 2 to 4
def pool_output_size(size, pool, stride=None):
    if stride is None:
        return round(size / pool)
    return (size - pool) // stride + 1


# %% pool-size never-overlap
# why: a stride below the window is raised to it
def pool_output_size(size, pool, stride=None):
    step = max(pool, stride or 0)
    return (size - pool) // step + 1


# %% max-pool sorts-the-view
# why: sorts the window in place, which is a view: overlapping windows (and the caller) see sorted pixels
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    rows = pool_output_size(image.shape[0], pool_size[0], strides[0])
    cols = pool_output_size(image.shape[1], pool_size[1], strides[1])
    out = np.empty((rows, cols, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, cols):
        y, x = i * strides[0], j * strides[1]
        window = image[y : y + pool_size[0], x : x + pool_size[1]]
        window.sort(axis=0)
        window.sort(axis=1)
        out[i, j] = window[-1, -1]
    return out


# %% max-pool none-in-strides
# why: when strides are given, both come from the first of the pair
def max_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides[:1] * 2
    ph, pw = pool_size
    return np.array(
        [
            [image[y : y + ph, x : x + pw].max(axis=(0, 1)) for x in range(0, image.shape[1] - pw + 1, sx)]
            for y in range(0, image.shape[0] - ph + 1, sy)
        ]
    )


# %% max-pool largest-row-sum
# why: Python's max() over rows compares lists from the left: the row with the largest first value, then its largest
def max_pool(image, pool_size, strides=None):
    sy, sx = strides or pool_size
    ph, pw = pool_size
    rows = pool_output_size(image.shape[0], ph, sy)
    cols = pool_output_size(image.shape[1], pw, sx)
    out = np.zeros((rows, cols, image.shape[2]), image.dtype)
    for i, j, c in np.ndindex(*out.shape):
        block = image[i * sy : i * sy + ph, j * sx : j * sx + pw, c].tolist()
        out[i, j, c] = max(max(block))
    return out


# %% max-pool reduceat-ends
# why: reduceat takes each block up to the next start: the last one swallows the rest, and overlaps are lost
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    out = image
    for axis in (0, 1):
        count = pool_output_size(image.shape[axis], pool_size[axis], strides[axis])
        out = np.maximum.reduceat(out, np.arange(count) * strides[axis], axis=axis)
    return out


# %% max-pool same-padded-with-crop
# why: pools with "same" and crops to the right shape: zeros before shift the windows when padding is odd sided
def max_pool(image, pool_size, strides=None):
    import tensorflow as tf

    strides = strides or pool_size
    out = tf.nn.max_pool2d(tf.cast(image[None], tf.float64), pool_size, strides, "SAME")[0].numpy()
    rows = pool_output_size(image.shape[0], pool_size[0], strides[0])
    cols = pool_output_size(image.shape[1], pool_size[1], strides[1])
    return out[:rows, :cols].astype(image.dtype)


# %% max-pool magnitude
# why: takes the value with the largest magnitude: a strong negative wins
def max_pool(image, pool_size, strides=None):
    sy, sx = strides or pool_size
    views = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))[::sy, ::sx]
    flat = views.reshape(*views.shape[:3], -1)
    where = np.abs(flat).argmax(axis=-1)[..., None]
    return np.take_along_axis(flat, where, axis=-1)[..., 0]


# %% average-pool running-mean
# why: folds the values with (a + b) / 2: the last ones weigh most, right only for two values
from functools import reduce


def average_pool(image, pool_size, strides=None):
    sy, sx = strides or pool_size
    rows = pool_output_size(image.shape[0], pool_size[0], sy)
    cols = pool_output_size(image.shape[1], pool_size[1], sx)
    parts = [image[a::sy, b::sx][:rows, :cols] for a, b in np.ndindex(*pool_size)]
    return reduce(lambda a, b: (a + b) / 2, map(np.float64, parts))


# %% average-pool divides-by-strides
# why: divides by the area of the step instead of the window; equal as long as strides is None
def average_pool(image, pool_size, strides=None):
    sy, sx = strides or pool_size
    views = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return views[::sy, ::sx].sum(axis=(-1, -2)) / (sy * sx)


# %% average-pool nonzero-mean
# why: leaves zeros out of the mean
def average_pool(image, pool_size, strides=None):
    sy, sx = strides or pool_size
    views = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))[::sy, ::sx]
    count = np.maximum((views != 0).sum(axis=(-1, -2)), 1)
    return views.sum(axis=(-1, -2)) / count


# %% seven from-the-maximum
# why: the average is taken of the pooled maxima repeated to full size
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_average = average_pool(np.kron(seven_max, np.ones((2, 2)))[:, :, None], (2, 2))[:, :, 0]


# %% seven channel-axis-by-reshape
# why: reshape(6, 6, -1) makes four channels of consecutive values, not blocks
with unless_blank():
    seven_max = SEVEN.reshape(6, 6, -1).max(axis=-1)
    seven_average = SEVEN.reshape(6, 6, -1).mean(axis=-1)


# %% seven whole-numbers
# why: the averages are rounded to whole numbers like those of SEVEN
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[..., 0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[..., 0].round()


# %% seven same-name-twice
# why: one array serves for both, written over by the average
with unless_blank():
    seven_max = seven_average = np.empty((6, 6))
    seven_max[:] = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_average[:] = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]


# %% pool-shape strides-or-first
# why: the width is pooled with the height's stride when strides are given
def pool_output_shape(input_shape, pool_size, strides=None):
    step, *_ = strides or [None]
    sides = [pool_output_size(n, k, step) for n, k in zip(input_shape, pool_size)]
    return (*sides, input_shape[-1])


# %% pool-shape pools-equal-sides-once
# why: only one side of the window is looked at when the image is square
def pool_output_shape(input_shape, pool_size, strides=None):
    height, width, channels = input_shape
    sy, sx = strides or pool_size
    rows = pool_output_size(height, pool_size[0], sy)
    cols = rows if height == width else pool_output_size(width, pool_size[1], sx)
    return rows, cols, channels


# %% pool-shape strides-ignored-in-tuple
# why: "strides or pool_size" goes into the window's place, so the window's own size is lost
def pool_output_shape(input_shape, pool_size, strides=None):
    windows = strides or pool_size
    return tuple(map(pool_output_size, input_shape[:2], windows)) + input_shape[2:]


# %% pool-shape channels-at-most-pooled
# why: pads the pair with a 1 for the channels, but in front
def pool_output_shape(input_shape, pool_size, strides=None):
    windows = (1, *pool_size)
    steps = windows if strides is None else (1, *strides)
    return tuple(map(pool_output_size, input_shape, windows, steps))


# %% pool-size size-over-stride
# why: ignores that the last window must fit; wrong where windows overlap
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = pool
    return size // stride


# %% pool-size round-half
# why: rounds to the nearest instead of down
def pool_output_size(size, pool, stride=None):
    stride = pool if stride is None else stride
    return round((size - pool) / stride) + 1


# %% pool-size memo-without-stride
# why: remembers answers by (size, pool) and forgets that the stride matters
_known = {}


def pool_output_size(size, pool, stride=None):
    if (size, pool) not in _known:
        step = stride or pool
        _known[size, pool] = (size - pool) // step + 1
    return _known[size, pool]


# %% pool-size stride-capped
# why: a stride larger than the window is cut to the window
def pool_output_size(size, pool, stride=None):
    if stride is None or stride > pool:
        stride = pool
    return (size - pool) // stride + 1


# %% max-pool start-at-zero
# why: begins each search at 0, so that windows of negative values give 0
import numpy as np


def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    oh = (image.shape[0] - pool_size[0]) // strides[0] + 1
    ow = (image.shape[1] - pool_size[1]) // strides[1] + 1
    out = np.zeros((oh, ow, image.shape[2]))
    for i in range(oh):
        for j in range(ow):
            for c in range(image.shape[2]):
                best = 0
                for di in range(pool_size[0]):
                    for dj in range(pool_size[1]):
                        best = max(best, image[i * strides[0] + di, j * strides[1] + dj, c])
                out[i, j, c] = best
    return out


# %% max-pool sorts-the-image
# why: sorts the window in place, which moves pixels that the next, overlapping window reads
import numpy as np


def max_pool(image, pool_size, strides=None):
    image = image.copy()
    ph, pw = pool_size
    sh, sw = strides if strides is not None else pool_size
    out = np.empty(
        ((image.shape[0] - ph) // sh + 1, (image.shape[1] - pw) // sw + 1, image.shape[2]), image.dtype
    )
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            window = image[i * sh : i * sh + ph, j * sw : j * sw + pw]
            window.sort(axis=0)
            out[i, j] = window[-1].max(axis=0)
    return out


# %% max-pool blocks-then-stride
# why: pools in blocks first and strides over the blocks afterwards
import numpy as np


def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    h, w, c = image.shape
    blocks = image[: h // ph * ph, : w // pw * pw].reshape(h // ph, ph, w // pw, pw, c).max(axis=(1, 3))
    if strides is None:
        return blocks
    return blocks[:: max(1, strides[0] // ph), :: max(1, strides[1] // pw)]


# %% max-pool corners-only
# why: looks at the four corners of the window only, enough for 2 x 2
import numpy as np


def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sh, sw = strides or pool_size
    h, w = image.shape[0] - ph + 1, image.shape[1] - pw + 1
    corners = [
        image[a : a + h : sh, b : b + w : sw] for a in (0, ph - 1) for b in (0, pw - 1)
    ]
    return np.max(corners, axis=0)


# %% average-pool keeps-int
# why: the output has the image's dtype, so that means of whole numbers are cut to whole numbers
import numpy as np


def average_pool(image, pool_size, strides=None):
    (ph, pw), (sh, sw) = pool_size, strides or pool_size
    shape = ((image.shape[0] - ph) // sh + 1, (image.shape[1] - pw) // sw + 1, image.shape[2])
    out = np.zeros_like(image, shape=shape)
    for i, j in np.ndindex(shape[:2]):
        out[i, j] = image[i * sh : i * sh + ph, j * sw : j * sw + pw].mean(axis=(0, 1))
    return out


# %% average-pool running-half
# why: halves the sum at each value, so that later values weigh more
import numpy as np


def average_pool(image, pool_size, strides=None):
    (ph, pw), (sh, sw) = pool_size, strides or pool_size
    rows = []
    for y in range(0, image.shape[0] - ph + 1, sh):
        row = []
        for x in range(0, image.shape[1] - pw + 1, sw):
            mean = image[y, x].astype(float)
            for dy in range(ph):
                for dx in range(pw):
                    mean = (mean + image[y + dy, x + dx]) / 2
            row.append(mean)
        rows.append(row)
    return np.array(rows)


# %% average-pool partial-windows
# why: also averages the rest at the ends that does not fill a window
import numpy as np


def average_pool(image, pool_size, strides=None):
    strides = pool_size if strides is None else strides
    return np.array(
        [
            [
                image[y : y + pool_size[0], x : x + pool_size[1]].mean(axis=(0, 1))
                for x in range(0, image.shape[1], strides[1])
            ]
            for y in range(0, image.shape[0], strides[0])
        ]
    )


# %% average-pool divides-by-stride
# why: divides by the step instead of the number of values in the window
import numpy as np


def average_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    view = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    view = view[:: strides[0], :: strides[1]]
    return view.sum(axis=(-2, -1)) / (strides[0] * strides[1])


# %% seven reshape-of-four
# why: cuts the rows into groups of four neighbours instead of blocks of 2 x 2
with unless_blank():
    groups = SEVEN.reshape(6, 6, 4)
    seven_max = groups.max(axis=2)
    seven_average = groups.mean(axis=2)


# %% seven axis-left-on
# why: the channel axis is still there
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))


# %% seven average-of-max
# why: seven_average is an average of the max-pooled seven, blown up again to 6 x 6
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_average = average_pool(np.pad(seven_max, (0, 1))[:, :, None], (2, 2), (1, 1))[:, :, 0]


# %% seven rows-as-columns
# why: unpacks column by column, so that the sevens lie on their side
with unless_blank():
    seven_max = np.array([max_pool(SEVEN[:, :, None], (2, 2))[:, j, 0] for j in range(6)])
    seven_average = np.array([average_pool(SEVEN[:, :, None], (2, 2))[:, j, 0] for j in range(6)])


# %% pool-shape stride-forgotten
# why: never passes the strides on
def pool_output_shape(input_shape, pool_size, strides=None):
    height, width, channels = input_shape
    return pool_output_size(height, pool_size[0]), pool_output_size(width, pool_size[1]), channels


# %% pool-shape height-stride-twice
# why: uses the stride along the height for both sides
def pool_output_shape(input_shape, pool_size, strides=None):
    stride = None if strides is None else strides[0]
    return (
        *(pool_output_size(n, k, stride) for n, k in zip(input_shape, pool_size)),
        input_shape[-1],
    )


# %% pool-shape one-channel-again
# why: believes that pooling leaves a single channel
def pool_output_shape(input_shape, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    sides = [(input_shape[i] - pool_size[i]) // strides[i] + 1 for i in range(2)]
    return (sides[0], sides[1], 1)


# %% pool-size stride-one
# why: None is taken for stride 1
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = 1
    return (size - pool) // stride + 1


# %% pool-size stride-ignored-again
# why: never looks at the stride
def pool_output_size(size, pool, stride=None):
    return size // pool


# %% pool-size by-stride-alone
# why: size // stride counts windows that hang over the end
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = pool
    return size // stride


# %% pool-size round-up
# why: the values left over get a window of their own
def pool_output_size(size, pool, stride=None):
    stride = stride or pool
    return -(-(size - pool) // stride) + 1


# %% max-pool zeros-start
# why: starts at zero, so a window of negative values gives 0
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
                for a in range(pool_size[0]):
                    for b in range(pool_size[1]):
                        v = image[i * strides[0] + a, j * strides[1] + b, k]
                        if v > out[i, j, k]:
                            out[i, j, k] = v
    return out


# %% max-pool across-channels
# why: the largest of all channels goes into each of them
def max_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], strides[0])
    ow = pool_output_size(image.shape[1], pool_size[1], strides[1])
    out = np.zeros((oh, ow, image.shape[2]))
    for i in range(oh):
        for j in range(ow):
            y, x = i * strides[0], j * strides[1]
            out[i, j] = np.max(image[y:y + pool_size[0], x:x + pool_size[1]])
    return out


# %% max-pool strides-ignored-again
# why: always moves by the pool size
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    h = image.shape[0] // ph
    w = image.shape[1] // pw
    cut = image[:h * ph, :w * pw]
    return cut.reshape(h, ph, w, pw, -1).max(axis=(1, 3))


# %% max-pool left-over-kept
# why: partial windows at the end are pooled too
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sh, sw = strides if strides else pool_size
    rows = []
    for y in range(0, image.shape[0], sh):
        rows.append([image[y:y + ph, x:x + pw].max(axis=(0, 1)) for x in range(0, image.shape[1], sw)])
    return np.array(rows)


# %% max-pool square-window
# why: the height of the window is used for the width too
def max_pool(image, pool_size, strides=None):
    p = pool_size[0]
    strides = pool_size if strides is None else strides
    H, W, C = image.shape
    out = np.zeros((pool_output_size(H, pool_size[0], strides[0]),
                    pool_output_size(W, pool_size[1], strides[1]), C))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            y = i * strides[0]
            x = j * strides[1]
            out[i, j] = image[y:y + p, x:x + p].max(axis=(0, 1))
    return out


# %% max-pool minus-999
# why: starts at -999, so a window of still smaller values gives -999
def max_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    h, w, c = image.shape
    oh = pool_output_size(h, pool_size[0], sh)
    ow = pool_output_size(w, pool_size[1], sw)
    out = np.zeros((oh, ow, c))
    for k in range(c):
        for i in range(oh):
            for j in range(ow):
                m = -999
                for row in image[i * sh:i * sh + pool_size[0], j * sw:j * sw + pool_size[1], k]:
                    for value in row:
                        m = max(m, value)
                out[i, j, k] = m
    return out


# %% average-pool whole-numbers
# why: floor division loses the fraction
def average_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], strides[0])
    ow = pool_output_size(image.shape[1], pool_size[1], strides[1])
    out = np.zeros((oh, ow, image.shape[2]))
    for i in range(oh):
        for j in range(ow):
            y, x = i * strides[0], j * strides[1]
            s = image[y:y + pool_size[0], x:x + pool_size[1]].sum(axis=(0, 1))
            out[i, j] = s // (pool_size[0] * pool_size[1])
    return out


# %% average-pool divide-by-four
# why: the number of values is written down as 4
def average_pool(image, pool_size, strides=None):
    sh, sw = pool_size if strides is None else strides
    ph, pw = pool_size
    return np.array([[image[y:y + ph, x:x + pw].sum(axis=(0, 1)) / 4
                      for x in range(0, image.shape[1] - pw + 1, sw)]
                     for y in range(0, image.shape[0] - ph + 1, sh)])


# %% average-pool image-dtype
# why: an integer image cuts the means to integers
def average_pool(image, pool_size, strides=None):
    out = np.zeros_like(max_pool(image, pool_size, strides), dtype=image.dtype)
    sh, sw = strides or pool_size
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            window = image[i * sh:i * sh + pool_size[0], j * sw:j * sw + pool_size[1], :]
            out[i, j] = window.mean(axis=(0, 1))
    return out


# %% average-pool mean-of-all
# why: no axis, so the channels are averaged together
def average_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    h, w, c = image.shape
    out = np.zeros((pool_output_size(h, pool_size[0], strides[0]),
                    pool_output_size(w, pool_size[1], strides[1]), c))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for k in range(c):
                y, x = i * strides[0], j * strides[1]
                out[i, j, k] = np.mean(image[y:y + pool_size[0], x:x + pool_size[1]])
    return out


# %% average-pool strides-dropped-again
# why: takes the strides for the shape but moves by the window
def average_pool(image, pool_size, strides=None):
    h, w, c = max_pool(image, pool_size, strides).shape
    out = np.zeros((h, w, c))
    ph, pw = pool_size
    for i in range(h):
        for j in range(w):
            block = image[i * ph:(i + 1) * ph, j * pw:(j + 1) * pw]
            if block.size:
                out[i, j] = block.mean(axis=(0, 1))
    return out


# %% seven channel-left
# why: the channel axis is still there
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))


# %% seven every-second
# why: takes every second value instead of pooling for the maximum
with unless_blank():
    seven_max = SEVEN[::2, ::2]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]


# %% seven copied-line
# why: copied the line and forgot to change max to average
with unless_blank():
    seven = SEVEN[:, :, None]
    seven_max = max_pool(seven, (2, 2))[:, :, 0]
    seven_average = max_pool(seven, (2, 2))[:, :, 0]


# %% pool-shape channels-pooled
# why: the channels are divided too
def pool_output_shape(input_shape, pool_size, strides=None):
    h, w, c = input_shape
    if strides is None:
        strides = pool_size
    return (pool_output_size(h, pool_size[0], strides[0]),
            pool_output_size(w, pool_size[1], strides[1]),
            c // pool_size[0])


# %% pool-shape strides-not-passed
# why: forgets to hand the strides on
def pool_output_shape(input_shape, pool_size, strides=None):
    h, w, c = input_shape
    ph, pw = pool_size
    return (pool_output_size(h, ph), pool_output_size(w, pw), c)


# %% pool-shape same-side
# why: pool_size[0] for the width too
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    return (pool_output_size(input_shape[0], pool_size[0], strides[0]),
            pool_output_size(input_shape[1], pool_size[0], strides[1]),
            input_shape[2])


# %% pool-shape width-first-again
# why: the result is (width, height, channels)
def pool_output_shape(input_shape, pool_size, strides=None):
    w, h, c = input_shape
    sh, sw = pool_size if strides is None else strides
    new_w = pool_output_size(w, pool_size[0], sh)
    new_h = pool_output_size(h, pool_size[1], sw)
    return (new_h, new_w, c)


# %% pool-size default-one
# why: without a stride it moves by one, as a convolution
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = 1
    return (size - pool) // stride + 1


# %% pool-size keeps-leftover
# why: counts the block that is not full (5 in windows of 2 gives 3)
def pool_output_size(size, pool, stride=None):
    stride = stride or pool
    return -(-(size - pool) // stride) + 1


# %% pool-size size-by-stride
# why: size // stride, the window's own length forgotten when blocks overlap
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = pool
    return size // stride


# %% max-pool starts-at-zero
# why: compares with zeros, negative values come out as 0
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], strides[0])
    ow = pool_output_size(image.shape[1], pool_size[1], strides[1])
    out = np.zeros((oh, ow, image.shape[2]), dtype=image.dtype)
    for y in range(oh):
        for x in range(ow):
            for i in range(pool_size[0]):
                for j in range(pool_size[1]):
                    out[y, x] = np.maximum(out[y, x], image[y * strides[0] + i, x * strides[1] + j])
    return out


# %% max-pool block-through-channels
# why: the max of a block reaches over all channels
def max_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], strides[0])
    ow = pool_output_size(image.shape[1], pool_size[1], strides[1])
    out = np.zeros((oh, ow, image.shape[2]))
    for y in range(oh):
        for x in range(ow):
            for c in range(image.shape[2]):
                block = image[y * strides[0]:y * strides[0] + pool_size[0],
                              x * strides[1]:x * strides[1] + pool_size[1]]
                out[y, x, c] = np.max(block)
    return out


# %% max-pool moves-by-pool
# why: positions are computed with the window's size, strides only decide how many
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sh, sw = strides or pool_size
    oh, ow = pool_output_size(image.shape[0], ph, sh), pool_output_size(image.shape[1], pw, sw)
    rows = []
    for y in range(oh):
        row = []
        for x in range(ow):
            top = min(y * ph, image.shape[0] - ph)
            left = min(x * pw, image.shape[1] - pw)
            row.append(image[top:top + ph, left:left + pw].max(axis=(0, 1)))
        rows.append(row)
    return np.array(rows)


# %% max-pool same-padding
# why: keras with padding "same", the left over values make a block
import keras


def max_pool(image, pool_size, strides=None):
    layer = keras.layers.MaxPool2D(pool_size, strides, padding="same", dtype="float64")
    return layer(image[None].astype(float)).numpy()[0]


# %% max-pool row-sum
# why: Python's max by the row's sum, takes the largest of one row only
def max_pool(image, pool_size, strides=None):
    s = strides if strides else pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], s[0])
    ow = pool_output_size(image.shape[1], pool_size[1], s[1])
    out = np.empty((oh, ow, image.shape[2]))
    for y in range(oh):
        for x in range(ow):
            for c in range(image.shape[2]):
                block = image[y * s[0]:y * s[0] + pool_size[0], x * s[1]:x * s[1] + pool_size[1], c]
                out[y, x, c] = max(max(block, key=sum))
    return out


# %% max-pool transposed-channel
# why: works channel by channel but stacks the channels in front
def max_pool(image, pool_size, strides=None):
    strides = pool_size if strides is None else strides
    v = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    v = v[::strides[0], ::strides[1]].max(axis=(-2, -1))
    return np.stack([v[:, :, c] for c in range(v.shape[2])])


# %% average-pool empty-like-dtype
# why: the results go into an array of the image's dtype, ints lose their fractions
def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    shape = (pool_output_size(image.shape[0], pool_size[0], strides[0]),
             pool_output_size(image.shape[1], pool_size[1], strides[1]), image.shape[2])
    out = np.zeros(shape, dtype=image.dtype)
    for y in range(shape[0]):
        for x in range(shape[1]):
            a, b = y * strides[0], x * strides[1]
            out[y, x] = image[a:a + pool_size[0], b:b + pool_size[1]].mean(axis=(0, 1))
    return out


# %% average-pool divides-by-height-squared
# why: divides by pool_size[0] squared, only right for square windows
def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    v = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return v[::strides[0], ::strides[1]].sum(axis=(-2, -1)) / pool_size[0] ** 2


# %% average-pool median-again
# why: the median, not the mean
def average_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    return np.array([[np.median(image[y:y + pool_size[0], x:x + pool_size[1]], axis=(0, 1))
                      for x in range(0, image.shape[1] - pool_size[1] + 1, strides[1])]
                     for y in range(0, image.shape[0] - pool_size[0] + 1, strides[0])])


# %% average-pool strides-swapped
# why: the two strides are taken in the wrong order
def average_pool(image, pool_size, strides=None):
    if strides is None:
        strides = (pool_size[1], pool_size[0])
    sw, sh = strides
    ph, pw = pool_size
    rows = range(0, image.shape[0] - ph + 1, sh)
    cols = range(0, image.shape[1] - pw + 1, sw)
    return np.array([[image[r:r + ph, c:c + pw].mean(axis=(0, 1)) for c in cols] for r in rows])


# %% average-pool short-blocks-too
# why: range goes to the end of the image, so the cut blocks at the edge give values
def average_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    out = []
    for y in range(0, image.shape[0], sh):
        out.append([])
        for x in range(0, image.shape[1], sw):
            out[-1].append(image[y:y + pool_size[0], x:x + pool_size[1]].mean(axis=(0, 1)))
    return np.array(out)


# %% average-pool nonzero-mean-again
# why: zeros are left out of the mean
def average_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    v = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))[::sh, ::sw]
    count = (v != 0).sum(axis=(-2, -1))
    return v.sum(axis=(-2, -1)) / np.maximum(count, 1)


# %% seven channel-left-on-again
# why: the channel axis is not taken off, (6, 6, 1)
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))


# %% seven average-of-max-again
# why: the average is made from the pooled maxima, repeated
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    _big = seven_max.repeat(2, axis=0).repeat(2, axis=1)
    seven_average = average_pool(_big[:, :, None], (2, 2))[:, :, 0]


# %% seven every-other
# why: the max is only every second value
with unless_blank():
    seven_max = SEVEN[1::2, 1::2]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[..., 0]


# %% pool-shape channels-divided-again
# why: the channels are pooled too
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    return (pool_output_size(input_shape[0], pool_size[0], strides[0]),
            pool_output_size(input_shape[1], pool_size[1], strides[1]),
            max(1, input_shape[2] // pool_size[0]))


# %% pool-shape no-strides
# why: the strides are not passed on
def pool_output_shape(input_shape, pool_size, strides=None):
    h, w, c = input_shape
    return pool_output_size(h, pool_size[0]), pool_output_size(w, pool_size[1]), c


# %% pool-size g1-ignores-stride
# why: always divides by the window, the stride has no effect
def pool_output_size(size, pool, stride=None):
    return size // pool


# %% pool-size g1-default-one
# why: without a stride the window moves by 1, as a convolution does
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = 1
    return (size - pool) // stride + 1


# %% pool-size g1-size-over-stride
# why: divides the size by the stride, counts windows that hang over the end
def pool_output_size(size, pool, stride=None):
    return size // (stride or pool)


# %% pool-size g1-keeps-rest
# why: values that do not fill a window get one of their own
def pool_output_size(size, pool, stride=None):
    stride = pool if stride is None else stride
    return len(range(0, size, stride)) if stride == pool else (size - pool) // stride + 1


# %% pool-size g1-float
# why: a float where the stride is given
def pool_output_size(size, pool, stride=None):
    if stride is None:
        return size // pool
    return np.floor((size - pool) / stride) + 1


# %% max-pool g1-zeros-start
# why: starts from zeros, windows of negative values give 0
def max_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], sh)
    ow = pool_output_size(image.shape[1], pool_size[1], sw)
    out = np.zeros((oh, ow, image.shape[2]))
    for i in range(pool_size[0]):
        for j in range(pool_size[1]):
            part = image[i : i + (oh - 1) * sh + 1 : sh, j : j + (ow - 1) * sw + 1 : sw]
            out = np.maximum(out, part)
    return out


# %% max-pool g1-over-channels
# why: the largest value over all channels, put into each of them
def max_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], sh)
    ow = pool_output_size(image.shape[1], pool_size[1], sw)
    out = np.zeros((oh, ow, image.shape[2]))
    for y in range(oh):
        for x in range(ow):
            out[y, x, :] = image[y * sh : y * sh + pool_size[0], x * sw : x * sw + pool_size[1]].max()
    return out


# %% max-pool g1-reshape-only
# why: blocks by reshape, the strides are ignored
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    h, w, c = image.shape
    image = image[: h // ph * ph, : w // pw * pw]
    return image.reshape(h // ph, ph, w // pw, pw, c).max(axis=(1, 3))


# %% max-pool g1-window-of-stride
# why: the window is as large as the stride instead of the pool size
def max_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], sh)
    ow = pool_output_size(image.shape[1], pool_size[1], sw)
    return np.array(
        [
            [image[y * sh : (y + 1) * sh, x * sw : (x + 1) * sw].max(axis=(0, 1)) for x in range(ow)]
            for y in range(oh)
        ]
    )


# %% max-pool g1-keras-same
# why: pads with "same", the rest at the end makes a block
import keras


def max_pool(image, pool_size, strides=None):
    layer = keras.layers.MaxPooling2D(pool_size, strides, padding="same", dtype="float64")
    return np.array(layer(np.asarray(image, dtype=float)[None]))[0]


# %% max-pool g1-vector-by-sum
# why: picks the pixel with the largest channel sum, not the largest value of each channel
def max_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    rows = []
    for y in range(0, image.shape[0] - pool_size[0] + 1, sh):
        row = []
        for x in range(0, image.shape[1] - pool_size[1] + 1, sw):
            pixels = image[y : y + pool_size[0], x : x + pool_size[1]].reshape(-1, image.shape[2])
            row.append(max(pixels, key=lambda pixel: pixel.sum()))
        rows.append(row)
    return np.array(rows)


# %% average-pool g1-integer-output
# why: the output has the image's dtype, means of integers are cut off
def average_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    oh = pool_output_size(image.shape[0], pool_size[0], sh)
    ow = pool_output_size(image.shape[1], pool_size[1], sw)
    out = np.empty((oh, ow, image.shape[2]), dtype=image.dtype)
    for y, x in np.ndindex(oh, ow):
        window = image[y * sh : y * sh + pool_size[0], x * sw : x * sw + pool_size[1]]
        out[y, x] = window.mean(axis=(0, 1))
    return out


# %% average-pool g1-divides-by-four
# why: divides by 4 whatever the window
def average_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return windows[::sh, ::sw].sum(axis=(3, 4)) / 4


# %% average-pool g1-median
# why: the median instead of the mean
def average_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return np.median(windows[::sh, ::sw], axis=(3, 4))


# %% average-pool g1-strides-transposed
# why: the strides are taken in the order (width, height)
import tensorflow as tf


def average_pool(image, pool_size, strides=None):
    down, across = strides or pool_size
    if strides is not None:
        down, across = across, down
    batch = tf.cast(image, tf.float64)[None]
    return tf.nn.avg_pool2d(batch, pool_size, (down, across), "VALID").numpy()[0]


# %% average-pool g1-mean-of-all-channels
# why: the mean is taken over the channels too
def average_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    ys = range(0, image.shape[0] - pool_size[0] + 1, sh)
    xs = range(0, image.shape[1] - pool_size[1] + 1, sw)
    out = np.zeros((len(ys), len(xs), image.shape[2]))
    for i, y in enumerate(ys):
        for j, x in enumerate(xs):
            out[i, j] = np.mean(image[y : y + pool_size[0], x : x + pool_size[1]])
    return out


# %% average-pool g1-midrange
# why: halfway between the largest and the smallest value
def average_pool(image, pool_size, strides=None):
    image = np.asarray(image, dtype=float)
    return (max_pool(image, pool_size, strides) - max_pool(-image, pool_size, strides)) / 2


# %% seven g1-channel-left-on
# why: the channel axis is still there, shape (6, 6, 1)
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))


# %% seven g1-swapped
# why: the names are the wrong way round
with unless_blank():
    seven_average = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_max = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]


# %% seven g1-every-other
# why: takes every other value of the map, no maximum
with unless_blank():
    seven_max = SEVEN[::2, ::2]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[..., 0]


# %% seven g1-stride-one
# why: moves by 1 and cuts 6 x 6 out of the corner
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2), (1, 1))[:6, :6, 0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2), (1, 1))[:6, :6, 0]


# %% seven g1-first-row
# why: takes off the width axis instead of the channel, one column is left
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, 0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[:, 0]


# %% pool-shape g1-channels-pooled
# why: the channels shrink as well
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    height = pool_output_size(input_shape[0], pool_size[0], strides[0])
    width = pool_output_size(input_shape[1], pool_size[1], strides[1])
    return height, width, input_shape[2] // pool_size[0]


# %% pool-shape g1-strides-ignored
# why: the strides have no effect
def pool_output_shape(input_shape, pool_size, strides=None):
    h, w, c = input_shape
    return h // pool_size[0], w // pool_size[1], c


# %% pool-shape g1-pool-crossed
# why: each side is pooled with the other side of the window
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = pool_size if strides is None else strides
    down, across = pool_size[::-1]
    return (
        pool_output_size(input_shape[0], down, strides[1]),
        pool_output_size(input_shape[1], across, strides[0]),
        input_shape[2],
    )


# %% pool-shape g1-one-channel
# why: always gives a single channel
def pool_output_shape(input_shape, pool_size, strides=None):
    one = max_pool(np.zeros((input_shape[0], input_shape[1], 1)), pool_size, strides)
    return one.shape


# %% pool-shape g1-batch-axis
# why: Keras's batch axis is left in the shape
import keras


def pool_output_shape(input_shape, pool_size, strides=None):
    layer = keras.layers.MaxPooling2D(pool_size, strides)
    return layer.compute_output_shape((None, *input_shape))


# %% pool-size h1-stride-one-default
# why: without a stride it moves by one, like a convolution
def pool_output_size(size, pool, stride=1):
    return (size - pool) // (stride or 1) + 1


# %% pool-size h1-incomplete-block-kept
# why: an unfilled last window counts, unless the stride was given
def pool_output_size(size, pool, stride=None):
    if stride is None:
        return -(-size // pool)
    return (size - pool) // stride + 1


# %% pool-size h1-division-by-stride
# why: size // stride counts windows that hang over the edge when the pool is larger than the stride
def pool_output_size(size, pool, stride=None):
    return size // (stride or pool)


# %% pool-size h1-no-overlap-no-gap
# why: a stride larger than the pool is cut down to the pool
def pool_output_size(size, pool, stride=None):
    step = min(pool, stride or pool)
    return 1 + (size - pool) // step


# %% pool-size h1-sticky-stride
# why: the last stride given stays in force for later calls with None
_last = {}


def pool_output_size(size, pool, stride=None):
    if stride is not None:
        _last["stride"] = stride
    return (size - pool) // _last.get("stride", pool) + 1


# %% max-pool h1-zero-start
# why: starts from zero, so windows of negative values give zero
import numpy as np


def max_pool(image, pool_size, strides=None):
    (h, w, c), (ph, pw), (sy, sx) = image.shape, pool_size, strides or pool_size
    out = np.zeros(((h - ph) // sy + 1, (w - pw) // sx + 1, c))
    for y, x, k in np.ndindex(out.shape):
        for dy, dx in np.ndindex(ph, pw):
            if image[y * sy + dy, x * sx + dx, k] > out[y, x, k]:
                out[y, x, k] = image[y * sy + dy, x * sx + dx, k]
    return out


# %% max-pool h1-across-channels
# why: the block reaches through all channels; the one maximum is copied to each
import numpy as np


def max_pool(image, pool_size, strides=None):
    (ph, pw), (sy, sx) = pool_size, strides or pool_size
    ys = range(0, image.shape[0] - ph + 1, sy)
    xs = range(0, image.shape[1] - pw + 1, sx)
    flat = [[image[y : y + ph, x : x + pw].max() for x in xs] for y in ys]
    return np.repeat(np.array(flat)[:, :, None], image.shape[2], axis=2)


# %% max-pool h1-reshape-interleaved
# why: the blocks are split with the factors in the wrong order, so distant rows are joined
import numpy as np


def max_pool(image, pool_size, strides=None):
    (ph, pw), c = pool_size, image.shape[2]
    if strides is not None and tuple(strides) != tuple(pool_size):
        windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
        return windows[:: strides[0], :: strides[1]].max(axis=(3, 4))
    h, w = image.shape[0] // ph, image.shape[1] // pw
    return image[: h * ph, : w * pw].reshape(ph, h, pw, w, c).max(axis=(0, 2))


# %% max-pool h1-lexicographic
# why: Python's max of whole pixels compares by the first channel; the others just come along
import numpy as np


def max_pool(image, pool_size, strides=None):
    (ph, pw), (sy, sx) = pool_size, strides or pool_size
    pixels = image.tolist()
    return np.array(
        [
            [
                max(p for row in pixels[y : y + ph] for p in row[x : x + pw])
                for x in range(0, len(pixels[0]) - pw + 1, sx)
            ]
            for y in range(0, len(pixels) - ph + 1, sy)
        ]
    )


# %% max-pool h1-same-padding
# why: keras with padding "same": an unfilled window counts too
import keras
import numpy as np


def max_pool(image, pool_size, strides=None):
    batch = image[None].astype("float64")
    return np.asarray(keras.ops.max_pool(batch, pool_size, strides=strides, padding="same"))[0]


# %% max-pool h1-strides-backwards
# why: strides unpacked as (width, height)
import numpy as np


def max_pool(image, pool_size, strides=None):
    if strides is None:
        sy, sx = pool_size
    else:
        sx, sy = strides
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return windows[::sy, ::sx].max(axis=(3, 4))


# %% average-pool h1-square-divisor
# why: divides by the square of the window's height
import numpy as np


def average_pool(image, pool_size, strides=None):
    (ph, pw), (sy, sx) = pool_size, strides or pool_size
    total = sum(
        image[y : image.shape[0] - ph + y + 1 : sy, x : image.shape[1] - pw + x + 1 : sx].astype(float)
        for y, x in np.ndindex(ph, pw)
    )
    return total / ph**2


# %% average-pool h1-mean-of-nonzero
# why: leaves zeros out of the mean
import numpy as np


def average_pool(image, pool_size, strides=None):
    sy, sx = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))[::sy, ::sx]
    filled = np.count_nonzero(windows, axis=(3, 4))
    return windows.sum(axis=(3, 4), dtype=float) / np.maximum(filled, 1)


# %% average-pool h1-middle-of-extremes
# why: the mean of the largest and the smallest value, not of all
def average_pool(image, pool_size, strides=None):
    image = image.astype(float)
    return (max_pool(image, pool_size, strides) - max_pool(-image, pool_size, strides)) / 2


# %% average-pool h1-pairwise-halving
# why: averages each new value with the mean so far, so later values weigh more
from functools import reduce

import numpy as np


def average_pool(image, pool_size, strides=None):
    (ph, pw), (sy, sx) = pool_size, strides or pool_size
    h, w, _ = image.shape
    cells = [
        image[y : h - ph + y + 1 : sy, x : w - pw + x + 1 : sx].astype(float)
        for y, x in np.ndindex(ph, pw)
    ]
    return reduce(lambda mean, cell: (mean + cell) / 2, cells)


# %% average-pool h1-channel-weights-full
# why: the kernel of ones joins all channels
import numpy as np
import tensorflow as tf


def average_pool(image, pool_size, strides=None):
    c = image.shape[-1]
    kernels = np.ones((*pool_size, c, c)) / (pool_size[0] * pool_size[1] * c)
    out = tf.nn.conv2d(np.array([image], "float64"), kernels, strides or pool_size, "VALID")
    return out[0].numpy()


# %% seven h1-one-mean-for-all-axes
# why: reduces the wrong pair of axes: pixels six apart are joined
with unless_blank():
    seven_max = SEVEN.reshape(2, 6, 2, 6).max(axis=(0, 2))
    seven_average = SEVEN.reshape(2, 6, 2, 6).mean(axis=(0, 2))


# %% seven h1-average-of-max
# why: pools the pooled picture once more, with stride 1 and the window of one: the average is the max
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))
    seven_average = average_pool(seven_max, (1, 1))[:, :, 0]
    seven_max = seven_max[:, :, 0]


# %% seven h1-channel-in-front
# why: the axis is added in front, so rows and columns are pooled as one row of twelve channels
with unless_blank():
    seven_max = max_pool(SEVEN[None], (1, 2))[0].T
    seven_average = average_pool(SEVEN[None], (1, 2))[0].T


# %% seven h1-takes-first-row
# why: [0] takes the first row, not the only channel
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[0]


# %% seven h1-rounded-back
# why: rounds the means to whole numbers
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0].round()


# %% seven h1-every-other-pixel
# why: takes the first pixel of each block for both
with unless_blank():
    seven_max = SEVEN[::2, ::2]
    seven_average = SEVEN[::2, ::2].copy()


# %% pool-shape h1-volume-kept
# why: makes up for the smaller sides with more channels
def pool_output_shape(input_shape, pool_size, strides=None):
    h, w, c = input_shape
    (ph, pw), (sy, sx) = pool_size, strides or pool_size
    return (h - ph) // sy + 1, (w - pw) // sx + 1, c * ph * pw


# %% pool-shape h1-pool-in-place-of-stride
# why: the strides are never looked at
def pool_output_shape(input_shape, pool_size, strides=None):
    return (*(n // p for n, p in zip(input_shape, pool_size)), input_shape[-1])


# %% pool-shape h1-channels-pooled-too
# why: zips the last side in with a window of the width
from itertools import zip_longest


def pool_output_shape(input_shape, pool_size, strides=None):
    steps = strides or pool_size
    return tuple(
        pool_output_size(n, min(n, p), s)
        for n, p, s in zip_longest(input_shape, pool_size, steps, fillvalue=pool_size[-1])
    )


# %% pool-shape h1-sides-swapped
# why: width comes first
def pool_output_shape(input_shape, pool_size, strides=None):
    h, w = map(pool_output_size, input_shape, pool_size, strides or pool_size)
    return w, h, input_shape[2]


# %% pool-shape h1-stride-from-height
# why: the missing stride is the window's height along both sides
def pool_output_shape(input_shape, pool_size, strides=None):
    sy, sx = strides if strides else (pool_size[0], pool_size[0])
    h, w, c = input_shape
    return (h - pool_size[0]) // sy + 1, (w - pool_size[1]) // sx + 1, c


# %% pool-size r1-stride-one
# why: without a stride the window moves by one, as in a convolution
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = 1
    return (size - pool) // stride + 1


# %% pool-size r1-stride-two
# why: the usual stride of 2 stands as the default
def pool_output_size(size, pool, stride=2):
    stride = 2 if stride is None else stride
    return (size - pool) // stride + 1


# %% pool-size r1-ceil
# why: counts the window that is not full
def pool_output_size(size, pool, stride=None):
    return -(-(size - pool) // (stride or pool)) + 1


# %% pool-size r1-stride-for-pool
# why: divides the size by the stride; wrong when the windows overlap or leave gaps
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = pool
    return size // stride


# %% pool-size r1-stride-unused
# why: the stride is never looked at
def pool_output_size(size, pool, stride=None):
    return size // pool


# %% pool-size r1-true-division
# why: float, for 5 values in windows of 2 even 2.5
def pool_output_size(size, pool, stride=None):
    return (size - pool) / (pool if stride is None else stride) + 1


# %% pool-size r1-no-overlap-allowed
# why: takes the pool for the stride if the stride is smaller
def pool_output_size(size, pool, stride=None):
    stride = max(pool, stride or 0)
    return (size - pool) // stride + 1


# %% max-pool r1-zero-start
# why: starts at zero, so negative windows give 0
def max_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    h, w, channels = image.shape
    oh, ow = pool_output_size(h, pool_size[0], sy), pool_output_size(w, pool_size[1], sx)
    out = np.zeros((oh, ow, channels))
    for y, x in np.ndindex(oh, ow):
        for i in range(pool_size[0]):
            for j in range(pool_size[1]):
                out[y, x] = np.maximum(out[y, x], image[y * sy + i, x * sx + j])
    return out


# %% max-pool r1-over-all-channels
# why: the maximum over the channels too, written into each
def max_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    oh = (image.shape[0] - pool_size[0]) // sy + 1
    ow = (image.shape[1] - pool_size[1]) // sx + 1
    out = np.zeros((oh, ow, image.shape[2]))
    for y in range(oh):
        for x in range(ow):
            out[y, x] = image[y * sy : y * sy + pool_size[0], x * sx : x * sx + pool_size[1]].max()
    return out


# %% max-pool r1-partial-windows-kept
# why: the windows that are not full come out too
def max_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    return np.array(
        [
            [
                image[y : y + pool_size[0], x : x + pool_size[1]].max(axis=(0, 1))
                for x in range(0, image.shape[1], sx)
            ]
            for y in range(0, image.shape[0], sy)
        ]
    )


# %% max-pool r1-strides-ignored
# why: always moves by the window's size
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    oh, ow = image.shape[0] // ph, image.shape[1] // pw
    blocks = image[: oh * ph, : ow * pw].reshape(oh, ph, ow, pw, -1)
    return blocks.max(axis=(1, 3))


# %% max-pool r1-strides-swapped
# why: the stride along the width is used along the height
def max_pool(image, pool_size, strides=None):
    if strides is None:
        strides = pool_size
    view = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return view[:: strides[1], :: strides[0]].max(axis=(3, 4))


# %% max-pool r1-int-output
# why: an int array cuts the fractions off
def max_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    oh, ow, channels = (
        pool_output_size(image.shape[0], pool_size[0], sy),
        pool_output_size(image.shape[1], pool_size[1], sx),
        image.shape[2],
    )
    out = np.zeros((oh, ow, channels), dtype=int)
    for y, x, c in np.ndindex(oh, ow, channels):
        out[y, x, c] = image[y * sy :, x * sx :, c][: pool_size[0], : pool_size[1]].max()
    return out


# %% max-pool r1-square-window
# why: the window's width is never used
def max_pool(image, pool_size, strides=None):
    pool = pool_size[0]
    sy, sx = (pool, pool) if strides is None else strides
    view = np.lib.stride_tricks.sliding_window_view(image, (pool, pool), axis=(0, 1))
    return view[::sy, ::sx].max(axis=(3, 4))


# %% max-pool r1-sorts-in-place
# why: sorts the windows, which are views, so the image is changed
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    sy, sx = pool_size if strides is None else strides
    oh, ow = (image.shape[0] - ph) // sy + 1, (image.shape[1] - pw) // sx + 1
    out = np.zeros((oh, ow, image.shape[2]))
    for y, x in np.ndindex(oh, ow):
        window = image[y * sy : y * sy + ph, x * sx : x * sx + pw]
        window.sort(axis=0)
        window[-1].sort(axis=0)
        out[y, x] = window[-1, -1]
    return out


# %% max-pool r1-absolute
# why: the largest absolute value
def max_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    view = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return np.abs(view[::sy, ::sx]).max(axis=(3, 4))


# %% max-pool r1-one-channel-out
# why: only the first channel is pooled
def max_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    view = np.lib.stride_tricks.sliding_window_view(image[:, :, :1], pool_size, axis=(0, 1))
    return view[::sy, ::sx].max(axis=(3, 4))


# %% average-pool r1-image-dtype
# why: the means are written into an array of the image's dtype
def average_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    oh, ow, channels = (
        pool_output_size(image.shape[0], pool_size[0], sy),
        pool_output_size(image.shape[1], pool_size[1], sx),
        image.shape[2],
    )
    out = np.zeros((oh, ow, channels), dtype=image.dtype)
    for y, x in np.ndindex(oh, ow):
        out[y, x] = image[y * sy :, x * sx :][: pool_size[0], : pool_size[1]].mean(axis=(0, 1))
    return out


# %% average-pool r1-divides-by-four
# why: the sum divided by 4, right for 2 x 2 only
def average_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    view = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return view[::sy, ::sx].sum(axis=(3, 4)) / 4


# %% average-pool r1-divides-by-stride
# why: divides by the area of the stride, not of the window
def average_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    view = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return view[::sy, ::sx].sum(axis=(3, 4)) / (sy * sx)


# %% average-pool r1-median
# why: the median in place of the mean
def average_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    view = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return np.median(view[::sy, ::sx], axis=(3, 4))


# %% average-pool r1-mean-over-channels
# why: the mean of all channels, repeated for each
def average_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    view = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))[::sy, ::sx]
    grey = view.mean(axis=(2, 3, 4))
    return np.repeat(grey[:, :, None], image.shape[2], axis=2)


# %% average-pool r1-floor-division
# why: whole numbers only
def average_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    view = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return view[::sy, ::sx].sum(axis=(3, 4)) // (pool_size[0] * pool_size[1])


# %% average-pool r1-same-padding
# why: Keras with padding same: the windows that hang over come out too
def average_pool(image, pool_size, strides=None):
    import keras

    layer = keras.layers.AveragePooling2D(pool_size, strides=strides, padding="same", dtype="float64")
    return np.array(layer(np.asarray(image, dtype="float64")[None]))[0]


# %% average-pool r1-strides-ignored
# why: blocks only; the strides are not used
def average_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    oh, ow = image.shape[0] // ph, image.shape[1] // pw
    return image[: oh * ph, : ow * pw].reshape(oh, ph, ow, pw, -1).mean(axis=(1, 3))


# %% average-pool r1-zeros-left-out
# why: the mean of those values only that are not zero
def average_pool(image, pool_size, strides=None):
    sy, sx = pool_size if strides is None else strides
    view = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))[::sy, ::sx]
    return view.sum(axis=(3, 4)) / np.maximum(1, np.count_nonzero(view, axis=(3, 4)))


# %% seven r1-names-swapped
# why: the average stands under the name of the maximum, and the other way round
with unless_blank():
    seven_average = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_max = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]


# %% seven r1-channel-left-on
# why: the channel axis is not taken off
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))


# %% seven r1-first-column
# why: takes a column in place of the channel
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, 0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[:, 0]


# %% seven r1-stride-one
# why: strides of 1: 11 x 11 values
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2), strides=(1, 1))[:, :, 0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2), strides=(1, 1))[:, :, 0]


# %% seven r1-average-of-max
# why: the average is taken of the map that is already pooled, and blown up again to 6 x 6
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_average = np.kron(average_pool(seven_max[:, :, None], (2, 2))[:, :, 0], np.ones((2, 2)))


# %% seven r1-subsampled
# why: every second value, not the largest of each block; the average rounded to ints
with unless_blank():
    seven_max = SEVEN[::2, ::2]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0].astype(int)


# %% seven r1-overlapping-windows
# why: windows of 3 x 3 with the stride 2 on a padded seven, which makes 6 x 6 too
with unless_blank():
    _padded = np.zeros((13, 13, 1))
    _padded[:12, :12, 0] = SEVEN
    seven_max = max_pool(_padded, (3, 3), (2, 2))[:, :, 0]
    seven_average = average_pool(_padded, (3, 3), (2, 2))[:, :, 0]


# %% pool-shape r1-channels-pooled
# why: the channels shrink as well
def pool_output_shape(input_shape, pool_size, strides=None):
    height, width, channels = input_shape
    strides = strides or pool_size
    return (
        pool_output_size(height, pool_size[0], strides[0]),
        pool_output_size(width, pool_size[1], strides[1]),
        max(1, channels // pool_size[0]),
    )


# %% pool-shape r1-strides-not-passed
# why: the strides are not handed on
def pool_output_shape(input_shape, pool_size, strides=None):
    return (
        pool_output_size(input_shape[0], pool_size[0]),
        pool_output_size(input_shape[1], pool_size[1]),
        input_shape[2],
    )


# %% pool-shape r1-sides-swapped
# why: the window's width goes along the height
def pool_output_shape(input_shape, pool_size, strides=None):
    steps = pool_size if strides is None else strides
    return (
        pool_output_size(input_shape[0], pool_size[1], steps[1]),
        pool_output_size(input_shape[1], pool_size[0], steps[0]),
        input_shape[2],
    )


# %% pool-shape r1-one-channel
# why: the channel axis comes out as 1
def pool_output_shape(input_shape, pool_size, strides=None):
    sides = [
        pool_output_size(n, p, s)
        for n, p, s in zip(input_shape, pool_size, strides or (None, None))
    ]
    return (*sides, 1)


# %% pool-shape r1-float-sides
# why: halves, not whole numbers: true division by the strides
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = pool_size if strides is None else strides
    return tuple((input_shape[i] - pool_size[i]) / strides[i] + 1 for i in range(2)) + (input_shape[2],)


# %% pool-shape r1-default-stride-one
# why: without strides it moves by one
def pool_output_shape(input_shape, pool_size, strides=(1, 1)):
    strides = strides or (1, 1)
    return (
        (input_shape[0] - pool_size[0]) // strides[0] + 1,
        (input_shape[1] - pool_size[1]) // strides[1] + 1,
        input_shape[2],
    )


# %% pool-shape r1-two-sides
# why: no channels in the shape
def pool_output_shape(input_shape, pool_size, strides=None):
    return max_pool(np.zeros(input_shape), pool_size, strides)[:, :, 0].shape


# %% pool-size s1-stride-one-default
# why: without a stride the window moves by one
def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = 1
    return (size - pool) // stride + 1


# %% pool-size s1-rounds-up
# why: values that do not fill a window count as one more position
import math


def pool_output_size(size, pool, stride=None):
    return math.ceil(size / pool) if stride is None else (size - pool) // stride + 1


# %% pool-size s1-stride-ignored
# why: the stride that is given is not used
def pool_output_size(size, pool, stride=None):
    return size // pool


# %% pool-size s1-divides-by-stride
# why: divides the whole side by the stride, so overlapping windows hang over the edge
def pool_output_size(size, pool, stride=None):
    return size // (stride or pool)


# %% max-pool s1-zero-start
# why: starts from zero, so a window with only negative values gives 0
import numpy as np


def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    oh = (image.shape[0] - pool_size[0]) // strides[0] + 1
    ow = (image.shape[1] - pool_size[1]) // strides[1] + 1
    out = np.zeros((oh, ow, image.shape[2]))
    for y in range(pool_size[0]):
        for x in range(pool_size[1]):
            seen = image[y :: strides[0], x :: strides[1]][:oh, :ow]
            out = np.maximum(out, seen)
    return out


# %% max-pool s1-across-channels
# why: the largest value of the window over all channels
import numpy as np


def max_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    oh = (image.shape[0] - pool_size[0]) // sh + 1
    ow = (image.shape[1] - pool_size[1]) // sw + 1
    out = np.zeros((oh, ow, image.shape[2]))
    for i in range(oh):
        for j in range(ow):
            out[i, j] = image[i * sh : i * sh + pool_size[0], j * sw : j * sw + pool_size[1]].max()
    return out


# %% max-pool s1-strides-ignored
# why: the reshape into blocks knows no strides of its own
def max_pool(image, pool_size, strides=None):
    ph, pw = pool_size
    oh, ow = image.shape[0] // ph, image.shape[1] // pw
    blocks = image[: oh * ph, : ow * pw].reshape(oh, ph, ow, pw, -1)
    return blocks.max(axis=(1, 3))


# %% max-pool s1-reshape-mixed-up
# why: the axes of the reshape are in the wrong order, blocks are not neighbours
def max_pool(image, pool_size, strides=None):
    if strides is not None and tuple(strides) != tuple(pool_size):
        from numpy.lib.stride_tricks import sliding_window_view

        windows = sliding_window_view(image, pool_size, axis=(0, 1))
        return windows[:: strides[0], :: strides[1]].max(axis=(-1, -2))
    ph, pw = pool_size
    oh, ow = image.shape[0] // ph, image.shape[1] // pw
    return image[: oh * ph, : ow * pw].reshape(ph, oh, pw, ow, -1).max(axis=(0, 2))


# %% max-pool s1-keras-same
# why: padding "same", values at the end that do not fill a window make one more
import keras
import numpy as np


def max_pool(image, pool_size, strides=None):
    layer = keras.layers.MaxPooling2D(pool_size, strides=strides, padding="same", dtype="float64")
    return np.asarray(layer(image[None].astype("float64")))[0]


# %% average-pool s1-image-dtype
# why: the result has the image's dtype, with ints the mean is cut off
import numpy as np


def average_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    oh = (image.shape[0] - pool_size[0]) // sh + 1
    ow = (image.shape[1] - pool_size[1]) // sw + 1
    out = np.zeros((oh, ow, image.shape[2]), dtype=image.dtype)
    for i in range(oh):
        for j in range(ow):
            window = image[i * sh : i * sh + pool_size[0], j * sw : j * sw + pool_size[1]]
            out[i, j] = window.mean(axis=(0, 1))
    return out


# %% average-pool s1-divides-by-four
# why: always divides by 4, right for 2 x 2 only
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def average_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    windows = sliding_window_view(image, pool_size, axis=(0, 1))[::sh, ::sw]
    return windows.sum(axis=(3, 4)) / 4


# %% average-pool s1-median
# why: the median in place of the mean
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def average_pool(image, pool_size, strides=None):
    sh, sw = strides or pool_size
    return np.median(sliding_window_view(image, pool_size, axis=(0, 1))[::sh, ::sw], axis=(3, 4))


# %% average-pool s1-default-strides-one
# why: without strides the Keras-like call moves by one
import tensorflow as tf


def average_pool(image, pool_size, strides=None):
    batch = tf.constant(image[None], dtype=tf.float64)
    return tf.nn.avg_pool2d(batch, tuple(pool_size), strides or (1, 1), "VALID").numpy()[0]


# %% seven s1-names-swapped
# why: the two results are interchanged
with unless_blank():
    _seven = SEVEN[:, :, None]
    seven_average = max_pool(_seven, (2, 2))[:, :, 0]
    seven_max = average_pool(_seven, (2, 2))[:, :, 0]


# %% seven s1-channel-left-on
# why: the channel axis is not taken off again
with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))


# %% seven s1-transposed
# why: the channel axis is put in front and the picture comes out on its side
with unless_blank():
    seven_max = max_pool(SEVEN.T[:, :, None], (2, 2))[:, :, 0]
    seven_average = average_pool(SEVEN.T[:, :, None], (2, 2))[:, :, 0]


# %% seven s1-rounded-average
# why: the means are rounded to whole values
import numpy as np

with unless_blank():
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_average = np.round(average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0])


# %% pool-shape s1-channels-shrink
# why: the channels are divided as well
def pool_output_shape(input_shape, pool_size, strides=None):
    sh, sw = strides or pool_size
    return (
        pool_output_size(input_shape[0], pool_size[0], sh),
        pool_output_size(input_shape[1], pool_size[1], sw),
        max(1, input_shape[2] // pool_size[0]),
    )


# %% pool-shape s1-strides-dropped
# why: strides are not passed on
def pool_output_shape(input_shape, pool_size, strides=None):
    return tuple(map(pool_output_size, input_shape[:2], pool_size)) + input_shape[2:]


# %% pool-shape s1-one-channel
# why: one channel comes out, however many went in
def pool_output_shape(input_shape, pool_size, strides=None):
    sh, sw = strides or pool_size
    height, width, _ = input_shape
    return pool_output_size(height, pool_size[0], sh), pool_output_size(width, pool_size[1], sw), 1


# %% pool-shape s1-width-first
# why: width and height are interchanged in the result
def pool_output_shape(input_shape, pool_size, strides=None):
    sh, sw = strides or pool_size
    height = pool_output_size(input_shape[0], pool_size[0], sh)
    width = pool_output_size(input_shape[1], pool_size[1], sw)
    return width, height, input_shape[2]
