"""The graders graded: what is right by another way earns all the points of its question."""

from typing import Any

import pytest

from autograder.testing.answers import Answer
from tests.support.answers import COURSE, assert_all_points, catalogues

CATALOGUES = catalogues("right")
ALL = [right for catalogue in CATALOGUES.values() for right in catalogue]


def _parameters() -> list[Any]:
    """All of them; of those to `train`, which take 15 s each, `make test` grades every third."""
    training = [right for right in ALL if right.question == "train"]
    rest = {str(right) for number, right in enumerate(training) if number % 3}
    return [
        pytest.param(right, id=str(right), marks=[pytest.mark.catalogue] * (str(right) in rest))
        for right in ALL
    ]


@pytest.mark.parametrize("right", _parameters())
def test_what_is_right_by_another_way_passes(right: Answer) -> None:
    assert_all_points(right)


@pytest.mark.parametrize("assignment", CATALOGUES)
def test_every_question_has_another_right_answer(assignment: str) -> None:
    questions = {question.name for question in COURSE.assignments[assignment].questions}
    assert {right.question for right in CATALOGUES[assignment]} == questions


def test_no_two_answers_have_the_same_label() -> None:
    assert len({str(right) for right in ALL}) == len(ALL)
