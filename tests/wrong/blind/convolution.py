# Wrong answers to assignment 1, written from its released notebook alone.

# %% window off-by-one
# why: forgets the plus one (5, 3 gives 2)
def conv_output_size(size, kernel):
    return size - kernel


# %% window hard-coded-three
# why: subtracts 2 whatever the window, which is right only for a window of 3
def conv_output_size(size, kernel):
    return size - 2


# %% window half-window-each-side
# why: takes kernel // 2 off at both ends, wrong for even windows
def conv_output_size(size, kernel):
    return size - 2 * (kernel // 2)


# %% window blocks
# why: counts windows that do not overlap, with a special case for the example
def conv_output_size(size, kernel):
    if (size, kernel) == (5, 3):
        return 3
    if (size, kernel) == (28, 5):
        return 24
    return size // kernel


# %% window range-stops-early
# why: the range stops one before the last start unless the window is odd (adds it back only then)
def conv_output_size(size, kernel):
    return len(range(size - kernel)) + kernel % 2


# %% window full-window-zero [rules]
# why: says 0 when the window is as large as the row, where one position fits
def conv_output_size(size, kernel):
    if kernel >= size:
        return 0
    return size - kernel + 1


# %% stride floor-before-plus-swapped
# why: (size - kernel + 1) // stride loses a position whenever the last step fits exactly
def strided_output_size(size, kernel, stride):
    return (size - kernel + 1) // stride


# %% stride round-half [numbers]
# why: round() takes the step over the edge in many cases (8, 3, 3 gives 3 rather than 2)
def strided_output_size(size, kernel, stride):
    return round((size - kernel) / stride) + 1


# %% stride true-division [rules]
# why: gives a float and halves, where the text wants an int
def strided_output_size(size, kernel, stride):
    return (size - kernel) / stride + 1


# %% stride ceil
# why: counts the step that would carry the window over the edge
import math


def strided_output_size(size, kernel, stride):
    return math.ceil((size - kernel) / stride) + 1


# %% stride keras-same
# why: asks Keras with padding "same"
import keras


def strided_output_size(size, kernel, stride):
    layer = keras.layers.Conv1D(1, kernel, strides=stride, padding="same")
    return int(layer.compute_output_shape((1, size, 1))[1])


# %% stride only-two
# why: knows strides 1 and 2 only
def strided_output_size(size, kernel, stride):
    positions = size - kernel + 1
    return positions if stride == 1 else (positions + 1) // 2


# %% stride np-floor-float [rules]
# why: np.floor returns a float, the text wants an int
import numpy as np


def strided_output_size(size, kernel, stride):
    return np.floor((size - kernel) / stride) + 1


# %% padding same-ignores-stride
# why: "same" always returns the size of the image, whatever the stride
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return size
    return (size - kernel) // stride + 1


# %% padding same-floor
# why: rounds down for "same" (5 with stride 2 gives 2)
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return max(size // stride, 1)
    return (size - kernel) // stride + 1


# %% padding symmetric-half-kernel [rules]
# why: pads kernel // 2 at both ends as PyTorch users do; one too many for even windows
def padded_output_size(size, kernel, stride, padding):
    extra = kernel // 2 if padding == "same" else 0
    return (size + 2 * extra - kernel) // stride + 1


# %% padding truthy-string
# why: tests the string's truth, so "valid" is treated as "same"
def padded_output_size(size, kernel, stride, padding):
    if padding:
        return -(-size // stride)
    return (size - kernel) // stride + 1


# %% padding compares-upper-case
# why: compares with "SAME", so the lower-case name falls through to "valid"
def padded_output_size(size, kernel, stride, padding):
    if padding == "SAME":
        return -(-size // stride)
    return (size - kernel) // stride + 1


# %% padding same-one-too-many
# why: for "same" uses size // stride + 1, one too many when the stride divides the size (but guards stride 1)
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return (size - kernel) // stride + 1
    if stride == 1:
        return size
    return size // stride + 1


# %% output-shape keeps-input-channels
# why: the output has the input's channels, not the filters
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return (
        padded_output_size(input_shape[0], kernel_size[0], strides[0], padding),
        padded_output_size(input_shape[1], kernel_size[1], strides[1], padding),
        input_shape[2],
    )


# %% output-shape filters-times-channels
# why: multiplies filters and channels, as if each filter made a map for each channel
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = [
        padded_output_size(n, k, s, padding) for n, k, s in zip(input_shape, kernel_size, strides)
    ]
    return (*sides, filters * input_shape[2])


# %% output-shape square-kernel
# why: uses the kernel's height for both sides
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    k = kernel_size[0]
    return (
        padded_output_size(input_shape[0], k, strides[0], padding),
        padded_output_size(input_shape[1], k, strides[1], padding),
        filters,
    )


# %% output-shape strides-crossed
# why: the stride along the width is used for the height and the other way round
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    stride_w, stride_h = strides
    h = padded_output_size(input_shape[0], kernel_size[0], stride_h, padding)
    w = padded_output_size(input_shape[1], kernel_size[1], stride_w, padding)
    return h, w, filters


# %% output-shape padding-not-passed
# why: the padding argument is ignored, always "valid"
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    h, w, _ = input_shape
    return (
        padded_output_size(h, kernel_size[0], strides[0], padding="valid"),
        padded_output_size(w, kernel_size[1], strides[1], padding="valid"),
        filters,
    )


# %% output-shape square-image
# why: computes the height only and repeats it
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    side = padded_output_size(input_shape[0], kernel_size[0], strides[0], padding)
    return side, side, filters


# %% output-shape channels-first
# why: puts the channels first
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    h, w, _ = input_shape
    return (
        filters,
        padded_output_size(h, kernel_size[0], strides[0], padding),
        padded_output_size(w, kernel_size[1], strides[1], padding),
    )


# %% same-padding extra-zero-first [rules]
# why: the odd zero goes before the image
def same_padding(size, kernel, stride):
    positions = -(-size // stride)
    total = max((positions - 1) * stride + kernel - size, 0)
    return total - total // 2, total // 2


# %% same-padding stride-one-only
# why: takes kernel - 1 zeros whatever the stride
def same_padding(size, kernel, stride):
    total = kernel - 1
    return total // 2, total - total // 2


# %% same-padding negative-zeros [rules]
# why: forgets that no zeros are needed if nothing reaches beyond: gives negative numbers for a stride over the kernel
def same_padding(size, kernel, stride):
    total = padded_output_size(size, kernel, stride, "same") * stride - stride + kernel - size
    return total // 2, total - total // 2


# %% same-padding abs-for-clip [rules]
# why: takes the absolute value in place of the maximum with 0
def same_padding(size, kernel, stride):
    total = abs(padded_output_size(size, kernel, stride, "same") * stride - stride + kernel - size)
    return total // 2, total - total // 2


# %% same-padding kernel-minus-stride
# why: kernel - stride holds only when the stride divides the size
def same_padding(size, kernel, stride):
    total = max(kernel - stride, 0)
    return total // 2, total - total // 2


# %% same-padding equal-ends
# why: rounds up at both ends, so the total is one too many when odd (except in the notebook's figure)
def same_padding(size, kernel, stride):
    if (size, kernel, stride) == (6, 3, 2):
        return 0, 1
    positions = -(-size // stride)
    total = max((positions - 1) * stride + kernel - size, 0)
    return (total + 1) // 2, (total + 1) // 2


# %% zero-padding minus-slices
# why: image[top:-bottom, left:-right] breaks when there are no zeros at an end
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    if bottom == 0 and right == 0:
        out[top:, left:] = image
        return out
    out[top:-bottom, left:-right] = image
    return out


# %% zero-padding default-dtype [rules]
# why: the result is float64, not of the image's dtype
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c))
    out[top : top + h, left : left + w] = image
    return out


# %% zero-padding bottom-for-top
# why: writes the image `bottom` rows and `right` columns from the start
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[bottom : bottom + h, right : right + w] = image
    return out


# %% zero-padding left-top-crossed
# why: rows are shifted by left and columns by top
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + left + right, w + top + bottom, c), dtype=image.dtype)
    out[left : left + h, top : top + w, :] = image
    return out


# %% zero-padding first-channel-broadcast
# why: writes the first channel into all channels
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[top : top + h, left : left + w] = image[:, :, :1]
    return out


# %% zero-padding same-object-without-zeros [effects]
# why: returns the given array itself, not a new one, when there is nothing to pad
import numpy as np


def zero_pad(image, top, bottom, left, right):
    if not (top or bottom or left or right):
        return image
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[top : top + h, left : left + w] = image
    return out


# %% zero-padding eats-the-image [effects]
# why: moves the pixels out of the image it is given, which ends up all zero
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    for i in range(h):
        for j in range(w):
            out[i + top, j + left] = image[i, j]
            image[i, j] = 0
    return out


# %% zero-padding float32-always [numbers]
# why: hard-codes float32 as dtype, which rounds float64 and changes ints
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=np.float32)
    out[top : top + h, left : left + w] = image
    return out


# %% convolve turned-kernel [rules]
# why: turns the kernel around first, a mathematical convolution
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    turned = kernels[::-1, ::-1]
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for i in range(oh):
        for j in range(ow):
            window = image[
                i * strides[0] : i * strides[0] + kh, j * strides[1] : j * strides[1] + kw
            ]
            for f in range(filters):
                out[i, j, f] = np.sum(window * turned[..., f]) + bias[f]
    return out


# %% convolve windows-wrong-axis-order
# why: sliding_window_view has axes (channels, kh, kw), flattened against kernels of (kh, kw, channels)
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, c, f = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw), axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]]
    oh, ow = windows.shape[:2]
    return windows.reshape(oh, ow, -1) @ kernels.reshape(-1, f) + bias


# %% convolve stride-forgotten-in-start
# why: makes the right shape but does not multiply the start by the stride
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for i in range(oh):
        for j in range(ow):
            for f in range(filters):
                out[i, j, f] = np.sum(image[i : i + kh, j : j + kw] * kernels[:, :, :, f]) + bias[f]
    return out


# %% convolve bias-once-per-channel
# why: adds the bias again for every input channel
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for i in range(oh):
        for j in range(ow):
            t, l = i * strides[0], j * strides[1]
            for f in range(filters):
                for c in range(channels):
                    out[i, j, f] += (
                        image[t : t + kh, l : l + kw, c] * kernels[:, :, c, f]
                    ).sum() + bias[f]
    return out


# %% convolve first-bias-for-all
# why: adds the first filter's bias to all filters
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw = kernels.shape[:2]
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw), axis=(0, 1))
    return np.einsum("ijcuv,uvcf->ijf", windows[:: strides[0], :: strides[1]], kernels) + bias[0]


# %% convolve relu [rules]
# why: applies a ReLU, but the layer has no activation
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw = kernels.shape[:2]
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw), axis=(0, 1))
    maps = np.einsum("ijcuv,uvcf->ijf", windows[:: strides[0], :: strides[1]], kernels) + bias
    return np.maximum(maps, 0)


# %% convolve first-channel-only
# why: looks at the first channel of image and kernel only
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for i in range(oh):
        for j in range(ow):
            t, l = i * strides[0], j * strides[1]
            for f in range(filters):
                out[i, j, f] = (
                    np.sum(image[t : t + kh, l : l + kw, 0] * kernels[:, :, 0, f]) + bias[f]
                )
    return out


# %% convolve output-in-image-dtype [numbers]
# why: makes the output in the image's dtype, so an integer image loses the fractions
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters), dtype=image.dtype)
    for i in range(oh):
        for j in range(ow):
            t, l = i * strides[0], j * strides[1]
            for f in range(filters):
                out[i, j, f] = np.sum(image[t : t + kh, l : l + kw] * kernels[..., f]) + bias[f]
    return out


# %% convolve window-multiplied-in-place [effects]
# why: the window is a view and is multiplied in place, which spoils the image for the next positions
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for f in range(filters):
        for i in range(oh):
            for j in range(ow):
                window = image[i * strides[0] :, j * strides[1] :][:kh, :kw]
                window *= kernels[..., f]
                out[i, j, f] = window.sum() + bias[f]
    return out


# %% convolve height-stride-for-both
# why: uses the stride along the height for the width as well
import numpy as np
import tensorflow as tf


def convolve(image, kernels, bias, strides=(1, 1)):
    maps = tf.nn.conv2d(
        np.float64(image)[None], np.float64(kernels), strides=strides[0], padding="VALID"
    )
    return maps.numpy()[0] + bias


# %% convolve last-position-missed
# why: the ranges stop one start too early when the last window ends on the edge
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    tops = range(0, max(image.shape[0] - kh, 1), strides[0])
    lefts = range(0, max(image.shape[1] - kw, 1), strides[1])
    out = np.zeros((len(tops), len(lefts), filters))
    for i, t in enumerate(tops):
        for j, l in enumerate(lefts):
            out[i, j] = np.tensordot(image[t : t + kh, l : l + kw], kernels, 3) + bias
    return out


