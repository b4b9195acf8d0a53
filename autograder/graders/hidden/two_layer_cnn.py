"""Hidden grader of assignment 4, Two-layer CNN: random digits, and a training on other images."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.graders.train_checks import different
from autograder.graders.two_layer_cnn import (
    NETWORK,
    expect_one_hot,
    expect_pixels,
    prepared,
    train_on,
)
from autograder.testing import Student

# (brightness, class) of each digit; some cases are so dark that no pixel is above 1.
DIGITS = st.sampled_from((1, 255, 255)).flatmap(
    lambda most: st.lists(
        st.tuples(st.integers(0, most), st.integers(0, 9)), min_size=1, max_size=4
    )
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
