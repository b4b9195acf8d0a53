# Wrong answers to assignment 1, Convolution.

# %% window no-plus-one
def conv_output_size(size, kernel):
    return size - kernel


# %% stride no-plus-one
def strided_output_size(size, kernel, stride):
    return (size - kernel) // stride


# %% stride plus-one-inside
def strided_output_size(size, kernel, stride):
    return (size - kernel + 1) // stride


# %% stride kernel-ignored
def strided_output_size(size, kernel, stride):
    return size // stride


# %% stride ceil
import math


def strided_output_size(size, kernel, stride):
    return math.ceil((size - kernel) / stride) + 1


# %% stride true-division [rules]
def strided_output_size(size, kernel, stride):
    return (size - kernel) / stride + 1


# %% stride stride-ignored
def strided_output_size(size, kernel, stride):
    return size - kernel + 1


# %% padding padding-ignored
def padded_output_size(size, kernel, stride, padding):
    return (size - kernel) // stride + 1


# %% padding same-floor
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return (size - kernel) // stride + 1
    return size // stride


# %% padding same-keeps-size
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return (size - kernel) // stride + 1
    return size


# %% padding same-symmetric [rules]
def padded_output_size(size, kernel, stride, padding):
    around = (kernel - 1) // 2 if padding == "same" else 0
    return (size + 2 * around - kernel) // stride + 1


# %% padding stride-ignored
def padded_output_size(size, kernel, stride, padding):
    return size - kernel + 1 if padding == "valid" else size


# %% padding no-plus-one
import math


def padded_output_size(size, kernel, stride, padding):
    return (size - kernel) // stride if padding == "valid" else math.ceil(size / stride)


# %% output-shape kernel-swapped
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    rows = padded_output_size(input_shape[0], kernel_size[1], strides[0], padding)
    columns = padded_output_size(input_shape[1], kernel_size[0], strides[1], padding)
    return rows, columns, filters


# %% output-shape stride-swapped
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    rows = padded_output_size(input_shape[0], kernel_size[0], strides[1], padding)
    columns = padded_output_size(input_shape[1], kernel_size[1], strides[0], padding)
    return rows, columns, filters


# %% output-shape output-swapped
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    rows = padded_output_size(input_shape[0], kernel_size[0], strides[0], padding)
    columns = padded_output_size(input_shape[1], kernel_size[1], strides[1], padding)
    return columns, rows, filters


# %% output-shape channels-first
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    rows = padded_output_size(input_shape[0], kernel_size[0], strides[0], padding)
    columns = padded_output_size(input_shape[1], kernel_size[1], strides[1], padding)
    return filters, rows, columns


# %% output-shape channels-kept
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, channels = input_shape
    rows = padded_output_size(height, kernel_size[0], strides[0], padding)
    columns = padded_output_size(width, kernel_size[1], strides[1], padding)
    return rows, columns, channels


# %% output-shape stride-along-width
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    rows = padded_output_size(input_shape[0], kernel_size[0], 1, padding)
    columns = padded_output_size(input_shape[1], kernel_size[1], 1, padding)
    return rows, columns, filters


