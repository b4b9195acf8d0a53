"""Answers other than the solution's, right and wrong, and how they are graded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from autograder.authoring import graded_answers
from autograder.course.course import find_course
from autograder.results.outcome import Status, TestOutcome
from autograder.testing.answers import Answer, read_answers
from autograder.testing.hypothesis_cases import CaseCache

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
    return graded_answers.outcomes(COURSE, answer, _cases(answer.assignment))


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
    return graded_answers.graded(COURSE, assignment, names, only, _cases(assignment))
