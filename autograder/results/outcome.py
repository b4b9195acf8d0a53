"""What a test can end in, and the exceptions by which graders and the sandbox say so."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from unittest import SkipTest

import msgspec

from autograder.results.pictures import Picture


class Status(StrEnum):
    """The five states of a test; a question or a submission takes its worst one."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ATTEMPTED = "not attempted"
    CRASHED = "crashed"
    GRADER_ERROR = "grader error"


class Mismatch(AssertionError):
    """A wrong answer: the student's code ran and returned something else than expected.

    `message` says what was called, what came back and what was expected; `help` is
    set only where the mistake behind it was recognized, `pictures` where one says more.
    `dispute` says what speaks against calling the answer wrong, or nothing; it may take long,
    so that it is asked only once, of the smallest case.
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
    """The blank is still blank: it raised NotImplementedError or defines nothing.

    To Hypothesis this is a test that is skipped: it looks for no smaller case.
    """


class StudentCrash(Exception):
    """The student's code raised, ran out of time or memory, or killed its process."""

    def __init__(self, message: str, traceback: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.traceback = traceback


class TestOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one grader test.

    `points` and `max_points` are in points of the question's grade cell, or `extra` to the
    assignment's; `title` is the first line of the test's docstring; `hidden` says whether
    the student does not have it. `carried` names the functions of earlier questions that the
    reference's took the place of, since the student's own are not right.
    """

    __test__ = False  # pytest: a class of ours, not one of its test classes

    question: str
    title: str
    status: Status
    points: float
    max_points: float
    extra: bool = False
    hidden: bool = False
    message: str = ""
    help: str = ""
    traceback: str = ""
    pictures: tuple[Picture, ...] = ()
    carried: tuple[str, ...] = ()


# A question shows the state that asks most for somebody's attention.
_ATTENTION = [
    Status.GRADER_ERROR,
    Status.CRASHED,
    Status.FAILED,
    Status.NOT_ATTEMPTED,
    Status.PASSED,
]


def overall(outcomes: list[TestOutcome]) -> Status:
    """The one state that stands for several tests; not attempted where there is none."""
    found = {outcome.status for outcome in outcomes}
    return next((status for status in _ATTENTION if status in found), Status.NOT_ATTEMPTED)
