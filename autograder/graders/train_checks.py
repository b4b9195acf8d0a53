"""Check by the weights whether a student's function trains the model that it is given.

The grader draws the model's first weights and the images, and the training worker takes the same
steps. Security: what the student's process counted or wrote down is no evidence. A History is
compared with the losses of those steps, and helps to find a mistake, but proves nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from autograder.models import Descended, Descent, HistoryData, ModelData
from autograder.results import Mismatch
from autograder.testing import SEED, Expectation, Student
from autograder.testing import gettext as _

EPOCHS, BATCH = 5, 100
_OTHERS = 100  # images that are not trained on
# On copies of one image: enough for the 50 steps that 5 epochs of Keras's batches of 32 take.
_EPOCHS_FOLLOWED = 13
_HISTORY_SLACK = 0.5  # tolerance of a History's numbers, as a share of the tolerance of weights
ACCURACIES = ("accuracy", "categorical_accuracy")  # how Keras names it, with one-hot labels

TRAIN_HELP = {
    "not-trained": (
        "Train the model that your function is given. "
        "Another one, or a copy, does not change its weights."
    ),
    "elsewhere": (
        "Train on the images and labels that your function is given, on all of them, in 5 epochs of "
        "batches of 100, and leave the model compiled as it is."
    ),
    "history": "Return the `History` as `fit` returns it: its numbers are computed once more and compared.",
    "history-epochs": "One call of `fit` trains for all 5 epochs, and its `History` has them all.",
}


class Training(NamedTuple):
    """Images on which a student's function must train a model.

    `description` describes the images in messages. `tolerance` is the distance from the right weights
    that rounding and the order of the images may cause, as a share of the distance that a right
    training covers.
    """

    description: str
    images: np.ndarray
    rows: np.ndarray
    descent: Descent
    tolerance: float


def copies(model: ModelData, count: int) -> Training:
    """`count` copies of one image: their order has no effect, so each step is known exactly."""
    random = np.random.default_rng([SEED, count])
    images, rows = drawn_digits(random, 1)
    descent = new_descent(model, random, images, rows, count, spread=1.0, epochs=_EPOCHS_FOLLOWED)
    images, rows = np.repeat(images, count, axis=0), np.repeat(rows, count, axis=0)
    # Rounding caused a distance of 0.000002. One step is 0.03 to 0.08 of the way of 20 steps.
    description = _("{count} copies of one image").format(count=count)
    return Training(description, images, rows, descent, 0.01)


def different(model: ModelData, count: int) -> Training:
    """`count` different images: their order has a small effect."""
    random = np.random.default_rng([SEED, count])
    images, rows = drawn_digits(random, count)
    descent = new_descent(model, random, images, rows, count, spread=1.5, epochs=EPOCHS)
    # In 20 runs with other orders the distance was 0.02 to 0.03. With one epoch too few it is 0.2,
    # with batches of 99 images 0.4. From weights with twice Keras's spread, instead of 1.5 times,
    # other orders gave up to 0.12.
    return Training(_("{count} images").format(count=count), images, rows, descent, 0.1)


def expect_trained(
    student: Student, model: object, training: Training, help_texts: Mapping[str, str]
) -> None:
    """Raise Mismatch unless the student's `train` trains `model`, a handle, and returns the History.

    `help_texts` has the help for Keras's default epochs ("epochs-default") and default batch size
    ("batch-default"), and for an answer that is not the History ("history-returned").
    """
    descent = training.descent
    history, reached = student.train_from(
        "train", model, descent.start, training.images, training.rows
    )
    call = _("called train(model, images, labels) with {images}")
    called = call.format(images=training.description)
    measured = student.descend(descent)
    distances = measured.distances(reached)

    def losses() -> str:
        # Rounded, since they depend a little on the order of the images.
        loss, right = round(student.loss(descent, reached), 1), round(measured.right, 1)
        if loss == right:  # other weights may do as well
            return ""
        return _(
            "on {count} other images the loss is {loss:.1f} with these weights, and {right:.1f} after "
            "a right training"
        ).format(count=_OTHERS, loss=loss, right=right)

    _expect_weights(called, distances, training, history, help_texts, losses)
    if not isinstance(history, HistoryData):
        returned = _("returned {value}").format(value=f"{history!r:.200}")
        expected = _("expected a History")
        raise Mismatch(f"{called}\n{returned}\n{expected}", help_texts["history-returned"])
    Expectation(student, "train", lambda: called, history, student.effects).changes_nothing()
    _expect_history(called, measured, training, history)


def _expect_weights(
    called: str,
    distances: Sequence[float],
    training: Training,
    history: object,
    help_texts: Mapping[str, str],
    losses: Callable[[], str],
) -> None:
    """Raise Mismatch unless the model has the weights that a right training reaches.

    `distances` are those of its weights from each step; `losses` says how well it does with them, if
    that differs from a right training.
    """
    batches, keras_batches = training.descent.epoch_steps, math.ceil(len(training.images) / 32)
    right = EPOCHS * batches
    if distances[right] <= training.tolerance:
        return
    wanted = _(
        "expected {steps} steps: {epochs} epochs of {batches} batches, of {images} images"
    ).format(steps=right, epochs=EPOCHS, batches=batches, images=BATCH)
    steps = int(np.argmin(distances))
    if distances[steps] > training.tolerance:
        # The History is no evidence, but it may show the mistake.
        by_history = isinstance(history, HistoryData) and history.steps == keras_batches
        actual = _("the model's weights are none that this training comes past")
        raise Mismatch(
            "\n".join(filter(None, (called, actual, wanted, losses()))),
            help_texts["batch-default"] if by_history else TRAIN_HELP["elsewhere"],
        )
    if steps == 0:
        actual = _("the model has the weights that it had before")
        raise Mismatch(f"{called}\n{actual}\n{wanted}", TRAIN_HELP["not-trained"])
    key = {batches: "epochs-default", EPOCHS * keras_batches: "batch-default"}.get(steps, "")
    actual = _("the model has the weights that {steps} steps make").format(steps=steps)
    raise Mismatch(f"{called}\n{actual}\n{wanted}", help_texts.get(key))


def _expect_history(
    called: str, measured: Descended, training: Training, history: HistoryData
) -> None:
    """Raise Mismatch unless a History has the losses and accuracies of a right training."""
    slack = _HISTORY_SLACK * training.tolerance
    fall = abs(measured.losses[0] - measured.losses[-1])
    metrics = history.history
    _expect_between("loss", called, metrics.get("loss", ()), measured.losses, slack * fall)
    for name in metrics.keys() & ACCURACIES:
        _expect_between(name, called, metrics[name], measured.accuracies, slack)


def _expect_between(
    metric: str, called: str, numbers: Sequence[float], measured: Sequence[float], slack: float
) -> None:
    """Raise Mismatch unless each epoch's number lies between the values before and after the epoch.

    `fit` reports the mean over an epoch's batches; the value at the epoch's end is right too.
    """
    if len(numbers) != EPOCHS:
        actual = _("its history has {metric} for {epochs} epochs")
        actual = actual.format(metric=metric, epochs=len(numbers))
        expected = _("expected {value}").format(value=EPOCHS)
        raise Mismatch(f"{called}\n{actual}\n{expected}", TRAIN_HELP["history-epochs"])
    for epoch, number in enumerate(numbers, 1):
        low, high = sorted(measured[epoch - 1 : epoch + 1])
        if not low - slack <= number <= high + slack:
            actual = _("its history says for epoch {epoch} that the {metric} was {number:.3f}")
            actual = actual.format(epoch=epoch, metric=metric, number=number)
            expected = _(
                "expected a number from {low:.3f} to {high:.3f}, as the model's weights make it"
            ).format(low=low, high=high)
            raise Mismatch(f"{called}\n{actual}\n{expected}", TRAIN_HELP["history"])


def new_descent(
    model: ModelData,
    random: np.random.Generator,
    images: np.ndarray,
    rows: np.ndarray,
    count: int,
    *,
    spread: float,
    epochs: int,
) -> Descent:
    """A descent in the steps that `count` images make, from random weights.

    The range of the weights is `spread` times that of Keras's kernels.
    """
    shapes = [shape for step in model.steps() for shape in step.layer.weight_shapes(step.shape)]
    start = tuple(_weights(random, shape, spread) for shape in shapes)
    steps = math.ceil(count / BATCH)
    return Descent(
        model,
        start,
        images,
        rows,
        *drawn_digits(random, _OTHERS),
        batch=BATCH,
        epoch_steps=steps,
        epochs=EPOCHS,
        steps=epochs * steps,
    )


def _weights(random: np.random.Generator, shape: tuple[int, ...], spread: float) -> np.ndarray:
    """Random weights of a kernel, `spread` times as large as Glorot's uniform ones, or of biases."""
    largest = 0.05
    if len(shape) > 1:
        largest = spread * math.sqrt(6 / (math.prod(shape[:-2]) * sum(shape[-2:])))
    return random.uniform(-largest, largest, shape).astype(np.float32)


def drawn_digits(random: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Prepared images with a bright row at a height that depends on the class, and one-hot labels.

    The images have noise, because rounding decides which of several equal pixels max pooling takes.
    """
    classes = random.integers(0, 10, count)
    images = random.random((count, 28, 28, 1), np.float32) * np.float32(0.1)
    images[np.arange(count), 2 * classes + 4] += np.float32(0.9)
    return images, np.eye(10, dtype=np.float32)[classes]
