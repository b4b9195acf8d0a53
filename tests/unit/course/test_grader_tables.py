"""Tables of texts in a grader are read without running it: what is no literal is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring import catalogs
from autograder.authoring.help_checks import check_help
from autograder.course.course import find_course
from autograder.course.solution_file import AuthoringError
from tests.support.small_course import make_course

USAGE = 'Write "mistake": "text", plain texts only'


@pytest.mark.parametrize(
    "entry", ['"b": f"{3}"', 'NAME: "x"', '"b": ("x",)', '"b": " "', '"b": {[1]: 2}']
)
def test_help_that_is_no_text_is_named(tmp_path: Path, entry: str) -> None:
    course = find_course(make_course(tmp_path))
    path = course.visible_grader("alpha")
    path.write_text(f'NAME = "b"\nHELP = {{\n    "a": "An" " a.",\n    {entry},\n}}\n')
    with pytest.raises(AuthoringError) as refusal:
        check_help(course, path)
    place = "autograder/graders/alpha.py:4"
    assert str(refusal.value) == f"{place}: this entry of HELP is not understood. {USAGE}"


@pytest.mark.parametrize("answer", ["0", "False", "None", "()", "[1]"])
def test_an_answer_that_stands_before_its_help_is_named(tmp_path: Path, answer: str) -> None:
    course = find_course(make_course(tmp_path))
    path = course.visible_grader("alpha")
    path.write_text(f'expect(student, "add").returns(1, {{{answer}: HELP["none"]}})\n')
    with pytest.raises(AuthoringError, match=r"alpha\.py:1: .* is no help text"):
        check_help(course, path)
    path.write_text(f'expect(student, "add").returns(1, {{{answer}: "None is added."}})\n')
    if answer != "[1]":  # no literal, since no key
        with pytest.raises(AuthoringError, match=r"alpha\.py:1: .* is no help text"):
            check_help(course, path)


def test_help_may_take_over_that_of_another_module(tmp_path: Path) -> None:
    course = find_course(make_course(tmp_path))
    path = course.visible_grader("alpha")
    path.write_text('from autograder.graders.shared import MORE\nHELP = {**MORE, "a": "An a."}\n')
    check_help(course, path)


def test_a_broken_grader_stops_translate_and_no_other_check(tmp_path: Path) -> None:
    course = find_course(make_course(tmp_path))
    catalogs.update(course, "fr", ["alpha"])
    course.visible_grader("alpha").write_text("HELP = (\n")
    with pytest.raises(AuthoringError, match=r"graders/alpha\.py:1: '\(' was never closed"):
        catalogs.update(course, "fr", ["alpha"])
    assert list(catalogs.defects(course)) == []  # the check of graders names it
