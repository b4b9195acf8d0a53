"""Exports name the questions in the order of the notebook, which the gradebook does not have."""

import pytest

from autograder.export import base
from autograder.gradebook.scores import QuestionScore, Score, Student
from tests.support.answers import COURSE

BY_NAME = ["average-pool", "max-pool", "of-an-old-release", "pool-shape", "pool-size", "seven"]
IN_NOTEBOOK = ["pool-size", "max-pool", "average-pool", "seven", "pool-shape", "of-an-old-release"]


def test_an_export_has_the_questions_in_the_order_of_the_notebook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questions = tuple(QuestionScore(name, 1.0, 1.0, waiting=False) for name in BY_NAME)
    ada = Score(Student("ada", "", "", "", ""), "pooling", 14.0, questions=questions)
    monkeypatch.setattr(base, "read_scores", lambda *_: {"pooling": [ada]})
    exporter = base.Exporter()
    exporter.course = COURSE
    [score] = exporter.scores(None)["pooling"]
    assert [question.name for question in score.questions] == IN_NOTEBOOK
