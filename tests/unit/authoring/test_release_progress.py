"""A command that runs all solutions, or builds a wheel, says so before it takes its time."""

from pathlib import Path

import pytest

from autograder.authoring.release import build
from autograder.course.course import find_course
from autograder.course.kit_wheel import kit_wheel
from tests.support.small_course import configured_course


def test_making_the_notebooks_is_announced_and_reading_them_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = find_course(configured_course(tmp_path / "course"))
    build(course)
    assert capsys.readouterr() == (
        "",
        f"runs the solutions of {len(course.assignments)} assignments\n",
    )
    build(course)
    assert capsys.readouterr() == ("", "")


def test_building_the_wheel_is_announced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kit_wheel(find_course(configured_course(tmp_path / "course")))
    assert capsys.readouterr() == ("", "builds the kit's wheel\n")
