"""Hidden grader of assignment 2, Pooling: random cases compared with the reference and Keras."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.graders.feature_maps import wrong_maps
from autograder.graders.pooling import NO_STRIDE, expect_small_seven
from autograder.graders.pooling_help import HELP
from autograder.testing import (
    Image,
    Sliding,
    Student,
    Window,
    beside,
    crash_help,
    expect,
    expect_value,
    images,
    integers_may_be_refused,
    keras_layer,
    keras_shape,
    kinds,
    numbers,
    positions,
    windows,
)

Pool = Callable[[np.ndarray], np.ndarray]


def pooled(
    image: np.ndarray, size: tuple[int, ...], strides: tuple[int, ...], pool: Pool
) -> np.ndarray:
    """Apply `pool` to the windows of an image (height, width, channels), as their last two axes."""
    views = np.lib.stride_tricks.sliding_window_view(image, size, axis=(0, 1))
    return pool(views[:: strides[0], :: strides[1]])


def largest(windows: np.ndarray) -> np.ndarray:
    """The largest value of each window."""
    return np.asarray(windows.max(axis=(-2, -1)))


def mean(windows: np.ndarray) -> np.ndarray:
    """The mean of each window."""
    return np.asarray(windows.mean(axis=(-2, -1)))


def in_keras(kind: str, image: np.ndarray, case: Image, strides: tuple[int, int]) -> np.ndarray:
    """The layer's output as Keras, the oracle, computes it in single precision."""
    from keras import ops

    pool = ops.max_pool if kind == "max" else ops.average_pool
    batch = image[None].astype(np.float32)
    pooled: np.ndarray = np.asarray(pool(batch, case.kernel, strides, padding="valid"))[0]
    return pooled


def array_mistakes(
    image: np.ndarray, case: Image, given_strides: tuple[int, int] | None, pool: Pool
) -> dict[str, object]:
    """Wrong outputs that both kinds of pooling have in common."""
    strides = given_strides or case.kernel
    right = pooled(image, case.kernel, strides, pool)
    return {
        HELP["stride-one"]: pooled(image, case.kernel, given_strides or (1, 1), pool),
        HELP["strides-ignored"]: pooled(image, case.kernel, case.kernel, pool),
        HELP["pool-swapped"]: pooled(image, case.kernel[::-1], strides, pool),
        HELP["strides-swapped"]: pooled(
            image, case.kernel, given_strides[::-1] if given_strides else strides, pool
        ),
        HELP["first-channel-alone"]: right[..., :1],
        HELP["whole-image"]: pool(image.transpose(2, 0, 1))[None, None],
        HELP["slice-without-stride"]: pooled(image, case.kernel, (1, 1), pool)[
            : right.shape[0], : right.shape[1]
        ],
        **wrong_maps(right, image, HELP),
    }


@pytest.mark.question("pool-size", points=2)
@given(case=windows(), given_stride=st.booleans())
@crash_help(NO_STRIDE)
def test_any_size(student: Student, reference: Any, case: Window, given_stride: bool) -> None:
    """Any window that fits, with a stride or with its own."""
    size, pool, stride = case
    arguments = (size, pool, stride) if given_stride else (size, pool)
    step = stride if given_stride else pool
    mistakes: dict[str, object] = {
        HELP["no-plus-one"]: (size - pool) // step,
        HELP["plus-one-inside"]: (size - pool + 1) // step,
        HELP["plus-one-twice"]: (size - pool + 1) // step + 1,
        HELP["pool-ignored"]: size // step,
        HELP["ceil"]: math.ceil((size - pool) / step) + 1,
        HELP["true-division"]: (size - pool) / step + 1,
        HELP["stride-one"]: (size - pool) // (stride if given_stride else 1) + 1,
        HELP["strides-ignored"]: (size - pool) // pool + 1,
    }
    expected = reference.pool_output_size(*arguments)
    expect(student, "pool_output_size", *arguments).returns(
        expected, mistakes, draw=positions(size, pool, step)
    )


