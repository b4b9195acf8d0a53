"""Visible grader of assignment 3, Parameters: worked examples, smallest first."""

from __future__ import annotations

from numbers import Number

import numpy as np
import pytest

from autograder.graders.parameters_examples import (
    CONV,
    CONV_CASES,
    CONV_NO_BIAS,
    CONV_NO_BIAS_CASES,
)
from autograder.graders.parameters_help import HELP
from autograder.testing import Student, crash_help, expect, expect_value
from autograder.testing import gettext as _

# How many tests each question has in the hidden grader; check() tells students.
HIDDEN_TESTS = {
    "conv-parameters": 1,
    "pool-flatten": 2,
    "dense-parameters": 1,
    "totals": 2,
    "memory": 3,
}

# Variables of the notebook's locked cells: a call must not change them.
CONSTANTS = ("OUTPUT_SHAPES",)

HINTS = {
    "conv-parameters": (
        "How many boxes has one stack in the figure? How many stacks are there?",
        "The weights of one filter fill a block: its height, its width, the channels it looks through.",
        "A filter has one bias, whatever its size. Add them when the weights of all filters are counted.",
    ),
    "pool-flatten": (
        "Which number in a max-pooling layer would training change?",
        "A row of all values: write out the values of a 2 x 3 image with 4 channels and count them.",
        "`flatten_size` takes a shape of any length. A loop over its entries does it.",
    ),
    "dense-parameters": (
        "How many lines end in one unit of the figure? How many units are there?",
        "Each unit has one bias of its own, however many lines end in it.",
    ),
    "totals": (
        "Go through the list with a sum that grows, and write it down after each layer.",
        "A layer with nothing to learn adds nothing: the total stays what it was, but it is listed.",
        "For the network: make a list of six counts with the functions above, then hand it on.",
    ),
    "memory": (
        "The number of values in a shape: you have a function for it from question 2.",
        "Call `activation_sizes(OUTPUT_SHAPES)` and look for the largest number.",
        "For the parameters, look by how much `network_totals` grows from one layer to the next.",
    ),
}

LAYERS = ("conv1", "pool1", "conv2", "pool2", "flatten", "dense")
NETWORK_SIZES = dict(zip(LAYERS, (18432, 4608, 4096, 1024, 1024, 10), strict=True))
# A part of what Python says where a shape is taken apart -> help.
THREE_SIDES = dict.fromkeys(
    ("values to unpack (expected 3", "tuple index out of range"), HELP["flatten-three-sides"]
)


def _mistakes(keys: tuple[str, ...], wrong: tuple[object, ...]) -> dict[str, object]:
    return {HELP[key]: answer for key, answer in zip(keys, wrong, strict=True)}


def expect_nothing_to_count(student: Student, pool_size: tuple[int, int], channels: int) -> None:
    """Raise Mismatch unless a pooling layer has no parameters.

    Any number but 0 shows the same misconception: that there is something to count.
    """
    answer = expect(student, "pool_parameters", pool_size, channels)
    counted = isinstance(answer.returned, Number)
    answer.returns(0, {HELP["pool-counted"]: answer.returned} if counted else {})


@pytest.mark.question("conv-parameters", points=1)
def test_conv_examples(student: Student) -> None:
    """The layer of the figure, an oblong one, and the first layer of the network."""
    for kernel, channels, filters, expected, wrong in CONV_CASES:
        expect(student, "conv_parameters", kernel, channels, filters).returns(
            expected, _mistakes(CONV, wrong)
        )


@pytest.mark.question("conv-parameters", points=1)
def test_conv_without_bias(student: Student) -> None:
    """A layer whose filters have no biases."""
    for kernel, channels, filters, expected, wrong in CONV_NO_BIAS_CASES:
        expect(student, "conv_parameters", kernel, channels, filters, use_bias=False).returns(
            expected, _mistakes(CONV_NO_BIAS, wrong)
        )


@pytest.mark.question("pool-flatten", points=1)
def test_pool_example(student: Student) -> None:
    """The pooling layers of the network."""
    for channels in (32, 64):
        expect_nothing_to_count(student, (2, 2), channels)


@pytest.mark.question("pool-flatten", points=1)
@crash_help(THREE_SIDES)
def test_flatten_examples(student: Student) -> None:
    """A small image, and shapes of other lengths."""
    keys = (
        "flatten-channels-only",
        "flatten-channels-forgotten",
        "flatten-sum",
        "flatten-tuple",
        "flatten-zero",
        "flatten-length",
        "flatten-first-side",
        "flatten-first-forgotten",
    )
    cases = (
        ((2, 3, 4), 24, (4, 6, 9, (24,), 0, 3, 2, 12)),
        ((5, 3, 2), 30, (2, 15, 10, (30,), 0, 3, 5, 6)),
        ((7,), 7, (7, 7, 7, (7,), 0, 1, 7, 1)),
    )
    for shape, expected, wrong in cases:
        expect(student, "flatten_size", shape).returns(expected, _mistakes(keys, wrong))


