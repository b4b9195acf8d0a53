"""Roster, due dates, extensions and dropped students, from the settings to gradebook, page and exports."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course.course import Course, find_course
from tests.support.commands import nbgrader, run_here, run_module
from tests.support.small_course import hand_in, released_course

ROSTER = """\
id,first_name,last_name,email,dropped
ada,Ada,Lovelace,ada@example.org,
bob,Bob,Byte,bob@example.org,
cyd,Cyd,Charisse,cyd@example.org,
gus,Gus,Gone,gus@example.org,{}
"""
SETTINGS = """
roster = "roster.csv"

[tool.autograder.due]
alpha = "2026-11-01 13:00 +0100"

[tool.autograder.extensions.alpha]
bob = "2026-11-08 12:00 UTC"
"""
PENALTY = "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
RIGHT = "def add(a, b):\n    return a + b"


def settings(root: Path, text: str) -> None:
    (root / "pyproject.toml").write_text(f'[tool.autograder]\ncourse_id = "small"\n{text}')


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class graded with these settings: ada and bob handed in three days late, gus is there yet."""
    course = released_course(tmp_path_factory.mktemp("course"))
    root = course.root
    (root / "roster.csv").write_text(ROSTER.format(""))
    settings(root, SETTINGS)
    with (root / "nbgrader_config.py").open("a") as file:
        file.write(PENALTY)
    for student in ("ada", "bob", "gus"):
        directory = hand_in(course, student, RIGHT)
        (directory / "timestamp.txt").write_text("2026-11-04 12:00:00 UTC\n")
    status, output = run_module(root, "autograder.cli.main", "grade")
    assert status == 0, output
    assert "ada, bob, cyd, gus: added to the gradebook" in output
    assert "alpha: due 2026-11-01 12:00 UTC" in output
    assert "bob/alpha: due 2026-11-08 12:00 UTC (extension)" in output
    return root


@pytest.fixture
def root(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


def grades(root: Path) -> dict[str, dict[str, str]]:
    """Student -> the row of alpha, by the kit's export."""
    (root / "out.csv").unlink(missing_ok=True)
    (root / "out-questions.csv").unlink(missing_ok=True)
    status, output = run_here(root, "export", "csv", "--to", str(root / "out.csv"))
    assert status == 0, output
    with (root / "out.csv").open(newline="") as file:
        return {
            row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == "alpha"
        }


def test_late_is_who_is_late_by_an_own_due_date(root: Path) -> None:
    rows = grades(root)
    assert list(rows) == ["ada", "bob", "cyd", "gus"]
    assert [row["score"] for row in rows.values()] == ["0.0", "3.0", "", "0.0"]
    assert rows["cyd"]["email"] == "cyd@example.org"
    status, output = run_here(root, "report")
    assert status == 0
    late = [line for line in output.splitlines() if "late" in line and "│" in line]
    assert {line.split("│")[1].strip() for line in late} == {"ada", "gus"}


@pytest.mark.parametrize("by_nbgrader", [False, True])
def test_without_its_time_a_hand_in_is_in_time_again(root: Path, by_nbgrader: bool) -> None:
    """Its first time was kept, with the points off for it, whatever became of the file."""
    stamp = root / "submitted" / "ada" / "alpha" / "timestamp.txt"
    stamp.unlink()
    if by_nbgrader:
        with pytest.MonkeyPatch.context() as patched:
            patched.chdir(root)
            status, output = nbgrader(root, "autograde", "alpha", "--student", "ada", "--force")
    else:
        status, output = run_here(root, "grade")
    assert status == 0, output
    row = grades(root)["ada"]
    assert (row["timestamp"], row["late_submission_penalty"], row["score"]) == ("", "0.0", "3.0")


def test_what_is_there_already_is_not_written_again(root: Path) -> None:
    assert run_here(root, "roster") == (0, "The gradebook has all of it already.\n")


def test_a_dropped_student_is_on_no_page_and_in_no_export(root: Path) -> None:
    assert "Gone" in (root / "class.html").read_text()
    (root / "roster.csv").write_text(ROSTER.format("yes"))
    assert "gus" not in grades(root)
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(root)
        status, output = nbgrader(root, "export", "--to", "theirs.csv")
    assert status == 0, output
    assert "gus" not in (root / "theirs.csv").read_text()
    assert run_here(root, "class-page")[0] == 0
    assert "Gone" not in (root / "class.html").read_text()
    status, output = run_here(
        root, "export", "csv", "--student", "gus", "--to", str(root / "gus.csv")
    )
    assert status == 1
    assert "gus: is dropped in the roster" in output
    status, output = run_here(root, "grade")
    assert status == 0
    assert "Dropped in the roster, not graded: gus" in output
    assert "note gus: dropped; no page and no export has the scores" in run_here(root, "roster")[1]
    with Gradebook(f"sqlite:///{root}/gradebook.db", "small") as gradebook:
        assert gradebook.find_submission("alpha", "gus").score == 3
    (root / "roster.csv").write_text(ROSTER.format(""))
    assert "gus" in grades(root)


def test_an_extension_taken_back_costs_the_points_again(root: Path) -> None:
    assert run_here(root, "grade")[0] == 0  # what has not changed since is not written again
    settings(root, SETTINGS.replace("bob =", "ada ="))
    status, output = run_here(root, "grade")
    assert status == 0, output
    assert "bob/alpha: no extension any more" in output
    assert "ada/alpha: due 2026-11-08 12:00 UTC (extension)" in output
    rows = grades(root)
    assert (rows["ada"]["score"], rows["bob"]["score"]) == ("3.0", "0.0")


def test_names_in_the_gradebook_follow_the_roster(root: Path) -> None:
    (root / "roster.csv").write_text(
        ROSTER.format("").replace("Byte", "Bit").replace("cyd,", "sid,")
    )
    status, output = run_here(root, "roster")
    assert status == 0
    assert "bob: last name as in the roster" in output
    assert "sid: added to the gradebook" in output
    assert "note cyd: in the gradebook, not in roster.csv" in output


LATE = """
[tool.autograder.late]
percent_per_day = 20
grace_minutes = 30
"""


def test_late_work_loses_a_share_for_each_day_on_both_paths(root: Path) -> None:
    """ada is two days and 23 hours late, so that a third day is begun; bob has an extension."""
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text().replace(PENALTY, ""))
    settings(root, SETTINGS + LATE)
    status, output = run_here(root, "grade")
    assert status == 0, output
    rows = grades(root)
    lost = {name: row["late_submission_penalty"] for name, row in rows.items()}
    assert float(lost["ada"]) == pytest.approx(0.6 * 3)
    assert float(lost["bob"]) == 0
    status, output = nbgrader(root, "autograde", "alpha", "--force")
    assert status == 0, output
    assert {name: row["score"] for name, row in grades(root).items()} == {
        name: row["score"] for name, row in rows.items()
    }


