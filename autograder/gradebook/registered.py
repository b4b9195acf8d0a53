"""Remembers what is registered in the gradebook, so that nothing is registered twice."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path

import nbgrader
from nbgrader.api import (
    Assignment,
    BaseCell,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    TaskCell,
)
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from autograder._util.atomic import write_whole
from autograder._util.digests import digest
from autograder.course.course import Course
from autograder.gradebook.shared_session import reading

# The tables that generate_assignment writes.
_TABLES = (Assignment, Notebook, BaseCell, GradeCell, SolutionCell, TaskCell, SourceCell)


def is_registered(course: Course, db_url: str, sources: Mapping[str, bytes]) -> bool:
    """Whether registering these source notebooks would change nothing."""
    try:
        return _stamp_path(course, db_url).read_bytes() == _digest(course, db_url, sources)
    except (OSError, SQLAlchemyError):
        return False  # registering meets the same error and reports it


def note_registered(course: Course, db_url: str, sources: Mapping[str, bytes]) -> None:
    """Remember that these source notebooks have been registered."""
    with contextlib.suppress(OSError, SQLAlchemyError):  # then the next run registers them again
        write_whole(_stamp_path(course, db_url), _digest(course, db_url, sources))


def _stamp_path(course: Course, db_url: str) -> Path:
    return course.cache / "registered" / digest(db_url)


def _digest(course: Course, db_url: str, sources: Mapping[str, bytes]) -> bytes:
    digest = hashlib.sha256(f"{nbgrader.__version__} {course.config.course_id}".encode())
    for name in sorted(sources):
        digest.update(hashlib.sha256(name.encode()).digest())
        digest.update(hashlib.sha256(sources[name]).digest())
    with reading(db_url) as session:
        for table in (kind.__table__ for kind in _TABLES):
            rows = session.execute(select(table).order_by(*table.primary_key)).all()
            digest.update(hashlib.sha256(repr(rows).encode()).digest())
    return digest.hexdigest().encode()
