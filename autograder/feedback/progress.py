"""The progress line below each check(): how many questions of the notebook pass their tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder._util.i18n import gettext as _
from autograder.results.outcome import Status


def progress_line(questions: Sequence[str], checked: Mapping[str, Status]) -> str:
    """The number of a notebook's questions that passed when last checked, and the open ones.

    They are not called right: most have further tests in grading.
    """
    open_questions = [name for name in questions if checked.get(name) is not Status.PASSED]
    if not open_questions:
        return _("All {count} questions of this notebook pass the tests here.").format(
            count=len(questions)
        )
    passed = len(questions) - len(open_questions)
    return _(
        "{passed} of {count} questions pass the tests here so far. Still open: {names}."
    ).format(passed=passed, count=len(questions), names=", ".join(open_questions))
