"""A released blank never hides a function or a value that the student wrote elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course.cells import is_run
from autograder.course.course import Course
from autograder.submissions.notebook_json import StudentCell
from autograder.submissions.repair import repair
from autograder.submissions.submission import Submission, read_submission
from tests.support.small_course import load

ADD = "def add(a, b):\n    return b + a"
DOUBLE = "def double(a):\n    return a + a"
BLANKS = ("add-solution", "double-solution")


def cells_to_run(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if is_run(cell)]


class HandIn:
    """A notebook of alpha that a student changes and hands in."""

    def __init__(self, course: Course, directory: Path) -> None:
        self._course, self.directory = course, directory
        self.cells: list[dict[str, Any]] = load(course.released_notebook("alpha"))["cells"]
        directory.mkdir(parents=True)

    def cell(self, name: str) -> dict[str, Any]:
        return next(cell for cell in self.cells if cell.get("id") == name)

    def remove(self, name: str) -> None:
        self.cells.remove(self.cell(name))

    def own(self, source: str, before: str = "", behind: str = "") -> None:
        at = self.cells.index(self.cell(before or behind)) + bool(behind)
        self.cells.insert(
            at, {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
        )

    def read(self) -> Submission:
        notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": self.cells}
        (self.directory / "alpha.ipynb").write_text(json.dumps(notebook))
        submission = read_submission(self.directory, "alpha", self._course)
        assert submission.readable
        return submission


@pytest.fixture
def hand_in(course: Course, tmp_path: Path) -> HandIn:
    return HandIn(course, tmp_path / "submitted" / "ada" / "alpha")


def namespace(submission: Submission) -> dict[str, Any]:
    """What is defined when the cells that grading runs have run, as plain Python."""
    names: dict[str, Any] = {}
    for cell in cells_to_run(submission.notebook):
        source = "\n".join(line for line in cell.source.split("\n") if not line.startswith("%"))
        try:
            exec(source, names)
        except Exception as error:
            names[f"error in {cell.id}"] = error
    return names


def answers(submission: Submission) -> tuple[object, object]:
    names = namespace(submission)
    results = []
    for call in ("add(20, 30)", "double(4)"):
        try:
            results.append(eval(call, names))
        except (NotImplementedError, NameError) as error:
            results.append(type(error))
    return results[0], results[1]


STATES = {
    "left": None,
    "deleted": None,
    "emptied": "",
    "raise alone": "raise NotImplementedError",
    "without docstring": "def double(a):\n    raise NotImplementedError()",
    "with a remark": "def double(a):\n    # see above\n    raise NotImplementedError('above')",
    "pass": "def double(a):\n    pass",
    "dots": "def double(a):\n    '''Twice a number.'''\n    ...",
    "decorated": "@print\ndef double(a):\n    pass",
    "windows": "def double(a):\r\n    pass\r\n",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("place", ["blank", "own cell in front", "own cell behind", "magic"])
def test_two_answers_in_one_cell(hand_in: HandIn, state: str, place: str) -> None:
    merged = f"{DOUBLE}\n\n{ADD}"
    if place in ("blank", "magic"):
        hand_in.cell("add-solution")["source"] = "%%time\n" * (place == "magic") + merged
    elif place == "own cell in front":
        hand_in.own(merged, before="add-solution")
    else:
        hand_in.own(merged, behind="double-solution")
    if state == "deleted":
        hand_in.remove("double-solution")
    elif STATES[state] is not None:
        hand_in.cell("double-solution")["source"] = STATES[state]
    submission = hand_in.read()
    assert answers(submission) == (50, 8)
    hidden = place != "own cell behind" and state not in ("emptied", "raise alone")
    if place == "blank" and hidden:
        assert any("double of cell" in line for line in submission.problems)
    elif not hidden and place == "blank":
        assert submission.problems == []


@pytest.mark.parametrize("name", BLANKS)
def test_a_blank_that_nobody_answered_stays_as_it_is(hand_in: HandIn, name: str) -> None:
    released = "".join(hand_in.cell(name)["source"])
    submission = hand_in.read()
    assert next(c.source for c in submission.notebook.cells if c.id == name) == released
    assert answers(submission) == (NotImplementedError, NotImplementedError)


def test_the_later_of_two_answers_counts(hand_in: HandIn) -> None:
    hand_in.cell("add-solution")["source"] = f"{ADD}\n\ndef double(a):\n    return 0"
    hand_in.cell("double-solution")["source"] = DOUBLE
    assert answers(hand_in.read()) == (50, 8)


def test_a_copy_of_the_blank_hides_nothing_either(hand_in: HandIn) -> None:
    hand_in.cell("add-solution")["source"] = f"{ADD}\n\n{DOUBLE}"
    hand_in.own("def double(a):\n    raise NotImplementedError()", behind="double-solution")
    assert answers(hand_in.read()) == (50, 8)


@pytest.mark.parametrize(
    "definition",
    [
        "double = lambda a: 2 * a",
        "if True:\n    def double(a):\n        return 2 * a",
        "from operator import neg as double\ndouble = lambda a: 2 * a",
        "other, double = 1, lambda a: 2 * a",
        "try:\n    double\nexcept NameError:\n    double = lambda a: 2 * a",
        "!ls\ndef double(a):\n    return 2 * a",
    ],
)
def test_every_way_to_define_a_name(hand_in: HandIn, definition: str) -> None:
    hand_in.own(definition, before="double-solution")
    source = next(c.source for c in hand_in.read().notebook.cells if c.id == "double-solution")
    assert "NotImplementedError" not in source


@pytest.mark.parametrize("line", ["from mine import *", "from mine import double", "%run mine.py"])
def test_an_answer_in_a_file_of_the_students(hand_in: HandIn, line: str) -> None:
    (hand_in.directory / "mine.py").write_text(DOUBLE)
    hand_in.own(line, before="double-solution")
    source = next(c.source for c in hand_in.read().notebook.cells if c.id == "double-solution")
    assert "NotImplementedError" not in source


@pytest.mark.parametrize(
    "source",
    [
        "print(double)",
        "def use():\n    double = 1\n    return double",
        "def double(a:\n    return 2 * a",
        '"""\ndef double(a):\n    return 2 * a\n"""',
        "from math import *",
        "(" * 5000 + "double",
        "-" * 60_000 + "double",
    ],
)
def test_a_name_that_is_not_defined_leaves_the_blank(hand_in: HandIn, source: str) -> None:
    hand_in.own(source, before="double-solution")
    released = "".join(hand_in.cell("double-solution")["source"])
    blank = next(c.source for c in hand_in.read().notebook.cells if c.id == "double-solution")
    assert blank == released


@pytest.mark.parametrize("name", ["setup-alpha", "add", "double"])
def test_an_answer_in_a_cell_that_grading_does_not_run(hand_in: HandIn, name: str) -> None:
    hand_in.cell("add-solution")["source"] = ADD
    hand_in.cell(name)["source"] = f"{DOUBLE}\ncheck = print"
    submission = hand_in.read()
    assert answers(submission) == (50, 8)
    assert any(f"double stands in {name}" in line for line in submission.problems)


def test_a_locked_cell_runs_as_released_where_the_answer_stands_elsewhere(hand_in: HandIn) -> None:
    hand_in.cell("double-solution")["source"] = DOUBLE
    hand_in.cell("add")["source"] = "def double(a):\n    return 0"
    assert [c.id for c in cells_to_run(hand_in.read().notebook) if c.id.startswith("own")] == []


def template(*cells: tuple[str, str, str]) -> nbformat.NotebookNode:
    """A released notebook of these cells: a name, what it is for, its source."""
    notebook = nbformat.v4.new_notebook()
    for name, role, source in cells:
        nbgrader = {"grade_id": name, "solution": role == "blank", "locked": role == "locked"}
        metadata = {"tags": ["exploration"]} if role == "exploration" else {"nbgrader": nbgrader}
        notebook.cells.append(nbformat.v4.new_code_cell(source, id=name, metadata=metadata))
    return notebook


def repaired(released: nbformat.NotebookNode, *cells: tuple[str, str]) -> list[str]:
    """The sources that run where a student handed in these cells."""
    own = [StudentCell("code", source, cell_id=name) for name, source in cells]
    return [cell.source for cell in cells_to_run(repair(released, own, "a.ipynb", {}, []).notebook)]


GIVEN = "rate = None\n\ndef given():\n    return 1\n\ndef answer():\n    raise NotImplementedError"


def test_values_and_given_functions_of_a_left_blank() -> None:
    released = template(("one", "blank", "x = None"), ("two", "blank", GIVEN))
    mine = "rate = 5\n\ndef given():\n    return 2"
    first, second = repaired(released, ("one", f"x = 1\n{mine}"), ("two", GIVEN))
    assert first == f"x = 1\n{mine}"
    names: dict[str, Any] = {}
    exec(f"{first}\n{second}", names)
    assert (names["rate"], names["given"]()) == (5, 2)
    assert "def answer" in second


def test_what_was_filled_in_there_counts() -> None:
    released = template(("one", "blank", "x = None"), ("two", "blank", GIVEN))
    filled = GIVEN.replace("rate = None", "rate = 7")
    *_, second = repaired(released, ("one", "x = 1\nrate = 5"), ("two", filled))
    assert "rate = 7" in second


def test_an_answer_in_a_cell_for_exploring_is_run() -> None:
    released = template(("one", "blank", "def f():\n    pass"), ("try", "exploration", "train()"))
    mine = "def f():\n    return 1"
    assert mine in repaired(released, ("one", "def f():\n    pass"), ("try", mine))
    released = template(("one", "blank", "def f():\n    pass"), ("try", "exploration", "train()"))
    assert repaired(released, ("one", mine), ("try", "f()\ntrain()")) == [mine]
