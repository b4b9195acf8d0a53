"""Visible grader of assignment 4, Two-layer CNN: activations, layers, data, settings."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.graders import activation_examples as examples
from autograder.graders.classifier_layers import BASIC, CLASSIFIER, NETWORK, STACK
from autograder.graders.compile_checks import (
    expect_compiled_step,
    expect_loss,
    expect_sgd,
    one_step,
)
from autograder.graders.train_checks import ACCURACIES, copies
from autograder.graders.two_layer_checks import (
    compiled,
    compiled_model,
    expect_one_hot,
    expect_pixels,
    prepared,
    train_on,
)
from autograder.graders.two_layer_help import HELP, RELU_CRASHES, SOFTMAX_CRASHES
from autograder.results import Mismatch
from autograder.testing import Student, compare_layers, crash_help, expect, expect_layers
from autograder.testing import gettext as _

# How many tests each question has in the hidden grader; check() tells students.
HIDDEN_TESTS = {
    "relu": 1,
    "softmax": 1,
    "prepare": 1,
    "train": 1,
}

HINTS = {
    "relu": (
        "Look at one number of the array: what becomes of it if it is negative, and what if it is not?",
        "`np.maximum` takes two arrays, or an array and a number, and returns the larger of the two at each place.",
    ),
    "basic": (
        "The list has three entries: the input, the convolutional layer, the pooling layer.",
        "`Conv2D` takes the number of filters, the size of the kernel, and `activation=...`.",
        "`MaxPooling2D` needs the size of its window only; it then moves by that size.",
    ),
    "stack": (
        "You need not write the first two layers again: begin with what `build_basic()` returns.",
        "`model.add(...)` puts one layer on top of a model. It returns nothing; the model changes.",
        "A convolutional layer finds out by itself how many channels come in.",
    ),
    "softmax": (
        "`np.exp` takes e to the power of each number of an array.",
        "`max` and `sum` of an array take an axis. The last one is -1, for one row and for several.",
        "With `keepdims=True` the axis stays, of length one, and each row meets its own maximum and sum.",
    ),
    "classifier": (
        "Two layers go on top of `build_stack()`: one that learns nothing, and one that does.",
        "They are `keras.layers.Flatten` and `keras.layers.Dense`.",
        "How many units, one for each possible answer? And which activation makes probabilities?",
    ),
    "prepare": (
        "Change the type of the pixels first: a `uint8` cannot hold a fraction.",
        "`images[..., np.newaxis]` has one axis more, of length one, at the end.",
        "The largest possible pixel is 255, and it shall become 1.",
        "`to_categorical` cannot know that there are ten digits if a 9 is not among them. Tell it.",
    ),
    "compile": (
        "`model.compile` takes `optimizer=...`, `loss=...` and `metrics=[...]`.",
        "Two lines: the first compiles, the second returns.",
    ),
    "train": (
        "`model.fit` takes the images, the labels, `batch_size=...` and `epochs=...`.",
        "What `fit` returns is what your function returns.",
    ),
}


@pytest.mark.question("relu", points=0.25)
@crash_help(RELU_CRASHES)
def test_relu_example(student: Student) -> None:
    """A feature map of two rows and three columns."""
    maps, expected, mistakes = examples.RELU_MAP
    expect(student, "relu", maps).returns(expected, mistakes, new=True)
    # Again with other numbers, for a function that keeps what it made.
    expect(student, "relu", 2 * maps).returns(2 * expected, new=True)


@pytest.mark.question("relu", points=0.25)
@crash_help(RELU_CRASHES)
def test_relu_keeps_shape_and_dtype(student: Student) -> None:
    """Whole numbers in a row, and an array of three axes in single precision."""
    for array, expected, mistakes in (examples.RELU_ROW, examples.RELU_PIXEL):
        expect(student, "relu", array).returns(expected, mistakes, new=True, exact_dtype=True)


@pytest.mark.question("basic", points=2)
def test_basic_layers(student: Student) -> None:
    """One pair of layers."""
    expect_layers(student, "build_basic", BASIC)


@pytest.mark.question("stack", points=2)
def test_stack_layers(student: Student) -> None:
    """Two pairs of layers."""
    expect_layers(student, "build_stack", STACK)


@pytest.mark.question("softmax", points=0.5)
@crash_help(SOFTMAX_CRASHES)
def test_softmax_of_one_row(student: Student) -> None:
    """Three numbers of one image."""
    numbers, expected, mistakes = examples.SOFTMAX_ROW
    expect(student, "softmax", numbers).returns(expected, mistakes)
    # Again with other numbers, for a function that keeps what it made.
    expect(student, "softmax", np.array([0.0, 0, 0])).returns(np.full(3, 1 / 3))


@pytest.mark.question("softmax", points=0.5)
@crash_help(SOFTMAX_CRASHES)
def test_softmax_of_rows(student: Student) -> None:
    """Two images, each a row of three numbers."""
    numbers, expected, mistakes = examples.SOFTMAX_ROWS
    expect(student, "softmax", numbers).returns(expected, mistakes)


@pytest.mark.question("softmax", points=0.5)
@crash_help(SOFTMAX_CRASHES)
def test_softmax_of_large_numbers(student: Student) -> None:
    """Rows around 1,000, one around -1,000 between them, and one from 1,000 to -2,000."""
    for numbers, expected, mistakes in (examples.SOFTMAX_LARGE, examples.SOFTMAX_APART):
        expect(student, "softmax", numbers).returns(expected, mistakes)


@pytest.mark.question("classifier", points=3)
def test_classifier_layers(student: Student) -> None:
    """The whole network, layer by layer."""
    expect_layers(student, "build_classifier", CLASSIFIER)


@pytest.mark.question("prepare", points=1)
def test_prepare_images(student: Student) -> None:
    """Two digits of one bright pixel each: shape, values and type of the images."""
    images = np.zeros((2, 28, 28), np.uint8)
    images[0, 3, 4], images[1, 5, 6] = 204, 51  # no pixel is white, as in a dark photograph
    pixels = np.zeros((2, 28, 28, 1), np.float32)
    pixels[0, 3, 4, 0], pixels[1, 5, 6, 0] = 0.8, 0.2
    image_answer, _ = prepared(student, images, np.array([7, 0]))
    expect_pixels(image_answer, pixels)


@pytest.mark.question("prepare", points=1)
def test_prepare_labels(student: Student) -> None:
    """The labels of the same two digits."""
    labels = np.array([7, 0])
    _, label_answer = prepared(student, np.zeros((2, 28, 28), np.uint8), labels)
    rows = np.zeros((2, 10), np.float32)
    rows[0, 7], rows[1, 0] = 1, 1
    expect_one_hot(label_answer, labels, rows)


@pytest.mark.question("compile", points=0.5)
def test_compile_loss(student: Student) -> None:
    """What the model makes smaller: the loss."""
    expect_loss(*compiled(student), HELP)


@pytest.mark.question("compile", points=0.5)
def test_compile_optimizer_and_metrics(student: Student) -> None:
    """How the model changes its parameters, and what it reports."""
    called, settings = compiled(student)
    expect_sgd(called, settings, HELP)
    # What a function of the student's own computes, test_compiled_model_learns looks at.
    if not any(name in ACCURACIES or name.startswith("own ") for name in settings.metrics):
        found = _("found these metrics: {metrics}")
        found = found.format(metrics=", ".join(settings.metrics) or _("none"))
        expected = _("expected the accuracy among them")
        raise Mismatch(f"{called}\n{found}\n{expected}", HELP["no-accuracy"])


@pytest.mark.question("compile", points=1)
def test_compiled_model_learns(student: Student) -> None:
    """One batch: the weights go where gradient descent on this loss takes them."""
    called, model = compiled_model(student)
    compare_layers(called, model, CLASSIFIER)
    assert model.compiled is not None
    expect_loss(called, model.compiled, HELP)
    expect_sgd(called, model.compiled, HELP)
    handle = student.handle("build_classifier")
    expect_compiled_step(called, student, handle, model.compiled, one_step(NETWORK), HELP)


@pytest.mark.question("train", points=1)
def test_train_for_five_epochs(student: Student) -> None:
    """Five epochs of four batches on 301 copies of one image, as the model's weights show."""
    # 300 images and one more: no other batch size gives as many batches of 301 and of 300 images.
    train_on(student, copies(NETWORK, 301))
