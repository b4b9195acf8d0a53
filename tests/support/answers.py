"""Answers other than the solution's, right and wrong, and how they are graded."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from autograder.course.course import find_course
from autograder.course.grader_source import read_grader
from autograder.course.reference import reference
from autograder.grading.grade import grader_files
from autograder.results.outcome import Status, TestOutcome
from autograder.testing.answers import Answer, read_answers
from autograder.testing.hypothesis_cases import CaseCache
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin, run_tests
from tests.support.untrained import UntrainedTrainer

COURSE = find_course(Path(__file__).parent)


def catalogues(kind: str, writer: str = "cells") -> dict[str, list[Answer]]:
    """The "right" or the "wrong" answers to each assignment.

    Those of the writer "blind", who had not seen the graders, or else "cells".
    """
    return {name: catalogue(kind, name, writer) for name in COURSE.assignments}


def catalogue(kind: str, assignment: str, writer: str = "cells") -> list[Answer]:
    """The "right" or the "wrong" answers to one assignment."""
    return read_answers(Path(__file__).parents[1] / kind / writer / f"{assignment}.py")


@cache
def _cases(assignment: str) -> CaseCache:
    """The random cases of an assignment's graders, drawn once in a process, as in grading."""
    return CaseCache()


def outcomes(answer: Answer) -> list[TestOutcome]:
    """What the graders say to the notebook with the solution's other answers and this one."""
    # Data of its own: an answer may change the notebook's constants.
    names = {
        name: copy.deepcopy(value) if isinstance(value, np.ndarray | list | dict) else value
        for name, value in vars(reference(COURSE, answer.assignment)).items()
        if name != "__builtins__"
    }
    exec(compile(answer.source, f"<{answer}>", "exec"), names)
    return graded(answer.assignment, names, only=answer.question)


def assert_all_points(answer: Answer) -> None:
    """Raise AssertionError unless the graders pass this answer in every test of its question."""
    results = outcomes(answer)
    assert results, f"no test belongs to {answer.question}"
    for result in results:
        text = "\n".join((result.title, result.message, result.help, result.traceback))
        assert result.status is Status.PASSED, text


def graded(
    assignment: str, names: Mapping[str, object], only: str | None = None
) -> list[TestOutcome]:
    """What the graders say to a notebook that defines `names`; no recipe is trained."""
    files = grader_files(COURSE, assignment)
    student = NotebookStudent(names, constants=read_grader(files[0], assignment).constants)
    plugin = GraderPlugin(
        student, reference(COURSE, assignment), only, UntrainedTrainer, cases=_cases(assignment)
    )
    return run_tests(files, plugin)
