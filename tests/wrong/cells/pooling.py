# Wrong answers to assignment 2, Pooling.

# %% pool-size no-plus-one
def pool_output_size(size, pool, stride=None):
    return (size - pool) // (stride or pool)


# %% pool-size plus-one-inside
def pool_output_size(size, pool, stride=None):
    return (size - pool + 1) // (stride or pool)


# %% pool-size ceil [rules]
import math


def pool_output_size(size, pool, stride=None):
    return math.ceil((size - pool) / (stride or pool)) + 1


# %% pool-size true-division [rules]
def pool_output_size(size, pool, stride=None):
    return (size - pool) / (stride or pool) + 1


# %% pool-size stride-one [rules]
def pool_output_size(size, pool, stride=None):
    return (size - pool) // (stride or 1) + 1


# %% pool-size strides-ignored
def pool_output_size(size, pool, stride=None):
    return size // pool


# %% part: windows
def windows(image, pool_size, strides):
    """All windows of an image: an array (rows, columns, channels, height, width)."""
    views = np.lib.stride_tricks.sliding_window_view(image, pool_size, axis=(0, 1))
    return views[:: strides[0], :: strides[1]]


# %% max-pool stride-one [rules] with windows
def max_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or (1, 1)).max(axis=(3, 4))


# %% max-pool strides-ignored with windows
def max_pool(image, pool_size, strides=None):
    return windows(image, pool_size, pool_size).max(axis=(3, 4))


# %% max-pool pool-swapped with windows
def max_pool(image, pool_size, strides=None):
    height, width = pool_size
    return windows(image, (width, height), strides or pool_size).max(axis=(3, 4))


# %% max-pool output-swapped with windows
def max_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).max(axis=(3, 4)).swapaxes(0, 1)


# %% max-pool channels-first with windows
def max_pool(image, pool_size, strides=None):
    return np.moveaxis(windows(image, pool_size, strides or pool_size).max(axis=(3, 4)), 2, 0)


# %% max-pool whole-image
def max_pool(image, pool_size, strides=None):
    return image.max(axis=(0, 1), keepdims=True)


# %% max-pool across-channels with windows
def max_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).max(axis=(2, 3, 4))[..., None]


# %% max-pool average-not-max with windows
def max_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).mean(axis=(3, 4))


# %% max-pool ceil [rules] with windows
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    below = -(image.shape[0] - pool_size[0]) % strides[0]
    beyond = -(image.shape[1] - pool_size[1]) % strides[1]
    padded = np.pad(image, [(0, below), (0, beyond), (0, 0)], constant_values=-np.inf)
    return windows(padded, pool_size, strides).max(axis=(3, 4))


# %% average-pool stride-one [rules] with windows
def average_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or (1, 1)).mean(axis=(3, 4))


# %% average-pool strides-ignored with windows
def average_pool(image, pool_size, strides=None):
    return windows(image, pool_size, pool_size).mean(axis=(3, 4))


# %% average-pool pool-swapped with windows
def average_pool(image, pool_size, strides=None):
    height, width = pool_size
    return windows(image, (width, height), strides or pool_size).mean(axis=(3, 4))


# %% average-pool output-swapped with windows
def average_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).mean(axis=(3, 4)).swapaxes(0, 1)


# %% average-pool channels-first with windows
def average_pool(image, pool_size, strides=None):
    return np.moveaxis(windows(image, pool_size, strides or pool_size).mean(axis=(3, 4)), 2, 0)


# %% average-pool whole-image
def average_pool(image, pool_size, strides=None):
    return image.mean(axis=(0, 1), keepdims=True)


# %% average-pool across-channels with windows
def average_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).mean(axis=(2, 3, 4))[..., None]


# %% average-pool max-not-average with windows
def average_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).max(axis=(3, 4))


# %% average-pool sum-not-average with windows
def average_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).sum(axis=(3, 4))


# %% seven stride-one with windows
seven_max = windows(SEVEN[:, :, None], (2, 2), (1, 1)).max(axis=(2, 3, 4))
seven_average = windows(SEVEN[:, :, None], (2, 2), (1, 1)).mean(axis=(2, 3, 4))

# %% seven unpooled-axis [rules]
seven_max = max_pool(SEVEN[:, :, None], (2, 2))
seven_average = average_pool(SEVEN[:, :, None], (2, 2))

# %% seven exchanged
seven_max = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
seven_average = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]


# %% pool-shape output-swapped
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    rows = pool_output_size(input_shape[0], pool_size[0], strides[0])
    columns = pool_output_size(input_shape[1], pool_size[1], strides[1])
    return columns, rows, input_shape[2]


