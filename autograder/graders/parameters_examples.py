"""Examples of convolutional layers: their numbers of parameters, right and by known mistakes."""

from __future__ import annotations

# Keys of HELP.
CONV = (
    "conv-bias-forgotten",
    "conv-one-bias",
    "conv-bias-per-channel",
    "input-channels-forgotten",
    "filters-forgotten",
    "filters-only-biases",
    "kernel-height-twice",
    "kernel-width-twice",
    "image-size",
    "conv-bias-per-channel-of-each-filter",
    "conv-kernel-added",
    "conv-network-kernel",
    "conv-biases-alone",
    "conv-bias-per-pixel",
)
CONV_CASES = (
    # kernel, channels, filters, expected, wrong answers in the order of CONV
    ((3, 2), 2, 3, 39, (36, 37, 38, 21, 13, 15, 57, 27, 4707, 42, 33, 153, 3, 54)),
    ((2, 4), 3, 5, 125, (120, 121, 123, 45, 25, 29, 65, 245, 11765, 135, 95, 380, 5, 160)),
    (
        (5, 5),
        1,
        32,
        832,
        (800, 801, 801, 832, 26, 57, 832, 832, 25120, 832, 352, 832, 32, 1600),
    ),
)
# Without biases.
CONV_NO_BIAS = (
    "use-bias-ignored",
    "input-channels-forgotten",
    "image-size",
    "kernel-height-twice",
    "kernel-width-twice",
    "bias-precedence",
    "conv-kernel-added",
    "conv-network-kernel",
    "conv-bias-per-pixel",
)
CONV_NO_BIAS_CASES = (
    # First the one in which no two mistakes give the same number.
    ((2, 4), 3, 5, 120, (125, 40, 11760, 60, 240, 0, 90, 375, 160)),
    ((3, 2), 2, 3, 36, (39, 18, 4704, 54, 24, 0, 30, 150, 54)),
)
