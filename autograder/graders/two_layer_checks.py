"""Checks shared by the graders of assignment 4."""

from __future__ import annotations

import numpy as np

from autograder.graders.classifier_layers import CLASSIFIER
from autograder.graders.train_checks import Training, expect_trained
from autograder.graders.two_layer_help import HELP, PREPARE_CRASHES, TRAIN_CRASHES
from autograder.models import Compiled, ModelData
from autograder.results import Mismatch
from autograder.testing import (
    Expectation,
    Student,
    compare_layers,
    crash_help,
    expect,
    show,
)
from autograder.testing import gettext as _


def prepared(
    student: Student, images: np.ndarray, labels: np.ndarray
) -> tuple[Expectation, Expectation]:
    """Call the student's `prepare` and return its images and its labels as two Expectations."""
    with crash_help(PREPARE_CRASHES):
        answer = expect(student, "prepare", images, labels)
    pair = answer.returned
    is_pair = isinstance(pair, tuple | list) and len(pair) == 2
    answer.satisfies(is_pair, _("two arrays, images and labels"), HELP["not-a-pair"])
    assert isinstance(pair, tuple | list)
    (first, second), effects = pair, student.effects
    call = _("called prepare(images, labels) with labels {labels}").format(labels=show(labels))
    at_images, at_labels = _("looked at the images"), _("looked at the labels")
    return (
        Expectation(student, "prepare: images", lambda: f"{call}\n{at_images}", first, effects),
        Expectation(student, "prepare: labels", lambda: f"{call}\n{at_labels}", second, effects),
    )


def expect_pixels(answer: Expectation, pixels: np.ndarray) -> None:
    """Raise Mismatch unless the answer is these float32 pixels (images, 28, 28, 1) from 0 to 1.

    Shape, values and type are checked one after another, so that an answer with several mistakes
    gets help for the first.
    """
    shape = getattr(answer.returned, "shape", None)
    count = len(pixels)
    shapes = {
        (count, 28, 28): "no-channel-axis",
        (count, 1, 28, 28): "channel-axis-first",
        (1, count, 28, 28): "channel-axis-first",
        (count, 784): "flattened",
        (count, 10): "pair-exchanged",
    }
    key = "images-in-list" if isinstance(answer.returned, list) else shapes.get(shape or (), "")
    wanted = _("an array of shape {shape}").format(shape=pixels.shape)
    answer.satisfies(shape == pixels.shape, wanted, HELP.get(key))
    answer.returns(
        pixels,
        {
            HELP["unscaled"]: np.round(pixels * 255),
            HELP["whole-numbers"]: np.floor(pixels),
            HELP["own-largest"]: pixels / (pixels.max() or 1),
            HELP["divided-by-256"]: pixels * 255 / 256,
        },
    )
    dtype = getattr(answer.returned, "dtype", None)
    help_text = HELP["float64"] if dtype == np.float64 else None
    answer.satisfies(dtype == np.float32, _("the type float32"), help_text)


def expect_one_hot(answer: Expectation, labels: np.ndarray, rows: np.ndarray) -> None:
    """Raise Mismatch unless the answer is these one-hot rows (images, 10) of the labels."""
    narrow = rows[:, : int(labels.max()) + 1]
    answer.returns(rows, {HELP["not-one-hot"]: labels, HELP["too-few-classes"]: narrow})


def compiled(student: Student) -> tuple[str, Compiled]:
    """The message's line with the call, and the settings of the returned model; may raise Mismatch."""
    called, model = compiled_model(student)
    assert model.compiled is not None
    return called, model.compiled


def compiled_model(student: Student) -> tuple[str, ModelData]:
    """The message's line with the call, and the returned model; raises Mismatch if not compiled."""
    model = student.call("compile_model", student.handle("build_classifier"))
    called = _("called {call}").format(call="compile_model(build_classifier())")
    if not isinstance(model, ModelData):
        returned, expected = _("returned {value}"), _("expected the model")
        text = f"{called}\n{returned.format(value=f'{model!r:.200}')}\n{expected}"
        raise Mismatch(text, HELP["compile-returned"] if model is None else None)
    if model.compiled is None:
        returned, expected = _("returned a model without settings"), _("expected it compiled")
        raise Mismatch(f"{called}\n{returned}\n{expected}", HELP["not-compiled"])
    return called, model


def train_on(student: Student, training: Training) -> None:
    """Raise Mismatch unless the student's `train` trains the student's compiled classifier."""
    called, model = compiled_model(student)
    compare_layers(called, model, CLASSIFIER)
    handle = student.handle("compile_model", student.handle("build_classifier"))
    with crash_help(TRAIN_CRASHES):
        expect_trained(student, handle, training, HELP)
