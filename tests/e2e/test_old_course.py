"""A course of version 0.1.0, with its settings, graders, records and gradebook, goes on working."""

import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.results.outcome import Status
from autograder.results.record import read_record
from tests.support.commands import nbgrader, run_module

OLD = Path(__file__).resolve().parents[1] / "support" / "version_0_1_0"
RECORD = Path("records/ada/alpha.json")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    shutil.copytree(OLD, tmp_path / "course")
    return tmp_path / "course"


def score(course: Path) -> float:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return float(gradebook.find_submission("alpha", "ada").score)


def test_its_records_and_its_gradebook_can_be_read(course: Path) -> None:
    record = read_record(course / RECORD)
    assert record.status("add") is Status.PASSED
    assert record.total() == score(course) == 3
    status, output = run_module(course, "autograder", "report")
    assert status == 0, output
    assert "ada" in output


def test_its_grades_can_be_verified_and_given_again(course: Path) -> None:
    status, output = run_module(course, "autograder", "verify")
    assert status == 0, output
    assert "ada/alpha: the same grade" in output
    before = read_record(course / RECORD)
    status, output = run_module(course, "autograder", "release")
    assert status == 0, output
    status, output = run_module(course, "autograder", "grade")
    assert status == 0, output
    after = read_record(course / RECORD)
    assert after.outcomes == before.outcomes
    assert score(course) == 3


def test_its_settings_work_in_nbgrader_and_say_what_to_write(course: Path) -> None:
    for command in ("autograde", "generate_feedback"):
        status, output = nbgrader(course, command, "alpha", "--force")
        assert status == 0, output
    assert output.count("Write autograder.nbgrader_plugins.FeedbackExporter") == 1
    assert score(course) == 3
    page = (course / "feedback/ada/alpha/alpha.html").read_text()
    assert "Content-Security-Policy" in page
