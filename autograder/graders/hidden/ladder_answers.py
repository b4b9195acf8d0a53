"""Right answers and known mistakes for the small questions of assignment 5."""

from __future__ import annotations

import numpy as np

from autograder.graders.fashion_ladder_help import HELP
from autograder.testing import Student, expect


def expect_split(student: Student, images: np.ndarray, labels: np.ndarray, every: int) -> None:
    """Raise Mismatch unless the student's `split` holds back every `every`-th image."""

    def split(held_back: np.ndarray, trained: np.ndarray | None = None) -> object:
        trained = ~held_back if trained is None else trained
        return (images[trained], labels[trained]), (images[held_back], labels[held_back])

    index = np.arange(len(images))
    held_back = index % every == every - 1
    right = split(held_back)
    assert isinstance(right, tuple)
    expect(student, "split", images, labels, every).returns(
        right,
        {
            HELP["split-from-first"]: split(index % every == 0),
            HELP["split-last-part"]: split(index >= len(index) - held_back.sum()),
            HELP["split-still-trained"]: split(held_back, np.ones(len(index), bool)),
            HELP["split-exchanged"]: right[::-1],
            HELP["split-not-pairs"]: (*right[0], *right[1]),
            HELP["split-pairs-mixed"]: tuple(zip(*right, strict=True)),
            HELP["split-delete-axis"]: (
                (np.delete(images, np.flatnonzero(held_back)), labels[~held_back]),
                right[1],
            ),
        },
    )


def expect_loss(student: Student, probabilities: np.ndarray, labels: np.ndarray) -> None:
    """Raise Mismatch unless the student's `loss_and_accuracy` is right about these predictions."""
    of_label = probabilities[np.arange(len(labels)), labels]
    loss = float(-np.log(of_label).mean())
    accuracy = float((probabilities.argmax(axis=1) == labels).mean())
    mistakes: dict[str, object] = {}
    if accuracy:  # where no guess is right, the probability of another class may be the highest too
        of_guess = float(-np.log(probabilities.max(axis=1)).mean())
        mistakes[HELP["loss-of-guess"]] = of_guess, accuracy
    expect(student, "loss_and_accuracy", probabilities, labels).returns(
        (loss, accuracy),
        {
            **mistakes,
            HELP["loss-of-others"]: (float(-np.log(probabilities[:, labels]).mean()), accuracy),
            HELP["loss-mean-of-all"]: (loss / probabilities.shape[1], accuracy),
            HELP["loss-log-of-mean"]: (float(-np.log(of_label.mean())), accuracy),
            HELP["loss-not-averaged"]: (-np.log(of_label), accuracy),
            HELP["loss-of-each-image"]: (-np.log(of_label), probabilities.argmax(axis=1) == labels),
            HELP["accuracy-argmax-axis"]: (loss, float((probabilities.argmax() == labels).mean())),
            HELP["loss-sum"]: (loss * len(labels), accuracy),
            HELP["loss-sign"]: (-loss, accuracy),
            HELP["loss-log10"]: (float(-np.log10(of_label).mean()), accuracy),
            HELP["loss-log2"]: (float(-np.log2(of_label).mean()), accuracy),
            HELP["accuracy-percent"]: (loss, accuracy * 100),
            HELP["accuracy-count"]: (loss, accuracy * len(labels)),
            HELP["loss-exchanged"]: (accuracy, loss),
        },
    )


def expect_mistakes(
    student: Student, probabilities: np.ndarray, labels: np.ndarray, count: int
) -> None:
    """Raise Mismatch unless the student's `surest_mistakes` returns the right positions."""
    highest, guesses = probabilities.max(axis=1), probabilities.argmax(axis=1)
    wrong = np.flatnonzero(guesses != labels)
    of_label = probabilities[wrong, labels[wrong]]
    ranked = wrong[np.argsort(-highest[wrong], kind="stable")]
    least_sure_first = wrong[np.argsort(highest[wrong], kind="stable")]
    expect(student, "surest_mistakes", probabilities, labels, count).returns(
        ranked[:count],
        {
            HELP["mistakes-least-sure"]: least_sure_first[:count],
            HELP["mistakes-surest-last"]: least_sure_first[-count:],
            HELP["mistakes-right-ones"]: np.argsort(-highest, kind="stable")[:count],
            HELP["mistakes-in-order"]: wrong[:count],
            HELP["mistakes-own-class"]: wrong[np.argsort(-of_label, kind="stable")][:count],
            HELP["mistakes-among-wrong"]: np.argsort(-highest[wrong], kind="stable")[:count],
            HELP["mistakes-probabilities"]: highest[ranked[:count]],
            HELP["mistakes-all"]: ranked,
        },
    )


def confusion_mistakes(
    expected: np.ndarray, labels: np.ndarray, predicted: np.ndarray
) -> dict[str, object]:
    """Wrong confusion matrices, by the right one."""
    classes = len(expected)
    occurring = int(max(labels.max(), predicted.max())) + 1
    diagonal = np.diag(np.diag(expected))
    wrong_only = expected - diagonal
    mistakes: dict[str, object] = {}
    if wrong_only.any():  # a matrix of zeros may have other reasons
        mistakes[HELP["matrix-wrong-only"]] = wrong_only
    return {
        **mistakes,
        HELP["matrix-transposed"]: expected.T,
        HELP["matrix-shares"]: expected / len(labels),
        HELP["matrix-diagonal"]: diagonal,
        HELP["matrix-too-small"]: expected[:occurring, :occurring],
        HELP["matrix-ten-classes"]: np.pad(expected, (0, 10 - classes)),
        HELP["matrix-outer"]: np.outer(expected.sum(axis=1), expected.sum(axis=0)),
        HELP["matrix-once"]: np.minimum(expected, 1),
        HELP["matrix-rows-shared"]: np.tile(expected.sum(axis=0), (classes, 1)),
    }
