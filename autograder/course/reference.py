"""Runs the setup and solution cells of a solution file to get the reference solution."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from autograder._util.stderr import silence_stderr
from autograder._util.traceback_lines import last_line
from autograder.course.course import Course
from autograder.course.magics import without_magics
from autograder.course.solution_file import AuthoringError, read_cells


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
            with silence_stderr():
                exec(compile(code, str(path), "exec"), namespace)  # noqa: S102 - the course's author wrote it
        except (Exception, SystemExit) as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            raise AuthoringError(
                f"{label}:{last_line(error, str(path)) or cell.line}: the solution fails: {reason}. Correct it"
            ) from error
    return {name: value for name, value in namespace.items() if not name.startswith("__")}
