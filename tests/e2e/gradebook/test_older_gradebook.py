"""A gradebook of an older nbgrader is named as that, with a remedy that works."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.settings import jupyter_settings
from tests.support.small_course import KIT, hand_in, released_course

REFUSAL = "made by an older nbgrader (its table student has no lms_user_id). Copy it, then run "
REFUSAL += "`.venv/bin/nbgrader db upgrade` in the course's directory"
# The tables of nbgrader 0.4 as its own upgrade finds them, with a class of one student.
OLD = """
CREATE TABLE student (id VARCHAR(128) NOT NULL, first_name VARCHAR(128), last_name VARCHAR(128),
    email VARCHAR(128), PRIMARY KEY (id));
CREATE TABLE assignment (id VARCHAR(32) NOT NULL, name VARCHAR(128) NOT NULL, duedate DATETIME,
    PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE notebook (id VARCHAR(32) NOT NULL, name VARCHAR(128) NOT NULL,
    assignment_id VARCHAR(32), PRIMARY KEY (id), UNIQUE (name, assignment_id),
    FOREIGN KEY(assignment_id) REFERENCES assignment (id));
CREATE TABLE submitted_assignment (id VARCHAR(32) NOT NULL, assignment_id VARCHAR(32),
    student_id VARCHAR(128), timestamp DATETIME, extension DATETIME, PRIMARY KEY (id),
    UNIQUE (assignment_id, student_id));
CREATE TABLE submitted_notebook (id VARCHAR(32) NOT NULL, assignment_id VARCHAR(32),
    notebook_id VARCHAR(32), flagged BOOLEAN, late_submission_penalty FLOAT, PRIMARY KEY (id),
    UNIQUE (notebook_id, assignment_id));
CREATE TABLE grade_cell (id VARCHAR(32) NOT NULL, name VARCHAR(128) NOT NULL, max_score FLOAT
    NOT NULL, cell_type VARCHAR(8) NOT NULL, notebook_id VARCHAR(32), PRIMARY KEY (id));
CREATE TABLE solution_cell (id VARCHAR(32) NOT NULL, name VARCHAR(128) NOT NULL,
    notebook_id VARCHAR(32), PRIMARY KEY (id));
CREATE TABLE source_cell (id VARCHAR(32) NOT NULL, name VARCHAR(128) NOT NULL, cell_type VARCHAR(8)
    NOT NULL, locked BOOLEAN NOT NULL, source TEXT, checksum VARCHAR(128),
    notebook_id VARCHAR(32), PRIMARY KEY (id));
CREATE TABLE grade (id VARCHAR(32) NOT NULL, notebook_id VARCHAR(32), cell_id VARCHAR(32),
    auto_score FLOAT, manual_score FLOAT, needs_manual_grade BOOLEAN NOT NULL, PRIMARY KEY (id),
    UNIQUE (cell_id, notebook_id));
CREATE TABLE comment (id VARCHAR(32) NOT NULL, notebook_id VARCHAR(32), cell_id VARCHAR(32),
    auto_comment TEXT, manual_comment TEXT, PRIMARY KEY (id), UNIQUE (cell_id, notebook_id));
INSERT INTO student (id) VALUES ('ada');
INSERT INTO assignment (id, name) VALUES ('a', 'alpha');
INSERT INTO notebook VALUES ('n', 'alpha', 'a');
INSERT INTO submitted_assignment (id, assignment_id, student_id) VALUES ('s', 'a', 'ada');
INSERT INTO submitted_notebook (id, assignment_id, notebook_id) VALUES ('sn', 's', 'n');
INSERT INTO grade_cell VALUES ('g1', 'add', 3, 'code', 'n'), ('g2', 'double', 1, 'code', 'n');
INSERT INTO solution_cell VALUES ('s1', 'add-solution', 'n'), ('s2', 'double-solution', 'n');
INSERT INTO source_cell (id, name, cell_type, locked, notebook_id) VALUES
    ('c1', 'setup-alpha', 'code', 1, 'n'), ('c2', 'add-solution', 'code', 0, 'n'),
    ('c3', 'add', 'code', 1, 'n'), ('c4', 'double-solution', 'code', 0, 'n'),
    ('c5', 'double', 'code', 1, 'n');
INSERT INTO comment (id, notebook_id, cell_id) VALUES ('k1', 'sn', 's1'), ('k2', 'sn', 's2');
INSERT INTO grade VALUES ('x1', 'sn', 'g1', 1, 2.5, 0), ('x2', 'sn', 'g2', 1, NULL, 0);
"""


@pytest.fixture(scope="module")
def old_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = released_course(tmp_path_factory.mktemp("course"))
    hand_in(course, "ada", "def add(a, b):\n    return a + b")
    with closing(sqlite3.connect(course.root / "gradebook.db")) as database:
        database.executescript(OLD)
    (course.root / "autograded/ada/alpha").mkdir(parents=True)
    shutil.copy(course.released_notebook("alpha"), course.root / "autograded/ada/alpha")
    return course.root


@pytest.fixture
def root(old_class: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(old_class, tmp_path / "course"))


def run(root: Path, *command: str) -> tuple[int, str]:
    """A command in a shell in which no virtual environment is activated."""
    environment = {"HOME": str(root), "PATH": os.defpath, "PYTHONPATH": str(KIT)}
    environment |= jupyter_settings(root / "settings")
    completed = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    output = completed.stdout + completed.stderr
    assert "Traceback" not in output
    return completed.returncode, output


@pytest.mark.parametrize(
    "command", ["grade", "report", "class-page", "confirm-scores", "export csv"]
)
def test_a_command_of_the_kit_says_it_and_changes_nothing(root: Path, command: str) -> None:
    before = (root / "gradebook.db").read_bytes()
    status, output = run(root, "autograder", *command.split())
    assert status != 0
    assert output.count(REFUSAL) == 1
    assert (root / "gradebook.db").read_bytes() == before


@pytest.mark.parametrize("command", ["autograde alpha", "generate_feedback alpha", "export"])
def test_a_command_of_nbgrader_says_it(root: Path, command: str) -> None:
    with closing(sqlite3.connect(root / "gradebook.db")) as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('b6d005d67074')")
        database.commit()
    status, output = run(root, "nbgrader", *command.split())
    assert status != 0
    assert output.count(REFUSAL) == 1


def test_the_remedy_keeps_every_score(root: Path) -> None:
    status, output = run(root, "nbgrader", "db", "upgrade")
    assert status == 0, output
    status, output = run(root, "autograder", "report")
    assert status == 0, output
    assert "ada" in output
    assert "3.5" in output
    status, output = run(root, "autograder", "grade")
    assert status == 0, output
    assert "by hand still count" in output
