"""What has changed since the run before: scores, and how many passed each question.

`make grade` keeps two states of a class in a file beside its page: that after the last run which changed
something, and the one before. The page compares the gradebook with the latter.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from autograder._util.atomic import write_whole
from autograder._util.json_files import decoded
from autograder.classroom.page.entries import Entry
from autograder.classroom.page.summary import AssignmentSummary

NAME = "class-runs.json"


class State(msgspec.Struct, frozen=True):
    """A class after a run at `time`.

    `scores` maps assignments to students to final scores, and `most` assignments to their points.
    `passed` maps assignments to questions to how many passed, and of how many.
    """

    time: str
    scores: dict[str, dict[str, float | None]] = {}
    most: dict[str, float] = {}
    passed: dict[str, dict[str, tuple[int, int]]] = {}


class _Runs(msgspec.Struct, frozen=True):
    last: State
    before: State | None = None


class Moved(NamedTuple):
    """An entry whose score is another than before."""

    entry: Entry
    was: float
    now: float


class Comparison(NamedTuple):
    """An assignment against the state at `time`; `pass_rates` are the questions' of then."""

    time: str
    new: tuple[Entry, ...]
    up: tuple[Moved, ...]
    down: tuple[Moved, ...]
    mean_before: float | None
    pass_rates: Mapping[str, float]


def note_run(class_root: Path, summaries: Sequence[AssignmentSummary]) -> None:
    """Keep the state of a class after a run, if it differs from the last one. Raises OSError."""
    now = _state(summaries, datetime.now().astimezone().isoformat(sep=" ", timespec="minutes"))
    runs = _read(class_root)
    if runs is not None and msgspec.structs.replace(now, time=runs.last.time) == runs.last:
        return
    kept = _Runs(now, None if runs is None else runs.last)
    write_whole(class_root / NAME, msgspec.json.encode(kept))


def state_before(class_root: Path) -> State | None:
    """The state before the last run that changed something; None if no run has, or nobody knows."""
    runs = _read(class_root)
    return None if runs is None else runs.before


def compare(summary: AssignmentSummary, before: State | None) -> Comparison | None:
    """An assignment against an earlier state; None if that has not got the assignment."""
    name = summary.assignment.name
    if before is None or name not in before.scores:
        return None
    old_scores = before.scores[name]
    moved = []
    for entry in summary.handed_in:
        was, now = old_scores.get(entry.student), entry.score.final
        if was is not None and now is not None and was != now:
            moved.append(Moved(entry, was, now))
    shares = [
        score / before.most[name]
        for score in old_scores.values()
        if score is not None and before.most.get(name)
    ]
    return Comparison(
        before.time,
        tuple(entry for entry in summary.handed_in if entry.student not in old_scores),
        tuple(change for change in moved if change.now > change.was),
        tuple(change for change in moved if change.now < change.was),
        statistics.fmean(shares) if shares else None,
        {
            question: passed / graded
            for question, (passed, graded) in before.passed.get(name, {}).items()
            if graded
        },
    )


def _state(summaries: Sequence[AssignmentSummary], time: str) -> State:
    return State(
        time,
        {
            summary.assignment.name: {
                entry.student: entry.score.final for entry in summary.handed_in
            }
            for summary in summaries
        },
        {summary.assignment.name: summary.assignment.points for summary in summaries},
        {
            summary.assignment.name: {
                question.question.name: (question.passed, question.graded)
                for question in summary.questions
            }
            for summary in summaries
        },
    )


def _read(class_root: Path) -> _Runs | None:
    try:
        return decoded((class_root / NAME).read_bytes(), _Runs)
    except (OSError, msgspec.DecodeError):
        return None
