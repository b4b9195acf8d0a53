"""Pictures of a trained recipe: its learning curve, confusion matrix and misclassified images."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from itertools import takewhile

import numpy as np

from autograder.datasets import FASHION_CLASSES
from autograder.results import (
    TRAINING,
    VALIDATION,
    Confusion,
    Curves,
    Images,
    Ladder,
    Picture,
    Threshold,
    TrainedRun,
    ladder_rungs,
)
from autograder.testing import N_
from autograder.testing import gettext as _
from autograder.training import Run, training_data

_MAX_IMAGES = 8  # misclassified images in a picture


def pictures_of(run: Run, tier: str, threshold: float) -> list[Picture]:
    """The learning curve of a run, its confusion matrix, and images that it misclassified."""
    data, predicted = training_data(tier), run.classes()
    matrix = confusion(data.test_labels, predicted)
    return [
        learning_curve(run.history, threshold),
        matrix,
        mistakes(matrix, data.test, data.test_labels, predicted),
    ]


def ladder(
    thresholds: Mapping[str, Threshold],
    all_runs: Sequence[TrainedRun],
    of_article: Mapping[str, float],
) -> Ladder:
    """The rungs with the accuracies of the student's recipes so far, means over a recipe's runs.

    `of_article` are the article's accuracies by question, which it reached with all images.
    """
    # If an earlier rung's function was substituted, there are runs of two recipes: the last counts.
    last_recipe = {run.question: run.recipe for run in all_runs}
    reached = {
        question: statistics.fmean(
            run.accuracy for run in all_runs if (run.question, run.recipe) == (question, recipe)
        )
        for question, recipe in last_recipe.items()
    }
    return Ladder.from_rungs(N_("Your ladder"), ladder_rungs(thresholds, reached, of_article))


def learning_curve(history: Mapping[str, Sequence[float]], threshold: float) -> Curves:
    """The training and validation accuracies by epoch, with the threshold (a share from 0 to 1)."""
    names = {"accuracy": TRAINING, "val_accuracy": VALIDATION}
    lines = {name: [100 * share for share in history[key]] for key, name in names.items()}
    on_images = _("{accuracy:.1f} % on {images}")
    last = ", ".join(
        on_images.format(accuracy=values[-1], images=_(name)) for name, values in lines.items()
    )
    text = _("After the last of {epochs} epochs: {last}; the threshold is {threshold:.1%}.").format(
        epochs=len(history["accuracy"]), last=last, threshold=threshold
    )
    title = N_("What your recipe learned")
    return Curves(title, N_("epoch"), N_("accuracy in %"), lines, text, 100 * threshold)


def batch_curve(losses: Sequence[float]) -> Curves:
    """The loss on one batch by step, up to the first that is not finite."""
    text = _("The loss on one batch went from {first:.2f} to {last:.2f}.").format(
        first=losses[0], last=losses[-1]
    )
    # A record is JSON, which has no infinity: the line ends where the loss diverges.
    lines = {N_("one batch of 32 images"): list(takewhile(math.isfinite, losses))}
    return Curves(N_("Learning one batch by heart"), N_("step"), N_("loss"), lines, text)


def confusion(labels: np.ndarray, predicted: np.ndarray) -> Confusion:
    """The confusion matrix: how often each true class was predicted as each class."""
    counts = np.zeros((len(FASHION_CLASSES), len(FASHION_CLASSES)), int)
    np.add.at(counts, (labels, predicted), 1)
    title = N_("Test images by true class (down) and predicted one (across)")
    return Confusion.from_counts(title, FASHION_CLASSES, counts.tolist())


def mistakes(
    matrix: Confusion, images: np.ndarray, labels: np.ndarray, predicted: np.ndarray
) -> Images:
    """One image for each of the most frequent mistakes in `matrix`, the most frequent first."""
    pairs = matrix.mistakes()[:_MAX_IMAGES]
    firsts = [np.flatnonzero((labels == true) & (predicted == guess))[0] for true, guess in pairs]
    misread = "; ".join(matrix.pair_text(pair) for pair in pairs) or _("none")
    return Images(
        N_("One image of each of the commonest mistakes"),
        [np.ascontiguousarray(images[first], np.uint8).tobytes() for first in firsts],
        [matrix.caption(pair) for pair in pairs],
        _("Misread images: {misread}.").format(misread=misread),
    )
