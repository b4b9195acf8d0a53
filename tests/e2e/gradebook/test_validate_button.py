"""nbgrader's Validate, the button in JupyterLab: it says what check() says."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.validator import Validator
from traitlets.config import Config

from autograder.authoring.release import build
from autograder.authoring.validate import filled_in
from autograder.course.course import Course, find_course

ROOT = Path(__file__).resolve().parents[3]
ASSIGNMENTS = ["convolution", "fashion_ladder", "parameters", "pooling", "two_layer_cnn"]


@pytest.fixture(scope="module")
def course() -> Course:
    actual = find_course(ROOT)
    assert set(actual.assignments) == set(ASSIGNMENTS)
    return actual


def validated(path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The grade cells that fail, by their source, with what the student is shown."""
    monkeypatch.setenv("AUTOGRADER_COURSE", str(ROOT))
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    # nbgrader's 30 seconds a cell are for an idle machine.
    patient = Config({"Execute": {"timeout": 1_800, "iopub_timeout": 300}})
    results = Validator(config=patient).validate(str(path))
    assert set(results) <= {"failed"}
    return {cell["source"]: cell["raw_error"] for cell in results.get("failed", [])}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_blank_notebook_is_no_success(
    assignment: str, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"{assignment}.ipynb"
    path.write_bytes(course.released_notebook(assignment).read_bytes())
    failed = validated(path, monkeypatch)
    names = [question.name for question in course.assignments[assignment].questions]
    assert sorted(failed) == sorted(f'check("{name}")' for name in names)
    for name in names:
        output = failed[f'check("{name}")']
        assert f"{name}: not attempted" in output
        assert "autograder/" not in output  # no frames of the kit


@pytest.mark.parametrize("assignment", ["parameters", "pooling"])
def test_a_right_notebook_is_a_success(
    assignment: str, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"{assignment}.ipynb"
    built = build(course)[assignment]
    path.write_bytes(filled_in(built.release, built.source))
    assert validated(path, monkeypatch) == {}
