"""Hidden grader of assignment 3, Parameters: random cases compared with the reference and Keras."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.graders.hidden import parameters_mistakes as mistakes
from autograder.graders.parameters import (
    LAYERS,
    THREE_SIDES,
    expect_nothing_to_count,
)
from autograder.graders.parameters_help import HELP
from autograder.testing import (
    Expectation,
    Image,
    Student,
    crash_help,
    expect,
    expect_value,
    images,
    keras_layer,
    keras_parameters,
    keras_shape,
)
from autograder.testing import gettext as _

# Small numbers, which are easy to read in a message, and numbers of real networks.
COUNTS = st.lists(st.integers(0, 30) | st.integers(100, 10**7), min_size=1, max_size=12)
# Mostly different ones: an answer that is right for these may mix up equal ones.
SIZES = st.lists(
    st.integers(2, 40) | st.integers(100, 5_000), min_size=2, max_size=2, unique=True
) | st.integers(2, 40).map(lambda size: [size, size])
SHAPES = (
    st.lists(st.integers(1, 12) | st.integers(13, 300), min_size=1, max_size=4, unique=True)
    | st.lists(st.integers(1, 5), min_size=2, max_size=4)
).map(tuple)


@pytest.mark.question("conv-parameters", points=2)
@given(case=images(real_sizes=True), use_bias=st.booleans())
def test_any_conv(student: Student, reference: Any, case: Image, use_bias: bool) -> None:
    """Oblong kernels, any number of channels and filters; the same as Keras."""
    arguments = (case.kernel, case.channels, case.filters, use_bias)

    def in_keras() -> int:
        layer = keras_layer("Conv2D", case.filters, case.kernel, use_bias=use_bias)
        return keras_parameters(layer, case.shape)

    expect(student, "conv_parameters", *arguments).returns(
        reference.conv_parameters(*arguments),
        lambda: mistakes.conv(case, use_bias),
        oracle=in_keras,
    )


@pytest.mark.question("pool-flatten", points=0.5)
@given(case=images(real_sizes=True))
def test_any_pool(student: Student, case: Image) -> None:
    """Any block, any number of channels."""
    expect_nothing_to_count(student, case.kernel, case.channels)


@pytest.mark.question("pool-flatten", points=0.5)
@given(shape=SHAPES)
@crash_help(THREE_SIDES)
def test_any_flatten(student: Student, reference: Any, shape: tuple[int, ...]) -> None:
    """Shapes of any length; the same as Keras."""
    expect(student, "flatten_size", shape).returns(
        reference.flatten_size(shape),
        lambda: mistakes.flatten(shape),
        oracle=lambda: keras_shape(keras_layer("Flatten"), shape)[0],
    )


@pytest.mark.question("dense-parameters", points=1)
@given(sizes=SIZES, use_bias=st.booleans())
def test_any_dense(student: Student, reference: Any, sizes: list[int], use_bias: bool) -> None:
    """Any number of inputs and units; the same as Keras."""
    # The other way round too, for an answer that remembers another layer's.
    for inputs, units in (sizes, sizes[::-1]):
        expect(student, "dense_parameters", inputs, units, use_bias).returns(
            reference.dense_parameters(inputs, units, use_bias),
            mistakes.dense(inputs, units, use_bias),
            oracle=partial(_dense_in_keras, inputs, units, use_bias),
        )


def _dense_in_keras(inputs: int, units: int, use_bias: bool) -> int:
    return keras_parameters(keras_layer("Dense", units, use_bias=use_bias), (inputs,))


@pytest.mark.question("totals", points=1)
@given(counts=COUNTS)
def test_any_totals(student: Student, reference: Any, counts: list[int]) -> None:
    """Networks of any length."""
    expected = reference.running_totals(counts)
    expect(student, "running_totals", counts).returns(expected, mistakes.totals(counts, expected))


@pytest.mark.question("totals", points=1)
def test_network_totals(student: Student, reference: Any) -> None:
    """The totals of the network of this notebook."""
    right = reference.network_parameters

    def totals_of(**wrong: int) -> Any:
        counts = dict(zip(LAYERS, right, strict=True)) | wrong
        return reference.running_totals(list(counts.values()))

    expect_value(student, "network_totals").returns(
        reference.network_totals,
        {
            **mistakes.totals(right, reference.network_totals),
            HELP["conv-bias-forgotten"]: totals_of(conv1=right[0] - 32, conv2=right[2] - 64),
            HELP["dense-bias-forgotten"]: totals_of(dense=right[5] - 10),
            HELP["dense-before-pool"]: totals_of(dense=8 * 8 * 64 * 10 + 10),
            HELP["input-channels-forgotten"]: totals_of(conv2=5 * 5 * 64 + 64),
            HELP["pool-counted"]: totals_of(pool1=2 * 2 * 32, pool2=2 * 2 * 64),
            HELP["flatten-channels-only"]: totals_of(dense=64 * 10 + 10),
            HELP["flatten-channels-forgotten"]: totals_of(dense=4 * 4 * 10 + 10),
        },
    )


@pytest.mark.question("memory", points=1)
@given(shapes=st.dictionaries(st.sampled_from(["a", "b", "c"]), SHAPES, min_size=1))
@crash_help(THREE_SIDES)
def test_any_activations(
    student: Student, reference: Any, shapes: dict[str, tuple[int, ...]]
) -> None:
    """Any layers with output shapes of any length."""
    expected = reference.activation_sizes(shapes)
    expect(student, "activation_sizes", shapes).returns(
        expected, lambda: mistakes.activations(shapes)
    )


@pytest.mark.question("memory", points=1)
def test_most_memory(student: Student, reference: Any) -> None:
    """The layer whose output takes the most memory."""
    _expect_layer_name(
        expect_value(student, "most_memory"),
        reference,
        reference.most_memory,
        _("the layer that puts out the most values"),
        {reference.most_parameters: "memory-named-parameters"},
        "memory-wrong-layer",
    )


@pytest.mark.question("memory", points=1)
def test_most_parameters(student: Student, reference: Any) -> None:
    """The layer that has the most parameters."""
    _expect_layer_name(
        expect_value(student, "most_parameters"),
        reference,
        reference.most_parameters,
        _("the layer that has the most parameters"),
        {reference.most_memory: "parameters-named-memory", "dense": "dense-largest"},
        "parameters-wrong-layer",
    )


def _expect_layer_name(
    answer: Expectation, reference: Any, right: str, wanted: str, keys: dict[str, str], other: str
) -> None:
    """Raise Mismatch unless the answer is the layer name `right`.

    `keys` maps wrong names with a known reason to keys of HELP; `other` is the key of any other layer.
    """
    name = answer.returned
    is_layer = isinstance(name, str) and name in reference.OUTPUT_SHAPES
    help_text = HELP[keys.get(str(name), other) if is_layer else "no-such-layer"]
    answer.satisfies(is_layer and name == right, wanted, help_text)
