"""What a trained recipe did, in pictures: how it learned, and what it takes for what."""

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

_SHOWN = 8  # misclassified images


def pictures_of(run: Run, tier: str, threshold: float) -> list[Picture]:
    """How a run learned, what it takes for what, and images that it misread."""
    data, predicted = training_data(tier), run.classes()
    matrix = confusion(data.test_labels, predicted)
    return [
        learning_curve(run.history, threshold),
        matrix,
        mistakes(matrix, data.test, data.test_labels, predicted),
    ]


def ladder(thresholds: Mapping[str, Threshold], asked: Sequence[TrainedRun]) -> Ladder:
    """The rungs with what the student's recipes reached so far, the mean of each one's runs."""
    # If an earlier rung's function was substituted, there are runs of two recipes.
    judged_last = {run.question: run.recipe for run in asked}
    reached = {
        question: statistics.fmean(
            run.accuracy for run in asked if (run.question, run.recipe) == (question, recipe)
        )
        for question, recipe in judged_last.items()
    }
    return Ladder.of("Your ladder", ladder_rungs(thresholds, reached))


def learning_curve(history: Mapping[str, Sequence[float]], threshold: float) -> Curves:
    """The accuracies of a training by epoch, with the threshold."""
    names = {"accuracy": TRAINING, "val_accuracy": VALIDATION}
    lines = {name: [100 * share for share in history[key]] for key, name in names.items()}
    last = ", ".join(f"{values[-1]:.1f} % on {name}" for name, values in lines.items())
    text = f"After the last of {len(history['accuracy'])} epochs: {last}; the threshold is {threshold:.1%}."
    return Curves(
        "What your recipe learned", "epoch", "accuracy in %", lines, text, 100 * threshold
    )


def batch_curve(losses: Sequence[float]) -> Curves:
    """The loss on one batch, step by step, as far as it is a number."""
    text = f"The loss on one batch went from {losses[0]:.2f} to {losses[-1]:.2f}."
    # JSON, and so a record, has no infinity: where the loss explodes its line ends.
    lines = {"one batch of 32 images": list(takewhile(math.isfinite, losses))}
    return Curves("Learning one batch by heart", "step", "loss", lines, text)


def confusion(labels: np.ndarray, predicted: np.ndarray) -> Confusion:
    """How often each class was taken for each."""
    counts = np.zeros((len(FASHION_CLASSES), len(FASHION_CLASSES)), int)
    np.add.at(counts, (labels, predicted), 1)
    title = "Test images by true class (down) and predicted one (across)"
    return Confusion.of(title, FASHION_CLASSES, counts.tolist())


def mistakes(
    matrix: Confusion, images: np.ndarray, labels: np.ndarray, predicted: np.ndarray
) -> Images:
    """One image of each of the commonest mistakes in `matrix`, the commonest first."""
    pairs = matrix.mistakes()[:_SHOWN]
    firsts = [np.flatnonzero((labels == true) & (predicted == taken))[0] for true, taken in pairs]
    captions = [matrix.pair_text(pair) for pair in pairs]
    return Images(
        "One image of each of the commonest mistakes",
        [np.ascontiguousarray(images[first], np.uint8).tobytes() for first in firsts],
        captions,
        f"Misread images: {'; '.join(captions) or 'none'}.",
    )
