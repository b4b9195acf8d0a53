"""The ways in which a grade comes about, each walked as its user walks it; all give records."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder._util.atomic import read_sealed
from autograder.authoring.release import sources
from autograder.classroom.scheduler import grade_all
from autograder.course.course import Course, find_course
from autograder.gradebook import gradebook
from autograder.grading.grade import grade
from autograder.results.record import GradeRecord
from autograder.sandbox.host import launcher
from autograder.submissions.class_directory import Job
from autograder.submissions.submission import read_submission
from tests.e2e.classroom.test_dask import Cluster
from tests.support.commands import KIT, run_module

Records = dict[str, GradeRecord]  # by the digest of what was handed in


def course_copy(root: Path) -> Course:
    """The kit's course in a directory of its own."""
    for name in ("solutions", "assignments"):
        shutil.copytree(KIT / name, root / name)
    for name in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(KIT / name, root / name)
    return find_course(root)


def fresh(jobs: list[Job], course: Course, directory: Path) -> Records:
    """A sandbox of its own for each process, started afresh."""
    return _in_this_process(jobs, course, directory, forking=False)


def forked(jobs: list[Job], course: Course, directory: Path) -> Records:
    """Sandboxes that are forks of the zygote, as in a class."""
    return _in_this_process(jobs, course, directory, forking=True)


def cluster(jobs: list[Job], course: Course, directory: Path) -> Records:
    """A worker of a Dask cluster, which grades in a thread."""
    (directory / "cluster").mkdir()
    started = Cluster(directory / "cluster")
    try:
        started.worker(course, "worker")
        _take_trainings(course, directory / "cluster" / "worker" / ".autograder")
        apart = replace(course, other_cache=directory / "cache")
        results = list(grade_all(jobs, apart, address=started.address))
    finally:
        started.end()
    assert [result.error for result in results] == [""] * len(jobs)
    return {result.record.digest: result.record for result in results if result.record}


def nbgrader(jobs: list[Job], course: Course, directory: Path) -> Records:
    """`nbgrader autograde`, in a course whose assignments the gradebook knows."""
    root = _copy(course, directory)
    gradebook.register(course, root, sources(course))
    for job in jobs:
        shutil.copytree(job.directory, root / "submitted" / job.student / job.assignment)
    for assignment in sorted({job.assignment for job in jobs}):
        _succeed(root, "nbgrader", "autograde", assignment, "--create")
    return _kept(root)


def gradescope(jobs: list[Job], course: Course, directory: Path) -> Records:
    """Gradescope's layout: one submission at a time, in a directory of its own."""
    root = _copy(course, directory)
    for job in jobs:
        place = directory / "autograder"
        shutil.copytree(job.directory, place / "submission")
        options = (job.assignment, "--run", str(place))
        _succeed(root, "autograder.cli.main", "gradescope", *options)
        assert (place / "results" / "results.json").exists()
        shutil.rmtree(place)
    return _kept(root)


PATHS: dict[str, Callable[[list[Job], Course, Path], Records]] = {
    "fork": forked,
    "cluster": cluster,
    "nbgrader": nbgrader,
    "gradescope": gradescope,
}


def comparable(record: GradeRecord) -> dict[str, Any]:
    """All of a record but what it took: time is the machine's, not the grade's."""
    fields: dict[str, Any] = msgspec.to_builtins(record)
    del fields["seconds"]
    return fields


def _in_this_process(
    jobs: Iterable[Job], course: Course, directory: Path, *, forking: bool
) -> Records:
    apart = replace(course, other_cache=directory)
    _take_trainings(course, directory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launcher._starter, "forking", forking)
        patch.setattr(launcher, "choose_way", lambda **_: "fork" if forking else "fresh")
        records = [
            grade(read_submission(job.directory, job.assignment, apart), apart) for job in jobs
        ]
    return {record.digest: record for record in records}


def _succeed(root: Path, module: str, *arguments: str) -> None:
    status, output = run_module(root, module, *arguments)
    assert status == 0, output


def _copy(course: Course, directory: Path) -> Path:
    """The course without submissions and without anything that was graded, but its trainings."""
    ignored = shutil.ignore_patterns("submitted", ".autograder")
    shutil.copytree(course.root, directory / "course", ignore=ignored)
    _take_trainings(course, directory / "course" / ".autograder")
    return find_course(directory / "course").root


def _take_trainings(course: Course, cache: Path) -> None:
    """Give a path the finished trainings of the course's cache, if there are any."""
    trainings = course.cache / "trainings"
    if trainings.exists():
        shutil.copytree(trainings, cache / "trainings")


def _kept(root: Path) -> Records:
    """The records in the course's cache."""
    files = (read_sealed(path) for path in (root / ".autograder" / "grades").iterdir())
    records = [msgspec.json.decode(data, type=GradeRecord) for data in files if data]
    return {record.digest: record for record in records}
