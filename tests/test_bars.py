"""Accuracy bars: computed from runs as the formula says, and fair near the bar."""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autograder.bars import MISS, Bar, NotCalibrated, bar_from, bar_of, judge, read_bars, write_bars
from autograder.course import find_course

COURSE = find_course(Path(__file__).parent)


def test_a_right_solution_misses_once_in_a_thousand() -> None:
    random = np.random.default_rng(0)
    missed, tries = 0, 20_000
    for _ in range(tries):
        runs = random.normal(0.85, 0.01, 21)
        missed += runs[20] < bar_from(runs[:20].tolist()).bar
    # 20 expected; more than 40 would happen by chance less than once in ten thousand.
    assert missed <= 40


def test_few_runs_make_a_lower_bar() -> None:
    few, many = [0.84, 0.85, 0.86], [0.84, 0.85, 0.86] * 7
    assert bar_from(few).bar < bar_from(many).bar < 0.84
    with pytest.raises(ValueError, match="at least 3"):
        bar_from([0.8, 0.9])


def test_the_numbers_of_a_bar() -> None:
    bar = bar_from([0.80, 0.82, 0.84, 0.82])
    assert (bar.runs, round(bar.mean, 4), round(bar.spread, 4)) == (4, 0.82, 0.0163)
    # t(0.999; 3) = 10.215, from a printed table.
    exact = 0.82 - 10.215 * math.sqrt(0.0008 / 3) * math.sqrt(1.25)
    assert bar.bar == pytest.approx(math.floor(exact * 1000) / 1000)
    assert bar.miss <= MISS


def fixed(*accuracies: float) -> tuple[list[int], Callable[[int], float]]:
    asked: list[int] = []

    def accuracy(seed: int) -> float:
        asked.append(seed)
        return accuracies[seed]

    return asked, accuracy


BAR = Bar(runs=20, mean=0.85, spread=0.01, bar=0.81, miss=0.001, accuracies=[])


@pytest.mark.parametrize(
    ("accuracies", "passed", "seeds"),
    [
        ((0.86,), True, [0]),
        ((0.81,), True, [0]),
        ((0.70,), False, [0]),  # far below: no further seeds would help
        ((0.80, 0.85, 0.84), True, [0, 1, 2]),
        ((0.80, 0.80, 0.81), False, [0, 1, 2]),
    ],
)
def test_only_a_borderline_result_is_retrained(
    accuracies: tuple[float, ...], passed: bool, seeds: list[int]
) -> None:
    asked, accuracy = fixed(*accuracies)
    verdict = judge(BAR, accuracy)
    assert (verdict.passed, asked) == (passed, seeds)


def test_bars_are_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "ladder.json"
    write_bars(path, {"sample": {"rung-a": BAR}})
    assert read_bars(path) == {"sample": {"rung-a": BAR}}
    assert bar_of(path, "sample", "rung-a") == BAR
    with pytest.raises(NotCalibrated, match="no bar for rung-a in the tier full"):
        bar_of(path, "full", "rung-a")


def test_the_courses_bars_follow_from_their_runs() -> None:
    bars = read_bars(COURSE.graders / "fashion_ladder.json")
    assert set(bars["sample"]) == {
        question.name
        for question in COURSE.assignments["fashion_ladder"].questions
        if question.name.startswith("rung-")
    }
    for bar in bars["sample"].values():
        assert bar.runs >= 20
        assert bar_from(bar.accuracies, bar.of) == bar
        assert bar.accuracies[0] >= bar.bar  # the seed that grading uses
