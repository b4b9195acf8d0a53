# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 2. Pooling
#
# After a convolutional layer, a network often does not need to know *exactly* where an edge or a
# corner was found; roughly is enough. A *pooling* layer keeps the rough place and throws the rest away: it
# divides each feature map into small blocks and keeps one number a block, the largest
# (*max pooling*) or the mean (*average pooling*). There is nothing to learn in it.

# %% nbgrader={"grade": false, "grade_id": "setup-pooling", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from autograder import check, figures, hint, unless_blank

# A hand-drawn "7" as a feature map might show it: 12 x 12 values from 0 to 9.
SEVEN = np.array(
    [
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 2, 3, 3, 3, 2, 1, 0, 0, 0, 0],
        [0, 6, 9, 9, 9, 9, 9, 9, 8, 5, 0, 0],
        [0, 3, 5, 5, 5, 6, 7, 8, 9, 9, 2, 0],
        [0, 0, 0, 0, 0, 0, 0, 2, 9, 7, 1, 0],
        [0, 0, 0, 0, 0, 0, 0, 6, 9, 3, 0, 0],
        [0, 0, 0, 0, 0, 0, 3, 9, 6, 0, 0, 0],
        [0, 0, 0, 0, 0, 1, 8, 8, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 5, 9, 4, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 9, 7, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 3, 9, 3, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 4, 0, 0, 0, 0, 0, 0],
    ],
    dtype=float,
)

# %% [markdown]
# Here is a 4 x 4 feature map in blocks of 2 x 2, and what the two kinds of pooling make of it.
# In the top left block the largest value is 9 and the mean {{(1 + 9 + 3 + 3) / 4:g}}.

# %%
_map = np.array([[1, 9, 2, 4], [3, 3, 0, 6], [5, 1, 8, 8], [7, 3, 8, 0]])
figures.pooling_blocks(
    _map,
    pool=2,
    results={"max": np.array([[9, 6], [7, 8]]), "average": np.array([[4, 3], [4, 6]])},
)

# %% [markdown]
# ## 1. How many blocks?
#
# A pooling window moves like the window of a convolution, without padding. The one difference is
# a habit: unless told otherwise, its stride is its own size, so that the blocks do not overlap. Then
# 24 values in windows of 2 become {{pool_output_size(24, 2)}}. Values at the end that do not fill a
# whole window are dropped, as in Keras: 5 values in windows of 2 become {{pool_output_size(5, 2)}}.
#
# In two dimensions the window goes row by row. The figure shows its second position on the map above, and the
# largest value and the mean of what it covers. Move it with the sliders; where your editor shows none, change
# the numbers of the call. With a stride of 1 the windows overlap, and there are {{pool_output_size(4, 2, 1) ** 2}} positions instead of
# {{pool_output_size(4, 2) ** 2}}.

# %% tags=["exploration"]
figures.pooling_step(_map, pool=2, stride=2, position=1)

# %% [markdown]
# **Your turn.**


# %% nbgrader={"grade": false, "grade_id": "pool-size-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pool_output_size(size, pool, stride=None):
    """The number of positions of a pooling window along one side.

    size: values along this side. pool: values in the window, at most size.
    stride: values from one position to the next; None means pool.
    Returns an int, for example pool_output_size(24, 2) is 12.
    """
    ### BEGIN SOLUTION
    if stride is None:
        stride = pool
    return (size - pool) // stride + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pool-size", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("pool-size")

# %% [markdown]
# ## 2. Max pooling
#
# The input of a pooling layer has many channels, one for each filter of the layer before. Pooling
# looks at **each channel on its own**: a block never reaches from one channel into another, and as
# many channels come out as went in.
#
# **Your turn.** `pool_size` and `strides` are pairs (along the height, along the width).


# %% nbgrader={"grade": false, "grade_id": "max-pool-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_pool(image, pool_size, strides=None):
    """The largest value of each window, channel by channel.

    image: array (height, width, channels). pool_size: (height, width) of the window.
    strides: (along the height, along the width); None means pool_size.
    Returns an array (output height, output width, channels).
    """
    ### BEGIN SOLUTION
    strides = strides or pool_size
    rows = pool_output_size(image.shape[0], pool_size[0], strides[0])
    columns = pool_output_size(image.shape[1], pool_size[1], strides[1])
    output = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            top, left = row * strides[0], column * strides[1]
            window = image[top : top + pool_size[0], left : left + pool_size[1]]
            output[row, column] = window.max(axis=(0, 1))
    return output
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max-pool", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("max-pool")

# %% [markdown]
# ## 3. Average pooling
#
# **Your turn.** The same with the mean of each window.


# %% nbgrader={"grade": false, "grade_id": "average-pool-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def average_pool(image, pool_size, strides=None):
    """The mean of each window, channel by channel; otherwise as max_pool."""
    ### BEGIN SOLUTION
    strides = strides or pool_size
    rows = pool_output_size(image.shape[0], pool_size[0], strides[0])
    columns = pool_output_size(image.shape[1], pool_size[1], strides[1])
    output = np.zeros((rows, columns, image.shape[2]))
    for row in range(rows):
        for column in range(columns):
            top, left = row * strides[0], column * strides[1]
            window = image[top : top + pool_size[0], left : left + pool_size[1]]
            output[row, column] = window.mean(axis=(0, 1))
    return output
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "average-pool", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("average-pool")

# %% [markdown]
# ## 4. A seven, four times smaller
#
# `SEVEN` is a feature map of 12 x 12 values that shows a hand-drawn seven.
#
# **Your turn.** Pool it with windows of 2 x 2 into 6 x 6, once each way. Your functions expect a
# channel axis, and `SEVEN` has none: `SEVEN[:, :, None]` gives it one. Take it off again
# by taking its only channel, so that both results are 6 x 6. Leave `SEVEN` as it is: the next figure shows it.

# %% nbgrader={"grade": false, "grade_id": "seven-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
with unless_blank():
    # Set seven_max and seven_average, two arrays of shape (6, 6).
    ### BEGIN SOLUTION
    seven_max = max_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    seven_average = average_pool(SEVEN[:, :, None], (2, 2))[:, :, 0]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "seven", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("seven")

# %% [markdown]
# Look at the three. Only a quarter of the values is left, and a seven is still a seven. Max pooling keeps the
# strokes bright, average pooling blurs them. Whether a block shows a pattern at all matters more than how often
# it does, so max pooling usually works better.

# %%
with unless_blank():
    figures.images_beside({"seven": SEVEN, "max": seven_max, "average": seven_average})

# %% [markdown]
# ## 5. The shape of a pooling layer's output
#
# **Your turn.** Height and width shrink, each with its own side of the window. And the channels?


# %% nbgrader={"grade": false, "grade_id": "pool-shape-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pool_output_shape(input_shape, pool_size, strides=None):
    """The shape of a pooling layer's output.

    input_shape: (height, width, channels). pool_size, strides: as for max_pool.
    Returns a tuple (height, width, channels) of ints.
    """
    ### BEGIN SOLUTION
    strides = strides or pool_size
    height, width, channels = input_shape
    return (
        pool_output_size(height, pool_size[0], strides[0]),
        pool_output_size(width, pool_size[1], strides[1]),
        channels,
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pool-shape", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("pool-shape")

# %% [markdown]
# ## What you know now
#
# - A pooling window moves by its own size unless told otherwise, and drops what is left over.
# - Channels stay apart: as many come out as go in.
# - Pooling learns nothing, makes feature maps smaller, and forgives small shifts.
#
# Next: [notebook 3, parameters](../parameters/parameters.ipynb): how many numbers these layers learn.