@pytest.mark.question("dense-parameters", points=1)
def test_dense_examples(student: Student) -> None:
    """The layer of the figure, one with more units than inputs, and one without biases."""
    keys = (
        "dense-bias-forgotten",
        "dense-one-bias",
        "dense-bias-per-input",
        "dense-one-unit",
        "use-bias-ignored",
        "bias-precedence",
        "dense-added",
    )
    cases = (
        (4, 3, True, 15, (12, 13, 16, 5, 15, 15, 10)),
        (3, 5, True, 20, (15, 16, 18, 4, 20, 20, 13)),
        (4, 3, False, 12, (12, 12, 12, 4, 15, 0, 7)),
    )
    for inputs, units, use_bias, expected, wrong in cases:
        expect(student, "dense_parameters", inputs, units, use_bias=use_bias).returns(
            expected, _mistakes(keys, wrong)
        )
    expect(student, "dense_parameters", 4, 3).returns(15)  # the units have biases, if nobody says


@pytest.mark.question("totals", points=0.5)
def test_totals_examples(student: Student) -> None:
    """Two short networks, one with a layer that has nothing to learn."""
    keys = (
        "totals-not-cumulative",
        "totals-last-only",
        "totals-one-behind",
        "totals-with-zero",
        "totals-array",
        "totals-place-before-first",
        "totals-neighbours",
    )
    cases = (
        ([3, 4], [3, 7], ([3, 4], 7, [0, 3], [0, 3, 7], np.array([3, 7]), [7, 11], [3, 7])),
        (
            [5, 0, 7],
            [5, 5, 12],
            (
                [5, 0, 7],
                12,
                [0, 5, 5],
                [0, 5, 5, 12],
                np.array([5, 5, 12]),
                [12, 12, 19],
                [5, 5, 7],
            ),
        ),
    )
    for counts, expected, wrong in cases:
        expect(student, "running_totals", counts).returns(expected, _mistakes(keys, wrong))


@pytest.mark.question("totals", points=0.5)
def test_network_totals_are_six_growing_numbers(student: Student) -> None:
    """The totals of the network: one number for each of its six layers."""
    answer = expect_value(student, "network_totals")
    totals = answer.returned
    six = isinstance(totals, list | tuple) and len(totals) == 6
    key = "totals-last-only" if isinstance(totals, int) else ""
    if isinstance(totals, list | tuple):
        # Of a loop that ends in its first round, which leaves one number, the other tests tell.
        key = "totals-layers-left-out" if 1 < len(totals) < 6 else ""
    answer.satisfies(six, _("a list of six numbers, one for each layer"), HELP.get(key))
    assert isinstance(totals, list | tuple)
    whole = all(isinstance(total, int | np.integer) for total in totals)
    answer.satisfies(whole, _("whole numbers, each an int"))
    grow = list(totals) == sorted(totals) and totals[0] > 0
    own_counts = HELP["totals-not-cumulative"] if 0 in totals[1:] else None  # pooling has 0
    answer.satisfies(grow, _("totals that never become smaller"), own_counts)


@pytest.mark.question("memory", points=0.5)
@crash_help(THREE_SIDES)
def test_activation_examples(student: Student) -> None:
    """Two layers with shapes of different length."""
    expect(student, "activation_sizes", {"a": (2, 3, 4), "b": (5,)}).returns(
        {"a": 24, "b": 5},
        {
            HELP["activation-channels-forgotten"]: {"a": 6, "b": 5},
            HELP["activation-channels-only"]: {"a": 4, "b": 5},
            HELP["activation-bytes"]: {"a": 96, "b": 20},
            HELP["activation-shapes"]: {"a": (2, 3, 4), "b": (5,)},
            HELP["activation-of-network"]: NETWORK_SIZES,
            HELP["flatten-sum"]: {"a": 9, "b": 5},
            HELP["flatten-length"]: {"a": 3, "b": 1},
        },
    )


@pytest.mark.question("memory", points=0.5)
def test_both_names_are_layers(student: Student) -> None:
    """Both answers are names of layers of the network."""
    for name in ("most_memory", "most_parameters"):
        answer = expect_value(student, name)
        is_layer = isinstance(answer.returned, str) and answer.returned in LAYERS
        wanted = _("one of {names}").format(names=", ".join(LAYERS))
        answer.satisfies(is_layer, wanted, HELP["no-such-layer"])
