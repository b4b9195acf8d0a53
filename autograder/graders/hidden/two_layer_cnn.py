"""Hidden grader of assignment 4, Two-layer CNN: random arrays and digits, another training."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.graders.classifier_layers import NETWORK
from autograder.graders.hidden import activation_mistakes as mistakes
from autograder.graders.train_checks import different
from autograder.graders.two_layer_checks import expect_one_hot, expect_pixels, prepared, train_on
from autograder.graders.two_layer_help import RELU_CRASHES, SOFTMAX_CRASHES
from autograder.testing import (
    Student,
    crash_help,
    expect,
    integers_may_be_refused,
    kinds,
    numbers,
)

# The sizes of an array's axes, of which there may be any number. Of a single number `if` may ask.
SHAPES = st.lists(st.integers(2, 5), min_size=1, max_size=4)
# Of the numbers of one image, or of several.
ROWS = st.lists(st.integers(1, 9), min_size=1, max_size=2)
# (brightness, class) of each digit; some cases are so dark that no pixel is above 1.
DIGITS = st.sampled_from((1, 255, 255)).flatmap(
    lambda most: st.lists(
        st.tuples(st.integers(0, most), st.integers(0, 9)), min_size=1, max_size=4
    )
)


@pytest.mark.question("relu", points=0.5)
@given(shape=SHAPES, kind=kinds())
@crash_help(RELU_CRASHES)
def test_any_relu(student: Student, reference: Any, shape: list[int], kind: str) -> None:
    """Any numbers of any shape and dtype; as Keras."""
    maps = numbers(*shape, kind=kind)
    if kind == "integers":
        maps -= 128  # `numbers` makes none below 0

    def in_keras() -> np.ndarray:
        from keras import ops

        return np.asarray(ops.relu(maps))

    expect(student, "relu", maps).returns(
        reference.relu(maps),
        lambda: mistakes.relu(maps),
        oracle=in_keras,
        new=True,
        exact_dtype=True,
    )


@pytest.mark.question("softmax", points=0.5)
@given(shape=ROWS, kind=kinds(), apart=st.sampled_from((0, 0, 1000)))
@crash_help(SOFTMAX_CRASHES)
def test_any_softmax(
    student: Student, reference: Any, shape: list[int], kind: str, apart: int
) -> None:
    """One row or several, of any numbers, and rows that lie far apart; as Keras."""
    logits = numbers(*shape, kind=kind)
    # Each row has another height, which changes none of its probabilities.
    heights = apart * (np.arange(len(logits)) - 1)[:, None] if logits.ndim == 2 else apart
    logits = (logits + heights).astype(logits.dtype)

    def in_keras() -> np.ndarray:
        from keras import ops

        return np.asarray(ops.softmax(logits.astype(float)))

    with integers_may_be_refused(kind):
        expect(student, "softmax", logits).returns(
            reference.softmax(logits), lambda: mistakes.softmax(logits), oracle=in_keras
        )


@pytest.mark.question("prepare", points=1)
@given(digits=DIGITS, times=st.sampled_from((1, 1, 40)))
def test_prepare_any_digits(
    student: Student, reference: Any, digits: list[tuple[int, int]], times: int
) -> None:
    """Any number of digits, any pixels, any labels."""
    brightness, classes = zip(*digits * times, strict=True)
    images = np.zeros((len(classes), 28, 28), np.uint8)
    images[:, 9, 20] = brightness
    labels = np.array(classes)
    pixels, rows = reference.prepare(images, labels)
    image_answer, label_answer = prepared(student, images, labels)
    expect_pixels(image_answer, pixels)
    expect_one_hot(label_answer, labels, rows)


@pytest.mark.question("train", points=2)
def test_training_makes_the_network_learn(student: Student) -> None:
    """Five epochs of three batches on 300 images, as the model's weights show."""
    train_on(student, different(NETWORK, 300))
