"""Runs the setup and solution cells of a solution file to get the reference solution."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from autograder._util.stderr import silence_stderr
from autograder._util.time_limit import TookTooLong, wall_clock_limit
from autograder._util.traceback_lines import last_line
from autograder.course.course import Course
from autograder.course.magics import without_magics
from autograder.course.solution_file import AuthoringError, read_cells

# By the clock: ten times what the longest cell needs on two cores, training and exploration included.
CELL_SECONDS = 1_800
_QUIET_SECONDS = 60.0  # after which a line says which cell runs


def reference(course: Course, assignment: str) -> SimpleNamespace:
    """A namespace of all that the setup and solution cells of an assignment define.

    Raises AuthoringError if a cell fails.
    """
    path = course.assignments[assignment].path
    return SimpleNamespace(**_reference(path, course.relative(path), path.stat().st_mtime_ns))


@lru_cache(maxsize=32)
def _reference(path: Path, label: str, _modified: int) -> dict[str, Any]:
    namespace: dict[str, Any] = {"__name__": f"reference_{path.stem}", "__file__": str(path)}
    for cell in read_cells(path, label):
        nbgrader = cell.nbgrader
        if nbgrader is None or nbgrader.grade or cell.kind != "code":
            continue
        # Leading empty lines make line numbers in tracebacks those of the file.
        code = "\n" * (cell.first_line - 1) + without_magics(cell.source)
        try:
            with (
                bounded(f"{label}:{cell.line}"),
                silence_stderr(),
                # What a setup cell prints is for the notebook, not for each process that grades.
                open(os.devnull, "w") as nowhere,
                redirect_stdout(nowhere),
            ):
                exec(compile(code, str(path), "exec"), namespace)  # noqa: S102 - the course's author wrote it
        except TookTooLong:
            raise AuthoringError(
                f"{label}:{cell.line}: this cell runs longer than {CELL_SECONDS:,} s. Correct it"
            ) from None
        except (Exception, SystemExit) as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            raise AuthoringError(
                f"{label}:{last_line(error, str(path)) or cell.line}: the solution fails: {reason}. Correct it"
            ) from error
    return {name: value for name, value in namespace.items() if not name.startswith("__")}


@contextmanager
def bounded(place: str) -> Iterator[None]:
    """Raise TookTooLong if a block of a solution runs longer than CELL_SECONDS; say before that it runs on.

    `place` names the block, as file and line.
    """
    stderr = os.dup(2)  # the block may redirect it
    line = f"{place}: still runs; it is stopped after {CELL_SECONDS:,} s\n"
    timer = threading.Timer(_QUIET_SECONDS, os.write, (stderr, line.encode()))
    timer.daemon = True
    timer.start()
    try:
        with wall_clock_limit(CELL_SECONDS):
            yield
    finally:
        timer.cancel()
        timer.join()
        os.close(stderr)
