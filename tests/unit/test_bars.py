"""Accuracy bars: computed from runs as the formula says, and fair near the bar."""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autograder.bar_statistics import MISS, OWN_RUNS, Spread, bar_from, passes, settled
from autograder.bars import Bar, NotCalibrated, bars_of, judge, read_bars, recorded, write_bars
from autograder.course import find_course

COURSE = find_course(Path(__file__).parent)


def measured(accuracies: list[float], **more: object) -> Bar:
    return Bar(dict(enumerate(accuracies)), **more)


def own(accuracies: list[float]) -> Bar:
    """The bar of a rung that stands alone."""
    return settled({"full": {"rung-a": measured(accuracies)}})["full"]["rung-a"]


def test_a_right_solution_misses_once_in_a_thousand() -> None:
    random = np.random.default_rng(0)
    missed, tries = 0, 20_000
    for _ in range(tries):
        runs = random.normal(0.85, 0.01, 21)
        spread = Spread(float(np.std(runs[:20], ddof=1)), 20)
        missed += runs[20] < bar_from(runs[:20].tolist(), spread)
    # 20 expected; more than 40 would happen by chance less than once in ten thousand.
    assert missed <= 40


def test_so_does_one_with_few_runs_and_the_spread_of_another() -> None:
    random = np.random.default_rng(1)
    missed, tries = 0, 20_000
    for _ in range(tries):
        wide = random.normal(0.75, 0.02, 20)
        runs = random.normal(0.90, 0.02, 3)
        spread = Spread(float(np.std(wide, ddof=1)), 20)
        missed += runs[2] < bar_from(runs[:2].tolist(), spread)
    assert missed <= 40


def test_few_runs_make_a_lower_bar() -> None:
    few, many = own([0.84, 0.85, 0.86]), own([0.84, 0.85, 0.86] * 7)
    assert few.bar < many.bar < 0.84
    assert own([0.84, 0.85]).bar == 0  # none yet
    assert own([]).bar == 0


def test_five_runs_have_a_spread_of_their_own() -> None:
    wide, narrow = measured([0.70, 0.74] * 10), measured([0.90, 0.91, 0.90, 0.91, 0.90])
    tier = settled({"full": {"rung-a": wide, "rung-b": narrow}})["full"]
    assert narrow.runs == OWN_RUNS
    assert (tier["rung-a"].spread_of, tier["rung-b"].spread_of) == ("", "")
    assert tier["rung-b"].spread < 0.01
    assert all(0 <= bar.miss <= MISS for bar in tier.values())


@pytest.mark.parametrize(
    ("network", "optimizer", "lender"),
    [
        ("deep", "adam", "rung-both"),
        ("deep", "other", "rung-network"),
        ("other", "sgd", "rung-network"),  # its optimizer
        ("other", "other", "rung-wide"),
        ("", "", "rung-wide"),
    ],
)
def test_a_rung_with_few_runs_borrows_from_the_most_similar(
    network: str, optimizer: str, lender: str
) -> None:
    rungs = {
        "rung-wide": measured([0.70, 0.78] * 3, network="flat", optimizer="rmsprop"),
        "rung-network": measured([0.80, 0.82] * 3, network="deep", optimizer="sgd"),
        "rung-both": measured([0.80, 0.81] * 3, network="deep", optimizer="adam"),
        "rung-few": measured([0.9, 0.9], network=network, optimizer=optimizer),
    }
    other = {"rung-elsewhere": measured([0.1, 0.9] * 3, network=network, optimizer=optimizer)}
    tier = settled({"full": rungs, "sample": other})["full"]
    assert tier["rung-few"].spread_of == f"{lender}, full"
    assert tier["rung-few"].spread == tier[lender].spread


def test_another_tier_lends_only_where_the_own_one_cannot() -> None:
    lender = {"rung-a": measured([0.70, 0.74] * 3)}
    few = {"rung-a": measured([0.9]), "rung-b": measured([0.9, 0.91, 0.92])}
    tier = settled({"full": few, "sample": lender})["full"]
    assert {bar.spread_of for bar in tier.values()} == {"rung-a, sample"}
    alone = settled({"full": few})["full"]
    assert (alone["rung-a"].bar, alone["rung-b"].spread_of) == (0, "")
    assert alone["rung-b"].bar > 0


