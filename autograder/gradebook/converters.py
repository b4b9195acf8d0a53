"""Runs nbgrader's own converters in this process, and turns their failures into one line."""

from __future__ import annotations

import copy
import glob
import logging
import os
import sqlite3
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import nbgrader
from nbgrader.converters import BaseConverter, GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from autograder.gradebook.shared_session import shared
from autograder.submissions.timestamps import read_timestamp


class ConversionError(Exception):
    """A converter of nbgrader gave up: its complaint in one line; what it met is the cause."""


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
    converter_class: type[BaseConverter],
    config: Config,
    assignment: str,
    student: str = "*",
    *,
    writes: bool = True,
    **traits: Any,
) -> list[str]:
    """Run one converter over an assignment, of one student or of all, overwriting results.

    `traits` go to the converter; `writes` says whether it is to change the gradebook, which gets
    all of it or nothing. Returns notes about what was passed over. Raises ConversionError, with
    the exception that ended the conversion as its cause.
    """
    config = copy.deepcopy(config)
    config.CourseDirectory.assignment_id = assignment
    config.CourseDirectory.student_id = student
    complaints = _Complaints()
    logger = logging.Logger("nbgrader")  # one of our own: nbgrader's default writes to stderr
    logger.addHandler(complaints)
    remembering = type(converter_class.__name__, (_Remembering, converter_class), {})
    converter: Any = None
    directory = _Directory(config=config, log=logger)
    with scripts_on_path(), _gradebook_silent(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SQLAlchemy's about nbgrader: nothing a reader can do
        try:
            converter = remembering(coursedir=directory, config=config, log=logger, **traits)
            converter.force = True
            with shared(config.CourseDirectory.db_url, writes=writes):
                converter.start()
        except Exception as error:
            met = getattr(converter, "met", None) or error
            reason = complaints.reason() or f"{type(met).__name__}: {met}"
            raise ConversionError(f"{assignment}: {reason}") from met
    return directory.notes


def new_gradebook(path: Path) -> None:
    """Begin an SQLite gradebook at `path`; nbgrader adds its tables at first use.

    nbgrader would start the command `alembic` to learn the version of its own tables,
    which takes seconds and needs an activated environment.
    """
    from alembic.script import ScriptDirectory  # half a second, for what is done once a gradebook

    scripts = Path(nbgrader.__file__).parent / "alembic"
    version = ScriptDirectory(str(scripts)).get_current_head()
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        # In one transaction: without its version a gradebook could never be upgraded.
        database.execute("BEGIN")
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version (version_num) VALUES (?)", (version,))
        database.commit()


def leave_out(converter: Any, paths: Iterable[str | Path]) -> None:
    """Keep a converter of nbgrader, which copies all beside a notebook, from copying these."""
    known = list(converter.coursedir.ignore)
    chosen = [glob.escape(str(path)) for path in paths]
    converter.coursedir.ignore = known + [path for path in chosen if path not in known]


def write_failure(error: BaseException) -> str:
    """Why something could not be written, if that is what is behind `error`; else empty.

    What an exception of the kit's was raised for it has said itself.
    """
    met: BaseException | None = error.__cause__
    while met is not None and not type(met).__module__.startswith("autograder."):
        if isinstance(met, SQLAlchemyError | OSError):
            return str(getattr(met, "orig", met)).splitlines()[0]
        met = met.__cause__ or met.__context__
    return ""


def remedy(reason: str) -> str:
    """What to do about SQLite's or the system's `reason` for not taking what is written."""
    if "database is locked" in reason:
        return "Another program holds it: let that end, and run again"
    return "Check disk space and permissions"


class _Remembering(BaseConverter):
    """Keeps the exception that nbgrader would turn into a traceback in its log."""

    met: Exception | None = None

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Prepare an assignment, as nbgrader does."""
        try:
            super().init_assignment(assignment_id, student_id)
        except Exception as error:
            self.met = error
            raise

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Convert a notebook, as nbgrader does."""
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            self.met = error
            raise


class _Directory(CourseDirectory):
    """A course directory in which a broken timestamp.txt stops nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.notes: list[str] = []

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        """When a submission was handed in, in UTC; None where that is not known."""
        stamp = read_timestamp(Path(dest_path))
        if stamp.problem and stamp.problem not in self.notes:
            self.notes.append(stamp.problem)
        return stamp.time


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
        announcements = ("There was an error", "Please see the")
        telling = [line for line in self._lines if not line.startswith(announcements)]
        return (telling or self._lines or [""])[0]


@contextmanager
def _gradebook_silent() -> Iterator[None]:
    """Keep nbgrader's Gradebook from logging a traceback of what it raises as well."""
    log = logging.getLogger("tornado.application")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


@contextmanager
def scripts_on_path() -> Iterator[None]:
    """Let nbgrader find `alembic`, which it starts by name, though no venv is activated."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
