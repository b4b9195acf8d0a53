"""The progress line below each check(): how many questions of the notebook are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder._util.i18n import gettext as _
from autograder.results.outcome import Status


def progress_line(questions: Sequence[str], checked: Mapping[str, Status]) -> str:
    """The number of a notebook's questions that were right when last checked, and the open ones."""
    open_questions = [name for name in questions if checked.get(name) is not Status.PASSED]
    if not open_questions:
        return _("All {count} questions of this notebook are right, by the tests here.").format(
            count=len(questions)
        )
    right = len(questions) - len(open_questions)
    return _("{right} of {count} questions are right so far. Still open: {names}.").format(
        right=right, count=len(questions), names=", ".join(open_questions)
    )
