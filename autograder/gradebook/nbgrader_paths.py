"""Patches how nbgrader's converters find and read submissions.

nbgrader uses a student's id as a glob pattern, finds only notebooks with the released name, opens
any file called timestamp.txt, and fails half-way on an older gradebook. nbgrader_config.py names
classes of the kit, so every nbgrader command that converts submissions imports them, and with them
this module.
"""

from __future__ import annotations

import glob
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader import utils
from nbgrader.converters import Autograde, BaseConverter
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SQLAlchemyError

from autograder.gradebook.older_tables import older_tables
from autograder.gradebook.shared_session import engine
from autograder.submissions.timestamps import read_timestamp


def correct() -> None:
    """Replace nbgrader's functions with the ones below."""
    BaseConverter.init_notebooks = init_notebooks
    utils.is_ignored = is_ignored
    CourseDirectory.get_existing_timestamp = get_existing_timestamp


def init_notebooks(converter: Any) -> None:
    """Find the directories to convert, and the notebooks in them.

    A student's id with [, ], * or ? means that student. Each submission counts as one notebook with
    the released name: the exporter finds the file that the student handed in for it. Raises
    NbGraderException if there is none, or the gradebook is of an older nbgrader.
    """
    directory: Any = converter.coursedir
    _refuse_older_gradebook(converter, directory.db_url)
    pattern = converter._format_source(directory.assignment_id, directory.student_id)
    is_one_student = directory.student_id != "*" and Path(pattern).is_dir()
    converter.assignments = {}
    converter.notebooks = []
    for path in [pattern] if is_one_student else _matching(pattern):
        if isinstance(converter, Autograde):
            released = f"{path}/{directory.assignment_id}.ipynb"
            notebooks = [released] if _is_submission(Path(path)) else []
        else:
            notebooks = _matching(f"{glob.escape(path)}/{directory.notebook_id}.ipynb")
        if notebooks:
            converter.assignments[path] = notebooks
        else:
            converter.log.warning("No notebook in %s", path)
    if not converter.assignments:
        message = f"No notebooks were matched by '{pattern}'"
        converter.log.error(message)
        raise NbGraderException(message)


def is_ignored(filename: str, ignore_globs: list[str] | None = None) -> bool:
    """Whether a file's name matches a pattern; its directory is taken literally."""
    directory = glob.escape(str(Path(filename).parent))
    return any(
        filename
        in _matching(expression if Path(expression).is_absolute() else f"{directory}/{expression}")
        for expression in ignore_globs or ()
    )


def get_existing_timestamp(directory: Any, dest_path: str) -> datetime | None:
    """When the submission in a directory was handed in, in UTC, or None if that is unknown."""
    stamp = read_timestamp(Path(dest_path))
    if stamp.problem:
        directory.log.warning("%s: %s", dest_path, stamp.problem)
    return stamp.time


def _refuse_older_gradebook(converter: Any, db_url: str) -> None:
    path = db_url.removeprefix("sqlite:///")
    if path != db_url and not Path(path).exists():
        return  # SQLite would create an empty file
    with suppress(SQLAlchemyError):  # nbgrader meets the same error and reports it
        if reason := older_tables(engine(db_url)):
            converter.log.error("%s: %s", db_url, reason)
            raise NbGraderException(f"{db_url}: {reason}")


def _is_submission(path: Path) -> bool:
    """Whether this is a real directory. A link could lead anywhere; `make grade` follows none either."""
    return path.is_dir() and not path.is_symlink() and not path.parent.is_symlink()


def _matching(pattern: str) -> list[str]:
    return glob.glob(pattern)  # noqa: PTH207 - Path.glob takes no absolute pattern
