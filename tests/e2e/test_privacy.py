"""docs/privacy.md keeps its promises: what names a student, who sees it, and how it is deleted."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import run_module
from tests.support.small_course import hand_in, released_course

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "privacy.md").read_text()
STUDENT, OTHER = "quirina-zobel", "other-student"
ANSWER = "def add(a, b):\n    return a + b  # the-own-words-of-quirina"
OWN_WORDS = "the-own-words-of-quirina"


@pytest.fixture(scope="module")
def class_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of two."""
    root = tmp_path_factory.mktemp("course")
    course = released_course(root)
    hand_in(course, STUDENT, ANSWER)
    hand_in(course, OTHER, "def add(a, b):\n    return 0")
    status, output = run_module(root, "autograder.cli.main", "grade")
    assert status == 0, output
    return root


def files_with(root: Path, text: str) -> Iterator[str]:
    """Files below `root` that hold a text, or have it in their path."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and (text in name or text.encode() in path.read_bytes()):
            yield name


def test_every_place_with_a_name_is_listed(class_root: Path) -> None:
    listed = [
        place.split("<")[0]
        for row in re.findall(r"^\| (`.*?) \|", GUIDE, re.M)
        for place in re.findall(r"`([^`]+)`", row)
    ]
    named = list(files_with(class_root, STUDENT))
    assert named
    for name in named:
        assert any(name.startswith(place) for place in listed), name


def test_a_record_and_the_cache_hold_no_name(class_root: Path) -> None:
    record = class_root / "records" / STUDENT / "alpha.json"
    assert STUDENT.encode() not in record.read_bytes()
    assert not list(files_with(class_root / ".autograder", STUDENT))


def test_no_page_shows_a_student_another(class_root: Path) -> None:
    for text in (STUDENT, OWN_WORDS):
        assert not list(files_with(class_root / "feedback" / OTHER, text))
    own = (class_root / "feedback" / STUDENT / "alpha" / "alpha.html").read_text()
    assert OWN_WORDS in own
    assert OTHER not in own


def test_what_the_guide_deletes_is_gone(class_root: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(class_root, tmp_path / "course", symlinks=True))
    (root / "similarity").mkdir()
    for name in (
        "regrades.txt", "class-part.html", "class-questions.csv", "grades.csv", "grades-questions.csv",
        "worksheet-graded.csv", "similarity/alpha.html",
    ):  # fmt: skip
        (root / name).write_text(STUDENT)
    block = GUIDE.split("To delete it:", 1)[1]
    commands = re.findall(r"^    (.+)$", block, re.M)
    assert len(commands) >= 4
    for command in commands:
        program, *arguments = command.replace("ann", STUDENT).split()
        if program == "rm":
            for path in [path for pattern in arguments[1:] for path in root.glob(pattern)]:
                shutil.rmtree(path, ignore_errors=True)
                path.unlink(missing_ok=True)
        elif program == "sqlite3":
            with sqlite3.connect(root / arguments[0]) as database:
                database.execute(arguments[1].strip('"'))
        else:
            module = {"nbgrader": "nbgrader", "autograder": "autograder.cli.main"}[
                program.removeprefix(".venv/bin/")
            ]
            status, output = run_module(root, module, *arguments)
            assert status == 0, output
    assert not list(files_with(root, STUDENT))
    assert not list(files_with(root, OWN_WORDS))
    assert list(files_with(root, OTHER))
