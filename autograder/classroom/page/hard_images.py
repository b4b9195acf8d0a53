"""The test images that the most students' models get wrong, and what they take them for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from autograder.classroom.page.accuracy import matrix_of, runs_of
from autograder.classroom.page.entries import Entries
from autograder.datasets import FASHION_CLASSES
from autograder.results.misclassified import unpack

MAX_IMAGES = 12  # images that are shown of a rung
MIN_MODELS = 2  # models that have something in common


class HardImage(NamedTuple):
    """A test image by its position, with its class and the class that it is mostly taken for.

    `misread` models predict another class than `true`, `agreed` of them `taken`.
    """

    position: int
    true: str
    taken: str
    agreed: int
    misread: int


@dataclass(frozen=True)
class HardImages:
    """The images of a rung that most of `students` students' models misread, the hardest first.

    `by_all` images were misread by all of these models, `by_any` by one at least.
    """

    question: str
    students: int
    images: tuple[HardImage, ...]
    by_all: int
    by_any: int


def hard_images(question: str, entries: Entries, tier: str) -> HardImages | None:
    """The hardest images of a question in the tier; None where too few records tell them.

    As in the confusion matrices, a model that does not learn says nothing and is left out. Of
    images that as many get wrong, those come first of which more models think the same.
    """
    found = []
    for entry in entries:
        runs = runs_of(entry, question)
        of_tier = entry.record is not None and entry.record.tier == tier
        if runs and of_tier and matrix_of(entry, question) and runs[0].misread is not None:
            found.append(unpack(runs[0].misread))
    if len(found) < MIN_MODELS:
        return None
    wrong = np.concatenate(found)
    classes = len(FASHION_CLASSES)
    counts = np.zeros((int(wrong["image"].max(initial=0)) + 1, classes), int)
    np.add.at(counts, (wrong["image"], wrong["taken"]), 1)
    true = np.zeros(len(counts), int)
    true[wrong["image"]] = wrong["true"]
    misread, agreed = counts.sum(axis=1), counts.max(axis=1)
    hardest = np.lexsort((-agreed, -misread))[:MAX_IMAGES]
    images = tuple(
        HardImage(
            int(at),
            FASHION_CLASSES[true[at]],
            FASHION_CLASSES[counts[at].argmax()],
            int(agreed[at]),
            int(misread[at]),
        )
        for at in hardest
        if misread[at]
    )
    by_all = int((misread == len(found)).sum())
    return HardImages(question, len(found), images, by_all, int((misread > 0).sum()))
