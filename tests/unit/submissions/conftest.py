"""The course and the directory of a submission that tests of several files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.course import Course
from tests.support.small_course import released_course


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A released course, which the tests of a file only read."""
    return released_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where Ada's alpha is handed in, still empty."""
    path = tmp_path / "submitted" / "ada" / "alpha"
    path.mkdir(parents=True)
    return path