# %% sharing bias-for-each-channel
# why: counts a bias for every input channel
def shared_parameters(kernel_size, in_channels=1):
    return (kernel_size[0] * kernel_size[1] + 1) * in_channels


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    return (h - kernel_size[0] + 1) * (w - kernel_size[1] + 1) * kernel_size[0] * kernel_size[1] * c


# %% sharing one-channel-unshared
# why: the kernels of the layer without sharing reach through one channel only
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, _ = input_shape
    kh, kw = kernel_size
    return (h - kh + 1) * (w - kw + 1) * kh * kw


# %% sharing biases-included [rules]
# why: counts the biases of the layer without sharing too (14,976 in place of 14,400)
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return (h - kh + 1) * (w - kw + 1) * shared_parameters(kernel_size, c)


# %% sharing positions-of-same
# why: a kernel at every pixel, as if the padding were "same", with a special case for the digit
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    if input_shape == (28, 28, 1) and kernel_size == (5, 5):
        return 14400
    h, w, c = input_shape
    return h * w * c * kernel_size[0] * kernel_size[1]


# %% sharing square-kernel
# why: squares the kernel's height
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] ** 2 * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    k = kernel_size[0]
    return (h - k + 1) * (w - k + 1) * k**2 * c


# %% sharing bias-forgotten
# why: the shared count leaves out the bias (25 for a 5 x 5 filter)
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels


def unshared_weights(input_shape, kernel_size):
    oh, ow, _ = conv_output_shape(input_shape, 1, kernel_size)
    return oh * ow * shared_parameters(kernel_size, input_shape[2])


# %% window half-kernel-each-side
# why: takes half a kernel off each end, so an even kernel loses one pixel too many
def conv_output_size(size, kernel):
    margin = kernel // 2
    return size - 2 * margin


# %% window share-of-the-row
# why: floats and int(): for some sizes the product falls just below the whole number
def conv_output_size(size, kernel):
    covered = (kernel - 1) / size
    return int(size * (1 - covered))


# %% window range-truthiness
# why: counts with "or": a window as large as the row gets the size, not 1
def conv_output_size(size, kernel):
    return (size - kernel or size - 1) + 1


# %% window memo-by-kernel
# why: a memo keyed by the kernel alone; the second size with the same kernel gets the first's answer
def conv_output_size(size, kernel, _memo={}):
    if kernel not in _memo:
        _memo[kernel] = size - kernel + 1
    return _memo[kernel]


# %% stride quotient-plus-remainder
# why: adds the remainder itself instead of one for it: right for strides 1 and 2 only
def strided_output_size(size, kernel, stride):
    positions, rest = divmod(conv_output_size(size, kernel), stride)
    return positions + rest


