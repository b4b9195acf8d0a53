"""How many notebooks a minute are graded, by nbgrader, by otter-grader and by this kit.

    python -m tests.bench.throughput [ASSIGNMENT ...] [--students 6 26] [--plain 3] [--otter 1]
                                     [--kinds right wrong mixed]

Without a name, all assignments of the course, one table row each. No two notebooks of a class are
equal: those of a right class differ in a comment, those of a wrong one in their mistakes, which are
known ones of each question; in a mixed one every second answer is wrong. A wrong answer costs the
search for the smallest failing case, and the questions that build on it are graded again. A wrong recipe of
`fashion_ladder` is trained, for up to a quarter of an hour: `--kinds right` leaves those classes out.

`nbgrader autograde` and `otter run` run each in a kernel of its own, as it comes, and take many
seconds for one, so they get few; otter's directives take the place of nbgrader's cells. The kit's
figure is a whole `autograder grade`: sandboxes, hidden tests, gradebook and feedback pages, each of
which must have the figures of its notebook.

What one more notebook costs comes from two classes, so that no start counts; what a class costs
beside its notebooks is stated apart. The largest class is graded once more as it is. Bare execution
is the same notebooks' cells and tests in one process that has all imported: no sandbox, no nbgrader.
A worker's memory is that of its process and of all sandboxes below it, what several share counted
once, at its highest of every 5 seconds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from rich.console import Console
from rich.table import Table

from autograder._util.stderr import silence_stderr
from autograder.authoring.release import build
from autograder.course.cells import is_run
from autograder.course.course import Course, find_course
from autograder.course.reference import reference
from autograder.grading.cells_to_run import cells_to_run
from autograder.grading.grade import grader_files
from autograder.submissions.submission import read_submission
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin
from autograder.testing.run_tests import run_tests
from autograder.training.course_trainer import course_trainer
from tests.bench.classes import copy_course, hand_in, hand_in_right, run_to_its_end
from tests.bench.otter import OtterAssignment, question

# As nbgrader comes, but for its patience: on a machine with other work an output that is 4 seconds
# late, or a cell of 30, ends the run.
_PLAIN = """c = get_config()
c.CourseDirectory.course_id = 'plain'
c.ExecutePreprocessor.timeout = 600
c.ExecutePreprocessor.startup_timeout = 600
c.ExecutePreprocessor.iopub_timeout = 600
"""
_KIT = (sys.executable, "-m", "autograder.cli.main")
_KINDS = ("right", "wrong", "mixed")
_MINUTES = 120.0


class Measured(NamedTuple):
    """So many notebooks in so many seconds, by workers that held so many bytes at most."""

    notebooks: int
    seconds: float
    worker: int = 0

    @property
    def each(self) -> float:
        """Seconds a notebook."""
        return self.seconds / self.notebooks


class Row(NamedTuple):
    """What was measured of one assignment."""

    assignment: str
    plain: Measured
    otter: Measured | None
    bare: Measured
    more: dict[str, Measured]  # the kit, what each more costs, by the kind of notebook
    start: float  # seconds of a class of right notebooks beside its notebooks
    unchanged: Measured
    worker: int


def main() -> None:
    """Grade the classes and print one table."""
    course, console = find_course(), Console(width=None if sys.stdout.isatty() else 160)
    parser = argparse.ArgumentParser()
    parser.add_argument("assignments", nargs="*", default=list(course.assignments))
    parser.add_argument("--students", type=int, nargs=2, default=[6, 26], help="of two classes")
    parser.add_argument("--kinds", nargs="+", choices=_KINDS, default=_KINDS, help="of notebooks")
    parser.add_argument("--plain", type=int, default=3, help="notebooks that nbgrader grades")
    parser.add_argument("--otter", type=int, default=1, help="notebooks that otter-grader grades")
    options = parser.parse_args()
    rows: list[Row] = []
    for name in options.assignments:
        with tempfile.TemporaryDirectory(prefix="throughput-") as directory:
            rows.append(_measured(Path(directory), course, name, options, console))
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[2]
    table = Table(title=f"{cores} cores, load average {load:.1f} in the last 15 minutes")
    headings = (
        *("", "nbgrader", "otter", "bare, one core"),
        *(f"kit, {kind}" for kind in _KINDS),
        *("times nbgrader", "start", "class of 10", "unchanged", "GiB a worker"),
    )
    for heading in headings:
        table.add_column(heading, justify="right" if heading else "left")
    for row in rows:
        right = row.more["right"].each
        table.add_row(
            row.assignment,
            f"{row.plain.each:.2f}",
            f"{row.otter.each:.1f}" if row.otter else "",
            f"{row.bare.each:.2f}",
            *(f"{row.more[kind].each:.2f}" if kind in row.more else "" for kind in _KINDS),
            f"{row.plain.each / right:.1f}",
            f"{row.start:.1f}",
            f"{10 * row.plain.each / (row.start + 10 * right):.1f}",
            f"{1000 * row.unchanged.each:.1f} ms",
            f"{row.worker / 2**30:.2f}",
        )
    console.print(table)
    console.print(
        "Seconds for each more notebook; the start of a class; times nbgrader for a class of 10."
    )


def _measured(
    root: Path, course: Course, name: str, options: argparse.Namespace, console: Console
) -> Row:
    """nbgrader first, then otter, bare execution, the kit."""

    def tell(how: str, measured: Measured) -> Measured:
        console.print(f"{name}, {how}: {measured.notebooks} in {measured.seconds:.1f} s")
        return measured

    plain = tell("nbgrader, each more", _by_nbgrader(root / "plain", course, name, options.plain))
    otter = None
    if options.otter:
        otter = tell("otter", _by_otter(root / "otter", course, name, options.otter))
    bare = tell("bare execution", _bare(course, root / "bare", name, options.plain))
    more, start, worker = dict[str, Measured](), 0.0, 0
    unchanged = Measured(1, 0.0)
    for kind in ("right", *(kind for kind in options.kinds if kind != "right")):
        few, many = _by_the_kit(root / kind, course, name, options.students, kind)
        tell(f"kit, {kind}, a class", few)
        tell(f"kit, {kind}, a class", many)
        more[kind] = Measured(many.notebooks - few.notebooks, many.seconds - few.seconds)
        worker = max(worker, many.worker)
        if kind == "right":
            again = run_to_its_end(root / kind / f"kit{many.notebooks}", *_KIT, "grade")
            unchanged = tell("kit, unchanged", Measured(many.notebooks, again.seconds))
            start = few.seconds - few.notebooks * more[kind].each
    return Row(name, plain, otter, bare, more, start, unchanged, worker)


def _by_nbgrader(root: Path, course: Course, name: str, count: int) -> Measured:
    """`nbgrader autograde` of so many notebooks more than one, after one that reads all from disk.

    If one takes minutes, it is the measure: what reading and starting add is a hundredth of it.
    """
    (root / "source" / name).mkdir(parents=True)
    (root / "source" / name / f"{name}.ipynb").write_bytes(build(course)[name].source)
    (root / "nbgrader_config.py").write_text(_PLAIN)
    program = str(Path(sys.executable).with_name("nbgrader"))
    run_to_its_end(root, program, "generate_assignment", name)
    seconds = []
    for students in (1, 1, 1 + count):
        hand_in_right(root, course, name, students)
        seconds.append(run_to_its_end(root, program, "autograde", name, "--force").seconds)
        if seconds[0] > _MINUTES:
            return Measured(1, seconds[0])
    return Measured(count, seconds[2] - seconds[1])


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
    return Measured(count, seconds)


def _by_the_kit(
    directory: Path, course: Course, name: str, sizes: list[int], kind: str
) -> tuple[Measured, Measured]:
    """`autograder grade` of two classes of these sizes, after one that reads all from disk."""
    measured = []
    directory.mkdir()
    for students in (sizes[0], *sizes):
        root = directory / f"kit{students}"
        shutil.rmtree(root, ignore_errors=True)
        copy_course(course, root)
        hand_in(root, course, name, students, kind)
        run_to_its_end(root, *_KIT, "release")  # a class comes after it
        ran = run_to_its_end(root, *_KIT, "grade")
        measured.append(Measured(students, *ran))
        _expect_figures(root, name)
    return measured[1], measured[2]


def _expect_figures(root: Path, name: str) -> None:
    """Stop unless there is a page for each student with the figures of the release at least."""
    pages = list(root.glob(f"feedback/*/{name}/{name}.html"))
    assert len(pages) == len(list(root.glob(f"submitted/*/{name}"))), "a page is missing"
    released = nbformat.read(root / "assignments" / name / f"{name}.ipynb", as_version=4)
    calls = sum(
        line.startswith("figures.")
        for cell in released.cells
        if is_run(cell)
        for line in cell.source.splitlines()
    )
    for page in pages:
        drawn = page.read_text().count("data:image/png")
        assert drawn >= calls, f"{page}: {drawn} figures, of {calls} at least"


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
    return Measured(count, queue.get())


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
