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
# # 1. Convolution
#
# A convolutional layer looks at an image through a small window. At every position it
# multiplies the pixels in the window by the numbers of a *kernel*, adds them up, and writes
# one number into its output, the *feature map*. Then the window moves on.
#
# In this notebook you work out how large a feature map is, and then you write the layer
# itself with NumPy. Fill in each blank, run the cell, and run the `check` below it. If you
# are stuck, `hint("...")` with the name of the question gives you one nudge at a time, and
# `check()` without a name shows how all questions of the notebook stand.

# %% [markdown]
# **Why a small window?** You recognize a face by its eyes, nose and mouth, and an eye by its edges and
# curves. A network of convolutional layers works in the same order: the first layer finds edges, the
# next one parts that are made of edges, and later ones objects that are made of parts. A *dense* layer,
# in which every output is connected to every pixel, learns patterns of the whole image. A convolutional
# layer learns small, local patterns; what it has learned in one place, it finds anywhere.

# %% nbgrader={"grade": false, "grade_id": "setup-convolution", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from autograder import check, figures, hint, unless_blank

# %% [markdown]
# ## 1. How many positions does a window have?
#
# Lay a window of 3 pixels over a row of 5. It can start at the first pixel, at the second
# and at the third; then its last pixel stands on the last pixel of the row. That makes
# {{conv_output_size(5, 3)}} positions, and a feature map of {{conv_output_size(5, 3)}} numbers.
# The figure shows the row once for each position, the window shaded.

# %%
figures.window_positions(size=5, kernel=3)

# %% [markdown]
# The same holds along each side of an image. A 28 x 28 digit seen through a 5 x 5 window
# gives a feature map of {{conv_output_size(28, 5)}} x {{conv_output_size(28, 5)}}. The window moves one
# pixel to the right at a time, and from the end of a row to the start of the next. Each number of the feature map is a
# *neuron* that sees {{5 * 5}} pixels and no others. The figure shows the first window, the second and
# the last, and the neuron of each.

# %% tags=["exploration"]
from autograder.datasets import load_mnist_sample

(digits, _), _ = load_mnist_sample()
figures.sliding_window(digits[0], kernel=5, positions=[(0, 0), (0, 1), (23, 23)])

# %% [markdown]
# **Your turn.** Write the rule for any size and any window.


# %% nbgrader={"grade": false, "grade_id": "window-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv_output_size(size, kernel):
    """The number of positions of a window along one side of an image.

    size: pixels along this side.
    kernel: pixels of the window along it, at most size.
    Returns an int, for example conv_output_size(5, 3) is 3.
    """
    ### BEGIN SOLUTION
    return size - kernel + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "window", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("window")

# %% [markdown]
# ## 2. Larger steps: the stride
#
# The window need not visit every position. With a *stride* of 2 it skips every other one, so
# a window of 3 over 5 pixels has {{strided_output_size(5, 3, 2)}} positions instead of
# {{strided_output_size(5, 3, 1)}}.

# %%
figures.window_positions(size=5, kernel=3, stride=2)

# %% [markdown]
# In two dimensions, a window of 3 x 3 over 5 x 5 pixels with a stride of 2 has
# {{strided_output_size(5, 3, 2)**2}} positions. The figure shows the last of them. Move the sliders below it,
# with the mouse or the arrow keys; where your editor shows none, change the numbers of the call.

# %% tags=["exploration"]
figures.window_grid(size=5, kernel=3, stride=2, position=3)

# %% [markdown]
# What if the last step would carry the window over the edge? Then that step is not taken: a
# window of 3 over 6 pixels with stride 2 still has {{strided_output_size(6, 3, 2)}} positions,
# and the last pixel is never seen. Keras does the same. In small networks like those of this course,
# a stride is seldom used to make feature maps smaller: the pooling of the next notebook does that.
# Many large networks use strides, too.
#
# **Your turn.** Write the rule for any stride. The answer counts things, so it is an `int`.


