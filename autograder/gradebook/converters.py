"""Runs nbgrader's converters in this process and turns their failures into one line."""

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

from autograder.course.course import Course
from autograder.course.stubs import answer_stub, code_stub
from autograder.gradebook.shared_session import shared
from autograder.submissions.timestamps import read_timestamp


class ConversionError(Exception):
    """A converter of nbgrader failed: its message in one line. The original exception is the cause."""


def generate_assignments(
    course: Course, assignments: Sequence[str], source: Path, release: Path, db_url: str
) -> None:
    """Run nbgrader's generate_assignment for each of `assignments`.

    Reads `source`/<assignment>/<assignment>.ipynb, writes the same below `release` with blanks in
    the language of `course`, and records the cells in the gradebook at `db_url`. Raises
    ConversionError.
    """
    config = Config()
    config.CourseDirectory.root = str(release.parent)
    config.CourseDirectory.source_directory = str(source)
    config.CourseDirectory.release_directory = str(release)
    config.CourseDirectory.db_url = db_url
    config.CourseDirectory.course_id = course.config.course_id
    language = course.config.language
    config.ClearSolutions.text_stub = answer_stub(language, course.graders)
    config.ClearSolutions.code_stub = {"python": code_stub(language, course.graders)}
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
    """Run one converter over an assignment, for one student or all, and overwrite earlier results.

    `traits` go to the converter. `writes` says whether it changes the gradebook, which then gets all
    changes or none. Returns notes about problems that did not stop it. Raises ConversionError, with
    the exception that ended the conversion as its cause.
    """
    config = copy.deepcopy(config)
    config.CourseDirectory.assignment_id = assignment
    config.CourseDirectory.student_id = student
    log_handler = _ErrorLog()
    logger = logging.Logger("nbgrader")  # nbgrader's default logger writes to stderr
    logger.addHandler(log_handler)
    subclass = type(converter_class.__name__, (_KeepingException, converter_class), {})
    converter: Any = None
    directory = _Directory(config=config, log=logger)
    with scripts_on_path(), _silent_gradebook(), warnings.catch_warnings():
        # SQLAlchemy warns about nbgrader, and users can do nothing about that.
        warnings.simplefilter("ignore")
        try:
            converter = subclass(coursedir=directory, config=config, log=logger, **traits)
            converter.force = True
            with shared(config.CourseDirectory.db_url, writes=writes):
                converter.start()
        except Exception as error:
            cause = getattr(converter, "failure", None) or error
            reason = log_handler.reason() or f"{type(cause).__name__}: {cause}"
            raise ConversionError(f"{assignment}: {reason}") from cause
    return directory.notes


def new_gradebook(path: Path) -> None:
    """Create an SQLite gradebook at `path`; nbgrader adds its tables at first use.

    nbgrader would run the command `alembic` to find the version of its tables, which takes seconds
    and needs an activated virtual environment.
    """
    from alembic.script import ScriptDirectory  # takes half a second, and is rarely needed

    scripts = Path(nbgrader.__file__).parent / "alembic"
    version = ScriptDirectory(str(scripts)).get_current_head()
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        # Use one transaction: a gradebook without its version could never be upgraded.
        database.execute("BEGIN")
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version (version_num) VALUES (?)", (version,))
        database.commit()


def leave_out(converter: Any, paths: Iterable[str | Path]) -> None:
    """Keep a converter of nbgrader from copying these files: it copies everything beside a notebook."""
    patterns = list(converter.coursedir.ignore)
    new_patterns = [glob.escape(str(path)) for path in paths]
    converter.coursedir.ignore = patterns + [path for path in new_patterns if path not in patterns]


def write_failure(error: BaseException) -> str:
    """Why a file or the database could not be written, if that caused `error`; else empty.

    Stops at an exception of the kit, whose own message gives the reason.
    """
    cause: BaseException | None = error.__cause__
    while cause is not None and not type(cause).__module__.startswith("autograder."):
        if isinstance(cause, SQLAlchemyError | OSError):
            return str(getattr(cause, "orig", cause)).splitlines()[0]
        cause = cause.__cause__ or cause.__context__
    return ""


class _KeepingException(BaseConverter):
    """Keeps the exception that nbgrader would only log as a traceback."""

    failure: Exception | None = None

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Prepare an assignment, as nbgrader does."""
        try:
            super().init_assignment(assignment_id, student_id)
        except Exception as error:
            self.failure = error
            raise

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Convert a notebook, as nbgrader does."""
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            self.failure = error
            raise


class _Directory(CourseDirectory):
    """A course directory in which a broken timestamp.txt does not stop a conversion."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.notes: list[str] = []

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        """When a submission was handed in, in UTC, or None if that is unknown."""
        stamp = read_timestamp(Path(dest_path))
        if stamp.problem and stamp.problem not in self.notes:
            self.notes.append(stamp.problem)
        return stamp.time


class _ErrorLog(logging.Handler):
    """Keeps the errors that nbgrader logged; of a traceback, only the last line."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        lines = record.getMessage().strip().splitlines()
        if lines:
            self._lines.append(lines[-1].strip() if lines[0].startswith("Traceback") else lines[0])

    def reason(self) -> str:
        """The most informative error: the first one that is more than an announcement."""
        announcements = ("There was an error", "Please see the")
        informative = [line for line in self._lines if not line.startswith(announcements)]
        return (informative or self._lines or [""])[0]


@contextmanager
def _silent_gradebook() -> Iterator[None]:
    """Keep nbgrader's Gradebook from also logging a traceback of each exception that it raises."""
    log = logging.getLogger("tornado.application")
    was_disabled, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = was_disabled


@contextmanager
def scripts_on_path() -> Iterator[None]:
    """Let nbgrader find the command `alembic` even if no virtual environment is activated."""
    old_path = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), old_path])
    try:
        yield
    finally:
        os.environ["PATH"] = old_path
