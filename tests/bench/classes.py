"""The classes that are measured, and the commands that are timed."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Container, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import nbformat
import psutil

from autograder.authoring import release
from autograder.course.course import Course
from autograder.gradebook.converters import scripts_on_path
from autograder.testing.answers import Answer
from tests.support.answered_notebooks import answered
from tests.support.answers import catalogue


def copy_course(course: Course, root: Path) -> Path:
    """A directory of the same course, with nothing graded."""
    root.mkdir()
    for part in ("solutions", "assignments", "autograder/graders"):
        shutil.copytree(course.root / part, root / part)
    for part in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copy(course.root / part, root / part)
    return root


def hand_in_right(root: Path, course: Course, name: str, students: int) -> None:
    """Right notebooks of so many students, each of its own."""
    hand_in(root, course, name, students, "right")


def hand_in(root: Path, course: Course, name: str, students: int, kind: str) -> None:
    """Notebooks of so many students, each of its own.

    In a "right" one all answers are the solution's, in a "wrong" one each is a known mistake, in a
    "mixed" one every second. The same student's is the same each time.
    """
    built, known = release.build(course)[name], catalogue("wrong", name)
    for number in range(students):
        answers = {} if kind == "right" else _mistakes(course, name, known, number, kind)
        text = answered(built, course.assignments[name], answers).decode()
        notebook = nbformat.reads(text, as_version=4)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = f"# student {number}\n{cell.source}"
        folder = root / "submitted" / f"student{number:04}" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.ipynb").write_text(nbformat.writes(notebook))


def _mistakes(
    course: Course, name: str, known: Sequence[Answer], number: int, kind: str
) -> dict[str, str]:
    """One of the `known` mistakes for each question, or for every second, by the question."""
    chance = random.Random(f"{name} {number}")
    mistakes = {}
    for place, question in enumerate(course.assignments[name].questions):
        of_question = [answer.source for answer in known if answer.question == question.name]
        if of_question and (kind == "wrong" or (place + number) % 2):
            mistakes[question.name] = chance.choice(of_question)
    return mistakes


class Ran(NamedTuple):
    """Seconds that a command took, and the most bytes that a worker of it held."""

    seconds: float
    worker: int


def run_to_its_end(root: Path, *command: str, expected: Container[int] = (0,)) -> Ran:
    """Run a command to its end; what it said is shown where its exit code is not `expected`."""
    began, most = time.monotonic(), 0
    with scripts_on_path(), tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, cwd=root, stdout=output, stderr=output)
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            most = max([most, *_workers(process.pid)])
        if process.returncode not in expected:
            output.seek(0)
            sys.exit(f"{' '.join(command)}\n{output.read()}")
    return Ran(time.monotonic() - began, most)


def _workers(run: int) -> list[int]:
    """Bytes that each worker of a grading run holds, with the sandboxes below it."""
    worker_bytes = []
    with suppress(psutil.Error):  # it has just ended
        for child in psutil.Process(run).children():
            if any("multiprocessing.forkserver" in word for word in child.cmdline()):
                for worker in child.children():
                    below = [worker, *worker.children(recursive=True)]
                    worker_bytes.append(sum(process.memory_full_info().pss for process in below))
    return worker_bytes
