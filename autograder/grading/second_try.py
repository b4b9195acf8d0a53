"""Retests questions with substituted functions, each in its own sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from autograder.course.course import Assignment, Course
from autograder.grading.reference_provider import ReferenceProvider, SubstituteFailed
from autograder.grading.sandboxed_student import SandboxedStudent
from autograder.results.outcome import Status, TestOutcome
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.session import Session
from autograder.sandbox.host.submission_time import Spent
from autograder.sandbox.protocol.substitutes import Substitution
from autograder.testing.hypothesis_cases import CaseCache
from autograder.testing.pytest_plugin import GraderPlugin
from autograder.testing.run_tests import run_tests
from autograder.training.trainer import Trainer


class Graded(NamedTuple):
    """A submission after the first try: its files and cells, and what its tests need to run."""

    course: Course
    assignment: Assignment
    files: Mapping[str, bytes]
    cells: Sequence[Cell]
    graders: Sequence[Path]
    reference: object
    constants: Sequence[str]
    trainer: Callable[[], Trainer]
    cases: CaseCache
    sandboxed: bool


def try_again(
    graded: Graded,
    substitutions: Mapping[str, Substitution],
    first: Sequence[TestOutcome],
    spent: Spent,
) -> tuple[list[TestOutcome], frozenset[str]]:
    """The outcomes of the questions in `substitutions`, and where their processes ended by themselves.

    `first` are the outcomes of the first try, which used `spent` of the submission's time.
    """
    outcomes: list[TestOutcome] = []
    died_at = frozenset[str]()
    limits = graded.course.config.limits_for(graded.assignment.name)
    for question, substitution in substitutions.items():
        # Use a new sandbox for each question: no value of another question's substitute is in it.
        faults: list[str] = []
        retested: list[TestOutcome] = []
        with Session(limits, graded.files, sandboxed=graded.sandboxed, spent=spent) as session:
            try:
                provider = ReferenceProvider(graded.course, graded.assignment, substitution)
                session.run(graded.cells)
                retested = _retest(graded, question, session, provider)
            except SubstituteFailed as failure:
                faults.append(str(failure))
            except Died as death:  # this process did not start; the first one did
                died_at |= {f"{question}: start"} if death.by_itself else frozenset()
            died_at |= {f"{question}: {place}" for place in session.ended_at}
            spent = session.spent
        faults += [outcome.message for outcome in retested if not outcome.question]
        outcomes += _grader_errors(first, question, faults) if faults else retested
    return outcomes, died_at


def _retest(
    graded: Graded, question: str, session: Session, provider: ReferenceProvider
) -> list[TestOutcome]:
    limits, sandboxed = graded.course.config.limits_for(graded.assignment.name), graded.sandboxed
    plugin = GraderPlugin(
        SandboxedStudent(
            session,
            limits,
            constants=graded.constants,
            sandboxed=sandboxed,
            provider=provider,
        ),
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
    """Grader errors for a question that could not be retested, because its grade is unknown."""
    return [
        msgspec.structs.replace(
            outcome, status=Status.GRADER_ERROR, points=0.0, message="\n".join(reasons)
        )
        for outcome in first
        if outcome.question == question
    ]
