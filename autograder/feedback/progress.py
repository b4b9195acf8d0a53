"""The progress line below each check(): how many questions of the notebook pass their tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder._util.i18n import ngettext
from autograder.results.outcome import Status


def progress_line(questions: Sequence[str], checked: Mapping[str, Status]) -> str:
    """The number of a notebook's questions that passed when last checked, and the open ones.

    They are not called right: most have further tests in grading.
    """
    open_questions = [name for name in questions if checked.get(name) is not Status.PASSED]
    if not open_questions:
        return ngettext(
            "The one question with tests in this notebook passes them here.",
            "All {count} questions of this notebook pass the tests here.",
            len(questions),
        ).format(count=len(questions))
    passed = len(questions) - len(open_questions)
    return ngettext(
        "{passed} of {count} question passes the tests here so far. Still open: {names}.",
        "{passed} of {count} questions pass the tests here so far. Still open: {names}.",
        len(questions),
    ).format(passed=passed, count=len(questions), names=", ".join(open_questions))
