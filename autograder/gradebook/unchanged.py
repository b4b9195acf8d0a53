"""Finds the submissions whose gradebook entries and pages are already up to date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from nbgrader.api import Assignment, SubmittedAssignment
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from autograder._util.atomic import write_whole
from autograder._util.digests import digest
from autograder.course.course import Course
from autograder.gradebook.class_gradebook import class_config, database, unreadable
from autograder.gradebook.page_stamps import entries_digest, read_entries
from autograder.gradebook.release_feedback import SECRET
from autograder.gradebook.shared_session import reading
from autograder.results.record import GradeRecord
from autograder.submissions.class_directory import Job, record_path
from autograder.submissions.timestamps import read_timestamp


class Written:
    """What earlier runs wrote for a class, read once for each run.

    A submission needs no writing if nothing has changed since it was written: its record, its files,
    its time, the due date and extension, nbgrader's settings, the language of the course and its entries
    in the gradebook. A new score by hand is a change too, because the page has to show it.
    """

    def __init__(self, course: Course, class_root: Path) -> None:
        """Raises GradebookError for a gradebook that cannot be read."""
        self._root = class_root
        self._stamps = course.cache / "written"
        config = class_config(course, class_root)
        settings = [config, course.config.language]
        self._settings = json.dumps(settings, default=str, sort_keys=True)
        self._db_url = database(course, class_root)
        with _reading(self._db_url) as session:
            query = session.query(Assignment.name, Assignment.duedate)
            self._due = {name: str(due) for name, due in query}
            extended = session.query(
                SubmittedAssignment.student_id, Assignment.name, SubmittedAssignment.extension
            ).join(SubmittedAssignment.assignment)
            self._extensions = {
                (student, name): str(time) for student, name, time in extended if time is not None
            }
            self._entries = read_entries(session)

    def holds(self, job: Job, record: GradeRecord) -> bool:
        """Whether writing this record would change nothing."""
        entries = self._entries.get((job.student, job.assignment), [])
        return _read(self._stamp_path(job)) == self._digest(job, record, entries)

    def note(self, job: Job, record: GradeRecord) -> None:
        """Remember that everything of this record has been written. Raises OSError, GradebookError."""
        with _reading(self._db_url) as session:
            entries = read_entries(session, (job.student, job.assignment))[
                job.student, job.assignment
            ]
        write_whole(self._stamp_path(job), self._digest(job, record, entries))

    def _stamp_path(self, job: Job) -> Path:
        place = f"{self._root}/{job.student}/{job.assignment}"
        return self._stamps / digest(place)

    def _digest(self, job: Job, record: GradeRecord, entries: list[str]) -> bytes:
        """A digest of everything that decides what is written, and of what was written."""
        place = f"{job.student}/{job.assignment}"
        digest = hashlib.sha256(self._settings.encode())
        for part in (
            msgspec.json.encode(msgspec.structs.replace(record, seconds=0.0)),
            entries_digest(entries).encode(),
            self._due.get(job.assignment, "").encode(),
            self._extensions.get((job.student, job.assignment), "").encode(),
            str(read_timestamp(job.directory)).encode(),
            _read(record_path(self._root, job)),
            _read(self._root / "autograded" / place / f"{job.assignment}.ipynb"),
            _read(self._root / "feedback" / place / f"{job.assignment}.html"),
            _read(self._root / "feedback" / place / SECRET),
        ):
            digest.update(hashlib.sha256(part).digest())
        return digest.hexdigest().encode()


@contextmanager
def _reading(db_url: str) -> Iterator[Session]:
    try:
        with reading(db_url) as session:
            yield session
    except SQLAlchemyError as error:
        raise unreadable(db_url, error) from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
