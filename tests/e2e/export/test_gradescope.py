"""Gradescope's layout: a zip that unpacks into it, and the results of a submission in it."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.course.course import find_course
from autograder.course.settings import CourseError
from autograder.export import gradescope
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord
from autograder.sandbox.protocol.errors import SandboxUnavailable

ROOT = Path(__file__).resolve().parents[3]
ADA = ROOT / "tests" / "students" / "ada-all-right"
BEN = ROOT / "tests" / "students" / "ben-all-blank"


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
    found: dict[str, Any] = json.loads((root / "results" / "results.json").read_text())
    return found


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
    found = graded(unpacked, tmp_path)
    assert found["score"] == 0
    assert "pooling.ipynb: missing" in found["output"]


def outcome(question: str, status: Status, **more: Any) -> TestOutcome:
    points = 2.0 if status is Status.PASSED else 0.0
    given = {"title": "A test.", "points": points, "max_points": 2.0, **more}
    return TestOutcome(question=question, status=status, **given)


def test_our_own_failure_is_no_score_and_extra_points_come_on_top() -> None:
    outcomes = [
        outcome("first", Status.PASSED),
        outcome("second", Status.FAILED, message="returned 1", help="You added."),
        outcome("third", Status.GRADER_ERROR),
        outcome("more", Status.PASSED, extra=True),
    ]
    record = GradeRecord(
        assignment="pooling", digest="d", key="k", sandbox="bwrap", outcomes=outcomes
    )
    found = gradescope.results(find_course(ROOT), record)
    first, second, third, more = found["tests"]
    assert found["score"] == 4.0
    assert (first["score"], first["status"]) == (2.0, "passed")
    assert (second["score"], second["status"]) == (0.0, "failed")
    assert "returned 1" in second["output"]
    assert "You added." in second["output"]
    assert not {"score", "max_score", "status"} & third.keys()
    assert "third" in found["output"]
    assert "not your fault" in found["output"]
    assert (more["score"], more["max_score"]) == (2.0, 0.0)


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


def test_an_assignment_that_there_is_none_of(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="no assignment is called 'poling'; there are"):
        gradescope.write_autograder(find_course(ROOT), "poling", tmp_path / "made.zip")
    assert list(tmp_path.iterdir()) == []
