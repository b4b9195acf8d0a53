"""Hidden grader of assignment 4, Two-layer CNN: other data, and that training trains."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.expect import Student
from autograder.graders.two_layer_cnn import train_on
from autograder.outcome import Mismatch


@pytest.mark.question("train", points=2)
def test_training_makes_the_loss_fall(student: Student) -> None:
    """The loss after the last epoch is below that after the first."""
    history = train_on(student, 250)
    losses = history.history.get("loss", ())
    called = "called train(model, images, labels) with 250 images"
    if len(losses) != 5 or history.steps != 3:
        raise Mismatch(
            f"{called}\nreturned a history of {len(losses)} losses, {history.steps} batches an epoch\n"
            "expected 5 losses and 3 batches"
        )
    if not (np.isfinite(losses).all() and losses[-1] < losses[0]):
        first, last = losses[0], losses[-1]
        raise Mismatch(f"{called}\nthe loss went from {first:.3f} to {last:.3f}\nexpected it to fall")
