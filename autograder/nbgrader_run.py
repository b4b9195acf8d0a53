"""Runs nbgrader's own converters in this process, and turns their failures into one line."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.converters import BaseConverter, GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config


class ConversionError(Exception):
    """A converter of nbgrader gave up: its last complaint, in one line."""


def generate_assignments(
    assignments: Sequence[str], source: Path, release: Path, db_url: str, course_id: str = ""
) -> None:
    """Run nbgrader's generate_assignment for each of `assignments`.

    Reads `source`/<assignment>/<assignment>.ipynb, writes the same below `release`, and
    records the cells in the gradebook at `db_url`. Raises ConversionError.
    """
    config = Config()
    config.CourseDirectory.root = str(release.parent)
    config.CourseDirectory.source_directory = str(source)
    config.CourseDirectory.release_directory = str(release)
    config.CourseDirectory.db_url = db_url
    config.CourseDirectory.course_id = course_id
    for assignment in assignments:
        run(GenerateAssignment, config, assignment)


def run(
    converter_class: type[BaseConverter], config: Config, assignment: str, student: str = "*"
) -> None:
    """Run one converter over an assignment, of one student or of all, overwriting results.

    Raises ConversionError with the last error that nbgrader logged.
    """
    config = config.copy()
    config.CourseDirectory.assignment_id = assignment
    config.CourseDirectory.student_id = student
    complaints = _Complaints()
    logger = logging.Logger("nbgrader")  # one of our own: nbgrader's default writes to stderr
    logger.addHandler(complaints)
    with scripts_on_path():
        try:
            converter = converter_class(
                coursedir=CourseDirectory(config=config, log=logger), config=config, log=logger
            )
            converter.force = True
            converter.start()
        except Exception as error:
            reason = complaints.reason() or f"{type(error).__name__}: {error}"
            raise ConversionError(f"{assignment}: {reason}") from error


@contextmanager
def scripts_on_path() -> Iterator[None]:
    """Let nbgrader find `alembic`, which it starts by name, though no venv is activated."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


class _Complaints(logging.Handler):
    """Keeps what nbgrader logged as an error; its tracebacks count by their last line."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        lines = record.getMessage().strip().splitlines()
        if lines:
            self._lines.append(lines[-1].strip() if lines[0].startswith("Traceback") else lines[0])

    def reason(self) -> str:
        """The complaint that says most: the first one that is no mere announcement."""
        announcements = ("There was an error processing", "Please see the")
        telling = [line for line in self._lines if not line.startswith(announcements)]
        return (telling or self._lines or [""])[0]


