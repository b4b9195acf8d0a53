"""Grader tests against a student: five states, our own bugs kept apart, the same cases again."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.course.course import find_course
from autograder.course.reference import reference
from autograder.results.outcome import Status, TestOutcome
from autograder.testing import pytest_plugin
from autograder.testing.hypothesis_cases import CaseCache
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin
from autograder.testing.run_tests import run_tests
from autograder.testing.verdict import FLAKY

HEAD = """
import pytest
from hypothesis import given, strategies as st
from autograder.testing.expectation import expect

"""
ADD = (
    HEAD
    + '''
@pytest.mark.question("add", points=2)
def test_add(student):
    """Two small numbers."""
    expect(student, "add", 1, 2).returns(3, {"You multiplied.": 2})
'''
)


def graded(tmp_path: Path, grader: str, names: dict[str, Any], **options: Any) -> list[TestOutcome]:
    path = tmp_path / "adding.py"
    path.write_text(grader)
    return run_tests([path], GraderPlugin(NotebookStudent(names), None, **options))


def blank(a: int, b: int) -> int:
    raise NotImplementedError


def nested(a: int, b: int) -> list[Any]:
    nesting: list[Any] = []
    for _ in range(50):
        nesting = [nesting]
    return nesting


@pytest.mark.parametrize(
    ("names", "status", "message"),
    [
        ({"add": lambda a, b: a + b}, Status.PASSED, ""),
        ({"add": lambda a, b: a - b}, Status.FAILED, "called add(1, 2)\nreturned -1\nexpected 3"),
        ({"add": blank}, Status.NOT_ATTEMPTED, "add is still blank"),
        (
            {"add": lambda a, b: blank(a, b), "subtract": blank},
            Status.NOT_ATTEMPTED,
            "add needs subtract, which is still blank",
        ),
        ({}, Status.NOT_ATTEMPTED, "add"),
        ({"add": lambda a, b: a / 0}, Status.CRASHED, "add raised ZeroDivisionError"),
        ({"add": lambda a: a}, Status.CRASHED, "add raised TypeError"),
        ({"add": nested}, Status.FAILED, "called add\nreturned the value is nested too deeply"),
    ],
)
def test_the_states_of_a_student(
    tmp_path: Path, names: dict[str, Any], status: Status, message: str
) -> None:
    (outcome,) = graded(tmp_path, ADD, names)
    assert (outcome.status, outcome.question, outcome.title) == (
        status,
        "add",
        "Two small numbers.",
    )
    assert outcome.points == (2 if status is Status.PASSED else 0)
    assert outcome.message.startswith(message)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PYTEST_ADDOPTS", "-v --no-such-option"), ("PYTEST_PLUGINS", "no_such_plugin")],
)
def test_settings_for_tests_of_ones_own_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    (outcome,) = graded(tmp_path, ADD, {"add": lambda a, b: a + b})
    assert outcome.status is Status.PASSED
    assert os.environ[name] == value


def test_help_for_the_recognized_mistake_only(tmp_path: Path) -> None:
    (multiplied,) = graded(tmp_path, ADD, {"add": lambda a, b: a * b})
    (otherwise,) = graded(tmp_path, ADD, {"add": lambda a, b: a - b})
    assert (multiplied.help, otherwise.help) == ("You multiplied.", "")


@pytest.mark.parametrize(
    "body",
    ["undefined_name", "assert 1 == 2", "raise ValueError('ours')"],
)
def test_a_bug_in_a_grader_is_not_the_students(tmp_path: Path, body: str) -> None:
    grader = HEAD + f'@pytest.mark.question("add", points=1)\ndef test_x(student):\n    {body}\n'
    (outcome,) = graded(tmp_path, grader, {"add": lambda a, b: a + b})
    assert outcome.status is Status.GRADER_ERROR
    assert outcome.points == 0


def test_a_grader_that_calls_a_function_of_the_student_hears_of_expect(tmp_path: Path) -> None:
    body = "    assert student.add(1, 2) == 3\n"
    grader = HEAD + f'@pytest.mark.question("add", points=1)\ndef test_x(student):\n{body}'
    (outcome,) = graded(tmp_path, grader, {"add": lambda a, b: a + b})
    assert outcome.status is Status.GRADER_ERROR
    assert "expect(student, 'add', ...) calls a function of the notebook" in outcome.message
    assert "student.add(1, 2)" in outcome.traceback


@pytest.mark.parametrize(
    "tail",
    [
        "raise RuntimeError('broken')",
        "def test_unmarked(student): pass",
        '@pytest.mark.question("add")\ndef test_no_points(student): pass',
        '@pytest.mark.question("add", points=0)\ndef test_zero(student): pass',
        '@pytest.mark.question("a", points=1)\n@pytest.mark.question("b", points=1)\n'
        "def test_two(student): pass",
        '@pytest.mark.qestion("add", points=1)\ndef test_misspelled(student): pass',
    ],
)
def test_a_grader_that_cannot_be_collected_grades_nobody(tmp_path: Path, tail: str) -> None:
    # Twice: what a first try left imported must not be taken for the whole the second time.
    for _ in range(2):
        (outcome,) = graded(tmp_path, ADD + "\n" + tail + "\n", {"add": lambda a, b: a + b})
        assert (outcome.status, outcome.question) == (Status.GRADER_ERROR, "")
        assert outcome.message


def test_no_directory_above_the_graders_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Home directories often lie in one that nobody may list."""
    scandir = os.scandir

    def guarded(path: Any = ".") -> Any:
        if not Path(path).is_relative_to(tmp_path):
            raise PermissionError(f"{path} may not be listed")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    (outcome,) = graded(tmp_path, ADD, {"add": lambda a, b: a + b})
    assert outcome.status is Status.PASSED, outcome


