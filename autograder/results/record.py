"""The grade record of a submission, and the cache of records on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from autograder._util.atomic import read_sealed, write_sealed, write_whole
from autograder._util.json_files import decoded
from autograder.results.outcome import Status, TestOutcome, overall

_MAX_BYTES = 200_000_000  # more than a record can have: the sandbox's limits bound its outputs


class TrainedRun(msgspec.Struct, frozen=True):
    """One training run behind a grade: a digest of the recipe, the seed, the accuracy (0 to 1).

    `question` is the one that needed it. `misread` are the misclassified test images
    (`autograder.results.misclassified`), None if only the accuracy is known. They reveal test
    labels, so nothing that students get may contain them.
    """

    recipe: str
    seed: int
    accuracy: float
    question: str = ""
    misread: bytes | None = None


class GradeRecord(msgspec.Struct, kw_only=True, frozen=True):
    """Everything about one graded submission, without the student's name.

    `digest` identifies the submission, `key` everything that the grade depends on, `grader` the
    graders, the solution and the kit. `outputs` maps a cell's id to its nbformat outputs. `sandbox`
    is "bwrap", or "none" for --unsafe-local, whose grades no gradebook accepts. `tier` is the data
    that models are trained on. `seed` is for the random test cases. `threads` is the number per
    training, `cpu` the instruction sets that affect rounding, `processor` the processor's name.
    `trained` are the runs that the grade uses, new or cached.
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

    def outcomes_of(self, question: str) -> list[TestOutcome]:
        """The outcomes of a question's tests, in the order they ran."""
        return [outcome for outcome in self.outcomes if outcome.question == question]

    def status(self, question: str) -> Status:
        """The overall status of a question."""
        return overall(self.outcomes_of(question))

    def score(self, question: str) -> float | None:
        """Points earned; None if the grader failed, so that nobody loses points for its error."""
        if self.status(question) is Status.GRADER_ERROR:
            return None
        return sum(outcome.points for outcome in self.outcomes_of(question))

    def max_score(self, question: str) -> float:
        """The maximum points of a question's tests."""
        return sum(outcome.max_points for outcome in self.outcomes_of(question))

    def questions(self) -> list[str]:
        """The questions in the order of their first test."""
        return list(dict.fromkeys(outcome.question for outcome in self.outcomes))

    def total(self) -> float:
        """Points over all questions; a question with a grader error counts 0."""
        return sum(self.score(question) or 0.0 for question in self.questions())

    def grader_errors(self) -> list[TestOutcome]:
        """The outcomes of tests that failed by a fault of the grader."""
        return [outcome for outcome in self.outcomes if outcome.status is Status.GRADER_ERROR]


def write_record(path: Path, record: GradeRecord) -> None:
    """Write a record atomically: a reader sees the old file or the new one."""
    write_whole(path, msgspec.json.encode(record))


def read_record(path: Path) -> GradeRecord:
    """The record in a file that write_record wrote.

    Raises OSError, such as FileNotFoundError, and msgspec.DecodeError if it is not a record.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise msgspec.DecodeError("it is too large to be one")
    return decoded(path.read_bytes(), GradeRecord)


class RecordStore:
    """A cache of records: one file each, named by key; damaged files are ignored."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def load(self, key: str) -> GradeRecord | None:
        """The record of `key`; None if there is none or it cannot be read."""
        data = read_sealed(self._directory / key)
        try:
            record = msgspec.json.decode(data or b"", type=GradeRecord)
        except msgspec.DecodeError:
            return None
        return record if record.key == key else None

    def save(self, record: GradeRecord) -> None:
        """Store a record."""
        write_sealed(self._directory / record.key, msgspec.json.encode(record))
