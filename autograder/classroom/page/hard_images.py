"""The test images that most students' models misclassify, and the classes they predict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from autograder.classroom.page.accuracy import matrix_of, runs_of
from autograder.classroom.page.entries import Entries
from autograder.datasets import FASHION_CLASSES
from autograder.results.misclassified import unpack

MAX_IMAGES = 12  # shown of each rung
MIN_MODELS = 2  # fewer have no mistakes in common


class HardImage(NamedTuple):
    """A test image by its position, with its class and its most frequent wrong prediction.

    `misread` models predict another class than `true`; `agreed` of them predict `taken`.
    """

    position: int
    true: str
    taken: str
    agreed: int
    misread: int


@dataclass(frozen=True)
class HardImages:
    """The images of a rung that most of `students` students' models misclassify, hardest first.

    All of these models misclassify `by_all` images; at least one misclassifies `by_any` images.
    """

    question: str
    students: int
    images: tuple[HardImage, ...]
    by_all: int
    by_any: int


def hard_images(question: str, entries: Entries, tier: str) -> HardImages | None:
    """The hardest images of a question in the tier, or None if too few records have predictions.

    As in the confusion matrices, a model that does not learn is left out. Among images that
    equally many models misclassify, those come first where more models predict the same class.
    """
    predictions = []
    for entry in entries:
        runs = runs_of(entry, question)
        same_tier = entry.record is not None and entry.record.tier == tier
        if runs and same_tier and matrix_of(entry, question) and runs[0].misread is not None:
            predictions.append(unpack(runs[0].misread))
    if len(predictions) < MIN_MODELS:
        return None
    wrong = np.concatenate(predictions)
    classes = len(FASHION_CLASSES)
    counts = np.zeros((int(wrong["image"].max(initial=0)) + 1, classes), int)
    np.add.at(counts, (wrong["image"], wrong["taken"]), 1)
    true = np.zeros(len(counts), int)
    true[wrong["image"]] = wrong["true"]
    misread, agreed = counts.sum(axis=1), counts.max(axis=1)
    hardest = np.lexsort((-agreed, -misread))[:MAX_IMAGES]
    images = tuple(
        HardImage(
            int(position),
            FASHION_CLASSES[true[position]],
            FASHION_CLASSES[counts[position].argmax()],
            int(agreed[position]),
            int(misread[position]),
        )
        for position in hardest
        if misread[position]
    )
    by_all = int((misread == len(predictions)).sum())
    return HardImages(question, len(predictions), images, by_all, int((misread > 0).sum()))
