"""How far a notebook has come: one line below each check()."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.outcome import Status


def progress_line(questions: Sequence[str], checked: Mapping[str, Status]) -> str:
    """How many of a notebook's questions were right when last checked, and which were not yet."""
    left = [name for name in questions if checked.get(name) is not Status.PASSED]
    if not left:
        return f"All {len(questions)} questions of this notebook are right, by the tests here."
    right = len(questions) - len(left)
    return f"{right} of {len(questions)} questions are right so far. Still open: {', '.join(left)}."
