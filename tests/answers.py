"""Answers other than the reference solution's, right and wrong, and how they are graded.

An entry of a catalogue replaces functions or variables of the reference solution. Those of
`tests/wrong` make a mistake that has a help, those of `tests/right` are right by another way.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from autograder.authoring import reference
from autograder.course import find_course
from autograder.grading import grader_files
from autograder.outcome import TestOutcome
from autograder.pytest_plugin import GraderPlugin, run_tests
from autograder.student import NotebookStudent
from tests.untrained import UntrainedTrainer

COURSE = find_course(Path(__file__).parent)


class Answer(NamedTuple):
    """An answer to one question; `label` tells it from the others.

    `names` makes the functions and variables it consists of from the reference solution.
    """

    assignment: str
    question: str
    label: str
    names: Callable[[Any], dict[str, Any]]

    def __str__(self) -> str:
        return f"{self.assignment}-{self.question}-{self.label}"


class Catalogue(list[Answer]):
    """Other answers to the questions of one assignment."""

    def __init__(self, assignment: str) -> None:
        super().__init__()
        self.assignment = assignment

    def __call__(self, question: str, label: str) -> Callable[[Any], Any]:
        """Register the decorated function or class as an answer; it has the name asked for."""

        def register(function: Any) -> Any:
            self.add(question, label, lambda reference: {function.__name__: function})
            return function

        return register

    def add(self, question: str, label: str, names: Callable[[Any], dict[str, Any]]) -> None:
        """Register what `names` makes of the reference solution as an answer."""
        self.append(Answer(self.assignment, question, label, names))


def catalogues(kind: str) -> dict[str, Catalogue]:
    """The catalogue of each assignment, of "right" or "wrong" answers."""
    return {
        name: getattr(import_module(f"tests.{kind}.{name}"), kind.upper())
        for name in COURSE.assignments
    }


def outcomes(answer: Answer) -> list[TestOutcome]:
    """What the graders say to the reference solution with another answer in it."""
    solution = reference(COURSE, answer.assignment)
    names = {**vars(solution), **answer.names(solution)}
    return graded(answer.assignment, names, only=answer.question)


def graded(assignment: str, names: Mapping[str, Any], only: str | None = None) -> list[TestOutcome]:
    """What the graders say to a notebook that defines `names`; no recipe is trained."""
    plugin = GraderPlugin(
        NotebookStudent(names), reference(COURSE, assignment), only, UntrainedTrainer
    )
    return run_tests(grader_files(COURSE, assignment), plugin)
