"""A question that a person has yet to look at has no points in the file of questions, as in the others."""

from __future__ import annotations

from autograder.export import csv_files
from autograder.gradebook.scores import QuestionScore, Score, Student


def test_the_automatic_0_of_an_unreadable_notebook_is_no_score_yet() -> None:
    questions = (
        QuestionScore("add", 0.0, 3.0, waiting=True),
        QuestionScore("double", 1.0, 1.0, waiting=False, by_hand=True),
    )
    ada = Student("ada", "", "", "", "")
    score = Score(ada, "alpha", 4.0, submitted=True, waiting=True, questions=questions)
    assert score.final is None
    assert csv_files._questions(score) == [
        ["ada", "alpha", "add", None, 3.0, 1],
        ["ada", "alpha", "double", 1.0, 1.0, 0],
    ]
