"""Visible grader of assignment 5, the Fashion-MNIST ladder: recipes, not yet trained."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.expect import Student, expect
from autograder.graders.models import Wanted, compare_layers
from autograder.graders.two_layer_cnn import CLASSIFIER
from autograder.outcome import Mismatch
from autograder.recipe import Recipe, RecipeRefused, read_recipe

HINTS = {
    "rung-a": (
        "Build the model, compile it, and return {...} with the two keys.",
        'model.compile(optimizer=..., loss=..., metrics=["accuracy"]) stands on a line of its own.',
        "The layers are those of build_classifier() in the last assignment.",
    ),
    "rung-b": (
        "Copy rung a and change the layers by the table, line by line.",
        'padding="same" is an argument of Conv2D. The pooling layers need none.',
    ),
    "rung-c": (
        "Call rung_b(), and compile its model anew before you return it.",
        "Compiling a second time replaces the optimizer.",
    ),
    "best-epoch": (
        "Which position holds the smallest number? Python counts it from 0.",
        "np.argmin gives the first position of the smallest value.",
    ),
    "confusion": (
        "Begin with a matrix of zeros, and add one for each image.",
        "matrix[label, guess] += 1, in a loop over both arrays with zip.",
    ),
}

HELP = {
    "rung-optimizer-sgd": 'This rung is trained with plain gradient descent, "sgd".',
    "rung-optimizer-adam": 'This is the rung on which the optimizer changes: "adam".',
    "rung-rate": "The learning rate is not Keras's own. Give the optimizer by its name alone.",
    "rung-epochs": "This rung is trained for 5 epochs.",
    "rung-batch": "The batches have Keras's own size, 32. Leave batch_size out.",
    "rung-labels": (
        "The labels are plain numbers here, not one-hot: the loss is sparse_categorical_crossentropy."
    ),
    "rung-not-compiled": "Compile the model before you return it.",
    "rung-model-only": 'Return a dict, {"model": model, "epochs": 5}, not the model alone.',
    "epoch-from-zero": "You counted the epochs from 0. The first one is 1.",
    "epoch-of-largest": "That is where the loss was highest. Look for the lowest.",
    "epoch-last": "That is the last epoch. The loss may have been lower before.",
    "epoch-of-equals": "Several epochs share the lowest loss. Take the first.",
    "epoch-loss-itself": "That is the loss. The question asks for the epoch.",
    "matrix-transposed": "Rows and columns are exchanged: the true class is the row.",
    "matrix-shares": "These are shares. The matrix counts images.",
    "matrix-diagonal": "You counted the right answers only. Count every image.",
    "matrix-too-small": "The matrix has a row for each class, also for one that does not occur.",
}

LARGE = [
    Wanted("Conv2D", (7, 7), "relu", (28, 28, 64), 3_200, "same"),
    Wanted("MaxPooling2D", (2, 2), "linear", (14, 14, 64), 0),
    Wanted("Conv2D", (3, 3), "relu", (14, 14, 128), 73_856, "same"),
    Wanted("MaxPooling2D", (2, 2), "linear", (7, 7, 128), 0),
    Wanted("Flatten", (), "linear", (6_272,), 0),
    Wanted("Dense", (), "relu", (64,), 401_472),
    Wanted("Dense", (), "softmax", (10,), 650),
]
LAYERS = {"rung_a": CLASSIFIER, "rung_b": LARGE, "rung_c": LARGE}
OPTIMIZER = {"rung_a": "sgd", "rung_b": "sgd", "rung_c": "adam"}
_RATE = {"sgd": 0.01, "adam": 0.001}


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
        ([0.9, 0.5, 0.6, 0.7], 2, (1, 1, 4, 2, 0.5)),
        ([0.9, 0.8, 0.5], 3, (2, 1, 3, 3, 0.5)),
        ([0.7, 0.4, 0.4, 0.6], 2, (1, 1, 4, 3, 0.4)),
    )
    for losses, expected, wrong in cases:
        mistakes = {HELP[key]: answer for key, answer in zip(keys, wrong, strict=True)}
        expect(student, "best_epoch", losses).returns(expected, mistakes)


@pytest.mark.question("confusion", points=1)
def test_confusion_example(student: Student) -> None:
    """Four images of three classes; one class is never shown."""
    counted = np.array([[1, 2, 0], [0, 1, 0], [0, 0, 0]])
    expect(student, "confusion_matrix", np.array([0, 0, 1, 0]), np.array([0, 1, 1, 1]), 3).returns(
        counted,
        {
            HELP["matrix-transposed"]: counted.T,
            HELP["matrix-shares"]: counted / 4,
            HELP["matrix-diagonal"]: np.diag(np.diag(counted)),
            HELP["matrix-too-small"]: counted[:2, :2],
        },
    )


def accepted(student: Student, name: str) -> Recipe:
    """The recipe that the student's `name` returns; raises Mismatch where it cannot be trained."""
    answer = student.call(name)
    try:
        return read_recipe(answer)
    except RecipeRefused as refusal:
        text = str(refusal)
        known = {
            "a recipe is a dict": "rung-model-only",
            "has not been compiled": "rung-not-compiled",
            "the labels are plain numbers": "rung-labels",
        }
        key = next((key for part, key in known.items() if part in text), "")
        returned = f"{answer!r:.300}"
        raise Mismatch(
            f"called {name}()\nreturned {returned}\nexpected a recipe that can be trained: {text}",
            HELP.get(key),
        ) from None


def expect_recipe(student: Student, name: str) -> None:
    """Raise Mismatch unless the student's `name` is the recipe of this rung."""
    recipe = accepted(student, name)
    called = f"called {name}()"
    compare_layers(f'{called} and looked at its "model"', recipe.model, LAYERS[name])
    compiled, wanted = recipe.model.compiled, OPTIMIZER[name]
    assert compiled is not None
    rates = set(recipe.learning_rates) or {compiled.learning_rate}
    checks = (
        ("the optimizer", compiled.optimizer, wanted, f"rung-optimizer-{wanted}"),
        ("epochs", recipe.epochs, 5, "rung-epochs"),
        ("batch_size", recipe.batch_size, 32, "rung-batch"),
    )
    for what, found, right, key in checks:
        if found != right:
            raise Mismatch(f"{called}\nfound {what} {found}\nexpected {right}", HELP[key])
    if any(abs(rate - _RATE[wanted]) > 1e-6 for rate in rates):
        found = ", ".join(f"{rate:g}" for rate in sorted(rates))
        text = f"{called}\nfound the learning rate {found}\nexpected {_RATE[wanted]:g}"
        raise Mismatch(text, HELP["rung-rate"])
