"""Feedback on GitHub: annotations at the questions, a summary of all, and nothing else printed."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from autograder.authoring.student_kit import write_kit
from autograder.course.course import find_course
from tests.support.small_course import answered

ROOT = Path(__file__).resolve().parents[3]
RIGHT = "def conv_output_size(size, kernel):\n    return size - kernel + 1"
WRONG = "print('::error::forged')\ndef strided_output_size(size, kernel, stride):\n    return 1"
CRASHING = "def same_padding(size, kernel, stride):\n    return 1 / 0"


def run(directory: Path) -> tuple[int, str, str]:
    """Exit status, what was printed, and the summary."""
    summary = directory / "summary.md"
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary), "PYTHONPATH": str(ROOT)}
    completed = subprocess.run(
        [sys.executable, "-m", "autograder.notebook.github_actions"],
        cwd=directory,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return completed.returncode, completed.stdout, summary.read_text()


def hand_in(directory: Path, answers: dict[str, str]) -> Path:
    released = find_course(ROOT).released_notebook("convolution").read_bytes()
    path = directory / "convolution" / "convolution.ipynb"
    path.parent.mkdir()
    path.write_text(answered(released, answers))
    return path


def test_mistakes_are_marked_and_all_is_in_the_summary(tmp_path: Path) -> None:
    answers = {"window": RIGHT, "stride": WRONG, "same-padding": CRASHING}
    path = hand_in(tmp_path, answers)
    status, printed, summary = run(tmp_path)
    assert status == 1
    marks = re.findall(r"::error file=([^,]*),line=(\d+),title=([^:]*)::(.*)\n", printed)
    assert [mark[2] for mark in marks] == ["stride", "same-padding"]
    assert printed.count("\n") == 2  # nothing of what the notebook printed
    lines = path.read_text().splitlines()
    for file, line, question, message in marks:
        assert file == "convolution/convolution.ipynb"
        assert f'"grade_id": "{question}"' in lines[int(line) - 1]
        assert "%0A" in message
    assert "called strided_output_size(5, 3, 1)%0A      returned 1" in marks[0][3]
    assert "ZeroDivisionError" in marks[1][3]
    # As check() says it: hidden tests follow, and words stand for a picture.
    assert "| window | ✓ passes the test here | 1 of 1 |" in summary
    assert "when it is graded)%0A" in marks[0][3]
    assert "A window of 3 begins at 0, 1, 2, of 5 pixels." in marks[0][3]
    assert "There are 3 hints" in marks[0][3]
    assert "the tests here so far" not in printed + summary
    assert "| stride | ✗ not right yet | 0 of 1 |" in summary
    assert "| sharing | ○ not attempted | 0 of 1 |" in summary
    assert "\n          called strided_output_size(5, 3, 1)\n" in summary


def test_it_speaks_the_language_of_the_notebook(tmp_path: Path) -> None:
    chinese = 'from autograder._util.i18n import use_language\nuse_language("zh_CN")'
    hand_in(tmp_path, {"window": chinese, "stride": WRONG})
    _status, printed, summary = run(tmp_path)
    assert "stride: 还不对" in printed
    assert "| 题目 | | 此处测试的得分 |" in summary
    assert "| window | ○ 尚未作答 | 0/1 |" in summary


def test_what_it_says_itself_is_in_the_language_of_the_notebook(tmp_path: Path) -> None:
    hand_in(tmp_path, {"window": 'import os; os._exit(0)\nuse_language("zh_CN")'})
    _status, printed, summary = run(tmp_path)
    assert "convolution/convolution.ipynb 未能运行到底" in printed
    assert "未能运行到底" in summary


def test_what_is_not_attempted_yet_is_no_failure(tmp_path: Path) -> None:
    hand_in(tmp_path, {"window": RIGHT})
    status, printed, summary = run(tmp_path)
    assert (status, printed) == (0, "")
    assert summary.count("not attempted") == 7


@pytest.mark.parametrize("content", ["{", '{"cells": 3}', "import os; os._exit(0)"])
def test_a_notebook_that_cannot_be_run_is_told_in_a_line(tmp_path: Path, content: str) -> None:
    path = hand_in(tmp_path, {"window": content})
    if content.startswith("{"):
        path.write_text(content)
    status, printed, summary = run(tmp_path)
    assert status == 1
    assert printed == (
        "::error file=convolution/convolution.ipynb,line=1,title=convolution::"
        "convolution/convolution.ipynb could not be run to its end\n"
    )
    assert "could not be run" in summary


def test_the_workflow_in_the_kit_installs_its_wheel_and_runs_this(tmp_path: Path) -> None:
    names = write_kit(find_course(ROOT), tmp_path / "kit.zip")
    (wheel,) = (name for name in names if name.endswith(".whl"))
    with zipfile.ZipFile(tmp_path / "kit.zip") as archive:
        workflow = yaml.safe_load(archive.read("kit/.github/workflows/check.yml"))
    commands = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert commands == [
        f'python -m pip install --quiet "./{wheel}[keras]"',
        "python -m autograder.notebook.github_actions",
    ]


def test_the_workflow_of_the_course_runs_what_ci_runs() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/course.yml").read_text())
    assert workflow["jobs"]["course"]["steps"][-1] == {"run": ".ci/run"}
