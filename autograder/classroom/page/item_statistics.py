"""Statistics of an assignment's scores: mean and spread, discrimination of questions, reliability.

All of it is computed by Python's `statistics`. A question's discrimination is its corrected item-total
correlation: Pearson's, of its points with those of all other questions. Cronbach's alpha is the one
number that neither `statistics` nor SciPy has; it is put together from `statistics.variance` as
L. J. Cronbach defines it (Coefficient alpha and the internal structure of tests, Psychometrika 16,
1951, equation 2).
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from autograder.classroom.page.entries import Entries
from autograder.course.course import Question

MIN_STUDENTS = 10  # a correlation of fewer says nothing


class Distribution(NamedTuple):
    """Where numbers lie. `deviation` is the standard deviation of a sample, None for a single number."""

    number: int
    mean: float
    deviation: float | None
    low: float
    quartiles: tuple[float, float, float]
    high: float


def distribution(numbers: Sequence[float]) -> Distribution | None:
    """The distribution of these numbers; None if there are none."""
    if not numbers:
        return None
    several = len(numbers) > 1
    low, middle, high = (
        statistics.quantiles(numbers, method="inclusive") if several else (numbers[0],) * 3
    )
    return Distribution(
        len(numbers),
        statistics.fmean(numbers),
        statistics.stdev(numbers) if several else None,
        min(numbers),
        (low, middle, high),
        max(numbers),
    )


class ItemStatistics(NamedTuple):
    """How well the questions of an assignment tell students apart.

    `students` have points in every question; only they count. `discrimination` has the questions
    for which it is defined. `reliability` is Cronbach's alpha, without questions of extra credit,
    or None if it is not defined. `missing` says in a sentence what is not there, and why.
    """

    students: int
    discrimination: Mapping[str, float]
    reliability: float | None
    missing: str


def item_statistics(questions: Sequence[Question], entries: Entries) -> ItemStatistics:
    """The statistics of questions, from the points of those who handed in."""
    names = [question.name for question in questions]
    rows = [[entry.points.get(name) for name in names] for entry in entries]
    complete = [[score for score in row if score is not None] for row in rows]
    scores = [row for row in complete if len(row) == len(names)]
    if len(names) < 2:
        reason = "Discrimination and reliability compare questions, and here is only one."
        return ItemStatistics(len(scores), {}, None, reason)
    if len(scores) < MIN_STUDENTS:
        reason = (
            f"Discrimination and reliability need {MIN_STUDENTS} students with points in every "
            f"question; here are {len(scores)}."
        )
        return ItemStatistics(len(scores), {}, None, reason)
    columns = dict(zip(names, zip(*scores, strict=True), strict=True))
    discrimination = {}
    for name, column in columns.items():
        others = [sum(row) - own for row, own in zip(scores, column, strict=True)]
        try:
            discrimination[name] = statistics.correlation(column, others)
        except statistics.StatisticsError:  # one of the two does not vary
            continue
    counted = [columns[question.name] for question in questions if not question.extra]
    reliability = cronbach_alpha(counted)
    same = [question.title for question in questions if question.name not in discrimination]
    lines = []
    if same:
        lines.append(f"No discrimination, since all got the same points: {'; '.join(same)}.")
    if reliability is None:
        lines.append("No reliability: it needs two questions, and totals that differ.")
    return ItemStatistics(len(scores), discrimination, reliability, " ".join(lines))


def cronbach_alpha(columns: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha of questions, each the points of the same students; None if it is not defined."""
    count = len(columns)
    if count < 2:
        return None
    of_totals: float = statistics.variance([sum(row) for row in zip(*columns, strict=True)])
    if not of_totals:
        return None
    of_questions: float = sum(map(statistics.variance, columns))
    return count / (count - 1) * (1 - of_questions / of_totals)
