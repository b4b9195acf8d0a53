"""What the one writer of the gradebook costs a submission, in SQLite and in PostgreSQL.

    python -m tests.bench.gradebook [--submissions 1000] [--kinds SQLite]

One submission is graded; its record is then written for many students, as `make grade` writes it:
scores and comments with the graded notebook, and the feedback page. A writer that takes a
hundredth of what grading takes keeps a hundred workers busy.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.authoring.release import sources
from autograder.course.course import Course
from autograder.gradebook import gradebook
from autograder.grading.grade import grade
from autograder.results.record import GradeRecord
from autograder.submissions.submission import read_submission
from tests.support import postgres
from tests.support.small_course import hand_in, released_course

_KINDS = ("SQLite", "PostgreSQL")
_ANSWER = "def add(a, b):\n    return 3"


def main() -> None:
    """Write the class into each kind of gradebook, and print the time a submission."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=1_000)
    parser.add_argument("--kinds", nargs="+", choices=_KINDS, default=_KINDS)
    options = parser.parse_args()
    table = Table(title=f"Milliseconds a submission, of {options.submissions:,}")
    for heading in ("gradebook", "scores", "feedback page", "scores, last tenth"):
        table.add_column(heading, justify="left" if heading == "gradebook" else "right")
    with tempfile.TemporaryDirectory(prefix="gradebook-") as directory:
        for kind in options.kinds:
            root = Path(directory) / kind
            if kind == "SQLite":
                table.add_row(kind, *_row(root, "", options.submissions))
            elif postgres.BIN is None:
                print(postgres.MISSING, file=sys.stderr)
            else:
                with postgres.server() as url:
                    table.add_row(kind, *_row(root, url, options.submissions))
    Console().print(table)


def _row(root: Path, url: str, count: int) -> list[str]:
    course = released_course(root)
    if url:
        config = root / "nbgrader_config.py"
        config.write_text(config.read_text() + f"\nc.CourseDirectory.db_url = {url!r}\n")
    record = _record(course)
    gradebook.register(course, root, sources(course))
    scores, pages = [], []
    for number in range(count):
        student = f"student{number}"
        hand_in(course, student, _ANSWER)
        began = time.perf_counter()
        gradebook.write(course, root, student, "alpha", record)
        written = time.perf_counter()
        gradebook.feedback(course, root, student, "alpha")
        scores.append(written - began)
        pages.append(time.perf_counter() - written)
    last = scores[-max(1, count // 10) :]
    return [f"{1000 * statistics.mean(times):,.0f}" for times in (scores, pages, last)]


def _record(course: Course) -> GradeRecord:
    submission = read_submission(hand_in(course, "first", _ANSWER), "alpha", course)
    return grade(submission, course)


if __name__ == "__main__":
    main()
