"""`autograder verify`: grade again from an empty cache, and say what differs from the record."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from rich.console import Console

from autograder._util.terminal import tell_error
from autograder.classroom.scheduler import grade_all
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.results.outcome import TestOutcome
from autograder.results.record import GradeRecord, read_record
from autograder.results.thresholds import read_thresholds
from autograder.submissions.class_directory import Classroom, Job, find_classroom, record_path

# What a grade depends on, as the record names it and as it is said.
_CONDITIONS = {
    "digest": "the submission",
    "grader": "solution, graders or kit",
    "tier": "the tier of the data",
    "sandbox": "the sandbox",
    "threads": "the threads of a training",
    "cpu": "the processor's instructions",
    "processor": "the processor",
}
_WITHIN = 3.3 * 2**0.5  # standard deviations of one run, for the difference of two


def verify(course: Course, names: list[str], console: Console) -> bool:
    """Grade what has a record again (or what `names` say, "student" or "student/assignment").

    Nothing comes from a cache, models are trained anew (but for the recipes that the thresholds were
    measured with, whose runs are recorded), and nothing is written. Prints a line
    for each submission and for each difference; True where every grade came out the same.

    On another kind of processor a training rounds differently and is another run of the same
    recipe. There an accuracy within the spread of such runs is no other grade.
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
            record, rounded, lines = records[job], False, [error]
            if again is not None:
                spreads = _spreads(course, record)
                lines = list(differences(record, again, spreads))
                rounded = only_rounded(record, again, spreads)
            same = same and (rounded or not lines)
            verdict = "NOT the same grade" if lines else "the same grade"
            if rounded:
                verdict = "the same grade, its trainings within the spread of runs"
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


def only_rounded(before: GradeRecord, after: GradeRecord, spreads: Mapping[str, float]) -> bool:
    """Whether two records differ in accuracies alone, as runs of one recipe do, on other processors.

    `spreads` are the standard deviations of runs by question, from 0 to 1.
    """
    changed = list(_changed_runs(before, after))
    return (
        before.cpu != after.cpu
        and bool(changed)
        and all(run.within(spreads) for run in changed)
        and not any(_outcome_differences(before, after))
    )


def differences(
    before: GradeRecord, after: GradeRecord, spreads: Mapping[str, float] = MappingProxyType({})
) -> Iterator[str]:
    """What came out differently, and, if anything did, which conditions have changed."""
    found = list(_outcome_differences(before, after))
    for run in _changed_runs(before, after):
        line = (
            f"recipe {run.recipe[:12]}, seed {run.seed}: reached {run.was:.2%}, now {run.now:.2%}"
        )
        if before.cpu != after.cpu and run.question in spreads:
            where = "within" if run.within(spreads) else "beyond"
            line += f", {where} the spread of runs of {run.question}"
        found.append(line)
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
        told = [_outcome_text(outcomes.get((question, title))) for outcomes in (old, new)]
        if told[0] != told[1]:
            yield f"{question}, {title} was {told[0]}, is {told[1]}"


class _ChangedRun(NamedTuple):
    recipe: str
    seed: int
    question: str
    was: float
    now: float

    def within(self, spreads: Mapping[str, float]) -> bool:
        """Whether two runs of one recipe differ by more no oftener than once in a thousand."""
        return abs(self.was - self.now) <= _WITHIN * spreads.get(self.question, 0.0)


def _changed_runs(before: GradeRecord, after: GradeRecord) -> Iterator[_ChangedRun]:
    again = {(run.recipe, run.seed): run.accuracy for run in after.trained}
    for run in before.trained:
        now = again.get((run.recipe, run.seed), run.accuracy)
        if now != run.accuracy:
            yield _ChangedRun(run.recipe, run.seed, run.question, run.accuracy, now)


def _spreads(course: Course, record: GradeRecord) -> dict[str, float]:
    """The spread of the runs of each question of an assignment that has a threshold."""
    thresholds = read_thresholds(course.thresholds(record.assignment)).get(record.tier, {})
    return {question: threshold.spread for question, threshold in thresholds.items()}


def _outcome_text(outcome: TestOutcome | None) -> str:
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
