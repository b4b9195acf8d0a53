"""The graders graded: each known mistake fails, with its own help and no other."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from autograder.authoring import reference
from autograder.course import find_course
from autograder.graders.models import MODEL_HELP
from autograder.grading import grader_files
from autograder.outcome import Status, TestOutcome
from autograder.pytest_plugin import GraderPlugin, run_tests
from autograder.student import NotebookStudent
from tests.untrained import UntrainedTrainer
from tests.wrong import Wrong

COURSE = find_course(Path(__file__).parent)
CATALOGUES = {name: import_module(f"tests.wrong.{name}").WRONG for name in COURSE.assignments}
ALL = [wrong for catalogue in CATALOGUES.values() for wrong in catalogue]


def helps(assignment: str) -> dict[str, str]:
    """Every help text of an assignment's graders by its key."""
    module: ModuleType = import_module(f"autograder.graders.{assignment}")
    return {**MODEL_HELP, **module.HELP}


def outcomes(wrong: Wrong) -> list[TestOutcome]:
    """What the graders say to the reference solution with a wrong answer in it."""
    solution = reference(COURSE, wrong.assignment)
    names = {**vars(solution), **wrong.names(solution)}
    student = NotebookStudent(names)
    plugin = GraderPlugin(student, solution, only=wrong.question, trainer=UntrainedTrainer)
    return run_tests(grader_files(COURSE, wrong.assignment), plugin)


@pytest.mark.parametrize("wrong", ALL, ids=str)
def test_a_known_mistake_fails_with_its_own_help(wrong: Wrong) -> None:
    found = outcomes(wrong)
    failed = [outcome for outcome in found if outcome.status is Status.FAILED]
    states = {outcome.status for outcome in found}
    assert states <= {Status.PASSED, Status.FAILED}, [o.message + o.traceback for o in found]
    assert failed, "a wrong solution passes"
    wanted = helps(wrong.assignment)[wrong.help]
    assert {outcome.help for outcome in failed} - {""} == {wanted}, [o.message for o in failed]
    for outcome in failed:
        assert "expected" in outcome.message


# Shown where a model is really trained, in test_ladder.py.
TRAINED = {"rung-does-not-learn"}


@pytest.mark.parametrize("assignment", CATALOGUES)
def test_every_help_has_a_wrong_solution(assignment: str) -> None:
    own = set(helps(assignment)) - set(MODEL_HELP) - TRAINED
    assert own - {wrong.help for wrong in CATALOGUES[assignment]} == set()


def test_every_help_about_models_has_a_wrong_solution() -> None:
    assert set(MODEL_HELP) - {wrong.help for wrong in ALL} == set()