# %% nbgrader={"grade": false, "grade_id": "stride-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def strided_output_size(size, kernel, stride):
    """The number of positions of a window that moves by `stride` pixels at a time.

    size, kernel: as before.
    stride: pixels from one position to the next, at least 1.
    Returns an int, for example strided_output_size(5, 3, 2) is 2.
    """
    ### BEGIN SOLUTION
    return (size - kernel) // stride + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "stride", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("stride")

# %% [markdown]
# ## 3. Room at the edges: padding
#
# Each layer so far shrinks its image. *Padding* puts zeros around it first. Keras knows two ways:
#
# - `"valid"`: no padding. The window stays inside the image; this is what you have done so far.
# - `"same"`: just enough zeros that, with stride 1, the feature map is as large as the image.
#   With a larger stride there is a position for every `stride`-th pixel, the first one included:
#   for pixels 0, 2 and 4 of 5 with stride 2. That makes
#   {{padded_output_size(5, 3, 2, "same")}} positions, whatever the size of the window.
#
# The figure shows `"same"` for 5 pixels, a window of 3 and stride 1: one zero at each end,
# drawn dashed.

# %%
figures.window_positions(size=5, kernel=3, padding=(1, 1))

# %% [markdown]
# In two dimensions: a row of zeros above and below the 5 x 5 pixels, and a column at each side. Now
# the window has {{padded_output_size(5, 3, 1, "same")**2}} positions instead of {{conv_output_size(5, 3)**2}}.

# %% tags=["exploration"]
figures.window_grid(size=5, kernel=3, padding=1, position=0)

# %% [markdown]
# **Your turn.** Write the rule for both paddings.