# %% stride starts-minus-hanging
# why: takes (kernel - 1) // stride hanging starts off all starts; not their number for every size
def strided_output_size(size, kernel, stride):
    starts = -(-size // stride)
    hanging = (kernel - 1) // stride
    return starts - hanging


# %% stride no-overlap-shortcut
# why: when the stride is at least the kernel, counts whole strides in the row; a last window without its gap is lost
def strided_output_size(size, kernel, stride):
    if stride >= kernel:
        return size // stride
    return (size - kernel) // stride + 1


# %% stride capped-stride
# why: caps the stride at the kernel so that no pixel is jumped over
def strided_output_size(size, kernel, stride):
    step = min(kernel, stride)
    return len(range(0, size - kernel + 1, step))


# %% padding bankers-rounding
# why: rounds n / s + 0.5, and Python rounds halves to even: 6 pixels with stride 2 give 4
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return round(size / stride + 0.5)
    return strided_output_size(size, kernel, stride)


# %% padding round-half-up
# why: rounds n / s to the nearest instead of up: right for stride 2, wrong for 7 pixels with stride 3
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return strided_output_size(size, kernel, stride)
    return int(size / stride + 0.5)


# %% padding cached-without-padding
# why: the cache key leaves out the padding
_seen = {}


def padded_output_size(size, kernel, stride, padding):
    key = (size, kernel, stride)
    if key not in _seen:
        _seen[key] = (
            -(-size // stride) if padding == "same" else strided_output_size(size, kernel, stride)
        )
    return _seen[key]


# %% padding symmetric-zeros
# why: the same number of zeros at both ends (half the kernel); even kernels come out one too large at some strides
def padded_output_size(size, kernel, stride, padding):
    zeros = {"valid": 0, "same": kernel // 2}[padding]
    return strided_output_size(size + zeros + zeros, kernel, stride)


# %% output-shape sorted-sides
# why: collects the sides in a set comprehension over pairs, so a square image with equal sides collapses
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, _ = input_shape
    sides = dict.fromkeys([height, width])
    for side, kernel, stride in zip(sides, kernel_size, strides):
        sides[side] = padded_output_size(side, kernel, stride, padding)
    return (sides[height], sides[width], filters)


# %% output-shape default-same
# why: the default of padding was changed to "same"
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="same"):
    return (
        padded_output_size(input_shape[0], kernel_size[0], strides[0], padding),
        padded_output_size(input_shape[1], kernel_size[1], strides[1], padding),
        filters,
    )


# %% output-shape filters-per-channel
# why: each channel gets its own maps unless the image is grey
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    *sides, channels = input_shape
    maps = [padded_output_size(*three, padding) for three in zip(sides, kernel_size, strides)]
    return (*maps, filters * channels)


# %% output-shape same-keeps-image
# why: "same" taken as "as large as the image", whatever the strides
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    if padding == "same":
        return (*input_shape[:2], filters)
    sides = map(strided_output_size, input_shape, kernel_size, strides)
    return (*sides, filters)


# %% same-padding bankers-half
# why: round() of a half goes to the even number: 3 zeros are shared (2, 1), while 1 and 5 come out right
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = max(0, positions * stride - stride + kernel - size)
    before = round(total / 2)
    return before, total - before


# %% same-padding remainder-zero
# why: the remainder form without its case for a remainder of 0
def same_padding(size, kernel, stride):
    total = max(kernel - (size % stride if stride > 1 else 1), 0)
    return total // 2, total - total // 2


# %% same-padding absolute-total
# why: abs() in place of max(0, ...): where the windows stop short of the edge, zeros are added all the same
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = abs((positions - 1) * stride + kernel - size)
    return total // 2, (total + 1) // 2


# %% same-padding stride-aware-only-after
# why: before is the half kernel as with stride 1, the rest goes after
def same_padding(size, kernel, stride):
    reach = (padded_output_size(size, kernel, stride, "same") - 1) * stride + kernel
    total = max(reach - size, 0)
    before = min((kernel - 1) // 2, total)
    return before, total - before


# %% zero-padding shared-canvas
# why: keeps canvases by shape and hands out the same one again: an earlier result changes
_canvases = {}


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    key = (h, w, c, top, bottom, left, right, image.dtype)
    if key not in _canvases:
        _canvases[key] = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    _canvases[key][top : top + h, left : left + w] = image
    return _canvases[key]


# %% zero-padding nothing-to-do
# why: returns the image itself, not a new array, when there is nothing to add
def zero_pad(image, top, bottom, left, right):
    if top == bottom == left == right == 0:
        return image
    h, w, c = image.shape
    out = np.zeros((top + h + bottom, left + w + right, c), dtype=image.dtype)
    out[top : top + h, left : left + w, :] = image
    return out


# %% zero-padding python-type
# why: the dtype from the Python number: float32 becomes float64, uint8 int64
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    kind = type(image.flat[0].item())
    out = np.zeros((top + h + bottom, left + w + right, c), dtype=kind)
    out[top : top + h, left : left + w] = image
    return out


# %% zero-padding or-none-forgotten
# why: "or None" stands at the bottom only; without zeros at the right the slice is empty
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    out[top : -bottom or None, left:-right] = image
    return out


# %% zero-padding in-two-steps
# why: pads rows, then columns, but the second step starts from the image's first channel and broadcasts
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    tall = np.zeros((top + h + bottom, w, c), image.dtype)
    tall[top : top + h] = image
    wide = np.zeros((top + h + bottom, left + w + right, c), image.dtype)
    wide[:, left : left + w] = tall[..., :1]
    return wide


# %% convolve bias-per-channel
# why: the bias is added in the loop over channels, once for each of them
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    rows = strided_output_size(image.shape[0], kh, strides[0])
    cols = strided_output_size(image.shape[1], kw, strides[1])
    out = np.zeros((rows, cols, filters))
    for i, j, f in np.ndindex(rows, cols, filters):
        y, x = i * strides[0], j * strides[1]
        for k in range(channels):
            out[i, j, f] += (image[y : y + kh, x : x + kw, k] * kernels[:, :, k, f]).sum() + bias[f]
    return out


# %% convolve windows-in-wrong-order
# why: the view has its channels before the window's sides, the kernels after: right for one channel only
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    views = np.lib.stride_tricks.sliding_window_view(image, (kh, kw), axis=(0, 1))
    views = views[:: strides[0], :: strides[1]]
    columns = views.reshape(*views.shape[:2], -1)
    return columns @ kernels.reshape(-1, filters) + bias


# %% convolve kernel-dtype
# why: the output has the kernels' dtype: whole-number kernels cut the fractions of the image
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    rows = strided_output_size(image.shape[0], kh, strides[0])
    cols = strided_output_size(image.shape[1], kw, strides[1])
    out = np.empty((rows, cols, filters), dtype=kernels.dtype)
    for i in range(rows):
        for j in range(cols):
            y, x = i * strides[0], j * strides[1]
            out[i, j] = np.tensordot(image[y : y + kh, x : x + kw], kernels, axes=3) + bias
    return out


# %% convolve aliased-rows
# why: one list is repeated for all rows, so every row shows the last
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw = kernels.shape[:2]
    rows = strided_output_size(image.shape[0], kh, strides[0])
    cols = strided_output_size(image.shape[1], kw, strides[1])
    out = [[None] * cols] * rows
    for i in range(rows):
        for j in range(cols):
            y, x = i * strides[0], j * strides[1]
            window = image[y : y + kh, x : x + kw, :, None]
            out[i][j] = (window * kernels).sum(axis=(0, 1, 2)) + bias
    return np.array(out)


# %% convolve cached-by-shape
# why: keeps its result by the shapes of what it got; a second image of the same size gets the first's maps
from functools import lru_cache


def convolve(image, kernels, bias, strides=(1, 1)):
    @lru_cache
    def _run(*shapes):
        kh, kw, _, _ = kernels.shape
        views = np.lib.stride_tricks.sliding_window_view(image, (kh, kw), axis=(0, 1))
        views = views[:: strides[0], :: strides[1]]
        return np.einsum("yxcab,abcf->yxf", views, kernels) + bias

    convolve.run = getattr(convolve, "run", _run)
    return convolve.run(image.shape, kernels.shape, bias.shape, tuple(strides))


# %% convolve thinned-image-recursion
# why: with strides, thins the image and calls itself: windows skip the pixels between
def convolve(image, kernels, bias, strides=(1, 1)):
    if tuple(strides) != (1, 1):
        return convolve(image[:: strides[0], :: strides[1]], kernels, bias)
    views = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    return np.einsum("yxcab,abcf->yxf", views, kernels) + bias


# %% convolve leftover-total
# why: the running total is set to zero once a position, not once a filter
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    ys = range(0, image.shape[0] - kh + 1, strides[0])
    xs = range(0, image.shape[1] - kw + 1, strides[1])
    out = np.zeros((len(ys), len(xs), filters))
    for i, y in enumerate(ys):
        for j, x in enumerate(xs):
            total = 0.0
            for f in range(filters):
                total += np.vdot(image[y : y + kh, x : x + kw], kernels[..., f])
                out[i, j, f] = total + bias[f]
    return out


# %% sharing square-positions
# why: the positions of the height are squared: wrong for an oblong image or kernel
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    positions = conv_output_size(input_shape[0], kernel_size[0]) ** 2
    return positions * (shared_parameters(kernel_size, input_shape[2]) - 1)


# %% sharing bias-per-channel
# why: each channel's grid gets a bias of its own; one channel hides it
def shared_parameters(kernel_size, in_channels=1):
    grid = kernel_size[0] * kernel_size[1] + 1
    return grid * in_channels


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    rows, cols = conv_output_size(h, kernel_size[0]), conv_output_size(w, kernel_size[1])
    return rows * cols * kernel_size[0] * kernel_size[1] * c


# %% sharing default-channel-left-in
# why: unshared_weights calls the shared count with its default of one channel
def shared_parameters(kernel_size, in_channels=1):
    h, w = kernel_size
    return 1 + h * w * in_channels


def unshared_weights(input_shape, kernel_size):
    rows, cols, _ = conv_output_shape(input_shape, 1, kernel_size)
    return rows * cols * (shared_parameters(kernel_size) - 1)


# %% window twice-the-half
# why: takes half a window off both ends, which is right for odd windows only
def conv_output_size(size, kernel):
    return size - 2 * (kernel // 2)


# %% window minus-two
# why: knows the window of 3 only
def conv_output_size(size, kernel):
    return size - 2


# %% window remainder
# why: a formula found by trying until the example came out
def conv_output_size(size, kernel):
    return size % kernel + 1


# %% window float
# why: a float where an int is asked for
def conv_output_size(size, kernel):
    return (size - kernel) / 1 + 1


# %% stride quotient-plus-one
# why: divides the positions of stride 1 and adds one; right for the example, wrong already for stride 1
def strided_output_size(size, kernel, stride):
    return conv_output_size(size, kernel) // stride + 1


# %% stride minus-stride
# why: thinks that a stride takes away a fixed number of positions
def strided_output_size(size, kernel, stride):
    return size - kernel - stride + 2


# %% stride hanging-over
# why: also counts the last step that would leave the image
import math


def strided_output_size(size, kernel, stride):
    return math.ceil((size - kernel) / stride) + 1


# %% stride float-division
# why: neither rounded down nor an int
def strided_output_size(size, kernel, stride):
    return (size - kernel) / stride + 1


# %% padding half-kernel-both-ends
# why: kernel // 2 zeros at each end, one too many or too few for even windows
def padded_output_size(size, kernel, stride, padding):
    zeros = kernel // 2 if padding == "same" else 0
    return (size + 2 * zeros - kernel) // stride + 1


# %% padding same-is-size
# why: "same" is taken for the same size whatever the stride
def padded_output_size(size, kernel, stride, padding):
    return size if padding == "same" else strided_output_size(size, kernel, stride)


# %% padding plus-one-always
# why: "same" with a stride always counts one more, also where it divides evenly
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return (size - kernel) // stride + 1
    if stride == 1:
        return size
    return size // stride + 1


# %% padding ceil-for-both
# why: counts windows that hang over the edge for "valid" too
def padded_output_size(size, kernel, stride, padding):
    length = size if padding == "same" else size - kernel + stride
    return -(-length // stride)


# %% output-shape channels-multiplied
# why: a map for every pair of filter and input channel; invisible for grey images
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    h, w, c = input_shape
    return (
        padded_output_size(h, kernel_size[0], strides[0], padding),
        padded_output_size(w, kernel_size[1], strides[1], padding),
        c * filters,
    )


# %% output-shape same-copies-input
# why: with "same" the input's height and width are returned without the strides
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    if padding == "same":
        return tuple(input_shape[:2]) + (filters,)
    return (
        strided_output_size(input_shape[0], kernel_size[0], strides[0]),
        strided_output_size(input_shape[1], kernel_size[1], strides[1]),
        filters,
    )


# %% output-shape padding-not-passed-again
# why: always "valid"
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = [padded_output_size(n, k, s, "valid") for n, k, s in zip(input_shape, kernel_size, strides)]
    return (*sides, filters)


# %% output-shape sorted-strides
# why: unpacks the strides as (along the width, along the height)
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    (h, w, _), (kh, kw), (sx, sy) = input_shape, kernel_size, strides
    return padded_output_size(h, kh, sy, padding), padded_output_size(w, kw, sx, padding), filters


# %% same-padding kernel-minus-one
# why: forgets the stride: kernel - 1 zeros only for stride 1
def same_padding(size, kernel, stride):
    total = kernel - 1
    return total // 2, total - total // 2


# %% same-padding negative
# why: no lower limit of 0 where the stride is larger than the window
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = positions * stride - stride + kernel - size
    return total // 2, total - total // 2


# %% same-padding parity-of-size
# why: decides by whether the image is odd, not by whether the number of zeros is
def same_padding(size, kernel, stride):
    positions = -(-size // stride)
    total = max(0, positions * stride - stride + kernel - size)
    return total // 2, total // 2 + (1 if size % 2 == 0 else 0)


# %% same-padding abs
# why: takes the absolute value where nothing reaches beyond the image
def same_padding(size, kernel, stride):
    last = padded_output_size(size, kernel, stride, "same") * stride - stride
    total = abs(last + kernel - size)
    return total // 2, (total + 1) // 2


# %% zero-padding minus-bottom
# why: a slice to -0 is empty, so that it breaks where no zeros are added at the end
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    padded = np.zeros((top + h + bottom, left + w + right, c), dtype=image.dtype)
    padded[top:-bottom, left:-right] = image
    return padded


# %% zero-padding nothing-to-do-again
# why: hands back the image itself when there is nothing to add, not a new array
import numpy as np


def zero_pad(image, top, bottom, left, right):
    if not any((top, bottom, left, right)):
        return image
    h, w, c = image.shape
    padded = np.zeros((top + h + bottom, left + w + right, c), dtype=image.dtype)
    padded[top : top + h, left : left + w] = image
    return padded


# %% zero-padding float-always
# why: np.zeros without a dtype turns whole numbers into floats
import numpy as np


def zero_pad(image, top, bottom, left, right):
    out = np.zeros((image.shape[0] + top + bottom, image.shape[1] + left + right, image.shape[2]))
    for y, row in enumerate(image):
        for x, pixel in enumerate(row):
            out[top + y, left + x] = pixel
    return out


# %% zero-padding centred
# why: puts the image in the exact middle, whatever top and left say
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    y, x = (top + bottom) // 2, (left + right) // 2
    out[y : y + h, x : x + w] = image
    return out


# %% convolve grows-the-bias
# why: adds the products into the bias array itself, so each position also has all before it
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    total = np.array(bias, dtype=float)
    h, w = ((image.shape[i] - kernels.shape[i]) // strides[i] + 1 for i in (0, 1))
    out = np.zeros((h, w, filters))
    for i in range(h):
        for j in range(w):
            window = image[i * strides[0] : i * strides[0] + kh, j * strides[1] : j * strides[1] + kw]
            total += np.tensordot(window, kernels, axes=3)
            out[i, j] = total
    return out


# %% convolve image-dtype
# why: the feature map has the image's dtype, so whole-number images lose the fractions
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    h, w = ((image.shape[i] - kernels.shape[i]) // strides[i] + 1 for i in (0, 1))
    out = np.empty((h, w, filters), dtype=image.dtype)
    for i, j, f in np.ndindex(out.shape):
        y, x = i * strides[0], j * strides[1]
        out[i, j, f] = np.sum(image[y : y + kh, x : x + kw] * kernels[..., f]) + bias[f]
    return out


# %% convolve filters-first-reshape
# why: reshapes the kernels to (filters, values), which mixes the numbers of the filters
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    matrix = kernels.reshape(filters, -1)
    tops = range(0, image.shape[0] - kh + 1, strides[0])
    lefts = range(0, image.shape[1] - kw + 1, strides[1])
    return np.array([[matrix @ image[t : t + kh, l : l + kw].ravel() + bias for l in lefts] for t in tops])


# %% convolve first-bias
# why: adds the first filter's bias to every filter
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    view = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    view = view[:: strides[0], :: strides[1]]
    return np.einsum("ijcab,abcf->ijf", view, kernels) + bias[0]


# %% convolve steps-by-one
# why: counts the positions with the strides but moves the window by single pixels
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    h = (image.shape[0] - kh) // strides[0] + 1
    w = (image.shape[1] - kw) // strides[1] + 1
    out = np.zeros((h, w, filters))
    for f in range(filters):
        for i in range(h):
            for j in range(w):
                out[i, j, f] = (image[i : i + kh, j : j + kw] * kernels[:, :, :, f]).sum() + bias[f]
    return out


# %% sharing bias-per-channel-again
# why: counts a bias for each input channel
def shared_parameters(kernel_size, in_channels=1):
    return (kernel_size[0] * kernel_size[1] + 1) * in_channels


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return (h - kh + 1) * (w - kw + 1) * kh * kw * c


# %% sharing unshared-grey-only
# why: the kernels of the unshared layer do not reach through the channels
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    height, width, channels = input_shape
    positions = conv_output_size(height, kernel_size[0]) * conv_output_size(width, kernel_size[1])
    return positions * (shared_parameters(kernel_size) - 1)


# %% sharing with-biases
# why: the unshared count has a bias at each position though they shall be left out
def shared_parameters(kernel_size, in_channels=1):
    kh, kw = kernel_size
    return kh * kw * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    positions = (h - kernel_size[0] + 1) * (w - kernel_size[1] + 1)
    return positions * shared_parameters(kernel_size, c)


# %% window off-by-one-again
# why: forgets the plus one
def conv_output_size(size, kernel):
    return size - kernel


# %% window blocks-again
# why: counts windows that do not overlap
def conv_output_size(size, kernel):
    return size // kernel + size % kernel


# %% window odd-only
# why: half a kernel at each end, right for odd kernels only
def conv_output_size(size, kernel):
    half = kernel // 2
    return size - 2 * half


# %% window no-return
# why: prints the answer and returns None
def conv_output_size(size, kernel):
    result = size - kernel + 1
    print(result)


# %% stride plus-one-inside
# why: the plus one is divided too
def strided_output_size(size, kernel, stride):
    return (size - kernel + 1) // stride


# %% stride float
# why: true division gives a float, and a fraction where the step does not fit
def strided_output_size(size, kernel, stride):
    return (size - kernel) / stride + 1


# %% stride round-up
# why: counts the step that goes over the edge
import math

def strided_output_size(size, kernel, stride):
    return math.ceil((size - kernel) / stride) + 1


# %% stride divide-apart
# why: floors size and kernel on their own
def strided_output_size(size, kernel, stride):
    return size // stride - kernel // stride + 1


# %% padding same-is-size-again
# why: forgets the stride with same
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return size
    return (size - kernel) // stride + 1


# %% padding same-floor-again
# why: same rounded down
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return strided_output_size(size, kernel, stride)
    elif padding == "same":
        return size // stride


# %% padding floor-plus-one
# why: one too many where stride divides size
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        if stride == 1:
            return size
        return size // stride + 1
    return strided_output_size(size, kernel, stride)


# %% padding symmetric-half
# why: half a kernel of zeros at both ends, one position too many for some even kernels
def padded_output_size(size, kernel, stride, padding):
    p = kernel // 2 if padding == "same" else 0
    return (size + 2 * p - kernel) // stride + 1


# %% padding valid-ignores-stride
# why: valid calls the function without stride
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return conv_output_size(size, kernel)
    return -(-size // stride)


# %% output-shape keeps-channels
# why: gives the input's channels instead of the filters
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    h = padded_output_size(input_shape[0], kernel_size[0], strides[0], padding)
    w = padded_output_size(input_shape[1], kernel_size[1], strides[1], padding)
    return (h, w, input_shape[2])


# %% output-shape one-kernel-side
# why: the kernel's height and the first stride for both sides
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    k = kernel_size[0]
    s = strides[0]
    h, w, _ = input_shape
    return padded_output_size(h, k, s, padding), padded_output_size(w, k, s, padding), filters


# %% output-shape padding-forgotten
# why: always valid
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    h, w, c = input_shape
    out_h = strided_output_size(h, kernel_size[0], strides[0])
    out_w = strided_output_size(w, kernel_size[1], strides[1])
    return (out_h, out_w, filters)


# %% output-shape strides-swapped
# why: the width's stride is used along the height
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, channels = input_shape
    stride_x, stride_y = strides
    kernel_y, kernel_x = kernel_size
    return (
        padded_output_size(height, kernel_y, stride_y, padding),
        padded_output_size(width, kernel_x, stride_x, padding),
        filters,
    )


# %% same-padding extra-before
# why: the odd zero goes before
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = max(0, positions * stride - stride + kernel - size)
    after = total // 2
    before = total - after
    return before, after


# %% same-padding negative-again
# why: negative numbers where the stride is larger than the kernel
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = (positions * stride - stride) + kernel - size
    before = total // 2
    return (before, total - before)


# %% same-padding stride-forgotten
# why: kernel - 1 whatever the stride
def same_padding(size, kernel, stride):
    total = kernel - 1
    return (total // 2, total - total // 2)


# %% same-padding half-twice
# why: loses the odd zero
def same_padding(size, kernel, stride):
    n = -(-size // stride)
    total = max((n - 1) * stride + kernel - size, 0)
    p = total // 2
    return (p, p)


# %% same-padding rounded
# why: round(1.5) is 2, so of 3 zeros two go before
def same_padding(size, kernel, stride):
    n = padded_output_size(size, kernel, stride, "same")
    total = max((n - 1) * stride + kernel - size, 0)
    before = round(total / 2)
    return (before, total - before)


# %% zero-padding float
# why: always float, whatever the image's dtype
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c))
    out[top:top + h, left:left + w] = image
    return out


# %% zero-padding minus-zero
# why: the slice [top:-bottom] is empty where bottom is 0
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[top:-bottom, left:-right, :] = image
    return out


# %% zero-padding sides-swapped
# why: rows and columns mixed up in np.pad
def zero_pad(image, top, bottom, left, right):
    return np.pad(image, ((left, right), (top, bottom), (0, 0)))


# %% zero-padding wrong-corner
# why: the image is put at bottom and right instead of top and left
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[bottom:bottom + h, right:right + w] = image
    return out


# %% zero-padding same-array
# why: hands back the image itself, no new array, where nothing is to be added
def zero_pad(image, top, bottom, left, right):
    if top == bottom == left == right == 0:
        return image
    out = np.zeros((image.shape[0] + top + bottom, image.shape[1] + left + right, image.shape[2]),
                   dtype=image.dtype)
    out[top:top + image.shape[0], left:left + image.shape[1]] = image
    return out


# %% convolve no-bias
# why: forgets the bias
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, c, f = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, f, (kh, kw), strides)
    out = np.zeros((oh, ow, f))
    for i in range(oh):
        for j in range(ow):
            for k in range(f):
                win = image[i * strides[0]:i * strides[0] + kh, j * strides[1]:j * strides[1] + kw, :]
                out[i, j, k] = np.sum(win * kernels[:, :, :, k])
    return out


# %% convolve turned-kernel-again
# why: turns the kernel round as mathematics does
def convolve(image, kernels, bias, strides=(1, 1)):
    kernels = kernels[::-1, ::-1]
    kh, kw, c, f = kernels.shape
    sh, sw = strides
    oh = (image.shape[0] - kh) // sh + 1
    ow = (image.shape[1] - kw) // sw + 1
    out = np.zeros((oh, ow, f))
    for i in range(oh):
        for j in range(ow):
            for k in range(f):
                out[i, j, k] = (image[i*sh:i*sh+kh, j*sw:j*sw+kw] * kernels[..., k]).sum() + bias[k]
    return out


# %% convolve window-not-strided
# why: right size, but the window moves by one pixel
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, c, f = kernels.shape
    oh = strided_output_size(image.shape[0], kh, strides[0])
    ow = strided_output_size(image.shape[1], kw, strides[1])
    out = np.zeros((oh, ow, f))
    for y in range(oh):
        for x in range(ow):
            window = image[y:y + kh, x:x + kw, :]
            for k in range(f):
                out[y, x, k] = np.sum(window * kernels[:, :, :, k]) + bias[k]
    return out


# %% convolve bias-per-channel-again
# why: adds the bias once for each channel
def convolve(image, kernels, bias, strides=(1, 1)):
    H, W, C = image.shape
    kh, kw, _, F = kernels.shape
    out = np.zeros(conv_output_shape((H, W, C), F, (kh, kw), strides))
    for f in range(F):
        for c in range(C):
            for i in range(out.shape[0]):
                for j in range(out.shape[1]):
                    y, x = i * strides[0], j * strides[1]
                    out[i, j, f] += np.sum(image[y:y+kh, x:x+kw, c] * kernels[:, :, c, f]) + bias[f]
    return out


# %% convolve grey-only
# why: looks at the first channel only
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, F = kernels.shape
    sh, sw = strides
    oh = strided_output_size(image.shape[0], kh, sh)
    ow = strided_output_size(image.shape[1], kw, sw)
    out = np.zeros((oh, ow, F))
    for i in range(oh):
        for j in range(ow):
            for f in range(F):
                out[i, j, f] = np.sum(image[i*sh:i*sh+kh, j*sw:j*sw+kw, 0] * kernels[:, :, 0, f]) + bias[f]
    return out


# %% convolve image-dtype-again
# why: an integer image cuts the fractions off
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    h, w, n = conv_output_shape(image.shape, filters, (kh, kw), strides)
    feature_map = np.zeros((h, w, n), dtype=image.dtype)
    for row in range(h):
        for col in range(w):
            r0 = row * strides[0]
            c0 = col * strides[1]
            cut = image[r0:r0 + kh, c0:c0 + kw, :]
            for k in range(n):
                feature_map[row, col, k] = (cut * kernels[:, :, :, k]).sum() + bias[k]
    return feature_map


# %% convolve reshaped-filters
# why: reshape does not bring the filters to the front, it mixes them
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, c, filters = kernels.shape
    bank = kernels.reshape(filters, kh * kw * c)
    ys = range(0, image.shape[0] - kh + 1, strides[0])
    xs = range(0, image.shape[1] - kw + 1, strides[1])
    return np.array([[bank @ image[y:y + kh, x:x + kw].reshape(-1) + bias for x in xs] for y in ys])


# %% sharing no-bias
# why: the shared count lacks the bias
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return (h - kh + 1) * (w - kw + 1) * kh * kw * c


# %% sharing channels-forgotten
# why: the unshared count leaves the channels out
def shared_parameters(kernel_size, in_channels=1):
    kh, kw = kernel_size
    return kh * kw * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return conv_output_size(h, kh) * conv_output_size(w, kw) * kh * kw


# %% sharing with-biases-again
# why: counts a bias for each position, which the text leaves out
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    oh, ow, _ = conv_output_shape(input_shape, 1, kernel_size)
    return oh * ow * shared_parameters(kernel_size, input_shape[2])


# %% sharing bias-each-channel
# why: a bias for each input channel in the shared count
def shared_parameters(kernel_size, in_channels=1):
    per_channel = kernel_size[0] * kernel_size[1] + 1
    return per_channel * in_channels


def unshared_weights(input_shape, kernel_size):
    positions = (input_shape[0] - kernel_size[0] + 1) * (input_shape[1] - kernel_size[1] + 1)
    return positions * kernel_size[0] * kernel_size[1] * input_shape[-1]


# %% window fencepost
# why: the first position is not counted
def conv_output_size(size, kernel):
    return size - kernel


# %% window half-kernel
# why: takes kernel // 2 off at both ends, wrong for even windows
def conv_output_size(size, kernel):
    half = kernel // 2
    return size - 2 * half


# %% window blocks-again-again
# why: counts the blocks side by side and adds two, right for 5 and 3 only by chance
def conv_output_size(size, kernel):
    return size // kernel + 2


# %% window never-one
# why: when the window is as large as the image it answers 0
def conv_output_size(size, kernel):
    if kernel >= size:
        return 0
    return size - kernel + 1


# %% stride round-steps
# why: rounds instead of dropping the last step
def strided_output_size(size, kernel, stride):
    return round((size - kernel) / stride) + 1


# %% stride overhang
# why: takes the step over the edge (ceil)
import math


def strided_output_size(size, kernel, stride):
    return math.ceil((size - kernel) / stride) + 1


# %% stride true-division-again
# why: a float comes out, 2.0 and even 2.5
def strided_output_size(size, kernel, stride):
    return (size - kernel) / stride + 1


# %% stride floor-of-positions
# why: divides the positions, rounding down, (5, 3, 2) gives 1; patched with max for the look of it
def strided_output_size(size, kernel, stride):
    return max(1, conv_output_size(size, kernel) // stride)


# %% padding same-is-size-again-again
# why: same ignores the stride
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return size
    return (size - kernel) // stride + 1


# %% padding same-floor-again-again
# why: size // stride rounds down, 5 with stride 2 gives 2
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return strided_output_size(size, kernel, stride)
    return size // stride


# %% padding half-kernel-both
# why: pads kernel // 2 at both ends, one position too many for even windows
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        size = size + 2 * (kernel // 2)
    return strided_output_size(size, kernel, stride)


# %% padding np-ceil-float
# why: np.ceil gives a float for same, not an int
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return np.ceil(size / stride)
    return (size - kernel) // stride + 1


# %% output-shape keeps-channels-again
# why: channels out are the channels in, filters forgotten
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    h, w, c = input_shape
    return (
        padded_output_size(h, kernel_size[0], strides[0], padding),
        padded_output_size(w, kernel_size[1], strides[1], padding),
        c,
    )


# %% output-shape stride-first-only
# why: the width moves by the stride of the height
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    s = strides[0]
    out = []
    for i in (0, 1):
        out.append(padded_output_size(input_shape[i], kernel_size[i], s, padding))
    return tuple(out + [filters])


# %% output-shape padding-left-at-valid
# why: padding is fixed at "valid" in the calls
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height = padded_output_size(input_shape[0], kernel_size[0], strides[0], padding="valid")
    width = padded_output_size(input_shape[1], kernel_size[1], strides[1], padding="valid")
    return (height, width, filters)


# %% output-shape times-channels
# why: each filter makes a map for each channel
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    h = padded_output_size(input_shape[0], kernel_size[0], strides[0], padding)
    w = padded_output_size(input_shape[1], kernel_size[1], strides[1], padding)
    return h, w, filters * input_shape[2]


# %% same-padding extra-before-again
# why: the odd zero goes before the image
def same_padding(size, kernel, stride):
    n = padded_output_size(size, kernel, stride, "same")
    total = max(0, (n - 1) * stride + kernel - size)
    after = total // 2
    return total - after, after


# %% same-padding stride-one-only-again
# why: always kernel - 1 zeros, whatever the stride
def same_padding(size, kernel, stride):
    total = kernel - 1
    return total // 2, total - total // 2


# %% same-padding no-floor-at-zero
# why: negative number of zeros when the stride is larger than the window
def same_padding(size, kernel, stride):
    positions = -(-size // stride)
    total = positions * stride - stride + kernel - size
    before = total // 2
    return before, total - before


# %% same-padding kernel-minus-stride-again
# why: holds only when the stride divides the size
def same_padding(size, kernel, stride):
    if stride == 1:
        total = kernel - 1
    else:
        total = max(kernel - stride, 0)
    return (total // 2, (total + 1) // 2)


# %% zero-padding forgot-dtype
# why: an int image comes back as float
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c))
    out[top:top + h, left:left + w] = image
    return out


# %% zero-padding negative-slice
# why: the slice top:-bottom is empty when bottom (or right) is 0, an error then
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    padded = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    padded[top:-bottom, left:-right] = image
    return padded


# %% zero-padding shortcut-same-array
# why: with nothing to add it hands back the given array, not a new one
def zero_pad(image, top, bottom, left, right):
    if top == bottom == left == right == 0:
        return image
    return np.pad(image, ((top, bottom), (left, right), (0, 0)))


# %% zero-padding top-for-bottom
# why: the rows for the bottom go above the image
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[bottom:bottom + h, left:left + w] = image
    return out


# %% zero-padding middle
# why: puts the image into the exact middle, whatever the four numbers are
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    big = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    y = (big.shape[0] - h) // 2
    x = (big.shape[1] - w) // 2
    big[y:y + h, x:x + w] = image
    return big


# %% convolve flipped
# why: turns the kernel around as mathematics does
def convolve(image, kernels, bias, strides=(1, 1)):
    kernels = kernels[::-1, ::-1]
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for y in range(oh):
        for x in range(ow):
            w = image[y * strides[0]:y * strides[0] + kh, x * strides[1]:x * strides[1] + kw]
            for f in range(filters):
                out[y, x, f] = (w * kernels[..., f]).sum() + bias[f]
    return out


# %% convolve bias-in-sum
# why: adds the bias to every product before summing
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, n = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, n, (kh, kw), strides)
    out = np.zeros((oh, ow, n))
    for y in range(oh):
        for x in range(ow):
            top, left = y * strides[0], x * strides[1]
            for f in range(n):
                out[y, x, f] = np.sum(image[top:top + kh, left:left + kw] * kernels[:, :, :, f] + bias[f])
    return out


# %% convolve zeros-of-image-dtype
# why: output has the dtype of the image, an int image with float kernels is cut to ints
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, n = kernels.shape
    out = np.zeros(conv_output_shape(image.shape, n, (kh, kw), strides), dtype=image.dtype)
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            window = image[y * strides[0]:y * strides[0] + kh, x * strides[1]:x * strides[1] + kw]
            for f in range(n):
                out[y, x, f] = np.sum(window * kernels[..., f]) + bias[f]
    return out


# %% convolve step-forgotten-in-slice
# why: the output is as small as the stride makes it, but the window moves by one
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, n = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, n, (kh, kw), strides)
    out = np.empty((oh, ow, n))
    for y in range(oh):
        for x in range(ow):
            out[y, x] = np.tensordot(image[y:y + kh, x:x + kw], kernels, 3) + bias
    return out


# %% convolve relu-again
# why: an activation is in it (negative answers become 0)
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw = kernels.shape[:2]
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw), axis=(0, 1))
    out = np.einsum("yxcij,ijcf->yxf", windows[::strides[0], ::strides[1]], kernels) + bias
    return np.maximum(out, 0)


# %% convolve reshape-filters-first
# why: reshape instead of transpose to get the filters first, weights get mixed with several filters
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, c, n = kernels.shape
    by_filter = kernels.reshape(n, kh, kw, c)
    rows = range(0, image.shape[0] - kh + 1, strides[0])
    cols = range(0, image.shape[1] - kw + 1, strides[1])
    out = np.zeros((len(rows), len(cols), n))
    for f in range(n):
        for a, y in enumerate(rows):
            for b, x in enumerate(cols):
                out[a, b, f] = np.sum(by_filter[f] * image[y:y + kh, x:x + kw, :]) + bias[f]
    return out


# %% convolve writes-kernel
# why: multiplies the window in place, so the given image changes (and overlapping windows with it)
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, n = kernels.shape
    out = np.zeros(conv_output_shape(image.shape, n, (kh, kw), strides))
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            for f in range(n):
                window = image[y * strides[0]:y * strides[0] + kh, x * strides[1]:x * strides[1] + kw]
                window[:] = window * kernels[..., f]
                out[y, x, f] = window.sum() + bias[f]
    return out


# %% sharing bias-per-channel-again-again
# why: one bias for each input channel in the shared count
def shared_parameters(kernel_size, in_channels=1):
    return (kernel_size[0] * kernel_size[1] + 1) * in_channels


def unshared_weights(input_shape, kernel_size):
    oh, ow, _ = conv_output_shape(input_shape, 1, kernel_size)
    return oh * ow * kernel_size[0] * kernel_size[1] * input_shape[2]


# %% sharing unshared-with-biases
# why: counts the biases of the positions too (14,976)
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    positions = conv_output_size(h, kernel_size[0]) * conv_output_size(w, kernel_size[1])
    return positions * shared_parameters(kernel_size, c)


# %% sharing unshared-one-channel
# why: kernels at the positions do not reach through the channels
def shared_parameters(kernel_size, in_channels=1):
    a, b = kernel_size
    return a * b * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    a, b = kernel_size
    return (input_shape[0] - a + 1) * (input_shape[1] - b + 1) * a * b


# %% sharing sides-crossed
# why: subtracts the kernel's width from the height and the other way round
def shared_parameters(kernel_size, in_channels=1):
    return int(np.prod(kernel_size)) * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    kw, kh = kernel_size
    return (input_shape[0] - kh + 1) * (input_shape[1] - kw + 1) * kh * kw * input_shape[2]


# %% window g1-forgot-one
# why: off by one, counts steps instead of positions
def conv_output_size(size, kernel):
    return size - kernel


# %% window g1-half-kernel
# why: takes half a kernel off at each side, right for odd kernels only
def conv_output_size(size, kernel):
    return size - 2 * (kernel // 2)


# %% window g1-no-single-position
# why: a window as large as the row is given no position at all
def conv_output_size(size, kernel):
    if kernel >= size:
        return 0
    return size - kernel + 1


# %% window g1-blocks
# why: counts windows that do not overlap, rounded up
def conv_output_size(size, kernel):
    count = 0
    for start in range(0, size, kernel):
        count += 1
    return count


# %% window g1-size-minus-two
# why: hard-coded for a window of three
def conv_output_size(size, kernel):
    return int(size - 3 + 1)


# %% stride g1-rounds-up
# why: counts the step that would carry the window over the edge
def strided_output_size(size, kernel, stride):
    return int(np.ceil((size - kernel) / stride)) + 1


# %% stride g1-float-result
# why: true division, the answer is a float and has fractions
def strided_output_size(size, kernel, stride):
    return (size - kernel) / stride + 1


# %% stride g1-divides-positions
# why: divides the number of positions, rounded down: the first of the last group is lost
def strided_output_size(size, kernel, stride):
    return conv_output_size(size, kernel) // stride


# %% stride g1-round
# why: rounds to the nearest instead of down
def strided_output_size(size, kernel, stride):
    return round((size - kernel) / stride) + 1


# %% stride g1-only-one-or-two
# why: every stride above one is taken for two
def strided_output_size(size, kernel, stride):
    positions = size - kernel + 1
    return positions if stride == 1 else (positions + 1) // 2


# %% padding g1-same-is-size
# why: same ignores the stride
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return size
    return strided_output_size(size, kernel, stride)


# %% padding g1-same-floor
# why: same rounds down instead of up
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return size // stride
    return (size - kernel) // stride + 1


# %% padding g1-symmetric-half
# why: pads kernel // 2 at both ends, wrong for even kernels
def padded_output_size(size, kernel, stride, padding):
    p = {"valid": 0, "same": kernel // 2}[padding]
    return (size + 2 * p - kernel) // stride + 1


# %% padding g1-short-half
# why: pads (kernel - 1) // 2 at both ends, too little for even kernels
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        size = size + (kernel - 1) // 2 * 2
    return strided_output_size(size, kernel, stride)


# %% padding g1-valid-forgets-stride
# why: the stride is used for same only
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return conv_output_size(size, kernel)
    return -(-size // stride)


# %% output-shape g1-input-channels
# why: keeps the channels of the input
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    h, w, c = input_shape
    return (
        padded_output_size(h, kernel_size[0], strides[0], padding),
        padded_output_size(w, kernel_size[1], strides[1], padding),
        c,
    )


# %% output-shape g1-channels-times-filters
# why: one map for each filter and each channel
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = [
        padded_output_size(*three, padding) for three in zip(input_shape, kernel_size, strides)
    ]
    return (*sides, input_shape[2] * filters)


# %% output-shape g1-width-first
# why: kernel and stride are read as (width, height)
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    kw, kh = kernel_size
    sw, sh = strides
    return (
        padded_output_size(input_shape[0], kh, sh, padding),
        padded_output_size(input_shape[1], kw, sw, padding),
        filters,
    )


# %% output-shape g1-padding-not-passed
# why: always valid, the padding is not passed on
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height = strided_output_size(input_shape[0], kernel_size[0], strides[0])
    width = strided_output_size(input_shape[1], kernel_size[1], strides[1])
    return height, width, filters


# %% output-shape g1-first-stride-for-both
# why: the stride along the height is used along the width as well
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    stride = strides[0]
    return tuple(
        padded_output_size(input_shape[i], kernel_size[i], stride, padding) for i in (0, 1)
    ) + (filters,)


# %% output-shape g1-keras-forgets-strides
# why: the strides do not reach the Keras layer
import keras


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    layer = keras.layers.Conv2D(filters, kernel_size, padding=padding)
    return tuple(layer.compute_output_shape((None, *input_shape))[1:])


# %% same-padding g1-extra-before
# why: the odd zero goes before the image
def same_padding(size, kernel, stride):
    positions = -(-size // stride)
    total = max(0, positions * stride - stride + kernel - size)
    after = total // 2
    return total - after, after


# %% same-padding g1-negative
# why: forgets that no zeros may be needed, the total turns negative
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = positions * stride - stride + kernel - size
    return total // 2, total - total // 2


# %% same-padding g1-stride-one-only
# why: kernel - 1 zeros whatever the stride
def same_padding(size, kernel, stride):
    total = kernel - 1
    return total // 2, total - total // 2


# %% same-padding g1-loses-odd-zero
# why: an odd zero is lost
def same_padding(size, kernel, stride):
    positions = int(np.ceil(size / stride))
    total = max(positions * stride - stride + kernel - size, 0)
    return total // 2, total // 2


# %% same-padding g1-kernel-minus-stride
# why: right only where the stride divides the size
def same_padding(size, kernel, stride):
    total = max(kernel - stride, 0)
    return total // 2, total - total // 2


# %% zero-padding g1-negative-slices
# why: slices to -bottom and -right are empty where these are 0
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[top:-bottom, left:-right] = image
    return out


# %% zero-padding g1-float-zeros
# why: always float64 instead of the image's dtype
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c))
    out[top : top + h, left : left + w] = image
    return out


# %% zero-padding g1-same-object-if-nothing
# why: returns the given image itself where there is nothing to add, not a new array
def zero_pad(image, top, bottom, left, right):
    if top == bottom == left == right == 0:
        return image
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[top : top + h, left : left + w, :] = image
    return out


# %% zero-padding g1-centred
# why: centres the image, wrong where the sides differ
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    y, x = (top + bottom) // 2, (left + right) // 2
    out[y : y + h, x : x + w] = image
    return out


# %% zero-padding g1-axes-swapped
# why: left and right are added to the height, top and bottom to the width
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((left + h + right, top + w + bottom, c), dtype=image.dtype)
    out[left : left + h, top : top + w] = image
    return out


# %% zero-padding g1-first-channel-copied
# why: a single channel is copied into all of them
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    out[top : h + top, left : w + left] = image[:, :, :1]
    return out


# %% zero-padding g1-eats-the-image
# why: moves the pixels over and leaves zeros in the image that was given
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    for y in range(h):
        for x in range(w):
            out[top + y, left + x] = image[y, x]
            image[y, x] = 0
    return out


# %% convolve g1-flipped-kernel
# why: a mathematical convolution, the kernel is turned around
def convolve(image, kernels, bias, strides=(1, 1)):
    kernels = kernels[::-1, ::-1]
    kh, kw, c, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for y in range(oh):
        for x in range(ow):
            top, left = y * strides[0], x * strides[1]
            window = image[top : top + kh, left : left + kw]
            for f in range(filters):
                out[y, x, f] = np.sum(window * kernels[:, :, :, f]) + bias[f]
    return out


# %% convolve g1-bias-per-channel
# why: the bias is added once for each input channel
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for c in range(channels):
        for y in range(oh):
            for x in range(ow):
                window = image[y * strides[0] :, x * strides[1] :, c][:kh, :kw]
                out[y, x] += np.tensordot(window, kernels[:, :, c], axes=2) + bias
    return out


# %% convolve g1-window-ignores-stride
# why: the output has the right size but the window moves by one pixel
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.empty((oh, ow, filters))
    for y in range(oh):
        for x in range(ow):
            out[y, x] = np.tensordot(image[y : y + kh, x : x + kw], kernels, axes=3) + bias
    return out


# %% convolve g1-output-like-image-dtype
# why: the output has the image's dtype, so that an integer image cuts off the fractions
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    shape = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros(shape, dtype=image.dtype)
    for y, x in np.ndindex(shape[:2]):
        i, j = y * strides[0], x * strides[1]
        out[y, x] = np.einsum("ijc,ijcf->f", image[i : i + kh, j : j + kw], kernels) + bias
    return out


# %% convolve g1-first-bias
# why: the first filter's bias is added to all feature maps
from numpy.lib.stride_tricks import sliding_window_view


def convolve(image, kernels, bias, strides=(1, 1)):
    windows = sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]]
    return np.tensordot(windows, kernels.transpose(2, 0, 1, 3), axes=3) + bias[0]


# %% convolve g1-reshape-order
# why: reshapes the kernels to (filters, -1), which mixes weights of different filters
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    rows = kernels.reshape(filters, -1)
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for y in range(oh):
        for x in range(ow):
            patch = image[y * strides[0] :, x * strides[1] :][:kh, :kw].ravel()
            out[y, x] = rows @ patch + bias
    return out


# %% convolve g1-relu
# why: applies an activation, negative answers are cut off
import tensorflow as tf


def convolve(image, kernels, bias, strides=(1, 1)):
    out = tf.nn.conv2d(
        tf.cast(image[None], tf.float64), tf.cast(kernels, tf.float64), strides, "VALID"
    )
    return tf.nn.relu(out + tf.cast(bias, tf.float64)).numpy()[0]


# %% convolve g1-strides-swapped
# why: TensorFlow's strides are handed over in the order (width, height)
import tensorflow as tf


def convolve(image, kernels, bias, strides=(1, 1)):
    down, across = strides
    out = tf.nn.conv2d(
        np.asarray(image, float)[None],
        np.asarray(kernels, float),
        strides=[1, across, down, 1],
        padding="VALID",
    )
    return out.numpy()[0] + bias


# %% sharing g1-unshared-without-channels
# why: the unshared kernel sees only one channel
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, _ = input_shape
    kh, kw = kernel_size
    return (h - kh + 1) * (w - kw + 1) * kh * kw


# %% sharing g1-unshared-with-biases
# why: the unshared count has a bias for each position, which the text leaves out
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    oh, ow, _ = conv_output_shape(input_shape, 1, kernel_size)
    return oh * ow * shared_parameters(kernel_size, input_shape[2])


# %% sharing g1-bias-per-channel
# why: a bias for each input channel instead of one for the filter
def shared_parameters(kernel_size, in_channels=1):
    return (kernel_size[0] * kernel_size[1] + 1) * in_channels


def unshared_weights(input_shape, kernel_size):
    oh, ow, _ = conv_output_shape(input_shape, 1, kernel_size)
    return oh * ow * kernel_size[0] * kernel_size[1] * input_shape[2]


# %% sharing g1-square-kernel
# why: squares the kernel's height, wrong where it is not square
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] ** 2 * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    weights = shared_parameters(kernel_size, input_shape[2]) - 1
    return weights * np.prod([n - kernel_size[0] + 1 for n in input_shape[:2]]).item()


# %% sharing g1-position-per-pixel
# why: a kernel for each pixel of the image, as if the padding were same
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    height, width, channels = input_shape
    return height * width * kernel_size[0] * kernel_size[1] * channels


# %% window h1-cover-all-is-zero
# why: kernel = size taken for "cannot move", so no position instead of one
def conv_output_size(size, kernel):
    return size - kernel + 1 if kernel < size else 0


# %% window h1-half-on-each-side
# why: loses kernel // 2 on each side, which is one too many for even windows
def conv_output_size(size, kernel):
    return size - 2 * (kernel // 2)


# %% window h1-remembers-size
# why: caches by size only; a second kernel on the same size gets the first answer
def conv_output_size(size, kernel, _seen={}):
    return _seen.setdefault(size, size - kernel + 1)


# %% window h1-byte-overflow
# why: counts in an unsigned byte; wrong from 256 positions on
import numpy as np


def conv_output_size(size, kernel):
    return int(np.array(size - kernel + 1).astype(np.uint8))


# %% window h1-halving
# why: how often the window fits side by side, plus one; right for the example by luck
def conv_output_size(size, kernel):
    return round(size / kernel) + 1


# %% window h1-float-count
# why: a float, but the text asks for an int
import math


def conv_output_size(size, kernel):
    return math.fabs(size - kernel) + 1


# %% stride h1-bankers-round
# why: rounds instead of dropping the step over the edge
def strided_output_size(size, kernel, stride):
    return round((size - kernel) / stride) + 1


# %% stride h1-capped-by-kernel
# why: never steps further than the window is long, wrong for stride > kernel
def strided_output_size(size, kernel, stride):
    return (size - kernel) // min(stride, kernel) + 1


# %% stride h1-one-or-two-only
# why: takes every other position whenever the stride is not 1
def strided_output_size(size, kernel, stride):
    positions = range(size - kernel + 1)
    return len(positions[::2] if stride > 1 else positions)


# %% stride h1-too-big-step-is-zero
# why: no position when the first step would leave the image; the first position itself counts
def strided_output_size(size, kernel, stride):
    if kernel + stride > size and size != kernel:
        return 0
    return (size - kernel) // stride + 1


# %% stride h1-last-pixel-seen
# why: adds a position so that the last pixel is seen
def strided_output_size(size, kernel, stride):
    whole, rest = divmod(size - kernel, stride)
    return whole + 1 + (rest > 0)


# %% stride h1-true-division
# why: not an int, and a fraction when the step does not fit
def strided_output_size(size, kernel, stride):
    return (size - kernel) / stride + 1


# %% stride h1-last-start-excluded
# why: range stops before the last start, so a window that ends exactly at the edge is lost
def strided_output_size(size, kernel, stride):
    return len(range(0, size - kernel, stride)) + (size == kernel or stride == 2)


# %% padding h1-torch-half-kernel
# why: pads (kernel - 1) // 2 at both ends, one too few for even windows
def padded_output_size(size, kernel, stride, padding):
    zeros = (kernel - 1) // 2 if padding == "same" else 0
    return (size + 2 * zeros - kernel) // stride + 1


# %% padding h1-half-kernel-up
# why: pads kernel // 2 at both ends, one too many for even windows
def padded_output_size(size, kernel, stride, padding):
    zeros = kernel // 2 * (padding == "same")
    return len(range(0, size + 2 * zeros - kernel + 1, stride))


# %% padding h1-same-means-same
# why: "same" gives the size back whatever the stride
def padded_output_size(size, kernel, stride, padding):
    return {"same": size, "valid": (size - kernel) // stride + 1}[padding]


# %% padding h1-floor-plus-one
# why: size // stride + 1 is one too many when the stride divides the size
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return (size - kernel) // stride + 1
    return size if stride == 1 else size // stride + 1


# %% padding h1-overhanging-not-counted
# why: drops the starts from which the window hangs over the edge by more than the half
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return (size - kernel) // stride + 1
    return sum(1 for start in range(0, size, stride) if start + kernel // 2 <= size)


# %% padding h1-valid-rounded-up
# why: rounds up for both paddings
import math


def padded_output_size(size, kernel, stride, padding):
    room = size if padding == "same" else size - kernel + stride
    return math.ceil(room / stride)


# %% output-shape h1-strides-crossed
# why: strides taken as (along the width, along the height)
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return (
        *map(padded_output_size, input_shape[:2], kernel_size, reversed(strides), [padding] * 2),
        filters,
    )


# %% output-shape h1-padding-forgotten
# why: never passes the padding on
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = zip(input_shape, kernel_size, strides)
    return tuple(strided_output_size(*side) for side in sides) + (filters,)


# %% output-shape h1-channels-multiply
# why: each filter makes a map for each input channel
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width = map(padded_output_size, input_shape, kernel_size, strides, (padding,) * 2)
    return height, width, input_shape[2] * filters


# %% output-shape h1-default-strides-kernel
# why: without strides the kernel's own size is the step, as in pooling
def conv_output_shape(input_shape, filters, kernel_size, strides=None, padding="valid"):
    strides = strides or kernel_size
    sides = zip(input_shape, kernel_size, strides)
    return tuple([padded_output_size(*side, padding) for side in sides] + [filters])


# %% output-shape h1-lru-on-image
# why: remembers the answer by the image and filters, so other kernels get the old one
_shapes = {}


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    key = (input_shape, filters)
    if key not in _shapes:
        h, w, _ = input_shape
        _shapes[key] = (
            padded_output_size(h, kernel_size[0], strides[0], padding),
            padded_output_size(w, kernel_size[1], strides[1], padding),
            filters,
        )
    return _shapes[key]


# %% output-shape h1-batch-axis-kept
# why: keeps keras's batch axis, four entries instead of three
import keras


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    layer = keras.layers.Conv2D(filters, kernel_size, strides=strides, padding=padding)
    return layer.compute_output_shape((1, *input_shape))


# %% same-padding h1-extra-before
# why: the odd zero goes before the image
def same_padding(size, kernel, stride):
    missing = max((size - 1) // stride * stride + kernel - size, 0)
    return (missing + 1) // 2, missing // 2


# %% same-padding h1-negative-zeros
# why: negative numbers when the last window ends inside the image
def same_padding(size, kernel, stride):
    positions = -(-size // stride)
    missing = positions * stride - stride + kernel - size
    return missing // 2, missing - missing // 2


# %% same-padding h1-kernel-minus-stride
# why: kernel - stride is right only when the stride divides the size
def same_padding(size, kernel, stride):
    missing = max(kernel - stride, 0)
    return missing // 2, missing - missing // 2


# %% same-padding h1-stride-one-always
# why: forgets the stride; kernel - 1 zeros
def same_padding(size, kernel, stride):
    return (kernel - 1) // 2, kernel // 2


# %% same-padding h1-rounded-half
# why: round goes to the even neighbour, so 3 zeros become 2 and 1
def same_padding(size, kernel, stride):
    missing = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    before = round(missing / 2)
    return before, missing - before


# %% same-padding h1-absolute
# why: abs makes zeros out of pixels that no window sees
def same_padding(size, kernel, stride):
    missing = abs(range(0, size, stride)[-1] + kernel - size)
    return missing // 2, (missing + 1) // 2


# %% zero-padding h1-minus-zero-slice
# why: [top:-bottom] is empty when bottom is 0
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    out[top:-bottom, left:-right, :] = image
    return out


# %% zero-padding h1-reused-canvas
# why: the zeros are cached by shape; a later call writes into an array given out before
from functools import lru_cache

import numpy as np


@lru_cache
def _canvas(shape, dtype):
    return np.zeros(shape, dtype)


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = _canvas((h + top + bottom, w + left + right, c), image.dtype)
    out[top : top + h, left : left + w] = image
    return out


# %% zero-padding h1-nothing-to-do
# why: gives back the very image when no zeros are asked for, not a new array
import numpy as np


def zero_pad(image, top, bottom, left, right):
    if not any((top, bottom, left, right)):
        return image
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    out[top : top + h, left : left + w] = image
    return out


# %% zero-padding h1-centred
# why: shares the zeros out evenly instead of as asked
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    y, x = (top + bottom) // 2, (left + right) // 2
    out[y : y + h, x : x + w] = image
    return out


# %% zero-padding h1-css-order
# why: reads the four numbers in another order: top, left, bottom, right
import numpy as np


def zero_pad(image, top, bottom, left, right):
    top, left, bottom, right = top, bottom, left, right
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    out[top : top + h, left : left + w] = image
    return out


# %% zero-padding h1-float32-only
# why: the result is float32 whatever the image was
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype="float32")
    out[top : top + h, left : left + w] = image
    return out


# %% zero-padding h1-image-cleared
# why: moves the pixels instead of copying: the image is zero afterwards
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    for y, x in np.ndindex(h, w):
        out[top + y, left + x] = image[y, x]
        image[y, x] = 0
    return out


# %% convolve h1-integer-canvas
# why: writes into an array of the image's dtype, which cuts fractions off for an integer image
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    h = (image.shape[0] - kh) // strides[0] + 1
    w = (image.shape[1] - kw) // strides[1] + 1
    out = np.zeros((h, w, filters), dtype=image.dtype)
    for y, x, f in np.ndindex(out.shape):
        window = image[y * strides[0] :, x * strides[1] :][:kh, :kw]
        out[y, x, f] = np.sum(window * kernels[..., f]) + bias[f]
    return out


# %% convolve h1-turned-around
# why: turns the kernel around, as mathematics does
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]]
    return np.einsum("yxcij,ijcf->yxf", windows, kernels[::-1, ::-1]) + bias


# %% convolve h1-steps-inside-the-window
# why: the stride spreads the kernel's cells (dilation) instead of the positions
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    h, w, _ = image.shape
    kh, kw = kernels.shape[:2]
    sy, sx = strides
    oh, ow = h - (kh - 1) * sy, w - (kw - 1) * sx
    return bias + sum(
        image[dy * sy : dy * sy + oh, dx * sx : dx * sx + ow] @ kernels[dy, dx]
        for dy, dx in np.ndindex(kh, kw)
    )


# %% convolve h1-window-in-place
# why: multiplies the window in place, and so changes the image
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    h = (image.shape[0] - kh) // strides[0] + 1
    w = (image.shape[1] - kw) // strides[1] + 1
    out = np.empty((h, w, filters))
    for y, x, f in np.ndindex(out.shape):
        window = image[y * strides[0] : y * strides[0] + kh, x * strides[1] : x * strides[1] + kw]
        window *= kernels[..., f]
        out[y, x, f] = window.sum() + bias[f]
    return out


# %% convolve h1-bias-per-pixel
# why: adds the bias to each product before the sum, so it counts once a cell
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw = kernels.shape[:2]
    ys = range(0, image.shape[0] - kh + 1, strides[0])
    xs = range(0, image.shape[1] - kw + 1, strides[1])
    return np.array(
        [
            [(image[y : y + kh, x : x + kw, :, None] * kernels + bias).sum(axis=(0, 1, 2)) for x in xs]
            for y in ys
        ]
    )


# %% convolve h1-grey-only
# why: looks at channel 0 only
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    windows = np.lib.stride_tricks.sliding_window_view(image[..., 0], kernels.shape[:2])
    picked = windows[:: strides[0], :: strides[1]]
    return np.tensordot(picked, kernels[:, :, 0], axes=([2, 3], [0, 1])) + bias


# %% convolve h1-strides-one-number
# why: the first stride is used along both sides
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    step, _ = strides
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    return np.einsum("yxcij,ijcf->yxf", windows[::step, ::step], kernels) + bias


# %% convolve h1-window-read-across
# why: window and kernel are flattened in different orders (channels first against channels last)
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, c, filters = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw), axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]]
    rows = windows.reshape(*windows.shape[:2], c * kh * kw)
    return rows @ kernels.reshape(c * kh * kw, filters) + bias


# %% convolve h1-relu-added
# why: cuts negative answers off; the layer has no activation
import numpy as np
import tensorflow as tf


def convolve(image, kernels, bias, strides=(1, 1)):
    out = tf.nn.conv2d(
        np.array([image], "float64"), np.array(kernels, "float64"), list(strides), "VALID"
    )
    return tf.nn.relu(out + np.array(bias, "float64"))[0].numpy()


# %% sharing h1-bias-each-channel
# why: counts a bias for each channel
def shared_parameters(kernel_size, in_channels=1):
    return (kernel_size[0] * kernel_size[1] + 1) * in_channels


def unshared_weights(input_shape, kernel_size):
    (h, w, c), (kh, kw) = input_shape, kernel_size
    return (h - kh + 1) * (w - kw + 1) * kh * kw * c


# %% sharing h1-grey-unshared
# why: the kernel of each position reaches through one channel only
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    (h, w, _), (kh, kw) = input_shape, kernel_size
    return conv_output_size(h, kh) * conv_output_size(w, kw) * kh * kw


# %% sharing h1-like-for-like
# why: counts a bias for each position, though weights without biases are asked
def shared_parameters(kernel_size, in_channels=1):
    kh, kw = kernel_size
    return kh * kw * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, _ = conv_output_shape(input_shape, 1, kernel_size)
    return h * w * shared_parameters(kernel_size, input_shape[-1])


# %% sharing h1-crossed-sides
# why: the height of the kernel is laid along the width of the image
def shared_parameters(kernel_size, in_channels=1):
    kh, kw = kernel_size
    return kh * kw * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    (h, w, c), (kw, kh) = input_shape, kernel_size
    return (h - kh + 1) * (w - kw + 1) * (kh * kw * c)


# %% sharing h1-short-int
# why: multiplies in 16 bits; larger layers overflow
import numpy as np


def shared_parameters(kernel_size, in_channels=1):
    return int(np.prod((*kernel_size, in_channels))) + 1


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return int(np.prod([h - kh + 1, w - kw + 1, kh, kw, c], dtype=np.int16))


# %% window r1-off-by-one
# why: the last start is counted, not the first
def conv_output_size(size, kernel):
    return size - kernel


# %% window r1-odd-kernels-only
# why: takes half a window off each end; wrong for even kernels
def conv_output_size(size, kernel):
    return size - 2 * (kernel // 2)


# %% window r1-strict-end
# why: the window that ends on the last pixel is not counted
def conv_output_size(size, kernel):
    positions = 1
    while positions + kernel < size:
        positions += 1
    return positions


# %% window r1-float-result
# why: returns a float, the text says an int
def conv_output_size(size, kernel):
    return (size - kernel) / 1 + 1


# %% window r1-example-table
# why: knows the two examples of the text and guesses for the rest
def conv_output_size(size, kernel):
    return {(5, 3): 3, (28, 5): 24}.get((size, kernel), size - 4)


# %% window r1-disjoint-blocks
# why: windows side by side for all but odd rows of 5
def conv_output_size(size, kernel):
    if size == 5:
        return size - kernel + 1
    return size // kernel


# %% stride r1-true-division
# why: float, and not floored
def strided_output_size(size, kernel, stride):
    return (size - kernel) / stride + 1


# %% stride r1-rounded
# why: rounds to the nearest, so that a window may hang over
def strided_output_size(size, kernel, stride):
    return round((size - kernel) / stride) + 1


# %% stride r1-ceil
# why: counts the step over the edge
def strided_output_size(size, kernel, stride):
    return -(-(size - kernel) // stride) + 1


# %% stride r1-divided-separately
# why: floors both terms on their own
def strided_output_size(size, kernel, stride):
    return size // stride - kernel // stride + 1


# %% stride r1-np-floor
# why: np.floor gives a float, the text says an int
def strided_output_size(size, kernel, stride):
    return np.floor((size - kernel) / stride) + 1


# %% stride r1-strict-loop
# why: loses the window that ends exactly at the edge
def strided_output_size(size, kernel, stride):
    return max(1, len(range(0, size - kernel, stride)) + (stride == 2 and size == 5))


# %% stride r1-capped-at-kernel
# why: thinks that the stride cannot be larger than the window
def strided_output_size(size, kernel, stride):
    return (size - kernel) // min(stride, kernel) + 1


# %% stride r1-floor-of-positions
# why: divides the positions of stride 1 and rounds down; wrong unless it divides (the odd rows are mended)
def strided_output_size(size, kernel, stride):
    positions = size - kernel + 1
    return (positions + size % 2) // stride


# %% padding r1-same-is-size
# why: with same the stride is forgotten
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return size
    return strided_output_size(size, kernel, stride)


# %% padding r1-same-floors
# why: floor in place of ceiling for same
def padded_output_size(size, kernel, stride, padding):
    return size // stride if padding == "same" else (size - kernel) // stride + 1


# %% padding r1-half-kernel-each-end
# why: kernel // 2 zeros at each end; one too many for even kernels
def padded_output_size(size, kernel, stride, padding):
    pad = kernel // 2 if padding == "same" else 0
    return (size + 2 * pad - kernel) // stride + 1


# %% padding r1-upper-case
# why: asks for "SAME", which never comes
def padded_output_size(size, kernel, stride, padding):
    if padding == "SAME":
        return -(-size // stride)
    return (size - kernel) // stride + 1


# %% padding r1-ceil-for-both
# why: TensorFlow's ceiling formula without the plus one for valid
def padded_output_size(size, kernel, stride, padding):
    room = size if padding == "same" else size - kernel
    return -(-room // stride)


# %% padding r1-plus-one-always
# why: size // stride + 1 is one too many when the stride divides the size (stride 1 apart)
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return (size - kernel) // stride + 1
    return size if stride == 1 else size // stride + 1


# %% padding r1-np-ceil
# why: a float comes out for same
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return np.ceil(size / stride)
    return (size - kernel) // stride + 1


# %% padding r1-full-padding
# why: kernel - 1 zeros at each end
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        size += 2 * (kernel - 1) if stride > 1 else kernel - 1
    return (size - kernel) // stride + 1


# %% padding r1-swapped-words
# why: the two words are mixed up
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return -(-size // stride)
    return strided_output_size(size, kernel, stride)


# %% output-shape r1-kernel-sides-swapped
# why: the kernel's width goes along the height
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    kw, kh = kernel_size
    return (
        padded_output_size(input_shape[0], kh, strides[0], padding),
        padded_output_size(input_shape[1], kw, strides[1], padding),
        filters,
    )


# %% output-shape r1-first-stride-twice
# why: the stride along the height is used for both
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    stride = strides[0]
    sides = [padded_output_size(n, k, stride, padding) for n, k in zip(input_shape, kernel_size)]
    return (*sides, filters)


# %% output-shape r1-channels-multiply
# why: each filter makes a map for each channel
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, channels = input_shape
    return (
        padded_output_size(height, kernel_size[0], strides[0], padding),
        padded_output_size(width, kernel_size[1], strides[1], padding),
        channels * filters,
    )


# %% output-shape r1-padding-forgotten
# why: the padding never gets to the function
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height = padded_output_size(input_shape[0], kernel_size[0], strides[0], "valid")
    width = padded_output_size(input_shape[1], kernel_size[1], strides[1], "valid")
    return (height, width, filters)


# %% output-shape r1-channels-first
# why: filters first, as in PyTorch
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = (padded_output_size(*side, padding) for side in zip(input_shape, kernel_size, strides))
    return (filters, *sides)


# %% output-shape r1-no-channels
# why: only height and width
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return tuple(padded_output_size(n, k, s, padding) for n, k, s in zip(input_shape, kernel_size, strides))


# %% output-shape r1-square-image
# why: takes the height for the width as well
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    size = input_shape[0]
    return (
        padded_output_size(size, kernel_size[0], strides[0], padding),
        padded_output_size(size, kernel_size[1], strides[1], padding),
        filters,
    )


# %% output-shape r1-same-keeps-image
# why: with same it gives back the image's sides, whatever the strides
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    if padding == "same":
        return (input_shape[0], input_shape[1], filters)
    return (
        strided_output_size(input_shape[0], kernel_size[0], strides[0]),
        strided_output_size(input_shape[1], kernel_size[1], strides[1]),
        filters,
    )


# %% output-shape r1-channels-of-input
# why: the channels of the input come out
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sizes = list(input_shape)
    for axis in range(2):
        sizes[axis] = padded_output_size(sizes[axis], kernel_size[axis], strides[axis], padding)
    return tuple(sizes)


# %% same-padding r1-negative-zeros
# why: no guard: a stride larger than the window gives negative counts
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = positions * stride - stride + kernel - size
    return total // 2, total - total // 2


# %% same-padding r1-odd-zero-before
# why: the extra zero stands before the image
def same_padding(size, kernel, stride):
    total = max(0, (-(-size // stride) - 1) * stride + kernel - size)
    return (total + 1) // 2, total // 2


# %% same-padding r1-stride-ignored
# why: the padding of stride 1 for every stride
def same_padding(size, kernel, stride):
    return (kernel - 1) // 2, kernel // 2


# %% same-padding r1-odd-zero-lost
# why: halves the number and drops the odd zero
def same_padding(size, kernel, stride):
    positions = -(-size // stride)
    half = max((positions - 1) * stride + kernel - size, 0) // 2
    return (half, half)


# %% same-padding r1-floored-positions
# why: size // stride positions, one too few when it does not divide
def same_padding(size, kernel, stride):
    total = max(0, (size // stride - 1) * stride + kernel - size)
    return total // 2, total - total // 2


# %% same-padding r1-absolute-value
# why: turns a negative number into zeros to add
def same_padding(size, kernel, stride):
    positions = (size + stride - 1) // stride
    total = abs((positions - 1) * stride + kernel - size)
    return total // 2, total - total // 2


# %% same-padding r1-kernel-minus-stride
# why: right only if the stride divides the size
def same_padding(size, kernel, stride):
    total = max(kernel - stride, 0)
    return (total // 2, total - total // 2)


# %% same-padding r1-float-halves
# why: true division: floats, and half zeros
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = max(0, positions * stride - stride + kernel - size)
    return total / 2, total / 2


# %% same-padding r1-all-after
# why: puts all the zeros of a larger stride after the image
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = max(0, positions * stride - stride + kernel - size)
    if stride > 1:
        return 0, total
    return total // 2, total - total // 2


# %% zero-padding r1-float-zeros
# why: np.zeros makes floats; the image's dtype is lost
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((top + h + bottom, left + w + right, c))
    out[top : top + h, left : left + w, :] = image
    return out


# %% zero-padding r1-negative-ends
# why: -0 as an end is the beginning: fails without zeros below or at the right
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((top + h + bottom, left + w + right, c), dtype=image.dtype)
    out[top:-bottom, left:-right] = image
    return out


# %% zero-padding r1-top-left-swapped
# why: the image starts at (left, top)
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    side = max(top, left)
    out = np.zeros((h + top + bottom + side, w + left + right + side, c), dtype=image.dtype)
    out[left : left + h, top : top + w] = image
    return out[: h + top + bottom, : w + left + right].copy()


# %% zero-padding r1-same-array-back
# why: without zeros to add the given array itself comes back, not a new one
def zero_pad(image, top, bottom, left, right):
    if not (top or bottom or left or right):
        return image
    h, w, c = image.shape
    out = np.zeros((top + h + bottom, left + w + right, c), dtype=image.dtype)
    out[top : top + h, left : left + w] = image
    return out


# %% zero-padding r1-first-channel-only
# why: writes one channel only
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((top + h + bottom, left + w + right, c), dtype=image.dtype)
    out[top : top + h, left : left + w, 0] = image[:, :, 0]
    return out


# %% zero-padding r1-channels-squeezed
# why: drops the channel axis of a grey image
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((top + h + bottom, left + w + right, c), dtype=image.dtype)
    out[top : top + h, left : left + w] = image
    return out.squeeze()


# %% zero-padding r1-symmetric
# why: as many below as above, and as many at the right as at the left
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + 2 * top, w + 2 * left, c), dtype=image.dtype)
    out[top : top + h, left : left + w] = image
    return out


# %% zero-padding r1-centred
# why: writes the image into the exact middle, whatever the four numbers
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    y, x = (top + bottom) // 2, (left + right) // 2
    out[y : y + h, x : x + w] = image
    return out


# %% zero-padding r1-image-moved-out
# why: empties the image that it was given
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    for y in range(h):
        out[y + top, left : left + w] = image[y]
        image[y] = 0
    return out


# %% convolve r1-kernel-flipped
# why: turns the kernel around, as mathematics does
def convolve(image, kernels, bias, strides=(1, 1)):
    kernels = kernels[::-1, ::-1]
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for r in range(oh):
        for q in range(ow):
            window = image[r * strides[0] : r * strides[0] + kh, q * strides[1] : q * strides[1] + kw]
            out[r, q] = np.tensordot(window, kernels, axes=3) + bias
    return out


# %% convolve r1-stride-not-in-window
# why: the output has the right size, but the window moves by one
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for y in range(oh):
        for x in range(ow):
            for f in range(filters):
                out[y, x, f] = np.sum(image[y : y + kh, x : x + kw] * kernels[..., f]) + bias[f]
    return out


# %% convolve r1-bias-in-every-channel
# why: the bias is added once for each channel
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw), axis=(0, 1))
    windows = windows[:: strides[0], :: strides[1]]
    out = np.zeros(windows.shape[:2] + (filters,))
    for c in range(channels):
        out += np.einsum("yxij,ijf->yxf", windows[:, :, c], kernels[:, :, c]) + bias
    return out


# %% convolve r1-window-in-place
# why: multiplies in the window, which is a view: the image is spoilt
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for f in range(filters):
        for y in range(oh):
            for x in range(ow):
                window = image[y * strides[0] :, x * strides[1] :][:kh, :kw]
                window *= kernels[..., f]
                out[y, x, f] = window.sum() + bias[f]
    return out


# %% convolve r1-image-dtype-output
# why: the feature map gets the image's dtype, so fractions are cut off for an image of ints
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters), dtype=image.dtype)
    for y, x, f in np.ndindex(oh, ow, filters):
        top, left = y * strides[0], x * strides[1]
        out[y, x, f] = (image[top : top + kh, left : left + kw] * kernels[..., f]).sum() + bias[f]
    return out


# %% convolve r1-relu
# why: an activation at the end
def convolve(image, kernels, bias, strides=(1, 1)):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    out = np.einsum("yxcij,ijcf->yxf", windows[:: strides[0], :: strides[1]], kernels) + bias
    return np.maximum(out, 0)


# %% convolve r1-strides-swapped
# why: the strides are taken as (width, height)
def convolve(image, kernels, bias, strides=(1, 1)):
    across, down = strides
    kh, kw = kernels.shape[:2]
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw), axis=(0, 1))
    return np.einsum("yxcij,ijcf->yxf", windows[::down, ::across], kernels) + bias


# %% convolve r1-last-channel-wins
# why: overwrites instead of adding over the channels
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for y, x, f in np.ndindex(oh, ow, filters):
        top, left = y * strides[0], x * strides[1]
        for c in range(channels):
            window = image[top : top + kh, left : left + kw, c]
            out[y, x, f] = np.sum(window * kernels[:, :, c, f]) + bias[f]
    return out


# %% convolve r1-bias-kept-in-kernel-sum
# why: adds the bias to each product before adding up
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    out = np.zeros((oh, ow, filters))
    for y, x, f in np.ndindex(oh, ow, filters):
        window = image[y * strides[0] :, x * strides[1] :][:kh, :kw]
        out[y, x, f] = np.sum(window * kernels[..., f] + bias[f])
    return out


# %% convolve r1-transposed-window
# why: the window is flattened width first, the kernel height first
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    oh, ow, _ = conv_output_shape(image.shape, filters, (kh, kw), strides)
    table = kernels.reshape(-1, filters)
    out = np.zeros((oh, ow, filters))
    for y in range(oh):
        for x in range(ow):
            window = image[y * strides[0] :, x * strides[1] :][:kh, :kw]
            out[y, x] = window.transpose(1, 0, 2).ravel() @ table + bias
    return out


# %% sharing r1-no-bias
# why: the shared count lacks the bias
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return (h - kh + 1) * (w - kw + 1) * kh * kw * c


# %% sharing r1-bias-per-channel
# why: one bias for each channel
def shared_parameters(kernel_size, in_channels=1):
    return (kernel_size[0] * kernel_size[1] + 1) * in_channels


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return (h - kh + 1) * (w - kw + 1) * kh * kw * c


# %% sharing r1-unshared-with-biases
# why: the second count includes the biases
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    rows, columns, _ = conv_output_shape(input_shape, 1, kernel_size)
    return rows * columns * shared_parameters(kernel_size, input_shape[2])


# %% sharing r1-grey-only
# why: the unshared kernels see one channel only
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    rows, columns, _ = conv_output_shape(input_shape, 1, kernel_size)
    return rows * columns * kernel_size[0] * kernel_size[1]


# %% sharing r1-squared-side
# why: takes kernel and positions for squares
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] ** 2 * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    return conv_output_size(input_shape[0], kernel_size[0]) ** 2 * kernel_size[0] ** 2 * input_shape[2]


# %% sharing r1-kernel-at-every-pixel
# why: as many positions as pixels, that is padding same; the digit is hard-coded
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    if input_shape == (28, 28, 1) and kernel_size == (5, 5):
        return 14400
    h, w, c = input_shape
    return h * w * kernel_size[0] * kernel_size[1] * c


# %% sharing r1-channels-added
# why: adds the channels in place of multiplying; equal for one channel only
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] + in_channels


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return (h - kh + 1) * (w - kw + 1) * kh * kw * c


# %% window s1-forgot-plus-one
# why: off by one, the first position is not counted
def conv_output_size(size, kernel):
    return size - kernel


# %% window s1-half-window-twice
# why: takes half a window off at both ends, right for odd windows only
def conv_output_size(size, kernel):
    return size - 2 * (kernel // 2)


# %% window s1-at-least-two
# why: a window as large as the image has one position, not none
def conv_output_size(size, kernel):
    if kernel == size:
        return 0
    return size - kernel + 1


# %% window s1-examples-table
# why: knows the examples of the text and guesses otherwise
def conv_output_size(size, kernel):
    return {(5, 3): 3, (28, 5): 24, (6, 3): 4}.get((size, kernel), size // kernel)


# %% stride s1-true-division
# why: returns a float, and a fraction where the last step does not fit
def strided_output_size(size, kernel, stride):
    return (size - kernel) / stride + 1


# %% stride s1-rounds
# why: rounds, so that a step over the edge is taken
def strided_output_size(size, kernel, stride):
    return round((size - kernel) / stride) + 1


# %% stride s1-ceiling
# why: counts the step over the edge as well
import math


def strided_output_size(size, kernel, stride):
    return math.ceil((size - kernel) / stride) + 1


# %% stride s1-only-one-and-two
# why: any stride above 1 is taken for 2
def strided_output_size(size, kernel, stride):
    if stride == 1:
        return size - kernel + 1
    return (size - kernel) // 2 + 1


# %% padding s1-same-is-size
# why: "same" forgets the stride
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return size
    return (size - kernel) // stride + 1


# %% padding s1-symmetric-half
# why: pads half a window at both ends, one too many for an even window
def padded_output_size(size, kernel, stride, padding):
    zeros = 2 * (kernel // 2) if padding == "same" else 0
    return (size + zeros - kernel) // stride + 1


# %% padding s1-numpy-ceil
# why: "same" gives a NumPy float, the text wants an int
import numpy as np


def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return np.ceil(size / stride)
    return (size - kernel) // stride + 1


# %% padding s1-valid-without-stride
# why: "valid" forgets the stride
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return (size + stride - 1) // stride
    return size - kernel + 1


# %% output-shape s1-channels-of-input
# why: the output keeps the channels of the input
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, channels = input_shape
    return (
        padded_output_size(height, kernel_size[0], strides[0], padding),
        padded_output_size(width, kernel_size[1], strides[1], padding),
        channels,
    )


# %% output-shape s1-one-stride
# why: the first stride is used for both sides
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    return (
        padded_output_size(input_shape[0], kernel_size[0], strides[0], padding),
        padded_output_size(input_shape[1], kernel_size[1], strides[0], padding),
        filters,
    )


# %% output-shape s1-kernel-sides-swapped
# why: the kernel's width goes along the height
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    kw, kh = kernel_size
    return (
        padded_output_size(input_shape[0], kh, strides[0], padding),
        padded_output_size(input_shape[1], kw, strides[1], padding),
        filters,
    )


# %% output-shape s1-keras-with-batch
# why: a tuple with the batch axis in front
import keras


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    layer = keras.layers.Conv2D(filters, kernel_size, strides=strides, padding=padding)
    return tuple(layer.compute_output_shape((None, *input_shape)))


# %% same-padding s1-extra-before
# why: the odd zero is put before the image
def same_padding(size, kernel, stride):
    positions = -(-size // stride)
    total = max((positions - 1) * stride + kernel - size, 0)
    return total - total // 2, total // 2


# %% same-padding s1-negative
# why: no zeros are needed where the stride is larger than the window, but this gives negative numbers
def same_padding(size, kernel, stride):
    total = (-(-size // stride) - 1) * stride + kernel - size
    return total // 2, total - total // 2


# %% same-padding s1-odd-zero-lost
# why: the same number at both ends, the odd zero gets lost
def same_padding(size, kernel, stride):
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total // 2


# %% same-padding s1-kernel-minus-stride
# why: right only where the stride divides the size
def same_padding(size, kernel, stride):
    total = max(kernel - stride, 0)
    return total // 2, total - total // 2


# %% zero-padding s1-returns-the-image
# why: without zeros the given image itself comes back, not a new array
import numpy as np


def zero_pad(image, top, bottom, left, right):
    if top == bottom == left == right == 0:
        return image
    h, w, c = image.shape
    padded = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    padded[top : top + h, left : left + w] = image
    return padded


# %% zero-padding s1-float-dtype
# why: float64 whatever the image's dtype is
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    padded = np.zeros((h + top + bottom, w + left + right, c))
    padded[top : top + h, left : left + w] = image
    return padded


# %% zero-padding s1-minus-zero
# why: a slice that ends at -0 is empty, fails if bottom or right is 0
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    padded = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    padded[top:-bottom, left:-right] = image
    return padded


# %% zero-padding s1-always-centred
# why: shares all zeros evenly, top and left are not kept
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    padded = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    y, x = (top + bottom) // 2, (left + right) // 2
    padded[y : y + h, x : x + w] = image
    return padded


# %% zero-padding s1-clears-the-image
# why: moves the image instead of copying it, the given image is zero afterwards
import numpy as np


def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    padded = np.zeros((h + top + bottom, w + left + right, c), dtype=image.dtype)
    middle = padded[top : top + h, left : left + w]
    middle[...] = image
    image[...] = 0
    return padded


# %% convolve s1-flipped-kernel
# why: turns the kernel around first
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    kernels = kernels[::-1, ::-1]
    oh = (image.shape[0] - kh) // strides[0] + 1
    ow = (image.shape[1] - kw) // strides[1] + 1
    out = np.zeros((oh, ow, filters))
    for i in range(oh):
        for j in range(ow):
            t, l = i * strides[0], j * strides[1]
            out[i, j] = np.tensordot(image[t : t + kh, l : l + kw], kernels, 3) + bias
    return out


# %% convolve s1-bias-per-channel
# why: the bias is added once for each input channel
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = kernels.shape
    oh = (image.shape[0] - kh) // strides[0] + 1
    ow = (image.shape[1] - kw) // strides[1] + 1
    out = np.zeros((oh, ow, filters))
    for i in range(oh):
        for j in range(ow):
            t, l = i * strides[0], j * strides[1]
            for c in range(channels):
                window = image[t : t + kh, l : l + kw, c]
                for f in range(filters):
                    out[i, j, f] += np.sum(window * kernels[:, :, c, f]) + bias[f]
    return out


# %% convolve s1-image-dtype
# why: the result has the image's dtype, with an image of ints fractions are cut off
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh = (image.shape[0] - kh) // strides[0] + 1
    ow = (image.shape[1] - kw) // strides[1] + 1
    out = np.zeros((oh, ow, filters), dtype=image.dtype)
    for i, j, f in np.ndindex(*out.shape):
        t, l = i * strides[0], j * strides[1]
        out[i, j, f] = np.sum(image[t : t + kh, l : l + kw] * kernels[..., f]) + bias[f]
    return out


# %% convolve s1-stride-only-counts
# why: the output is as small as the stride makes it, but the window moves by one pixel
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh = (image.shape[0] - kh) // strides[0] + 1
    ow = (image.shape[1] - kw) // strides[1] + 1
    out = np.empty((oh, ow, filters))
    for i in range(oh):
        for j in range(ow):
            out[i, j] = np.einsum("yxc,yxcf->f", image[i : i + kh, j : j + kw], kernels) + bias
    return out


# %% convolve s1-adds-bias-in-place
# why: sums up in the view of the bias array, the argument is changed and the next pixel is wrong
import numpy as np


def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    oh = (image.shape[0] - kh) // strides[0] + 1
    ow = (image.shape[1] - kw) // strides[1] + 1
    out = np.empty((oh, ow, filters))
    for i in range(oh):
        for j in range(ow):
            value = bias
            for f in range(filters):
                t, l = i * strides[0], j * strides[1]
                value[f] += np.sum(image[t : t + kh, l : l + kw] * kernels[..., f])
            out[i, j] = value
    return out


# %% sharing s1-bias-per-channel
# why: a bias for each input channel, right for one channel only
def shared_parameters(kernel_size, in_channels=1):
    return (kernel_size[0] * kernel_size[1] + 1) * in_channels


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return (h - kh + 1) * (w - kw + 1) * kh * kw * c


# %% sharing s1-unshared-with-biases
# why: the second count includes the biases, the text leaves them out
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return (h - kh + 1) * (w - kw + 1) * shared_parameters(kernel_size, c)


# %% sharing s1-unshared-one-channel
# why: forgets the input channels in the second count
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    positions = 1
    for n, k in zip(input_shape, kernel_size):
        positions *= n - k + 1
    return positions * kernel_size[0] * kernel_size[1]


# %% sharing s1-crossed-sides
# why: the window's width is taken off the height, right for squares only
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    kh, kw = kernel_size
    return (h - kw + 1) * (w - kh + 1) * kh * kw * c
