"""A gradebook that cannot be read after a run does not take back what the run wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.classroom import class_writer
from autograder.course.course import Course
from autograder.gradebook.errors import GradebookError


def test_the_page_says_why_and_the_run_ends_as_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> str:
        raise GradebookError("gradebook.db: cannot be read (database is locked)")

    monkeypatch.setattr(class_writer, "database", locked)
    writer = class_writer.ClassWriter.__new__(class_writer.ClassWriter)
    writer._course, writer._root, writer._classes = Course(tmp_path, {}), tmp_path, None
    assert "database is locked" in writer.write_class_page()
    assert writer.entries() == {}
