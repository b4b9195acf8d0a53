"""A small course with one tested question, one written answer and one task, and answers to them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell

from autograder.course.course import Course
from tests.support.small_course import HEADER, KIT, cell, edit, released_copy

ANSWER = """\
# %% [markdown] nbgrader={"grade": true, "grade_id": "why", "locked": false, "points": 3, \
"schema_version": 3, "solution": true, "task": false}
# Addition does not care about the order of its arguments.
"""
TASK = """\
# %% [markdown] nbgrader={"grade": false, "grade_id": "explore", "locked": true, "points": 2, \
"schema_version": 3, "solution": false, "task": true}
# **Task.** Add two numbers that fool a float, in cells below this one.
#
# ### BEGIN MARK SCHEME
# Expect 0.1 and 0.2, or another pair that is not exact.
# ### END MARK SCHEME
"""
SOLUTION = f"""
# %% [markdown]
# # 1. Adding

{cell("setup-sums", "locked")}
from autograder import check

{cell("add-solution", "solution")}
def add(a, b):
    \"\"\"Sum of two numbers.\"\"\"
    ### BEGIN SOLUTION
    return a + b
    ### END SOLUTION

{cell("add", "grade", points=1)}
check("add")

# %% [markdown]
# Why are add(1, 2) and add(2, 1) equal?

{ANSWER}
{TASK}"""
GRADER = '''\
"""Visible grader of sums."""
import pytest
from autograder.testing import expect

HINTS = {"add": ("Think of +.",)}
RUBRICS = {
    "why": ((2, "Names commutativity."), (1, "Gives an example.")),
    "explore": ((2, "Shows a sum that is not exact."),),
}


@pytest.mark.question("add", points=1)
def test_add_small(student):
    """Two small numbers."""
    expect(student, "add", 1, 2).returns(3)
'''
WRONG = "# %% add other-minus\ndef add(a, b):\n    return a - b\n"
ADD = "def add(a, b):\n    return a + b"


def make_written_course(root: Path) -> Path:
    """Write the course into `root`; nothing is released yet."""
    files = {
        "solutions/sums.py": HEADER + SOLUTION,
        "autograder/graders/sums.py": GRADER,
        "tests/wrong/cells/sums.py": WRONG,
        "pyproject.toml": '[tool.autograder]\ncourse_id = "written"\n',
    }
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    shutil.copy(KIT / "nbgrader_config.py", root)
    edit(root / "nbgrader_config.py", '"cnn"', '"written"')
    return root


def released_written_course(root: Path) -> Course:
    """The same with its release, which is built once in a process."""
    return released_copy(make_written_course, root)


def hand_in(
    course: Course,
    student: str,
    answers: Mapping[str, str],
    note: str = "",
    behind: str = "explore",
    drop: str = "",
) -> Path:
    """A submission with these sources in cells, by their ids; returns its directory.

    `note` is a Markdown cell of the student's `behind` another, and `drop` the id of a cell deleted.
    """
    notebook = nbformat.reads(course.released_notebook("sums").read_text(), as_version=4)
    for notebook_cell in notebook.cells:
        notebook_cell.source = answers.get(notebook_cell.id, notebook_cell.source)
    if note:
        place = next(
            index
            for index, notebook_cell in enumerate(notebook.cells)
            if notebook_cell.id == behind
        )
        notebook.cells.insert(place + 1, new_markdown_cell(note))
    notebook.cells = [notebook_cell for notebook_cell in notebook.cells if notebook_cell.id != drop]
    directory = course.root / "submitted" / student / "sums"
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "sums.ipynb").write_text(nbformat.writes(notebook))
    return directory
