"""The graders graded by answers of writers who had seen the released notebooks and nothing else."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet

from autograder.results.outcome import Status
from autograder.testing import Answer
from tests.support.answers import assert_all_points, catalogues, outcomes

# Their tests train networks, for 4 to 12 seconds an answer.
TRAINING = ("train", "own-training")


def written(kind: str) -> Iterator[ParameterSet]:
    """All answers of a kind, "right" or "wrong"; three in four of those that train are slow tests."""
    for answers in catalogues(kind, "blind").values():
        training = [answer for answer in answers if answer.question in TRAINING]
        for answer in answers:
            is_slow = answer in training and training.index(answer) % 4
            marks = [pytest.mark.slow] if is_slow else []
            yield pytest.param(answer, id=str(answer), marks=marks)


@pytest.mark.parametrize("right", list(written("right")))
def test_a_right_answer_earns_all_points(right: Answer) -> None:
    assert_all_points(right)


@pytest.mark.parametrize("wrong", list(written("wrong")))
def test_a_wrong_answer_does_not(wrong: Answer) -> None:
    found = outcomes(wrong)
    assert {outcome.status for outcome in found} <= {*Status} - {Status.GRADER_ERROR}, found
    assert any(outcome.status is not Status.PASSED for outcome in found), "a wrong answer passes"