# %% nbgrader={"grade": false, "grade_id": "padding-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def padded_output_size(size, kernel, stride, padding):
    """The number of positions of a window, with Keras's padding "valid" or "same".

    size, kernel, stride: as before. padding: "valid" or "same".
    Returns an int, for example padded_output_size(5, 3, 1, "same") is 5.
    """
    ### BEGIN SOLUTION
    if padding == "same":
        return -(-size // stride)
    return (size - kernel) // stride + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "padding", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("padding")

# %% [markdown]
# ## 4. The shape of a layer's output
#
# Keras orders an image as (height, width, channels). A digit is `(28, 28, 1)`: one channel of
# grey. A layer has many *filters*, each with a kernel of its own. Each filter sees **all** channels and makes
# **one** feature map. The maps become the channels of the output. So 32 filters of 5 x 5 turn
# (28, 28, 1) into {{conv_output_shape((28, 28, 1), 32, (5, 5))}}. Windows of 3 x 3 or 5 x 5 are usual, and
# 32 or 64 filters: each filter is there to find a different pattern.
#
# A colour image has three channels, one each for red, green and blue. The figure shows one of four
# colours and its channels; red and green light together are yellow. A filter of 5 x 5 has {{5 * 5 * 3}} weights for such an image.

# %% tags=["exploration"]
colours = np.zeros((8, 8, 3))
colours[:4, :4] = [1, 0, 0]
colours[:4, 4:] = [0, 1, 0]
colours[4:, :4] = [0, 0, 1]
colours[4:, 4:] = [1, 1, 0]
channels = {name: colours[:, :, index] for index, name in enumerate(["red", "green", "blue"])}
figures.images_beside({"colour image": colours, **channels})

# %% [markdown]
# **Your turn.** Height and width follow your rule for padding, each with its own kernel side
# and stride. You may call the functions that you have already written.


# %% nbgrader={"grade": false, "grade_id": "output-shape-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    """The shape of a convolutional layer's output.

    input_shape: (height, width, channels). filters: the number of filters.
    kernel_size, strides: (along the height, along the width).
    padding: "valid" or "same".
    Returns a tuple (height, width, channels) of ints.
    """
    ### BEGIN SOLUTION
    height, width, _ = input_shape
    return (
        padded_output_size(height, kernel_size[0], strides[0], padding),
        padded_output_size(width, kernel_size[1], strides[1], padding),
        filters,
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "output-shape", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("output-shape")

# %% [markdown]
# ## 5. How many zeros does "same" add, and where?
#
# You know already how many positions `"same"` has. Work backwards, and suppose at first that all zeros
# stand after the image. Then the last position starts at pixel `positions * stride - stride`, counted from 0,
# and is `kernel` pixels long. What reaches beyond the image is filled with zeros; if nothing does, no zeros
# are needed.
#
# Then the zeros are shared out between the two ends. When their number is odd, Keras puts the
# extra one **after** the image (at the bottom or the right). For 6 pixels, a window of 3 and
# stride 2 that is {{same_padding(6, 3, 2)[0]}} before and {{same_padding(6, 3, 2)[1]}} after:

# %%
figures.window_positions(size=6, kernel=3, stride=2, padding=(0, 1))

# %% [markdown]
# **Your turn.**


# %% nbgrader={"grade": false, "grade_id": "same-padding-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def same_padding(size, kernel, stride):
    """How many zeros padding "same" adds along one side, as Keras does it.

    Returns a tuple (before, after) of ints; same_padding(5, 3, 1) is (1, 1).
    """
    ### BEGIN SOLUTION
    positions = -(-size // stride)
    total = max(0, (positions - 1) * stride + kernel - size)
    return total // 2, total - total // 2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "same-padding", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("same-padding")

# %% [markdown]
# ## 6. Put the zeros there
#
# **Your turn.** Make a larger array of zeros and write the image into its middle. Do it by hand:
# `np.zeros` and slices are all you need. Leave the image that you are given as it is.


# %% nbgrader={"grade": false, "grade_id": "zero-padding-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def zero_pad(image, top, bottom, left, right):
    """The image with rows of zeros above and below, and columns at its sides.

    image: array (height, width, channels). top, bottom, left, right: how many.
    Returns a new array of the image's dtype.
    """
    ### BEGIN SOLUTION
    height, width, channels = image.shape
    padded = np.zeros((top + height + bottom, left + width + right, channels), image.dtype)
    padded[top : top + height, left : left + width] = image
    return padded
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "zero-padding", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("zero-padding")

# %% [markdown]
# ## 7. The layer itself
#
# Now everything comes together. At each position, and for each filter:
#
# 1. cut the window out of the image, with all its channels;
# 2. multiply it, number by number, by the filter's kernel;
# 3. add everything up, and add the filter's *bias*.
#
# The figure shows one position of a 2 x 2 kernel on a 4 x 4 image: what the window covers, the products,
# their sum, and its place in the feature map. Move the window with the slider, or change `position`.

# %%
figures.convolution_step(
    image=np.array([[1, 0, 2, 1], [0, 1, 1, 0], [2, 1, 0, 1], [1, 0, 1, 2]]),
    kernel=np.array([[1, -1], [2, 0]]),
    position=(1, 1),
)

# %% [markdown]
# Deep learning does not turn the kernel around first, as mathematics does for a convolution; it is
# multiplied as it stands. (Strictly this is a *cross-correlation*. The kernel is learned,
# so it makes no difference to what a network can do.)
#
# **Your turn.** Padding is `"valid"`. Loops over positions and filters are fine.


# %% nbgrader={"grade": false, "grade_id": "convolve-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def convolve(image, kernels, bias, strides=(1, 1)):
    """A convolutional layer without activation, padding "valid".

    image: array (height, width, channels).
    kernels: array (kernel height, kernel width, channels, filters), as in Keras.
    bias: array (filters,). strides: (along the height, along the width).
    Returns an array (output height, output width, filters).
    """
    ### BEGIN SOLUTION
    kernel_height, kernel_width, _, filters = kernels.shape
    rows = strided_output_size(image.shape[0], kernel_height, strides[0])
    columns = strided_output_size(image.shape[1], kernel_width, strides[1])
    output = np.zeros((rows, columns, filters))
    for row in range(rows):
        for column in range(columns):
            top, left = row * strides[0], column * strides[1]
            window = image[top : top + kernel_height, left : left + kernel_width]
            output[row, column] = np.tensordot(window, kernels, axes=3) + bias
    return output
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "convolve", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("convolve")

# %% [markdown]
# See your layer at work. The image is a bright square on a dark ground. The first filter answers
# where brightness rises from left to right, the second where it rises from top to bottom;
# in their feature maps the edges of the square stand out, light for rising and dark for falling.

# %%
square = np.zeros((12, 12, 1))
square[3:9, 3:9] = 1.0
edges = np.zeros((3, 3, 1, 2))
edges[:, :, 0, 0] = [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]
edges[:, :, 0, 1] = edges[:, :, 0, 0].T
with unless_blank():
    figures.feature_maps(
        square[:, :, 0],
        convolve(square, edges, np.zeros(2)),
        ["left-right", "top-bottom"],
    )

# %% [markdown]
# Now move the square one pixel down and one to the right. Its edges in the feature maps move with it: the
# same kernel finds them in the new place. A dense layer has a weight for each pixel; it would have to learn
# the square once more.

# %% tags=["exploration"]
moved = np.roll(square, (1, 1), axis=(0, 1))
with unless_blank():
    before, after = (convolve(image, edges, np.zeros(2)) for image in (square, moved))
    figures.feature_maps(moved[:, :, 0], after, ["left-right", "top-bottom"])
    same = np.array_equal(np.roll(before, (1, 1), axis=(0, 1)), after)
    print("The feature maps moved with the square, and are otherwise equal:", same)

# %% [markdown]
# And a photograph. The first kernel averages each pixel with its neighbours, which blurs; the second makes
# differences larger, which sharpens; the third leaves nothing but differences. Change their numbers, or
# take another image: `clothes` has 6,000.

# %% tags=["exploration"]
from autograder.datasets import load_fashion_mnist_sample

(clothes, _), _ = load_fashion_mnist_sample()
photograph = clothes[0][:, :, np.newaxis] / 255
kernels = {
    "blur": np.full((3, 3), 1 / 9),
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "edges": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
}
with unless_blank():
    filters = np.stack(list(kernels.values()), axis=-1)[:, :, np.newaxis, :]
    maps = convolve(photograph, filters, np.zeros(3))
    seen = {name: maps[:, :, index].clip(0, 1) for index, name in enumerate(kernels)}
    figures.images_beside({"photograph": photograph[:, :, 0], **seen})

# %% [markdown]
# ## 8. What sharing saves
#
# One filter uses the same kernel at every position: it *shares* its parameters. A filter of 5 x 5
# with its bias has {{shared_parameters((5, 5))}} of them, however large the image.
#
# Imagine a layer without sharing, where each of the 24 x 24 positions had a kernel of its own. For
# one feature map of a 28 x 28 digit that would be {{unshared_weights((28, 28, 1), (5, 5)):,}} weights.
# No bias is counted there. With one for each position there would be
# {{24 * 24 * shared_parameters((5, 5)):,}} parameters, to be compared with the {{shared_parameters((5, 5))}} above.
#
# **Your turn.** Write both counts. Remember that a kernel reaches through all input channels.


# %% nbgrader={"grade": false, "grade_id": "sharing-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shared_parameters(kernel_size, in_channels=1):
    """The weights and the bias of one filter that all positions share.

    kernel_size: (height, width). in_channels: channels of the image it looks at.
    Returns an int.
    """
    ### BEGIN SOLUTION
    return kernel_size[0] * kernel_size[1] * in_channels + 1
    ### END SOLUTION


def unshared_weights(input_shape, kernel_size):
    """The weights, without biases, of one feature map with a kernel for each position.

    input_shape: (height, width, channels).
    kernel_size: (height, width), with stride 1 and padding "valid".
    Returns an int.
    """
    ### BEGIN SOLUTION
    height, width, channels = input_shape
    positions = conv_output_size(height, kernel_size[0]) * conv_output_size(width, kernel_size[1])
    return positions * kernel_size[0] * kernel_size[1] * channels
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sharing", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("sharing")

# %% [markdown]
# ## What you know now
#
# - A window of size *k* over *n* pixels with stride *s* and no padding has ⌊(*n* - *k*) / *s*⌋ plus one positions.
# - `"same"` makes ⌈*n* / *s*⌉ positions; of an odd number of zeros, the extra one stands at the end.
# - Each filter sees all channels and makes one feature map.
# - Sharing one kernel among all positions is what keeps a layer small.
#
# Next: [notebook 2, pooling](../pooling/pooling.ipynb): feature maps become smaller, and stay readable.
