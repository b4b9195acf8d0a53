"""`autograder verify`: grade again from an empty cache, and say what differs from the record."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
from rich.console import Console

from autograder.classroom import Classroom, find_classroom, record_path
from autograder.course import Course, CourseError
from autograder.outcome import TestOutcome
from autograder.record import GradeRecord, read_record
from autograder.scheduler import Job, grade_all
from autograder.terminal import tell_error

# What a grade depends on, as the record names it and as it is said.
_CONDITIONS = {
    "digest": "the submission",
    "grader": "solution, graders or kit",
    "tier": "the tier of the data",
    "sandbox": "the jail",
    "threads": "the threads of a training",
    "cpu": "the processor",
}


def verify(course: Course, names: list[str], console: Console) -> bool:
    """Grade what has a record again (or what `names` say, "student" or "student/assignment").

    Nothing comes from a cache, models are trained anew (but for the recipes that the bars were
    measured with, whose runs are recorded), and nothing is written. Prints a line
    for each submission and for each difference; True where every grade came out the same.
    """
    classroom = find_classroom(course)
    _refuse_unknown(classroom, names)
    records = dict(_records(classroom, names, console))
    if not records:
        tell_error("There is no grade record to verify: run `make grade` first.")
        return False
    same = True
    with tempfile.TemporaryDirectory(prefix="verify-") as directory:
        fresh = replace(course, other_cache=Path(directory))
        for job, again, error in grade_all(list(records), fresh):
            lines = [error] if again is None else list(differences(records[job], again))
            same = same and not lines
            verdict = "the same grade" if not lines else "NOT the same grade"
            console.print(f"{job.student}/{job.assignment}: {verdict}", markup=False)
            for line in lines:
                console.print(f"  {line}", markup=False)
    return same


def _refuse_unknown(classroom: Classroom, names: list[str]) -> None:
    """Raise CourseError for a name that is no student's, and no submission's."""
    places = [f"{job.student}/{job.assignment}" for job in classroom.jobs]
    known = {*places, *(job.student for job in classroom.jobs)}
    if unknown := [name for name in names if name not in known]:
        close = difflib.get_close_matches(unknown[0], sorted(known), n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise CourseError(
            f"{', '.join(unknown)}: nobody has handed in under this name.{meant} "
            "Write student or student/assignment"
        )


def differences(before: GradeRecord, after: GradeRecord) -> Iterator[str]:
    """What came out differently, and, if anything did, which conditions have changed."""
    found = list(_outcome_differences(before, after))
    yield from found
    if not found:
        return
    for field, name in _CONDITIONS.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield f"{name}: was {_short(old)}, is {_short(new)}"
    for package in sorted(before.versions | after.versions):
        old, new = before.versions.get(package, "none"), after.versions.get(package, "none")
        if old != new:
            yield f"{package}: was {old}, is {new}"


def _outcome_differences(before: GradeRecord, after: GradeRecord) -> Iterator[str]:
    old = {(outcome.question, outcome.title): outcome for outcome in before.outcomes}
    new = {(outcome.question, outcome.title): outcome for outcome in after.outcomes}
    for question, title in old | new:
        told = [_told(outcomes.get((question, title))) for outcomes in (old, new)]
        if told[0] != told[1]:
            yield f"{question}, {title} was {told[0]}, is {told[1]}"
    runs = [{(run.recipe, run.seed): run.accuracy for run in r.trained} for r in (before, after)]
    for recipe, seed in runs[0].keys() & runs[1].keys():
        was, now = runs[0][recipe, seed], runs[1][recipe, seed]
        if was != now:
            yield f"recipe {recipe[:12]}, seed {seed}: reached {was:.2%}, now {now:.2%}"


def _told(outcome: TestOutcome | None) -> str:
    if outcome is None:
        return "not there"
    first = outcome.message.splitlines()[0] if outcome.message else ""
    return f"{outcome.status} ({outcome.points:g} points)" + (f": {first}" if first else "")


def _records(
    classroom: Classroom, names: list[str], console: Console
) -> Iterator[tuple[Job, GradeRecord]]:
    for job in classroom.jobs:
        if names and job.student not in names and f"{job.student}/{job.assignment}" not in names:
            continue
        path = record_path(classroom.root, job)
        try:
            yield job, read_record(path)
        except FileNotFoundError:
            console.print(f"{job.student}/{job.assignment}: no record yet", markup=False)
        except msgspec.DecodeError as error:
            tell_error(f"{path}: not a grade record ({error}). Grade again")


def _short(value: object) -> str:
    text = str(value)
    return text[:12] if len(text) == 64 else text
