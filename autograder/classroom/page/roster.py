"""The rows of the table of students: their scores, and what an instructor must look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from autograder.classroom.page.entries import Entry
from autograder.gradebook.scores import Student
from autograder.results.outcome import Status

# The filters of the table, in the order of display.
FLAGS = {
    "missing": "something not handed in",
    "ungraded": "something not graded yet",
    "late": "handed in late",
    "crashed": "code that crashed",
    "by hand": "waiting for a grade by hand",
    "to confirm": "a score by hand to confirm",
    "grader error": "an error of our grader",
}


@dataclass(frozen=True)
class Row:
    """One student's entries by assignment; `begun` are the assignments that somebody has handed in."""

    student: Student
    entries: Mapping[str, Entry]
    begun: frozenset[str]

    @property
    def total(self) -> float:
        """Points over all assignments; an entry without a final score counts 0."""
        return sum(entry.score.final or 0.0 for entry in self.entries.values())

    @property
    def flags(self) -> list[str]:
        """Which of FLAGS apply to any of the entries.

        What nobody has handed in yet is not missing: it would be of every student, and hide the others.
        """
        present = {
            flag
            for name, entry in self.entries.items()
            for flag in flags(entry)
            if flag != "missing" or name in self.begun
        }
        return [flag for flag in FLAGS if flag in present]


@dataclass(frozen=True)
class Totals:
    """Students' totals in the assignments that somebody has handed in.

    `shares` are of those who handed in any, as shares of the `most` points of these assignments.
    """

    assignments: tuple[str, ...]
    most: float
    shares: tuple[float, ...]


def totals(students: Iterable[Row], points: Mapping[str, float]) -> Totals:
    """The totals of students; `points` are those of each assignment."""
    everyone = list(students)
    used = tuple(
        name for name in points if any(row.entries[name].score.submitted for row in everyone)
    )
    most = sum(points[name] for name in used)
    shares = tuple(
        row.total / most
        for row in everyone
        if most and any(row.entries[name].score.submitted for name in used)
    )
    return Totals(used, most, shares)


def rows(classes: Mapping[str, Iterable[Entry]]) -> list[Row]:
    """A row for each student; `classes` maps assignments to entries and gives the order."""
    by_student: dict[str, dict[str, Entry]] = {}
    students: dict[str, Student] = {}
    for assignment, entries in classes.items():
        for entry in entries:
            students[entry.student] = entry.score.student
            by_student.setdefault(entry.student, {})[assignment] = entry
    begun = frozenset(
        name for name, entries in classes.items() if any(entry.score.submitted for entry in entries)
    )
    return [Row(student, by_student[name], begun) for name, student in students.items()]


def looks(classes: Mapping[str, Iterable[Entry]]) -> list[tuple[str, list[Entry]]]:
    """The reasons to look at entries, as text, with the entries of each."""
    reasons: dict[str, Callable[[Entry], bool]] = {
        "our grader failed": lambda entry: "grader error" in flags(entry),
        "waits for a grade by hand": lambda entry: entry.score.waiting,
        "a score by hand to confirm: `autograder confirm-scores`": lambda entry: bool(
            entry.score.to_confirm
        ),
        "handed in, not graded yet: `make grade`": lambda entry: entry.score.ungraded,
        "the record cannot be read; grade again": lambda entry: entry.damaged,
        "no record: `make grade` has not graded it": lambda entry: (
            entry.score.submitted and entry.record is None and not entry.damaged
        ),
    }
    groups = [
        (f"{assignment}: {reason}", [entry for entry in entries if applies(entry)])
        for assignment, entries in classes.items()
        for reason, applies in reasons.items()
    ]
    return [(reason, entries) for reason, entries in groups if entries]


def flags(entry: Entry) -> list[str]:
    """Which of FLAGS apply to an entry."""
    outcomes = entry.record.outcomes if entry.record is not None else []
    states = {outcome.status for outcome in outcomes}
    applies = {
        "missing": entry.score.missing,
        "ungraded": entry.score.ungraded,
        "late": entry.score.seconds_late > 0,
        "crashed": Status.CRASHED in states,
        "by hand": entry.score.waiting,
        "to confirm": bool(entry.score.to_confirm),
        "grader error": Status.GRADER_ERROR in states,
    }
    return [flag for flag in FLAGS if applies[flag]]
