"""Grades a submission: the same input gives the same record, from the cache if possible."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from autograder._util.i18n import gettext as _
from autograder._util.i18n import use_language
from autograder._util.machine import machine, processor_name, versions
from autograder.course.cells import imports_keras
from autograder.course.course import Assignment, Course
from autograder.course.grader_source import read_grader
from autograder.course.reference import reference
from autograder.grading.cache_key import grade_key, grader_digest, records, sandbox
from autograder.grading.cells_to_run import cells_to_run
from autograder.grading.follow_through import carried, substitutions, to_postpone
from autograder.grading.release_outputs import with_release_outputs
from autograder.grading.retry import Try, until_deaths_repeat
from autograder.grading.sandboxed_student import SandboxedStudent
from autograder.grading.second_try import Graded, try_again
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord
from autograder.sandbox.host import launcher
from autograder.sandbox.host.cells import STOPPED
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.probe import prove
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.crashes import without_cell_file
from autograder.sandbox.protocol.errors import SandboxBroken, SandboxUnavailable
from autograder.submissions.submission import Submission
from autograder.testing.hypothesis_cases import SEED, CaseCache
from autograder.testing.pytest_plugin import GraderPlugin
from autograder.testing.run_tests import run_tests
from autograder.training.cache import TrainingCache
from autograder.training.course_trainer import course_trainer
from autograder.training.trainer import THREADS, Trainer


def grade(
    submission: Submission,
    course: Course,
    *,
    unsafe_local: bool = False,
    trainings: type[TrainingCache] = TrainingCache,
) -> GradeRecord:
    """The grade record of a submission. `trainings` caches the training runs of its models.

    With `unsafe_local` the student's code runs as a plain process, and the record says
    `sandbox="none"`. Raises SandboxUnavailable if this machine has no working sandbox, and its
    subclass SandboxEnded if only this submission's sandbox failed.
    """
    assignment = course.assignments[submission.assignment]
    # Compute the key first: a grader edited during the run must get another key.
    grader = grader_digest(course, assignment)
    key = grade_key(submission, course, grader, unsafe_local)
    cached = _cached(key, submission, course)
    if cached is not None:
        return cached
    use_language(course.config.language, course.graders)
    started = time.monotonic()
    if not submission.readable:
        outcomes = _all_questions(assignment, Status.NOT_ATTEMPTED, submission.problems)
        attempt = Try(outcomes, outputs={}, trained=[])
    else:
        if not unsafe_local:
            sources = (cell.source for cell in cells_to_run(submission.notebook))
            _prove_once(launcher.choose_way(tensorflow=imports_keras(sources)))

        def trainer() -> Trainer:
            return course_trainer(course, sandboxed=not unsafe_local, trainings=trainings)

        attempt = until_deaths_repeat(
            lambda: _run(submission, course, trainer, grader, not unsafe_local)
        )
    record = GradeRecord(
        assignment=assignment.name,
        digest=submission.digest,
        key=key,
        sandbox=sandbox(unsafe_local),
        outcomes=attempt.outcomes,
        outputs=attempt.outputs,
        problems=submission.problems,
        seconds=round(time.monotonic() - started, 3),
        tier=course.config.tier,
        grader=grader,
        seed=SEED,
        threads=THREADS,
        cpu=machine()["cpu"],
        processor=processor_name(),
        trained=attempt.trained,
        versions=versions(),
    )
    if submission.readable:
        keep(record, course)
    return record


def keep(record: GradeRecord, course: Course) -> None:
    """Put a record into the cache, unless a grader failed. Raises OSError."""
    if not record.grader_errors():
        records(course).save(record)


def graded_before(
    submission: Submission, course: Course, grader: str, *, unsafe_local: bool = False
) -> GradeRecord | None:
    """The cached record of an equal submission by the grader with digest `grader`, or None."""
    return _cached(grade_key(submission, course, grader, unsafe_local), submission, course)


def _cached(key: str, submission: Submission, course: Course) -> GradeRecord | None:
    record = records(course).load(key)
    if record is None:
        return None
    # Problems name files of this submission, so the cached ones may name others.
    return msgspec.structs.replace(record, problems=submission.problems)


def grader_files(course: Course, assignment: str) -> list[Path]:
    """The visible grader module of an assignment, and the hidden one if there is one."""
    paths = (course.visible_grader(assignment), course.hidden_grader(assignment))
    return [path for path in paths if path.exists()]


def _run(
    submission: Submission,
    course: Course,
    make_trainer: Callable[[], Trainer],
    grader: str,
    sandboxed: bool,
) -> Try:
    assignment = course.assignments[submission.assignment]
    limits, trainer = course.config.limits_for(assignment.name), cache(make_trainer)
    cells = with_release_outputs(
        cells_to_run(submission.notebook), course, assignment.name, sandboxed=sandboxed
    )
    with Session(limits, submission.files, sandboxed=sandboxed) as session:
        try:
            session.run(cells)
        except Died as death:
            outcomes = _all_questions(assignment, Status.CRASHED, [str(death)])
            return Try(outcomes, session.outputs, [], frozenset(session.ended_at))
        solution = reference(course, assignment.name)
        files = grader_files(course, assignment.name)
        cases, constants = _case_cache(grader), _constants(files[0], grader)
        student = SandboxedStudent(session, limits, constants=constants, sandboxed=sandboxed)
        plugin = GraderPlugin(
            student,
            solution,
            trainer=trainer,
            cases=cases,
            postpone=lambda name: to_postpone(
                course, assignment, name, student.ended, session.cells
            ),
        )
        outcomes = run_tests(files, plugin)
        died_at = frozenset(session.ended_at)
        if any(not outcome.question for outcome in outcomes):
            reasons = [outcome.message for outcome in outcomes]
            outcomes = _all_questions(assignment, Status.GRADER_ERROR, reasons)
        outputs, cells, spent = session.outputs, session.cells, session.spent
    graded = Graded(
        course=course,
        assignment=assignment,
        files=submission.files,
        cells=cells,
        graders=files,
        reference=solution,
        constants=constants,
        trainer=trainer,
        cases=cases,
        sandboxed=sandboxed,
    )
    postponed = plugin.postponed
    retests = substitutions(course, assignment, outcomes, plugin.used_names, postponed, cells)
    retested, died_in_retests = try_again(graded, retests, outcomes, spent)
    died_at |= died_in_retests
    outcomes = carried(outcomes, retested, postponed)
    blanks = {question.name: question.blank for question in assignment.checked}
    explained = [
        _with_cell_error(outcome, outputs.get(blanks[outcome.question], [])) for outcome in outcomes
    ]
    trained = trainer().requested_runs if trainer.cache_info().currsize else []
    return Try(explained, outputs, trained, died_at)


def _with_cell_error(outcome: TestOutcome, outputs: list[dict[str, Any]]) -> TestOutcome:
    """Turn "not attempted" into a crash if the cell that should define the function raised an error."""
    error = next((output for output in outputs if output["output_type"] == "error"), None)
    if outcome.status is not Status.NOT_ATTEMPTED or error is None:
        return outcome
    if error["ename"] == NotImplementedError.__name__:
        return outcome
    prefix = "" if error["ename"] == STOPPED else f"{error['ename']}: "
    return msgspec.structs.replace(
        outcome,
        status=Status.CRASHED,
        message=_("The cell with your answer stopped: {why}").format(
            why=prefix + without_cell_file(error["evalue"])
        ),
        traceback="\n".join(error["traceback"]),
    )


def _all_questions(assignment: Assignment, status: Status, reasons: list[str]) -> list[TestOutcome]:
    """One outcome for each question, when no question could be tested."""
    return [
        TestOutcome(
            question=question.name,
            title=_("the whole submission"),
            status=status,
            points=0.0,
            max_points=question.points,
            message="\n".join(reasons),
        )
        for question in assignment.checked
    ]


@lru_cache(maxsize=8)
def _case_cache(grader: str) -> CaseCache:
    """The random test cases that this process has drawn for the grader with this digest."""
    return CaseCache()


@lru_cache(maxsize=8)
def _constants(path: Path, grader: str) -> tuple[str, ...]:
    """The variables that no call may change, by the visible grader at `path`, whose digest is `grader`."""
    return read_grader(path, path.name).constants


@cache
def _prove_once(way: str) -> None:
    """Attack a sandbox before the first submission, once for each way to start sandboxes."""
    try:
        prove()
    except SandboxBroken:
        raise
    except SandboxUnavailable:
        # Something may have killed that sandbox. If none can start here, this raises again.
        prove()
