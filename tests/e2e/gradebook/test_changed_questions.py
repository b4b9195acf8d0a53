"""A question is renamed, removed or given other points when scores are there: as an instructor does it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from nbgrader.api import Gradebook

from autograder.submissions.class_directory import LOCK
from tests.support.commands import run_here, run_module
from tests.support.small_course import hand_in, released_course

RIGHT = "def add(a, b):\n    return a + b"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada's right answer and Bob's blank, graded; Ada's scores were then given by hand."""
    course = released_course(tmp_path_factory.mktemp("course"))
    hand_in(course, "ada", RIGHT)
    hand_in(course, "bob", None)
    status, output = run_module(course.root, "autograder.cli.main", "grade")
    assert status == 0, output
    with book(course.root) as gradebook:
        for question, score in (("add", 2.5), ("double", 0.5)):
            grade = gradebook.find_grade(question, "alpha", "alpha", "ada")
            grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()
    return course.root


@pytest.fixture
def root(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


def book(root: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{root}/gradebook.db", "small")


def change(root: Path, *patterns: tuple[str, str]) -> None:
    """Replace in solution and graders, and release."""
    graders = root / "autograder" / "graders"
    for path in (root / "solutions/alpha.py", graders / "alpha.py", graders / "hidden/alpha.py"):
        text = path.read_text()
        for old, new in patterns:
            text = re.sub(old, new, text)
        path.write_text(text)
    status, output = run_here(root, "release")
    assert status == 0, output


def rename(root: Path) -> None:
    """Call `add` `sum` from now on; the function keeps its name."""
    change(
        root,
        (r'"grade_id": "add', '"grade_id": "sum'),
        (r'check\("add"\)', 'check("sum")'),
        (r'question\("add"', 'question("sum"'),
        (r'"add": \(', '"sum": ('),
        (r'"add": (\d)', r'"sum": \1'),
    )


def scores(root: Path) -> dict[tuple[str, str], float | None]:
    """(student, question) -> the score by hand."""
    with book(root) as gradebook:
        return {
            (str(submission.student.id), str(grade.name)): grade.manual_score
            for submission in gradebook.assignment_submissions("alpha")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def test_a_renamed_question_takes_its_scores_along(root: Path) -> None:
    before = (root / "gradebook.db").read_bytes()
    assert run_here(root, "update-questions") == (
        0, "The gradebook has the questions and points of the course.\n",
    )  # fmt: skip
    rename(root)
    status, output = run_here(root, "grade")
    assert status == 1
    assert "`.venv/bin/autograder update-questions` says what becomes of them" in output
    status, output = run_here(root, "update-questions")
    assert status == 0
    assert (
        "alpha: add is removed, and its scores and comments of 2 submissions are deleted; by hand are 1"
        in output
    )
    assert "alpha: sum is new" in output
    assert "alpha: scores by hand that stay as they are: double (1)" in output
    assert "If add is only called sum now: --rename add=sum." in output
    status, output = run_here(root, "update-questions", "--apply")
    assert (status, output.count("would lose all scores")) == (2, 1)
    status, output = run_here(root, "update-questions", "--rename", "add=sum")
    assert status == 0
    assert "alpha: add becomes sum; the scores and comments of 2 submissions go with it" in output
    assert "Nothing was changed." in output
    assert (root / "gradebook.db").read_bytes() == before
    status, output = run_here(root, "update-questions", "--rename", "add=sum", "--apply")
    assert status == 0, output
    assert scores(root) == {
        ("ada", "sum"): 2.5, ("ada", "double"): 0.5, ("bob", "sum"): None, ("bob", "double"): None,
    }  # fmt: skip
    (copy,) = root.glob("gradebook.db.before-*")
    assert copy.stat().st_mode & 0o077 == 0
    status, output = run_module(root, "autograder.cli.main", "grade")
    assert status == 0, output
    assert scores(root)["ada", "sum"] == 2.5
    # Whether the answer is still that which the points were given for, a person has to say.
    assert "CONFIRM ada/alpha: sum: 2.5 of 3 by hand still count" in output
    assert "double: 0.5" not in output
    with book(root) as gradebook:
        assert gradebook.find_grade("sum", "alpha", "alpha", "ada").auto_score == 3
    assert run_here(root, "update-questions")[1].startswith("The gradebook has the questions")


def test_moved_points_are_said_and_change_no_score_by_hand(root: Path) -> None:
    change(
        root,
        (r'("grade_id": "add", .*?"points": )3', r"\g<1>2"),
        (r'("grade_id": "double", .*?"points": )1', r"\g<1>2"),
        (r'question\("add", points=2\)', 'question("add", points=1)'),
        (r'question\("double", points=1\)', 'question("double", points=2)'),
    )
    status, output = run_here(root, "update-questions")
    assert status == 0
    assert "alpha: add has 2 points instead of 3; by hand are 1 (ada 2.5); above it: ada" in output
    assert "alpha: double has 2 points instead of 1; by hand are 1 (ada 0.5)\n" in output
    assert run_here(root, "update-questions", "--apply")[0] == 0
    with book(root) as gradebook:
        assert gradebook.find_grade_cell("double", "alpha", "alpha").max_score == 2
    assert scores(root)["ada", "add"] == 2.5


def test_a_removed_question_is_named_and_the_others_keep_theirs(root: Path) -> None:
    text = (root / "solutions" / "alpha.py").read_text()
    start, end = (
        text.index('# %% nbgrader={"grade": false, "grade_id": "double-solution"'),
        len(text),
    )
    (root / "solutions" / "alpha.py").write_text(text[:start] + text[end:])
    grader = root / "autograder" / "graders" / "alpha.py"
    kept = grader.read_text().partition('@pytest.mark.question("double"')[0]
    grader.write_text(re.sub(r' +"double".*\n', "", kept))
    assert run_here(root, "release")[0] == 0
    status, output = run_here(root, "update-questions", "--remove", "double", "--apply")
    assert status == 0, output
    assert "alpha: double is removed" in output
    assert scores(root) == {("ada", "add"): 2.5, ("bob", "add"): None}
    status, output = run_here(root, "report")
    assert status == 0
    assert "double" not in output


def test_a_new_read_only_cell_changes_no_score(root: Path) -> None:
    solution = root / "solutions" / "alpha.py"
    text = solution.read_text()
    setup = next(line for line in text.splitlines() if '"setup-alpha"' in line)
    solution.write_text(f"{text}\n{setup.replace('setup-alpha', 'more-alpha')}\nimport random\n")
    assert run_here(root, "release")[0] == 0
    before = scores(root)
    status, output = run_here(root, "update-questions")
    assert (status, "alpha: read-only cells are others now; no score changes" in output) == (
        0,
        True,
    )
    assert run_here(root, "update-questions", "--apply")[0] == 0
    assert scores(root) == before
    assert run_here(root, "update-questions")[1].startswith("The gradebook has the questions")


def test_nothing_is_done_while_a_run_grades(root: Path) -> None:
    rename(root)
    with FileLock(root / LOCK):
        status, output = run_here(root, "update-questions", "--rename", "add=sum", "--apply")
    assert (status, output) == (1, "A run is grading this class; wait for it to end.\n")


def test_a_rename_that_fits_nothing_is_refused(graded: Path) -> None:
    status, output = run_here(graded, "update-questions", "--rename", "add=times", "--apply")
    assert (status, output.count("\n")) == (2, 1)
    assert "no assignment with scores has lost add and got times" in output
