"""`autograder verify`: grade again from an empty cache, and report differences from the records."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
from rich.console import Console

from autograder._util.terminal import tell_error
from autograder.classroom.differences import changed_questions, differences, only_rounded
from autograder.classroom.scheduler import grade_all
from autograder.course.course import Course
from autograder.course.known_names import refuse_unknown
from autograder.results.record import GradeRecord, read_record
from autograder.results.thresholds import read_thresholds
from autograder.submissions.class_directory import Classroom, Job, existing_classroom, record_path

_OTHER_GRADE = "NOT the same grade"


def verify(course: Course, names: list[str], console: Console) -> bool:
    """Regrade every submission with a record, or only `names` ("student" or "student/assignment").

    Nothing comes from a cache and nothing is written. Models are trained again, except for the
    recipes that the thresholds were measured with: their runs are recorded. Prints a line for each
    submission and for each difference; True if every grade is the same.

    On another kind of processor a training rounds differently, like another run of the same
    recipe. There an accuracy within the spread of such runs counts as the same grade, and one on the
    other side of the threshold calls no grade wrong.
    """
    classroom = existing_classroom(course)
    submissions = [job.label for job in classroom.jobs]
    names_there = {*submissions, *(job.student for job in classroom.jobs)}
    refuse_unknown(
        names,
        names_there,
        "nobody has handed in under this name",
        "Write student or student/assignment",
    )
    records = dict(_records(classroom, names, console))
    if not records:
        tell_error("There is no grade record to verify: run `make grade` first.")
        return False
    all_same = True
    with tempfile.TemporaryDirectory(prefix="verify-") as directory:
        fresh = replace(course, other_cache=Path(directory))
        for job, regraded, error in grade_all(list(records), fresh):
            record, verdict, lines = records[job], _OTHER_GRADE, [error]
            if regraded is not None:
                spreads = _spreads(course, record)
                lines = list(differences(record, regraded, spreads))
                verdict = _verdict(record, regraded, spreads)
            all_same = all_same and verdict != _OTHER_GRADE
            console.print(f"{job.label}: {verdict}", markup=False)
            for line in lines:
                console.print(f"  {line}", markup=False)
    return all_same


def _verdict(record: GradeRecord, regraded: GradeRecord, spreads: dict[str, float]) -> str:
    if not any(differences(record, regraded, spreads)):
        return "the same grade"
    if not only_rounded(record, regraded, spreads):
        return _OTHER_GRADE
    if changed_questions(record, regraded):
        return "at the threshold: another run, within the spread, decides otherwise"
    return "the same grade, its trainings within the spread of runs"


def _spreads(course: Course, record: GradeRecord) -> dict[str, float]:
    """The spread of runs of each question of an assignment that has a threshold."""
    thresholds = read_thresholds(course.thresholds(record.assignment)).get(record.tier, {})
    return {question: threshold.spread for question, threshold in thresholds.items()}


def _records(
    classroom: Classroom, names: list[str], console: Console
) -> Iterator[tuple[Job, GradeRecord]]:
    for job in classroom.jobs:
        if names and job.student not in names and job.label not in names:
            continue
        path = record_path(classroom.root, job)
        try:
            yield job, read_record(path)
        except FileNotFoundError:
            console.print(f"{job.label}: no record yet", markup=False)
        except msgspec.DecodeError as error:
            tell_error(f"{path}: not a grade record ({error}). Grade again")
