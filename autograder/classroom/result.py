"""What became of one submission in a run: a record, or the reason why there is none."""

from __future__ import annotations

from typing import NamedTuple

from autograder.results.record import GradeRecord
from autograder.submissions.class_directory import Job


class Result(NamedTuple):
    """The outcome of a job: a record, or one line that says why it could not be graded."""

    job: Job
    record: GradeRecord | None
    error: str = ""
