"""A grade depends on its own assignment's graders with all that they import, and on no other's."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from autograder._util.digests import framework_files
from autograder.course import grader_sources as module
from autograder.course.course import Course, find_course
from autograder.grading.cache_key import grader_digest

KIT = find_course(Path(__file__).parent)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """The kit's own course in a directory where its graders may be changed."""
    graders = tmp_path / "autograder" / "graders"
    shutil.copytree(KIT.graders, graders, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(module, "_KIT_GRADERS", graders)
    return replace(KIT, root=tmp_path)


def changed_by(course: Course, path: str, edit: Callable[[str], str]) -> set[str]:
    """The assignments whose digest is another after a file of the graders was edited."""
    before = {each.name: grader_digest(course, each) for each in course.assignments.values()}
    file = course.graders / path
    file.write_text(edit(file.read_text() if file.exists() else ""))
    return {
        each.name
        for each in course.assignments.values()
        if grader_digest(course, each) != before[each.name]
    }


def comment(text: str) -> str:
    return text + "\n# changed\n"


ALL = set(KIT.assignments)


@pytest.mark.parametrize(
    ("path", "assignments"),
    [
        ("pooling.py", {"pooling"}),
        ("hidden/pooling.py", {"pooling"}),
        ("hidden/convolution.py", {"convolution"}),
        ("hidden/convolution_mistakes.py", {"convolution"}),
        ("two_layer_cnn.py", {"two_layer_cnn"}),
        ("classifier_layers.py", {"two_layer_cnn", "fashion_ladder"}),
        ("hidden/ladder_pictures.py", {"fashion_ladder"}),
        ("train_checks.py", {"two_layer_cnn"}),
        ("hidden/ladder_answers.py", {"fashion_ladder"}),
        ("fashion_ladder.json", {"fashion_ladder"}),
        ("languages/zh_CN/convolution.po", {"convolution"}),
        ("hidden/languages/zh_CN/convolution.po", {"convolution"}),
        ("languages/zh_CN/pooling.po", {"pooling"}),
        ("data_of_all.json", ALL),
        ("__init__.py", ALL),
        ("imported_by_nobody.py", set()),
    ],
)
def test_a_change_concerns_those_who_use_it(
    course: Course, path: str, assignments: set[str]
) -> None:
    assert changed_by(course, path, comment) == assignments


def test_a_new_import_counts(course: Course) -> None:
    (course.graders / "more.py").write_text("from autograder.graders import even_more\n")
    (course.graders / "even_more.py").write_text("")
    assert changed_by(course, "even_more.py", comment) == set()
    grader = course.graders / "pooling.py"
    grader.write_text("import autograder.graders.more\n" + grader.read_text())
    assert changed_by(course, "even_more.py", comment) == {"pooling"}


@pytest.mark.parametrize(
    "line",
    [
        "import importlib\n",
        "from importlib import import_module\n",
        "module = __import__('autograder.graders.' + 'more')\n",
        "from . import more\n",
        "exec(open('more.py').read())\n",
        "this is no Python\n",
    ],
)
def test_what_is_imported_in_another_way_may_be_anything(course: Course, line: str) -> None:
    (course.graders / "more.py").write_text("")
    grader = course.graders / "pooling.py"
    grader.write_text(line + grader.read_text().replace("from __future__ import annotations", ""))
    assert changed_by(course, "more.py", comment) == {"pooling"}


def test_the_solution_counts_for_its_own_assignment_only(course: Course, tmp_path: Path) -> None:
    solutions = tmp_path / "solutions"
    shutil.copytree(KIT.solutions, solutions)
    own = find_course(tmp_path)
    before = {each.name: grader_digest(own, each) for each in own.assignments.values()}
    path = solutions / "pooling.py"
    path.write_text(comment(path.read_text()))
    after = {each.name: grader_digest(own, each) for each in own.assignments.values()}
    assert {name for name in ALL if before[name] != after[name]} == {"pooling"}


def test_the_framework_is_all_but_the_graders() -> None:
    root = KIT.graders.parent
    names = {path.relative_to(root).as_posix() for path in framework_files()}
    assert {"grading/grade.py", "sandbox/guest/executor.py", "languages/zh_CN/kit.po"} <= names
    assert not [name for name in names if name.startswith("graders/")]
