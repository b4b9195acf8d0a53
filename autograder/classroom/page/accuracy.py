"""The class's recipes: their accuracies against the thresholds, and their confusion matrices."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from autograder.classroom.page.entries import Entries, Entry
from autograder.results.pictures import Confusion
from autograder.results.record import TrainedRun
from autograder.results.thresholds import Threshold


class Reached(NamedTuple):
    """The accuracy (0 to 1) of a student's recipe: the mean over the trained seeds."""

    entry: Entry
    accuracy: float


@dataclass(frozen=True)
class Rung:
    """A question with an accuracy threshold, and the accuracies of the students' recipes, best first."""

    question: str
    threshold: Threshold
    reached: tuple[Reached, ...]

    @property
    def passed(self) -> int:
        """How many reached the threshold."""
        return sum(self.threshold.reached_by(student.accuracy) for student in self.reached)

    @property
    def best(self) -> Entries:
        """The students with the most accurate recipe; several if they tie."""
        return tuple(
            student.entry
            for student in self.reached
            if student.accuracy == self.reached[0].accuracy
        )


class ClassConfusion(NamedTuple):
    """The sum of the confusion matrices of a question's recipes, over `students` students."""

    question: str
    students: int
    matrix: Confusion


def rung(question: str, threshold: Threshold, entries: Entries) -> Rung:
    """A question with its `threshold`, and the recorded accuracy of each of `entries`."""
    accuracies = []
    for entry in entries:
        if runs := runs_of(entry, question):
            accuracies.append(Reached(entry, statistics.fmean(run.accuracy for run in runs)))
    return Rung(
        question, threshold, tuple(sorted(accuracies, key=lambda student: -student.accuracy))
    )


def runs_of(entry: Entry, question: str) -> list[TrainedRun]:
    """The runs of the recipe that a question was graded by, one per seed; empty if there are none."""
    trained = entry.record.trained if entry.record is not None else []
    runs = [run for run in trained if run.question == question]
    if not runs:
        return []
    # If an earlier rung's function was substituted, two recipes were trained; the later one counts.
    substituted = any(outcome.carried for outcome in entry.outcomes(question))
    recipe = runs[-1 if substituted else 0].recipe
    return list({run.seed: run for run in runs if run.recipe == recipe}.values())


def matrix_of(entry: Entry, question: str) -> Confusion | None:
    """The confusion matrix of an entry's recipe, or None if its record has none."""
    pictures = (p for outcome in entry.outcomes(question) for p in outcome.pictures)
    return next((picture for picture in pictures if isinstance(picture, Confusion)), None)


def confusion(question: str, entries: Entries) -> ClassConfusion | None:
    """The sum of a question's matrices over all students, or None if no record has one."""
    matrices = [matrix for entry in entries if (matrix := matrix_of(entry, question))]
    if not matrices:
        return None
    matrices = [matrix for matrix in matrices if matrix.names == matrices[0].names]
    total = np.sum([matrix.counts for matrix in matrices], axis=0)
    summed = Confusion.from_counts(matrices[0].title, matrices[0].names, total.tolist())
    return ClassConfusion(question, len(matrices), summed)
