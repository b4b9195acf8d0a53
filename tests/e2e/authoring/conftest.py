"""The student kit that the tests of a file share."""

import zipfile
from pathlib import Path

import pytest

from autograder.authoring.student_kit import write_kit
from autograder.course.course import find_course


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of this course, unpacked."""
    directory = tmp_path_factory.mktemp("kit")
    write_kit(find_course(Path(__file__).parent), directory / "cnn-student-kit.zip")
    with zipfile.ZipFile(directory / "cnn-student-kit.zip") as archive:
        archive.extractall(directory)
    return directory / "cnn-student-kit"
