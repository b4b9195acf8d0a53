"""`autograder similar`: which students' blanks are alike, by compare50, without what was given."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.submissions.class_directory import Classroom
from autograder.submissions.submission import read_submission

OUTPUT = "similarity"
# Run by uv and not a dependency: its own ones do not agree with Jupyter's, nor its licence with ours.
_COMPARE50 = "compare50==1.2.15"
_LONGEST_REASON = 300


def compare(course: Course, classroom: Classroom, assignment: str) -> Path:
    """Write the report on an assignment below similarity/ of the class, and return its first page.

    Compared is what students wrote into the blanks, by its structure and its text; what the
    notebook gave is no match. The pages need no network. Raises CourseError where there is nothing
    to compare or compare50 does not run.
    """
    course.check_assignment(assignment)
    with tempfile.TemporaryDirectory(prefix="similarity-") as name:
        directory = Path(name)
        students = _write_blanks(course, classroom, assignment, directory)
        if len(students) < 2:
            raise CourseError(f"{assignment}: fewer than two submissions with answers to compare")
        arguments = [*students, "--distro", "released", "--output", "report"]
        command = [*_tool(course), "compare50", *arguments]
        done = subprocess.run(  # noqa: S603  # names are checked by the class
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not (directory / "report" / "index.html").exists():
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise CourseError(f"compare50 did not run: {reason[-_LONGEST_REASON:]}")
        target = classroom.root / OUTPUT / assignment
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(exist_ok=True)
        shutil.move(directory / "report", target)
    return target / "index.html"


def _write_blanks(
    course: Course, classroom: Classroom, assignment: str, directory: Path
) -> list[str]:
    """A file of each student's blanks, and one of the release's; the directories of the students."""
    released: Any = nbformat.read(course.released_notebook(assignment), as_version=4)  # type: ignore[no-untyped-call]
    _write(directory / "released", assignment, given := _blanks(released))
    students = []
    for job in classroom.jobs:
        if job.assignment == assignment:
            submission = read_submission(job.directory, assignment, course)
            written = _blanks(submission.notebook)
            if submission.readable and written != given:
                students.append(f"students/{job.student}")
                _write(directory / students[-1], assignment, written)
    return students


def _blanks(notebook: Any) -> str:
    blanks = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")]
    return "\n\n".join(f"# {c.metadata.nbgrader.grade_id}\n{c.source}\n" for c in blanks)


def _write(directory: Path, assignment: str, source: str) -> None:
    directory.mkdir(parents=True)
    (directory / f"{assignment}.py").write_text(source, encoding="utf-8")


def _tool(course: Course) -> list[str]:
    """The command by which uv runs compare50, fetching it at the first time."""
    own = course.root / ".tools" / "bin" / "uv"
    uv = str(own) if own.exists() else shutil.which("uv")
    if uv is None:
        raise CourseError("uv is missing, by which compare50 is run. Run `make setup`")
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return [uv, "tool", "run", "--quiet", "--python", python, "--from", _COMPARE50]
