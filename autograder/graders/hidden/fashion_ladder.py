"""Hidden grader of assignment 5: each recipe is trained, and its accuracy held against the bar."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.bars import bar_of, judge
from autograder.expect import Student, expect
from autograder.graders.fashion_ladder import HELP, accepted
from autograder.outcome import Mismatch
from autograder.training import Trainer

BARS = Path(__file__).parent.parent / "fashion_ladder.json"
LOSSES = st.lists(st.integers(1, 9).map(lambda tenths: tenths / 10), min_size=1, max_size=8)


@pytest.mark.question("rung-a", points=3)
def test_rung_a_reaches_its_bar(student: Student, trainer: Trainer) -> None:
    """Trained by the kit, the recipe is as accurate as the reference."""
    expect_accuracy(student, trainer, "rung-a")


@pytest.mark.question("rung-b", points=3)
def test_rung_b_reaches_its_bar(student: Student, trainer: Trainer) -> None:
    """Trained by the kit, the recipe is as accurate as the reference."""
    expect_accuracy(student, trainer, "rung-b")


@pytest.mark.question("rung-c", points=3)
def test_rung_c_reaches_its_bar(student: Student, trainer: Trainer) -> None:
    """Trained by the kit, the recipe is as accurate as the reference."""
    expect_accuracy(student, trainer, "rung-c")


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
    expect(student, "best_epoch", losses).returns(reference.best_epoch(losses), mistakes)


@pytest.mark.question("confusion", points=2)
@given(
    pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=9),
    classes=st.integers(4, 6),
)
def test_any_confusion(
    student: Student, reference: Any, pairs: list[tuple[int, int]], classes: int
) -> None:
    """Any classes, any guesses, with classes that do not occur."""
    labels, predicted = (np.array(column) for column in zip(*pairs, strict=True))
    expected = reference.confusion_matrix(labels, predicted, classes)
    seen = int(max(labels.max(), predicted.max())) + 1
    mistakes: dict[str, object] = {
        HELP["matrix-transposed"]: expected.T,
        HELP["matrix-shares"]: expected / len(pairs),
        HELP["matrix-diagonal"]: np.diag(np.diag(expected)),
        HELP["matrix-too-small"]: expected[:seen, :seen],
    }
    expect(student, "confusion_matrix", labels, predicted, classes).returns(expected, mistakes)


def expect_accuracy(student: Student, trainer: Trainer, question: str) -> None:
    """Raise Mismatch unless the student's recipe, trained in the evaluator, reaches its bar.

    The recipe that the bar was measured with is not trained again: its runs are known.
    """
    name = question.replace("-", "_")
    recipe = accepted(student, name)
    bar = bar_of(BARS, trainer.tier, question)
    known = bar.measured(trainer.fingerprint(recipe))

    def accuracy(seed: int) -> float:
        return known[seed] if seed < len(known) else trainer.accuracy(recipe, seed)

    verdict = judge(bar, accuracy)
    if verdict.passed:
        return
    images, judged = trainer.images
    runs = "" if verdict.seeds == 1 else f", the mean of {verdict.seeds} runs with other seeds"
    raise Mismatch(
        f"trained the recipe of {name}() on {images:,} images ({trainer.tier} tier)\n"
        f"reached {verdict.reached:.1%} of {judged:,} test images{runs}\n"
        f"expected at least {bar.bar:.1%}"
    )
