"""Visible grader of assignment 4, Two-layer CNN: the layers, the data, the settings."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.expect import Student, expect
from autograder.graders.models import Wanted, expect_layers
from autograder.model import HistoryData, ModelData
from autograder.outcome import Mismatch

HINTS = {
    "basic": (
        "The list has three entries: the input, the convolutional layer, the pooling layer.",
        "Conv2D takes the number of filters, the kernel's size and activation=...",
    ),
    "stack": (
        "Call build_basic() and add two layers with model.add(...).",
        "The second convolutional layer finds out by itself how many channels come in.",
    ),
    "classifier": (
        "Two layers are added to build_stack(): one without parameters, one with.",
        "keras.layers.Flatten() and keras.layers.Dense(units, activation=...).",
    ),
    "prepare": (
        "Change the dtype first; uint8 cannot hold fractions.",
        "An axis of length one at the end: images[..., np.newaxis].",
        "The largest pixel is 255 and shall become 1.",
    ),
    "compile": (
        "model.compile takes optimizer=, loss= and metrics=[...].",
        "Two lines: compile, then return the model.",
    ),
    "train": (
        "model.fit takes the images, the labels, batch_size= and epochs=.",
        "What fit returns is what your function returns.",
    ),
}

HELP = {
    "unscaled": "The pixels still run to 255: divide them, so that they lie between 0 and 1.",
    "no-channel-axis": "The channel axis is missing: the shape must end in 1.",
    "channel-axis-first": "The channel axis stands first; Keras has it last.",
    "not-one-hot": "The labels are still plain numbers: make each one a row of ten.",
    "float64": "The pixels are float64. Keras calculates in float32; convert them before dividing.",
    "not-a-pair": "Return both: the images and the labels, with a comma between.",
    "compile-returned": "compile() itself returns None: return the model on a line of its own.",
    "not-compiled": "The model that comes back has not been compiled.",
    "optimizer": 'The optimizer is another one; asked is "sgd", stochastic gradient descent.',
    "sparse-loss": (
        "This loss expects labels as plain numbers. Yours are one-hot: take categorical_crossentropy."
    ),
    "regression-loss": (
        "This loss measures distances between numbers. For probabilities take categorical_crossentropy."
    ),
    "binary-loss": "This loss is for yes-or-no answers. For ten classes take categorical_crossentropy.",
    "logits": "With from_logits=True the loss expects no softmax, but the network ends in one.",
    "no-accuracy": 'The accuracy is not among the metrics: metrics=["accuracy"].',
    "history-returned": "Return what fit returns: the History.",
    "batch-default": "Without batch_size, Keras takes 32 images at a time; asked are 100.",
    "epochs-default": "Without epochs, Keras goes through the images once; asked is 5 times.",
}

BASIC = [
    Wanted("Conv2D", (24, 24, 32), 832, "relu"),
    Wanted("MaxPooling2D", (12, 12, 32), 0),
]
STACK = [
    *BASIC,
    Wanted("Conv2D", (8, 8, 64), 51_264, "relu"),
    Wanted("MaxPooling2D", (4, 4, 64), 0),
]
CLASSIFIER = [*STACK, Wanted("Flatten", (1_024,), 0), Wanted("Dense", (10,), 10_250, "softmax")]


@pytest.mark.question("basic", points=2)
def test_basic_layers(student: Student) -> None:
    """One pair of layers, 832 parameters."""
    expect_layers(student, "build_basic", BASIC)


@pytest.mark.question("stack", points=2)
def test_stack_layers(student: Student) -> None:
    """Two pairs of layers, 52,096 parameters."""
    expect_layers(student, "build_stack", STACK)


@pytest.mark.question("classifier", points=3)
def test_classifier_layers(student: Student) -> None:
    """The whole network, 62,346 parameters."""
    expect_layers(student, "build_classifier", CLASSIFIER)


@pytest.mark.question("prepare", points=2)
def test_prepare_example(student: Student) -> None:
    """Two digits, a single bright pixel in each."""
    images = np.zeros((2, 28, 28), np.uint8)
    images[0, 3, 4], images[1, 5, 6] = 255, 51
    pixels = np.zeros((2, 28, 28, 1), np.float32)
    pixels[0, 3, 4, 0], pixels[1, 5, 6, 0] = 1.0, 0.2
    rows = np.zeros((2, 10), np.float32)
    rows[0, 7], rows[1, 0] = 1, 1
    labels = np.array([7, 0])
    answer = expect(student, "prepare", images, labels)
    pair = isinstance(answer.returned, tuple | list) and len(answer.returned) == 2
    answer.satisfies(pair, "two arrays, images and labels", HELP["not-a-pair"])
    raw = images[..., None]
    answer.returns(
        (pixels, rows),
        {
            HELP["unscaled"]: (raw, rows),
            HELP["no-channel-axis"]: (pixels[..., 0], rows),
            HELP["channel-axis-first"]: (pixels.transpose(0, 3, 1, 2), rows),
            HELP["not-one-hot"]: (pixels, labels),
        },
    )


@pytest.mark.question("prepare", points=1)
def test_prepare_gives_float32(student: Student) -> None:
    """Pixels as float32."""
    answer = expect(student, "prepare", np.full((1, 28, 28), 51, np.uint8), np.array([3]))
    returned = answer.returned
    found = getattr(returned[0], "dtype", None) if isinstance(returned, tuple | list) else None
    help_text = HELP["float64"] if found == np.float64 else None
    answer.satisfies(found == np.float32, "pixels of dtype float32", help_text)


@pytest.mark.question("compile", points=2)
def test_compile_settings(student: Student) -> None:
    """Optimizer, loss and metrics of the compiled model."""
    model = student.call("compile_model", student.handle("build_classifier"))
    called = "called compile_model(build_classifier())"
    if not isinstance(model, ModelData):
        raise Mismatch(f"{called}\nreturned {model!r}\nexpected the model", HELP["compile-returned"])
    if model.compiled is None:
        raise Mismatch(f"{called}\nreturned a model without settings", HELP["not-compiled"])
    found = model.compiled
    losses = {
        "sparse_categorical_crossentropy": "sparse-loss",
        "mse": "regression-loss",
        "mean_squared_error": "regression-loss",
        "mae": "regression-loss",
        "mean_absolute_error": "regression-loss",
        "binary_crossentropy": "binary-loss",
    }
    accuracies = {"accuracy", "categorical_accuracy"}
    for wrong, text, expected, key in (
        (found.optimizer != "sgd", f"optimizer {found.optimizer}", "sgd", "optimizer"),
        (
            found.loss != "categorical_crossentropy",
            f"loss {found.loss}",
            "categorical_crossentropy",
            losses.get(found.loss, ""),
        ),
        (found.from_logits, "a loss with from_logits=True", "from_logits=False", "logits"),
        (
            not accuracies & set(found.metrics),
            f"metrics {list(found.metrics)}",
            "accuracy among them",
            "no-accuracy",
        ),
    ):
        if wrong:
            raise Mismatch(f"{called}\nfound {text}\nexpected {expected}", HELP.get(key))


@pytest.mark.question("train", points=1)
def test_train_for_five_epochs(student: Student) -> None:
    """Five epochs of three batches on 300 made-up images."""
    history = train_on(student, 300)
    called = "called train(model, images, labels) with 300 images"
    if history.epochs != 5:
        key = "epochs-default" if history.epochs == 1 else ""
        raise Mismatch(f"{called}\ntrained {history.epochs} epochs\nexpected 5", HELP.get(key))
    if history.steps != 3:
        key = "batch-default" if history.steps == 10 else ""
        text = f"{called}\nsaw {history.steps} batches an epoch\nexpected 3, of 100 images each"
        raise Mismatch(text, HELP.get(key))


def train_on(student: Student, count: int) -> HistoryData:
    """The history of the student's training on `count` easy images: a bright row tells the class."""
    random = np.random.default_rng(count)
    classes = random.integers(0, 10, count)
    images = random.random((count, 28, 28, 1), np.float32) * 0.1
    images[np.arange(count), 2 * classes + 4] = 1.0
    labels = np.eye(10, dtype=np.float32)[classes]
    model = student.handle("compile_model", student.handle("build_classifier"))
    history = student.call("train", model, images, labels)
    if not isinstance(history, HistoryData):
        text = f"called train(model, images, labels)\nreturned {history!r}\nexpected a History"
        raise Mismatch(text, HELP["history-returned"])
    return history
