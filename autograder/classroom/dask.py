"""Grade on a Dask cluster: its workers get checked submissions, and have the course themselves.

A worker is `dask worker tcp://...` in the kit's environment, with the course in its directory or
at AUTOGRADER_COURSE. Solutions and hidden graders are never sent; a worker whose course is not
the same refuses to grade.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, NamedTuple

from autograder._util.stderr import silence_stderr
from autograder.classroom.dask_trainings import ClusterTrainings, forget
from autograder.course.course import find_course
from autograder.course.settings import Config, CourseError
from autograder.grading.cache_key import grader_digest
from autograder.grading.grade import grade
from autograder.results.record import GradeRecord
from autograder.sandbox.protocol.errors import SandboxUnavailable
from autograder.submissions.submission import Submission

_PATIENCE = "10s"


class Sent(NamedTuple):
    """What a worker is sent: a submission, the settings, and the digest of solution and graders."""

    submission: Submission
    config: Config
    grader: str


class OtherCourse(Exception):
    """A worker has another course or kit than the one that the class is graded by."""


@contextmanager
def executor(address: str) -> Iterator[Executor]:
    """The workers of the Dask scheduler at `address`, as one executor.

    A submission whose worker is lost is graded by another one. Raises CourseError where there is
    no Dask, no scheduler or no worker.
    """
    try:
        from distributed import Client
    except ImportError:
        raise CourseError(
            "a cluster needs Dask. Install it: .tools/bin/uv sync --extra course --extra cluster"
        ) from None
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{address}: no Dask scheduler answers ({error or type(error).__name__}). "
            "Start one with `dask scheduler`"
        ) from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise CourseError(f"{address}: no worker is there. Start some: dask worker {address}")
        try:
            yield client.get_executor(pure=False)
        finally:
            with suppress(OSError):  # a scheduler that is gone holds nothing
                forget(client)


def grade_sent(sent: Sent) -> GradeRecord:
    """On a worker: grade a submission by the course that is there.

    Raises OtherCourse, CourseError, and SandboxUnavailable where no sandbox holds, all with the
    worker's name.
    """
    here = socket.gethostname()
    course = find_course()
    assignment = course.assignments.get(sent.submission.assignment)
    if assignment is None or grader_digest(course, assignment) != sent.grader:
        raise OtherCourse(
            f"{here}: {course.root} is another version of the course or of the kit. Make it the same"
        )
    course = replace(course, config=sent.config)
    course.cache.mkdir(exist_ok=True)
    try:
        with silence_stderr(str(course.cache / "workers.log")):
            return grade(sent.submission, course, trainings=ClusterTrainings)
    except SandboxUnavailable as error:
        raise type(error)(f"{here}: {error}") from None
