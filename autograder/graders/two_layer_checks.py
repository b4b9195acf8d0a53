"""Checks shared by the graders of assignment 4, and the help for known mistakes."""

from __future__ import annotations

import numpy as np

from autograder.graders.classifier_layers import CLASSIFIER
from autograder.graders.train_checks import Training, expect_trained
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

HELP = {
    "absolute": "Negative numbers have become positive. ReLU puts 0 in their place.",
    "positives-lost": "You kept the negative numbers. ReLU keeps the others.",
    "mask-returned": (
        "This says only which numbers are positive. Return the numbers themselves there, and 0 elsewhere."
    ),
    "negatives-left-out": (
        "The negative numbers are left out, and with them the shape of the array. Put 0 in their place."
    ),
    "largest-along-axis": (
        "`np.max(array, 0)` is the largest number along axis 0. `np.maximum` compares each number with another."
    ),
    "not-divided": (
        "These are the powers of e, and they do not add up to one. Divide each by the sum of its row."
    ),
    "divided-by-largest": (
        "The largest number of each row has become 1. Divide the powers by their sum, too."
    ),
    "without-powers": (
        "You divided the numbers themselves by their sum. Take e to the power of each number first."
    ),
    "negative-powers": (
        "The smallest number has the largest probability: the sign of the exponent is wrong."
    ),
    "sum-of-all": (
        "All rows together add up to one. Each row is an image: divide by the sum of the row, `axis=-1`."
    ),
    "sum-of-columns": (
        "The columns add up to one. Each row is an image: divide by the sum of the row, `axis=-1`."
    ),
    "lost-axis": (
        "The sums, or the largest numbers, have lost their last axis, and are no longer in line "
        "with their rows. `keepdims=True` keeps it."
    ),
    "axis-one": (
        "The numbers of one image have axis 0 only. `axis=-1` is the last one, for one row and for several."
    ),
    "overflow": (
        "`nan` appears where a power of e became infinite, or all powers of a row became 0. "
        "Before you take the powers, subtract the largest number of each row from the numbers of "
        "this row."
    ),
    "largest-of-all": (
        "You subtracted the largest number of all rows. In a row that lies far below it, all "
        "powers become 0. Subtract the largest number of each row: `axis=-1`."
    ),
    "mean-subtracted": (
        "You subtracted the mean of each row. Where the numbers of a row lie far apart, the power of "
        "the largest still becomes infinite. Subtract the largest number of each row."
    ),
    "smallest-subtracted": (
        "You subtracted the smallest number of each row. Where the numbers of a row lie far apart, the "
        "powers of the others become infinite. Subtract the largest number of each row."
    ),
    "not-a-pair": "Return both, the images and the labels: `return a, b`.",
    "no-channel-axis": "The channel axis is missing: one more axis, of length one, at the end.",
    "channel-axis-first": "The channel axis stands before the pixels. Keras has it at the end.",
    "number-of-images": (
        "A fixed number of images is written in your function, but it gets other numbers of them, "
        "too: write `len(images)`, or `-1`, in its place."
    ),
    "unscaled": "The pixels still run to 255. Divide them, so that they lie between 0 and 1.",
    "whole-numbers": (
        "Only whole numbers are left: 51 of 255 is a fifth, and you get 0. Change the type first "
        "and divide with `/`, not `//`."
    ),
    "float64": (
        "The pixels are `float64`, which takes twice the memory. Convert to `float32` before you divide."
    ),
    "not-one-hot": "The labels are still plain numbers. Make each one a row of ten.",
    "too-few-classes": (
        "The rows end at the largest label that happened to be there. Tell `to_categorical` that "
        "there are ten classes."
    ),
    "compile-returned": "`compile()` itself returns `None`. Return the model on a line of its own.",
    "not-compiled": "The model comes back without having been compiled.",
    "optimizer": 'The question asks for stochastic gradient descent, `"sgd"`.',
    "sparse-loss": (
        "This loss wants labels as plain numbers. Yours are one-hot: take `categorical_crossentropy`."
    ),
    "regression-loss": (
        "This loss measures how far numbers are apart. For probabilities of classes take "
        "`categorical_crossentropy`."
    ),
    "binary-loss": (
        "This loss is for answers of yes or no. For ten classes take `categorical_crossentropy`."
    ),
    "own-loss": (
        "This loss is a function of your own, and it computes another number. Give `compile` the "
        "name of Keras's: `categorical_crossentropy`."
    ),
    "logits": "With `from_logits=True` the loss expects no softmax, but the network ends in one.",
    "no-accuracy": 'The accuracy is not among the metrics: `metrics=["accuracy"]`.',
    "unknown-metric": (
        "Keras knows no metric of that name; it looks for it only when the training begins. All that "
        'is asked for is `metrics=["accuracy"]`.'
    ),
    "sparse-metric": (
        "A metric does not fit the labels, which are one-hot rows. One whose name begins with `sparse_` "
        "wants plain numbers. Take `accuracy`."
    ),
    "as-given": (
        "Give `fit` the images first, then the labels, both as your function gets them: they are prepared "
        "already."
    ),
    "history-returned": "Return what `fit` returns: the `History`.",
    "epochs-default": "The question asks for 5 epochs. Without `epochs=...` Keras trains for one.",
    "batch-default": (
        "The question asks for batches of 100. Without `batch_size=...` Keras takes 32 images."
    ),
    "compiled-step": (
        "The compiled model does not learn as the question asks. Compile the model that you are given, "
        "with the loss and the optimizer as Keras makes them, and let all layers be trained."
    ),
    "learning-rate": (
        "At this learning rate nothing is learned: the steps are far too small or too large. "
        "Leave it out, and Keras takes 0.01."
    ),
}

# A part of what NumPy says to a wrong axis in softmax -> help.
SOFTMAX_CRASHES = {
    "could not be broadcast": HELP["lost-axis"],
    "axis 1 is out of bounds": HELP["axis-one"],
}
# A part of what Keras says to other images or labels than those that `train` is given -> help.
_TRAIN_CRASHES = {
    "must have the same rank": HELP["as-given"],
    "input has incompatible shape": HELP["as-given"],
}


def prepared(
    student: Student, images: np.ndarray, labels: np.ndarray
) -> tuple[Expectation, Expectation]:
    """Call the student's `prepare` and return its images and its labels as two Expectations."""
    with crash_help({"into shape (60000": HELP["number-of-images"]}):
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
    shapes = {(count, 28, 28): "no-channel-axis", (count, 1, 28, 28): "channel-axis-first"}
    help_text = HELP.get(shapes.get(shape, "")) if isinstance(shape, tuple) else None
    wanted = _("an array of shape {shape}").format(shape=pixels.shape)
    answer.satisfies(shape == pixels.shape, wanted, help_text)
    answer.returns(
        pixels,
        {HELP["unscaled"]: np.round(pixels * 255), HELP["whole-numbers"]: np.floor(pixels)},
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
    with crash_help(_TRAIN_CRASHES):
        expect_trained(student, handle, training, HELP)
