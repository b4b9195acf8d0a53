"""The ladder graded for real: what a recipe that does not learn, or cannot be trained, is told."""

import re
from pathlib import Path
from typing import Any

import keras
import msgspec
import numpy as np
import pytest
from keras import layers

from autograder._util.i18n import use_language
from autograder._util.machine import software
from autograder.course.course import find_course
from autograder.course.reference import reference
from autograder.datasets import FASHION_CLASSES
from autograder.feedback.images import png
from autograder.feedback.render import picture_text
from autograder.graders.hidden.ladder_pictures import (
    batch_curve,
    confusion,
    learning_curve,
    mistakes,
)
from autograder.grading.grade import grader_files
from autograder.models.recipe import read_recipe
from autograder.results.misclassified import unpack
from autograder.results.outcome import Status, TestOutcome
from autograder.results.pictures import (
    Confusion,
    Curves,
    Images,
    Ladder,
    LadderRung,
    whole_tenths,
)
from autograder.results.thresholds import thresholds_of
from autograder.sandbox.protocol.limits import Limits
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin
from autograder.testing.run_tests import run_tests
from autograder.training.cache import TrainingCache
from autograder.training.data import training_data
from autograder.training.reference_runs import ReferenceRun, keep_reference_run, reference_run
from autograder.training.run import Run
from autograder.training.trainer import Trainer, TrainingFailed

COURSE = find_course(Path(__file__).parent)
LOSS = "sparse_categorical_crossentropy"


def outcomes(answer: Any, trainer: Any) -> list[TestOutcome]:
    """What the graders say to a student whose rung_a returns `answer()`."""
    solution = reference(COURSE, "fashion_ladder")
    student = NotebookStudent({**vars(solution), "rung_a": answer})
    plugin = GraderPlugin(student, solution, only="rung-a", trainer=lambda: trainer)
    return run_tests(grader_files(COURSE, "fashion_ladder"), plugin)


def recipe(*inner: layers.Layer, epochs: int = 1, **more: Any) -> dict[str, Any]:
    model = keras.Sequential([keras.Input((28, 28, 1)), *inner])
    model.compile("sgd", "sparse_categorical_crossentropy")
    return {"model": model, "epochs": epochs, **more}


def convolutions() -> list[layers.Layer]:
    """What rung a demands at least, so small that an epoch takes a moment."""
    return [
        layers.Conv2D(32, 5, strides=4, activation="relu"),
        layers.Conv2D(64, 3, strides=2, activation="relu"),
        layers.Flatten(),
    ]


def never_compiled() -> dict[str, Any]:
    ten = layers.Dense(10, activation="softmax")
    return {
        "model": keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), ten]),
        "epochs": 1,
    }


def with_loss(loss: str) -> dict[str, Any]:
    entries = recipe(layers.Flatten(), layers.Dense(10, activation="softmax"))
    entries["model"].compile("sgd", loss)
    return entries


def test_a_network_that_does_not_learn_stays_below_the_threshold(tmp_path: Path) -> None:
    trainer = Trainer(training_data("sample"), TrainingCache(tmp_path), Limits())

    def constant() -> dict[str, Any]:
        ten = layers.Dense(10, activation="softmax")
        return recipe(*convolutions(), ten, learning_rates=[1e-9])

    visible, hidden = outcomes(constant, trainer)
    assert (visible.status, hidden.status) == (Status.FAILED, Status.FAILED)
    assert hidden.points == 0
    assert "on 5,400 images (sample tier)" in hidden.message
    assert "of 2,000 test images" in hidden.message
    assert "expected at least" in hidden.message
    assert "the loss went from 2.30 to 2.30: it does not learn" in hidden.message
    assert "does not even learn a single batch" in hidden.help
    curve, batch = hidden.pictures
    assert isinstance(curve, Curves)
    assert isinstance(batch, Curves)
    assert (len(curve.lines["validation images"]), len(batch.lines["one batch of 32 images"])) == (
        1,
        100,
    )
    assert "threshold is" in curve.text
    assert png(curve).startswith(b"\x89PNG")


