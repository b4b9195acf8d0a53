"""Tells a feedback page that is older than its submission's entries in the gradebook.

Points and comments given in the formgrader change the gradebook and leave the page as it was. So a page
carries a digest of the entries that it was made from, in its head, before any text of a student.
"""

from __future__ import annotations

import re
from collections import defaultdict

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.orm import Session

from autograder._util.digests import digest

_STAMP = '<meta name="autograder-entries" content="{}"/>'
_STAMPED = re.compile(rb'<head>\s*<meta name="autograder-entries" content="([0-9a-f]{64})"/>')
_START = 1_000  # bytes of a page in which its stamp is looked for

Entries = dict[tuple[str, str], list[str]]  # (student, assignment) -> a text of each entry


def read_entries(session: Session, submission: tuple[str, str] | None = None) -> Entries:
    """The gradebook's points and comments of each cell, of one (student, assignment) or of all.

    Raises SQLAlchemyError.
    """
    entries: Entries = defaultdict(list)
    for table, columns in (
        (Grade, (Grade.auto_score, Grade.manual_score, Grade.extra_credit,
                 Grade.needs_manual_grade)),
        (Comment, (Comment.auto_comment, Comment.manual_comment)),
    ):  # fmt: skip
        query = session.query(
            SubmittedAssignment.student_id, Assignment.name, BaseCell.name, *columns
        )
        query = (
            query.select_from(table)
            .join(table.cell)
            .join(table.notebook)
            .join(SubmittedNotebook.assignment)
            .join(SubmittedAssignment.assignment)
        )
        if submission is not None:
            student, assignment = submission
            query = query.filter(
                SubmittedAssignment.student_id == student, Assignment.name == assignment
            )
        for student, assignment, *entry in query:
            entries[student, assignment].append(f"{table.__name__} {entry}")
    return entries


def entries_digest(entries: list[str]) -> str:
    """The stamp of a page that shows `entries`."""
    return digest("\n".join(sorted(entries)))


def with_stamp(page: str, entries: list[str]) -> str:
    """The page in HTML with the digest of its entries in its head."""
    stamp = _STAMP.format(entries_digest(entries))
    return page.replace("<head>", f"<head>{stamp}", 1)


def is_older(page: bytes, entries: list[str]) -> bool:
    """Whether a page was made from other entries than these; False for a page without a stamp."""
    stamp = _STAMPED.search(page[:_START])
    return stamp is not None and stamp[1].decode() != entries_digest(entries)
