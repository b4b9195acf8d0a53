"""What instructor and student see of a notebook of something else: a note, and never a silent 0."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course.course import Course
from tests.support.commands import run_module
from tests.support.small_course import released_course

SOURCES = {
    "other": "print('of another course')",
    "right": "def add(a, b):\n    return a + b",
    "wrong": "def add(a, b):\n    return []",
}
LACKS = "alpha.ipynb: holds no cell of this assignment's questions"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, str]:
    """A class that handed in new notebooks, graded; and what `autograder grade` said."""
    course = released_course(tmp_path_factory.mktemp("course"))
    for student, source in SOURCES.items():
        directory = course.root / "submitted" / student / "alpha"
        directory.mkdir(parents=True)
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
        notebook = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}
        (directory / "alpha.ipynb").write_text(json.dumps(notebook))
    status, output = run_module(course.root, "autograder", "grade")
    assert status == 0, output  # everything was graded, however students did
    return course, output


def test_the_report_has_a_note_and_says_who_waits(graded: tuple[Course, str]) -> None:
    _, output = graded
    assert f"note other/alpha: {LACKS}: it is another notebook, or they were deleted" in output
    for student in ("right", "wrong"):
        assert f"note {student}/alpha: {LACKS}: add was graded all the same" in output
    rows = {
        name: next(row for row in output.splitlines() if f"│ {name} " in row) for name in SOURCES
    }
    assert "0 * waits" in rows["other"]
    assert "0 * waits" in rows["wrong"]
    assert "3 *" in rows["right"]
    assert "waits" not in rows["right"]


def test_the_gradebook_waits_for_a_look(graded: tuple[Course, str]) -> None:
    course, _ = graded
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        waiting = {
            name: {
                grade.needs_manual_grade
                for grade in book.find_submission_notebook("alpha", "alpha", name).grades
            }
            for name in SOURCES
        }
        comment = book.find_comment("add-solution", "alpha", "alpha", "other").comment
    assert waiting == {"other": {True}, "right": {False}, "wrong": {True}}
    assert comment.startswith(f"This could not be graded. {LACKS}")


def test_the_pages_say_it(graded: tuple[Course, str]) -> None:
    course, _ = graded
    page = (course.root / "class.html").read_text()
    waiting = page.partition("waits for a grade by hand")[2].partition("</ul>")[0]
    assert "other" in waiting
    assert "wrong" in waiting
    assert "right" not in waiting
    for student in SOURCES:
        path = Path("feedback") / student / "alpha" / "alpha.html"
        feedback = (course.root / path).read_text()
        assert "Notes on this submission" in feedback
        assert "holds no cell of this assignment" in feedback