def test_the_chance_to_pass_is_that_of_the_whole_procedure() -> None:
    """Held against a simulation that knows the true mean and deviation, with many runs."""
    many = Spread(0.01, 100_000)
    half = 0.5 + retried(0.80, 0.80, 0.82)
    assert passes(0.80, 100_000, many, 0.80, 0.82) == pytest.approx(half, abs=0.01)
    assert passes(0.80, 100_000, many, 0.90, 0.92) < 1e-5
    assert passes(0.90, 100_000, many, 0.80, 0.90) == 1
    assert passes(0.80, 1, Spread(0.0, 1), 0.80, 0.80) == 1
    assert passes(0.79, 1, Spread(0.0, 1), 0.80, 0.80) == 0


def retried(true: float, bar: float, of_mean: float) -> float:
    """The share of recipes that pass only by the mean of three runs."""
    runs = np.random.default_rng(5).normal(true, 0.01, (3, 200_000))
    again = (runs[0] < bar) & (runs[0] >= bar - (of_mean - bar))
    return float(np.mean(again & (runs.mean(axis=0) >= bar)))


def test_slip_is_of_the_rung_before() -> None:
    low, high = [0.70, 0.72, 0.71, 0.70, 0.72], [0.90, 0.92, 0.91, 0.90, 0.92]
    apart = settled({"full": {"rung-a": measured(low), "rung-b": measured(high)}})["full"]
    assert apart["rung-a"].slip is None
    assert apart["rung-b"].slip == pytest.approx(0, abs=1e-3)
    alike = settled({"full": {"rung-a": measured(high), "rung-open": measured(high)}})["full"]
    assert alike["rung-open"].slip == pytest.approx(1, abs=1e-3)


def test_the_numbers_of_a_bar() -> None:
    bar = own([0.80, 0.82, 0.84, 0.82])
    assert (bar.runs, round(bar.mean, 4), round(bar.spread, 4)) == (4, 0.82, 0.0163)
    # t(0.999; 3) = 10.215, from a printed table.
    exact = 0.82 - 10.215 * math.sqrt(0.0008 / 3) * math.sqrt(1.25)
    assert bar.bar == pytest.approx(math.floor(exact * 1000) / 1000)
    assert bar.miss <= MISS


def test_a_run_that_any_rung_was_measured_with_is_known() -> None:
    bars = {
        "rung-a": measured([0.7], key="x", software="keras 3"),
        "rung-b": measured([0.8], key="y", software="keras 3"),
        "c": Bar({}),
    }
    assert recorded(bars, "y", "keras 3") == {0: 0.8}
    assert recorded(bars, "y", "keras 4") == {}
    assert recorded(bars, "z", "keras 3") == recorded(bars, "", "") == {}


def fixed(*accuracies: float) -> tuple[list[int], Callable[[int], float]]:
    asked: list[int] = []

    def accuracy(seed: int) -> float:
        asked.append(seed)
        return accuracies[seed]

    return asked, accuracy


BAR = Bar({}, mean=0.85, spread=0.01, bar=0.81, miss=0.001)


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
    bar = Bar({3: 0.8, 1: 0.9}, key="x", mean=0.85, bar=0.8, article=0.86, measured="2026-01-02")
    write_bars(path, {"sample": {"rung-a": bar, "rung-b": Bar({0: 0.5})}})
    assert read_bars(path)["sample"]["rung-a"] == bar
    assert list(read_bars(path)["sample"]["rung-a"].accuracies) == [1, 3]
    assert bars_of(path, "sample", "rung-a")["rung-a"] == bar
    for tier, name in (("full", "rung-a"), ("sample", "rung-b"), ("sample", "rung-c")):
        with pytest.raises(NotCalibrated, match=f"no bar for {name} in the tier {tier}"):
            bars_of(path, tier, name)


def test_the_courses_bars_follow_from_their_runs() -> None:
    bars = read_bars(COURSE.graders / "fashion_ladder.json")
    rungs = {
        question.name
        for question in COURSE.assignments["fashion_ladder"].questions
        if question.name.startswith("rung-")
    }
    assert settled(bars) == bars
    assert set(bars["sample"]) == rungs  # the tier that grades offline, at once
    assert set(bars["full"]) <= rungs
    for tier in bars.values():
        for bar in tier.values():
            if bar.runs:
                assert bar.accuracies[0] >= bar.bar > 0  # the seed that grading uses
