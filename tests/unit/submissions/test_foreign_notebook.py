"""A notebook of something else is never a blank that silently earns nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.course.course import Course
from autograder.submissions.submission import Submission, read_submission
from tests.support.small_course import load

ADD = "def add(a, b):\n    return a + b"
LACKS = "alpha.ipynb: holds no cell of this assignment's questions"


def code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}


def handed_in(course: Course, directory: Path, *cells: dict[str, Any]) -> Submission:
    notebook = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": list(cells)}
    (directory / "alpha.ipynb").write_text(json.dumps(notebook))
    return read_submission(directory, "alpha", course)


@pytest.mark.parametrize(
    "sources",
    [
        (),
        ("import numpy as np", "print(np.zeros(3))"),
        ("def address(a):\n    return a",),
        ('print("demo", math.pi)',),  # which the release has as well, but not for a question
        ("def add(a, b):\n    raise NotImplementedError",),
    ],
)
def test_a_notebook_of_something_else_is_not_graded(
    course: Course, directory: Path, sources: tuple[str, ...]
) -> None:
    submission = handed_in(course, directory, *map(code, sources))
    assert not submission.readable
    assert submission.problems == [
        f"{LACKS}: it is another notebook, or they were deleted. "
        "Hand in the released one, with your answers in it"
    ]


def test_answers_in_a_new_notebook_are_graded_with_a_note(course: Course, directory: Path) -> None:
    submission = handed_in(course, directory, code(ADD))
    assert submission.readable
    assert submission.is_foreign
    assert f"{LACKS}: add was graded all the same. Write into the released notebook" in (
        submission.problems
    )
    assert ADD in [cell.source for cell in submission.notebook.cells]


def test_answers_in_a_file_beside_it_are_graded_with_a_note(
    course: Course, directory: Path
) -> None:
    (directory / "mine.py").write_text(ADD)
    submission = handed_in(course, directory, code("from mine import *"))
    assert submission.readable
    assert submission.is_foreign
    assert f"{LACKS}: what its Python files define was graded" in submission.problems[0]


@pytest.mark.parametrize("kept", ["add-solution", "double"], ids=["a blank", "a grade cell"])
@pytest.mark.parametrize("has_ids", [True, False])
def test_one_cell_of_a_question_says_which_assignment_it_is(
    course: Course, directory: Path, kept: str, has_ids: bool
) -> None:
    released = load(course.released_notebook("alpha"))
    cell = next(cell for cell in released["cells"] if cell["id"] == kept)
    if not has_ids:
        del cell["id"]
        cell["metadata"] = {}
    submission = handed_in(course, directory, cell)
    assert submission.readable
    assert not submission.is_foreign
    assert "put back, blank" in submission.problems[0]
