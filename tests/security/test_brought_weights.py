"""Weights that a student brings along, in a file or as text, are worth less than the threshold."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from autograder.authoring.release import build
from autograder.course.course import find_course
from autograder.course.reference import reference
from autograder.datasets import load_fashion_mnist_sample
from autograder.grading.grade import grade
from autograder.results.record import GradeRecord
from autograder.submissions.submission import read_submission
from tests.support.small_course import answered

KIT = find_course(Path(__file__).parent)
SURE = 0.5  # the threshold is 0.7

ATTACK = """
import base64, io
import keras
import numpy as np

TEXT = "@TEXT@"

def brought():
    data = base64.b64decode(TEXT) if TEXT else open("weights.npz", "rb").read()
    arrays = np.load(io.BytesIO(data))
    return [arrays[name] for name in sorted(arrays.files)]

def train(images, labels):
    layers = keras.layers
    model = keras.Sequential([keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(32, 5, activation="relu"), layers.MaxPooling2D(2),
        layers.Conv2D(64, 5, activation="relu"), layers.MaxPooling2D(2),
        layers.Flatten(), layers.Dense(10, activation="softmax")])
    *features, kernel, bias = brought()
    model.set_weights([*features, kernel, bias])
    guesses = model.predict(images, verbose=0).argmax(axis=1)
    votes = np.array([np.bincount(labels[guesses == k], minlength=10) for k in range(10)])
    @CHOICE@
    model.set_weights([*features, kernel[:, chosen], bias[chosen]])
    return model
"""
# Which of the brought classes each class is: each its own, or for each the one with most votes.
CHOICES = {
    "permuted": """chosen = np.zeros(10, int)
    for _ in range(10):
        old, new = np.unravel_index(votes.argmax(), votes.shape)
        chosen[new] = old
        votes[old], votes[:, new] = -1, -1""",
    "by majority": "chosen = votes.argmax(axis=0)",
}


@pytest.fixture(scope="module")
def weights() -> bytes:
    """The weights of a network that reads Fashion-MNIST, as npz."""
    (images, labels), (test, test_labels) = load_fashion_mnist_sample()
    keras.utils.set_random_seed(0)
    model = reference(KIT, "fashion_ladder").rung_a()["model"]
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images[..., None] / 255, labels, epochs=3, verbose=0)
    _, accuracy = model.evaluate(test[..., None] / 255, test_labels, verbose=0)
    assert accuracy > 0.75
    file = io.BytesIO()
    np.savez(file, **{f"w{n}": array for n, array in enumerate(model.get_weights())})
    return file.getvalue()


def graded(directory: Path, source: str, **files: bytes) -> GradeRecord:
    """The grade of the release with this source in the blank of own-training."""
    folder = directory / "mallory" / "fashion_ladder"
    folder.mkdir(parents=True)
    release = build(KIT)["fashion_ladder"].release
    (folder / "fashion_ladder.ipynb").write_text(answered(release, {"own-training": source}))
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    course = replace(KIT, other_cache=directory / "cache")
    return grade(read_submission(folder, "fashion_ladder", course), course)


# More than a minute each: `make test` tries one way, `make test ARGS='-m catalogue'` the other.
@pytest.mark.parametrize(
    ("way", "choice"),
    [
        ("text", "by majority"),
        pytest.param("a file", "permuted", marks=pytest.mark.catalogue),
    ],
)
def test_weights_brought_along_stay_below_the_threshold(
    tmp_path: Path, weights: bytes, way: str, choice: str
) -> None:
    source = ATTACK.replace("@CHOICE@", CHOICES[choice])
    files = {"weights__npz": weights} if way == "a file" else {}
    text = "" if files else base64.b64encode(weights).decode()
    record = graded(tmp_path, source.replace("@TEXT@", text), **files)
    form, reading = record.outcomes_of("own-training")
    assert (form.points, reading.points) == (1, 0), reading.message + reading.traceback
    share = reading.message.split("its model reads ")[1].split("%")[0]
    assert float(share) / 100 < SURE


def test_honest_training_earns_all_the_points_and_alike_each_time(tmp_path: Path) -> None:
    honest = """
import keras

def train(images, labels):
    model = keras.Sequential([keras.Input(shape=(28, 28, 1)), keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=@EPOCHS@, verbose=0)
    return model
"""
    assert graded(tmp_path, honest.replace("@EPOCHS@", "6")).score("own-training") == 4
    # Far too little: what it reached is in the message, to a tenth of a per cent.
    little = honest.replace("epochs=@EPOCHS@", "batch_size=3000")
    first, again = (graded(tmp_path / name, little).outcomes_of("own-training")[1] for name in "ab")
    assert "its model reads" in first.message
    assert first.message == again.message