# %% output-shape no-plus-one
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = []
    for size, kernel, stride in zip(input_shape, kernel_size, strides):
        if padding == "valid":
            sides.append((size - kernel) // stride)
        else:
            sides.append(-(-size // stride))
    return *sides, filters


# %% same-padding same-symmetric
def same_padding(size, kernel, stride):
    return (kernel - 1) // 2, (kernel - 1) // 2


# %% same-padding same-extra-before [rules]
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = max(0, (positions - 1) * stride + kernel - size)
    return total - total // 2, total // 2


# %% same-padding same-stride-forgotten
def same_padding(size, kernel, stride):
    before = (kernel - 1) // 2
    return before, kernel - 1 - before


# %% same-padding same-negative [rules]
def same_padding(size, kernel, stride):
    positions = padded_output_size(size, kernel, stride, "same")
    total = (positions - 1) * stride + kernel - size
    return total // 2, total - total // 2


# %% zero-padding pad-swapped
def zero_pad(image, top, bottom, left, right):
    return np.pad(image, ((left, right), (top, bottom), (0, 0)))


# %% zero-padding pad-ends-swapped
def zero_pad(image, top, bottom, left, right):
    return np.pad(image, ((bottom, top), (right, left), (0, 0)))


# %% part: layer
def layer(image, kernels, strides):
    """The layer without its bias."""
    kernel_height, kernel_width, _, filters = kernels.shape
    rows = (image.shape[0] - kernel_height) // strides[0] + 1
    columns = (image.shape[1] - kernel_width) // strides[1] + 1
    out = np.zeros((rows, columns, filters))
    for row in range(rows):
        for column in range(columns):
            top, left = row * strides[0], column * strides[1]
            window = image[top : top + kernel_height, left : left + kernel_width, :, None]
            out[row, column] = (window * kernels).sum(axis=(0, 1, 2))
    return out


# %% convolve bias-forgotten with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return layer(image, kernels, strides)


# %% convolve kernel-flipped [rules] with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return layer(image, kernels[::-1, ::-1], strides) + bias


# %% convolve input-channels-forgotten with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return layer(image[:, :, :1], kernels[:, :, :1], strides) + bias


# %% convolve stride-along-width with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return layer(image, kernels, (1, 1)) + bias


# %% convolve stride-swapped with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return layer(image, kernels, strides[::-1]) + bias


# %% convolve output-swapped with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return (layer(image, kernels, strides) + bias).swapaxes(0, 1)


# %% convolve channels-first with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return np.moveaxis(layer(image, kernels, strides) + bias, -1, 0)


# %% sharing bias-forgotten
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels


# %% sharing input-channels-forgotten
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] + 1


# %% sharing bias-counted [rules]
def unshared_weights(input_shape, kernel_size):
    height, width, channels = input_shape
    positions = (height - kernel_size[0] + 1) * (width - kernel_size[1] + 1)
    return positions * (kernel_size[0] * kernel_size[1] * channels + 1)


# %% sharing positions-everywhere
def unshared_weights(input_shape, kernel_size):
    height, width, channels = input_shape
    return height * width * channels * kernel_size[0] * kernel_size[1]


# %% sharing one-kernel
def unshared_weights(input_shape, kernel_size):
    return kernel_size[0] * kernel_size[1] * input_shape[2]


# %% sharing input-channels-forgotten
def unshared_weights(input_shape, kernel_size):
    height, width, _ = input_shape
    positions = (height - kernel_size[0] + 1) * (width - kernel_size[1] + 1)
    return positions * kernel_size[0] * kernel_size[1]


# %% sharing no-plus-one
def unshared_weights(input_shape, kernel_size):
    height, width, channels = input_shape
    positions = (height - kernel_size[0]) * (width - kernel_size[1])
    return positions * kernel_size[0] * kernel_size[1] * channels


# Mistakes without a help of their own ("other-..."): numbers too narrow, effects, broken promises.


# %% window other-uint8 [numbers]
def conv_output_size(size, kernel):
    return int(np.int64(size - kernel + 1).astype(np.uint8))


# %% window other-at-most-28 [numbers]
def conv_output_size(size, kernel):
    return min(size, 28) - kernel + 1


# %% stride other-table [numbers]
def strided_output_size(size, kernel, stride):
    return len(range(0, min(size, 100) - kernel + 1, stride))


# %% padding other-at-most-40 [numbers]
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return min(-(-size // stride), 40)
    return (size - kernel) // stride + 1


# %% output-shape other-at-most-nine-filters [numbers]
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = [
        -(-side // stride) if padding == "same" else (side - kernel) // stride + 1
        for side, kernel, stride in zip(input_shape, kernel_size, strides)
    ]
    return (*sides, min(filters, 9))


# %% output-shape other-changes-nothing-but-a-constant [numbers]
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    sides = [
        -(-side // stride) if padding == "same" else (side - kernel) // stride + 1
        for side, kernel, stride in zip(input_shape, kernel_size, strides)
    ]
    return (sides[0] % 128, sides[1] % 128, filters)


# %% same-padding other-clipped-for-each-end [rules]
def same_padding(size, kernel, stride):
    total = (-(-size // stride) - 1) * stride + kernel - size
    return max(0, total // 2), max(1, total - total // 2)


# %% zero-padding other-always-float [rules]
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    padded = np.zeros((top + height + bottom, left + width + right, channels))
    padded[top : top + height, left : left + width] = image
    return padded


# %% zero-padding other-always-int [numbers]
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    padded = np.zeros((top + height + bottom, left + width + right, channels), dtype=int)
    padded[top : top + height, left : left + width] = image
    return padded


# %% zero-padding other-float32 [numbers]
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    padded = np.zeros((top + height + bottom, left + width + right, channels), np.float32)
    padded[top : top + height, left : left + width] = image
    return padded


# %% zero-padding other-the-image-itself [effects]
def zero_pad(image, top, bottom, left, right):
    if top == bottom == left == right == 0:
        return image
    return np.pad(image, ((top, bottom), (left, right), (0, 0)))


# %% zero-padding other-changes-the-image [effects]
def zero_pad(image, top, bottom, left, right):
    padded = np.pad(image, ((top, bottom), (left, right), (0, 0)))
    image[0] = 0
    return padded


# %% convolve other-int-output [numbers] with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return (layer(image, kernels, strides) + bias).astype(int)


# %% convolve other-rounded-kernels [numbers] with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return layer(image, np.round(kernels), strides) + bias


# %% convolve other-int-image [numbers] with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return layer(image.astype(int), kernels, strides) + bias


# %% convolve other-float16 [numbers] with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return (layer(image, kernels, strides) + bias).astype(np.float16)


# %% convolve activation [rules] with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return np.maximum((layer(image, kernels, strides) + bias), 0)


# %% convolve other-one-decimal [numbers] with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return np.round((layer(image, kernels, strides) + bias), 1)


# %% convolve other-normalizes-the-image [effects] with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    output = layer(image, kernels, strides) + bias
    image -= image.mean()
    return output


# %% convolve other-adds-up-in-the-bias [effects] with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    output = layer(image, kernels, strides) + bias
    bias += 1
    return output


# %% sharing other-int16 [numbers]
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


def unshared_weights(input_shape, kernel_size):
    positions = (input_shape[0] - kernel_size[0] + 1) * (input_shape[1] - kernel_size[1] + 1)
    count = positions * kernel_size[0] * kernel_size[1] * input_shape[2]
    return int(np.int64(count).astype(np.int16))


# %% sharing other-three-channels-at-most [numbers]
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * min(in_channels, 3) + 1


def unshared_weights(input_shape, kernel_size):
    positions = (input_shape[0] - kernel_size[0] + 1) * (input_shape[1] - kernel_size[1] + 1)
    return positions * kernel_size[0] * kernel_size[1] * min(input_shape[2], 3)


# %% convolve bias-in-sum
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    rows = (image.shape[0] - kh) // strides[0] + 1
    cols = (image.shape[1] - kw) // strides[1] + 1
    out = np.zeros((rows, cols, filters))
    for i in range(rows):
        for j in range(cols):
            w = image[i * strides[0] : i * strides[0] + kh, j * strides[1] : j * strides[1] + kw]
            for f in range(filters):
                out[i, j, f] = np.sum(w * kernels[..., f] + bias[f])
    return out


# %% convolve slice-without-stride
def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, _, filters = kernels.shape
    rows = (image.shape[0] - kh) // strides[0] + 1
    cols = (image.shape[1] - kw) // strides[1] + 1
    out = np.zeros((rows, cols, filters))
    for i in range(rows):
        for j in range(cols):
            w = image[i : i + kh, j : j + kw]
            for f in range(filters):
                out[i, j, f] = np.sum(w * kernels[..., f]) + bias[f]
    return out


# %% sharing bias-per-channel
def shared_parameters(kernel_size, in_channels=1):
    return kernel_size[0] * kernel_size[1] * in_channels + in_channels


def unshared_weights(input_shape, kernel_size):
    h, w, c = input_shape
    return (h - kernel_size[0] + 1) * (w - kernel_size[1] + 1) * kernel_size[0] * kernel_size[1] * c


# %% zero-padding pad-minus-zero
def zero_pad(image, top, bottom, left, right):
    h, w, c = image.shape
    out = np.zeros((h + top + bottom, w + left + right, c), image.dtype)
    out[top:-bottom, left:-right] = image
    return out


# %% window other-remembers-the-size [effects]
WINDOW_RESULTS = {}


def conv_output_size(size, kernel):
    if size not in WINDOW_RESULTS:
        WINDOW_RESULTS[size] = size - kernel + 1
    return WINDOW_RESULTS[size]


# %% window other-float [rules]
def conv_output_size(size, kernel):
    return size - kernel + 1.0


# %% stride other-remembers-size-and-kernel [effects]
STRIDE_RESULTS = {}


def strided_output_size(size, kernel, stride):
    key = size, kernel
    if key not in STRIDE_RESULTS:
        STRIDE_RESULTS[key] = (size - kernel) // stride + 1
    return STRIDE_RESULTS[key]


# %% padding padding-ignored [effects]
PADDING_RESULTS = {}


def padded_output_size(size, kernel, stride, padding):
    key = size, kernel, stride
    if key not in PADDING_RESULTS:
        room = size if padding == "same" else size - kernel + 1
        PADDING_RESULTS[key] = -(-room // stride)
    return PADDING_RESULTS[key]


# %% output-shape other-remembers-the-image [effects]
SHAPE_RESULTS = {}


def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    if input_shape not in SHAPE_RESULTS:
        SHAPE_RESULTS[input_shape] = (
            padded_output_size(input_shape[0], kernel_size[0], strides[0], padding),
            padded_output_size(input_shape[1], kernel_size[1], strides[1], padding),
            filters,
        )
    return SHAPE_RESULTS[input_shape]


# %% output-shape other-same-by-default [rules]
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="same"):
    rows = padded_output_size(input_shape[0], kernel_size[0], strides[0], padding)
    columns = padded_output_size(input_shape[1], kernel_size[1], strides[1], padding)
    return rows, columns, filters


# %% output-shape other-strides-of-two-by-default [rules]
def conv_output_shape(input_shape, filters, kernel_size, strides=(2, 2), padding="valid"):
    rows = padded_output_size(input_shape[0], kernel_size[0], strides[0], padding)
    columns = padded_output_size(input_shape[1], kernel_size[1], strides[1], padding)
    return rows, columns, filters


# %% same-padding other-remembers-size-and-kernel [effects]
ZEROS_RESULTS = {}


def same_padding(size, kernel, stride):
    key = size, kernel
    if key not in ZEROS_RESULTS:
        total = max(0, (-(-size // stride) - 1) * stride + kernel - size)
        ZEROS_RESULTS[key] = total // 2, total - total // 2
    return ZEROS_RESULTS[key]


# %% same-padding other-uint8 [numbers]
def same_padding(size, kernel, stride):
    reach = (padded_output_size(size, kernel, stride, "same") - 1) * stride + kernel
    total = int(np.int64(reach).astype(np.uint8) - np.int64(size).astype(np.uint8))
    return total // 2, total - total // 2


# %% convolve other-strides-of-two-by-default [rules] with layer
def convolve(image, kernels, bias, strides=(2, 2)):
    return layer(image, kernels, strides) + bias


# %% sharing other-remembers-the-kernel [effects]
SHARED_RESULTS = {}


def shared_parameters(kernel_size, in_channels=1):
    if kernel_size not in SHARED_RESULTS:
        SHARED_RESULTS[kernel_size] = kernel_size[0] * kernel_size[1] * in_channels + 1
    return SHARED_RESULTS[kernel_size]


# %% sharing other-three-channels-by-default [rules]
def shared_parameters(kernel_size, in_channels=3):
    return kernel_size[0] * kernel_size[1] * in_channels + 1


# %% window half-kernel
def conv_output_size(size, kernel):
    return size - 2 * (kernel // 2)


# %% stride plus-one-twice
def strided_output_size(size, kernel, stride):
    return conv_output_size(size, kernel) // stride + 1


# %% stride kernel-ignored
import math


def strided_output_size(size, kernel, stride):
    return math.ceil(size / stride) if stride == 1 else size // stride


# %% stride other-rounded-apart
def strided_output_size(size, kernel, stride):
    return size // stride - kernel + 1


# %% padding same-plus-one
def padded_output_size(size, kernel, stride, padding):
    if padding == "same":
        return size // stride + 1
    return (size - kernel) // stride + 1


# %% padding same-half-kernel
def padded_output_size(size, kernel, stride, padding):
    around = kernel // 2 if padding == "same" else 0
    return (size + 2 * around - kernel) // stride + 1


# %% output-shape kernel-height-twice
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, _ = input_shape
    rows = padded_output_size(height, kernel_size[0], strides[0], padding)
    return rows, padded_output_size(width, kernel_size[0], strides[1], padding), filters


# %% output-shape stride-along-width
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, _ = input_shape
    rows = padded_output_size(height, kernel_size[0], strides[0], padding)
    return rows, padded_output_size(width, kernel_size[1], strides[0], padding), filters


# %% output-shape square-output
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    side = padded_output_size(input_shape[0], kernel_size[0], strides[0], padding)
    return side, side, filters


# %% output-shape padding-ignored
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, _ = input_shape
    rows = strided_output_size(height, kernel_size[0], strides[0])
    return rows, strided_output_size(width, kernel_size[1], strides[1]), filters


# %% output-shape channels-multiplied
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, channels = input_shape
    rows = padded_output_size(height, kernel_size[0], strides[0], padding)
    columns = padded_output_size(width, kernel_size[1], strides[1], padding)
    return rows, columns, filters * channels


# %% same-padding same-half-kernel
def same_padding(size, kernel, stride):
    return kernel // 2, kernel // 2


# %% same-padding same-odd-lost
def same_padding(size, kernel, stride):
    total = max(0, (padded_output_size(size, kernel, stride, "same") - 1) * stride + kernel - size)
    return total // 2, total // 2


# %% same-padding same-kernel-minus-stride
def same_padding(size, kernel, stride):
    total = max(0, kernel - stride)
    return total // 2, total - total // 2


# %% zero-padding pad-centred
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    padded = np.zeros((top + height + bottom, left + width + right, channels), image.dtype)
    row, column = (top + bottom) // 2, (left + right) // 2
    padded[row : row + height, column : column + width] = image
    return padded


# %% zero-padding pad-slice
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    padded = np.zeros((top + height + bottom, left + width + right, channels), image.dtype)
    padded[left : left + height, top : top + width] = image
    return padded


# %% zero-padding pad-slice
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    padded = np.zeros((top + height + bottom, left + width + right, channels), image.dtype)
    padded[top:height, left:width] = image
    return padded


# %% zero-padding pad-slice
def zero_pad(image, top, bottom, left, right):
    height, width, _ = image.shape
    padded = np.zeros((top + height + bottom, left + width + right), image.dtype)
    padded[top : top + height, left : left + width] = image
    return padded


# %% convolve bias-per-channel
def convolve(image, kernels, bias, strides=(1, 1)):
    kernel_height, kernel_width, channels, filters = kernels.shape
    rows = strided_output_size(image.shape[0], kernel_height, strides[0])
    columns = strided_output_size(image.shape[1], kernel_width, strides[1])
    output = np.zeros((rows, columns, filters))
    for row in range(rows):
        for column in range(columns):
            top, left = row * strides[0], column * strides[1]
            window = image[top : top + kernel_height, left : left + kernel_width]
            for channel in range(channels):
                products = window[:, :, channel, None] * kernels[:, :, channel]
                output[row, column] += products.sum(axis=(0, 1)) + bias
    return output


# %% convolve first-bias with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return layer(image, kernels, strides) + bias[0]


# %% convolve fractions-lost [numbers] with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    output = layer(image, kernels, strides) + bias
    return output.astype(image.dtype)


# %% convolve stride-along-width with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return layer(image, kernels, (strides[0], strides[0])) + bias


# %% padding same-float [rules]
def padded_output_size(size, kernel, stride, padding):
    return size / stride if padding == "same" else (size - kernel) // stride + 1


# %% stride python-float
def strided_output_size(size, kernel, stride):
    count = 0
    for _ in range((size - kernel) / stride + 1):
        count += 1
    return count


# %% stride python-none
def strided_output_size(size, kernel, stride):
    return print((size - kernel) // stride) + 1


# %% output-shape python-tuple-arithmetic
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width = (input_shape[:2] - kernel_size) // strides + 1
    return height, width, filters


# %% output-shape python-unpack
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width = input_shape
    height = padded_output_size(height, kernel_size[0], strides[0], padding)
    width = padded_output_size(width, kernel_size[1], strides[1], padding)
    return height, width, filters


# %% output-shape python-called
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height = padded_output_size(input_shape(0), kernel_size(0), strides(0), padding)
    width = padded_output_size(input_shape(1), kernel_size(1), strides(1), padding)
    return height, width, filters


# %% output-shape python-tuple-changed
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    output_shape = input_shape
    for axis in range(2):
        output_shape[axis] = padded_output_size(
            input_shape[axis], kernel_size[axis], strides[axis], padding
        )
    output_shape[2] = filters
    return output_shape


# %% same-padding python-import
def same_padding(size, kernel, stride):
    total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


# %% same-padding python-float
def same_padding(size, kernel, stride):
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return len(range(total / 2)), total - len(range(total / 2))


# %% convolve numpy-shape
def convolve(image, kernels, bias, strides=(1, 1)):
    height, width, filters = conv_output_shape(
        image.shape, kernels.shape[-1], kernels.shape[:2], strides
    )
    return np.zeros(height, width, filters)


# %% convolve numpy-list
def convolve(image, kernels, bias, strides=(1, 1)):
    height, width, filters = conv_output_shape(
        image.shape, kernels.shape[-1], kernels.shape[:2], strides
    )
    result = []
    for row, column, number in np.ndindex(height, width, filters):
        top, left = row * strides[0], column * strides[1]
        window = image[top : top + kernels.shape[0], left : left + kernels.shape[1]]
        result[row, column, number] = np.sum(window * kernels[..., number]) + bias[number]
    return result


# %% convolve numpy-place
def convolve(image, kernels, bias, strides=(1, 1)):
    height, width, filters = conv_output_shape(
        image.shape, kernels.shape[-1], kernels.shape[:2], strides
    )
    result = np.zeros((height, width, filters))
    for row, column, number in np.ndindex(height, width, filters):
        top, left = row * strides[0], column * strides[1]
        window = image[top : top + kernels.shape[0], left : left + kernels.shape[1]]
        result[row, column, number] = window * kernels[..., number] + bias[number]
    return result


# %% convolve numpy-append
def convolve(image, kernels, bias, strides=(1, 1)):
    height, width, filters = conv_output_shape(
        image.shape, kernels.shape[-1], kernels.shape[:2], strides
    )
    result = np.array([])
    for row, column, number in np.ndindex(height, width, filters):
        top, left = row * strides[0], column * strides[1]
        window = image[top : top + kernels.shape[0], left : left + kernels.shape[1]]
        result.append(np.sum(window * kernels[..., number]) + bias[number])
    return result.reshape(height, width, filters)


# %% sharing python-tuple-arithmetic
def shared_parameters(kernel_size, channels=1):
    return kernel_size * kernel_size * channels + 1


def unshared_weights(input_shape, kernel_size):
    return input_shape * input_shape * kernel_size


# %% window python-input
def conv_output_size(size, kernel):
    return int(input("How many? "))


# %% stride brackets-missing
def strided_output_size(size, kernel, stride):
    return size - kernel // stride + 1


# %% padding paddings-exchanged
def padded_output_size(size, kernel, stride, padding):
    if padding == "valid":
        return -(-size // stride)
    return (size - kernel) // stride + 1


# %% output-shape filters-left-out
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, _ = input_shape
    rows = padded_output_size(height, kernel_size[0], strides[0], padding)
    return rows, padded_output_size(width, kernel_size[1], strides[1], padding)


# %% output-shape batch-axis
def conv_output_shape(input_shape, filters, kernel_size, strides=(1, 1), padding="valid"):
    height, width, _ = input_shape
    rows = padded_output_size(height, kernel_size[0], strides[0], padding)
    return None, rows, padded_output_size(width, kernel_size[1], strides[1], padding), filters


# %% same-padding same-one-number
def same_padding(size, kernel, stride):
    return (kernel - 1) // 2


# %% same-padding other-floats
def same_padding(size, kernel, stride):
    positions = np.ceil(size / stride)
    total = max((positions - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


# %% zero-padding pad-image-missing
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    return np.zeros((top + height + bottom, left + width + right, channels), image.dtype)


# %% zero-padding pad-one-end
def zero_pad(image, top, bottom, left, right):
    height, width, channels = image.shape
    padded = np.zeros((top + height, left + width, channels), image.dtype)
    padded[top:, left:] = image
    return padded


# %% zero-padding pad-every-axis
def zero_pad(image, top, bottom, left, right):
    return np.pad(image, top)


# %% zero-padding pad-pairs
def zero_pad(image, top, bottom, left, right):
    return np.pad(image, ((top, bottom), (left, right)))


# %% zero-padding numpy-join
def zero_pad(image, top, bottom, left, right):
    _, width, _ = image.shape
    return np.concatenate([np.zeros((top, width)), image, np.zeros((bottom, width))])


# %% convolve loops-too-short with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    output = layer(image, kernels, strides) + bias
    output[-1], output[:, -1] = 0, 0
    return output


# %% convolve image-sized with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    right = layer(image, kernels, strides) + bias
    output = np.zeros((*image.shape[:2], kernels.shape[3]))
    output[: len(right), : right.shape[1]] = right
    return output


# %% convolve maps-axis-lost with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return (layer(image, kernels, strides) + bias)[:, :, 0]


# %% convolve last-map-alone with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    for place in range(len(bias)):
        output = np.zeros_like(layer(image, kernels, strides) + bias)
        output[..., place] = (layer(image, kernels, strides) + bias)[..., place]
    return output


# %% convolve last-channel-alone with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    for channel in range(image.shape[2]):
        part = slice(channel, channel + 1)
        output = layer(image[..., part], kernels[:, :, part], strides) + bias
    return output


# %% convolve mean-not-sum with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return layer(image, kernels / kernels[..., 0].size, strides) + bias


# %% convolve window-and-kernel
def convolve(image, kernels, bias, strides=(1, 1)):
    rows = (image.shape[0] - kernels.shape[0]) // strides[0] + 1
    columns = (image.shape[1] - kernels.shape[1]) // strides[1] + 1
    output = np.zeros((rows, columns, kernels.shape[3]))
    for row in range(rows):
        for column in range(columns):
            for k in range(kernels.shape[3]):
                window = image[row : row + kernels.shape[0], column : column + kernels.shape[1]]
                output[row, column, k] = np.sum(window * kernels[k]) + bias[k]
    return output


# %% convolve numpy-fit
def convolve(image, kernels, bias, strides=(1, 1)):
    output = np.zeros_like(image)
    rows = (image.shape[0] - kernels.shape[0]) // strides[0] + 1
    columns = (image.shape[1] - kernels.shape[1]) // strides[1] + 1
    for row in range(rows):
        for column in range(columns):
            top, left = row * strides[0], column * strides[1]
            window = image[top : top + kernels.shape[0], left : left + kernels.shape[1]]
            output[row, column] = np.append(np.tensordot(window, kernels, axes=3) + bias, 0)
    return output


# %% sharing positions-alone
def unshared_weights(input_shape, kernel_size):
    height, width, _ = input_shape
    return conv_output_size(height, kernel_size[0]) * conv_output_size(width, kernel_size[1])


# %% convolve maps-in-one-row with layer
def convolve(image, kernels, bias, strides=(1, 1)):
    return np.array([values for row in layer(image, kernels, strides) + bias for values in row])