@pytest.mark.question("max-pool", points=2)
@given(case=images(), given_strides=st.booleans(), kind=kinds())
@crash_help(NO_STRIDE)
def test_any_max_pool(
    student: Student, reference: Any, case: Image, given_strides: bool, kind: str
) -> None:
    """Oblong images of any numbers, several channels, with and without strides; as Keras."""
    image = numbers(*case.shape, kind=kind)
    strides = case.strides if given_strides else None
    step = strides or case.kernel
    expected = reference.max_pool(image, case.kernel, strides)

    def mistakes() -> dict[str, object]:
        edges = [
            (0, -(side - size) % by)
            for side, size, by in zip(case.shape[:2], case.kernel, step, strict=True)
        ]
        padded = np.pad(image.astype(float), [*edges, (0, 0)], constant_values=-np.inf)
        return array_mistakes(image, case, strides, largest) | {
            HELP["ceil"]: pooled(padded, case.kernel, step, largest),
            HELP["average-not-max"]: pooled(image, case.kernel, step, mean),
            HELP["zero-start"]: np.maximum(expected, 0),
            HELP["first-value"]: image[:: step[0], :: step[1]],
            HELP["smallest"]: -pooled(-image.astype(float), case.kernel, step, largest),
            HELP["maps-axis-lost"]: expected.max(axis=2),
            HELP["across-channels"]: expected.max(axis=2, keepdims=True),
            HELP["channels-together"]: np.broadcast_to(
                expected.max(axis=2, keepdims=True), expected.shape
            ),
        }

    expect(student, "max_pool", image, case.kernel, strides).returns(
        expected,
        mistakes,
        draw=beside(image, expected, Sliding(case.kernel, step)),
        oracle=lambda: in_keras("max", image, case, step),
    )


@pytest.mark.question("average-pool", points=2)
@given(case=images(), given_strides=st.booleans(), kind=kinds())
@crash_help(NO_STRIDE)
def test_any_average_pool(
    student: Student, reference: Any, case: Image, given_strides: bool, kind: str
) -> None:
    """Oblong images of any numbers, several channels, with and without strides; as Keras."""
    image = numbers(*case.shape, kind=kind)
    strides = case.strides if given_strides else None
    step = strides or case.kernel
    expected = reference.average_pool(image, case.kernel, strides)

    def mistakes() -> dict[str, object]:
        return array_mistakes(image, case, strides, mean) | {
            HELP["max-not-average"]: pooled(image, case.kernel, step, largest),
            HELP["fractions-lost"]: expected.astype(image.dtype),
            HELP["maps-axis-lost"]: expected.mean(axis=2),
            HELP["sum-not-average"]: expected * case.kernel[0] * case.kernel[1],
            HELP["across-channels"]: expected.mean(axis=2, keepdims=True),
            HELP["channels-together"]: np.broadcast_to(
                expected.mean(axis=2, keepdims=True), expected.shape
            ),
        }

    with integers_may_be_refused(kind):
        expect(student, "average_pool", image, case.kernel, strides).returns(
            expected,
            mistakes,
            draw=beside(image, expected, Sliding(case.kernel, step)),
            oracle=lambda: in_keras("average", image.astype(float), case, step),
        )


@pytest.mark.question("seven", points=1)
def test_the_seven(student: Student, reference: Any) -> None:
    """The values of both small sevens."""
    largest_values, means = reference.seven_max, reference.seven_average
    for name, expected, other in (
        ("seven_max", largest_values, means),
        ("seven_average", means, largest_values),
    ):
        expect_small_seven(student, name).returns(expected, {HELP["exchanged"]: other})
    expect_value(student, "SEVEN").returns(reference.SEVEN)  # other cells need it as it was


@pytest.mark.question("pool-shape", points=1)
@given(case=images(real_sizes=True), given_strides=st.booleans())
@crash_help(NO_STRIDE)
def test_any_pool_shape(student: Student, reference: Any, case: Image, given_strides: bool) -> None:
    """Oblong images and windows, with and without strides; as Keras."""
    strides = case.strides if given_strides else None
    step = strides or case.kernel
    swapped = strides[::-1] if strides else step
    expected = reference.pool_output_shape(case.shape, case.kernel, strides)
    rows, columns, channels = expected
    height, width, _ = case.shape
    mistakes: dict[str, object] = {
        HELP["output-swapped"]: (columns, rows, channels),
        HELP["channels-first"]: (channels, rows, columns),
        HELP["across-channels"]: (rows, columns, 1),
        HELP["channels-left-out"]: (rows, columns),
        HELP["batch-axis"]: (None, *expected),
        HELP["channels-pooled"]: (rows, columns, channels // step[0]),
        HELP["stride-one"]: (
            (height - case.kernel[0]) // (strides or (1, 1))[0] + 1,
            (width - case.kernel[1]) // (strides or (1, 1))[1] + 1,
            channels,
        ),
        HELP["strides-ignored"]: (
            (height - case.kernel[0]) // case.kernel[0] + 1,
            (width - case.kernel[1]) // case.kernel[1] + 1,
            channels,
        ),
        HELP["strides-swapped"]: (
            (height - case.kernel[0]) // swapped[0] + 1,
            (width - case.kernel[1]) // swapped[1] + 1,
            channels,
        ),
        HELP["pool-swapped"]: (
            (height - case.kernel[1]) // step[1] + 1,
            (width - case.kernel[0]) // step[0] + 1,
            channels,
        ),
    }
    expect(student, "pool_output_shape", case.shape, case.kernel, strides).returns(
        expected,
        mistakes,
        oracle=lambda: keras_shape(
            keras_layer("MaxPooling2D", case.kernel, strides=step), case.shape
        ),
    )
