"""Says which scores an export leaves out, and why: a line for each assignment and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autograder.gradebook.scores import Score
from autograder.submissions.files import first_names

_REASONS = {
    "waiting": ("waiting for a grade by hand", ". Grade in the formgrader"),
    "ungraded": ("handed in but not graded yet", ". Run `make grade`"),
    "missing": ("not handed in", ""),
}


def state(score: Score) -> str:
    """What a score is in an export: graded, waiting, ungraded or missing."""
    if score.ungraded:
        return "ungraded"
    if score.missing:
        return "missing"
    return "waiting" if score.waiting else "graded"


def lines(scores: Iterable[Score], *states: str, consequence: str) -> Iterator[str]:
    """A line for each assignment and each of `states` that scores have, in the order of the scores.

    `consequence` says what happens to these scores in the file.
    """
    students: dict[tuple[str, str], list[str]] = {}
    for score in scores:
        if state(score) in states:
            students.setdefault((score.assignment, state(score)), []).append(score.student.id)
    for (assignment, reason), names in students.items():
        words, remedy = _REASONS[reason]
        yield f"{assignment}: {len(names)} {words}, {consequence}: {first_names(names)}{remedy}"
