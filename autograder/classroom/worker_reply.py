"""What a worker sends back of a submission that it graded: the record, and its pictures as PNG.

Workers draw in parallel, so that the one process that writes pages finds the pictures drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from autograder.feedback.images import picture_key, png, take_over
from autograder.results.record import GradeRecord


class WorkerReply(NamedTuple):
    """A record and the pictures of its feedback: PNG by `picture_key`."""

    record: GradeRecord
    pictures: Mapping[str, bytes]


def with_pictures(record: GradeRecord) -> WorkerReply:
    """The reply with all pictures of a record."""
    pictures = [picture for outcome in record.outcomes for picture in outcome.pictures]
    with suppress(Exception):  # whoever writes the page draws them, and reports why it cannot
        return WorkerReply(record, {picture_key(picture): png(picture) for picture in pictures})
    return WorkerReply(record, {})


def accept(reply: WorkerReply) -> GradeRecord:
    """The record of a reply, whose pictures this process then need not draw."""
    take_over(reply.pictures)
    return reply.record