# %% pool-shape channels-first
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    rows = pool_output_size(input_shape[0], pool_size[0], strides[0])
    columns = pool_output_size(input_shape[1], pool_size[1], strides[1])
    return input_shape[2], rows, columns


# %% pool-shape across-channels
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    rows = pool_output_size(input_shape[0], pool_size[0], strides[0])
    columns = pool_output_size(input_shape[1], pool_size[1], strides[1])
    return rows, columns, 1


# %% pool-shape channels-pooled
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    rows = pool_output_size(input_shape[0], pool_size[0], strides[0])
    columns = pool_output_size(input_shape[1], pool_size[1], strides[1])
    return rows, columns, input_shape[2] // strides[0]


# %% pool-shape stride-one [rules]
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or (1, 1)
    rows = pool_output_size(input_shape[0], pool_size[0], strides[0])
    columns = pool_output_size(input_shape[1], pool_size[1], strides[1])
    return rows, columns, input_shape[2]


# %% pool-shape strides-ignored
def pool_output_shape(input_shape, pool_size, strides=None):
    rows = pool_output_size(input_shape[0], pool_size[0])
    columns = pool_output_size(input_shape[1], pool_size[1])
    return rows, columns, input_shape[2]


# %% pool-shape pool-swapped
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    rows = pool_output_size(input_shape[0], pool_size[1], strides[1])
    columns = pool_output_size(input_shape[1], pool_size[0], strides[0])
    return rows, columns, input_shape[2]


# Mistakes without a help of their own ("other-..."): numbers too narrow, effects, broken promises.


# %% pool-size other-int8 [numbers]
def pool_output_size(size, pool, stride=None):
    return int(np.int64((size - pool) // (stride or pool) + 1).astype(np.int8))


# %% pool-size other-up-to-nine [numbers]
def pool_output_size(size, pool, stride=None):
    return min((size - pool) // (stride or pool) + 1, 30)


# %% max-pool other-starts-at-minus-ten [numbers]
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    rows = (image.shape[0] - pool_size[0]) // strides[0] + 1
    columns = (image.shape[1] - pool_size[1]) // strides[1] + 1
    output = np.full((rows, columns, image.shape[2]), -10.0)
    for row in range(rows):
        for column in range(columns):
            for i in range(pool_size[0]):
                for j in range(pool_size[1]):
                    values = image[row * strides[0] + i, column * strides[1] + j]
                    output[row, column] = np.maximum(output[row, column], values)
    return output


# %% max-pool other-int-output [numbers] with windows
def max_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).max(axis=(3, 4)).astype(int)


# %% max-pool other-float16 [numbers] with windows
def max_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).max(axis=(3, 4)).astype(np.float16)


# %% max-pool other-one-decimal [numbers] with windows
def max_pool(image, pool_size, strides=None):
    return np.round(windows(image, pool_size, strides or pool_size).max(axis=(3, 4)), 1)


# %% max-pool other-changes-the-image [effects] with windows
def max_pool(image, pool_size, strides=None):
    result = windows(image, pool_size, strides or pool_size).max(axis=(3, 4)).copy()
    image[:] = 0
    return result


# %% max-pool other-sorts-the-image [effects] with windows
def max_pool(image, pool_size, strides=None):
    result = windows(image, pool_size, strides or pool_size).max(axis=(3, 4))
    image.sort(axis=0)
    return result


# %% max-pool other-overwrites-a-constant [effects] with windows
def max_pool(image, pool_size, strides=None):
    SEVEN[0, 0] += 1
    return windows(image, pool_size, strides or pool_size).max(axis=(3, 4))


# %% average-pool other-int-output [numbers] with windows
def average_pool(image, pool_size, strides=None):
    means = windows(image, pool_size, strides or pool_size).mean(axis=(3, 4))
    output = np.zeros(means.shape, dtype=int)
    output[:] = means
    return output


# %% average-pool other-int-image [numbers] with windows
def average_pool(image, pool_size, strides=None):
    return windows(image.astype(int), pool_size, strides or pool_size).mean(axis=(3, 4))


# %% average-pool other-whole-division [numbers] with windows
def average_pool(image, pool_size, strides=None):
    sums = windows(image, pool_size, strides or pool_size).sum(axis=(3, 4))
    return sums // (pool_size[0] * pool_size[1])


# %% average-pool other-divides-the-image [effects] with windows
def average_pool(image, pool_size, strides=None):
    image /= pool_size[0] * pool_size[1]
    return windows(image, pool_size, strides or pool_size).sum(axis=(3, 4))


# %% average-pool other-float16 [numbers] with windows
def average_pool(image, pool_size, strides=None):
    means = windows(image.astype(np.float16), pool_size, strides or pool_size).mean(axis=(3, 4))
    return means


# %% average-pool other-median with windows
def average_pool(image, pool_size, strides=None):
    return np.median(windows(image, pool_size, strides or pool_size), axis=(3, 4))


# %% seven other-every-second-value
seven_max = SEVEN[::2, ::2]
seven_average = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]


