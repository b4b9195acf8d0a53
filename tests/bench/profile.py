"""Where the time goes that one more notebook takes.

    python -m tests.bench.profile [ASSIGNMENT] [--students 8] [--html FILE]

Right notebooks are graded and written in this process, one after another; the first, which
imports what all need, does not count. What is shown is the seconds a notebook that each package's
own code takes, by samples of every millisecond; waiting for a sandbox is the sandbox's work, on another
core where there is one. `--html` keeps the whole tree of calls, to be looked at in a browser.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from pyinstrument import Profiler
from pyinstrument.frame import Frame
from rich.console import Console
from rich.table import Table

from autograder._util.stderr import silence_stderr
from autograder.authoring.release import release, sources
from autograder.course.course import find_course
from autograder.gradebook.gradebook import feedback, register, write
from autograder.grading.grade import grade
from autograder.results.record import write_record
from autograder.sandbox.host import launcher
from autograder.submissions.class_directory import find_classroom, record_path
from autograder.submissions.submission import read_submission
from tests.bench.classes import copy_course, hand_in_right

_LEAST = 0.005  # seconds a notebook that are worth a row
_WAITS = (
    "autograder/sandbox/protocol/frames.py",
    "autograder/sandbox/host/launcher.py",
)  # for replies, for new sandboxes


def main() -> None:
    """Grade and write the class, and print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("assignment", nargs="?", default="pooling")
    parser.add_argument("--students", type=int, default=8, help="notebooks after the first")
    parser.add_argument("--html", type=Path, help="a file for the tree of calls")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="profile-") as directory:
        seconds, profiler = _profiled(Path(directory), options.assignment, options.students)
    frame = profiler.last_session.root_frame() if profiler.last_session else None
    assert frame is not None
    taken: dict[str, float] = defaultdict(float)
    _add_up(frame, taken)
    table = Table(title=f"{options.assignment}: {seconds / options.students:.3f} s a notebook")
    for heading in ("in", "seconds", "share"):
        table.add_column(heading, justify="left" if heading == "in" else "right")
    small = 0.0
    for name, total in sorted(taken.items(), key=lambda item: -item[1]):
        each = total / options.students
        if each < _LEAST:
            small += each
            continue
        table.add_row(name, f"{each:.3f}", f"{total / seconds:.0%}")
    table.add_row("the rest", f"{small:.3f}", f"{small * options.students / seconds:.0%}")
    Console().print(table)
    if options.html:
        options.html.write_text(profiler.output_html(), encoding="utf-8")


def _profiled(root: Path, name: str, count: int) -> tuple[float, Profiler]:
    """Seconds that so many notebooks took after the first, and what was sampled meanwhile."""
    course = find_course()
    hand_in_right(copy_course(course, root / "class"), course, name, 1 + count)
    course = replace(find_course(root / "class"), other_cache=root / "cache")
    course.cache.mkdir()
    release(course)
    register(course, course.root, sources(course))
    launcher.expect(1 + count)
    profiler, began = Profiler(interval=0.001), 0.0
    with silence_stderr():
        for number, job in enumerate(find_classroom(course).jobs):
            if number == 1:
                profiler.start()
                began = time.monotonic()
            record = grade(read_submission(job.directory, name, course), course)
            write(course, course.root, job.student, name, record)
            write_record(record_path(course.root, job), record)
            feedback(course, course.root, job.student, name)
            assert all(outcome.points == outcome.max_points for outcome in record.outcomes)
        seconds = time.monotonic() - began
        profiler.stop()
    return seconds, profiler


def _add_up(frame: Frame, taken: dict[str, float], caller: str = "") -> None:
    """Add each frame's own seconds to those of its package; what is built in is its caller's."""
    package = _package(frame.file_path or "") or caller
    taken[package] += frame.total_self_time
    for child in frame.children:
        if not child.is_synthetic_leaf:  # the frame's own seconds once more
            _add_up(child, taken, package)


def _package(path: str) -> str:
    if path.endswith(_WAITS):
        return "waiting for a sandbox"
    if "/site-packages/" in path:
        return path.rpartition("/site-packages/")[2].partition("/")[0]
    if "/autograder/" in path:
        return f"autograder/{path.rpartition('/autograder/')[2].partition('/')[0]}"
    return "Python's own library" if path.startswith("/") else ""


if __name__ == "__main__":
    main()
