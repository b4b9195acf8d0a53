"""`autograder validate --answers`: the graders are graded by the course's wrong and right answers.

Wrong and right answers are the author's own code, as solutions are, and run in this process. No recipe is
trained: each is taken for one that reaches its threshold.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console

from autograder._util.stderr import silence_stderr
from autograder._util.terminal import counted, tell_progress
from autograder.authoring.grader_place import grader_place
from autograder.course.course import Course
from autograder.course.grader_import import import_grader
from autograder.course.grader_source import read_grader
from autograder.course.grader_syntax import assigned, help_entries, parse_grader
from autograder.course.known_names import refuse_unknown_assignments
from autograder.course.reference import reference
from autograder.grading.grade import grader_files
from autograder.models.recipe import Recipe
from autograder.results.outcome import Status, TestOutcome
from autograder.sandbox.protocol.limits import Limits
from autograder.testing.answers import Answer, read_answers
from autograder.testing.frequent_crashes import FREQUENT_HELP
from autograder.testing.hypothesis_cases import CaseCache
from autograder.testing.layer_mistakes import model_help_texts
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin
from autograder.testing.run_tests import run_tests
from autograder.training.data import training_data
from autograder.training.run import Run
from autograder.training.trainer import Trainer

_MAX_MESSAGE = 300  # characters of an outcome's message


class AnswerNotRun(Exception):
    """A cell of a catalogue is no Python, or raises; the message says what."""


class UntrainedTrainer(Trainer):
    """A trainer that trains nothing: every recipe reads all images right."""

    def __init__(self) -> None:
        super().__init__(
            training_data("sample"),
            cache=None,  # type: ignore[arg-type]  # nothing is trained, so nothing is kept
            limits=Limits(),
        )

    def run(self, recipe: Recipe, seed: int) -> Run:
        """The run of a model that is always right."""
        history: dict[str, tuple[float, ...]] = {"accuracy": (1.0,), "val_accuracy": (1.0,)}
        return Run(training_data("sample").test_labels.tobytes(), history, seconds=0.0)


def graded_answers(course: Course, console: Console, assignments: Sequence[str] = ()) -> bool:
    """Grade the wrong and right answers of all assignments, or of some; print what is not as it should be.

    A help text that no wrong answer is told is a note, and no defect: training alone may lead to it.
    Raises CourseError for an unknown assignment.
    """
    refuse_unknown_assignments(assignments, course.assignments)
    count = sum(_print_defects(course, name, console) for name in assignments or course.assignments)
    if count:
        console.print(counted(count, "defect"))
    return not count


def _print_defects(course: Course, name: str, console: Console) -> int:
    """Grade the answers of one assignment; print what is not as it should be, and return how much that is."""
    tell_progress(f"{name}: grades its wrong and right answers")
    given: set[str] = set()
    labels: set[str] = set()
    number = count = 0
    questions = {question.name for question in course.assignments[name].checked}
    helps = _help_texts(course, name)
    kit = model_help_texts() | {key: {text} for key, text in FREQUENT_HELP.items()}
    texts = kit | {key: {text} for key, (text, _place) in helps.items()}
    cases = CaseCache()  # drawn once for all answers, as for a class
    for kind in ("wrong", "right"):
        file = course.relative(_catalogue(course, kind, name))
        try:
            answers = _answers(course, kind, name)
        except SyntaxError as error:
            console.print(f"{file}:{error.lineno}: {error.text!r}: {error.msg}", markup=False)
            count += 1
            continue
        for answer in answers:
            number += 1
            try:
                results = outcomes(course, answer, cases) if answer.question in questions else []
                problem = _problem(course, kind, answer, results, texts)
            except AnswerNotRun as error:
                results, problem = [], f"this cell does not run: {error}. Correct it"
            given |= {result.help for result in results}
            labels |= {answer.label} if kind == "wrong" else set()
            if problem:
                label = f"{answer.question} {answer.label}"
                console.print(f"{file}:{answer.line}: {label}: {problem}", markup=False)
                count += 1
    # A note, since training alone may lead to a help.
    wrong = course.relative(_catalogue(course, "wrong", name))
    for key, (text, place) in helps.items():
        if text not in given and key not in labels:  # a cell with the label has a line already
            line = f"note {place}: no wrong answer is told the help {key!r}. Add a cell `# %% question {key}`"
            console.print(f"{line} to {wrong}", markup=False)
    if not count:
        console.print(f"{name}: {counted(number, 'answer')}, each graded as it should be")
    return count


def outcomes(course: Course, answer: Answer, cases: CaseCache | None = None) -> list[TestOutcome]:
    """What the graders say to the notebook with the solution's other answers and this one.

    Raises AnswerNotRun if the cell itself fails.
    """
    # Data of its own: an answer may change the notebook's constants.
    names = {
        name: copy.deepcopy(value) if isinstance(value, np.ndarray | list | dict) else value
        for name, value in vars(reference(course, answer.assignment)).items()
        if name != "__builtins__"
    }
    with silence_stderr():  # TensorFlow says much when it is imported
        try:
            exec(compile(answer.source, f"<{answer}>", "exec"), names)  # noqa: S102  # the author's own code
        except SyntaxError as error:
            raise AnswerNotRun(f"{error.msg} in {(error.text or '').strip()!r}") from error
        except (Exception, SystemExit) as error:
            raise AnswerNotRun(f"{type(error).__name__}: {error}") from error
        return graded(course, answer.assignment, names, only=answer.question, cases=cases)


def graded(
    course: Course,
    assignment: str,
    names: Mapping[str, object],
    only: str | None = None,
    cases: CaseCache | None = None,
) -> list[TestOutcome]:
    """What the graders say to a notebook that defines `names`; no recipe is trained."""
    files = grader_files(course, assignment)
    student = NotebookStudent(names, constants=read_grader(files[0], assignment).constants)
    plugin = GraderPlugin(
        student, reference(course, assignment), only, UntrainedTrainer, cases=cases
    )
    return run_tests(files, plugin)


def _problem(
    course: Course,
    kind: str,
    answer: Answer,
    results: Sequence[TestOutcome],
    helps: Mapping[str, set[str]],
) -> str:
    """What is wrong with how an answer was graded; empty if nothing is."""
    if not results:
        return f"there is no question {answer.question!r}. Correct the heading"
    if not _defines_an_answer(course, answer):
        return (
            "it defines nothing that the solution defines, so that the solution was graded. Correct the "
            "name that it defines"
        )
    if errors := [result for result in results if result.status is Status.GRADER_ERROR]:
        place = grader_place(course, errors[0].traceback)
        message = " ".join(errors[0].message.split())
        return f"the grader fails on it: {message:.{_MAX_MESSAGE}}{place}. Correct the grader or the solution"
    failed = [result for result in results if result.status is not Status.PASSED]
    if kind == "right":
        refused = " ".join(failed[0].message.split()) if failed else ""
        return f"it is right, and refused: {refused:.{_MAX_MESSAGE}}" if failed else ""
    if not failed:
        return "it is wrong, and earns all points. Test what it gets wrong"
    if answer.label not in helps and not answer.label.startswith("other-"):
        return (
            f"HELP has no text {answer.label!r}. Correct the label, or begin it with other- if the "
            "mistake has no help of its own"
        )
    given_helps = {result.help for result in failed} - {""}
    if answer.label in helps and not (given_helps and given_helps <= helps[answer.label]):
        message = " ".join(failed[0].message.split())
        given_text = " ".join(sorted(given_helps)) or f"no help, but {message}"
        return f"it should be told the help {answer.label!r}, and is told: {given_text:.{_MAX_MESSAGE}}"
    return ""


def _defines_an_answer(course: Course, answer: Answer) -> bool:
    """Whether a cell makes a function, a class or a variable anew that the solution has."""
    made = {
        node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else node.id
        for node in ast.walk(ast.parse(answer.source))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    }
    return not made.isdisjoint(vars(reference(course, answer.assignment)))


def _answers(course: Course, kind: str, assignment: str) -> list[Answer]:
    path = _catalogue(course, kind, assignment)
    return read_answers(path) if path.exists() else []


def _catalogue(course: Course, kind: str, assignment: str) -> Path:
    return course.root / "tests" / kind / "cells" / f"{assignment}.py"


def _help_texts(course: Course, assignment: str) -> dict[str, tuple[str, str]]:
    """Key -> text and place, as file and line, of the HELP of an assignment's graders."""
    helps: dict[str, tuple[str, str]] = {}
    for path in grader_files(course, assignment):
        places = _help_places(course, path)
        texts = getattr(import_grader(path, course.relative(path)), "HELP", {})
        for key, text in texts.items():
            helps.setdefault(key, (text, places.get(key, f"{course.relative(path)}:1")))
    return helps


def _help_places(course: Course, path: Path) -> dict[str, str]:
    """Key -> file and line of the entries of HELP, in a module or in the one that it imports HELP from."""
    places: dict[str, str] = {}
    file = course.relative(path)
    for node in parse_grader(path, file).body:
        if isinstance(node, ast.ImportFrom) and any(alias.name == "HELP" for alias in node.names):
            _graders, _dot, module = (node.module or "").partition("autograder.graders.")
            source = course.graders.joinpath(*module.split(".")).with_suffix(".py")
            if module and source.is_file():
                places |= _help_places(course, source)
        if assigned(node) == "HELP":
            places |= {key: f"{file}:{line}" for key, _text, line in help_entries(node, file)}
    return places
