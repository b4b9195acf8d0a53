"""The numbers of the class page: what the entries of an assignment add up to."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from autograder.classroom.page.accuracy import ClassConfusion, Rung, confusion, rung
from autograder.classroom.page.entries import Entries, Entry
from autograder.classroom.page.hard_images import HardImages, hard_images
from autograder.classroom.page.learning_curves import RungCurves, rung_curves
from autograder.course.course import Assignment, Course, Question
from autograder.course.settings import CourseError
from autograder.feedback.render import without_control_codes
from autograder.results.outcome import Status, TestOutcome
from autograder.results.thresholds import Threshold, read_thresholds

BINS = 10  # of the histogram, each a tenth of the points; one more holds full marks
OF_STUDENTS = (Status.PASSED, Status.FAILED, Status.NOT_ATTEMPTED, Status.CRASHED)
_LONGEST = 200  # characters that are shown of a message
_MIN_TIMES = 5  # submissions whose times have a spread worth speaking of


class Group(NamedTuple):
    """Students who have one thing in common in a question: `what`, in words."""

    question: str
    what: str
    entries: Entries


@dataclass(frozen=True)
class QuestionSummary:
    """How a question went for those who handed in.

    `unknown` are those of whom no record tells; `mean` is of the points that the gradebook has,
    None where it has none.
    """

    question: Question
    states: Mapping[Status, Entries]
    unknown: Entries
    mean: float | None

    @property
    def graded(self) -> int:
        """Students whose answer has a state of theirs, not an error of our grader's."""
        return sum(len(self.states[status]) for status in OF_STUDENTS)

    @property
    def pass_rate(self) -> float | None:
        """The share of `graded` that passed, 0 to 1; None where there are none."""
        return len(self.states[Status.PASSED]) / self.graded if self.graded else None


