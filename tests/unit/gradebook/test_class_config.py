"""nbgrader_config.py is Python that a course's author changes: a mistake there is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.course import find_course
from autograder.gradebook.class_gradebook import class_config
from autograder.gradebook.errors import GradebookError
from tests.support.small_course import make_course


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("c.CourseDirectory.ignore = (", "'(' was never closed"),
        ("c.CourseDirectory.ignore = ignored", "NameError: name 'ignored' is not defined"),
    ],
)
def test_a_mistake_in_the_settings_of_nbgrader(tmp_path: Path, line: str, reason: str) -> None:
    root = make_course(tmp_path / "course")
    settings = root / "nbgrader_config.py"
    settings.write_text(f"c = get_config()\n{line}\n")
    with pytest.raises(GradebookError) as error:
        class_config(find_course(root), root)
    assert str(error.value) == f"{settings}:2: {reason}. Correct it"
