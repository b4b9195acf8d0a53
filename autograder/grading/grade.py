"""Submission in, grade record out: the same record for the same input, from the cache if it can."""

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
from autograder.course.cells import imports_keras, is_run
from autograder.course.course import Assignment, Course
from autograder.course.reference import reference
from autograder.grading.cache_key import grade_key, grader_digest, sandbox
from autograder.grading.follow_through import carried, substitutions
from autograder.grading.retry import Try, until_deaths_repeat
from autograder.grading.sandboxed_student import SandboxedStudent
from autograder.grading.second_try import Graded, try_again
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord, RecordStore
from autograder.sandbox.host import launcher
from autograder.sandbox.host.probe import prove
from autograder.sandbox.host.session import STOPPED, Cell, Died, Session
from autograder.sandbox.protocol.errors import SandboxBroken, SandboxUnavailable
from autograder.submissions.submission import Submission
from autograder.testing.hypothesis_cases import SEED, CaseCache
from autograder.testing.pytest_plugin import GraderPlugin, run_tests
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
    """The grade record of a submission; the runs of its models are kept by `trainings`.

    Raises SandboxUnavailable where no sandbox holds, and SandboxEnded, one of these, where that is so
    for this submission alone; with `unsafe_local` the student's code
    runs as a plain process instead and the record says `sandbox="none"`.
    """
    assignment = course.assignments[submission.assignment]
    # Before anything is run: graders that change meanwhile are others.
    grader = grader_digest(course, assignment)
    key = grade_key(submission, course, grader, unsafe_local)
    found = _cached(key, submission, course)
    if found is not None:
        return found
    use_language(course.config.language, course.graders)
    started = time.monotonic()
    if not submission.readable:
        outcomes = _all_questions(assignment, Status.NOT_ATTEMPTED, submission.problems)
        tried = Try(outcomes, outputs={}, trained=[])
    else:
        if not unsafe_local:
            sources = (cell.source for cell in cells_to_run(submission.notebook))
            _prove_once(launcher.choose_way(tensorflow=imports_keras(sources)))

        def trainer() -> Trainer:
            return course_trainer(course, sandboxed=not unsafe_local, trainings=trainings)

        cases = _case_cache(grader)
        tried = until_deaths_repeat(
            lambda: _run(submission, course, trainer, cases, not unsafe_local)
        )
    record = GradeRecord(
        assignment=assignment.name,
        digest=submission.digest,
        key=key,
        sandbox=sandbox(unsafe_local),
        outcomes=tried.outcomes,
        outputs=tried.outputs,
        problems=submission.problems,
        seconds=round(time.monotonic() - started, 3),
        tier=course.config.tier,
        grader=grader,
        seed=SEED,
        threads=THREADS,
        cpu=machine()["cpu"],
        processor=processor_name(),
        trained=tried.trained,
        versions=versions(),
    )
    if submission.readable:
        keep(record, course)
    return record


def keep(record: GradeRecord, course: Course) -> None:
    """Put a record into the cache, unless a grader failed. Raises OSError."""
    if not record.grader_errors():
        _records(course).save(record)


def graded_before(
    submission: Submission, course: Course, grader: str, *, unsafe_local: bool = False
) -> GradeRecord | None:
    """The record of a submission like this by the grader of that digest; None without one."""
    return _cached(grade_key(submission, course, grader, unsafe_local), submission, course)


def _cached(key: str, submission: Submission, course: Course) -> GradeRecord | None:
    found = _records(course).load(key)
    if found is None:
        return None
    # Problems name the submission's own files, so they are never the cached ones.
    return msgspec.structs.replace(found, problems=submission.problems)


def grader_files(course: Course, assignment: str) -> list[Path]:
    """The visible and, where there is one, the hidden grader module of an assignment."""
    paths = (course.visible_grader(assignment), course.hidden_grader(assignment))
    return [path for path in paths if path.exists()]


