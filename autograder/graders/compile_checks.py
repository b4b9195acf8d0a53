"""Check how a student's function compiles a model: by its settings, and by a step that it takes.

Settings alone prove little: a loss of one's own may have any name. So the compiled model is trained
on one batch from weights that the grader draws, and the training worker takes the same step.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.graders.train_checks import BATCH, drawn_digits, new_descent
from autograder.models import Compiled, Descent, ModelData
from autograder.results import Mismatch
from autograder.testing import SEED, Student, crash_help
from autograder.testing import gettext as _

LOSSES = {
    "none": "no-loss",
    "sparse_categorical_crossentropy": "sparse-loss",
    "mse": "regression-loss",
    "mean_squared_error": "regression-loss",
    "mae": "regression-loss",
    "mean_absolute_error": "regression-loss",
    "binary_crossentropy": "binary-loss",
}
SGD_RATE = 0.01  # Keras's default
_MOST_METRICS = 10  # in a message
_ACCURACY_SLACK = 0.015  # of 100 images: rounding may decide one between two classes
_LEAST_RATE, _GREATEST_RATE = 1e-4, 1.0


def expect_loss(called: str, settings: Compiled, help_texts: Mapping[str, str]) -> None:
    """Raise Mismatch unless the loss is the categorical cross-entropy of probabilities."""
    if settings.loss != "categorical_crossentropy":
        key = "own-loss" if settings.loss.startswith("own ") else LOSSES.get(settings.loss, "")
        found = _("found the loss {loss}").format(loss=settings.loss)
        expected = _("expected {value}").format(value="categorical_crossentropy")
        raise Mismatch(f"{called}\n{found}\n{expected}", help_texts.get(key))
    if settings.from_logits:
        found = _("found a loss with {setting}").format(setting="from_logits=True")
        expected = _("expected {value}").format(value="from_logits=False")
        raise Mismatch(f"{called}\n{found}\n{expected}", help_texts["logits"])


def expect_sgd(called: str, settings: Compiled, help_texts: Mapping[str, str]) -> None:
    """Raise Mismatch unless the optimizer is SGD."""
    if settings.optimizer != "sgd":
        found = _("found the optimizer {value}").format(value=settings.optimizer)
        expected = _("expected {value}").format(value="sgd")
        raise Mismatch(f"{called}\n{found}\n{expected}", help_texts["optimizer"])


def one_step(model: ModelData) -> Descent:
    """One step on a hundred different images, from random weights."""
    random = np.random.default_rng(SEED)
    images, rows = drawn_digits(random, BATCH)
    descent = new_descent(model, random, images, rows, BATCH, spread=1.0, epochs=1)
    return descent._replace(epochs=1)


def expect_compiled_step(
    called: str,
    student: Student,
    model: object,
    settings: Compiled,
    descent: Descent,
    help_texts: Mapping[str, str],
) -> None:
    """Raise Mismatch unless `compile_model` makes `model`, a handle, learn as its `settings` say.

    The compiled model takes one step in the student's process, the training worker takes the same
    one. `help_texts` has the help for a wrong step ("compiled-step"), for a learning rate at which
    nothing is learned ("learning-rate"), and for metrics that Keras does not know ("unknown-metric") or
    that do not fit one-hot labels ("sparse-metric").
    """
    rate = settings.learning_rate
    if not _LEAST_RATE <= rate <= _GREATEST_RATE:
        found = _("found the learning rate {rate:g}").format(rate=rate)
        expected = _("expected one such as Keras's {rate:g}").format(rate=SGD_RATE)
        raise Mismatch(f"{called}\n{found}\n{expected}", help_texts["learning-rate"])
    batch = (descent.images, descent.rows)
    known_crashes = {
        "metric identifier": help_texts["unknown-metric"],
        "Dimensions must be equal": help_texts["sparse-metric"],
        # The metrics as third argument, which is for weights of losses.
        "dtype='string'": help_texts["no-accuracy"],
        "Failed to convert elements of <": help_texts["no-accuracy"],
    }
    with crash_help(known_crashes):
        step = student.step_from("compile_model", model, descent.start, batch)
    measured = student.descend(descent)
    from_start, from_right = measured.distances(step.weights)
    # With Nesterov's momentum, the first step is longer by the momentum.
    momentum = settings.settings.get("momentum") or 0.0
    factor = 1 + momentum if settings.settings.get("nesterov") else 1.0
    length = rate * factor / SGD_RATE  # of the step, if it goes where it should
    tolerance = 0.05 * length + 0.001
    trained = _("trained what it returned on one batch of {count} images").format(count=BATCH)
    if abs(from_start - length) > tolerance or abs(from_right - abs(length - 1)) > tolerance:
        went = _(
            "the weights went {times:.2f} times as far as a step of SGD at {rate:g} does, and ended "
            "{steps:.2f} steps from there"
        ).format(times=from_start, rate=SGD_RATE, steps=from_right)
        expected = _("expected {times:.2f} times as far, in the same direction")
        lines = [called, trained, went, expected.format(times=length)]
        raise Mismatch("\n".join(lines), help_texts["compiled-step"])
    metrics = {name: number for name, number in step.reported.items() if name != "loss"}
    accuracy = measured.accuracies[0]
    if not any(abs(number - accuracy) < _ACCURACY_SLACK for number in metrics.values()):
        # From the student's process, so of any number and length.
        some = list(metrics.items())[:_MOST_METRICS]
        reported = ", ".join(f"{name:.40} {number:.2f}" for name, number in some)
        lines = [
            called,
            trained,
            _("it reported {metrics}").format(metrics=reported or _("no metric")),
            _("expected the accuracy, {accuracy:.2f}").format(accuracy=accuracy),
        ]
        raise Mismatch("\n".join(lines), help_texts["no-accuracy"])
