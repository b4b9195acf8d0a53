"""Right solutions of assignment 2, Pooling, other than the reference's."""

import functools
import itertools

import numpy as np

from tests.answers import Catalogue

RIGHT = Catalogue("pooling")


@RIGHT("pool-size", "length-of-a-range")
def pool_output_size(size, pool, stride=None):
    return len(range(pool, size + 1, stride or pool))


@RIGHT("pool-size", "recursive")
def pool_output_size(size, pool, stride=None):
    stride = pool if stride is None else stride
    return 0 if size < pool else 1 + pool_output_size(size - stride, pool, stride)


@RIGHT("pool-size", "numpy-integer")
def pool_output_size(size, pool, *stride):
    (step,) = [given for given in stride if given] or [pool]
    return np.floor_divide(np.int32(size) - pool + step, step)


def _corners(image, pool_size, strides):
    """The first row and column of each window."""
    rows = range(0, image.shape[0] - pool_size[0] + 1, strides[0])
    return rows, range(0, image.shape[1] - pool_size[1] + 1, strides[1])


def _by_loops(image, pool_size, strides, of_block):
    strides = pool_size if strides is None else strides
    rows, columns = _corners(image, pool_size, strides)
    output = np.empty((len(rows), len(columns), image.shape[2]))
    for (i, top), (j, left), c in itertools.product(
        enumerate(rows), enumerate(columns), range(image.shape[2])
    ):
        block = image[top : top + pool_size[0], left : left + pool_size[1], c]
        output[i, j, c] = of_block([float(value) for row in block for value in row])
    return output


def _by_sliding_windows(image, pool_size, strides, of_block):
    step_down, step_right = strides or pool_size
    windows = np.lib.stride_tricks.sliding_window_view(image, (*pool_size, 1))
    return of_block(windows[::step_down, ::step_right], axis=(3, 4, 5))


def _by_shifted_images(image, pool_size, strides, together):
    """All first values of the windows as one array, all second values as another, and so on."""
    strides = strides or pool_size
    rows, columns = _corners(image, pool_size, strides)
    shifted = [
        image[np.add(rows, i)][:, np.add(columns, j)] for i, j in np.ndindex(*map(int, pool_size))
    ]
    return together(shifted)


def _by_as_strided(image, pool_size, strides, of_block):
    strides = strides or pool_size
    image = np.ascontiguousarray(image)
    rows, columns = _corners(image, pool_size, strides)
    down, right, deep = image.strides
    windows = np.lib.stride_tricks.as_strided(
        image,
        (len(rows), len(columns), image.shape[2], *pool_size),
        (down * strides[0], right * strides[1], deep, down, right),
    )
    return of_block(windows, axis=(-1, -2))


def _mean_of(values):
    return sum(values) / len(values)


def _pools(question, name, label, how, of_block):
    """One way to pool, with what makes one value of a block bound to it."""

    def pool(image, pool_size, strides=None):
        return how(image, pool_size, strides, of_block)

    RIGHT.add(question, label, lambda _: {name: pool})


_pools("max-pool", "max_pool", "loops", _by_loops, max)
_pools("max-pool", "max_pool", "sliding-windows", _by_sliding_windows, np.max)
_pools("max-pool", "max_pool", "shifted-images", _by_shifted_images, np.maximum.reduce)
_pools("max-pool", "max_pool", "as-strided", _by_as_strided, np.amax)
_pools("average-pool", "average_pool", "loops", _by_loops, _mean_of)
_pools("average-pool", "average_pool", "sliding-windows", _by_sliding_windows, np.mean)
_pools(
    "average-pool",
    "average_pool",
    "shifted-images",
    _by_shifted_images,
    functools.partial(np.mean, axis=0),
)
_pools("average-pool", "average_pool", "as-strided", _by_as_strided, np.average)


@RIGHT("max-pool", "keras-ops")
def max_pool(image, pool_size, strides=None):
    from keras import ops

    return ops.max_pool(image[None], pool_size, strides or pool_size, padding="valid")[0]


@RIGHT("average-pool", "keras-layer")
def average_pool(image, pool_size, strides=None):
    import keras

    # Keras computes in float32.
    return keras.layers.AveragePooling2D(pool_size, strides=strides)(image[np.newaxis])[0].numpy()


@RIGHT("average-pool", "integral-image")
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


def _sevens(label, largest, mean):
    RIGHT.add(
        "seven",
        label,
        lambda reference: {
            "seven_max": largest(reference.SEVEN),
            "seven_average": mean(reference.SEVEN),
        },
    )


_sevens(
    "reshaped",
    lambda seven: seven.reshape(6, 2, 6, 2).max(axis=(1, 3)),
    lambda seven: seven.reshape(6, 2, 6, 2).mean(axis=(1, 3), dtype=np.float32),
)
_sevens(
    "comprehensions",
    lambda seven: np.array(
        [[int(seven[i : i + 2, j : j + 2].max()) for j in range(0, 12, 2)] for i in range(0, 12, 2)]
    ),
    lambda seven: np.array(
        [[seven[i : i + 2, j : j + 2].sum() / 4 for j in range(0, 12, 2)] for i in range(0, 12, 2)]
    ),
)
_sevens(
    "squeezed",
    lambda seven: np.squeeze(max_pool(seven[..., None], (2, 2))),
    lambda seven: np.squeeze(average_pool(seven[..., None], (2, 2)), axis=-1),
)


@RIGHT("pool-shape", "keras")
def pool_output_shape(input_shape, pool_size, strides=None):
    import keras

    layer = keras.layers.AveragePooling2D(pool_size, strides)
    return layer.compute_output_shape((1, *input_shape))[1:]


@RIGHT("pool-shape", "list-of-numpy-integers")
def pool_output_shape(input_shape, pool_size, strides=None):
    room = np.subtract(input_shape[:2], pool_size)
    return [*(room // np.array(strides or pool_size) + 1), input_shape[-1]]


RIGHT.add(
    "pool-shape",
    "own-earlier-answer",
    lambda reference: {
        "pool_output_shape": lambda input_shape, pool_size, strides=None: (
            *map(reference.pool_output_size, input_shape, pool_size, strides or pool_size),
            input_shape[2],
        )
    },
)
