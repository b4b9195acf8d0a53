"""Hidden grader of assignment 5: trains each recipe and compares its accuracy with the threshold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.graders.fashion_ladder_help import HELP
from autograder.graders.hidden.ladder_accuracy import expect_accuracy
from autograder.graders.hidden.ladder_answers import (
    confusion_mistakes,
    expect_loss,
    expect_mistakes,
    expect_split,
)
from autograder.graders.hidden.patterns import draw_patterns
from autograder.graders.ladder_checks import called_train, marked_images, trained_on
from autograder.models import ModelData, RecipeRefused, Trained, read_recipe
from autograder.results import Mismatch
from autograder.testing import SEED, Student, expect, losses_by_epoch
from autograder.testing import gettext as _
from autograder.training import NotBuildable, Trainer, training_data

# With seeds 0 to 4 the reference reached 0.990 to 0.998. A network trained on Fashion-MNIST, whose
# classes were then mapped to the given labels, reached 0.34; an untrained network reached 0.14.
OWN_THRESHOLD = 0.70
GUESSING = 0.2  # of ten classes, twice as many as by chance
Predictions = tuple[np.ndarray, np.ndarray]
Reach = Callable[[str], None]


@st.composite
def _predictions(draw: st.DrawFn) -> Predictions:
    """Probabilities (images, classes) and labels; an image's probabilities are all different.

    Some images have those of the first one in another order: the network is as sure of them.
    """
    classes, count = (
        draw(st.integers(2, 4)),
        draw(st.one_of(st.integers(1, 6), st.integers(30, 60))),
    )
    random = np.random.default_rng(draw(st.integers(0, 999)))
    probabilities = random.dirichlet(np.ones(classes), count)
    as_sure = random.random(count) < 0.3
    first = np.tile(probabilities[0], (int(as_sure.sum()), 1))
    probabilities[as_sure] = random.permuted(first, axis=1)
    dtype = draw(st.sampled_from((float, np.float32)))
    return probabilities.astype(dtype), random.integers(0, classes, count)


@st.composite
def _losses(draw: st.DrawFn) -> list[float]:
    """Losses, all below 1 or all above; some differ in the fourth place only."""
    scale = draw(st.sampled_from((0.1, 7.0)))
    steps = st.tuples(st.integers(1, 9), st.sampled_from((0, 0, 1, 2)))
    rows = draw(st.lists(steps, min_size=1, max_size=8))
    return [whole * scale + fine / 10_000 for whole, fine in rows]


@pytest.fixture
def reach(
    student: Student, trainer: Trainer, record_property: Callable[[str, object], None]
) -> Reach:
    """Compares the recipe of a question with its threshold, and shows its pictures if it passes."""

    def expect_threshold(question: str) -> None:
        for picture in expect_accuracy(student, trainer, question):
            record_property("picture", picture)

    return expect_threshold


PREDICTIONS = _predictions()
LOSSES = _losses()


@pytest.mark.question("rung-a", points=3)
def test_rung_a_reaches_its_threshold(reach: Reach) -> None:
    """The recipe takes the step of its rung and, trained by the kit, is accurate enough."""
    reach("rung-a")


@pytest.mark.question("rung-b", points=3)
def test_rung_b_reaches_its_threshold(reach: Reach) -> None:
    """The recipe takes the step of its rung and, trained by the kit, is accurate enough."""
    reach("rung-b")


@pytest.mark.question("rung-c", points=3)
def test_rung_c_reaches_its_threshold(reach: Reach) -> None:
    """The recipe takes the step of its rung and, trained by the kit, is accurate enough."""
    reach("rung-c")


@pytest.mark.question("rung-d", points=3)
def test_rung_d_reaches_its_threshold(reach: Reach) -> None:
    """The recipe takes the step of its rung and, trained by the kit, is accurate enough."""
    reach("rung-d")


@pytest.mark.question("rung-e", points=3)
def test_rung_e_reaches_its_threshold(reach: Reach) -> None:
    """The recipe takes the step of its rung and, trained by the kit, is accurate enough."""
    reach("rung-e")


@pytest.mark.question("rung-open", points=3, extra=True)
def test_rung_open_reaches_its_threshold(reach: Reach) -> None:
    """Trained by the kit, the recipe is more accurate than that of rung e."""
    reach("rung-open")


@pytest.mark.question("split", points=2)
@given(
    count=st.one_of(st.integers(1, 12), st.integers(257, 300)),
    every=st.one_of(st.integers(2, 5), st.integers(6, 20)),
)
def test_any_split(student: Student, count: int, every: int) -> None:
    """Any number of images, also fewer than one group."""
    expect_split(student, marked_images(count), np.arange(count) * 7 % 10, every)


@pytest.mark.question("loss-and-accuracy", points=2)
@given(predictions=PREDICTIONS)
def test_any_loss_and_accuracy(student: Student, predictions: Predictions) -> None:
    """Any predictions of two to four classes."""
    expect_loss(student, *predictions)


@pytest.mark.question("mistakes", points=2)
@given(predictions=PREDICTIONS, count=st.integers(1, 4))
def test_any_mistakes(student: Student, predictions: Predictions, count: int) -> None:
    """Any predictions, also with fewer mistakes than asked for, or none."""
    expect_mistakes(student, *predictions, count)


@pytest.mark.question("own-training", points=3)
def test_training_learns_from_its_labels(student: Student) -> None:
    """1,500 images of patterns made for the grading, in ten classes; 500 others to read."""
    drawn = draw_patterns(SEED, 1_500, 500)
    pixels = drawn.images[..., None].astype(np.float32) / 255
    trained = trained_on(student, pixels, drawn.labels)
    called = called_train(len(pixels))
    try:
        predicted = student.predict(trained, drawn.test)
    except NotBuildable as refusal:
        expected = _("expected a model that can be used: Keras refuses it: {refusal}")
        expected = expected.format(refusal=refusal)
        raise Mismatch(f"{called}\n{expected}") from None
    reached = float((predicted == drawn.test_labels).mean())
    if reached >= OWN_THRESHOLD:
        return
    if reads_clothing(student, trained):
        key = "own-usual-numbers"
    else:
        key = training_mistake(trained.model, guesses=reached < GUESSING)
    found = _("its model reads {share:.1%} of {count:,} others")
    found = found.format(share=reached, count=len(drawn.test))
    expected = _("expected at least {share:.0%}").format(share=OWN_THRESHOLD)
    raise Mismatch(f"{called}\n{found}\n{expected}", HELP.get(key))


@pytest.mark.question("best-epoch", points=1)
@given(losses=LOSSES)
def test_any_losses(student: Student, reference: Any, losses: list[float]) -> None:
    """Losses of any length, with and without equal ones."""
    lowest = min(losses)
    mistakes: dict[str, object] = {
        HELP["epoch-from-zero"]: losses.index(lowest),
        HELP["epoch-of-largest"]: losses.index(max(losses)) + 1,
        HELP["epoch-last"]: len(losses),
        HELP["epoch-of-equals"]: len(losses) - losses[::-1].index(lowest),
        HELP["epoch-loss-itself"]: lowest,
    }
    expected = reference.best_epoch(losses)
    expect(student, "best_epoch", losses).returns(expected, mistakes, draw=losses_by_epoch(losses))


@pytest.mark.question("confusion", points=2)
@given(
    pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=9),
    classes=st.integers(4, 6),
    times=st.sampled_from((1, 1, 300, 1_500)),
)
def test_any_confusion(
    student: Student, reference: Any, pairs: list[tuple[int, int]], classes: int, times: int
) -> None:
    """Any classes, any guesses, few images or hundreds, with classes that do not occur."""
    labels, predicted = (np.array(column * times) for column in zip(*pairs, strict=True))
    expected = reference.confusion_matrix(labels, predicted, classes)
    expect(student, "confusion_matrix", labels, predicted, classes).returns(
        expected, lambda: confusion_mistakes(expected, labels, predicted)
    )


def training_mistake(model: ModelData, *, guesses: bool) -> str:
    """The key of the help for a model that has not learned; "" for an unknown mistake."""
    if guesses and any(name.startswith("trainable ") for name in model.other_arguments):
        return "rung-frozen"
    try:
        read_recipe({"model": model, "epochs": 1})
    except RecipeRefused as refusal:
        if refusal.mistake in ("no-softmax", "softmax-and-logits"):
            return f"rung-{refusal.mistake}"
    if guesses:
        return "own-guessing"
    return "own-slow" if model.compiled and model.compiled.optimizer == "sgd" else ""


def reads_clothing(student: Student, trained: Trained) -> bool:
    """Whether a model classifies Fashion-MNIST, on which it was not to be trained."""
    data = training_data("sample")
    test, labels = data.test[:1_000], data.test_labels[:1_000]
    return float((student.predict(trained, test) == labels).mean()) >= OWN_THRESHOLD
