"""train(images, labels): the student's loop runs in the sandbox, its model comes out as data."""

from collections.abc import Iterator

import keras
import numpy as np
import pytest
from keras import layers

from autograder.grading.sandboxed_student import SandboxedStudent
from autograder.keras_objects import Dense, Flatten
from autograder.models.model import ModelData, Trained
from autograder.models.wire import with_weights
from autograder.results.outcome import Mismatch, StudentCrash
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.errors import ValueRefused
from autograder.sandbox.protocol.limits import Limits
from autograder.testing.notebook_student import NotebookStudent

CELL = """
import keras
import numpy as np

def train(images, labels):
    keras.utils.set_random_seed(1)
    image = keras.Input((28, 28, 1))
    x = keras.layers.RandomFlip("horizontal")(image)
    x = keras.layers.Flatten()(keras.layers.BatchNormalization()(x))
    x = keras.layers.Dense(20, activation="relu")(keras.layers.Dropout(0.1)(x))
    model = keras.Model(image, keras.layers.Dense(10, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=20, verbose=0)
    return model

def history(images, labels):
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)])
    model.compile("sgd", "mse")
    return model.fit(images, np.eye(10)[labels], verbose=0)

def forever(images, labels):
    while True: pass

def unbounded(images, labels):
    model = train(images[:1], labels[:1])
    model.layers[-1].set_weights([w * np.inf for w in model.layers[-1].get_weights()])
    return model
"""
LIMITS = Limits(own_training_seconds=40)


@pytest.fixture(scope="module")
def student() -> Iterator[SandboxedStudent]:
    with Session(LIMITS) as session:
        session.run([Cell("train", CELL, locked=True)])
        yield SandboxedStudent(session, LIMITS)


@pytest.fixture(scope="module")
def easy() -> tuple[np.ndarray, np.ndarray]:
    """Images whose bright row tells their class, and the classes."""
    random = np.random.default_rng(0)
    labels = random.integers(0, 10, 200)
    images = random.integers(0, 30, (200, 28, 28)).astype(np.uint8)
    images[np.arange(200), 2 * labels + 4] = 255
    return images, labels


def pixels(images: np.ndarray) -> np.ndarray:
    return images[..., None].astype(np.float32) / 255


def test_a_model_that_was_trained_in_the_sandbox_predicts_in_the_training_sandbox(
    student: SandboxedStudent, easy: tuple[np.ndarray, np.ndarray]
) -> None:
    images, labels = easy
    trained = student.train("train", pixels(images[:150]), labels[:150])
    assert isinstance(trained, Trained)
    assert sum(array.size for array in trained.weights) == trained.model.parameters
    predicted = student.predict(trained, images[150:])
    assert (predicted == labels[150:]).mean() > 0.9
    # The same weights in the notebook's own process give the same classes.
    assert (NotebookStudent({}).predict(trained, images[150:]) == predicted).all()


def test_in_a_notebook_it_is_the_same_call(easy: tuple[np.ndarray, np.ndarray]) -> None:
    images, labels = easy
    model = keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10, activation="softmax")]
    )
    student = NotebookStudent({"train": lambda images, labels: model})
    trained = student.train("train", pixels(images), labels)
    assert isinstance(trained, Trained)
    expected = model.predict(pixels(images), verbose=0).argmax(axis=1)
    assert (student.predict(trained, images) == expected).all()


def test_a_training_begins_with_the_same_random_numbers_in_a_notebook_as_in_grading() -> None:
    """Else one and the same answer passes check() at one time, and not at another."""
    source = """
import keras
import numpy as np

def train():
    return np.random.random(2), np.asarray(keras.random.uniform((3,)))
"""
    namespace: dict[str, object] = {}
    exec(source, namespace)
    notebook = NotebookStudent(namespace)
    with Session(LIMITS) as session:
        session.run([Cell("train", source)])
        graded = SandboxedStudent(session, LIMITS).train("train")
    for _time in range(2):
        np.testing.assert_equal(notebook.train("train"), graded)


def test_the_weights_of_a_branching_model_go_to_their_own_layers(
    easy: tuple[np.ndarray, np.ndarray],
) -> None:
    image = keras.Input((28, 28, 1))
    long = layers.Conv2D(3, 3, strides=7)(layers.Conv2D(2, 3, padding="same")(image))
    joined = layers.Add()([long, layers.Conv2D(3, 3, strides=7)(image)])
    model = keras.Model(image, layers.Dense(10, activation="softmax")(layers.Flatten()(joined)))
    student = NotebookStudent({"train": lambda: model})
    trained = student.train("train")
    assert isinstance(trained, Trained)
    expected = model.predict(pixels(easy[0]), verbose=0).argmax(axis=1)
    assert (student.predict(trained, easy[0]) == expected).all()


def test_what_is_no_model_comes_as_it_is(
    student: SandboxedStudent, easy: tuple[np.ndarray, np.ndarray]
) -> None:
    images, labels = easy
    assert "history of 1 epochs" in repr(student.train("history", pixels(images), labels))
    assert NotebookStudent({"train": lambda: None}).train("train") is None


def test_weights_without_end_are_refused(
    student: SandboxedStudent, easy: tuple[np.ndarray, np.ndarray]
) -> None:
    images, labels = easy
    with pytest.raises(Mismatch, match="not all finite"):
        student.train("unbounded", pixels(images), labels)


def test_time_is_up_at_the_budget_of_a_training(easy: tuple[np.ndarray, np.ndarray]) -> None:
    images, labels = easy
    limits = Limits(own_training_seconds=2, call_seconds=100)
    with Session(limits) as session:
        session.run([Cell("train", "def forever(images, labels):\n    while True: pass")])
        with pytest.raises(StudentCrash, match="took longer than 2 s"):
            SandboxedStudent(session, limits).train("forever", pixels(images), labels)


MODEL = ModelData((2, 2, 1), (Flatten(), Dense(3)))
WEIGHTS = [np.zeros((4, 3), np.float32), np.zeros(3, np.float32)]


@pytest.mark.parametrize(
    "weights",
    [
        None,
        "all of them",
        [1.0, 2.0],
        WEIGHTS[:1],
        [*WEIGHTS, np.zeros(1, np.float32)],
        [array.astype(np.float64) for array in WEIGHTS],
        [WEIGHTS[0].T, WEIGHTS[1]],
        [np.full((4, 3), np.nan, np.float32), WEIGHTS[1]],
    ],
)
def test_weights_that_are_not_the_models_are_refused(weights: object) -> None:
    assert isinstance(with_weights(MODEL, WEIGHTS), Trained)
    with pytest.raises(ValueRefused):
        with_weights(MODEL, weights)
