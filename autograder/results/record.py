"""The grade record of a submission, and the cache of records on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from autograder._util.atomic import read_sealed, write_sealed, write_whole
from autograder.results.outcome import Status, TestOutcome, overall

_MAX_BYTES = 200_000_000  # of a record: its outputs are bounded by the limits of the sandbox


class TrainedRun(msgspec.Struct, frozen=True):
    """One training run behind a grade: a digest of the recipe, the seed, the accuracy (0 to 1).

    `question` is the one that asked for it, `misread` the test images that were predicted
    wrongly (`autograder.results.misclassified`), None where only the accuracy is known. They tell test
    labels, so nothing that a student is given holds them.
    """

    recipe: str
    seed: int
    accuracy: float
    question: str = ""
    misread: bytes | None = None


class GradeRecord(msgspec.Struct, kw_only=True, frozen=True):
    """All there is to say about one graded submission; it holds no student's name.

    `digest` is of what was graded, `key` of all that the grade depends on. `outputs` maps
    a cell's id to its nbformat outputs. `sandbox` is "bwrap", or "none" for a grade made
    with --unsafe-local, which no gradebook takes. `tier` is the course's: the data that
    models are trained on, where there are any. `grader` is a digest of graders, solution
    and kit, `seed` that of the random test cases; `threads` are those of a training, `cpu` what
    of the processor decides its rounding, `processor` what that one calls itself, `trained` the
    runs that were asked for, trained now or before.
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
    processor: str = ""
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
    write_whole(path, msgspec.json.encode(record))


def read_record(path: Path) -> GradeRecord:
    """The record in a file that write_record wrote.

    Raises OSError, FileNotFoundError among them, and msgspec.DecodeError for what is none.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise msgspec.DecodeError("it is too large to be one")
    return msgspec.json.decode(path.read_bytes(), type=GradeRecord)


class RecordStore:
    """Records as one file each, named by key; what is damaged is no record any more."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def load(self, key: str) -> GradeRecord | None:
        """The record of `key`; None where there is none or it cannot be read."""
        data = read_sealed(self._directory / key)
        try:
            record = msgspec.json.decode(data or b"", type=GradeRecord)
        except msgspec.DecodeError:
            return None
        return record if record.key == key else None

    def save(self, record: GradeRecord) -> None:
        """Keep a record."""
        write_sealed(self._directory / record.key, msgspec.json.encode(record))
