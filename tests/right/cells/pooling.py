# Right answers to assignment 2, Pooling, other than the solution's.

# %% pool-size length-of-a-range
def pool_output_size(size, pool, stride=None):
    return len(range(pool, size + 1, stride or pool))


# %% pool-size recursive
def pool_output_size(size, pool, stride=None):
    stride = pool if stride is None else stride
    return 0 if size < pool else 1 + pool_output_size(size - stride, pool, stride)


# %% pool-size numpy-integer [forms]
def pool_output_size(size, pool, *stride):
    (step,) = [given for given in stride if given] or [pool]
    return np.floor_divide(np.int32(size) - pool + step, step)


# %% part: corners
def corners(image, pool_size, strides):
    """The first rows and the first columns of the windows."""
    rows = range(0, image.shape[0] - pool_size[0] + 1, strides[0])
    return rows, range(0, image.shape[1] - pool_size[1] + 1, strides[1])


# %% max-pool loops with corners
def max_pool(image, pool_size, strides=None):
    rows, columns = corners(image, pool_size, strides or pool_size)
    output = np.empty((len(rows), len(columns), image.shape[2]))
    for i, top in enumerate(rows):
        for j, left in enumerate(columns):
            for c in range(image.shape[2]):
                block = image[top : top + pool_size[0], left : left + pool_size[1], c]
                output[i, j, c] = max(float(value) for row in block for value in row)
    return output


# %% max-pool sliding-windows
def max_pool(image, pool_size, strides=None):
    down, right = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, (*pool_size, 1))
    return np.max(windows[::down, ::right], axis=(3, 4, 5))


# %% part: shifted with corners
def shifted_images(image, pool_size, strides):
    """All first values of the windows as one array, all second values as another, and so on."""
    rows, columns = corners(image, pool_size, strides)
    return [
        image[np.add(rows, i)][:, np.add(columns, j)] for i, j in np.ndindex(*map(int, pool_size))
    ]


# %% max-pool shifted-images with shifted
def max_pool(image, pool_size, strides=None):
    return np.maximum.reduce(shifted_images(image, pool_size, strides or pool_size))


# %% part: strided with corners
def strided_windows(image, pool_size, strides):
    """All windows of an image, without a copy: (rows, columns, channels, height, width)."""
    image = np.ascontiguousarray(image)
    rows, columns = corners(image, pool_size, strides)
    down, right, deep = image.strides
    return np.lib.stride_tricks.as_strided(
        image,
        (len(rows), len(columns), image.shape[2], *pool_size),
        (down * strides[0], right * strides[1], deep, down, right),
    )


# %% max-pool as-strided with strided
def max_pool(image, pool_size, strides=None):
    return np.amax(strided_windows(image, pool_size, strides or pool_size), axis=(-1, -2))


# %% max-pool keras-ops [forms]
def max_pool(image, pool_size, strides=None):
    from keras import ops

    return ops.max_pool(image[None], pool_size, strides or pool_size, padding="valid")[0]


# %% average-pool loops with corners
def average_pool(image, pool_size, strides=None):
    rows, columns = corners(image, pool_size, strides or pool_size)
    output = np.empty((len(rows), len(columns), image.shape[2]))
    for i, top in enumerate(rows):
        for j, left in enumerate(columns):
            for c in range(image.shape[2]):
                block = image[top : top + pool_size[0], left : left + pool_size[1], c]
                values = [float(value) for row in block for value in row]
                output[i, j, c] = sum(values) / len(values)
    return output


# %% average-pool sliding-windows
def average_pool(image, pool_size, strides=None):
    down, right = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, (*pool_size, 1))
    return np.mean(windows[::down, ::right], axis=(3, 4, 5))


# %% average-pool shifted-images with shifted
def average_pool(image, pool_size, strides=None):
    return np.mean(shifted_images(image, pool_size, strides or pool_size), axis=0)


# %% average-pool as-strided with strided
def average_pool(image, pool_size, strides=None):
    return np.average(strided_windows(image, pool_size, strides or pool_size), axis=(-1, -2))


# %% average-pool keras-layer [forms]
def average_pool(image, pool_size, strides=None):
    import keras

    # Keras computes in float32.
    return keras.layers.AveragePooling2D(pool_size, strides=strides)(image[np.newaxis])[0].numpy()


# %% average-pool integral-image
def average_pool(image, pool_size, strides=None):
    sums = np.pad(image, ((1, 0), (1, 0), (0, 0))).cumsum(axis=0).cumsum(axis=1)
    height, width = pool_size
    totals = (
        sums[height:, width:]
        - sums[:-height, width:]
        - sums[height:, :-width]
        + sums[:-height, :-width]
    )
    down, right = strides or pool_size
    return totals[::down, ::right] / (height * width)


# %% seven reshaped [forms]
seven_max = SEVEN.reshape(6, 2, 6, 2).max(axis=(1, 3))
seven_average = SEVEN.reshape(6, 2, 6, 2).mean(axis=(1, 3), dtype=np.float32)

# %% seven comprehensions [forms]
starts = range(0, 12, 2)
seven_max = np.array([[int(SEVEN[i : i + 2, j : j + 2].max()) for j in starts] for i in starts])
seven_average = np.array([[SEVEN[i : i + 2, j : j + 2].sum() / 4 for j in starts] for i in starts])

# %% seven squeezed
seven_max = np.squeeze(max_pool(SEVEN[..., None], (2, 2)))
seven_average = np.squeeze(average_pool(SEVEN[..., None], (2, 2)), axis=-1)


# %% pool-shape keras
def pool_output_shape(input_shape, pool_size, strides=None):
    import keras

    layer = keras.layers.AveragePooling2D(pool_size, strides)
    return layer.compute_output_shape((1, *input_shape))[1:]


# %% pool-shape list-of-numpy-integers [forms]
def pool_output_shape(input_shape, pool_size, strides=None):
    room = np.subtract(input_shape[:2], pool_size)
    return [*(room // np.array(strides or pool_size) + 1), input_shape[-1]]


# %% pool-shape own-earlier-answer
def pool_output_shape(input_shape, pool_size, strides=None):
    sides = map(pool_output_size, input_shape, pool_size, strides or pool_size)
    return (*sides, input_shape[2])


# %% max-pool tensorflow-tensor [forms]
def max_pool(image, pool_size, strides=None):
    import tensorflow as tf

    pooled = tf.nn.max_pool2d(
        tf.constant(image, tf.float32)[None], pool_size, strides or pool_size, "VALID"
    )
    return pooled[0]


# %% average-pool longdouble [forms]
def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    views = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return views[:: strides[0], :: strides[1]].astype(np.longdouble).mean(axis=(3, 4))


# %% pool-shape named-tuple [forms]
from typing import NamedTuple


class PooledShape(NamedTuple):
    height: int
    width: int
    channels: int


def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    return PooledShape(
        pool_output_size(input_shape[0], pool_size[0], strides[0]),
        pool_output_size(input_shape[1], pool_size[1], strides[1]),
        input_shape[2],
    )


# %% pool-size own-cache
SIZES = {}


def pool_output_size(size, pool, stride=None):
    key = size, pool, stride
    if key not in SIZES:
        SIZES[key] = (size - pool) // (stride or pool) + 1
    return SIZES[key]
