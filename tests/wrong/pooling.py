"""Wrong solutions of assignment 2, Pooling."""

import math

import numpy as np

from tests.answers import Catalogue

WRONG = Catalogue("pooling")


@WRONG("pool-size", "no-plus-one")
def pool_output_size(size, pool, stride=None):
    return (size - pool) // (stride or pool)


@WRONG("pool-size", "ceil")
def pool_output_size(size, pool, stride=None):
    return math.ceil((size - pool) / (stride or pool)) + 1


@WRONG("pool-size", "true-division")
def pool_output_size(size, pool, stride=None):
    return (size - pool) / (stride or pool) + 1


@WRONG("pool-size", "stride-one")
def pool_output_size(size, pool, stride=None):
    return (size - pool) // (stride or 1) + 1


@WRONG("pool-size", "strides-ignored")
def pool_output_size(size, pool, stride=None):
    return size // pool


def _pool(image, pool_size, strides, how):
    views = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return how(views[:: strides[0], :: strides[1]], axis=(-2, -1))


def _wrong_arrays(question, name, how, other, other_help):
    """The mistakes that both kinds of pooling share."""

    def answer(help):
        def register(pool):
            WRONG.add(question, help, lambda reference: {name: pool})

        return register

    @answer("stride-one")
    def _(image, pool_size, strides=None):
        return _pool(image, pool_size, strides or (1, 1), how)

    @answer("strides-ignored")
    def _(image, pool_size, strides=None):
        return _pool(image, pool_size, pool_size, how)

    @answer("pool-swapped")
    def _(image, pool_size, strides=None):
        return _pool(image, pool_size[::-1], strides or pool_size, how)

    @answer("output-swapped")
    def _(image, pool_size, strides=None):
        return _pool(image, pool_size, strides or pool_size, how).swapaxes(0, 1)

    @answer("channels-first")
    def _(image, pool_size, strides=None):
        return np.moveaxis(_pool(image, pool_size, strides or pool_size, how), -1, 0)

    @answer("whole-image")
    def _(image, pool_size, strides=None):
        return how(image, axis=(0, 1), keepdims=True)

    @answer("across-channels")
    def _(image, pool_size, strides=None):
        return how(_pool(image, pool_size, strides or pool_size, how), axis=2, keepdims=True)

    @answer(other_help)
    def _(image, pool_size, strides=None):
        return _pool(image, pool_size, strides or pool_size, other)


_wrong_arrays("max-pool", "max_pool", np.max, np.mean, "average-not-max")
_wrong_arrays("average-pool", "average_pool", np.mean, np.max, "max-not-average")


@WRONG("max-pool", "ceil")
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    more = [-(side - pool) % step for side, pool, step in zip(image.shape, pool_size, strides)]
    padded = np.pad(image, [(0, more[0]), (0, more[1]), (0, 0)], constant_values=-np.inf)
    return _pool(padded, pool_size, strides, np.max)


@WRONG("average-pool", "sum-not-average")
def average_pool(image, pool_size, strides=None):
    return _pool(image, pool_size, strides or pool_size, np.sum)


def _sevens(question, help, change):
    """Both small sevens, each after a change to its name or value."""

    def names(reference):
        right = {"seven_max": reference.seven_max, "seven_average": reference.seven_average}
        return change(reference, right)

    WRONG.add(question, help, names)


_sevens(
    "seven",
    "stride-one",
    lambda reference, _: {
        "seven_max": _pool(reference.SEVEN[:, :, None], (2, 2), (1, 1), np.max)[:, :, 0],
        "seven_average": _pool(reference.SEVEN[:, :, None], (2, 2), (1, 1), np.mean)[:, :, 0],
    },
)
_sevens("seven", "unpooled-axis", lambda _, right: {k: v[:, :, None] for k, v in right.items()})
_sevens("seven", "exchanged", lambda _, right: dict(zip(right, reversed(right.values()))))


@WRONG("pool-shape", "output-swapped")
def pool_output_shape(input_shape, pool_size, strides=None):
    rows, columns, channels = _shape(input_shape, pool_size, strides or pool_size)
    return columns, rows, channels


@WRONG("pool-shape", "channels-first")
def pool_output_shape(input_shape, pool_size, strides=None):
    rows, columns, channels = _shape(input_shape, pool_size, strides or pool_size)
    return channels, rows, columns


@WRONG("pool-shape", "across-channels")
def pool_output_shape(input_shape, pool_size, strides=None):
    return (*_shape(input_shape, pool_size, strides or pool_size)[:2], 1)


@WRONG("pool-shape", "channels-pooled")
def pool_output_shape(input_shape, pool_size, strides=None):
    rows, columns, channels = _shape(input_shape, pool_size, strides or pool_size)
    return rows, columns, channels // (strides or pool_size)[0]


@WRONG("pool-shape", "stride-one")
def pool_output_shape(input_shape, pool_size, strides=None):
    return _shape(input_shape, pool_size, strides or (1, 1))


@WRONG("pool-shape", "strides-ignored")
def pool_output_shape(input_shape, pool_size, strides=None):
    return _shape(input_shape, pool_size, pool_size)


@WRONG("pool-shape", "pool-swapped")
def pool_output_shape(input_shape, pool_size, strides=None):
    return _shape(input_shape, pool_size[::-1], (strides or pool_size)[::-1])


def _shape(input_shape, pool_size, strides):
    rows = (input_shape[0] - pool_size[0]) // strides[0] + 1
    return rows, (input_shape[1] - pool_size[1]) // strides[1] + 1, input_shape[2]
