"""The error of a gradebook and what to do about it, without nbgrader, which takes long to import."""

from __future__ import annotations


class GradebookError(Exception):
    """The gradebook cannot take these grades: what, where, what to do, in one line."""


def remedy(reason: str) -> str:
    """What to do if SQLite or the system refuses a write for this `reason`."""
    if "database is locked" in reason:
        return "Another program holds it: let that end, and run again"
    return "Check disk space and permissions"
