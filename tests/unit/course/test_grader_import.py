"""Graders of a course outside the kit import each other under the names that its wheel gives them."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

import autograder.graders
from autograder.course import grader_import
from autograder.course.grader_import import graders_package, import_grader
from autograder.course.grader_source import read_grader
from autograder.course.solution_file import AuthoringError
from autograder.graders import pooling as pooling_of_the_kit
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin
from autograder.testing.run_tests import run_tests

HIDDEN = """
import pytest
from autograder.graders import ladder_checks  # the kit's
from autograder.graders.pooling import HELP
from autograder.testing import expect

@pytest.mark.question("double", points=1)
def test_double(student):
    expect(student, "double", 3).returns(6, {HELP["squared"]: 9})
"""


def grader(root: Path, text: str) -> Path:
    """A hidden grader beside a visible one, which has the name of one of the kit's."""
    hidden = root / "hidden" / "pooling.py"
    hidden.parent.mkdir(parents=True)
    hidden.write_text(HIDDEN)
    (root / "pooling.py").write_text(f"HELP = {{'squared': {text!r}}}\n")
    return hidden


def help_given(hidden: Path) -> list[str]:
    plugin = GraderPlugin(NotebookStudent({"double": lambda x: x * x}), None)
    return [outcome.help for outcome in run_tests([hidden], plugin)]


def test_a_hidden_grader_gives_the_help_of_its_own_course(tmp_path: Path) -> None:
    hidden, other = grader(tmp_path / "one", "You squared."), grader(tmp_path / "other", "Add.")
    assert help_given(hidden) == ["You squared."]
    assert help_given(other) == ["Add."]
    assert import_grader(hidden, "pooling.py").HELP == {"squared": "You squared."}


def test_modules_of_a_course_are_loaded_once_until_a_file_changes(tmp_path: Path) -> None:
    """What their functions with a cache have computed is not computed for each submission."""
    hidden, other = grader(tmp_path / "one", "You squared."), grader(tmp_path / "other", "Add.")
    cases = hidden.with_name("cases.py")
    cases.write_text("DRAWN = object()\n")

    def drawn() -> object:
        with graders_package(hidden):
            module = import_module("autograder.graders.hidden.cases")
        return module.DRAWN

    first = drawn()
    assert help_given(hidden) == ["You squared."]
    assert help_given(other) == ["Add."]
    assert drawn() is first
    cases.write_text("DRAWN = object()  # edited\n")
    assert drawn() is not first
    (tmp_path / "one" / "pooling.py").write_text("HELP = {'squared': 'Add twice.'}\n")
    assert help_given(hidden) == ["Add twice."]


def test_the_kit_is_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A test that ran the kit's graders in this process may have unloaded them.
    monkeypatch.setitem(sys.modules, "autograder.graders.pooling", pooling_of_the_kit)
    with graders_package(grader(tmp_path, "You squared.")):
        from autograder.graders import pooling

        assert pooling is not pooling_of_the_kit
    assert sys.modules["autograder.graders.pooling"] is pooling_of_the_kit
    assert sys.modules["autograder.graders"] is autograder.graders
    with graders_package(Path(pooling_of_the_kit.__file__)):
        assert sys.modules["autograder.graders.pooling"] is pooling_of_the_kit


def test_what_is_in_neither_is_missing(tmp_path: Path) -> None:
    with graders_package(grader(tmp_path, "You squared.")), pytest.raises(ModuleNotFoundError):
        __import__("autograder.graders.strides")


def test_a_grader_may_begin_with_the_mark_that_windows_writes(tmp_path: Path) -> None:
    hidden = grader(tmp_path, "You squared.")
    hidden.write_text(HIDDEN, encoding="utf-8-sig")
    (test,) = read_grader(hidden, "pooling.py").tests
    assert test.question == "double"
    assert help_given(hidden) == ["You squared."]


def test_two_tests_of_one_name_are_refused(tmp_path: Path) -> None:
    """Python keeps the second: the points of the first would be promised and never given."""
    hidden = grader(tmp_path, "You squared.")
    hidden.write_text(HIDDEN + HIDDEN)
    with pytest.raises(
        AuthoringError, match=r"^pooling.py:17: test_double is already at pooling.py:8. Rename"
    ):
        read_grader(hidden, "pooling.py")


def test_a_grader_whose_import_never_ends_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grader_import, "_SECONDS", 0.2)
    path = tmp_path / "endless.py"
    path.write_text("HINTS = {}\nwhile True:\n    pass\n")
    with pytest.raises(AuthoringError, match=r"endless\.py:[23]: .* more than 0.2 s") as refusal:
        import_grader(path, "endless.py")
    assert "Correct it" in str(refusal.value)


@pytest.mark.parametrize(
    "statement", ["print('got', 'here')", "from autograder.graders import loud"]
)
def test_a_grader_that_prints_at_import_is_named(tmp_path: Path, statement: str) -> None:
    hidden = grader(tmp_path, "You squared.")
    (tmp_path / "loud.py").write_text("print('got here')\n")
    hidden.write_text(f"{HIDDEN}\n{statement}\n")
    with pytest.raises(AuthoringError) as refusal:
        import_grader(hidden, "pooling.py")
    assert str(refusal.value) == (
        "pooling.py:11: the grader prints 'got here' when it is imported. Take the print out"
    )