@dataclass(frozen=True)
class AssignmentSummary:
    """Everything that the class page says about an assignment.

    `shares` are final scores by the maximum, of those that have one. `mistakes` are by the help
    that was given, `unexplained` wrong answers without any, the commonest first. `slow` took
    longer to grade than `slow_from` seconds, which is None where too few were graded.
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

    @property
    def handed_in(self) -> Entries:
        """Those with a submission."""
        return tuple(entry for entry in self.entries if entry.score.submitted)

    @property
    def missing(self) -> Entries:
        """Those without one."""
        return tuple(entry for entry in self.entries if not entry.score.submitted)

    @property
    def due(self) -> str:
        """When it is due, in UTC; empty where the gradebook has no date."""
        return next((entry.score.duedate for entry in self.entries), "")

    @property
    def late(self) -> Entries:
        """Those whose submission came after the due date, if there is one."""
        return tuple(entry for entry in self.entries if entry.score.seconds_late)

    @property
    def waiting(self) -> Entries:
        """Those who have no final score before somebody has graded by hand."""
        return tuple(entry for entry in self.entries if entry.score.waiting)

    @property
    def without_matrix(self) -> list[str]:
        """Rungs with recipes that were trained, but no confusion matrix of any."""
        return self._without({found.question for found in self.confusions})

    @property
    def without_curve(self) -> list[str]:
        """Rungs with recipes that were trained, but no learning curve of any."""
        return self._without({found.question for found in self.curves})

    @property
    def without_images(self) -> list[str]:
        """Rungs with recipes that were trained, but too few that tell what they misread."""
        return self._without({found.question for found in self.hard_images})

    @property
    def histogram(self) -> list[int]:
        """How many have 0 to 10 % of the points (10 % left out), ...; last, all points or more."""
        counts = [0] * (BINS + 1)
        for share in self.shares:
            counts[min(int(share * BINS + 1e-9), BINS)] += 1
        return counts

    def _without(self, shown: set[str]) -> list[str]:
        return [r.question for r in self.rungs if r.reached and r.question not in shown]


def summarize_class(
    course: Course, classes: Mapping[str, Iterable[Entry]]
) -> list[AssignmentSummary]:
    """The summary of each assignment of `classes`, with the thresholds of the course's tier.

    Raises CourseError for a file of thresholds that is damaged.
    """
    found = []
    for name, entries in classes.items():
        path = course.thresholds(name)
        try:
            thresholds = read_thresholds(path).get(course.config.tier, {})
        except msgspec.DecodeError as error:
            raise CourseError(
                f"{path}: not accuracy thresholds ({error}). Restore the file"
            ) from None
        found.append(summarize(course.assignments[name], entries, thresholds, course.config.tier))
    return found


def summarize(
    assignment: Assignment, entries: Iterable[Entry], thresholds: Mapping[str, Threshold], tier: str
) -> AssignmentSummary:
    """The summary of one assignment; `thresholds` are those of its questions in the tier, if any."""
    everyone = tuple(entries)
    handed_in = tuple(entry for entry in everyone if entry.score.submitted)
    finals = [(entry.score.final, entry.score.max_score) for entry in handed_in]
    names = [question.name for question in assignment.questions]
    with_threshold = [name for name in names if name in thresholds]
    slow, slow_from = _slow(handed_in)
    return AssignmentSummary(
        assignment,
        everyone,
        tuple(final / most for final, most in finals if final is not None and most),
        tuple(_question(question, handed_in) for question in assignment.questions),
        _groups(names, handed_in, lambda outcome: without_control_codes(outcome.help)),
        _unexplained(names, handed_in),
        _groups(names, handed_in, _crash),
        slow,
        slow_from,
        tuple(rung(name, thresholds[name], handed_in) for name in with_threshold),
        tuple(found for name in names if (found := confusion(name, handed_in))),
        tuple(
            c
            for name in with_threshold
            if (c := rung_curves(name, thresholds[name].minimum, handed_in))
        ),
        tuple(h for name in with_threshold if (h := hard_images(name, handed_in, tier))),
    )


def _question(question: Question, entries: Entries) -> QuestionSummary:
    states: dict[Status | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        states[entry.status(question.name)].append(entry)
    points = [
        score.score
        for entry in entries
        for score in entry.score.questions
        if score.name == question.name and score.score is not None
    ]
    return QuestionSummary(
        question,
        {status: tuple(states[status]) for status in Status},
        tuple(states[None]),
        statistics.fmean(points) if points else None,
    )


def _groups(
    questions: Sequence[str],
    entries: Entries,
    kind: Callable[[TestOutcome], str],
) -> tuple[Group, ...]:
    """Students by the kinds of their outcomes, the most frequent first; each counts once a kind."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for question in questions:
        for entry in entries:
            for what in dict.fromkeys(filter(None, map(kind, entry.outcomes(question)))):
                found[question, what].append(entry)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))  # stable: then by question
    return tuple(Group(question, what, tuple(who)) for (question, what), who in ordered)


def _unexplained(questions: Sequence[str], entries: Entries) -> tuple[Group, ...]:
    """Students whose answer is wrong and who were given no help, the most frequent first."""
    groups = []
    for question in questions:
        who = tuple(
            entry
            for entry in entries
            if entry.status(question) is Status.FAILED
            and not any(outcome.help for outcome in entry.outcomes(question))
        )
        if who:
            groups.append(Group(question, "", who))
    return tuple(sorted(groups, key=lambda group: -len(group.entries)))


def _crash(outcome: TestOutcome) -> str:
    if outcome.status is not Status.CRASHED:
        return ""
    lines = without_control_codes(outcome.message).strip().splitlines() or ["without a message"]
    return lines[0] if len(lines[0]) <= _LONGEST else lines[0][:_LONGEST] + " ..."


def _slow(entries: Entries) -> tuple[Entries, float | None]:
    """Outliers by Tukey's rule that also took twice the median, the slowest first; from when."""
    timed = [(entry.record.seconds, entry) for entry in entries if entry.record is not None]
    if len(timed) < _MIN_TIMES:
        return (), None
    low, median, high = statistics.quantiles([seconds for seconds, _ in timed], method="inclusive")
    limit = max(high + 1.5 * (high - low), 2 * median)
    slow = sorted((pair for pair in timed if pair[0] > limit), key=lambda pair: -pair[0])
    return tuple(entry for _, entry in slow), limit