def test_nobody_waits_for_an_explanation_that_is_not_shown(tmp_path: Path) -> None:
    """Hypothesis would go on for hundreds of calls after it has found the smallest case."""
    calls: list[int] = []
    outcomes = graded(tmp_path, ANY, {"add": lambda a, b: calls.append(a) or a * b})
    assert outcomes[0].status is Status.FAILED
    assert len(calls) < 60


def test_a_visible_test_that_wants_the_reference_is_our_error(tmp_path: Path) -> None:
    grader = HEAD + '@pytest.mark.question("add", points=1)\ndef test_x(reference): pass\n'
    (outcome,) = graded(tmp_path, grader, {})
    assert outcome.status is Status.GRADER_ERROR


ANY = (
    HEAD
    + '''
@pytest.mark.question("add", points=1)
@given(a=st.integers(), b=st.integers())
def test_any(student, a, b):
    """Any numbers."""
    expect(student, "add", a, b).returns(a + b)
'''
)


def test_the_case_shown_is_the_smallest(tmp_path: Path) -> None:
    (outcome,) = graded(tmp_path, ANY, {"add": lambda a, b: a + b if a < 10 else a})
    assert outcome.message == "called add(10, 1)\nreturned 10\nexpected 11"


def test_the_same_seed_gives_the_same_cases(tmp_path: Path) -> None:
    runs: list[list[tuple[int, int]]] = []
    for _ in range(2):
        calls: list[tuple[int, int]] = []
        graded(tmp_path, ANY, {"add": lambda a, b, calls=calls: calls.append((a, b)) or a + b})
        runs.append(calls)
    assert runs[0] == runs[1]
    assert len(runs[0]) >= 50


def test_an_answer_that_changes_is_called_so(tmp_path: Path) -> None:
    calls: list[int] = []

    def add(a: int, b: int) -> int:
        calls.append(a)
        return a + b if len(calls) != 5 else -1

    (outcome,) = graded(tmp_path, ANY, {"add": add})
    assert (outcome.status, outcome.message) == (Status.FAILED, FLAKY)


def test_one_question_can_be_asked_for(tmp_path: Path) -> None:
    two = ADD + '\n@pytest.mark.question("other", points=1)\ndef test_other(student): pass\n'
    assert len(graded(tmp_path, two, {})) == 2
    assert [o.question for o in graded(tmp_path, two, {}, only="other")] == ["other"]


def test_random_cases_depend_on_the_seed_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grader = tmp_path / "noting.py"
    grader.write_text(
        HEAD
        + """
@pytest.mark.question("numbers", points=1)
@given(st.integers(0, 10**9), st.text())
def test_any(student, number, text):
    student.call("note", number, text)
"""
    )

    def cases(seed: int) -> list[object]:
        drawn: list[object] = []
        student = NotebookStudent({"note": lambda *case: drawn.append(case)})
        outcomes = run_tests([grader], GraderPlugin(student, None), seed)
        assert [o.status for o in outcomes] == [Status.PASSED], outcomes
        return drawn

    first = [cases(seed) for seed in range(3)]
    assert all(len(each) == 60 for each in first)
    # A module with many numbers in it, such as a process has imported that graded others before.
    numbers = list(range(123_456, 123_956))
    (tmp_path / "many_numbers.py").write_text(f"NUMBERS = {numbers}")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("many_numbers")
    assert [cases(seed) for seed in range(3)] == first
    assert first[0] != first[1]


def test_a_grader_that_was_imported_before_has_the_settings_of_grading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Other settings of Hypothesis may draw other cases, and keep failing ones in files."""
    name = "autograder.graders.hidden.convolution"
    monkeypatch.delitem(sys.modules, name, raising=False)
    importlib.import_module(name)
    calls: list[tuple[int, ...]] = []

    def strided_output_size(size: int, kernel: int, stride: int) -> int:
        calls.append((size, kernel, stride))
        return (size - kernel) // stride + 1

    course = find_course(Path(__file__).parent)
    student = NotebookStudent({"strided_output_size": strided_output_size})
    plugin = GraderPlugin(student, reference(course, "convolution"), only="stride")
    run_tests([course.hidden_grader("convolution")], plugin)
    assert len(calls) == 60


DRAWS = (
    HEAD
    + """
DRAWN = []

class Pair(list):
    pass

