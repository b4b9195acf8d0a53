"""`autograder new`: what it writes is released, validated and graded as it stands, and overwrites nothing."""

import os
import pydoc
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.authoring.new import create, new_assignment
from autograder.authoring.release import build
from autograder.authoring.validate import filled_in
from autograder.cli.main import main
from autograder.course.course import find_course
from autograder.course.settings import CourseError
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.submissions.submission import read_submission
from autograder.testing.answers import read_answers
from tests.support.commands import nbgrader, run_module
from tests.support.small_course import answered


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course as `autograder new course` begins it, with a second assignment, released."""
    place = tmp_path_factory.mktemp("new")
    assert main(["new", "course", str(place / "my-course")]) == 0
    directory = place / "my-course"
    assert main(["--course", str(directory), "new", "assignment", "strides"]) == 0
    assert main(["--course", str(directory), "release"]) == 0
    return directory


def test_it_passes_validate(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--course", str(root), "validate"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "first_steps: the solution earns 3 of 3 points, the blank none",
        "strides: the solution earns 3 of 3 points, the blank none",
    ]


def test_its_settings_name_what_explains_them_in_an_installed_kit(root: Path) -> None:
    named = re.findall(r"pydoc ([\w.]+)`", (root / "pyproject.toml").read_text())
    explained = [pydoc.locate(name) for name in named]
    assert [len(getattr(value, "__doc__", "")) > 200 for value in explained] == [True, True]


def test_its_assignments_are_numbered(root: Path) -> None:
    titles = [assignment.title for assignment in find_course(root).assignments.values()]
    assert titles == ["1. First steps", "2. Strides"]


def test_its_wrong_and_right_answers_are_graded_as_such(root: Path, tmp_path: Path) -> None:
    course = find_course(root)
    release = build(course)["strides"].release
    graders_help = (course.graders / "strides.py").read_text()
    for kind, status in (("wrong", Status.FAILED), ("right", Status.PASSED)):
        for answer in read_answers(root / "tests" / kind / "cells" / "strides.py"):
            folder = tmp_path / kind / "strides"
            folder.mkdir(parents=True)
            notebook = answered(release, {answer.question: answer.source})
            (folder / "strides.ipynb").write_text(notebook)
            record = grade(read_submission(folder, "strides", course), course)
            assert {outcome.status for outcome in record.outcomes} == {status}
            if kind == "wrong":
                assert record.outcomes[0].help in graders_help


def test_it_is_graded_by_the_kit_and_by_nbgrader_alike(root: Path) -> None:
    config = (root / "nbgrader_config.py").read_text()
    assert 'c.CourseDirectory.course_id = "my-course"' in config
    built = build(find_course(root))["first_steps"]
    folder = root / "submitted" / "ann" / "first_steps"
    folder.mkdir(parents=True)
    (folder / "first_steps.ipynb").write_bytes(filled_in(built.release, built.source))
    status, printed = run_module(root, "autograder", "grade")
    assert status == 0, printed
    by_the_kit = scores(root)
    assert by_the_kit == {"ann": 3.0}
    status, printed = nbgrader(root, "autograde", "first_steps", "--force")
    assert status == 0, printed
    assert scores(root) == by_the_kit


def scores(root: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        submissions = gradebook.assignment_submissions("first_steps")
        return {submission.student_id: submission.score for submission in submissions}


def test_it_does_not_overwrite(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    solution = root / "solutions" / "strides.py"
    before = solution.read_bytes()
    assert main(["--course", str(root), "new", "assignment", "strides"]) == 2
    assert "strides.py: exists already" in capsys.readouterr().err
    assert main(["new", "course", str(root)]) == 2
    assert "is not an empty directory" in capsys.readouterr().err
    assert solution.read_bytes() == before


def test_it_writes_all_files_or_none(root: Path) -> None:
    hidden = root / "autograder" / "graders" / "hidden" / "later.py"
    hidden.write_text("# mine\n")
    with pytest.raises(CourseError, match="exists already"):
        new_assignment(find_course(root), "later")
    assert not (root / "solutions" / "later.py").exists()
    hidden.unlink()


@pytest.mark.parametrize(
    "name",
    [
        *("", "Strides", "2d", "a b", "../x", "a/b", "größe", "a-b"),
        *("a_", "a__b", "x" * 41, "class", "hidden"),
    ],
)
def test_an_assignment_is_named_as_a_module_is(root: Path, name: str) -> None:
    with pytest.raises(CourseError, match="cannot name an assignment"):
        new_assignment(find_course(root), name)


@pytest.mark.parametrize("name", ["my course", "größe", '"; import os'])
def test_a_course_is_named_as_a_directory_of_the_exchange(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "course", str(tmp_path / name)]) == 2
    assert "cannot name a course" in capsys.readouterr().err


def test_what_comes_next_names_the_environment_where_the_shell_does_not_know_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    activate = Path(sys.executable).with_name("activate")
    monkeypatch.setenv("PATH", str(activate.parent))
    assert create("course", str(tmp_path / "known"), None)[-1].endswith(
        "known, then make release validate"
    )
    monkeypatch.setenv("PATH", "/nowhere")
    assert f"; source {activate}, then make" in create("course", str(tmp_path / "other"), None)[-1]


def test_what_comes_next_validates_the_new_assignment_alone(root: Path) -> None:
    fill_in, command = create("assignment", "later", root)[-1].split(", then ")
    assert fill_in == "Next: fill in solutions/later.py"
    completed = subprocess.run(
        ["make", "--dry-run", *shlex.split(command)[1:]],
        cwd=root,
        # `make test` would have the inner make name its directory.
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
    )
    assert completed.stdout.splitlines() == [
        "autograder release",
        "autograder validate --assignment later",
    ]
    for path in root.glob("**/later.py"):
        path.unlink()
