"""Test questions again with substituted functions, each in a sandbox of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from autograder.course.course import Assignment, Course
from autograder.grading.reference_provider import ReferenceProvider, SubstituteFailed
from autograder.grading.sandboxed_student import SandboxedStudent
from autograder.results.outcome import Status, TestOutcome
from autograder.sandbox.host.session import Cell, Died, Session
from autograder.sandbox.host.submission_time import Spent
from autograder.sandbox.protocol.substitutes import Substitution
from autograder.testing.hypothesis_cases import CaseCache
from autograder.testing.pytest_plugin import GraderPlugin, run_tests
from autograder.training.trainer import Trainer


class Graded(NamedTuple):
    """A submission that was tried once: its files and cells, and what its tests are run with."""

    course: Course
    assignment: Assignment
    files: Mapping[str, bytes]
    cells: Sequence[Cell]
    graders: Sequence[Path]
    reference: object
    trainer: Callable[[], Trainer]
    cases: CaseCache
    sandboxed: bool


def try_again(
    graded: Graded,
    substitutions: Mapping[str, Substitution],
    first: Sequence[TestOutcome],
    spent: Spent,
) -> tuple[list[TestOutcome], frozenset[str]]:
    """The outcomes of the questions in `substitutions`, and where their process ended itself.

    `first` are the outcomes of the first try, which took `spent` of the submission's time.
    """
    outcomes: list[TestOutcome] = []
    died = frozenset[str]()
    limits = graded.course.config.limits
    for question, substitution in substitutions.items():
        # A new process has seen no substitute of another question.
        faults: list[str] = []
        tried: list[TestOutcome] = []
        with Session(limits, graded.files, sandboxed=graded.sandboxed, spent=spent) as session:
            try:
                provider = ReferenceProvider(graded.course, graded.assignment, substitution)
                session.run(graded.cells)
                tried = _tried(graded, question, session, provider)
            except SubstituteFailed as failure:
                faults.append(str(failure))
            except Died as death:  # it did not start, as the first process did
                died |= {f"{question}: start"} if death.by_itself else frozenset()
            died |= {f"{question}: {place}" for place in session.ended_at}
            spent = session.spent
        faults += [outcome.message for outcome in tried if not outcome.question]
        outcomes += _grader_errors(first, question, faults) if faults else tried
    return outcomes, died


def _tried(
    graded: Graded, question: str, session: Session, provider: ReferenceProvider
) -> list[TestOutcome]:
    limits, sandboxed = graded.course.config.limits, graded.sandboxed
    plugin = GraderPlugin(
        SandboxedStudent(session, limits, sandboxed=sandboxed, provider=provider),
        graded.reference,
        only=question,
        trainer=graded.trainer,
        provider=provider,
        cases=graded.cases,
    )
    return run_tests(graded.graders, plugin)


def _grader_errors(
    first: Sequence[TestOutcome], question: str, reasons: Sequence[str]
) -> list[TestOutcome]:
    """In place of a question's outcomes where it could not be tried again: the grade is not known."""
    return [
        msgspec.structs.replace(
            outcome, status=Status.GRADER_ERROR, points=0.0, message="\n".join(reasons)
        )
        for outcome in first
        if outcome.question == question
    ]
