"""The learning curves of the class's recipes: accuracies by epoch, one curve per distinct recipe."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from autograder.classroom.page.accuracy import runs_of
from autograder.classroom.page.entries import Entries, Entry
from autograder.results.pictures import TRAINING, VALIDATION, Curves

MAX_CURVES = 30  # drawn of each rung


@dataclass(frozen=True)
class LearningCurve:
    """The learning curve of a recipe's run with the first seed, and the students who have the recipe.

    `training` and `validation` are accuracies (0 to 1) after each epoch. `reached` is the accuracy
    on the test images, the mean over the trained seeds.
    """

    entries: Entries
    reached: float
    training: tuple[float, ...]
    validation: tuple[float, ...]

    @property
    def peak(self) -> int:
        """The first epoch, counted from 1, after which the validation accuracy was highest."""
        return self.validation.index(max(self.validation)) + 1


@dataclass(frozen=True)
class RungCurves:
    """The curves of a rung's distinct recipes, the best on the test images first.

    `threshold` is 0 if there is none yet. `without` students submitted a recipe whose run was
    recorded with the thresholds: their records have no curve.
    """

    question: str
    threshold: float
    curves: tuple[LearningCurve, ...]
    without: int

    @property
    def students(self) -> int:
        """The number of students over all curves."""
        return sum(len(curve.entries) for curve in self.curves)

    @property
    def drawn(self) -> tuple[LearningCurve, ...]:
        """At most MAX_CURVES of the curves, evenly from the best to the weakest, including both."""
        count = len(self.curves)
        if count <= MAX_CURVES:
            return self.curves
        return tuple(
            self.curves[round(rank * (count - 1) / (MAX_CURVES - 1))] for rank in range(MAX_CURVES)
        )

    @property
    def ends(self) -> tuple[float, float, float]:
        """Lowest, median and highest validation accuracy after the last epoch, of all curves."""
        last = [curve.validation[-1] for curve in self.curves]
        return min(last), statistics.median(last), max(last)

    @property
    def past_peak(self) -> int:
        """How many recipes had a higher validation accuracy at an epoch before the last."""
        return sum(max(curve.validation) > curve.validation[-1] for curve in self.curves)


def rung_curves(question: str, threshold: float, entries: Entries) -> RungCurves | None:
    """The learning curves of a question's recipes, or None if no record has one.

    Students with equal recipes share a curve.
    """
    owners: dict[str, list[Entry]] = {}
    pictures: dict[str, tuple[float, Curves]] = {}
    without = 0
    for entry in entries:
        if not (runs := runs_of(entry, question)):
            continue
        if picture := _curves(entry, question):
            reached = statistics.fmean(run.accuracy for run in runs)
            pictures.setdefault(runs[0].recipe, (reached, picture))
            owners.setdefault(runs[0].recipe, []).append(entry)
        else:
            without += 1
    if not pictures:
        return None
    curves = [
        LearningCurve(
            tuple(owners[recipe]),
            reached,
            _shares(picture.lines[TRAINING]),
            _shares(picture.lines[VALIDATION]),
        )
        for recipe, (reached, picture) in pictures.items()
    ]
    curves.sort(key=lambda curve: -curve.reached)
    return RungCurves(question, threshold, tuple(curves), without)


def _curves(entry: Entry, question: str) -> Curves | None:
    """The learning curve in a student's feedback, which may also contain other curves."""
    for outcome in entry.outcomes(question):
        for picture in outcome.pictures:
            if isinstance(picture, Curves) and picture.lines.keys() == {TRAINING, VALIDATION}:
                return picture if all(map(_are_percents, picture.lines.values())) else None
    return None


def _are_percents(values: list[float]) -> bool:
    """Whether these can be drawn: they come out of a sandbox, and axes that hold any number have no end."""
    return bool(values) and all(0 <= value <= 100 for value in values)


def _shares(percents: list[float]) -> tuple[float, ...]:
    return tuple(percent / 100 for percent in percents)
