"""Scores have assignments and questions in the order of the course, which the gradebook does not have."""

import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course.course import Course
from autograder.gradebook.scores import read_scores
from tests.support.answers import COURSE

BY_NAME = ["average-pool", "max-pool", "of-an-old-release", "pool-shape", "pool-size", "seven"]
IN_NOTEBOOK = ["pool-size", "max-pool", "average-pool", "seven", "pool-shape", "of-an-old-release"]


@pytest.fixture
def gradebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gradebook]:
    """An empty gradebook."""
    # A new one is stamped by `alembic`.
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        yield gradebook


@pytest.mark.parametrize(("course", "expected"), [(COURSE, IN_NOTEBOOK), (None, BY_NAME)])
def test_scores_have_the_questions_in_the_order_of_the_notebook(
    gradebook: Gradebook, course: Course | None, expected: list[str]
) -> None:
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


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (COURSE, ["convolution", "pooling", "parameters", "fashion_ladder", "an_old_one"]),
        (None, ["an_old_one", "convolution", "fashion_ladder", "parameters", "pooling"]),
    ],
)
def test_assignments_are_in_the_order_of_the_course(
    gradebook: Gradebook, course: Course | None, expected: list[str]
) -> None:
    for name in ("pooling", "an_old_one", "fashion_ladder", "parameters", "convolution"):
        gradebook.add_assignment(name)
    assert list(read_scores(gradebook, [], [], course=course)) == expected
