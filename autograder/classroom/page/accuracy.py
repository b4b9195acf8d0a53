"""What the class's recipes reached against the accuracy thresholds, and what they confuse."""

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
    """The accuracy (0 to 1) of a student's recipe, the mean over the seeds that were trained."""

    entry: Entry
    accuracy: float


@dataclass(frozen=True)
class Rung:
    """A question with an accuracy threshold, and what the students' recipes reached, the best first."""

    question: str
    threshold: Threshold
    reached: tuple[Reached, ...]

    @property
    def passed(self) -> int:
        """How many reached the threshold."""
        return sum(one.accuracy >= self.threshold.minimum for one in self.reached)

    @property
    def best(self) -> Entries:
        """Whose recipe reached most; several where they are equal."""
        return tuple(one.entry for one in self.reached if one.accuracy == self.reached[0].accuracy)


class ClassConfusion(NamedTuple):
    """The confusion matrices of a question's recipes, added up over `students` students."""

    question: str
    students: int
    matrix: Confusion


def rung(question: str, threshold: Threshold, entries: Entries) -> Rung:
    """A question of `threshold`, with what each of `entries` reached by what its record says."""
    reached = []
    for entry in entries:
        if runs := runs_of(entry, question):
            reached.append(Reached(entry, statistics.fmean(run.accuracy for run in runs)))
    return Rung(question, threshold, tuple(sorted(reached, key=lambda one: -one.accuracy)))


def runs_of(entry: Entry, question: str) -> list[TrainedRun]:
    """The runs of the recipe that a question was graded by, one a seed; none where there are none."""
    trained = entry.record.trained if entry.record is not None else []
    runs = [run for run in trained if run.question == question]
    if not runs:
        return []
    # If an earlier rung's function was substituted, two recipes were trained; the later one counts.
    substituted = any(outcome.carried for outcome in entry.outcomes(question))
    recipe = runs[-1 if substituted else 0].recipe
    return list({run.seed: run for run in runs if run.recipe == recipe}.values())


def matrix_of(entry: Entry, question: str) -> Confusion | None:
    """The confusion matrix of an entry's recipe; None where its record holds none."""
    pictures = (p for outcome in entry.outcomes(question) for p in outcome.pictures)
    return next((picture for picture in pictures if isinstance(picture, Confusion)), None)


def confusion(question: str, entries: Entries) -> ClassConfusion | None:
    """The sum of a question's matrices over all students; None where no record holds one."""
    found = [matrix for entry in entries if (matrix := matrix_of(entry, question))]
    if not found:
        return None
    found = [matrix for matrix in found if matrix.names == found[0].names]
    total = np.sum([matrix.counts for matrix in found], axis=0)
    summed = Confusion.of(found[0].title, found[0].names, total.tolist())
    return ClassConfusion(question, len(found), summed)
