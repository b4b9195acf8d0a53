"""The help of assignment 2, Pooling: what is said about each known mistake."""

from __future__ import annotations

HELP = {
    "no-plus-one": "You are one short: the window's first position counts too.",
    "plus-one-inside": (
        "You added one before dividing. Count the whole steps first, then add the first position."
    ),
    "ceil": "You rounded up. Values that do not fill a whole window are dropped, so round down.",
    "plus-one-twice": (
        "You added one before dividing, and one more after it. Count the whole steps first, then add the "
        "first position."
    ),
    "pool-ignored": (
        "`size // stride` is right only where the stride is the window's own size. Take the window off "
        "before you divide."
    ),
    "stride-none": (
        "Without a given stride you compute with `None`. First put the window's own size in its place."
    ),
    "true-division": "The value is a `float`: `/` always makes one. Sizes are counted; use `//`.",
    "stride-one": (
        "Your window moves by one. Without a given stride, a pooling window moves by its own size."
    ),
    "strides-ignored": "You used the window's size as the stride although another stride was given.",
    "across-channels": (
        "You pooled over the channels too. Each channel is pooled on its own: as many come out as go in."
    ),
    "channels-together": (
        "All channels have the same numbers: you pooled them together. Pool over the rows and the "
        "columns of the window only: `axis=(0, 1)`."
    ),
    "slice-without-stride": (
        "The output has the right shape, but the window moves by one. Where its slice begins, "
        "multiply the row by `strides[0]` and the column by `strides[1]`."
    ),
    "average-not-max": "These are means. Max pooling keeps the largest value of each window.",
    "max-not-average": "These are the largest values. Average pooling takes the mean of each window.",
    "sum-not-average": "These are sums. Divide each by the number of values in the window.",
    "whole-image": "You pooled the whole image into one number a channel; pool each window.",
    "strides-swapped": "The two strides are swapped: `strides[0]` goes with the height.",
    "zero-start": (
        "Where a window has negative values only, you return 0. Begin with the first value of the window, "
        "or with `-np.inf`."
    ),
    "fractions-lost": (
        "The fractions are cut off: your output has a dtype of whole numbers, such as that of the image. "
        "`np.zeros(shape)` makes an array of floats."
    ),
    "pool-swapped": "Height and width of the window are swapped: `pool_size[0]` goes with the height.",
    "output-swapped": "Height and width are swapped in your answer: the height comes first.",
    "channels-first": "You put the channels first; Keras has them last: (height, width, channels).",
    "maps-axis-lost": "The channel axis is missing: as many channels come out as go in.",
    "maps-in-one-row": (
        "The windows stand in one long row. The output has an axis for their rows and one for their columns."
    ),
    "loops-too-short": (
        "The last row and the last column are missing: the loops end one too early. `range(rows)` already stops "
        "before `rows`."
    ),
    "image-sized": (
        "Your output is as large as the image. It has a row and a column for each window: `pool_output_size` counts "
        "them."
    ),
    "first-channel-alone": "Only the first channel is pooled. As many channels come out as go in.",
    "first-value": "These are the first values of the windows. Look at all values of each window.",
    "smallest": "These are the smallest values. Max pooling keeps the largest value of each window.",
    "channels-left-out": "The channels are missing. Pooling leaves their number as it is: the third of the shape.",
    "batch-axis": (
        "`None` stands for the number of images in Keras's own output. This question asks for one image: three "
        "numbers."
    ),
    "channels-pooled": "You shrank the channels too. Pooling leaves their number as it is.",
    "exchanged": "These are the values of the other kind of pooling.",
    "unpooled-axis": "The channel axis is still there: take it off with `[:, :, 0]`.",
}
