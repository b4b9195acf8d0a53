"""Whether a student's function trains the model that it is given: the weights decide.

The model starts from weights that are drawn here, on images that are drawn here, and the training
worker takes the same steps. What the student's process counted or wrote down is no evidence: a
History is held against the losses that the steps have, and helps to find a mistake, no more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from autograder.models import Descended, Descent, HistoryData, ModelData
from autograder.results import Mismatch
from autograder.testing import SEED, Student

EPOCHS, BATCH = 5, 100
_OTHERS = 100  # images that are not trained on
_EPOCHS_FOLLOWED = 13  # of copies, in which batches of 32 take as many steps in 5 epochs
_HISTORY_SLACK = 0.5  # for what a History says, as a share of the tolerance for weights
_ACCURACIES = ("accuracy", "categorical_accuracy")

TRAIN_HELP = {
    "not-trained": (
        "Train the model that your function is given. "
        "Another one, or a copy, does not change its weights."
    ),
    "elsewhere": (
        "Train on the images and labels that your function is given, on all of them, in 5 epochs of "
        "batches of 100, and leave the model compiled as it is."
    ),
    "history": "Return the very History that fit returns; what it says is computed anew.",
    "history-epochs": "One call of fit trains for all 5 epochs, and its History has them all.",
}


class Training(NamedTuple):
    """Images that a student's function is to train a model on, and what they are.

    `tolerance` is the distance from the right weights that rounding and the order of the images
    may cause, as a share of the way that training goes.
    """

    said: str
    images: np.ndarray
    rows: np.ndarray
    descent: Descent
    tolerance: float


def copies(model: ModelData, count: int) -> Training:
    """`count` copies of one image: whatever their order, each step is known exactly."""
    random = np.random.default_rng([SEED, count])
    images, rows = _drawn(random, 1)
    descent = _descent(model, random, images, rows, count, spread=1.0, epochs=_EPOCHS_FOLLOWED)
    images, rows = np.repeat(images, count, axis=0), np.repeat(rows, count, axis=0)
    # Rounding made 0.000002 of it. A step is 0.03 to 0.08 of the way to the 20th.
    return Training(f"{count} copies of one image", images, rows, descent, 0.01)


def different(model: ModelData, count: int) -> Training:
    """`count` images, each another: their order matters, but little."""
    random = np.random.default_rng([SEED, count])
    images, rows = _drawn(random, count)
    descent = _descent(model, random, images, rows, count, spread=1.5, epochs=EPOCHS)
    # In 20 runs with other orders it was 0.02 to 0.03; an epoch too few makes 0.2, batches of 99 0.4.
    # From weights of twice Keras's spread, instead of 1.5 times, it was up to 0.12.
    return Training(f"{count} images", images, rows, descent, 0.1)


def expect_trained(
    student: Student, model: object, training: Training, help_texts: Mapping[str, str]
) -> None:
    """Raise Mismatch unless the student's `train` trains `model`, a handle, and returns the History.

    `help_texts` has those for Keras's own epochs ("epochs-default") and size of batches
    ("batch-default"), and for whoever does not return the History ("history-returned").
    """
    descent = training.descent
    history, reached = student.train_from(
        "train", model, descent.start, training.images, training.rows
    )
    called = f"called train(model, images, labels) with {training.said}"
    found = student.descend(descent, reached)
    _expect_weights(called, found, training, history, help_texts)
    if not isinstance(history, HistoryData):
        text = f"{called}\nreturned {history!r:.200}\nexpected a History"
        raise Mismatch(text, help_texts["history-returned"])
    _expect_history(called, found, training, history)


def _expect_weights(
    called: str,
    found: Descended,
    training: Training,
    history: object,
    help_texts: Mapping[str, str],
) -> None:
    """Raise Mismatch unless the model stands where a right training leads."""
    batches, keras_batches = training.descent.epoch_steps, math.ceil(len(training.images) / 32)
    right = EPOCHS * batches
    if found.distances[right] <= training.tolerance:
        return
    wanted = f"expected {right} steps: {EPOCHS} epochs of {batches} batches, of {BATCH} images"
    steps = int(np.argmin(found.distances))
    if found.distances[steps] > training.tolerance:
        # What a History counts is no evidence, but it may say where the mistake is.
        by_history = isinstance(history, HistoryData) and history.steps == keras_batches
        raise Mismatch(
            f"{called}\nthe model's weights are none that this training comes past\n{wanted}\n"
            f"{_losses(found)}",
            help_texts["batch-default"] if by_history else TRAIN_HELP["elsewhere"],
        )
    if steps == 0:
        text = f"{called}\nthe model has the weights that it had before\n{wanted}"
        raise Mismatch(text, TRAIN_HELP["not-trained"])
    key = {batches: "epochs-default", EPOCHS * keras_batches: "batch-default"}.get(steps, "")
    text = f"{called}\nthe model has the weights that {steps} steps make\n{wanted}"
    raise Mismatch(text, help_texts.get(key))


def _losses(found: Descended) -> str:
    """What the weights do to images that were not among those given, beside what is right.

    The figures are rounded, since they depend on the order of the images a little.
    """
    return (
        f"on {_OTHERS} other images the loss is {found.reached:.1f} with these weights, "
        f"and {found.right:.1f} after a right training"
    )


def _expect_history(
    called: str, found: Descended, training: Training, history: HistoryData
) -> None:
    """Raise Mismatch unless a History says what the steps of a right training do."""
    slack = _HISTORY_SLACK * training.tolerance
    fall = abs(found.losses[0] - found.losses[-1])
    said = history.history
    _expect_between("loss", called, said.get("loss", ()), found.losses, slack * fall)
    for name in said.keys() & _ACCURACIES:
        _expect_between(name, called, said[name], found.accuracies, slack)


def _expect_between(
    what: str, called: str, said: Sequence[float], measured: Sequence[float], slack: float
) -> None:
    """Raise Mismatch unless each epoch's number is one that the training had in that epoch.

    `fit` has the mean over an epoch's batches; who measures at an epoch's end is right as well.
    """
    if len(said) != EPOCHS:
        text = f"{called}\nits history has {what} for {len(said)} epochs\nexpected {EPOCHS}"
        raise Mismatch(text, TRAIN_HELP["history-epochs"])
    for epoch, number in enumerate(said, 1):
        low, high = sorted(measured[epoch - 1 : epoch + 1])
        if not low - slack <= number <= high + slack:
            text = (
                f"{called}\nits history says for epoch {epoch} that the {what} was {number:.3f}\n"
                f"expected a number from {low:.3f} to {high:.3f}, as the model's weights make it"
            )
            raise Mismatch(text, TRAIN_HELP["history"])


def _descent(
    model: ModelData,
    random: np.random.Generator,
    images: np.ndarray,
    rows: np.ndarray,
    count: int,
    *,
    spread: float,
    epochs: int,
) -> Descent:
    """Steps on images of which `count` are given to the student, from weights that are drawn.

    These have the `spread` of Keras's own kernels, or a multiple of it.
    """
    shapes = [shape for step in model.steps() for shape in step.layer.weight_shapes(step.shape)]
    start = tuple(_weights(random, shape, spread) for shape in shapes)
    steps = math.ceil(count / BATCH)
    return Descent(
        model,
        start,
        images,
        rows,
        *_drawn(random, _OTHERS),
        batch=BATCH,
        epoch_steps=steps,
        epochs=EPOCHS,
        steps=epochs * steps,
    )


def _weights(random: np.random.Generator, shape: tuple[int, ...], spread: float) -> np.ndarray:
    """Weights of a kernel, as Glorot's uniform initializer draws them, or of a layer's biases."""
    largest = 0.05
    if len(shape) > 1:
        largest = spread * math.sqrt(6 / (math.prod(shape[:-2]) * sum(shape[-2:])))
    return random.uniform(-largest, largest, shape).astype(np.float32)


def _drawn(random: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Prepared images of noise with a bright row that tells the class, and one-hot labels.

    Noise, because where pixels are equal, rounding decides which of them a pooling takes.
    """
    classes = random.integers(0, 10, count)
    images = random.random((count, 28, 28, 1), np.float32) * np.float32(0.1)
    images[np.arange(count), 2 * classes + 4] += np.float32(0.9)
    return images, np.eye(10, dtype=np.float32)[classes]
