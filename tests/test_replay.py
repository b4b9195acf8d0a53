"""Cases that are tried again: the same outcomes as by Hypothesis alone, without its drawing."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from autograder.outcome import Status, TestOutcome
from autograder.pytest_plugin import GraderPlugin, run_tests
from autograder.replay import Replay
from autograder.student import NotebookStudent

GRADER = '''
import counting, pytest
from hypothesis import given, strategies as st
from autograder.expect import expect

NUMBERS = st.lists(st.integers(0, 1000), min_size=1).map(counting.drawn)


@pytest.mark.question("add", points=2)
@given(numbers=NUMBERS)
def test_any_sum(student, numbers):
    """Any numbers."""
    mistakes = {"You forgot the last.": sum(numbers[:-1]), "You took the largest.": max(numbers)}
    expected = sum(numbers)
    numbers.append(0)  # what a test does to a case stays in that test
    expect(student, "add", numbers[:-1]).returns(expected, mistakes)
'''


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module that outlives a run, and counts the cases that were drawn."""
    module: Any = ModuleType("counting")
    module.count = 0

    def drawn(case: list[int]) -> list[int]:
        module.count += 1
        return case

    module.drawn = drawn
    monkeypatch.setitem(sys.modules, "counting", module)
    return module


@pytest.fixture
def grader(tmp_path: Path) -> Path:
    path = tmp_path / "summing.py"
    path.write_text(GRADER)
    return path


def graded(
    grader: Path, add: Callable[[list[int]], object], seed: int = 3, *, replayed: bool = True
) -> tuple[TestOutcome, list[list[int]]]:
    """The outcome of the one test, and what the student's function was called with."""
    seen: list[list[int]] = []

    def noting(numbers: list[int]) -> object:
        seen.append(list(numbers))
        return add(numbers)

    student = NotebookStudent({"add": noting})
    others = [Replay(student, seed)] if replayed else []
    (outcome,) = run_tests([grader], GraderPlugin(student, None), seed, *others)
    return outcome, seen


def test_the_next_student_meets_the_same_cases_undrawn(grader: Path, counting: Any) -> None:
    by_hypothesis, cases = graded(grader, sum, replayed=False)
    assert graded(grader, sum) == (by_hypothesis, cases)
    before = counting.count
    assert len(cases) == 60
    assert graded(grader, sum) == (by_hypothesis, cases)
    assert counting.count == before


def forgets_the_last(numbers: list[int]) -> int:
    return sum(numbers[:-1])


def right_for_few(numbers: list[int]) -> int:
    return sum(numbers) if len(numbers) < 4 else max(numbers)


def stops(numbers: list[int]) -> int:
    return 1 // (len(numbers) - 2)


def blank(numbers: list[int]) -> int:
    raise NotImplementedError


@pytest.mark.parametrize("wrong", [forgets_the_last, right_for_few, stops, blank])
def test_who_fails_is_told_what_hypothesis_finds(
    grader: Path, counting: Any, wrong: Callable[[list[int]], object]
) -> None:
    assert graded(grader, sum)[0].status is Status.PASSED
    told, _ = graded(grader, wrong)
    alone, _ = graded(grader, wrong, replayed=False)
    assert told == alone
    assert told.points == 0


@pytest.mark.usefixtures("counting")
def test_cases_of_a_test_that_failed_are_not_kept(grader: Path) -> None:
    assert graded(grader, right_for_few)[0].status is Status.FAILED
    outcome, cases = graded(grader, sum)
    assert outcome.status is Status.PASSED
    assert len(cases) == 60


@pytest.mark.usefixtures("counting")
def test_another_seed_and_another_test_have_cases_of_their_own(grader: Path) -> None:
    _, cases = graded(grader, sum)
    assert graded(grader, sum, seed=4)[1] != cases
    grader.write_text(GRADER.replace("1000", "9"))
    os.utime(grader, ns=(1, 1))
    assert max(number for case in graded(grader, sum)[1] for number in case) <= 9
