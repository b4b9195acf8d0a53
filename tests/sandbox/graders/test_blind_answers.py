"""The graders graded by answers of writers who had seen the released notebooks and nothing else."""

from typing import Any

import pytest

from autograder.results.outcome import Status
from autograder.testing.answers import Answer
from tests.support.answers import assert_all_points, catalogues, outcomes

# 2,800 answers take half an hour on two cores, those to questions that train most of it. `make test` grades one
# in eight, and one in 24 of those; `make test ARGS='-m catalogue'` the rest, after a change of a grader.
_TRAIN = ("own-training", "train")
_ONE_IN, _ONE_IN_THAT_TRAIN = 8, 24


def written(kind: str) -> list[Any]:
    """All answers of a kind, "right" or "wrong", as parameters of a test."""
    answers = [answer for answers in catalogues(kind, "blind").values() for answer in answers]
    training = [answer for answer in answers if answer.question in _TRAIN]
    others = [answer for answer in answers if answer.question not in _TRAIN]
    in_ci = {*training[::_ONE_IN_THAT_TRAIN], *others[::_ONE_IN]}
    return [_parameter(answer, outside_ci=answer not in in_ci) for answer in answers]


def _parameter(answer: Answer, *, outside_ci: bool) -> Any:
    return pytest.param(answer, id=str(answer), marks=[pytest.mark.catalogue] * outside_ci)


@pytest.mark.parametrize("right", written("right"))
def test_a_right_answer_earns_all_points(right: Answer) -> None:
    assert_all_points(right)


@pytest.mark.parametrize("wrong", written("wrong"))
def test_a_wrong_answer_does_not(wrong: Answer) -> None:
    actual = outcomes(wrong)
    assert {outcome.status for outcome in actual} <= {*Status} - {Status.GRADER_ERROR}, actual
    assert any(outcome.status is not Status.PASSED for outcome in actual), "a wrong answer passes"