def cells_to_run(notebook: Any) -> list[Cell]:
    """The code cells that grading runs: no grade cells, no exploration."""
    chosen = []
    for cell in notebook.cells:
        if is_run(cell) and cell.source.strip():
            nbgrader = cell.metadata.get("nbgrader", {})
            locked = nbgrader.get("locked", False) and not nbgrader.get("solution", False)
            chosen.append(Cell(cell.id, cell.source, locked))
    return chosen


def _run(
    submission: Submission,
    course: Course,
    make_trainer: Callable[[], Trainer],
    cases: CaseCache,
    sandboxed: bool,
) -> Try:
    assignment = course.assignments[submission.assignment]
    limits, trainer = course.config.limits, cache(make_trainer)
    with Session(limits, submission.files, sandboxed=sandboxed) as session:
        try:
            session.run(cells_to_run(submission.notebook))
        except Died as death:
            outcomes = _all_questions(assignment, Status.CRASHED, [str(death)])
            return Try(outcomes, session.outputs, [], frozenset(session.ended_at))
        student = SandboxedStudent(session, limits, sandboxed=sandboxed)
        solution = reference(course, assignment.name)
        files = grader_files(course, assignment.name)
        plugin = GraderPlugin(student, solution, trainer=trainer, cases=cases)
        outcomes = run_tests(files, plugin)
        died = frozenset(session.ended_at)
        if any(not outcome.question for outcome in outcomes):
            reasons = [outcome.message for outcome in outcomes]
            outcomes = _all_questions(assignment, Status.GRADER_ERROR, reasons)
        outputs, cells, spent = session.outputs, session.cells, session.spent
    graded = Graded(
        course, assignment, submission.files, cells, files, solution, trainer, cases, sandboxed
    )
    wanted = substitutions(course, assignment, outcomes, cells)
    again, died_again = try_again(graded, wanted, outcomes, spent)
    died |= died_again
    outcomes = carried(outcomes, again)
    blanks = {question.name: question.blank for question in assignment.questions}
    told = [_with_cell_error(o, outputs.get(blanks[o.question], [])) for o in outcomes]
    trained = trainer().asked if trainer.cache_info().currsize else []
    return Try(told, outputs, trained, died)


def _with_cell_error(outcome: TestOutcome, outputs: list[dict[str, Any]]) -> TestOutcome:
    """A missing function is a crash where the cell that should define it stopped with an error."""
    error = next((output for output in outputs if output["output_type"] == "error"), None)
    if outcome.status is not Status.NOT_ATTEMPTED or error is None:
        return outcome
    if error["ename"] == NotImplementedError.__name__:
        return outcome
    stopped_by = "" if error["ename"] == STOPPED else f"{error['ename']}: "
    return msgspec.structs.replace(
        outcome,
        status=Status.CRASHED,
        message=_("The cell with your answer stopped: {why}").format(
            why=f"{stopped_by}{error['evalue']}"
        ),
        traceback="\n".join(error["traceback"]),
    )


def _records(course: Course) -> RecordStore:
    return RecordStore(course.cache / "grades")


def _all_questions(assignment: Assignment, status: Status, reasons: list[str]) -> list[TestOutcome]:
    """One outcome a question, where none could be tested."""
    return [
        TestOutcome(
            question=question.name,
            title=_("the whole submission"),
            status=status,
            points=0.0,
            max_points=question.points,
            message="\n".join(reasons),
        )
        for question in assignment.questions
    ]


@lru_cache(maxsize=8)
def _case_cache(grader: str) -> CaseCache:
    """The random cases that this process has cases for the grader of that digest."""
    return CaseCache()


@cache
def _prove_once(way: str) -> None:
    """Attack a sandbox before the first submission, and again where sandboxes come to be started anew."""
    try:
        prove()
    except SandboxBroken:
        raise
    except SandboxUnavailable:
        prove()  # it was ended while it was proved; where none can be had, this says so again
