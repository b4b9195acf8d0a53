"""A gradebook in a real PostgreSQL server: the same scores, and what a person wrote stays."""

import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.support import postgres
from tests.support.faults import STUDENTS, Class

pytestmark = pytest.mark.skipif(postgres.BIN is None, reason=postgres.MISSING)


def grade(room: Class) -> str:
    completed = subprocess.run(
        [sys.executable, "-m", "autograder.cli.main", "grade"],
        cwd=room.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr
    return completed.stdout


def entries(url: str) -> dict[str, object]:
    actual: dict[str, object] = {}
    with Gradebook(url, "small") as book:
        for student in STUDENTS:
            notebook = book.find_submission_notebook("alpha", "alpha", student)
            for entry in notebook.grades:
                actual[f"{student} {entry.name}"] = (entry.auto_score, entry.manual_score)
            for comment in notebook.comments:
                actual[f"{student} {comment.name}"] = comment.auto_comment
    return actual


def test_a_class_with_its_gradebook_in_postgresql(tmp_path: Path) -> None:
    plain, room = Class(tmp_path / "plain" / "class"), Class(tmp_path / "class")
    grade(plain)
    with postgres.server() as url:
        config = room.root / "nbgrader_config.py"
        config.write_text(config.read_text() + f"\nc.CourseDirectory.db_url = {url!r}\n")
        grade(room)
        assert not room.gradebook.exists()
        actual = entries(url)
        assert actual == entries(f"sqlite:///{plain.gradebook}")
        assert actual["ann add"] == (3.0, None)
        with Gradebook(url, "small") as book:
            book.find_grade("add", "alpha", "alpha", "bob").manual_score = 2.5
            book.db.commit()
        room.drop_cache()
        output = grade(room)
        assert entries(url)["bob add"] == (1.0, 2.5)
        assert "bob" in output
        page = (room.root / "class.html").read_text()
        assert "bob" in page
    assert (room.root / "feedback/bob/alpha/alpha.html").exists()
