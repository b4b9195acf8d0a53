"""A submission that is graded and written already costs nothing, until something changes."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from nbgrader.api import Gradebook

from autograder.course.course import find_course
from autograder.gradebook.class_gradebook import database
from autograder.gradebook.unchanged import Written
from autograder.results.record import GradeRecord
from autograder.submissions.class_directory import Job
from tests.e2e.classroom.test_grade_class import grade, make_class

PAGE = "feedback/ann/alpha/alpha.html"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that has been graded."""
    root = make_class(tmp_path_factory.mktemp("class"))
    code, output = grade(root)
    assert code == 0, output
    return root


@pytest.fixture
def copied(graded: Path, tmp_path: Path) -> Path:
    """The same class elsewhere, with a note that all of it is written."""
    root = tmp_path / "class"
    shutil.copytree(graded, root)
    Written(find_course(root), root).note(job(root), record(root))
    return root


def job(root: Path) -> Job:
    return Job("ann", "alpha", root / "submitted/ann/alpha")


def record(root: Path) -> GradeRecord:
    return msgspec.json.decode((root / "records/ann/alpha.json").read_bytes(), type=GradeRecord)


def holds(root: Path, grade_record: GradeRecord) -> bool:
    return Written(find_course(root), root).holds(job(root), grade_record)


def book(root: Path) -> Gradebook:
    return Gradebook(database(find_course(root), root), "small")


def _due(root: Path) -> None:
    with book(root) as gradebook:
        gradebook.find_assignment("alpha").duedate = datetime(2020, 1, 1, tzinfo=UTC)
        gradebook.db.commit()


def _other_score(root: Path) -> None:
    with book(root) as gradebook:
        gradebook.find_grade("add", "alpha", "alpha", "ann").auto_score = 1.5
        gradebook.db.commit()


def _a_score_by_hand(root: Path) -> None:
    with book(root) as gradebook:
        gradebook.find_grade("add", "alpha", "alpha", "ann").manual_score = 2.0
        gradebook.db.commit()


def _a_comment_by_hand(root: Path) -> None:
    with book(root) as gradebook:
        comment = gradebook.find_comment("add-solution", "alpha", "alpha", "ann")
        comment.manual_comment = "see me"
        gradebook.db.commit()


def _not_in_the_gradebook(root: Path) -> None:
    with book(root) as gradebook:
        gradebook.remove_submission("alpha", "ann")


def _late(root: Path) -> None:
    (root / "submitted/ann/alpha/timestamp.txt").write_text("2026-01-31 12:00:00 UTC")


def _damaged_page(root: Path) -> None:
    (root / PAGE).unlink()
    (root / PAGE).write_text("<p>half a pa")


def _no_notebook(root: Path) -> None:
    shutil.rmtree(root / "autograded/ann")


def _setting(root: Path) -> None:
    path = root / "nbgrader_config.py"
    path.write_text(path.read_text() + "\nc.LimitOutput.max_lines = 50\n")


def _language(root: Path) -> None:
    path = root / "pyproject.toml"
    path.write_text(path.read_text() + 'language = "zh_CN"\n')


@pytest.mark.parametrize(
    "change",
    [
        _due,
        _other_score,
        _a_score_by_hand,
        _a_comment_by_hand,
        _not_in_the_gradebook,
        _late,
        _damaged_page,
        _no_notebook,
        _setting,
        _language,
    ],
)
def test_what_has_changed_is_to_be_written(copied: Path, change: Callable[[Path], None]) -> None:
    assert holds(copied, record(copied))
    change(copied)
    assert not holds(copied, record(copied))


def test_another_record_is_to_be_written(copied: Path) -> None:
    grade_record = record(copied)
    assert holds(copied, msgspec.structs.replace(grade_record, seconds=grade_record.seconds + 1))
    assert not holds(copied, msgspec.structs.replace(grade_record, seed=grade_record.seed + 1))


def test_a_second_run_writes_nothing_but_a_score_by_hand(graded: Path) -> None:
    assert not rewritten(graded)
    _a_score_by_hand(graded)
    assert rewritten(graded)
    with book(graded) as gradebook:
        assert gradebook.find_grade("add", "alpha", "alpha", "ann").manual_score == 2.0
    assert "2.0 / 3.0" in (graded / PAGE).read_text()


def rewritten(root: Path) -> bool:
    """Whether grading once more writes the page."""
    (root / PAGE).chmod(0o600)
    os.utime(root / PAGE, (1, 1))
    code, output = grade(root)
    assert code == 0, output
    return (root / PAGE).stat().st_mtime != 1
