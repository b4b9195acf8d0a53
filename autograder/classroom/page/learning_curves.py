"""How the class's recipes learned: accuracies by epoch, one curve for each distinct recipe."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from autograder.classroom.page.accuracy import runs_of
from autograder.classroom.page.entries import Entries, Entry
from autograder.results.pictures import TRAINING, VALIDATION, Curves

MAX_CURVES = 30  # curves that are drawn of a rung


@dataclass(frozen=True)
class LearningCurve:
    """How a recipe learned, by the run with the first seed, and whose recipe it is.

    `training` and `validation` are accuracies (0 to 1) after each epoch; `reached` is the one on
    the test images, the mean over the seeds that were trained.
    """

    entries: Entries
    reached: float
    training: tuple[float, ...]
    validation: tuple[float, ...]

    @property
    def peak(self) -> int:
        """The epoch, from 1, after which the validation accuracy was highest; of equal ones the first."""
        return self.validation.index(max(self.validation)) + 1


@dataclass(frozen=True)
class RungCurves:
    """The curves of a rung's distinct recipes, the best on the test images first.

    `threshold` is 0 where there is none yet. `without` students handed in a recipe that was trained,
    but not here: their records hold no curve.
    """

    question: str
    threshold: float
    curves: tuple[LearningCurve, ...]
    without: int

    @property
    def students(self) -> int:
        """Whose recipes they are, over all of them."""
        return sum(len(curve.entries) for curve in self.curves)

    @property
    def drawn(self) -> tuple[LearningCurve, ...]:
        """MAX_CURVES of the curves, evenly from the best to the weakest, both among them."""
        count = len(self.curves)
        if count <= MAX_CURVES:
            return self.curves
        return tuple(
            self.curves[round(at * (count - 1) / (MAX_CURVES - 1))] for at in range(MAX_CURVES)
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
    """How a question's recipes learned; None where no record tells it.

    Students with equal recipes share a curve.
    """
    whose: dict[str, list[Entry]] = {}
    found: dict[str, tuple[float, Curves]] = {}
    without = 0
    for entry in entries:
        if not (runs := runs_of(entry, question)):
            continue
        if picture := _curves(entry, question):
            reached = statistics.fmean(run.accuracy for run in runs)
            found.setdefault(runs[0].recipe, (reached, picture))
            whose.setdefault(runs[0].recipe, []).append(entry)
        else:
            without += 1
    if not found:
        return None
    curves = [
        LearningCurve(
            tuple(whose[recipe]),
            reached,
            _shares(picture.lines[TRAINING]),
            _shares(picture.lines[VALIDATION]),
        )
        for recipe, (reached, picture) in found.items()
    ]
    curves.sort(key=lambda curve: -curve.reached)
    return RungCurves(question, threshold, tuple(curves), without)


def _curves(entry: Entry, question: str) -> Curves | None:
    """The learning curve that a student's feedback shows; other curves may stand beside it."""
    for outcome in entry.outcomes(question):
        for picture in outcome.pictures:
            if isinstance(picture, Curves) and picture.lines.keys() == {TRAINING, VALIDATION}:
                return picture
    return None


def _shares(percents: list[float]) -> tuple[float, ...]:
    return tuple(percent / 100 for percent in percents)
