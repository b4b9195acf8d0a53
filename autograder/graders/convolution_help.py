"""The help of assignment 1, Convolution: what is said about each known mistake."""

from __future__ import annotations

HELP = {
    "no-plus-one": (
        "You are one short. The window's first position counts too: the number of positions is one "
        "more than the number of steps."
    ),
    "half-kernel": (
        "You took half a window off at each end, `kernel // 2`. That is right for odd windows only: a window "
        "of 4 takes 3 positions away, not 4."
    ),
    "plus-one-inside": (
        "You added one before dividing. Count the whole steps first, then add the first position."
    ),
    "plus-one-twice": (
        "You added one before dividing, and one more after it. Count the whole steps first, then add the "
        "first position."
    ),
    "kernel-ignored": (
        "The window's own size does not count in your answer. Take it off before you divide."
    ),
    "ceil": (
        "You rounded up. A step that would carry the window over the edge is not taken, so round down."
    ),
    "true-division": (
        "The value is a `float`: `/` always makes one. Sizes count pixels; use `//` for a whole number."
    ),
    "brackets-missing": (
        "Without brackets, `//` divides before `-` takes away: `size - kernel // stride` divides the kernel alone."
    ),
    "stride-ignored": "The answer is the one for stride 1: your function does not use the stride.",
    "padding-ignored": 'The answer is the one for `"valid"`: your function does not look at the padding.',
    "paddings-exchanged": 'You exchanged the two: the answer for `"valid"` is the one for `"same"`.',
    "same-floor": (
        'With `"same"`, pixels left over at the end get a position, too: round the quotient up, not down.'
    ),
    "same-plus-one": (
        'With `"same"`, `size // stride + 1` is one too many where the stride divides the size: round the '
        "quotient up instead."
    ),
    "same-float": (
        "This is a `float`. Round the quotient up to an `int`, as `math.ceil` does; `//` rounds down."
    ),
    "same-keeps-size": (
        '`"same"` keeps the size only with stride 1. With a larger stride there are fewer positions.'
    ),
    "same-symmetric": (
        'You took `"same"` for equal padding at both ends. The total depends on where the last '
        "position ends; when it is odd, the extra zero stands at the end."
    ),
    "same-half-kernel": (
        "You put `kernel // 2` zeros at each end. An even window needs one fewer: with stride 1, there are "
        "`kernel - 1` in all."
    ),
    "same-odd-lost": (
        "When the number of zeros is odd, one of them is lost. Give the end what the beginning leaves of "
        "the total."
    ),
    "same-kernel-minus-stride": (
        "`kernel - stride` zeros are right only where the stride divides the size. Find out where the last "
        "position ends."
    ),
    "same-extra-before": "The extra zero goes after the image (bottom or right), not before it.",
    "same-stride-forgotten": (
        "The total is the one for stride 1. With a larger stride the last position starts earlier "
        "and needs fewer zeros."
    ),
    "same-one-number": (
        "This is one number. The question asks for two in a tuple: the zeros before and those after."
    ),
    "same-negative": "A number of zeros cannot be negative: where no position reaches beyond the image, it is 0.",
    "kernel-swapped": (
        "Height and width of the kernel are swapped: `kernel_size[0]` goes with the height."
    ),
    "kernel-height-twice": (
        "You used the kernel's height for both sides: `kernel_size[1]` goes with the width."
    ),
    "stride-along-width": (
        "Along the width your window moves by 1 here, and not by `strides[1]`: `strides[0]` goes with the "
        "height, `strides[1]` with the width."
    ),
    "square-output": (
        "You returned the height twice. An image need not be square: work out the width from its own size, "
        "kernel side and stride."
    ),
    "stride-swapped": "The two strides are swapped: `strides[0]` goes with the height.",
    "output-swapped": "Height and width are swapped in your answer: Keras writes the height first.",
    "channels-first": (
        "You put the channels first. Keras writes (height, width, channels), the channels last."
    ),
    "channels-kept": (
        "You kept the input's channels. Every filter sees all channels and makes one feature map, "
        "so the output has as many channels as there are filters."
    ),
    "filters-left-out": "The feature maps are missing. The third number of the shape is `filters`.",
    "batch-axis": (
        "`None` stands for the number of images in Keras's own output. This question asks for one image: three "
        "numbers."
    ),
    "channels-multiplied": (
        "You made a feature map of each channel for each filter. A filter sums over all channels and makes "
        "one feature map."
    ),
    "pad-swapped": "The sides are mixed up: top and bottom add rows, left and right add columns.",
    "pad-ends-swapped": "You exchanged the ends: top comes before bottom, left before right.",
    "pad-centred": (
        "You shared the zeros out evenly. The four numbers say how many stand at each side: the image "
        "begins at row `top` and column `left`."
    ),
    "pad-image-missing": "The zeros are right, and the image is missing: write it into them.",
    "pad-one-end": (
        "The result is too small: it has the rows of the top **and** the bottom, the columns of the left **and** "
        "the right."
    ),
    "pad-every-axis": (
        "One number pads all ends of all axes, the channels too. `np.pad` takes a pair for each axis: "
        "`((top, bottom), (left, right), (0, 0))`."
    ),
    "pad-pairs": (
        "`np.pad` takes a pair for each axis, and the channels get no zeros: "
        "`((top, bottom), (left, right), (0, 0))`."
    ),
    "loops-too-short": (
        "The last row and the last column are missing: the loops end one too early. `range(rows)` already stops "
        "before `rows`."
    ),
    "image-sized": (
        "Your output is as large as the image. It has a row and a column for each position of the window: your "
        "functions count them."
    ),
    "maps-axis-lost": "The axis of the feature maps is missing: there is one map for each filter.",
    "maps-in-one-row": (
        "The positions stand in one long row. The output has an axis for their rows and one for their columns."
    ),
    "last-map-alone": (
        "Only the last feature map is filled in. The output is made once, above all loops."
    ),
    "last-channel-alone": (
        "Only the last channel counts. In a loop over the channels, `=` forgets those before: add with `+=`."
    ),
    "mean-not-sum": "You took the mean of the products. A filter adds them up.",
    "window-and-kernel": (
        "The window and the kernel that you multiply differ in shape. The kernel of filter `k` is "
        "`kernels[:, :, :, k]`, and the last whole window begins at `size - kernel`."
    ),
    "bias-forgotten": "The bias is missing: each filter adds its own bias once.",
    "bias-in-sum": (
        "The bias is added to every product. Add up the products first, then add the bias once."
    ),
    "bias-per-channel": (
        "A bias is added for each channel. A filter adds one bias, however many channels it reads."
    ),
    "first-bias": "Every filter adds the first filter's bias. Filter `f` adds `bias[f]`.",
    "activation": (
        "Where a sum is negative, you return 0: that is ReLU. This layer has no activation."
    ),
    "fractions-lost": (
        "The fractions are cut off: your output has a dtype of whole numbers, such as that of the image. "
        "`np.zeros(shape)` makes an array of floats."
    ),
    "slice-without-stride": (
        "The output has the right shape, but the window moves by one. Where its slice begins, "
        "multiply the row by `strides[0]` and the column by `strides[1]`."
    ),
    "pad-minus-zero": (
        "A slice that ends at -0 is empty: with no zeros at that side, `-bottom` or `-right` is "
        "-0. Let the slice end where it begins plus the height, or the width, of the image."
    ),
    "pad-slice": (
        "The image does not fit into the slice that you write it to: the message has both shapes. The new "
        "array needs all channels, and the slice ends at `top + height` and `left + width`."
    ),
    "kernel-flipped": (
        "You turned the kernel around, as in mathematics. Deep learning multiplies it as it stands."
    ),
    "input-channels-forgotten": (
        "Only one input channel is used. A kernel reaches through all channels of its window."
    ),
    "bias-counted": "This counts the biases too. The question asks for the weights alone.",
    "positions-everywhere": (
        "You gave every pixel a position. A window that stays inside the image has fewer."
    ),
    "positions-alone": "This counts the positions. Each of them has a kernel, with all of its weights.",
    "one-kernel": "This is one kernel only. Without sharing, every position has a kernel of its own.",
}

# A part of what NumPy says -> help. A slice that ends at -0 has no rows, or no columns.
PAD_CRASHES = {
    "remapped shapes": HELP["pad-pairs"],
    "into shape (0,": HELP["pad-minus-zero"],
    ",0,": HELP["pad-minus-zero"],
    "could not broadcast": HELP["pad-slice"],
}
CONVOLVE_CRASHES = {
    "could not be broadcast together": HELP["window-and-kernel"],
    "shape-mismatch for sum": HELP["window-and-kernel"],
}