def test_a_penalty_that_nothing_applies_is_refused(root: Path) -> None:
    config = root / "nbgrader_config.py"
    line = 'c.AssignLatePenalties.plugin_class = "autograder.nbgrader_plugins.LatePenalty"'
    config.write_text(config.read_text().replace(line, ""))
    settings(root, SETTINGS + LATE)
    status, output = run_here(root, "grade")
    assert status == 1
    assert f"nothing there applies [tool.autograder.late]. Add the line {line}" in output


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "[tool.autograder] has no roster, due or extensions"),
        ('[tool.autograder.due]\nalfa = "2026-11-01 12:00"', "due]: alfa: no assignment has this name"),
        ('[tool.autograder.due]\nalpha = "soon"', "due]: alpha: not a time. Write 2026-01-31"),
        ('[tool.autograder.due]\nalpha = "2026-11-01"', "due]: alpha: a day without a time"),
        ('[tool.autograder.due]\nalpha = "2026-11-01 12:00 CST"', "time zone CST is unknown or"),
        ('[tool.autograder.extensions.beta]\nada = "2026-11-01 12:00"', "beta]: the assignment has no due date"),
        ('roster = "roster.csv"\n[tool.autograder.extensions.alpha]\neve = "2026-11-01 12:00"', "has the id eve"),
        ('roster = "none.csv"', "none.csv: cannot be read"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_used_are_refused_in_one_line(
    root: Path, text: str, message: str
) -> None:
    settings(root, text)
    status, output = run_here(root, "roster")
    assert status == 2
    assert message in output
    assert output.count("\n") == 1


def test_the_example_class_has_no_roster(tmp_path: Path) -> None:
    course: Course = released_course(tmp_path / "course")
    (course.root / "roster.csv").write_text(ROSTER.format("yes"))
    settings(course.root, SETTINGS)
    students = course.root / "tests" / "students" / "gus"
    hand_in(course, "gus", RIGHT)
    students.mkdir(parents=True)
    (course.root / "submitted" / "gus" / "alpha").rename(students / "alpha")
    shutil.rmtree(course.root / "submitted")
    assert find_course(course.root).config.roster
    status, output = run_here(course.root, "grade")
    assert status == 0, output
    assert "added to the gradebook" not in output
    assert "gus" in output
