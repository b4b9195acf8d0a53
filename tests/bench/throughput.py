"""How long grading a notebook takes, by `nbgrader autograde` and by this kit.

    python -m tests.bench.throughput [--students 40] [--plain 3] [ASSIGNMENT ...]

All notebooks of a class are right and differ in a comment, so that none is known from another.
nbgrader runs each in a kernel of its own, as it comes; the kit's figure is a whole `autograder
grade` with jails, hidden tests, gradebook and feedback, on all cores. The cost of one more
notebook comes from a class of one and the whole class; then the same class is graded again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from rich.console import Console
from rich.table import Table

from autograder.authoring import build
from autograder.course import Course, find_course
from autograder.nbgrader_run import scripts_on_path
from autograder.validate import filled_in

_WITHOUT_TRAINING = ("convolution", "pooling", "parameters", "two_layer_cnn")
_PLAIN = "c = get_config()\nc.CourseDirectory.course_id = 'plain'\n"


def main() -> None:
    """Grade the classes and print one row an assignment."""
    parser = argparse.ArgumentParser()
    parser.add_argument("assignments", nargs="*", default=_WITHOUT_TRAINING)
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--plain", type=int, default=3, help="notebooks that nbgrader grades")
    options = parser.parse_args()
    table = Table(title=f"Seconds a notebook, {len(os.sched_getaffinity(0))} cores")
    table.add_column("assignment")
    for heading in ("nbgrader", f"kit, class of {options.students}", "times", "kit, one more",
                    "class again"):  # fmt: skip
        table.add_column(heading, justify="right")
    course = find_course()
    for name in options.assignments:
        with tempfile.TemporaryDirectory(prefix="throughput-") as directory:
            plain = _by_nbgrader(Path(directory) / "plain", course, name, options.plain)
            few, many, again = _by_the_kit(Path(directory), course, name, options.students)
        a_notebook = many / options.students
        table.add_row(
            name,
            f"{plain:.2f}",
            f"{a_notebook:.3f}",
            f"{plain / a_notebook:.0f}",
            f"{(many - few) / (options.students - 1):.3f}",
            f"{again / options.students:.3f}",
        )
    Console().print(table)


def _by_nbgrader(root: Path, course: Course, name: str, count: int) -> float:
    """Seconds a notebook of `nbgrader autograde`, its own start left out."""
    (root / "source" / name).mkdir(parents=True)
    (root / "source" / name / f"{name}.ipynb").write_bytes(build(course)[name].source)
    (root / "nbgrader_config.py").write_text(_PLAIN)
    _run(root, str(Path(sys.executable).with_name("nbgrader")), "generate_assignment", name)
    seconds = []
    for students in (1, 1 + count):
        _hand_in(root, course, name, students)
        program = str(Path(sys.executable).with_name("nbgrader"))
        seconds.append(_run(root, program, "autograde", name, "--force"))
    return (seconds[1] - seconds[0]) / count


def _by_the_kit(directory: Path, course: Course, name: str, count: int) -> list[float]:
    """Seconds of a class of one, of `count`, and of `count` once more."""
    seconds = []
    for students in (1, count):
        root = directory / f"kit{students}"
        root.mkdir()
        for part in ("solutions", "assignments", "autograder/graders"):
            shutil.copytree(course.root / part, root / part)
        for part in ("pyproject.toml", "nbgrader_config.py"):
            shutil.copy(course.root / part, root / part)
        _hand_in(root, course, name, students)
        seconds.append(_run(root, sys.executable, "-m", "autograder.cli", "grade"))
    seconds.append(_run(root, sys.executable, "-m", "autograder.cli", "grade"))
    return seconds


def _hand_in(root: Path, course: Course, name: str, students: int) -> None:
    """Right notebooks of so many students, each of its own."""
    made = build(course)[name]
    for number in range(students):
        notebook = nbformat.reads(filled_in(made.release, made.source).decode(), as_version=4)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = f"# student {number}\n{cell.source}"
        folder = root / "submitted" / f"student{number:04}" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.ipynb").write_text(nbformat.writes(notebook))


def _run(root: Path, *command: str) -> float:
    """Seconds that a command took; what it said is shown where it failed."""
    began = time.monotonic()
    with scripts_on_path():
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return time.monotonic() - began


if __name__ == "__main__":
    main()
