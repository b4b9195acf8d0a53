"""The grade record of a submission, and the cache of records on disk."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from autograder.outcome import Status, TestOutcome, overall

PART = ".part"  # ends the name of a file that is being written


class TrainedRun(msgspec.Struct, frozen=True):
    """One training run behind a grade: a digest of the recipe, the seed, the accuracy (0 to 1)."""

    recipe: str
    seed: int
    accuracy: float


class GradeRecord(msgspec.Struct, kw_only=True, frozen=True):
    """All there is to say about one graded submission; it holds no student's name.

    `digest` is of what was graded, `key` of all that the grade depends on. `outputs` maps
    a cell's id to its nbformat outputs. `sandbox` is "bwrap", or "none" for a grade made
    with --unsafe-local, which no gradebook takes. `tier` is the course's: the data that
    models are trained on, where there are any. `grader` is a digest of graders, solution
    and kit, `seed` that of the random test cases; `threads` and `cpu` are those of a
    training, `trained` the runs that were asked for, trained now or before.
    """

    assignment: str
    digest: str
    key: str
    sandbox: str
    outcomes: list[TestOutcome]
    outputs: dict[str, list[dict[str, Any]]] = {}
    problems: list[str] = []
    seconds: float = 0.0
    tier: str = ""
    grader: str = ""
    seed: int = 0
    threads: int = 0
    cpu: str = ""
    trained: list[TrainedRun] = []
    versions: dict[str, str] = {}

    def of(self, question: str) -> list[TestOutcome]:
        """The outcomes of a question's tests, in the order they ran."""
        return [outcome for outcome in self.outcomes if outcome.question == question]

    def status(self, question: str) -> Status:
        """The one state of a question."""
        return overall(self.of(question))

    def score(self, question: str) -> float | None:
        """Points earned; None where our grader failed, so that nobody is marked down for it."""
        if self.status(question) is Status.GRADER_ERROR:
            return None
        return sum(outcome.points for outcome in self.of(question))

    def max_score(self, question: str) -> float:
        """Points that a question's tests can earn."""
        return sum(outcome.max_points for outcome in self.of(question))

    def questions(self) -> list[str]:
        """The questions in the order of their first test."""
        return list(dict.fromkeys(outcome.question for outcome in self.outcomes))

    def total(self) -> float:
        """Points over all questions, those with a grader error counted as none yet."""
        return sum(self.score(question) or 0.0 for question in self.questions())

    def grader_errors(self) -> list[TestOutcome]:
        """The outcomes that are our fault."""
        return [outcome for outcome in self.outcomes if outcome.status is Status.GRADER_ERROR]


def write_record(path: Path, record: GradeRecord) -> None:
    """Write a record whole or not at all; a reader sees the old file or the new one."""
    _write_whole(path, msgspec.json.encode(record))


def _write_whole(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=PART, delete=False) as file:
        try:
            file.write(data)
            file.close()
            if path.is_dir():  # nobody's work: an empty one, or this says that it is not
                path.rmdir()
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink()
            raise


class RecordStore:
    """Records as one file each, named by key: the SHA-256 of a line of JSON, and that line.

    What a disk or an editor has changed is no record any more, also where it is still JSON.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def load(self, key: str) -> GradeRecord | None:
        """The record of `key`; None where there is none or it cannot be read."""
        try:
            digest, _, data = self._path(key).read_bytes().partition(b"\n")
            if digest != _digest(data):
                return None
            record = msgspec.json.decode(data, type=GradeRecord)
        except (OSError, msgspec.DecodeError):
            return None
        return record if record.key == key else None

    def save(self, record: GradeRecord) -> None:
        """Keep a record."""
        data = msgspec.json.encode(record)
        _write_whole(self._path(record.key), _digest(data) + b"\n" + data)

    def _path(self, key: str) -> Path:
        return self._directory / key


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
