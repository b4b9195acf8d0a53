"""check() raises where nbgrader validates a notebook, and nowhere else."""

from __future__ import annotations

import pytest

from autograder.notebook import check
from autograder.notebook.check_result import CheckResult, NotRight
from autograder.results.outcome import Status, TestOutcome


def _outcomes(status: Status) -> list[TestOutcome]:
    return [TestOutcome(question="q", title="t", status=status, points=0, max_points=1)]


@pytest.fixture(params=[status for status in Status if status is not Status.PASSED])
def not_right(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    result = CheckResult("q", _outcomes(request.param), 0, "")
    monkeypatch.setattr(check, "_checked_now", lambda question: result)


@pytest.mark.usefixtures("not_right")
def test_an_answer_that_is_not_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    assert "q: " in repr(check.check("q"))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    check.check("q")
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(NotRight, match="q: "):
        check.check("q")


def test_a_right_answer_raises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    result = CheckResult("q", _outcomes(Status.PASSED), 0, "")
    monkeypatch.setattr(check, "_checked_now", lambda question: result)
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert check.check("q") is result


def test_an_unknown_question_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(NotRight, match="No question is called"):
        check.check("nothing of the kind")
