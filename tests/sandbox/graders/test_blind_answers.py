"""The graders graded by answers of writers who had seen the released notebooks and nothing else."""

import pytest

from autograder.results.outcome import Status
from autograder.testing import Answer
from tests.support.answers import catalogues, outcomes


def written(kind: str) -> list[Answer]:
    """All answers of a kind, "right" or "wrong"."""
    return [answer for answers in catalogues(kind, "blind").values() for answer in answers]


@pytest.mark.parametrize("right", written("right"), ids=str)
def test_a_right_answer_earns_all_points(right: Answer) -> None:
    found = outcomes(right)
    assert found, f"no test belongs to {right.question}"
    for outcome in found:
        text = "\n".join((outcome.title, outcome.message, outcome.traceback))
        assert outcome.status is Status.PASSED, text


@pytest.mark.parametrize("wrong", written("wrong"), ids=str)
def test_a_wrong_answer_does_not(wrong: Answer) -> None:
    found = outcomes(wrong)
    assert {outcome.status for outcome in found} <= {*Status} - {Status.GRADER_ERROR}, found
    assert any(outcome.status is not Status.PASSED for outcome in found), "a wrong answer passes"
