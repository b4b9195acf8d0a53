"""What goes back to Canvas: the notebook that was handed in, whatever its name, if it was graded."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.export.canvas_feedback import file_of, graded_notebook
from autograder.gradebook.scores import Score, Student
from autograder.submissions.archive import Member
from autograder.submissions.hand_ins import HandIn


def member(path: str) -> Member:
    return Member((path,), 2, None, "", lambda: b"{}")


@pytest.mark.parametrize("name", ["alpha.ipynb", "Mine.IPYNB"])
def test_the_one_notebook_is_found_by_its_path_in_the_archive(name: str) -> None:
    path = f"lovelaceada_12_34_{name}"
    hand_in = HandIn("ada", {name: member(path), "notes.txt": member("notes")})
    assert file_of(hand_in, "alpha") == path


@pytest.mark.parametrize(
    ("notebooks", "expected"),
    [
        ({"mine.ipynb": {"alpha"}, "scratch.ipynb": set()}, "mine.ipynb"),
        ({"mine.ipynb": {"alpha"}, "other.ipynb": {"beta"}}, "mine.ipynb"),
        ({"mine.ipynb": {"alpha"}, "again.ipynb": {"alpha"}}, ""),
        ({"mine.ipynb": {"alpha"}, "alpha.ipynb": {"alpha"}}, "alpha.ipynb"),
        ({"mine.ipynb": set(), "scratch.ipynb": set()}, ""),
    ],
)
def test_a_renamed_notebook_is_found_beside_another(
    notebooks: dict[str, set[str]], expected: str
) -> None:
    files = {name: member(name) for name in notebooks}
    held = {name: assignments for name, assignments in notebooks.items() if assignments}
    assert file_of(HandIn("ada", files, notebooks=held), "alpha") == expected


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"{}", b"[]", b'{"nbformat": 4, "cells": 3}'])
def test_a_graded_notebook_that_is_damaged_is_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "autograded" / "ada" / "alpha" / "alpha.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    assert (
        graded_notebook(tmp_path, Score(Student("ada", "", "", "", ""), "alpha", 3.0), {}) is None
    )
