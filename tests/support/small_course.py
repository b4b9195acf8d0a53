"""A course of two tiny assignments, written into a directory for a test."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import nbformat

from autograder.authoring.release import release
from autograder.course.course import Course, find_course

KIT = Path(__file__).resolve().parents[2]
HEADER = """\
# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---
"""


def cell(name: str, role: str, points: float | None = None) -> str:
    """The line that begins an nbgrader cell."""
    metadata = {
        "grade": role == "grade",
        "grade_id": name,
        "locked": role != "solution",
        "schema_version": 3,
        "solution": role == "solution",
        "task": False,
    }
    if points is not None:
        metadata["points"] = points
    return f"# %% nbgrader={json.dumps(metadata, sort_keys=True)}"


ALPHA = f"""
# %% [markdown]
# # Adding
# The sum of 1 and 2 is {{{{add(1, 2)}}}};
# a product is {{{{ 24*24*25:, }}}}. See Conv2D.

{cell("setup-alpha", "locked")}
import math

from autograder import check

# %% [markdown]
# ## Question 1
# Write `add`.

{cell("add-solution", "solution")}
def add(a, b):
    \"\"\"Sum of two numbers.\"\"\"
    ### BEGIN SOLUTION
    return a + b
    ### END SOLUTION

{cell("add", "grade", points=3)}
check("add")

# %%
print("demo", math.pi)

{cell("double-solution", "solution")}
def double(a):
    \"\"\"Twice a number.\"\"\"
    ### BEGIN SOLUTION
    return 2 * a
    ### END SOLUTION

{cell("double", "grade", points=1)}
check("double")
"""

BETA = f"""
# %% [markdown]
# # Multiplying

# %%
from autograder import check

{cell("times-solution", "solution")}
def times(a, b):
    ### BEGIN SOLUTION
    return a * b
    ### END SOLUTION

{cell("times", "grade", points=1)}
check("times")
"""

ALPHA_GRADER = '''\
"""Visible grader of alpha."""
import pytest
from autograder.testing import expect

HINTS = {
    "add": ("Think of +.", "Return the sum."),
    "double": ("Think of add.",),
}


@pytest.mark.question("add", points=1)
def test_add_small(student):
    """Two small numbers."""
    expect(student, "add", 1, 2).returns(3)


@pytest.mark.question("double", points=1)
def test_double(student):
    """Twice three."""
    expect(student, "double", 3).returns(6)
'''

ALPHA_HIDDEN = '''\
"""Hidden grader of alpha."""
import pytest
from autograder.testing import expect


@pytest.mark.question("add", points=2)
def test_add_any(student, reference):
    """Larger numbers."""
    expect(student, "add", 20, 30).returns(reference.add(20, 30))
'''

BETA_GRADER = '''\
"""Visible grader of beta."""
import pytest
from autograder.testing import expect

HINTS = {"times": ["Think of *."]}


@pytest.mark.question("times", points=1)
def test_times(student):
    """A small product."""
    expect(student, "times", 2, 3).returns(6)
'''


WRONG = '''\
"""Wrong solutions of alpha."""
from types import SimpleNamespace

WRONG = [SimpleNamespace(question="add"), SimpleNamespace(question="double")]
'''


def make_course(root: Path) -> Path:
    """Write the course into `root` and return it; nothing is released yet.

    Alpha has wrong solutions, beta has none.
    """
    files = {
        "solutions/alpha.py": HEADER + ALPHA,
        "solutions/beta.py": HEADER + BETA,
        "autograder/graders/alpha.py": ALPHA_GRADER,
        "autograder/graders/hidden/alpha.py": ALPHA_HIDDEN,
        "autograder/graders/beta.py": BETA_GRADER,
        "tests/wrong/alpha.py": WRONG,
        "pyproject.toml": '[tool.autograder]\ncourse_id = "small"\n',
    }
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def configured_course(root: Path) -> Path:
    """The same course with the kit's nbgrader_config.py; returns its directory."""
    make_course(root)
    shutil.copy(KIT / "nbgrader_config.py", root)
    edit(root / "nbgrader_config.py", '"cnn"', '"small"')
    return root


def released_course(root: Path) -> Course:
    """The same with its release, which is built once in a process and copied for each test."""
    return released_copy(configured_course, root)


def released_copy(make: Callable[[Path], Path], root: Path) -> Course:
    """The course that `make` writes into a directory, with its release; built once in a process."""
    shutil.copytree(_released(make), root, dirs_exist_ok=True)
    return find_course(root)


_kept: list[tempfile.TemporaryDirectory[str]] = []  # each is removed when the process ends


@cache
def _released(make: Callable[[Path], Path]) -> Path:
    _kept.append(tempfile.TemporaryDirectory(prefix="small-course-"))
    root = make(Path(_kept[-1].name) / "course")
    release(find_course(root))
    return root


def edit(path: Path, old: str, new: str) -> None:
    """Replace the one place of `old` in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def answered(notebook: bytes, answers: Mapping[str, str]) -> str:
    """The text of a notebook with other sources in the blanks of some questions, by their names."""
    parsed = nbformat.reads(notebook.decode(), as_version=4)
    for cell in parsed.cells:
        if cell.id.endswith("-solution"):
            cell.source = answers.get(cell.id.removesuffix("-solution"), cell.source)
    return nbformat.writes(parsed)


def line_of(path: Path, text: str) -> int:
    """The first line that holds `text`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def load(path: Path) -> dict:
    """A notebook as plain JSON."""
    return json.loads(path.read_text(encoding="utf-8"))


def hand_in(course: Course, student: str, add: str | None) -> Path:
    """A submission of alpha with `add` in that blank, or as it was released; its directory."""
    directory = course.root / "submitted" / student / "alpha"
    directory.mkdir(parents=True)
    released = course.released_notebook("alpha").read_bytes()
    text = answered(released, {"add": add}) if add else released.decode()
    (directory / "alpha.ipynb").write_text(text)
    return directory
