"""Hidden grader of assignment 1, Convolution: random cases compared with the reference and Keras."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.graders.convolution_help import CONVOLVE_CRASHES, PAD_CRASHES
from autograder.graders.hidden import convolution_mistakes as mistakes
from autograder.testing import (
    Image,
    Sliding,
    Student,
    Window,
    beside,
    crash_help,
    expect,
    images,
    integers_may_be_refused,
    keras_layer,
    keras_shape,
    kinds,
    numbers,
    positions,
    windows,
)

PADDINGS = st.sampled_from(["valid", "same"])
# Zeros at the top, bottom, left and right: all different, any, or none at all.
SIDES = (
    st.lists(st.integers(0, 4), min_size=4, max_size=4, unique=True)
    | st.lists(st.integers(0, 2), min_size=4, max_size=4)
    | st.just([0, 0, 0, 0])
)


def convolved(image: np.ndarray, kernels: np.ndarray, strides: tuple[int, int]) -> np.ndarray:
    """The layer's output without bias, as Keras computes it in single precision."""
    from keras import ops

    batch, kernels = image[None].astype(np.float32), kernels.astype(np.float32)
    conv = ops.conv(batch, kernels, strides=strides, padding="valid")
    values: np.ndarray = np.asarray(conv)[0]
    return values


@pytest.mark.question("window", points=1)
@given(case=windows())
def test_any_window(student: Student, reference: Any, case: Window) -> None:
    """Any window that fits."""
    size, kernel, _ = case
    expected = reference.conv_output_size(size, kernel)
    expect(student, "conv_output_size", size, kernel).returns(
        expected, lambda: mistakes.window(size, kernel), draw=positions(size, kernel)
    )


@pytest.mark.question("stride", points=2)
@given(case=windows())
def test_any_stride(student: Student, reference: Any, case: Window) -> None:
    """Any stride, dividing or not."""
    expected = reference.strided_output_size(*case)
    expect(student, "strided_output_size", *case).returns(
        expected, lambda: mistakes.stride(case), draw=positions(*case)
    )


@pytest.mark.question("padding", points=2)
@given(case=windows(), padding=PADDINGS)
def test_any_padding(student: Student, reference: Any, case: Window, padding: str) -> None:
    """Both paddings with any window and stride."""
    expected = reference.padded_output_size(*case, padding)
    zeros = reference.same_padding(*case) if padding == "same" else (0, 0)
    expect(student, "padded_output_size", *case, padding).returns(
        expected, lambda: mistakes.padding(case, padding), draw=positions(*case, zeros)
    )


@pytest.mark.question("output-shape", points=2)
@given(case=images(real_sizes=True), padding=PADDINGS)
def test_any_shape(student: Student, reference: Any, case: Image, padding: str) -> None:
    """Oblong images and windows, unequal strides; the same as Keras."""
    arguments = (case.shape, case.filters, case.kernel, case.strides, padding)
    expected = reference.conv_output_shape(*arguments)

    def in_keras() -> tuple[int, ...]:
        settings = {"strides": case.strides, "padding": padding}
        return keras_shape(keras_layer("Conv2D", case.filters, case.kernel, **settings), case.shape)

    expect(student, "conv_output_shape", *arguments).returns(
        expected,
        lambda: mistakes.output_shape(case, padding, expected),
        oracle=in_keras,
    )


@pytest.mark.question("same-padding", points=2)
@given(case=windows())
def test_any_same_padding(student: Student, reference: Any, case: Window) -> None:
    """The zeros of "same" for any window and stride."""
    expected = reference.same_padding(*case)
    answer = expect(student, "same_padding", *case)
    number = answer.returned if isinstance(answer.returned, int | np.integer) else None
    answer.returns(
        expected, lambda: mistakes.same_padding(case, number), draw=positions(*case, expected)
    )


@pytest.mark.question("zero-padding", points=1)
@given(
    case=images(),
    sides=SIDES,
    kind=kinds(),
)
def test_any_zero_padding(
    student: Student, reference: Any, case: Image, sides: list[int], kind: str
) -> None:
    """Any numbers of zeros around an oblong image, in a new array of its dtype."""
    image = numbers(*case.shape, kind=kind)
    top, bottom, left, right = sides
    expected = reference.zero_pad(image, *sides)
    with crash_help(PAD_CRASHES):
        expect(student, "zero_pad", image, *sides).returns(
            expected,
            lambda: mistakes.zero_pad(image, (top, bottom, left, right)),
            draw=beside(image, expected),
            new=True,
            exact_dtype=True,
        )


@pytest.mark.question("convolve", points=3)
@given(case=images(most=5), kind=kinds())
def test_any_layer(student: Student, reference: Any, case: Image, kind: str) -> None:
    """Oblong images of any numbers, several channels and filters, unequal strides; as Keras."""
    image = numbers(*case.shape, kind=kind)
    # The bias is as large as the sums, so that the tolerance hides a mistake in neither.
    weights = kind if kind in ("whole", "single") else "fractions"
    kernels = numbers(*case.kernel, case.channels, case.filters, kind=weights)
    if kind == "fractions":
        kernels = kernels.round().astype(int)
    bias = np.arange(1.0, case.filters + 1)
    if kind != "whole":
        bias = numbers(case.filters, kind=kind)
    expected = reference.convolve(image, kernels, bias, case.strides)
    refusal = integers_may_be_refused("integers" if kernels.dtype.kind == "i" else kind)
    with refusal, crash_help(CONVOLVE_CRASHES):
        expect(student, "convolve", image, kernels, bias, case.strides).returns(
            expected,
            lambda: mistakes.convolve(image, kernels, bias, case.strides),
            draw=beside(image, expected, Sliding(case.kernel, case.strides, kernels, bias)),
            oracle=lambda: (
                convolved(image.astype(float), kernels.astype(float), case.strides) + bias
            ),
        )


@pytest.mark.question("sharing", points=1)
@given(case=images(real_sizes=True))
def test_any_shared_filter(student: Student, reference: Any, case: Image) -> None:
    """One filter on an image of several channels."""
    expected = reference.shared_parameters(case.kernel, case.channels)
    expect(student, "shared_parameters", case.kernel, case.channels).returns(
        expected, lambda: mistakes.shared(case.kernel, case.channels)
    )


@pytest.mark.question("sharing", points=1)
@given(case=images(real_sizes=True))
def test_any_unshared_layer(student: Student, reference: Any, case: Image) -> None:
    """A layer without sharing on an oblong image of several channels."""
    expected = reference.unshared_weights(case.shape, case.kernel)
    expect(student, "unshared_weights", case.shape, case.kernel).returns(
        expected, lambda: mistakes.unshared(case)
    )
