"""check() on what a person grades: it says so, with the rubric, and counts it in no progress."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.notebook import check
from autograder.notebook.visible_graders import questions_of, visible_graders
from tests.support.written_course import make_written_course


@pytest.fixture(autouse=True)
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The course whose graders check() runs."""
    make_written_course(tmp_path)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(tmp_path))
    monkeypatch.setattr(check, "_checked", {})
    visible_graders.cache_clear()
    yield
    visible_graders.cache_clear()


def test_it_says_who_grades_and_by_what() -> None:
    assert repr(check.check("why")).splitlines() == [
        "why: a person grades this, by:",
        "  2 points: Names commutativity.",
        "  1 point: Gives an example.",
    ]


def test_a_hint_is_the_rubric_if_there_is_no_other() -> None:
    assert repr(check.hint("why")) == repr(check.check("why"))


def test_the_overview_has_a_row_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_namespace", lambda: {"add": lambda a, b: a + b})
    monkeypatch.setenv("JPY_SESSION_NAME", "sums.ipynb")
    lines = repr(check.check()).splitlines()
    assert lines[1:] == [
        "why      graded by a person",
        "explore  graded by a person",
        "The one question with tests in this notebook passes them here.",
    ]


def test_nbgraders_validate_takes_it_for_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    check.check("explore")


def test_the_workflow_on_github_runs_its_tests_alone() -> None:
    assert questions_of("sums") == ["add"]
