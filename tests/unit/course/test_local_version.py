"""The version of a course's wheel is one that pip takes, whatever the course is called."""

import pytest
from packaging.version import Version

from autograder.course.kit_wheel import local_version


@pytest.mark.parametrize("course_id", ["cnn", "CNN 101 (spring)", "a__b-", "数学", "Математика"])
def test_every_course_has_a_version_of_its_own(course_id: str) -> None:
    version = Version(f"0.2.0+{local_version(course_id)}")
    assert version.local
    assert version != Version(f"0.2.0+{local_version(f'{course_id} 2')}")
