"""The rows of the table of students: each one's scores, and what asks for a look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from autograder.classroom.page.entries import Entry
from autograder.gradebook.scores import Student
from autograder.results.outcome import Status

# What a row can be filtered by, in the order in which it is said.
FLAGS = {
    "missing": "something not handed in",
    "late": "handed in late",
    "crashed": "code that crashed",
    "by hand": "waiting for a grade by hand",
    "to confirm": "a score by hand to confirm",
    "grader error": "an error of our grader",
}


@dataclass(frozen=True)
class Row:
    """One student's entries by assignment, and the points over all of them."""

    student: Student
    entries: Mapping[str, Entry]

    @property
    def total(self) -> float:
        """Points over all assignments; what has no final score yet counts nothing."""
        return sum(entry.score.final or 0.0 for entry in self.entries.values())

    @property
    def flags(self) -> list[str]:
        """Which of FLAGS apply to any of the entries."""
        found = {flag for entry in self.entries.values() for flag in flags(entry)}
        return [flag for flag in FLAGS if flag in found]


def rows(classes: Mapping[str, Iterable[Entry]]) -> list[Row]:
    """A row for each student, in the order of `classes`, the entries of each assignment."""
    of: dict[str, dict[str, Entry]] = {}
    students: dict[str, Student] = {}
    for assignment, entries in classes.items():
        for entry in entries:
            students[entry.student] = entry.score.student
            of.setdefault(entry.student, {})[assignment] = entry
    return [Row(student, of[name]) for name, student in students.items()]


def looks(classes: Mapping[str, Iterable[Entry]]) -> list[tuple[str, list[Entry]]]:
    """What somebody has to look at, in words, and whose it is."""
    reasons: dict[str, Callable[[Entry], bool]] = {
        "our grader failed": lambda entry: "grader error" in flags(entry),
        "waits for a grade by hand": lambda entry: entry.score.waiting,
        "a score by hand to confirm: `autograder confirm-scores`": lambda entry: bool(
            entry.score.to_confirm
        ),
        "the record cannot be read; grade again": lambda entry: entry.damaged,
        "no record: `make grade` has not graded it": lambda entry: (
            entry.score.submitted and entry.record is None and not entry.damaged
        ),
    }
    found = [
        (f"{assignment}: {reason}", [entry for entry in entries if applies(entry)])
        for assignment, entries in classes.items()
        for reason, applies in reasons.items()
    ]
    return [(what, entries) for what, entries in found if entries]


def flags(entry: Entry) -> list[str]:
    """Which of FLAGS apply to an entry."""
    outcomes = entry.record.outcomes if entry.record is not None else []
    states = {outcome.status for outcome in outcomes}
    applies = {
        "missing": not entry.score.submitted,
        "late": entry.score.seconds_late > 0,
        "crashed": Status.CRASHED in states,
        "by hand": entry.score.waiting,
        "to confirm": bool(entry.score.to_confirm),
        "grader error": Status.GRADER_ERROR in states,
    }
    return [flag for flag in FLAGS if applies[flag]]
