"""Scores name the questions in the order of the notebook, which the gradebook does not have."""

import os
import sys
import warnings
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course.course import Course
from autograder.gradebook.scores import read_scores
from tests.support.answers import COURSE

BY_NAME = ["average-pool", "max-pool", "of-an-old-release", "pool-shape", "pool-size", "seven"]
IN_NOTEBOOK = ["pool-size", "max-pool", "average-pool", "seven", "pool-shape", "of-an-old-release"]


@pytest.mark.parametrize(("course", "expected"), [(COURSE, IN_NOTEBOOK), (None, BY_NAME)])
def test_scores_have_the_questions_in_the_order_of_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, course: Course | None, expected: list[str]
) -> None:
    # A new gradebook is stamped by `alembic`.
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment("pooling")
        gradebook.add_notebook("pooling", "pooling")
        for name in BY_NAME:
            gradebook.add_grade_cell(name, "pooling", "pooling", max_score=1, cell_type="code")
        gradebook.add_student("ada")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SQLAlchemy's about nbgrader
            gradebook.add_submission("pooling", "ada")
        [score] = read_scores(gradebook, [], [], course=course)["pooling"]
    assert [question.name for question in score.questions] == expected
