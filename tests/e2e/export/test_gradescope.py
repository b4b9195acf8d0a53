"""Gradescope's layout: a zip that unpacks into it, and the results of a submission in it."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from nbformat import NotebookNode

from autograder.course.course import find_course
from autograder.course.settings import CourseError
from autograder.export import gradescope
from autograder.results.outcome import Status, TestOutcome
from autograder.results.pictures import Confusion
from autograder.results.record import GradeRecord
from autograder.sandbox.protocol.errors import SandboxUnavailable
from autograder.submissions.submission import Submission
from tests.support.commands import run_here
from tests.support.small_course import configured_course, released_course

ROOT = Path(__file__).resolve().parents[3]
ADA = ROOT / "tests" / "students" / "ada-all-right"
BEN = ROOT / "tests" / "students" / "ben-all-blank"
SUBMISSION = Submission("ada", "pooling", NotebookNode())


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """/autograder, with the zip of `pooling` unpacked as its source and this environment in it."""
    root = tmp_path_factory.mktemp("autograder")
    gradescope.write_autograder(find_course(ROOT), "pooling", root / "pooling.zip")
    with zipfile.ZipFile(root / "pooling.zip") as archive:
        archive.extractall(root / "source")
        for name in ("setup.sh", "run_autograder"):
            mode = archive.getinfo(name).external_attr >> 16
            assert mode & 0o111
            (root / "source" / name).chmod(mode)
    (root / "source" / ".venv" / "bin").mkdir(parents=True)
    program = root / "source" / ".venv" / "bin" / "autograder"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m autograder.cli.main "$@"\n')
    program.chmod(0o755)
    shutil.copy(root / "source" / "run_autograder", root)
    (root / "results").mkdir()
    return root


def graded(root: Path, student: Path) -> dict[str, Any]:
    """The results that run_autograder leaves for one student."""
    shutil.rmtree(root / "submission", ignore_errors=True)
    shutil.copytree(student / "pooling", root / "submission")
    (root / "results" / "results.json").unlink(missing_ok=True)
    environment = {
        **os.environ,
        "AUTOGRADER_ROOT": str(root),
        "PYTHONPATH": str(root / "source"),
    }
    subprocess.run(["./run_autograder"], cwd=root, env=environment, check=True, capture_output=True)
    actual: dict[str, Any] = json.loads((root / "results" / "results.json").read_text())
    return actual


def test_right_and_blank_in_the_layout_of_gradescope(unpacked: Path) -> None:
    points = find_course(ROOT).assignments["pooling"].points
    right = graded(unpacked, ADA)
    assert right["score"] == points
    assert sum(test["score"] for test in right["tests"]) == points
    assert sum(test["max_score"] for test in right["tests"]) == points
    assert {test["status"] for test in right["tests"]} == {"passed"}
    assert right["tests"][0]["number"] == "1.1"
    blank = graded(unpacked, BEN)
    assert blank["score"] == 0
    assert [test["name"] for test in blank["tests"]] == [test["name"] for test in right["tests"]]
    assert all("not attempted" in test["output"] for test in blank["tests"])
    assert {test["status"] for test in blank["tests"]} == {"failed"}


def test_the_shell_scripts_are_sound(unpacked: Path) -> None:
    for name in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n", unpacked / "source" / name], check=True)


def test_what_is_missing_is_told_and_scores_nothing(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "pooling").mkdir()
    (tmp_path / "pooling" / "notes.txt").write_text("I handed in the wrong file.")
    actual = graded(unpacked, tmp_path)
    assert actual["score"] == 0
    assert "pooling.ipynb: missing" in actual["output"]
    assert actual["output"].startswith("This could not be graded. A person looks at it")
    for test in actual["tests"]:  # a person may find the work in another file
        assert not {"score", "max_score", "status"} & test.keys()
        assert "This could not be graded." in test["output"]
        assert "not attempted" not in test["output"]


def test_a_notebook_of_something_else_does_not_count_as_failed() -> None:
    outcomes = [outcome("pool-size", Status.NOT_ATTEMPTED), outcome("max-pool", Status.FAILED)]
    record = GradeRecord(
        assignment="pooling", digest="d", key="k", sandbox="bwrap", outcomes=outcomes
    )
    foreign = Submission("ada", "pooling", NotebookNode(), is_foreign=True)
    actual = gradescope.results(find_course(ROOT), record, foreign)
    assert actual["output"].startswith("This could not be graded. A person looks at it")
    first, second = actual["tests"]
    assert not {"score", "max_score", "status"} & (first.keys() | second.keys())
    assert "This could not be graded." in first["output"]
    assert "not right yet" in second["output"]
    right = msgspec.structs.replace(record, outcomes=[outcome("pool-size", Status.PASSED)])
    actual = gradescope.results(find_course(ROOT), right, foreign)
    assert [test["score"] for test in actual["tests"]] == [2.0]
    assert actual["output"] == ""


def outcome(question: str, status: Status, **more: Any) -> TestOutcome:
    points = 2.0 if status is Status.PASSED else 0.0
    given = {"title": "A test.", "points": points, "max_points": 2.0, **more}
    return TestOutcome(question=question, status=status, **given)


def test_our_own_failure_is_no_score_and_extra_points_come_on_top() -> None:
    outcomes = [
        outcome("first", Status.PASSED),
        outcome(
            "second",
            Status.FAILED,
            message="returned [`1`] < 2",
            help="You `add`ed.",
            pictures=(Confusion.from_counts("Confused", ["shirt", "coat"], [[1, 2], [3, 4]]),),
        ),
        outcome("third", Status.GRADER_ERROR),
        outcome("more", Status.PASSED, extra=True),
    ]
    record = GradeRecord(
        assignment="pooling", digest="d", key="k", sandbox="bwrap", outcomes=outcomes
    )
    actual = gradescope.results(find_course(ROOT), record, SUBMISSION)
    first, second, third, more = actual["tests"]
    assert actual["score"] == 4.0
    assert (first["score"], first["status"]) == (2.0, "passed")
    assert (second["score"], second["status"]) == (0.0, "failed")
    # HTML with the picture: Gradescope shows text as it is, with the marks of Markdown in it.
    assert second["output_format"] == "html"
    assert "returned [`1`] &lt; 2" in second["output"]
    assert "You <code>add</code>ed." in second["output"]
    assert 'src="data:image/png;base64,' in second["output"]
    assert not {"score", "max_score", "status"} & third.keys()
    assert "third" in actual["output"]
    assert "not your fault" in actual["output"]
    assert (more["score"], more["max_score"]) == (2.0, 0.0)


@pytest.mark.parametrize(
    ("setting", "visibility"),
    [("", "visible"), ('gradescope_hidden = "after_due_date"', "after_due_date")],
)
def test_hidden_tests_are_seen_when_the_course_says_so(
    tmp_path: Path, setting: str, visibility: str
) -> None:
    root = configured_course(tmp_path / "course")
    (root / "pyproject.toml").write_text(f"[tool.autograder]\n{setting}\n")
    outcomes = [outcome("add", Status.PASSED), outcome("add", Status.FAILED, hidden=True)]
    record = GradeRecord(
        assignment="alpha", digest="d", key="k", sandbox="bwrap", outcomes=outcomes
    )
    results = gradescope.results(find_course(root), record, SUBMISSION)
    assert [test["visibility"] for test in results["tests"]] == ["visible", visibility]


def test_another_time_for_hidden_tests_is_refused(tmp_path: Path) -> None:
    root = configured_course(tmp_path / "course")
    (root / "pyproject.toml").write_text('[tool.autograder]\ngradescope_hidden = "later"\n')
    with pytest.raises(CourseError, match="Invalid enum value 'later'"):
        find_course(root)


@pytest.mark.parametrize("runs", [True, False])
def test_setup_takes_a_python_that_runs(unpacked: Path, tmp_path: Path, runs: bool) -> None:
    """A version manager has a command for every Python, of which those without one run nothing."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("python3.13", "python3.12", "python3.11", "python3", "make"):
        (tools / name).write_text("#!/bin/sh\nexit 127\n")
    if runs:
        (tools / "python3.12").write_text("#!/bin/sh\nexit 0\n")
    (tools / "make").write_text('#!/bin/sh\necho "$@" >&2\nexit 9\n')
    for path in tools.iterdir():
        path.chmod(0o755)
    for name in ("bash", "dirname", "readlink"):
        (tools / name).symlink_to(shutil.which(name) or name)
    completed = subprocess.run(
        [tools / "bash", unpacked / "source" / "setup.sh"],
        env={"PATH": str(tools)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if runs:
        assert completed.returncode == 9
        assert "PYTHON=python3.12 .tools/bin/uv" in completed.stderr
    else:
        assert completed.returncode == 1
        assert "No Python from 3.11 to 3.13 runs here" in completed.stderr


def test_without_a_sandbox_nobody_gets_a_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_sandbox(*_: object) -> None:
        raise SandboxUnavailable("no user namespaces here")

    monkeypatch.setattr(gradescope, "grade", no_sandbox)
    (tmp_path / "submission").mkdir()
    with pytest.raises(CourseError, match="nothing was graded: no user namespaces here"):
        gradescope.run(find_course(ROOT), "pooling", tmp_path)
    assert not (tmp_path / "results").exists()


def test_a_release_that_is_not_of_the_solutions_is_refused(tmp_path: Path) -> None:
    """As `make grade` refuses it: students would be compared with another solution than theirs."""
    course = released_course(tmp_path / "course")
    solution = course.assignments["alpha"].path
    solution.write_text(solution.read_text().replace("Sum of", "The sum of", 1))
    status, output = run_here(course.root, "gradescope", "alpha")
    assert status != 0
    assert "assignments/alpha/alpha.ipynb: not up to date. Run `make release`" in output
    assert not (course.root / "dist").exists()


def test_an_assignment_that_there_is_none_of(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="poling: no assignment has this name"):
        gradescope.write_autograder(find_course(ROOT), "poling", tmp_path / "made.zip")
    assert list(tmp_path.iterdir()) == []
