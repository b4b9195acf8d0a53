"""Recognizes a submission by the bytes of its files, which takes a tenth of the time of reading it."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from autograder._util.atomic import read_sealed, write_sealed
from autograder._util.digests import digest, file_digest, json_digest
from autograder.course.course import Course
from autograder.grading.cache_key import circumstances, records
from autograder.results.record import GradeRecord
from autograder.submissions.files import read_capped, walk_files
from autograder.submissions.notebook_json import Unreadable

_MAX_FILES, _MAX_BYTES = 100, 50_000_000  # of a submission that is recognized; others are read anew


class _Known(msgspec.Struct):
    """What files stand for: the key of their record, and the problems that reading them met."""

    key: str
    problems: list[str]


def files_key(
    directory: Path, assignment: str, course: Course, grader: str, *, unsafe_local: bool
) -> str:
    """A digest of the files of a submission and of everything that decides its record.

    Empty for a submission of many, large or irregular files.
    """
    contents, bytes_left = [], _MAX_BYTES
    try:
        for entry in walk_files(directory):
            data = read_capped(Path(entry.path), bytes_left, entry.name)
            bytes_left -= len(data)
            contents.append((os.path.relpath(entry.path, directory), digest(data)))
            if len(contents) > _MAX_FILES:
                return ""
        release = file_digest(course.released_notebook(assignment))
    except (OSError, Unreadable):
        return ""
    parts = [
        (directory.parent.name, assignment, contents, release),
        [(name, each.questions) for name, each in course.assignments.items()],
        circumstances(course, assignment, grader, unsafe_local),
    ]
    return json_digest(parts)


def known_record(course: Course, key: str) -> GradeRecord | None:
    """The cached record of the files with this key, or None."""
    try:
        known = msgspec.json.decode(read_sealed(_path(course, key)) or b"", type=_Known)
    except msgspec.DecodeError:
        return None
    record = records(course).load(known.key)
    return record and msgspec.structs.replace(record, problems=known.problems)


def note_known(course: Course, key: str, record: GradeRecord) -> None:
    """Remember the record of the files with this key, which is empty if they are not recognized."""
    if key and not record.grader_errors():
        known = _Known(record.key, record.problems)
        write_sealed(_path(course, key), msgspec.json.encode(known))


def _path(course: Course, key: str) -> Path:
    return course.cache / "known" / key
