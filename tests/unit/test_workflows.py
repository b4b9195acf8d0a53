"""The workflows on GitHub run the supported Pythons, and the local script runs the same ones."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import pythons

ROOT = Path(__file__).resolve().parents[2]


def workflow(name: str) -> dict[str, Any]:
    actual: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text())
    return actual


def test_the_course_is_checked_on_each_python_that_it_supports() -> None:
    matrix = workflow("course.yml")["jobs"]["course"]["strategy"]["matrix"]
    assert matrix["python"] == pythons.supported() == ["3.11", "3.12", "3.13"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == f">={pythons.supported()[0]}"


def test_the_newest_packages_are_tried_every_week() -> None:
    newest = workflow("newest.yml")
    assert newest[True]["schedule"]  # YAML reads the key `on` as true
    steps = "\n".join(step.get("run", "") for step in newest["jobs"]["newest"]["steps"])
    assert "uv lock --upgrade" in steps
    assert "make test" in steps
    assert newest["permissions"] == {"contents": "read"}


def test_a_python_that_is_not_here_is_skipped_and_a_failure_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = {"3.11": "/usr/bin/python3.11", "3.13": "/opt/python3.13"}
    monkeypatch.setattr(pythons, "find", here.get)
    monkeypatch.setattr(pythons, "run", lambda version, python, arguments: int(version == "3.13"))
    assert pythons.main([]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "3.11: passed (/usr/bin/python3.11)",
        "3.12: skipped, uv finds no Python 3.12 here",
        "3.13: failed (1) (/opt/python3.13)",
    ]
