"""Right and recognizably wrong answers to the small questions of assignment 5."""

from __future__ import annotations

import numpy as np

from autograder.graders.ladder_checks import HELP
from autograder.testing import Student, expect


def expect_split(student: Student, images: np.ndarray, labels: np.ndarray, every: int) -> None:
    """Raise Mismatch unless the student's `split` holds back every `every`-th image."""

    def parted(held_back: np.ndarray, trained: np.ndarray | None = None) -> object:
        trained = ~held_back if trained is None else trained
        return (images[trained], labels[trained]), (images[held_back], labels[held_back])

    at = np.arange(len(images))
    right = at % every == every - 1
    kept = parted(right)
    assert isinstance(kept, tuple)
    expect(student, "split", images, labels, every).returns(
        kept,
        {
            HELP["split-from-first"]: parted(at % every == 0),
            HELP["split-last-part"]: parted(at >= len(at) - right.sum()),
            HELP["split-still-trained"]: parted(right, np.ones(len(at), bool)),
            HELP["split-exchanged"]: kept[::-1],
            HELP["split-not-pairs"]: (*kept[0], *kept[1]),
        },
    )


def expect_loss(student: Student, probabilities: np.ndarray, labels: np.ndarray) -> None:
    """Raise Mismatch unless the student's `loss_and_accuracy` returns both of these predictions."""
    own = probabilities[np.arange(len(labels)), labels]
    loss = float(-np.log(own).mean())
    accuracy = float((probabilities.argmax(axis=1) == labels).mean())
    expect(student, "loss_and_accuracy", probabilities, labels).returns(
        (loss, accuracy),
        {
            HELP["loss-sum"]: (loss * len(labels), accuracy),
            HELP["loss-sign"]: (-loss, accuracy),
            HELP["loss-log10"]: (float(-np.log10(own).mean()), accuracy),
            HELP["loss-log2"]: (float(-np.log2(own).mean()), accuracy),
            HELP["loss-of-guess"]: (float(-np.log(probabilities.max(axis=1)).mean()), accuracy),
            HELP["accuracy-percent"]: (loss, accuracy * 100),
            HELP["accuracy-count"]: (loss, accuracy * len(labels)),
            HELP["loss-exchanged"]: (accuracy, loss),
        },
    )


def expect_mistakes(
    student: Student, probabilities: np.ndarray, labels: np.ndarray, count: int
) -> None:
    """Raise Mismatch unless the student's `surest_mistakes` returns the right positions."""
    sure, guesses = probabilities.max(axis=1), probabilities.argmax(axis=1)
    wrong = np.flatnonzero(guesses != labels)
    own = probabilities[wrong, labels[wrong]]
    ranked = wrong[np.argsort(-sure[wrong], kind="stable")]
    expect(student, "surest_mistakes", probabilities, labels, count).returns(
        ranked[:count],
        {
            HELP["mistakes-least-sure"]: wrong[np.argsort(sure[wrong], kind="stable")][:count],
            HELP["mistakes-right-ones"]: np.argsort(-sure, kind="stable")[:count],
            HELP["mistakes-in-order"]: wrong[:count],
            HELP["mistakes-own-class"]: wrong[np.argsort(-own, kind="stable")][:count],
            HELP["mistakes-among-wrong"]: np.argsort(-sure[wrong], kind="stable")[:count],
            HELP["mistakes-all"]: ranked,
        },
    )
