"""The registered course that tests of several files share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.authoring.release import sources
from autograder.course.course import Course, find_course
from autograder.gradebook import gradebook
from tests.support.small_course import released_course


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released course with an empty gradebook and the kit's nbgrader_config.py."""
    course = released_course(tmp_path_factory.mktemp("course"))
    gradebook.register(course, course.root, sources(course))
    return course.root


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Course:
    """A copy of it for one test."""
    return find_course(Path(shutil.copytree(released, tmp_path / "course")))
