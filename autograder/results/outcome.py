"""The outcome of a test, and the exceptions with which graders and the sandbox report it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from unittest import SkipTest

import msgspec

from autograder.results.pictures import Picture


class Status(StrEnum):
    """The five statuses of a test; a question or a submission takes the worst of its tests."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ATTEMPTED = "not attempted"
    CRASHED = "crashed"
    GRADER_ERROR = "grader error"


class Mismatch(AssertionError):
    """A wrong answer: the student's code ran but did not return the expected result.

    `message` says what was called, what was returned and what was expected. `help` is set only if
    the mistake was recognized, `pictures` if pictures help. `dispute` returns a reason why the
    answer may not be wrong, or ""; it may be slow, so it is called once, for the smallest case.
    """

    def __init__(
        self,
        message: str,
        help: str | None = None,
        pictures: tuple[Picture, ...] = (),
        dispute: Callable[[], str] = lambda: "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.pictures = pictures
        self.dispute = dispute


class NotAttempted(SkipTest):
    """The blank is not filled in: it raised NotImplementedError or defines nothing.

    A SkipTest, so that Hypothesis does not search for a smaller case.
    """


class StudentCrash(Exception):
    """The student's code raised, ran out of time or memory, or killed its process."""

    def __init__(self, message: str, traceback: str = "", help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.traceback = traceback
        self.help = help


class CellStopped(StudentCrash):
    """The cell that should define a name ended in an error before it did: nothing was called."""


class TestOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one grader test.

    `points` and `max_points` are in points of the question's grade cell; `extra` points come on top
    of the assignment's. `title` is the first line of the test's docstring. `hidden` tests are not
    given to students. `printed` is what the student's code printed in the call that failed. `note`
    says what is worth knowing of an answer that passes. `carried` names functions of earlier
    questions that the reference's functions were substituted for, because the student's are wrong.
    """

    __test__ = False  # tell pytest that this is not a test class

    question: str
    title: str
    status: Status
    points: float
    max_points: float
    extra: bool = False
    hidden: bool = False
    message: str = ""
    help: str = ""
    note: str = ""
    traceback: str = ""
    printed: str = ""
    pictures: tuple[Picture, ...] = ()
    carried: tuple[str, ...] = ()


# In order of urgency: the first status that occurs becomes the status of the question.
_PRIORITY = [
    Status.GRADER_ERROR,
    Status.CRASHED,
    Status.FAILED,
    Status.NOT_ATTEMPTED,
    Status.PASSED,
]


def overall(outcomes: list[TestOutcome]) -> Status:
    """The overall status of several tests; "not attempted" if there are none."""
    statuses = {outcome.status for outcome in outcomes}
    return next((status for status in _PRIORITY if status in statuses), Status.NOT_ATTEMPTED)
