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
# # 3. Parameters
#
# A *parameter* is a number that training may change: a weight or a bias. How many a network has
# tells how much it can learn, how much data it wants, and how large its file will be. Keras
# prints the count for you, but a number that you can work out yourself is a number that you can
# check: it is the quickest way to notice that a layer is not the one you meant.
#
# In this notebook you count the parameters of a small network by hand, layer by layer. It is
# the network that you will build in the next assignment.

# %% nbgrader={"grade": false, "grade_id": "setup-parameters", "locked": true, "schema_version": 3, "solution": false, "task": false}
from autograder import check, figures, hint, unless_blank

# The output shape of each layer: (height, width, channels), or (values,).
OUTPUT_SHAPES = {
    "conv1": (24, 24, 32),
    "pool1": (12, 12, 32),
    "conv2": (8, 8, 64),
    "pool2": (4, 4, 64),
    "flatten": (1024,),
    "dense": (10,),
}

# %% [markdown]
# ## The network
#
# It takes a grey digit of 28 x 28 pixels and gives one number for each of the ten digits.
#
# | layer | what it does | its output |
# | --- | --- | --- |
# | `conv1` | 32 filters of 5 x 5 | {{OUTPUT_SHAPES["conv1"]}} |
# | `pool1` | largest of each 2 x 2 block | {{OUTPUT_SHAPES["pool1"]}} |
# | `conv2` | 64 filters of 5 x 5 | {{OUTPUT_SHAPES["conv2"]}} |
# | `pool2` | largest of each 2 x 2 block | {{OUTPUT_SHAPES["pool2"]}} |
# | `flatten` | writes all values in one row | {{OUTPUT_SHAPES["flatten"]}} |
# | `dense` | 10 units, each connected to the whole row | {{OUTPUT_SHAPES["dense"]}} |
#
# You can check each output shape with what you wrote in the first two assignments. The figure
# shows the same table from left to right: a box for each layer, convolutions in orange, the
# dense layer in blue, and the layers in between in white.

# %%
figures.network(OUTPUT_SHAPES)

# %% [markdown]
# And to scale, from the image on: height and width shrink from layer to layer, while the number of
# feature maps grows (every fourth one is drawn). At the end, a row of 1,024 values and one of ten.

# %% tags=["exploration"]
figures.tensors({"image": (28, 28, 1), **OUTPUT_SHAPES})

# %% [markdown]
# ## 1. A convolutional layer
#
# Start with a layer small enough to count with a finger: 3 filters of height 3 and width
# 2, on an image of 2 channels. The figure draws each filter. It is a stack of two grids,
# one for each channel of the image, because a filter reaches through **all** of them; every
# box of a grid is one weight. The green box below each stack is the filter's bias.

# %%
figures.filter_bank(kernel_size=(3, 2), in_channels=2, filters=3)

# %% [markdown]
# Count the boxes: there are {{conv_parameters((3, 2), 2, 3)}}, and
# {{conv_parameters((3, 2), 2, 3) - conv_parameters((3, 2), 2, 3, use_bias=False)}} of them are biases.
#
# Notice what you did *not* need: the size of the image. The same filters slide over a small image
# and over a large one. That is the sharing of assignment one, and it is why `conv1` gets along with
# {{conv_parameters((5, 5), 1, 32)}} parameters.
#
# **Your turn.** Count for any layer. With `use_bias=False` the filters have no biases.