@st.composite
def pairs(draw):
    DRAWN.append(1)
    return Pair(draw(st.lists(st.integers(0, 50), min_size=2, max_size=2, unique=True)))

@pytest.mark.question("add", points=1)
@given(pairs(), st.booleans())
def test_any(student, pair, turned):
    assert isinstance(pair, Pair)  # of this import of the module
    pair.sort(reverse=turned)
    a, b = pair
    pair.clear()
    expect(student, "add", a, b).returns(a + b, {"You multiplied.": a * b})

@pytest.mark.question("more", points=1)
@given(st.data(), st.just(lambda: 1))
def test_more(student, data, one):
    number = data.draw(st.integers(0, 5000))
    expect(student, "add", number, one()).returns(number + 1)

@pytest.mark.question("drawn", points=1)
def test_drawn(student):
    student.call("drawn", len(DRAWN))
"""
)


def run_grader(
    path: Path,
    cases: CaseCache | None,
    add: Callable[[int, int], int],
    drawn: Callable[[int], None] = lambda count: None,
) -> list[TestOutcome]:
    """The outcomes of a grader, run with `cases`; `drawn` is told how many it drew."""
    student = NotebookStudent({"add": add, "drawn": drawn})
    return run_tests([path], GraderPlugin(student, None, cases=cases))


def test_known_cases_are_met_and_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "draws.py"
    path.write_text(DRAWS)
    calls, drawn, cases = list[tuple[int, int]](), list[int](), CaseCache()

    def add(a: int, b: int) -> int:
        calls.append((a, b))
        return a + b

    for known in (cases, cases, cases, None):
        outcomes = run_grader(path, known, add, drawn.append)
        assert [outcome.status for outcome in outcomes] == [Status.PASSED] * 3, outcomes
    assert len(calls) == 4 * 120
    assert calls[:120] == calls[120:240] == calls[240:360] == calls[360:]
    assert drawn[0] >= 60
    assert drawn == [drawn[0], 0, 0, drawn[0]]


WRONG = {
    "always": lambda a, b: a * b,
    "now and then": lambda a, b: a + b if a < 30 else 0,
    "in one case": lambda a, b: a + b + (b == 50),
    "in what the test draws": lambda a, b: a + b + (b == 1 and a > 30),
    "by an error": lambda a, b: a + b if a < 40 else a // 0,
}


@pytest.mark.parametrize("add", WRONG.values(), ids=WRONG)
def test_a_wrong_answer_ends_alike_where_cases_are_known(
    tmp_path: Path, add: Callable[[int, int], int]
) -> None:
    path = tmp_path / "draws.py"
    path.write_text(DRAWS)
    cases = CaseCache()
    unknown = run_grader(path, None, add)
    assert any(outcome.status is not Status.PASSED for outcome in unknown)
    assert run_grader(path, cases, add) == unknown
    run_grader(path, cases, lambda a, b: a + b)
    assert run_grader(path, cases, add) == unknown


def test_an_answer_that_changes_is_called_so_where_cases_are_known(tmp_path: Path) -> None:
    path = tmp_path / "any.py"
    path.write_text(ANY)
    calls, cases = list[int](), CaseCache()

    def add(a: int, b: int) -> int:
        calls.append(a)
        return a + b if len(calls) != 65 else -1

    assert run_grader(path, cases, add)[0].status is Status.PASSED
    assert len(calls) == 60
    (outcome,) = run_grader(path, cases, add)
    assert (outcome.status, outcome.message) == (Status.FAILED, FLAKY)
    assert run_grader(path, cases, add)[0].status is Status.PASSED


def test_random_cases_are_the_same_on_a_server_that_calls_itself_ci() -> None:
    show = (
        "from hypothesis import settings; from autograder.testing.hypothesis_cases import PROFILE; "
        + ("print(settings.get_profile(PROFILE))")
    )

    def profile(environment: dict[str, str]) -> str:
        command = [sys.executable, "-c", show]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        ).stdout

    plain = profile({"PATH": os.environ["PATH"]})
    assert "derandomize=False" in plain
    assert profile({"PATH": os.environ["PATH"], "CI": "1"}) == plain


ENDLESS = """
    while True:
        pass
"""


@pytest.mark.parametrize(
    "grader",
    [
        ADD + ENDLESS,
        ADD.replace("def test_add(student)", "@given(st.integers())\ndef test_add(student, number)")
        + ENDLESS,
        ADD + ENDLESS.replace("    ", "", 1),
    ],
    ids=["test", "random cases", "module"],
)
def test_a_grader_that_never_ends_is_a_grader_error(
    tmp_path: Path, grader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pytest_plugin, "_OWN_SECONDS", 0.5)
    path = tmp_path / "adding.py"
    path.write_text(grader)
    plugin = GraderPlugin(NotebookStudent({"add": lambda a, b: a + b}), reference=object())
    (outcome,) = run_tests([path], plugin)
    assert outcome.status is Status.GRADER_ERROR
    assert "took more than 0.5 s of processor time" in outcome.message
