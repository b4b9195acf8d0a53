"""Visible grader of assignment 4, Two-layer CNN: the layers, the data, the settings."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.graders.compile_checks import (
    expect_compiled_step,
    expect_loss,
    expect_sgd,
    one_step,
)
from autograder.graders.train_checks import ACCURACIES, Training, copies, expect_trained
from autograder.keras_objects import Conv2D, Dense, Flatten, MaxPooling2D
from autograder.models import Compiled, ModelData
from autograder.results import Mismatch
from autograder.testing import (
    Expectation,
    Student,
    Wanted,
    compare_layers,
    crash_help,
    expect,
    expect_layers,
    show,
)

# How many tests each question has in the hidden grader; check() tells students.
HIDDEN_TESTS = {
    "prepare": 1,
    "train": 1,
}

HINTS = {
    "basic": (
        "The list has three entries: the input, the convolutional layer, the pooling layer.",
        "Conv2D takes the number of filters, the size of the kernel, and activation=...",
        "MaxPooling2D needs the size of its window only; it then moves by that size.",
    ),
    "stack": (
        "You need not write the first two layers again: begin with what build_basic() returns.",
        "model.add(...) puts one layer on top of a model. It returns nothing; the model changes.",
        "A convolutional layer finds out by itself how many channels come in.",
    ),
    "classifier": (
        "Two layers go on top of build_stack(): one that learns nothing, and one that does.",
        "They are keras.layers.Flatten and keras.layers.Dense.",
        "How many units, one for each possible answer? And which activation makes probabilities?",
    ),
    "prepare": (
        "Change the type of the pixels first: a uint8 cannot hold a fraction.",
        "images[..., np.newaxis] has one axis more, of length one, at the end.",
        "The largest possible pixel is 255, and it shall become 1.",
        "to_categorical cannot know that there are ten digits if a 9 is not among them. Tell it.",
    ),
    "compile": (
        "model.compile takes optimizer=..., loss=... and metrics=[...].",
        "Two lines: the first compiles, the second returns.",
    ),
    "train": (
        "model.fit takes the images, the labels, batch_size=... and epochs=...",
        "What fit returns is what your function returns.",
    ),
}

HELP = {
    "not-a-pair": "Return both, the images and the labels: return a, b",
    "no-channel-axis": "The channel axis is missing: one more axis, of length one, at the end.",
    "channel-axis-first": "The channel axis stands before the pixels. Keras has it at the end.",
    "number-of-images": (
        "The number of images stands in your function. It gets other numbers of them too: write "
        "len(images), or -1, in its place."
    ),
    "unscaled": "The pixels still run to 255. Divide them, so that they lie between 0 and 1.",
    "whole-numbers": (
        "Only whole numbers are left: 51 of 255 is a fifth, and you have nothing. "
        "Change the type first and divide with /, not //."
    ),
    "float64": (
        "Dividing whole numbers gives float64, twice the memory. Convert to float32 before you divide."
    ),
    "not-one-hot": "The labels are still plain numbers. Make each one a row of ten.",
    "too-few-classes": (
        "The rows end at the largest label that happened to be there. Tell to_categorical that "
        "there are ten classes."
    ),
    "compile-returned": "compile() itself returns None. Return the model on a line of its own.",
    "not-compiled": "The model comes back without having been compiled.",
    "optimizer": 'The question asks for stochastic gradient descent, "sgd".',
    "sparse-loss": (
        "This loss wants labels as plain numbers. Yours are one-hot: take categorical_crossentropy."
    ),
    "regression-loss": (
        "This loss measures how far numbers are apart. For probabilities of classes take "
        "categorical_crossentropy."
    ),
    "binary-loss": (
        "This loss is for answers of yes or no. For ten classes take categorical_crossentropy."
    ),
    "own-loss": (
        "This loss is a function of your own, and it computes another number. Give compile the name "
        "of Keras's: categorical_crossentropy."
    ),
    "logits": "With from_logits=True the loss expects no softmax, but the network ends in one.",
    "no-accuracy": 'The accuracy is not among the metrics: metrics=["accuracy"].',
    "history-returned": "Return what fit returns: the History.",
    "epochs-default": "The question asks for 5 epochs. Without epochs=... Keras trains for one.",
    "batch-default": (
        "The question asks for batches of 100. Without batch_size=... Keras takes 32 images."
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

BASIC = [
    Wanted("Conv2D", (5, 5), "relu", (24, 24, 32), 832),
    Wanted("MaxPooling2D", (2, 2), "linear", (12, 12, 32), 0),
]
STACK = [
    *BASIC,
    Wanted("Conv2D", (5, 5), "relu", (8, 8, 64), 51_264),
    Wanted("MaxPooling2D", (2, 2), "linear", (4, 4, 64), 0),
]
CLASSIFIER = [
    *STACK,
    Wanted("Flatten", (), "linear", (1_024,), 0),
    Wanted("Dense", (), "softmax", (10,), 10_250),
]

NETWORK = ModelData(
    (28, 28, 1),
    (
        Conv2D(32, (5, 5), activation="relu"),
        MaxPooling2D((2, 2), (2, 2)),
        Conv2D(64, (5, 5), activation="relu"),
        MaxPooling2D((2, 2), (2, 2)),
        Flatten(),
        Dense(10, activation="softmax"),
    ),
)


@pytest.mark.question("basic", points=2)
def test_basic_layers(student: Student) -> None:
    """One pair of layers."""
    expect_layers(student, "build_basic", BASIC)


@pytest.mark.question("stack", points=2)
def test_stack_layers(student: Student) -> None:
    """Two pairs of layers."""
    expect_layers(student, "build_stack", STACK)


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
        metrics = ", ".join(settings.metrics) or "none"
        text = f"{called}\nfound these metrics: {metrics}\nexpected the accuracy among them"
        raise Mismatch(text, HELP["no-accuracy"])


@pytest.mark.question("compile", points=1)
def test_compiled_model_learns(student: Student) -> None:
    """One batch: the weights go where gradient descent on this loss takes them."""
    called, model = compiled_model(student)
    compare_layers(called, model, CLASSIFIER)
    assert model.compiled is not None
    expect_loss(called, model.compiled, HELP)
    expect_sgd(called, model.compiled, HELP)
    handle = student.handle("build_classifier")
    expect_compiled_step(student, handle, model.compiled, one_step(NETWORK), HELP)


@pytest.mark.question("train", points=1)
def test_train_for_five_epochs(student: Student) -> None:
    """Five epochs of four batches on 301 copies of one image, as the model's weights show."""
    # 300 images and one more: no other batch size gives as many batches of 301 and of 300 images.
    train_on(student, copies(NETWORK, 301))


