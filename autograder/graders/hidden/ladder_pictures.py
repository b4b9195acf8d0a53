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


def ladder(thresholds: Mapping[str, Threshold], asked: Sequence[TrainedRun]) -> Ladder:
    """The rungs with the accuracies of the student's recipes so far, means over a recipe's runs."""
    # If an earlier rung's function was substituted, there are runs of two recipes: the last counts.
    last_recipe = {run.question: run.recipe for run in asked}
    reached = {
        question: statistics.fmean(
            run.accuracy for run in asked if (run.question, run.recipe) == (question, recipe)
        )
        for question, recipe in last_recipe.items()
    }
    return Ladder.of("Your ladder", ladder_rungs(thresholds, reached))


def learning_curve(history: Mapping[str, Sequence[float]], threshold: float) -> Curves:
    """The training and validation accuracies by epoch, with the threshold (a share from 0 to 1)."""
    names = {"accuracy": TRAINING, "val_accuracy": VALIDATION}
    lines = {name: [100 * share for share in history[key]] for key, name in names.items()}
    last = ", ".join(f"{values[-1]:.1f} % on {name}" for name, values in lines.items())
    text = f"After the last of {len(history['accuracy'])} epochs: {last}; the threshold is {threshold:.1%}."
    return Curves(
        "What your recipe learned", "epoch", "accuracy in %", lines, text, 100 * threshold
    )


def batch_curve(losses: Sequence[float]) -> Curves:
    """The loss on one batch by step, up to the first that is not finite."""
    text = f"The loss on one batch went from {losses[0]:.2f} to {losses[-1]:.2f}."
    # A record is JSON, which has no infinity: the line ends where the loss diverges.
    lines = {"one batch of 32 images": list(takewhile(math.isfinite, losses))}
    return Curves("Learning one batch by heart", "step", "loss", lines, text)


def confusion(labels: np.ndarray, predicted: np.ndarray) -> Confusion:
    """The confusion matrix: how often each true class was predicted as each class."""
    counts = np.zeros((len(FASHION_CLASSES), len(FASHION_CLASSES)), int)
    np.add.at(counts, (labels, predicted), 1)
    title = "Test images by true class (down) and predicted one (across)"
    return Confusion.of(title, FASHION_CLASSES, counts.tolist())


def mistakes(
    matrix: Confusion, images: np.ndarray, labels: np.ndarray, predicted: np.ndarray
) -> Images:
    """One image for each of the most frequent mistakes in `matrix`, the most frequent first."""
    pairs = matrix.mistakes()[:_MAX_IMAGES]
    firsts = [np.flatnonzero((labels == true) & (predicted == guess))[0] for true, guess in pairs]
    captions = [matrix.pair_text(pair) for pair in pairs]
    return Images(
        "One image of each of the commonest mistakes",
        [np.ascontiguousarray(images[first], np.uint8).tobytes() for first in firsts],
        captions,
        f"Misread images: {'; '.join(captions) or 'none'}.",
    )