# %% nbgrader={"grade": false, "grade_id": "conv-parameters-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    """The number of parameters of a convolutional layer.

    kernel_size: (height, width) of each filter.
    in_channels: channels of the layer's input.
    filters: how many filters the layer has. use_bias: whether filters have biases.
    Returns an int, for example conv_parameters((5, 5), 1, 32) is 832.
    """
    ### BEGIN SOLUTION
    weights = kernel_size[0] * kernel_size[1] * in_channels * filters
    biases = filters if use_bias else 0
    return weights + biases
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv-parameters", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("conv-parameters")

# %% [markdown]
# Now ask your function about `conv2`. It has twice as many filters of the same size; is its count
# twice as large? Make a guess, then run the cell.

# %%
with unless_blank():
    conv1 = conv_parameters((5, 5), 1, 32)
    conv2 = conv_parameters((5, 5), 32, 64)
    print(f"conv1: {conv1:,} parameters")
    print(f"conv2: {conv2:,} parameters, {conv2 / conv1:.0f} times as many")

# %% [markdown]
# What changed most is not the number of filters but what each of them looks at: `conv1` sees one
# grey channel, `conv2` sees all 32 feature maps of the layer before it.
#
# ## 2. Pooling and flattening
#
# Training changes parameters. So to count the parameters of a layer, ask what in it *could* be
# different after training.
#
# A max-pooling layer takes the largest value of each block. A flatten layer takes the values as
# they are and writes them in one row, so that a dense layer can read them: pixel after pixel, row after row,
# and of each pixel all channels. No value is lost and none is added.
#
# **Your turn.** How many parameters does a pooling layer have? And how long is the row that a flatten
# layer makes of an input?


# %% nbgrader={"grade": false, "grade_id": "pool-flatten-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pool_parameters(pool_size, channels):
    """The number of parameters of a max-pooling layer.

    pool_size: (height, width) of a block. channels: channels of the layer's input.
    Returns an int.
    """
    ### BEGIN SOLUTION
    return 0
    ### END SOLUTION


def flatten_size(shape):
    """The number of values in the row that a flatten layer makes.

    shape: a tuple of any length, such as (height, width, channels).
    Returns an int, for example flatten_size((2, 3, 4)) is 24.
    """
    ### BEGIN SOLUTION
    size = 1
    for side in shape:
        size *= side
    return size
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pool-flatten", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("pool-flatten")

# %% [markdown]
# ## 3. A dense layer
#
# In a dense layer nothing is shared. Each *unit* is connected to every input, and every
# connection is a weight of its own. The figure shows 4 inputs on the left and 3 units on
# the right, a line for each connection. The green box beside a unit is its bias.

# %%
figures.dense_connections(inputs=4, units=3)

# %% [markdown]
# Count the lines and the green boxes: {{dense_parameters(4, 3)}} parameters.
#
# **Your turn.** Count for any dense layer.


# %% nbgrader={"grade": false, "grade_id": "dense-parameters-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dense_parameters(inputs, units, use_bias=True):
    """The number of parameters of a dense layer.

    inputs: values that the layer reads. units: values that it puts out.
    use_bias: whether units have biases.
    Returns an int, for example dense_parameters(4, 3) is 15.
    """
    ### BEGIN SOLUTION
    weights = inputs * units
    biases = units if use_bias else 0
    return weights + biases
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dense-parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("dense-parameters")

# %% [markdown]
# Here is what pooling does for the dense layer. Without `pool2` the row would come straight from
# `conv2` and be four times as long. Run the cell to see what that would cost.

# %%
with unless_blank():
    for before in ("pool2", "conv2"):
        row = flatten_size(OUTPUT_SHAPES[before])
        count = dense_parameters(row, 10)
        print(f"dense layer after {before}: {row:,} inputs, {count:,} parameters")

# %% [markdown]
# ## 4. The whole network
#
# A network has as many parameters as its layers have together. While you build one, the *running
# total* is handy: after each layer, how many are there so far? Compare it with what Keras
# reports, and you see at once in which layer something went wrong.
#
# For layers of [5, 0, 7] parameters the running totals are {{running_totals([5, 0, 7])}}.
#
# **Your turn.** Write the running totals of any list of counts. Then set `network_totals` to the six
# totals of the network at the top of this notebook, in its order. Let your own functions do the
# counting; you need not type any total.


# %% nbgrader={"grade": false, "grade_id": "totals-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def running_totals(layer_parameters):
    """The parameters of a network so far, after each of its layers.

    layer_parameters: list of the layers' own counts, in order.
    Returns a new list of ints, just as long: running_totals([5, 0, 7]) is [5, 5, 12].
    """
    ### BEGIN SOLUTION
    totals = []
    so_far = 0
    for count in layer_parameters:
        so_far += count
        totals.append(so_far)
    return totals
    ### END SOLUTION


with unless_blank():
    # Set network_totals, a list: the parameters after conv1, pool1, conv2, pool2,
    # flatten and dense.
    ### BEGIN SOLUTION
    network_parameters = [
        conv_parameters((5, 5), 1, 32),
        pool_parameters((2, 2), 32),
        conv_parameters((5, 5), 32, 64),
        pool_parameters((2, 2), 64),
        0,
        dense_parameters(flatten_size((4, 4, 64)), 10),
    ]
    network_totals = running_totals(network_parameters)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "totals", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("totals")

# %% [markdown]
# ## 5. What takes the memory?
#
# Parameters are not all that a computer has to hold. During training every layer also keeps its
# **output**, for each image of the batch, because backpropagation computes the gradients from it. These outputs
# are called *activations*. How many there are has nothing to do with parameters: it is the number of
# values in the output shape.
#
# A value, a `float32`, takes 4 bytes. So the {{12 * 12 * 32:,}} values of `pool1`, for a batch of 100 images,
# take {{12 * 12 * 32 * 100 * 4 / 1e6:.1f}} megabytes, although the layer has nothing to learn.
#
# **Your turn.** Write how many values each layer puts out for one image. Then name two layers of the
# network, by the names in the table at the top: the one whose output takes the **most memory**, and the
# one that has the **most parameters**. Compute before you answer. Many guess wrong.


# %% nbgrader={"grade": false, "grade_id": "memory-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def activation_sizes(shapes):
    """The number of values that each layer puts out for one image.

    shapes: dict from a layer's name to its output shape, such as OUTPUT_SHAPES.
    Returns a dict from the same names to ints.
    For example activation_sizes({"a": (2, 3, 4), "b": (5,)}) is {"a": 24, "b": 5}.
    """
    ### BEGIN SOLUTION
    return {name: flatten_size(shape) for name, shape in shapes.items()}
    ### END SOLUTION


with unless_blank():
    # most_memory = "..."      the name of a layer
    # most_parameters = "..."  the name of a layer
    ### BEGIN SOLUTION
    most_memory = "conv1"
    most_parameters = "conv2"
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "memory", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("memory")

# %% [markdown]
# Set the two counts side by side. The bars are drawn from your own functions: on the left the
# parameters of each layer, on the right the values of its output. Do the longest bars stand where
# you said?

# %%
with unless_blank():
    own_counts = [
        after - before
        for before, after in zip([0, *network_totals[:-1]], network_totals, strict=True)
    ]
    figures.layer_bars(
        list(OUTPUT_SHAPES), own_counts, list(activation_sizes(OUTPUT_SHAPES).values())
    )
    print(f"You said: {most_memory} takes most memory,")
    print(f"{most_parameters} has most parameters.")

# %% [markdown]
# ## What you know now
#
# - A convolutional layer has weights for each filter, input channel and kernel position, and a bias
#   for each filter. The size of the image does not matter.
# - A dense layer has a weight for each pair of input and unit, and a bias for each unit. Here the size
#   of what comes in matters very much.
# - Pooling and flattening learn nothing. They still change how large the next dense layer is.
# - Memory and parameters are two different questions. Early layers have large outputs and few
#   parameters; later layers have small outputs and many.
#
# Next: [notebook 4, two_layer_cnn](../two_layer_cnn/two_layer_cnn.ipynb): this network in Keras, trained on digits.
