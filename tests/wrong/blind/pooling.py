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
