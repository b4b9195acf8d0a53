"""Visible grader of assignment 5, the Fashion-MNIST ladder: checks recipes without training them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from autograder.graders import ladder_examples as examples
from autograder.graders.fashion_ladder_help import HELP
from autograder.graders.ladder_checks import accepted, expect_recipe, marked_images, trained_on
from autograder.graders.ladder_steps import STEPS
from autograder.testing import Student, expect, losses_by_epoch

__all__ = ["STEPS"]  # read by calibration and by the notebook's picture of the ladder

# How many tests each question has in the hidden grader; check() tells students.
HIDDEN_TESTS = {
    "rung-a": 1,
    "rung-b": 1,
    "rung-c": 1,
    "rung-d": 1,
    "rung-e": 1,
    "rung-open": 1,
    "split": 1,
    "loss-and-accuracy": 1,
    "mistakes": 1,
    "own-training": 1,
    "best-epoch": 1,
    "confusion": 1,
}

# Variables of the notebook's locked cells: a call must not change them.
CONSTANTS = ("CLASSES",)

HINTS = {
    "rung-a": (
        "Build the model, compile it, and return `{...}` with the two keys.",
        '`model.compile(optimizer=..., loss=..., metrics=["accuracy"])` stands on a line of its own.',
        "The layers are those of `build_classifier()` in the last assignment.",
    ),
    "rung-b": (
        "Copy rung a and change the layers by the table, line by line.",
        '`padding="same"` is an argument of `Conv2D`. The pooling layers need none.',
    ),
    "rung-c": (
        "Call `rung_b()`, and compile its model anew before you return it.",
        "Compiling a second time replaces the optimizer. Give loss and metrics again: one line then says it all.",
    ),
    "rung-d": (
        "Go through the table line by line; each line is one to three layers.",
        "`BatchNormalization` and `Dropout` are layers of their own, after the layer they belong to.",
        "The third convolution is followed by pooling, not by batch normalization.",
    ),
    "rung-e": (
        "Begin with `rung_d()` and change two things in its dict.",
        "`[0.001 * factor for ...]` makes a list with one rate for each epoch.",
        "The factor of the first epoch is 1: 0.9 to the power of 0.",
    ),
    "rung-open": (
        "Random augmentation needs no new images: one that is flipped or shifted is new to the network.",
        'Large steps first, small ones last: `"learning_rates"` may rise for an epoch or two and then fall.',
        "A convolution with stride 2 halves height and width for a quarter of the work that one with pooling takes.",
    ),
    "split": (
        "`np.arange(len(images)) % every` counts 0, 1, ... over and over.",
        "An array of `True` and `False` picks rows: `images[chosen]` and `images[~chosen]`.",
    ),
    "loss-and-accuracy": (
        "`probabilities[np.arange(len(labels)), labels]` is one number for each image.",
        "The class that the network chooses is `probabilities.argmax(axis=1)`.",
    ),
    "mistakes": (
        "First find the wrong ones: `np.flatnonzero` of a comparison gives positions.",
        "`np.argsort` sorts upwards; negate the numbers to begin with the largest.",
        '`kind="stable"` leaves equal ones in their order.',
    ),
    "own-training": (
        "`rung_a()` has a network and compiles it. `fit()` trains it.",
        "`fit()` returns a `History`; the model is what you called it on.",
        'A few epochs with `"adam"` are enough.',
    ),
    "best-epoch": (
        "Which position holds the smallest number? Python counts it from 0.",
        "`np.argmin` gives the first position of the smallest value.",
    ),
    "confusion": (
        "Begin with a matrix of zeros, and add one for each image.",
        "`matrix[label, guess] += 1`, in a loop over both arrays with `zip`.",
    ),
}


@pytest.mark.question("rung-a", points=1)
def test_rung_a_recipe(student: Student) -> None:
    """The network of the last assignment, and how it is trained."""
    expect_recipe(student, "rung_a")


@pytest.mark.question("rung-b", points=1)
def test_rung_b_recipe(student: Student) -> None:
    """The larger network, trained in the same way."""
    expect_recipe(student, "rung_b")


@pytest.mark.question("rung-c", points=1)
def test_rung_c_recipe(student: Student) -> None:
    """The larger network with Adam."""
    expect_recipe(student, "rung_c")


@pytest.mark.question("rung-d", points=1)
def test_rung_d_recipe(student: Student) -> None:
    """The deeper network with batch normalization and dropout."""
    expect_recipe(student, "rung_d")


@pytest.mark.question("rung-e", points=1)
def test_rung_e_recipe(student: Student) -> None:
    """The deeper network, trained for longer with a falling learning rate."""
    expect_recipe(student, "rung_e")


@pytest.mark.question("split", points=1)
def test_split_of_ten(student: Student) -> None:
    """Ten images, every fifth held back."""
    images, labels = marked_images(10), np.array([3, 1, 4, 1, 5, 9, 2, 6, 5, 3])

    def rows(*chosen: int) -> tuple[np.ndarray, np.ndarray]:
        return images[list(chosen)], labels[list(chosen)]

    train, held_back = rows(0, 1, 2, 3, 5, 6, 7, 8), rows(4, 9)
    expect(student, "split", images, labels, 5).returns(
        (train, held_back),
        {
            HELP["split-from-first"]: (rows(1, 2, 3, 4, 6, 7, 8, 9), rows(0, 5)),
            HELP["split-last-part"]: (rows(0, 1, 2, 3, 4, 5, 6, 7), rows(8, 9)),
            HELP["split-still-trained"]: (rows(*range(10)), held_back),
            HELP["split-exchanged"]: (held_back, train),
            HELP["split-not-pairs"]: (*train, *held_back),
            HELP["split-pairs-mixed"]: tuple(zip(train, held_back, strict=True)),
            HELP["split-delete-axis"]: ((np.delete(images, [4, 9]), train[1]), held_back),
        },
    )
    expect(student, "split", images, labels).returns((rows(*range(9)), rows(9)))  # every tenth


@pytest.mark.question("best-epoch", points=1)
def test_best_epoch_examples(student: Student) -> None:
    """A loss that turns, one that keeps falling, and one with two lowest epochs."""
    keys = (
        "epoch-from-zero",
        "epoch-of-largest",
        "epoch-last",
        "epoch-of-equals",
        "epoch-loss-itself",
    )
    cases = (
        ([0.9, 0.6, 0.8, 0.5, 0.7], 4, (3, 1, 5, 4, 0.5)),
        ([0.9, 0.8, 0.5], 3, (2, 1, 3, 3, 0.5)),
        ([0.7, 0.4, 0.4, 0.6], 2, (1, 1, 4, 3, 0.4)),
    )
    for losses, expected, wrong in cases:
        mistakes = {HELP[key]: answer for key, answer in zip(keys, wrong, strict=True)}
        expect(student, "best_epoch", losses).returns(
            expected, mistakes, draw=losses_by_epoch(losses)
        )


@pytest.mark.question("loss-and-accuracy", points=1)
def test_loss_and_accuracy_of_four(student: Student) -> None:
    """Four images: sure and right, two unsure and right, sure and wrong."""
    probabilities, labels, expected, mistakes = examples.LOSS
    expect(student, "loss_and_accuracy", probabilities, labels).returns(expected, mistakes)


@pytest.mark.question("confusion", points=1)
def test_confusion_example(student: Student) -> None:
    """Four images of three classes; one class is never shown."""
    labels, predicted, counted, mistakes = examples.CONFUSION
    expect(student, "confusion_matrix", labels, predicted, 3).returns(counted, mistakes)
    ten_classes = np.zeros((10, 10), int)
    ten_classes[0, 9] = 1
    expect(student, "confusion_matrix", np.array([0]), np.array([9])).returns(
        ten_classes, ints=True
    )


@pytest.mark.question("mistakes", points=1)
def test_surest_mistakes_of_five(student: Student) -> None:
    """Five images, three of them wrong; the two surest are asked for."""
    probabilities, labels, expected, mistakes = examples.MISTAKES
    expect(student, "surest_mistakes", probabilities, labels, 2).returns(expected, mistakes)
    # The same images twice, and as many as are asked for if nobody says: four.
    twice = np.tile(probabilities, (2, 1)), np.tile(labels, 2)
    expect(student, "surest_mistakes", *twice).returns(np.array([2, 7, 3, 8]), ints=True)


@pytest.mark.question("own-training", points=1)
def test_training_returns_a_model(student: Student) -> None:
    """A hundred made-up images: what comes back is a model of ten classes."""
    random = np.random.default_rng(0)
    images = random.random((100, 28, 28, 1), np.float32)
    trained_on(student, images, random.integers(0, 10, 100))


@pytest.mark.question("rung-open", points=1, extra=True)
def test_rung_open_recipe(student: Student, record_property: Callable[[str, str], None]) -> None:
    """A recipe that can be trained."""
    if left_out := accepted(student, "rung_open").left_out:
        names = ", ".join(left_out)
        record_property("note", f"{names} left out: the kit trains the same without.")
