"""How far a notebook has come: one line below each check()."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder._util.i18n import gettext as _
from autograder.results.outcome import Status


def progress_line(questions: Sequence[str], checked: Mapping[str, Status]) -> str:
    """How many of a notebook's questions were right when last checked, and which were not yet."""
    left = [name for name in questions if checked.get(name) is not Status.PASSED]
    if not left:
        return _("All {count} questions of this notebook are right, by the tests here.").format(
            count=len(questions)
        )
    right = len(questions) - len(left)
    return _("{right} of {count} questions are right so far. Still open: {names}.").format(
        right=right, count=len(questions), names=", ".join(left)
    )
