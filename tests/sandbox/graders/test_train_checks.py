"""`train` of assignment 4: whatever trains the given model is right, and nothing else is."""

from __future__ import annotations

from textwrap import dedent

import pytest

from autograder.course.reference import reference
from autograder.graders.classifier_layers import NETWORK
from autograder.graders.train_checks import TRAIN_HELP, copies
from autograder.results.outcome import Status, TestOutcome
from autograder.testing.notebook_student import NotebookStudent
from tests.support.answers import COURSE, graded

RIGHT = {
    "in the order of the images": """
        def train(model, images, labels):
            return model.fit(images, labels, batch_size=100, epochs=5, shuffle=False, verbose=0)
    """,
    "measured on other images besides": """
        def train(model, images, labels):
            return model.fit(images, labels, 100, 5, validation_data=(images[:50], labels[:50]), verbose=0)
    """,
    "compiled anew as it was": """
        def train(model, images, labels):
            model.compile(keras.optimizers.SGD(), keras.losses.CategoricalCrossentropy(), metrics=["acc"])
            return model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
    """,
    "batch by batch": """
        def train(model, images, labels):
            history = keras.callbacks.History()
            history.history = {"loss": [], "accuracy": []}
            for epoch in range(5):
                model.reset_metrics()
                for first in range(0, len(images), 100):
                    loss, accuracy = model.train_on_batch(
                        images[first : first + 100], labels[first : first + 100]
                    )
                history.history["loss"].append(loss)
                history.history["accuracy"].append(accuracy)
            return history
    """,
    "epoch by epoch, measured at the end of each": """
        def train(model, images, labels):
            history = keras.callbacks.History()
            history.history = {"loss": [], "accuracy": []}
            for epoch in range(5):
                model.fit(images, labels, batch_size=100, verbose=0)
                for name, value in zip(history.history, model.evaluate(images, labels, verbose=0)):
                    history.history[name].append(value)
            return history
    """,
    "with gradients of its own": """
        def train(model, images, labels):
            import tensorflow as tf
            history = keras.callbacks.History()
            history.history = {"loss": []}
            for epoch in range(5):
                losses = []
                for chosen in np.split(np.random.permutation(len(images)), range(100, len(images), 100)):
                    with tf.GradientTape() as tape:
                        loss = keras.losses.categorical_crossentropy(
                            labels[chosen], model(images[chosen], training=True)
                        )
                        loss = tf.reduce_mean(loss)
                    weights = model.trainable_variables
                    model.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
                    losses.append(float(loss))
                history.history["loss"].append(sum(losses) / len(losses))
            return history
    """,
}

NONE = "nothing is said"
WRONG = {
    "a copy is trained": (
        "not-trained",
        """
        def train(model, images, labels):
            other = keras.models.clone_model(model)
            return compile_model(other).fit(images, labels, batch_size=100, epochs=5, verbose=0)
        """,
    ),
    "other images": (
        "elsewhere",
        """
        def train(model, images, labels):
            images = np.random.default_rng(1).random(images.shape, np.float32)
            return model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
        """,
    ),
    "another optimizer": (
        "elsewhere",
        """
        def train(model, images, labels):
            model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
            return model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
        """,
    ),
    "a History of one epoch": (
        "history-epochs",
        """
        def train(model, images, labels):
            for epoch in range(5):
                history = model.fit(images, labels, batch_size=100, verbose=0)
            return history
        """,
    ),
    "a History that says what is not so": (
        "history",
        """
        def train(model, images, labels):
            history = model.fit(images, labels, batch_size=100, epochs=5, verbose=0)
            history.history["loss"] = [loss / 2 for loss in history.history["loss"]]
            return history
        """,
    ),
    "part of the images": (
        NONE,
        """
        def train(model, images, labels):
            return model.fit(images, labels, batch_size=100, epochs=5, validation_split=0.1, verbose=0)
        """,
    ),
    "an epoch too many": (
        NONE,
        """
        def train(model, images, labels):
            return model.fit(images, labels, batch_size=100, epochs=6, verbose=0)
        """,
    ),
    "batches a little smaller": (
        NONE,
        """
        def train(model, images, labels):
            return model.fit(images, labels, batch_size=75, epochs=5, verbose=0)
        """,
    ),
    "batches a little larger": (
        NONE,
        """
        def train(model, images, labels):
            return model.fit(images, labels, batch_size=101, epochs=5, verbose=0)
        """,
    ),
}


def outcomes(source: str, question: str = "train") -> list[TestOutcome]:
    """What the graders say to the solution with another source of one answer."""
    names = dict(vars(reference(COURSE, "two_layer_cnn")))
    exec(dedent(source), names)
    actual = graded("two_layer_cnn", names, only=question)
    assert len(actual) == 2
    return actual


@pytest.mark.parametrize("way", RIGHT)
def test_a_right_way_of_training_passes(way: str) -> None:
    for outcome in outcomes(RIGHT[way]):
        assert outcome.status is Status.PASSED, outcome.message + outcome.traceback


@pytest.mark.parametrize("way", WRONG)
def test_a_wrong_way_fails_with_its_help(way: str) -> None:
    key, source = WRONG[way]
    failed = [outcome for outcome in outcomes(source) if outcome.status is not Status.PASSED]
    assert {outcome.status for outcome in failed} == {Status.FAILED}
    assert all("\nexpected " in outcome.message for outcome in failed)
    if key != NONE:
        assert {outcome.help for outcome in failed} == {TRAIN_HELP[key]}


def test_every_help_has_a_wrong_way() -> None:
    assert {key for key, _ in WRONG.values()} == {*TRAIN_HELP, NONE}


def test_each_way_of_counting_steps_is_told_apart() -> None:
    # Each size of batches and number of epochs but the right ones makes other steps of one of both.
    def steps(images: int, batch: int, epochs: int) -> int:
        return -(-images // batch) * epochs

    right = [
        (batch, epochs)
        for batch in range(1, 400)
        for epochs in range(1, 60)
        if steps(301, batch, epochs) == 20 and steps(300, batch, epochs) == 15
    ]
    assert right == [(100, 5)]


def test_the_weights_are_the_hosts_before_and_the_models_after() -> None:
    training = copies(NETWORK, 301)
    student = NotebookStudent({**vars(reference(COURSE, "two_layer_cnn")), "train": lambda *_: 7})
    model = student.handle("compile_model", student.handle("build_classifier"))
    returned, reached = student.train_from("train", model, training.descent.start, training.images)
    assert returned == 7
    for array, start in zip(reached, training.descent.start, strict=True):
        assert (array == start).all()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("model.add(keras.layers.Dense(3))", "weights of other shapes"),
        ("model.set_weights([w * np.nan for w in model.get_weights()])", "not finite numbers"),
    ],
)
def test_weights_that_are_none_are_refused(statement: str, says: str) -> None:
    actual = outcomes(f"def train(model, images, labels):\n    {statement}")
    assert {outcome.status for outcome in actual} == {Status.FAILED}
    assert all(says in outcome.message for outcome in actual)
