"""Which submissions are in the gradebook and on their pages just as they are graded now."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path

import msgspec
from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)

from autograder.course import Course
from autograder.files import write_whole
from autograder.gradebook import class_config, database
from autograder.nbgrader_plugins import automatic_score
from autograder.record import GradeRecord
from autograder.scheduler import Job


class Written:
    """What an earlier run wrote for a class, read once a run.

    A submission needs no writing where the gradebook has the automatic scores of its record,
    and where its files, its time, the due date and nbgrader's settings are those of the run
    that wrote it. A score or comment by hand is left as it is.
    """

    def __init__(self, course: Course, class_root: Path) -> None:
        """Raises GradebookError for a gradebook that cannot be read."""
        self._root = class_root
        self._stamps = course.cache / "written"
        config = class_config(course, class_root)
        self._settings = json.dumps(config, default=str, sort_keys=True)
        self._due: dict[str, str] = {}
        # (student, assignment) -> question -> automatic score and points
        self._scores: dict[tuple[str, str], dict[str, tuple[float | None, float]]]
        self._scores = defaultdict(dict)
        with Gradebook(database(course, class_root), course.config.course_id) as gradebook:
            for name, due in gradebook.db.query(Assignment.name, Assignment.duedate):
                self._due[name] = str(due)
            rows = (
                gradebook.db.query(
                    SubmittedAssignment.student_id,
                    Assignment.name,
                    BaseCell.name,
                    Grade.auto_score,
                    Grade.max_score,
                )
                .select_from(Grade)
                .join(Grade.cell)
                .join(Grade.notebook)
                .join(SubmittedNotebook.assignment)
                .join(SubmittedAssignment.assignment)
            )
            for student, assignment, question, score, points in rows:
                self._scores[student, assignment][question] = score, points

    def holds(self, job: Job, record: GradeRecord) -> bool:
        """Whether writing this record would change nothing."""
        scores = self._scores.get((job.student, job.assignment), {})
        return (
            scores.keys() == set(record.questions())
            and all(
                score == automatic_score(record, question, points)
                for question, (score, points) in scores.items()
            )
            and self._read(self._stamp(job)) == self._digest(job, record)
        )

    def note(self, job: Job, record: GradeRecord) -> None:
        """Remember that everything of this record has been written. Raises OSError."""
        write_whole(self._stamp(job), self._digest(job, record))

    def _stamp(self, job: Job) -> Path:
        place = f"{self._root}/{job.student}/{job.assignment}"
        return self._stamps / hashlib.sha256(place.encode()).hexdigest()

    def _digest(self, job: Job, record: GradeRecord) -> bytes:
        """Of all that decides what is written, and of what was."""
        place = f"{job.student}/{job.assignment}"
        digest = hashlib.sha256(self._settings.encode())
        for part in (
            msgspec.json.encode(msgspec.structs.replace(record, seconds=0.0)),
            self._due.get(job.assignment, "").encode(),
            self._read(job.directory / "timestamp.txt"),
            self._read(self._root / "records" / f"{place}.json"),
            self._read(self._root / "autograded" / place / f"{job.assignment}.ipynb"),
            self._read(self._root / "feedback" / place / f"{job.assignment}.html"),
        ):
            digest.update(hashlib.sha256(part).digest())
        return digest.hexdigest().encode()

    def _read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError:
            return b""
