"""`autograder similar`: compare students' answers with compare50, ignoring the released code."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from autograder._util.terminal import counted, tell_progress
from autograder.course.course import Course
from autograder.course.known_names import refuse_unknown_assignments
from autograder.course.settings import CourseError
from autograder.submissions.class_directory import Classroom
from autograder.submissions.submission import read_submission

OUTPUT = "similarity"
# Run through uv, not a dependency: its requirements conflict with Jupyter's, its licence with ours.
_COMPARE50 = "compare50==1.2.15"
_NONE_FOUND = "no similarities found"  # what compare50 says when it writes no report
_LONGEST_REASON = 300


def compare(course: Course, classroom: Classroom, assignment: str) -> Path | None:
    """Write the report on an assignment below similarity/ of the class, and return its first page.

    compare50 compares the structure and the text of what students wrote into the blanks; released
    code does not count as a match. The pages need no network. Where no answers are similar there is no
    report, and an older one is removed. Raises CourseError if there is nothing to compare or compare50
    does not run.
    """
    refuse_unknown_assignments([assignment], course.assignments)
    with tempfile.TemporaryDirectory(prefix="similarity-") as name:
        directory = Path(name)
        students = _write_blanks(course, classroom, assignment, directory)
        if len(students) < 2:
            raise CourseError(f"{assignment}: fewer than two submissions with answers to compare")
        tell_progress(
            f"compares {counted(len(students), 'submission')} by compare50, which is fetched the first time"
        )
        arguments = [*students, "--distro", "released", "--output", "report"]
        command = [*_uv_command(course), "compare50", *arguments]
        completed = subprocess.run(  # noqa: S603  # no shell; find_classroom has checked the names
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        written = (directory / "report" / "index.html").exists()
        if completed.returncode or not (written or _NONE_FOUND in completed.stdout):
            reason = (completed.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise CourseError(
                f"compare50 did not run: {reason[-_LONGEST_REASON:]}. To fetch it the first time needs a network"
            )
        target = classroom.root / OUTPUT / assignment
        shutil.rmtree(target, ignore_errors=True)
        if not written:
            return None
        target.parent.mkdir(exist_ok=True)
        shutil.move(directory / "report", target)
    return target / "index.html"


def _write_blanks(
    course: Course, classroom: Classroom, assignment: str, directory: Path
) -> list[str]:
    """Write each student's blanks and the released ones to files; return the students' directories."""
    released: Any = nbformat.read(course.released_notebook(assignment), as_version=4)
    template = _blanks(released)
    _write(directory / "released", assignment, template)
    students = []
    for job in classroom.jobs:
        if job.assignment == assignment:
            submission = read_submission(job.directory, assignment, course)
            answers = _blanks(submission.notebook)
            if submission.readable and answers != template:
                students.append(f"students/{job.student}")
                _write(directory / students[-1], assignment, answers)
    return students


def _blanks(notebook: Any) -> str:
    # compare50 reads a file of Python, so without the text of written answers.
    blanks = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    ]
    return "\n\n".join(f"# {c.metadata.nbgrader.grade_id}\n{c.source}\n" for c in blanks)


def _write(directory: Path, assignment: str, source: str) -> None:
    directory.mkdir(parents=True)
    (directory / f"{assignment}.py").write_text(source, encoding="utf-8")


def _uv_command(course: Course) -> list[str]:
    """The command line that runs compare50 through uv, which installs it on first use."""
    course_uv = course.root / ".tools" / "bin" / "uv"
    uv = str(course_uv) if course_uv.exists() else shutil.which("uv")
    if uv is None:
        raise CourseError("uv is missing, by which compare50 is run. Run `make setup`")
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return [uv, "tool", "run", "--quiet", "--python", python, "--from", _COMPARE50]
