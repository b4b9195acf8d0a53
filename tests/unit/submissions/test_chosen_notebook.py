"""Which of the files that were handed in is graded, and that each choice is said."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from autograder.course.course import Course
from autograder.submissions.submission import Submission, read_submission
from tests.support.small_course import load

ADD = "def add(a, b):\n    return b + a  # {}"


def notebook(course: Course, answer: str | None, assignment: str = "alpha") -> bytes:
    content = load(course.released_notebook(assignment))
    for cell in content["cells"]:
        if cell["id"] == "add-solution" and answer is not None:
            cell["source"] = answer
    return json.dumps(content).encode()


def put(directory: Path, name: str, data: bytes) -> None:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def taken(submission: Submission) -> str:
    source = next(cell.source for cell in submission.notebook.cells if cell.id == "add-solution")
    return str(source)


@pytest.mark.parametrize(
    "name",
    [
        *("Copy of alpha.ipynb", "alpha_v2.ipynb", "s123_alpha.ipynb", "alpha.ipynb.txt"),
        *("alpha.json", "alpha", "homework.ipynb", "alpha.IPYNB", "alpha.ipynb.ipynb"),
        *("Kopie von alpha.ipynb", "作业.ipynb", "work/final/mine.ipynb", "a\nb.ipynb"),
        *("alpha.ipynb.download", "alpha.txt", "alpha_final(3).ipynb", "\udcff.ipynb"),
        "very long " * 20 + ".ipynb",
    ],
)
def test_the_only_notebook_with_the_ids_is_it(course: Course, directory: Path, name: str) -> None:
    put(directory, name, notebook(course, ADD))
    put(directory, "notes.ipynb", b'{"nbformat": 4, "metadata": {}, "cells": []}')
    put(directory, "data.json", b'{"rows": [1, 2]}')
    submission = read_submission(directory, "alpha", course)
    assert submission.readable
    assert taken(submission) == ADD
    (line,) = submission.problems
    assert "taken for alpha.ipynb" in line
    assert line.isprintable()
    assert set(submission.files) == {"data.json"}


def test_the_released_name_alone_needs_no_note(course: Course, directory: Path) -> None:
    put(directory, "alpha.ipynb", notebook(course, ADD))
    put(directory, "beta.ipynb", notebook(course, None, "beta"))
    assert read_submission(directory, "alpha", course).problems == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"alpha.ipynb": "1", "alpha (1).ipynb": None}, "alpha.ipynb"),
        ({"alpha.ipynb": "1", "alpha_v2.ipynb": "2"}, "alpha.ipynb"),
        ({"alpha_v2.ipynb": "1", "final.ipynb": "2"}, "final.ipynb"),
        ({"alpha.ipynb": None, "alpha_v2.ipynb": "2"}, "alpha_v2.ipynb"),
        ({"alpha.ipynb": None, "alpha (1).ipynb": None}, "alpha.ipynb"),
        ({"alpha.ipynb": "junk", "s1_alpha.ipynb": "2"}, "s1_alpha.ipynb"),
        ({"alpha.ipynb": "beta", "s1_alpha.ipynb": "2"}, "s1_alpha.ipynb"),
        ({"alpha-Copy1.ipynb": "1", "old/alpha.ipynb.txt": "2"}, "alpha-Copy1.ipynb"),
    ],
)
def test_of_several_each_is_named(
    course: Course, directory: Path, files: dict[str, str | None], expected: str
) -> None:
    contents = {
        "junk": b"junk",
        "beta": notebook(course, None, "beta"),
        None: notebook(course, None),
    }
    for name, answer in files.items():
        put(directory, name, contents.get(answer) or notebook(course, f"# {name}"))
    submission = read_submission(directory, "alpha", course)
    assert submission.readable
    if files[expected] is not None:
        assert taken(submission) == f"# {expected}"
    (line,) = submission.problems
    assert f"took {expected}" in line
    assert all(name in line for name in files)


def test_a_link_is_not_looked_into(course: Course, directory: Path, tmp_path: Path) -> None:
    put(tmp_path, "elsewhere", notebook(course, ADD))
    (directory / "alpha_v2.ipynb").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(directory / "pipe.ipynb")
    submission = read_submission(directory, "alpha", course)
    assert not submission.readable
    assert any("missing" in line for line in submission.problems)


def test_an_archive_in_its_place_is_named(course: Course, directory: Path) -> None:
    put(directory, "alpha.zip", b"PK\3\4")
    submission = read_submission(directory, "alpha", course)
    assert not submission.readable
    assert "alpha.zip was not unpacked" in submission.problems[0]


def test_many_files_are_not_all_looked_into(course: Course, directory: Path) -> None:
    for number in range(300):
        put(directory, f"{number}.ipynb", notebook(course, f"# {number}"))
    put(directory, "alpha.ipynb", notebook(course, ADD))
    submission = read_submission(directory, "alpha", course)
    assert taken(submission) == ADD
    assert "took alpha.ipynb" in submission.problems[0]
    assert len(submission.problems[0]) < 400
