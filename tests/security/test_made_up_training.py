"""No points for a training that did not take place, whatever `train` returns or writes elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from autograder.authoring.release import build
from autograder.authoring.validate import filled_in
from autograder.course.course import find_course
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.sandbox.host import launcher
from autograder.submissions.submission import read_submission
from tests.support.small_course import answered

KIT = find_course(Path(__file__).parent)

MADE_UP = """
import keras
import numpy as np

def made_up(images):
    history = keras.callbacks.History()
    history.set_params({"epochs": 5, "steps": -(-len(images) // 100), "verbose": 0})
    history.history = {"loss": [2.2, 1.8, 1.3, 0.8, 0.4], "accuracy": [0.3, 0.5, 0.7, 0.8, 1.0]}
    return history
"""
FORGERIES = {
    "a History and nothing else": """
        def train(model, images, labels):
            return made_up(images)
    """,
    "weights of zeros": """
        def train(model, images, labels):
            model.set_weights([w * 0 for w in model.get_weights()])
            return made_up(images)
    """,
    "weights made up": """
        def train(model, images, labels):
            random = np.random.default_rng(0)
            model.set_weights([w + random.normal(0, 0.01, w.shape) for w in model.get_weights()])
            return made_up(images)
    """,
    "one epoch, and a History of five": """
        def train(model, images, labels):
            model.fit(images, labels, batch_size=100, epochs=1, verbose=0)
            return made_up(images)
    """,
    "a training, and a History of another": """
        def train(model, images, labels):
            model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
            return made_up(images)
    """,
    "another model": """
        def train(model, images, labels):
            return compile_model(build_classifier()).fit(
                images, labels, batch_size=100, epochs=5, verbose=0
            )
    """,
    "labels of one's own": """
        def train(model, images, labels):
            return model.fit(images, labels[:, ::-1], batch_size=100, epochs=5, verbose=0)
    """,
    "fit replaced": """
        def train(model, images, labels):
            keras.Model.fit = lambda *args, **more: made_up(images)
            return model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    """,
    "the guest's own functions replaced": """
        def train(model, images, labels):
            from autograder.sandbox.guest import executor, given_weights
            weights = [w * 1.01 for w in model.get_weights()]
            given_weights.weights = executor.weights = lambda value: weights
            return made_up(images)
    """,
    "a model that cannot be given weights": """
        def compile_model(model):
            model.set_weights = model.compile = lambda *args, **more: None
            return model
        def train(model, images, labels):
            return made_up(images)
    """,
}


@pytest.fixture(scope="module")
def solved() -> bytes:
    launcher.expect(launcher._MANY)
    built = build(KIT)["two_layer_cnn"]
    return filled_in(built.release, built.source)


# Each takes 20 s. `make test` grades every third, `make test ARGS='-m catalogue'` the rest.
IN_EVERY_RUN = list(FORGERIES)[::3]


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[pytest.mark.catalogue] * (n not in IN_EVERY_RUN)) for n in FORGERIES],
)
def test_a_training_that_did_not_take_place_earns_nothing(
    tmp_path: Path, solved: bytes, name: str
) -> None:
    directory = tmp_path / "mallory" / "two_layer_cnn"
    directory.mkdir(parents=True)
    source = MADE_UP + dedent(FORGERIES[name])
    (directory / "two_layer_cnn.ipynb").write_text(answered(solved, {"train": source}))
    course = replace(KIT, other_cache=tmp_path / "cache")
    record = grade(read_submission(directory, "two_layer_cnn", course), course)
    assert not record.grader_errors()
    assert record.score("train") == 0
    assert record.status("train") in (Status.FAILED, Status.CRASHED)
    others = {question: record.status(question) for question in record.questions()}
    assert set(others.values()) - {others["train"]} <= {Status.PASSED, Status.NOT_ATTEMPTED}
    for outcome in record.outcomes_of("train"):
        assert "called train" in outcome.message or "called compile_model" in outcome.message


def test_the_solution_earns_all_and_alike_each_time(tmp_path: Path, solved: bytes) -> None:
    wrong = MADE_UP + dedent(FORGERIES["labels of one's own"])
    records = []
    for number, source in enumerate([solved.decode(), *[answered(solved, {"train": wrong})] * 2]):
        directory = tmp_path / str(number) / "two_layer_cnn"
        directory.mkdir(parents=True)
        (directory / "two_layer_cnn.ipynb").write_text(source)
        course = replace(KIT, other_cache=directory / "cache")
        records.append(grade(read_submission(directory, "two_layer_cnn", course), course))
    right, first, again = records
    assert right.total() == KIT.assignments["two_layer_cnn"].points
    assert first.score("train") == 0
    assert [o.message for o in first.outcomes] == [o.message for o in again.outcomes]
