"""`autograder cache`: list the cached training runs, and which submissions' grades use them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from rich.console import Console

from autograder._util.terminal import counted
from autograder.course.course import Course
from autograder.datasets import DatasetUnavailable
from autograder.results.record import GradeRecord, read_record
from autograder.submissions.class_directory import Classroom, existing_classroom, record_path
from autograder.training.cache import UNFINISHED, Entry, TrainingCache
from autograder.training.course_trainer import course_trainer
from autograder.training.trainer import Trainer

_MAX_NAMES = 3  # submissions that a line names


class Use(NamedTuple):
    """A submission whose record uses a run: "student/assignment", the question, the accuracy."""

    submission: str
    question: str
    accuracy: float


def list_runs(course: Course, console: Console) -> None:
    """Print a line for each cached run, and for each checkpoint of an unfinished one."""
    finished = TrainingCache(course.cache / "trainings")
    uses = _uses(course, existing_classroom(course))
    entries = [*finished.entries(), *_unfinished_runs(course)]
    for entry in entries:
        console.print(_line(entry, uses.get(entry.key, [])), markup=False, soft_wrap=True)
    size = sum(entry.size for entry in entries)
    seconds = sum(entry.seconds for entry in entries)
    runs = counted(len(entries), "training run")
    console.print(f"{runs}, {size:,} bytes, {seconds:,.0f} s of training")


def _unfinished_runs(course: Course) -> list[Entry]:
    """The runs that `autograder calibrate` has begun; does not create their directory."""
    directory = course.root / course.config.unfinished_runs.directory
    return TrainingCache(directory).entries() if (directory / "runs.db").exists() else []


def _line(entry: Entry, uses: list[Use]) -> str:
    line = f"{entry.key[:16]}  {entry.size:>10,} bytes  {entry.seconds:>8.1f} s"
    if entry.key.endswith(UNFINISHED):
        return f"{line}  not finished"
    if not uses:
        return f"{line}  no grade rests on it"
    questions = ", ".join(sorted({use.question for use in uses}))
    submissions = sorted({use.submission for use in uses})
    named = ", ".join(submissions[:_MAX_NAMES])
    more = f" and {len(submissions) - _MAX_NAMES} more" if len(submissions) > _MAX_NAMES else ""
    return f"{line}  {questions}: {uses[0].accuracy:.2%}, for {named}{more}"


def _uses(course: Course, classroom: Classroom) -> dict[str, list[Use]]:
    """For each key of a cached run, the submissions whose records use it."""
    try:
        trainer = course_trainer(course)
    except DatasetUnavailable:  # keys contain the data's digest: list the runs without names
        return {}
    uses: dict[str, list[Use]] = defaultdict(list)
    for submission, record in _records(classroom):
        for key, use in _runs(trainer, submission, record):
            uses[key].append(use)
    return uses


def _records(classroom: Classroom) -> Iterator[tuple[str, GradeRecord]]:
    for job in classroom.jobs:
        try:
            record = read_record(record_path(classroom.root, job))
        except (OSError, msgspec.DecodeError):
            continue  # not graded yet, or the record is damaged
        yield job.label, record


def _runs(trainer: Trainer, submission: str, record: GradeRecord) -> Iterator[tuple[str, Use]]:
    if record.tier == trainer.tier:
        for run in record.trained:
            use = Use(submission, run.question, run.accuracy)
            yield trainer.key_of(run.recipe, run.seed), use