def test_a_recipe_below_its_threshold_is_shown_what_it_takes_for_what(tmp_path: Path) -> None:
    trainer = Trainer(training_data("sample"), TrainingCache(tmp_path), Limits())

    def hasty() -> dict[str, Any]:
        ten = layers.Dense(10, activation="softmax")
        return recipe(*convolutions(), ten, batch_size=512)

    hidden = outcomes(hasty, trainer)[1]
    assert hidden.status is Status.FAILED
    assert hidden.message.endswith("it can learn.")
    curve, matrix, images, climbed = hidden.pictures
    assert isinstance(curve, Curves)
    assert isinstance(matrix, Confusion)
    assert isinstance(images, Images)
    assert isinstance(climbed, Ladder)
    assert np.sum(matrix.counts) == 2_000
    assert np.sum(matrix.counts, axis=1).tolist() == [200] * 10
    assert f"reached {whole_tenths(np.trace(matrix.counts) / 20):.1f}%" in hidden.message
    assert len(images.pixels) == len(images.captions) == 8
    assert images.captions[0] in matrix.text
    for picture in hidden.pictures:
        assert png(picture).startswith(b"\x89PNG")


def test_a_recipe_that_passes_is_shown_the_same(tmp_path: Path) -> None:
    trainer = Trainer(training_data("sample"), TrainingCache(tmp_path), Limits())

    def another() -> dict[str, Any]:
        entries = recipe(*convolutions(), layers.Dense(10, activation="softmax"), epochs=8)
        entries["model"].compile(keras.optimizers.SGD(0.05, momentum=0.9), LOSS)
        return entries

    hidden = outcomes(another, trainer)[1]
    assert hidden.status is Status.PASSED
    assert [type(picture) for picture in hidden.pictures] == [Curves, Confusion, Images, Ladder]


def test_pictures_of_a_perfect_prediction() -> None:
    data = training_data("sample")
    matrix = confusion(data.test_labels, data.test_labels)
    images = mistakes(matrix, data.test, data.test_labels, data.test_labels)
    assert (matrix.text, images.pixels) == ("The commonest mistakes: none.", [])
    assert png(matrix).startswith(b"\x89PNG")
    assert png(images).startswith(b"\x89PNG")


class Never:
    """A trainer that must not be asked to train."""

    tier = "sample"
    images = (5_400, 2_000)

    def run_key(self, recipe: object) -> str:
        return "of something that was never measured"

    def accuracy(self, recipe: object, seed: int, question: str) -> float:
        raise AssertionError("this must not be trained")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            lambda: recipe(layers.Lambda(lambda x: x**2), layers.Flatten(), layers.Dense(10, activation="softmax")),
            "not among the layers that are trained here: keras.ops Power",
        ),
        (
            lambda: recipe(layers.Flatten(), layers.Dense(40_000), layers.Dense(10, activation="softmax")),
            "at most 20,000,000 are trained",
        ),
        (
            lambda: recipe(layers.Flatten(), layers.Dense(10, "softmax", kernel_regularizer="l2")),
            "leave this out: kernel_regularizer of Dense",
        ),
        (lambda: recipe(layers.Flatten(), layers.Dense(10)), "does not end in softmax"),
        (
            lambda: recipe(layers.Rescaling(1 / 255), layers.Flatten(), layers.Dense(10, activation="softmax")),
            "multiplies the pixels by 0.0039",
        ),
        (lambda: {**recipe(layers.Flatten(), layers.Dense(10, "softmax")), "weights": [1.0]}, "has no weights"),
        (never_compiled, "has not been compiled"),
        (lambda: with_loss("mse"), "the loss is mse"),
        (lambda: with_loss("categorical_crossentropy"), "the labels are plain numbers"),
        (lambda: {"model": "trained already", "epochs": 5}, "is not a Keras model"),
        (lambda: recipe(layers.Flatten(), epochs=10**9), "epochs"),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_is_refused_before_it_costs_anything(
    answer: Any, message: str
) -> None:
    for outcome in outcomes(answer, Never()):
        assert outcome.status is Status.FAILED
        assert message in outcome.message


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"momentum": 5.0}, "momentum"), ({"clipnorm": 1.0, "clipvalue": 1.0}, "clip")],
)
def test_what_keras_refuses_to_make_cannot_be_trained(
    tmp_path: Path, settings: dict[str, float], message: str
) -> None:
    """Attributes set after the construction, which the constructor would have refused."""

    def answer() -> dict[str, Any]:
        entries = recipe(*convolutions(), layers.Dense(10, activation="softmax"))
        for name, value in settings.items():
            setattr(entries["model"].optimizer, name, value)
        return entries

    trainer = Trainer(training_data("sample"), TrainingCache(tmp_path), Limits())
    _, hidden = outcomes(answer, trainer)
    assert hidden.status is Status.FAILED
    assert "expected a recipe that can be trained: Keras refuses it: " in hidden.message
    assert message in hidden.message


