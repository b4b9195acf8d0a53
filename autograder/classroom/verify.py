"""`autograder verify`: grade again from an empty cache, and report differences from the records."""

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

# What a grade depends on: the record's field, and its name in the output.
_CONDITIONS = {
    "digest": "the submission",
    "grader": "solution, graders or kit",
    "tier": "the tier of the data",
    "sandbox": "the sandbox",
    "threads": "the threads of a training",
    "cpu": "the processor's instructions",
    "processor": "the processor",
}
# The difference of two runs has a standard deviation 2**0.5 times that of one run.
_MAX_DEVIATIONS = 3.3 * 2**0.5


def verify(course: Course, names: list[str], console: Console) -> bool:
    """Regrade every submission with a record, or only `names` ("student" or "student/assignment").

    Nothing comes from a cache and nothing is written. Models are trained again, except for the
    recipes that the thresholds were measured with: their runs are recorded. Prints a line for each
    submission and for each difference; True if every grade is the same.

    On another kind of processor a training rounds differently, like another run of the same
    recipe. There an accuracy within the spread of such runs counts as the same grade.
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
        for job, regraded, error in grade_all(list(records), fresh):
            record, rounded, lines = records[job], False, [error]
            if regraded is not None:
                spreads = _spreads(course, record)
                lines = list(differences(record, regraded, spreads))
                rounded = only_rounded(record, regraded, spreads)
            same = same and (rounded or not lines)
            verdict = "NOT the same grade" if lines else "the same grade"
            if rounded:
                verdict = "the same grade, its trainings within the spread of runs"
            console.print(f"{job.student}/{job.assignment}: {verdict}", markup=False)
            for line in lines:
                console.print(f"  {line}", markup=False)
    return same


def _refuse_unknown(classroom: Classroom, names: list[str]) -> None:
    """Raise CourseError for a name that matches no student and no submission."""
    submissions = [f"{job.student}/{job.assignment}" for job in classroom.jobs]
    valid_names = {*submissions, *(job.student for job in classroom.jobs)}
    if unknown := [name for name in names if name not in valid_names]:
        close = difflib.get_close_matches(unknown[0], sorted(valid_names), n=1)
        suggestion = f" Did you mean {close[0]}?" if close else ""
        raise CourseError(
            f"{', '.join(unknown)}: nobody has handed in under this name.{suggestion} "
            "Write student or student/assignment"
        )


def only_rounded(before: GradeRecord, after: GradeRecord, spreads: Mapping[str, float]) -> bool:
    """Whether two records of different processors differ only in accuracies, within the spread of runs.

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
    """Lines that say which results differ and, if any do, which conditions have changed."""
    lines = list(_outcome_differences(before, after))
    for run in _changed_runs(before, after):
        line = (
            f"recipe {run.recipe[:12]}, seed {run.seed}: reached {run.was:.2%}, now {run.now:.2%}"
        )
        if before.cpu != after.cpu and run.question in spreads:
            relation = "within" if run.within(spreads) else "beyond"
            line += f", {relation} the spread of runs of {run.question}"
        lines.append(line)
    yield from lines
    if not lines:
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
        was, now = (_outcome_text(outcomes.get((question, title))) for outcomes in (old, new))
        if was != now:
            yield f"{question}, {title} was {was}, is {now}"


class _ChangedRun(NamedTuple):
    recipe: str
    seed: int
    question: str
    was: float
    now: float

    def within(self, spreads: Mapping[str, float]) -> bool:
        """Whether the accuracies agree: at most one pair of runs in a thousand differs by more."""
        return abs(self.was - self.now) <= _MAX_DEVIATIONS * spreads.get(self.question, 0.0)


def _changed_runs(before: GradeRecord, after: GradeRecord) -> Iterator[_ChangedRun]:
    accuracies = {(run.recipe, run.seed): run.accuracy for run in after.trained}
    for run in before.trained:
        now = accuracies.get((run.recipe, run.seed), run.accuracy)
        if now != run.accuracy:
            yield _ChangedRun(run.recipe, run.seed, run.question, run.accuracy, now)


def _spreads(course: Course, record: GradeRecord) -> dict[str, float]:
    """The spread of runs of each question of an assignment that has a threshold."""
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
