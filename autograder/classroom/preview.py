"""`grade --preview`: what grading again would change, found out without writing into the course."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from autograder._util.terminal import counted, tell_error
from autograder.classroom import changes
from autograder.classroom.grade_jobs import grade_jobs
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.sandbox.protocol.errors import SandboxUnavailable
from autograder.submissions.class_directory import Classroom
from autograder.training.cache import read_also

# What a grade is taken from instead of being made anew.
_USED = ("built", "grades")


@contextmanager
def cache_apart(course: Course) -> Iterator[Course]:
    """The course with a copy of its cache, which is thrown away at the end.

    Training runs are many megabytes: they are read where they are, and new ones stored in the copy.
    """
    with tempfile.TemporaryDirectory(prefix="preview-") as name:
        for part in _USED:
            if (course.cache / part).is_dir():
                shutil.copytree(course.cache / part, Path(name) / part)
        read_also(Path(name) / "trainings", course.cache / "trainings")
        yield replace(course, other_cache=Path(name))


def preview(
    course: Course, classroom: Classroom, options: argparse.Namespace, console: Console
) -> bool:
    """Print what grading would change, and write no score, record or page; True if all is known."""
    if options.unsafe_local:
        raise CourseError("--preview compares grades; those of --unsafe-local are never recorded")
    try:
        results, failures = grade_jobs(course, classroom, options, console)
    except SandboxUnavailable as error:
        tell_error(f"Nothing was graded: {error}.")
        return False
    new, scores, texts = 0, list[changes.Change](), list[changes.Change]()
    for job, record, _ in results:
        before = changes.record_before(classroom.root, job)
        new += before is None
        if record is not None and (change := changes.change(job, before, record)):
            (texts if change.was == change.now else scores).append(change)
    # Scores last, where a terminal stands: there may be a change of no score for every submission.
    for change in texts:
        console.print(f"SAME SCORE {change.text()}", markup=False)
    for change in scores:
        console.print(f"WOULD CHANGE {change.text()}", markup=False)
    console.print(
        f"Preview: {counted(len(scores), 'score')} of {counted(len(results), 'submission')} would change; "
        f"{len(texts)} would keep the score and be told something else; {new} are new. "
        "Nothing was written. Points by hand stay as they are."
    )
    for line in [*classroom.refused, *failures]:
        console.print(f"NOT GRADED {line}", style="bold", markup=False)
    return not classroom.refused and not failures
