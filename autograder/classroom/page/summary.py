"""The numbers of the class page: summaries of the entries of each assignment."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder._util.control_codes import without_control_codes
from autograder.classroom.page.accuracy import ClassConfusion, Rung, confusion, rung
from autograder.classroom.page.entries import Entries, Entry
from autograder.classroom.page.hard_images import HardImages, hard_images
from autograder.classroom.page.item_statistics import (
    Distribution,
    ItemStatistics,
    distribution,
    item_statistics,
)
from autograder.classroom.page.learning_curves import RungCurves, rung_curves
from autograder.classroom.page.mistakes import Group, crash_line, grouped, unexplained
from autograder.classroom.page.passed_tests import TestSummary, passed_tests
from autograder.classroom.page.timeline import Timeline, attempts, timeline
from autograder.classroom.page.written import TO_GRADE, WrittenSummary, summarize_written
from autograder.course.course import Assignment, Course, Question
from autograder.results.outcome import Status
from autograder.results.thresholds import Threshold, read_thresholds

BINS = 10  # of the histogram, each a tenth of the points; one more bin holds full marks
OF_STUDENTS = (Status.PASSED, Status.FAILED, Status.NOT_ATTEMPTED, Status.CRASHED)
_MIN_TIMES = 5  # fewer submissions have no meaningful quartiles


@dataclass(frozen=True)
class QuestionSummary:
    """The results of a question for the students who submitted.

    `unknown` are the entries without a recorded status. `mean` is the mean of the gradebook's
    points, or None if it has none.
    """

    question: Question
    states: Mapping[Status, Entries]
    unknown: Entries
    mean: float | None

    @property
    def graded(self) -> int:
        """The number of students with a status that is not an error of the grader."""
        return sum(len(self.states[status]) for status in OF_STUDENTS)

    @property
    def passed(self) -> int:
        """The number of students who passed."""
        return len(self.states[Status.PASSED])

    @property
    def pass_rate(self) -> float | None:
        """The share of `graded` that passed, 0 to 1; None if there are none."""
        return self.passed / self.graded if self.graded else None


@dataclass(frozen=True)
class AssignmentSummary:
    """Everything that the class page says about an assignment.

    `shares` are the final scores divided by the maximum. `mistakes` are grouped by the help in the
    feedback, `unexplained` are wrong answers without help; the most frequent come first. `slow`
    took longer to grade than `slow_from` seconds, which is None if too few were graded.
    """

    assignment: Assignment
    entries: Entries
    shares: tuple[float, ...]
    questions: tuple[QuestionSummary, ...]
    mistakes: tuple[Group, ...]
    unexplained: tuple[Group, ...]
    crashes: tuple[Group, ...]
    slow: Entries
    slow_from: float | None
    rungs: tuple[Rung, ...]
    confusions: tuple[ClassConfusion, ...]
    curves: tuple[RungCurves, ...]
    hard_images: tuple[HardImages, ...]
    items: ItemStatistics
    tests: tuple[TestSummary, ...]
    timeline: Timeline | None
    written: tuple[WrittenSummary, ...] = ()

    @property
    def to_grade(self) -> int:
        """How many written answers nobody has graded yet."""
        return sum(len(question.states[TO_GRADE]) for question in self.written)

    @property
    def handed_in(self) -> Entries:
        """The entries with a submission in the gradebook."""
        return tuple(entry for entry in self.entries if entry.score.submitted)

    @property
    def missing(self) -> Entries:
        """The entries without a submission."""
        return tuple(entry for entry in self.entries if entry.score.missing)

    @property
    def ungraded(self) -> Entries:
        """The entries that are handed in and not graded yet."""
        return tuple(entry for entry in self.entries if entry.score.ungraded)

    @property
    def due(self) -> str:
        """The due date in UTC; empty if the gradebook has none."""
        return next((entry.score.duedate for entry in self.entries), "")

    @property
    def late(self) -> Entries:
        """The entries whose submission came after the due date."""
        return tuple(entry for entry in self.entries if entry.score.seconds_late)

    @property
    def waiting(self) -> Entries:
        """The entries that have no final score until they are graded by hand."""
        return tuple(entry for entry in self.entries if entry.score.waiting)

    @property
    def without_matrix(self) -> list[str]:
        """Rungs with trained recipes but without a confusion matrix."""
        return self._without({confusion.question for confusion in self.confusions})

    @property
    def without_curve(self) -> list[str]:
        """Rungs with trained recipes but without a learning curve."""
        return self._without({curves.question for curves in self.curves})

    @property
    def without_images(self) -> list[str]:
        """Rungs with trained recipes but with too few predictions to name misclassified images."""
        return self._without({images.question for images in self.hard_images})

    @property
    def attempts(self) -> dict[int, int]:
        """Number of hand-ins -> how many students have handed in so often."""
        return attempts(self.handed_in)

    @property
    def distribution(self) -> Distribution | None:
        """Where the shares lie; None if there are none."""
        return distribution(self.shares)

    @property
    def histogram(self) -> list[int]:
        """The histogram of the shares."""
        return histogram(self.shares)

    def _without(self, questions: set[str]) -> list[str]:
        return [r.question for r in self.rungs if r.reached and r.question not in questions]


def histogram(shares: Iterable[float]) -> list[int]:
    """The number of shares in [0, 10 %), [10 %, 20 %), ...; the last bin is 100 % or more."""
    counts = [0] * (BINS + 1)
    for share in shares:
        counts[min(int(share * BINS + 1e-9), BINS)] += 1
    return counts


def summarize_class(
    course: Course, classes: Mapping[str, Iterable[Entry]]
) -> list[AssignmentSummary]:
    """The summary of each assignment of `classes`, with the thresholds of the course's tier.

    Raises NotCalibrated for a damaged file of thresholds.
    """
    summaries = []
    for name, entries in classes.items():
        thresholds = read_thresholds(course.thresholds(name)).get(course.config.tier, {})
        summaries.append(
            summarize(course.assignments[name], entries, thresholds, course.config.tier)
        )
    return summaries


def summarize(
    assignment: Assignment, entries: Iterable[Entry], thresholds: Mapping[str, Threshold], tier: str
) -> AssignmentSummary:
    """The summary of one assignment; `thresholds` are those of its questions in the tier."""
    everyone = tuple(entries)
    handed_in = tuple(entry for entry in everyone if entry.score.submitted)
    finals = [(entry.score.final, entry.score.max_score) for entry in handed_in]
    names = [question.name for question in assignment.checked]
    with_threshold = [name for name in names if name in thresholds]
    slow, slow_from = _slow_outliers(handed_in)
    return AssignmentSummary(
        assignment,
        everyone,
        tuple(final / maximum for final, maximum in finals if final is not None and maximum),
        tuple(_question_summary(question, handed_in) for question in assignment.checked),
        grouped(names, handed_in, lambda outcome: without_control_codes(outcome.help)),
        unexplained(names, handed_in),
        grouped(names, handed_in, crash_line),
        slow,
        slow_from,
        tuple(rung(name, thresholds[name], handed_in) for name in with_threshold),
        tuple(matrix for name in names if (matrix := confusion(name, handed_in))),
        tuple(
            curves
            for name in with_threshold
            if (curves := rung_curves(name, thresholds[name].minimum, handed_in))
        ),
        tuple(images for name in with_threshold if (images := hard_images(name, handed_in, tier))),
        item_statistics(assignment.questions, handed_in),
        passed_tests(names, handed_in),
        timeline(handed_in),
        summarize_written(assignment, handed_in),
    )


def _question_summary(question: Question, entries: Entries) -> QuestionSummary:
    states: dict[Status | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        states[entry.status(question.name)].append(entry)
    scores = [entry.points.get(question.name) for entry in entries]
    points = [score for score in scores if score is not None]
    return QuestionSummary(
        question,
        {status: tuple(states[status]) for status in Status},
        tuple(states[None]),
        statistics.fmean(points) if points else None,
    )


def _slow_outliers(entries: Entries) -> tuple[Entries, float | None]:
    """Outliers by Tukey's rule that also took twice the median, slowest first, and the limit."""
    timed = [(entry.record.seconds, entry) for entry in entries if entry.record is not None]
    if len(timed) < _MIN_TIMES:
        return (), None
    low, median, high = statistics.quantiles([seconds for seconds, _ in timed], method="inclusive")
    limit = max(high + 1.5 * (high - low), 2 * median)
    slow = sorted((pair for pair in timed if pair[0] > limit), key=lambda pair: -pair[0])
    return tuple(entry for _, entry in slow), limit
