"""Grades the submissions of a class, with a bar of progress: for `make grade` and for its preview."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from autograder._util.control_codes import without_control_codes
from autograder._util.interrupts import noticed
from autograder.classroom.result import Result
from autograder.classroom.scheduler import grade_all
from autograder.course.course import Course
from autograder.submissions.class_directory import Classroom, Job


def grade_jobs(
    course: Course,
    classroom: Classroom,
    options: argparse.Namespace,
    console: Console,
    store: Callable[[Result], str] = lambda result: "",
    prepare: Callable[[], None] = lambda: None,
) -> tuple[list[Result], list[str]]:
    """Grade all jobs: results in the order of the class, and a line for each one without a grade.

    `store` writes a result as soon as it is there, and returns an error message or "". `prepare` is
    called before, while the workers start.
    """
    results: list[Result] = []
    failures: list[str] = []
    lines = _Lines(console, classroom.jobs)
    with noticed() as stop_if_interrupted, _progress(console) as progress:
        task = progress.add_task("grading", total=len(classroom.jobs))
        graded = grade_all(
            classroom.jobs,
            course,
            workers=options.jobs,
            unsafe_local=options.unsafe_local,
            address=options.cluster,
            when_started=prepare,
        )
        for result in graded:
            progress.update(task, description=result.job.label)
            if error := result.error or store(result) or _grader_errors(result):
                failures.append(f"{result.job.label}: {error}")
            if result.record is not None:
                results.append(result)
            progress.advance(task)
            lines.graded(result.job)
            stop_if_interrupted()
    order = {job: index for index, job in enumerate(classroom.jobs)}
    return sorted(results, key=lambda result: order[result.job]), sorted(failures)


class _Lines:
    """Lines of progress where no bar can be drawn, such as in a log: one now and then."""

    _EVERY = 15.0  # seconds
    _NAMED = 3  # the last ones, which may train for minutes

    def __init__(self, console: Console, jobs: Iterable[Job]) -> None:
        self._console, self._left = console, [job.label for job in jobs]
        self._total = len(self._left)
        self._next = time.monotonic() + self._EVERY

    def graded(self, job: Job) -> None:
        """Count a submission; if it is time, print how many there are, and which are the last.

        Nothing after the last of all, which the table of scores follows.
        """
        self._left.remove(job.label)
        if self._console.is_terminal or not self._left or time.monotonic() < self._next:
            return
        line = f"{self._total - len(self._left)} of {self._total} are graded"
        if len(self._left) <= self._NAMED:
            line += f"; not yet: {', '.join(self._left)}"
        self._console.print(line, markup=False, soft_wrap=True)
        self._next = time.monotonic() + self._EVERY


def _grader_errors(result: Result) -> str:
    """A message that names the grader's failures, or ""."""
    failed = result.record.grader_errors() if result.record else []
    errors = [f"{outcome.question}: {without_control_codes(outcome.message)}" for outcome in failed]
    return f"a grader failed ({'; '.join(errors)})" if errors else ""


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        console=console,
    )