def prepared(
    student: Student, images: np.ndarray, labels: np.ndarray
) -> tuple[Expectation, Expectation]:
    """Call the student's `prepare` and return its images and its labels as two Expectations."""
    with crash_help({"into shape (60000": HELP["number-of-images"]}):
        answer = expect(student, "prepare", images, labels)
    pair = answer.returned
    is_pair = isinstance(pair, tuple | list) and len(pair) == 2
    answer.satisfies(is_pair, "two arrays, images and labels", HELP["not-a-pair"])
    assert isinstance(pair, tuple | list)
    (first, second), effects = pair, student.effects
    called = f"called prepare(images, labels) with labels {show(labels)}\nlooked at the"
    return (
        Expectation(student, "prepare: images", lambda: f"{called} images", first, effects),
        Expectation(student, "prepare: labels", lambda: f"{called} labels", second, effects),
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
    answer.satisfies(shape == pixels.shape, f"an array of shape {pixels.shape}", help_text)
    answer.returns(
        pixels,
        {HELP["unscaled"]: np.round(pixels * 255), HELP["whole-numbers"]: np.floor(pixels)},
    )
    dtype = getattr(answer.returned, "dtype", None)
    help_text = HELP["float64"] if dtype == np.float64 else None
    answer.satisfies(dtype == np.float32, "the type float32", help_text)


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
    called = "called compile_model(build_classifier())"
    if not isinstance(model, ModelData):
        text = f"{called}\nreturned {model!r:.200}\nexpected the model"
        raise Mismatch(text, HELP["compile-returned"])
    if model.compiled is None:
        text = f"{called}\nreturned a model without settings\nexpected it compiled"
        raise Mismatch(text, HELP["not-compiled"])
    return called, model


def train_on(student: Student, training: Training) -> None:
    """Raise Mismatch unless the student's `train` trains the student's compiled classifier."""
    called, model = compiled_model(student)
    compare_layers(called, model, CLASSIFIER)
    handle = student.handle("compile_model", student.handle("build_classifier"))
    expect_trained(student, handle, training, HELP)
