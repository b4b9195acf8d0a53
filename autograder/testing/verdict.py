"""Classify the exception that ended a test: one of the five statuses, and the texts to show."""

from __future__ import annotations

import traceback
from collections.abc import Iterable

import pytest
from hypothesis.errors import Flaky

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.results.outcome import Mismatch, NotAttempted, Status, StudentCrash

FLAKY = N_(
    "The same call gave different answers on two tries.\n"
    "A function of a layer must depend on its arguments only."
)


def classify(error: BaseException | None) -> tuple[Status, str, str, str]:
    """(status, message, help, traceback) of a test that raised `error`, or passed if it is None."""
    match error:
        case None:
            return Status.PASSED, "", "", ""
        case Mismatch():
            return _mismatch(error)
        case NotAttempted():
            return Status.NOT_ATTEMPTED, str(error), "", ""
        case StudentCrash():
            help_text = _(error.help) if error.help else ""
            return Status.CRASHED, error.message, help_text, error.traceback
        case Flaky() if _about_student(error.__cause__, error.__context__, *_members(error)):
            return Status.FAILED, _(FLAKY), "", ""
        case _:
            return _grader_error(error)


def _mismatch(mismatch: Mismatch) -> tuple[Status, str, str, str]:
    """A failed test, or a grader error if the oracle disputes the grader's expected value."""
    try:
        disputed = mismatch.dispute()
    except Exception as failure:
        return _grader_error(failure)
    if disputed:
        return Status.GRADER_ERROR, disputed, "", ""
    return Status.FAILED, mismatch.message, _(mismatch.help) if mismatch.help else "", ""


def _grader_error(error: BaseException) -> tuple[Status, str, str, str]:
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, pytest.FixtureLookupError):  # whose own text holds no sentence
        message = f"there is no fixture {error.argname!r}, only student, reference and trainer"
        test = error.request.node  # has not run, so that no frame is in its file
        frame = f'  File "{test.path}", line {test.location[1] + 1}, in {test.name}\n'
        return Status.GRADER_ERROR, message, "", trace + frame
    message = f"{type(error).__name__}: {error}"
    if isinstance(error, AttributeError) and hasattr(error.obj, "answer_log"):  # of a Student
        message = (
            f"student has no attribute {error.name!r}; expect(student, {error.name!r}, ...) calls a "
            f"function of the notebook, expect_value(student, {error.name!r}) reads a variable"
        )
    return Status.GRADER_ERROR, message, "", trace


def _members(error: BaseException) -> Iterable[BaseException]:
    return error.exceptions if isinstance(error, BaseExceptionGroup) else ()


def _about_student(*errors: BaseException | None) -> bool:
    return any(isinstance(error, Mismatch | StudentCrash | NotAttempted) for error in errors)
