"""How many notebooks a minute are graded, by nbgrader, by otter-grader and by this kit.

    python -m tests.bench.throughput [ASSIGNMENT] [--students 10 100] [--plain 4] [--otter 2]

All notebooks of a class are right and differ in a comment, so that none is known from another.
`nbgrader autograde` and `otter run` run each in a kernel of its own, as it comes, and take many
seconds for one, so they get few; otter's directives take the place of nbgrader's cells. The kit's
figure is a whole `autograder grade`: sandboxes, hidden tests, gradebook and feedback.

What one more notebook costs comes from two classes, so that no start counts, and is the same for
every two where the time is linear; the largest class is graded once more as it is. Bare execution
is the same notebooks' cells and tests in one process that has all imported: no sandbox, no nbgrader.
What the kit takes beyond it, on all cores, is its overhead. A worker's memory is that of its process
and of all sandboxes below it, what several share counted once, at its highest of every 5 seconds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from rich.console import Console
from rich.table import Table

from autograder._util.stderr import silence_stderr
from autograder.authoring.release import build
from autograder.course.course import Course, find_course
from autograder.course.reference import reference
from autograder.grading.grade import cells_to_run, grader_files
from autograder.submissions.submission import read_submission
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin, run_tests
from autograder.training.course_trainer import course_trainer
from tests.bench.classes import copy_course, hand_in_right, run_to_its_end
from tests.bench.otter import OtterAssignment, question

# As nbgrader comes, but for its patience: on a machine with other work an output that is 4 seconds
# late, or a cell of 30, ends the run.
_PLAIN = """c = get_config()
c.CourseDirectory.course_id = 'plain'
c.ExecutePreprocessor.timeout = 600
c.ExecutePreprocessor.startup_timeout = 600
c.ExecutePreprocessor.iopub_timeout = 600
"""
_BARE = "bare execution"
_MORE = "kit, each more"


class Measured(NamedTuple):
    """So many notebooks in so many seconds, by workers that held so many bytes at most."""

    how: str
    notebooks: int
    seconds: float
    worker: int = 0

    @property
    def each(self) -> float:
        """Seconds a notebook."""
        return self.seconds / self.notebooks


def main() -> None:
    """Grade the classes and print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("assignment", nargs="?", default="pooling")
    parser.add_argument("--students", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--plain", type=int, default=4, help="notebooks that nbgrader grades")
    parser.add_argument("--otter", type=int, default=2, help="notebooks that otter-grader grades")
    options = parser.parse_args()
    course, name, console = find_course(), options.assignment, Console()
    rows: list[Measured] = []
    with tempfile.TemporaryDirectory(prefix="throughput-") as directory:
        for row in _measured(Path(directory), course, name, options):
            console.print(f"{row.how}: {row.notebooks} in {row.seconds:.1f} s")
            rows.append(row)
    plain = rows[0]
    bare = next(row for row in rows if row.how == _BARE)
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[2]
    table = Table(title=f"{name} on {cores} cores, load average {load:.1f} in these minutes")
    for heading in ("", "notebooks", "seconds", "a minute", "times nbgrader", "GiB a worker"):
        table.add_column(heading, justify="right" if heading else "left")
    for row in rows:
        table.add_row(
            row.how,
            f"{row.notebooks:,}",
            f"{row.seconds:.1f}",
            f"{60 / row.each:.1f}",
            f"{plain.each / row.each:.1f}",
            f"{row.worker / 2**30:.2f}" if row.worker else "",
        )
    console.print(table)
    for row in rows:
        if row.how.startswith(_MORE):
            overhead = row.each * cores - bare.each
            console.print(f"{row.how}: {overhead:.2f} s on one core beyond bare execution")


def _measured(
    root: Path, course: Course, name: str, options: argparse.Namespace
) -> Iterator[Measured]:
    """nbgrader first, then otter, bare execution, the kit."""
    yield _by_nbgrader(root / "plain", course, name, options.plain)
    if options.otter:
        yield _by_otter(root / "otter", course, name, options.otter)
    yield _bare(course, root / "bare", name, options.plain)
    yield from _by_the_kit(root, course, name, sorted(options.students))


def _by_nbgrader(root: Path, course: Course, name: str, count: int) -> Measured:
    """`nbgrader autograde` of so many notebooks more than one, after one that reads all from disk."""
    (root / "source" / name).mkdir(parents=True)
    (root / "source" / name / f"{name}.ipynb").write_bytes(build(course)[name].source)
    (root / "nbgrader_config.py").write_text(_PLAIN)
    program = str(Path(sys.executable).with_name("nbgrader"))
    run_to_its_end(root, program, "generate_assignment", name)
    seconds = []
    for students in (1, 1, 1 + count):
        hand_in_right(root, course, name, students)
        seconds.append(run_to_its_end(root, program, "autograde", name, "--force").seconds)
    return Measured("nbgrader, each more", count, seconds[2] - seconds[1])


def _by_otter(root: Path, course: Course, name: str, count: int) -> Measured:
    """`otter run` of so many notebooks, each a run of its own, after one that fetches otter."""
    cells: list[str | tuple[str]] = []
    answers: dict[str, str] = {}
    blank, waiting = None, list[tuple[str]]()
    for cell in nbformat.reads(build(course)[name].source.decode(), 4).cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("solution") and not meta["grade"]:
            blank = cell.source.replace("### ", "# ")
            answers[blank.partition("\n")[0]] = cell.source
        elif meta.get("grade") and blank:
            # Output would be held against none.
            cells += question(meta["grade_id"], meta["points"], blank, [f"shown = {cell.source}"])
            cells += waiting
            blank, waiting = None, []
        elif cell.cell_type == "code":
            (waiting if blank else cells).append((cell.source,))
    assignment = OtterAssignment(root, cells, kit=True)
    seconds = 0.0
    for number in range(1 + count):
        own = {line: f"# student {number}\n{source}" for line, source in answers.items()}
        began = time.monotonic()
        score = assignment.score(f"student{number}", own)
        seconds += (time.monotonic() - began) * bool(number)
        assert score, "otter gives a right notebook no points"
    return Measured("otter run", count, seconds)


def _by_the_kit(directory: Path, course: Course, name: str, sizes: list[int]) -> Iterator[Measured]:
    """`autograder grade` of classes of these sizes, what each more costs, the last once more."""
    command = (sys.executable, "-m", "autograder.cli.main")
    taken = {}
    for students in sizes:
        root = copy_course(course, directory / f"kit{students}")
        hand_in_right(root, course, name, students)
        run_to_its_end(root, *command, "release")  # a class comes after it
        ran = run_to_its_end(root, *command, "grade")
        taken[students] = ran.seconds
        yield Measured(f"kit, class of {students:,}", students, *ran)
    for fewer, more in pairwise(sizes):
        how = f"{_MORE} than {fewer:,}"
        yield Measured(how, more - fewer, taken[more] - taken[fewer])
    yield Measured("kit, unchanged", sizes[-1], run_to_its_end(root, *command, "grade").seconds)


def _bare(course: Course, root: Path, name: str, count: int) -> Measured:
    """The cells and tests of so many notebooks, after one more that imports what they need."""
    hand_in_right(copy_course(course, root), course, name, 1 + count)
    context = multiprocessing.get_context("spawn")
    queue = context.SimpleQueue()
    process = context.Process(target=_execute, args=(root, name, queue))
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"bare execution ended with {process.exitcode}")
    return Measured(_BARE, count, queue.get())


def _execute(root: Path, name: str, queue: Any) -> None:
    course = find_course(root)
    solution = reference(course, name)
    seconds = 0.0
    with silence_stderr():
        for number, folder in enumerate(sorted((root / "submitted").glob(f"*/{name}"))):
            submission = read_submission(folder, name, course)
            began = time.monotonic()
            namespace: dict[str, Any] = {}
            for cell in cells_to_run(submission.notebook):
                exec(cell.source, namespace)
            student = NotebookStudent(namespace)
            plugin = GraderPlugin(student, solution, trainer=lambda: course_trainer(course))
            outcomes = run_tests(grader_files(course, name), plugin, number)
            seconds += (time.monotonic() - began) * bool(number)
            wrong = [outcome for outcome in outcomes if outcome.points < outcome.max_points]
            assert not wrong, wrong
    queue.put(seconds)


if __name__ == "__main__":
    main()