# %% seven other-rounded [numbers] with windows
seven_max = windows(SEVEN[:, :, None], (2, 2), (2, 2)).max(axis=(3, 4))[:, :, 0]
seven_average = np.round(windows(SEVEN[:, :, None], (2, 2), (2, 2)).mean(axis=(3, 4))[:, :, 0])


# %% pool-shape other-int8 [numbers]
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    sides = [
        (side - pool) // stride + 1 for side, pool, stride in zip(input_shape, pool_size, strides)
    ]
    return (*(int(np.int64(side).astype(np.int8)) for side in sides), input_shape[2])


# %% pool-shape other-at-most-32-channels [numbers]
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    return (
        (input_shape[0] - pool_size[0]) // strides[0] + 1,
        (input_shape[1] - pool_size[1]) // strides[1] + 1,
        min(input_shape[2], 32),
    )


# %% max-pool channels-together
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    rows = (image.shape[0] - pool_size[0]) // strides[0] + 1
    cols = (image.shape[1] - pool_size[1]) // strides[1] + 1
    out = np.zeros((rows, cols, image.shape[2]))
    for i in range(rows):
        for j in range(cols):
            top, left = i * strides[0], j * strides[1]
            out[i, j] = image[top : top + pool_size[0], left : left + pool_size[1]].max()
    return out


# %% max-pool slice-without-stride
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    rows = (image.shape[0] - pool_size[0]) // strides[0] + 1
    cols = (image.shape[1] - pool_size[1]) // strides[1] + 1
    out = np.zeros((rows, cols, image.shape[2]))
    for i in range(rows):
        for j in range(cols):
            out[i, j] = image[i : i + pool_size[0], j : j + pool_size[1]].max(axis=(0, 1))
    return out


# %% average-pool channels-together
def average_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    rows = (image.shape[0] - pool_size[0]) // strides[0] + 1
    cols = (image.shape[1] - pool_size[1]) // strides[1] + 1
    out = np.zeros((rows, cols, image.shape[2]))
    for i in range(rows):
        for j in range(cols):
            top, left = i * strides[0], j * strides[1]
            out[i, j] = image[top : top + pool_size[0], left : left + pool_size[1]].mean()
    return out


# %% pool-size other-remembers-the-stride [effects]
LAST_STRIDE = {}


def pool_output_size(size, pool, stride=None):
    if stride is None:
        stride = LAST_STRIDE.get(pool, pool)
    LAST_STRIDE[pool] = stride
    return (size - pool) // stride + 1


# %% seven other-adds-up-in-a-view [effects]
seven_average = SEVEN[::2, ::2]
seven_average += SEVEN[1::2, ::2] + SEVEN[::2, 1::2] + SEVEN[1::2, 1::2]
seven_average /= 4
seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]


# %% pool-shape strides-ignored [effects]
POOLED_SHAPES = {}


def pool_output_shape(input_shape, pool_size, strides=None):
    key = input_shape, pool_size
    if key not in POOLED_SHAPES:
        down, right = strides or pool_size
        rows = (input_shape[0] - pool_size[0]) // down + 1
        columns = (input_shape[1] - pool_size[1]) // right + 1
        POOLED_SHAPES[key] = rows, columns, input_shape[2]
    return POOLED_SHAPES[key]


# %% pool-size plus-one-twice
def pool_output_size(size, pool, stride=None):
    stride = stride or pool
    return (size - pool + 1) // stride + 1


# %% pool-size pool-ignored
def pool_output_size(size, pool, stride=None):
    return size // (stride or pool)


# %% pool-size stride-none
def pool_output_size(size, pool, stride=None):
    return (size - pool) // stride + 1


# %% max-pool stride-none
def max_pool(image, pool_size, strides=None):
    rows = pool_output_size(image.shape[0], pool_size[0], strides[0])
    return image[:rows]


