"""The graders graded by answers of writers who had seen the released notebooks and nothing else."""

import pytest

from autograder.results.outcome import Status
from autograder.testing import Answer
from tests.support.answers import assert_all_points, catalogues, outcomes


def written(kind: str) -> list[Answer]:
    """All answers of a kind, "right" or "wrong"."""
    return [answer for answers in catalogues(kind, "blind").values() for answer in answers]


@pytest.mark.parametrize("right", written("right"), ids=str)
def test_a_right_answer_earns_all_points(right: Answer) -> None:
    assert_all_points(right)


@pytest.mark.parametrize("wrong", written("wrong"), ids=str)
def test_a_wrong_answer_does_not(wrong: Answer) -> None:
    found = outcomes(wrong)
    assert {outcome.status for outcome in found} <= {*Status} - {Status.GRADER_ERROR}, found
    assert any(outcome.status is not Status.PASSED for outcome in found), "a wrong answer passes"
