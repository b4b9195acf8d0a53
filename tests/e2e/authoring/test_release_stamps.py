"""A class need not wait until its release is made anew: solutions/released.json says what it was made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.authoring import release as module
from autograder.authoring.release import build, not_up_to_date, release, sources
from autograder.course.course import Course, find_course
from autograder.course.release_stamps import NAME, stamped
from tests.support.small_course import edit, load, make_course
from tests.support.written_course import make_written_course

KIT = find_course(Path(__file__).parent)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A released course, as a new clone has it: nothing is known from an earlier run."""
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    root = make_course(tmp_path / "course")
    release(find_course(root))
    for path in sorted((root / ".autograder/built").iterdir()):
        path.unlink()
    return find_course(root)


def test_solutions_are_not_executed(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module, "reference", None)
        assert not_up_to_date(course) == []
        actual = sources(course)
    assert actual == {name: notebooks.source for name, notebooks in build(course).items()}


def test_the_kits_own_release_has_stamps_that_fit() -> None:
    assert stamped(KIT) is not None
    assert sources(KIT) == {name: notebooks.source for name, notebooks in build(KIT).items()}


def test_a_changed_solution_is_told(course: Course) -> None:
    edit(course.root / "solutions/alpha.py", "The sum of", "The true sum of")
    assert not_up_to_date(find_course(course.root)) == ["assignments/alpha/alpha.ipynb"]


@pytest.mark.parametrize("damage", ["changed", "missing", "filled in", "another's"])
def test_a_changed_release_is_told(course: Course, damage: str) -> None:
    path = course.released_notebook("alpha")
    notebook = load(path)
    match damage:
        case "changed":
            notebook["metadata"]["autograder_release"] = "0"
        case "filled in":
            notebook["cells"][-1]["source"] = "def add(a, b):\n    return a"
        case "another's":
            notebook = load(course.released_notebook("beta"))
    path.write_text(json.dumps(notebook))
    if damage == "missing":
        path.unlink()
    assert not_up_to_date(course) == ["assignments/alpha/alpha.ipynb"]


def test_a_release_of_an_assignment_that_is_gone_is_told(course: Course) -> None:
    (course.root / "solutions/beta.py").unlink()
    (course.root / "autograder/graders/beta.py").unlink()
    assert not_up_to_date(find_course(course.root)) == ["assignments/beta/beta.ipynb"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"alpha": {"made_of": 1}}', b"\xff"])
def test_without_stamps_the_release_is_made_to_compare(course: Course, data: bytes) -> None:
    (course.solutions / NAME).write_bytes(data)
    assert stamped(course) is None
    assert not_up_to_date(course) == []
    assert list(sources(course)) == ["alpha", "beta"]


def test_a_course_in_another_language_has_other_stamps(course: Course) -> None:
    with (course.root / "pyproject.toml").open("a") as file:
        file.write('language = "zh_CN"\n')
    assert stamped(find_course(course.root)) is None


def test_model_answers_are_in_the_sources_of_written_questions(tmp_path: Path) -> None:
    course = find_course(make_written_course(tmp_path / "course"))
    release(course)
    assert stamped(course) is not None
    assert sources(course) == {name: notebooks.source for name, notebooks in build(course).items()}