def test_a_training_worker_that_fails_is_our_error(tmp_path: Path) -> None:
    class Failing(Never):
        def accuracy(self, recipe: object, seed: int, question: str) -> float:
            raise TrainingFailed("the training worker ended: out of memory")

    solution = reference(COURSE, "fashion_ladder")
    _, hidden = outcomes(solution.rung_a, Failing())
    assert hidden.status is Status.GRADER_ERROR


class Refusing(Trainer):
    """A trainer that trains nothing."""

    def run(self, recipe: Any, seed: int) -> Run:
        raise AssertionError("this was measured before")


def test_the_recipe_of_the_threshold_is_not_trained_again(tmp_path: Path) -> None:
    trainer = Refusing(training_data("sample"), TrainingCache(tmp_path), Limits())
    solution = reference(COURSE, "fashion_ladder")
    visible, hidden = outcomes(solution.rung_a, trainer)
    assert visible.points
    assert hidden.points
    # Where no run of it is kept, the ladder is all there is to show.
    assert [type(picture) for picture in hidden.pictures] == [Ladder]

    def another() -> dict[str, Any]:
        return {**solution.rung_a(), "epochs": 4}

    assert outcomes(another, trainer)[1].status is Status.GRADER_ERROR


def test_the_recipe_of_the_threshold_has_the_pictures_of_the_run_that_is_kept(
    tmp_path: Path,
) -> None:
    data = training_data("sample")
    kept = COURSE.reference_runs
    trainer = Refusing(data, TrainingCache(tmp_path), Limits(), references=kept)
    _, hidden = outcomes(reference(COURSE, "fashion_ladder").rung_a, trainer)
    assert hidden.status is Status.PASSED
    curve, matrix, images, climbed = hidden.pictures
    assert isinstance(curve, Curves)
    assert [len(values) for values in curve.lines.values()] == [5, 5]
    assert isinstance(matrix, Confusion)
    assert np.sum(matrix.counts) == 2_000
    assert isinstance(images, Images)
    assert isinstance(climbed, Ladder)
    (run,) = trainer.requested_runs
    assert run.accuracy == np.trace(matrix.counts) / 2_000
    assert run.misread is not None
    assert len(unpack(run.misread)) == 2_000 - np.trace(matrix.counts)