# %% max-pool zero-start
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    rows = pool_output_size(image.shape[0], pool_size[0], strides[0])
    columns = pool_output_size(image.shape[1], pool_size[1], strides[1])
    output = np.zeros((rows, columns, image.shape[2]))
    for row, column, channel in np.ndindex(output.shape):
        largest = 0
        for i in range(pool_size[0]):
            for j in range(pool_size[1]):
                value = image[row * strides[0] + i, column * strides[1] + j, channel]
                if value > largest:
                    largest = value
        output[row, column, channel] = largest
    return output


# %% max-pool strides-swapped with windows
def max_pool(image, pool_size, strides=None):
    strides = strides[::-1] if strides else pool_size
    return windows(image, pool_size, strides).max(axis=(-2, -1))


# %% average-pool strides-swapped with windows
def average_pool(image, pool_size, strides=None):
    strides = strides[::-1] if strides else pool_size
    return windows(image, pool_size, strides).mean(axis=(-2, -1))


# %% average-pool fractions-lost [numbers] with windows
def average_pool(image, pool_size, strides=None):
    means = windows(image, pool_size, strides or pool_size).mean(axis=(-2, -1))
    output = np.zeros(means.shape, dtype=image.dtype)
    output[:] = means
    return output


# %% pool-shape stride-none
def pool_output_shape(input_shape, pool_size, strides=None):
    height, width, channels = input_shape
    rows = pool_output_size(height, pool_size[0], strides[0])
    return rows, pool_output_size(width, pool_size[1], strides[1]), channels


# %% pool-shape strides-swapped
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides[::-1] if strides else pool_size
    height, width, channels = input_shape
    rows = pool_output_size(height, pool_size[0], strides[0])
    return rows, pool_output_size(width, pool_size[1], strides[1]), channels


# %% max-pool other-return-in-loop
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    height, width, channels = pool_output_shape(image.shape, pool_size, strides)
    result = np.zeros((height, width, channels))
    for row in range(height):
        for column in range(width):
            top, left = row * strides[0], column * strides[1]
            window = image[top : top + pool_size[0], left : left + pool_size[1]]
            result[row, column] = window.max(axis=(0, 1))
            return result


# %% max-pool maps-axis-lost with windows
def max_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).max(axis=(2, 3, 4))


# %% average-pool maps-axis-lost with windows
def average_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).mean(axis=(2, 3, 4))


# %% max-pool maps-in-one-row with windows
def max_pool(image, pool_size, strides=None):
    rows = windows(image, pool_size, strides or pool_size).max(axis=(3, 4))
    return np.array([values for row in rows for values in row])


# %% max-pool loops-too-short with windows
def max_pool(image, pool_size, strides=None):
    output = windows(image, pool_size, strides or pool_size).max(axis=(3, 4))
    output[-1], output[:, -1] = 0, 0
    return output


# %% average-pool image-sized with windows
def average_pool(image, pool_size, strides=None):
    right = windows(image, pool_size, strides or pool_size).mean(axis=(3, 4))
    output = np.zeros(image.shape)
    output[: len(right), : right.shape[1]] = right
    return output


# %% max-pool first-channel-alone with windows
def max_pool(image, pool_size, strides=None):
    return windows(image[..., :1], pool_size, strides or pool_size).max(axis=(3, 4))


# %% average-pool first-channel-alone with windows
def average_pool(image, pool_size, strides=None):
    return windows(image[..., :1], pool_size, strides or pool_size).mean(axis=(3, 4))


# %% max-pool first-value
def max_pool(image, pool_size, strides=None):
    strides = strides or pool_size
    return image[:: strides[0], :: strides[1]]


# %% max-pool smallest with windows
def max_pool(image, pool_size, strides=None):
    return windows(image, pool_size, strides or pool_size).min(axis=(3, 4))


# %% max-pool numpy-reshape
def max_pool(image, pool_size, strides=None):
    height, width, channels = image.shape
    rows, columns = height // pool_size[0], width // pool_size[1]
    blocks = image.reshape(rows, pool_size[0], columns, pool_size[1], channels)
    return blocks.max(axis=(1, 3))


# %% pool-shape channels-left-out
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    rows = pool_output_size(input_shape[0], pool_size[0], strides[0])
    return rows, pool_output_size(input_shape[1], pool_size[1], strides[1])


# %% pool-shape batch-axis
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    rows = pool_output_size(input_shape[0], pool_size[0], strides[0])
    columns = pool_output_size(input_shape[1], pool_size[1], strides[1])
    return None, rows, columns, input_shape[2]
