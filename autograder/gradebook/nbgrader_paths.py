"""Corrects how nbgrader's converters find and read what students handed in.

nbgrader takes a student's id for a pattern of file names, names no notebook that is not called as
the released one, and opens a timestamp.txt whatever it is. nbgrader_config.py names classes of the
kit, so every command of nbgrader that converts submissions imports them, and with them this.
"""

from __future__ import annotations

import glob
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader import utils
from nbgrader.converters import Autograde, BaseConverter
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.submissions.timestamps import read_timestamp


def correct() -> None:
    """Put the functions below in the place of nbgrader's own."""
    BaseConverter.init_notebooks = init_notebooks
    utils.is_ignored = is_ignored
    CourseDirectory.get_existing_timestamp = get_existing_timestamp


def init_notebooks(converter: Any) -> None:
    """Find the directories to convert, and the notebooks in them.

    A student's id with [, ], * or ? means that student. What is handed in is one notebook under
    the released name: the exporter reads whatever stands in its place.
    """
    directory: Any = converter.coursedir
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
    """Whether a file's name matches a pattern; the directory it is in is no pattern."""
    directory = glob.escape(str(Path(filename).parent))
    return any(
        filename
        in _matching(expression if Path(expression).is_absolute() else f"{directory}/{expression}")
        for expression in ignore_globs or ()
    )


def get_existing_timestamp(directory: Any, dest_path: str) -> datetime | None:
    """When what is in a directory was handed in, in UTC; None where that is not known."""
    stamp = read_timestamp(Path(dest_path))
    if stamp.problem:
        directory.log.warning("%s: %s", dest_path, stamp.problem)
    return stamp.time


def _is_submission(path: Path) -> bool:
    """Whether this is a directory itself: `make grade` follows no link either."""
    return path.is_dir() and not path.is_symlink() and not path.parent.is_symlink()


def _matching(pattern: str) -> list[str]:
    return glob.glob(pattern)  # noqa: PTH207 - Path.glob knows no absolute pattern
