"""nbgrader zip_collect finds the submissions in archives as Moodle and Canvas write them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from autograder.course.course import Course
from autograder.submissions.class_directory import read_classroom
from autograder.submissions.submission import read_submission
from tests.support.commands import nbgrader
from tests.support.small_course import answered, released_course

ADD = "def add(a, b):\n    return a + b  # of {}"
# What Moodle writes with "Download submissions in folders", in older and newer versions, and without.
MOODLE = {
    "folders": "{}_assignsubmission_file_/{}",
    "newer folders": "{}_assignsubmission_file/{}",
    "files": "{}_assignsubmission_file_{}",
}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return released_course(tmp_path / "course")


def archive(course: Course, files: dict[str, str]) -> None:
    """Lay an archive where zip_collect looks: names of notebooks, and who wrote each."""
    path = course.root / "downloaded/alpha/archive/CNN-alpha-98765.zip"
    path.parent.mkdir(parents=True)
    released = course.released_notebook("alpha").read_bytes()
    with zipfile.ZipFile(path, "w") as bundle:
        for name, author in files.items():
            bundle.writestr(name, answered(released, {"add": ADD.format(author)}))


def collected(course: Course) -> dict[str, str]:
    """Run zip_collect; student -> the answer that is graded."""
    status, output = nbgrader(course.root, "zip_collect", "alpha")
    assert status == 0, output
    assert "Traceback" not in output
    classroom = read_classroom(course, course.root)
    assert classroom.refused == []
    answers = {}
    for job in classroom.jobs:
        submission = read_submission(job.directory, job.assignment, course)
        assert submission.readable, submission.problems
        cells = {cell.id: str(cell.source) for cell in submission.notebook.cells}
        answers[job.student] = cells["add-solution"]
    return answers


@pytest.mark.parametrize("layout", MOODLE)
def test_of_moodle(course: Course, layout: str) -> None:
    names = ("Ada Lovelace", "Jürgen O'Neill-Peña", "李 小龙")
    files = {
        MOODLE[layout].format(f"{name}_{4711 + number}", "alpha.ipynb"): name
        for number, name in enumerate(names)
    }
    files[f"{names[0]}_4711_assignsubmission_onlinetext_/onlinetext.html"] = "nobody"
    archive(course, files)
    assert collected(course) == {name: ADD.format(name) for name in names}


@pytest.mark.parametrize("layout", MOODLE)
def test_a_file_of_moodle_named_like_another_students(course: Course, layout: str) -> None:
    """The one that the student chose the name of stays with the student."""
    spoof = "Ada Lovelace_4711_assignsubmission_file_alpha.ipynb"
    archive(
        course,
        {
            MOODLE[layout].format("Ada Lovelace_4711", "alpha.ipynb"): "Ada",
            MOODLE[layout].format("Eve_4712", spoof): "Eve",
        },
    )
    answers = collected(course)
    assert answers["Ada Lovelace"] == ADD.format("Ada")
    assert answers["Eve"] == ADD.format("Eve")


def test_of_canvas(course: Course) -> None:
    """Its pattern stands in nbgrader_config.py as a comment, to be taken in."""
    config = course.root / "nbgrader_config.py"
    before, mark, after = config.read_text().partition("# Canvas: ")
    assert mark
    config.write_text(before + mark + re.sub(r"^# (?=c\.|    r\"|\))", "", after, flags=re.M))
    archive(
        course,
        {
            "lovelaceada_1234_567890_alpha.ipynb": "Ada",
            "neillpeajrgen_LATE_1235_567891_alpha-1.ipynb": "Jürgen",
        },
    )
    assert collected(course) == {"1234": ADD.format("Ada"), "1235": ADD.format("Jürgen")}