def test_a_kept_run_of_other_data_or_versions_is_not_shown(tmp_path: Path) -> None:
    (file,) = COURSE.reference_runs.glob("sample-rung-a-*.run")
    run = msgspec.json.decode(file.read_bytes(), type=ReferenceRun)
    assert reference_run(COURSE.reference_runs, run.key, "keras 4.0") is None
    assert reference_run(tmp_path, run.key, run.software) is None
    for damaged in (b"", file.read_bytes()[:-9], b"{" + b" " * 2_000_000 + file.read_bytes()[1:]):
        (tmp_path / file.name).write_bytes(damaged)
        assert reference_run(tmp_path, run.key, run.software) is None
    trainer = Trainer(
        training_data("sample"), TrainingCache(tmp_path), Limits(), references=tmp_path
    )
    recipe = read_recipe(NotebookStudent(vars(reference(COURSE, "fashion_ladder"))).call("rung_a"))
    keep_reference_run(tmp_path, run)
    assert trainer.reference(recipe) == (0, Run(run.classes(), run.history, 0.0))
    short = msgspec.structs.replace(run, predicted=run.predicted[:-1])
    (tmp_path / file.name).write_bytes(msgspec.json.encode(short))
    assert trainer.reference(recipe) is None


def test_what_is_recorded_is_what_a_training_here_gives(tmp_path: Path) -> None:
    trainer = Trainer(training_data("sample"), TrainingCache(tmp_path), Limits())
    recipe = read_recipe(NotebookStudent(vars(reference(COURSE, "fashion_ladder"))).call("rung_a"))
    threshold = thresholds_of(COURSE.graders / "fashion_ladder.json", "sample", "rung-a")["rung-a"]
    recorded = threshold.of_recipe(trainer.run_key(recipe), software())
    assert recorded, "recipe, data or versions have changed: run `autograder calibrate`"
    # Exactly equal on a processor like the one it was measured on; elsewhere rounding
    # makes it another run of the same recipe.
    assert abs(trainer.accuracy(recipe, 0) - recorded[0]) <= 6 * threshold.spread


@pytest.mark.parametrize("losses", [[2.5, np.inf, np.nan, np.nan], [np.nan]])
def test_a_loss_that_explodes_can_be_kept_and_drawn(losses: list[float]) -> None:
    curve = batch_curve(losses)
    assert msgspec.json.decode(msgspec.json.encode(curve), type=Curves) == curve
    assert curve.text.endswith("to nan.")
    assert png(curve).startswith(b"\x89PNG")


def test_a_wrong_best_epoch_is_shown_on_the_learning_curve() -> None:
    solution = reference(COURSE, "fashion_ladder")
    answer = {"best_epoch": lambda losses: losses.index(min(losses))}
    plugin = GraderPlugin(NotebookStudent(answer), solution, only="best-epoch")
    actual = run_tests(grader_files(COURSE, "fashion_ladder"), plugin)
    assert [outcome.status for outcome in actual] == [Status.FAILED, Status.FAILED]
    for outcome in actual:
        (curve,) = outcome.pictures
        assert isinstance(curve, Curves)
        assert png(curve).startswith(b"\x89PNG")
    assert actual[0].pictures[0].text == (
        "0.9 after epoch 1, 0.6 after epoch 2, 0.8 after epoch 3, 0.5 after epoch 4, 0.7 after epoch 5."
    )


def test_pictures_speak_the_language_of_the_course() -> None:
    use_language("zh_CN")
    data = training_data("sample")
    predicted = np.roll(data.test_labels, 1)
    matrix = confusion(data.test_labels, predicted)
    images = mistakes(matrix, data.test, data.test_labels, predicted)
    history = {"accuracy": [0.5, 0.75], "val_accuracy": [0.5, 0.7]}
    rung = LadderRung("a", threshold=64.7, article=None, own=70.0)
    pictures = {
        "最常见的误判": matrix,
        "误判的图像": images,
        "及格线": learning_curve(history, 0.647),
        "一个批上的损失": batch_curve([2.0, 1.0]),
        "你的": Ladder.from_rungs("Your ladder", [rung]),
    }
    for words, picture in pictures.items():
        text = picture_text(picture)
        assert words in text
        names = {name for clothes in FASHION_CLASSES for name in re.findall("[A-Za-z]+", clothes)}
        assert set(re.findall("[A-Za-z]+", text)) <= names | {"a"}  # no word is left in English
        assert png(picture).startswith(b"\x89PNG")
