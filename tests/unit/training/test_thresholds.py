"""Accuracy thresholds: computed from runs as the formula says, and fair near the threshold."""

import math
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.results.thresholds import (
    NotCalibrated,
    Threshold,
    doubt,
    in_order,
    judge,
    read_thresholds,
    recorded,
    thresholds_of,
    write_thresholds,
)
from autograder.training.calibration_report import markdown
from autograder.training.threshold_statistics import (
    FALSE_FAIL_RATE,
    FALSE_PASS_RATE,
    MAX_JUDGED_RUNS,
    MIN_RUNS_FOR_SPREAD,
    Measured,
    Spread,
    bound,
    compute_thresholds,
    passes,
)

COURSE = find_course(Path(__file__).parent)


@pytest.mark.parametrize(
    ("minimum", "right"), [(0.93, (9241, 9359)), (0.93, (9242, 9358)), (0.915, (9094, 9148, 9208))]
)
def test_a_mean_that_is_the_threshold_reaches_it(minimum: float, right: tuple[int, ...]) -> None:
    """Of 10,000 images; the sum of these shares, divided by their number, is rounded down."""
    shares = [count / 10_000 for count in right]
    assert sum(shares) / len(shares) < minimum
    # A spread so large that no run ends the judgement early.
    threshold = Threshold({}, minimum=minimum, judged=len(shares), spread=1.0)
    assert judge(threshold, shares.__getitem__).passed
    one_image_less = [shares[0] - 0.0001, *shares[1:]]
    assert not judge(threshold, one_image_less.__getitem__).passed


def measured(accuracies: list[float], **more: object) -> Threshold:
    return Threshold(dict(enumerate(accuracies)), **more)


def own(accuracies: list[float]) -> Threshold:
    """The threshold of a rung that stands alone."""
    return compute_thresholds({"full": {"rung-a": measured(accuracies)}})["full"]["rung-a"]


@pytest.mark.parametrize("judged", [1, 3])
def test_a_right_solution_misses_once_in_a_thousand(judged: int) -> None:
    random = np.random.default_rng(0)
    missed, tries = 0, 20_000
    for _ in range(tries):
        runs = random.normal(0.85, 0.01, 20 + judged)
        known = Measured(float(runs[:20].mean()), 20, Spread(float(np.std(runs[:20], ddof=1)), 20))
        missed += runs[20:].mean() < bound(known, judged, FALSE_FAIL_RATE)
    # 20 expected; more than 40 would happen by chance less than once in ten thousand.
    assert missed <= 40


def test_so_does_one_with_few_runs_and_the_spread_of_another() -> None:
    random = np.random.default_rng(1)
    missed, tries = 0, 20_000
    for _ in range(tries):
        wide = random.normal(0.75, 0.02, 20)
        runs = random.normal(0.90, 0.02, 3)
        known = Measured(float(runs[:2].mean()), 2, Spread(float(np.std(wide, ddof=1)), 20))
        missed += runs[2] < bound(known, 1, FALSE_FAIL_RATE)
    assert missed <= 40


def test_few_runs_make_a_lower_threshold() -> None:
    few, many = own([0.84, 0.85, 0.86]), own([0.84, 0.85, 0.86] * 7)
    assert few.minimum < many.minimum < 0.84
    assert own([0.84, 0.85]).minimum == 0  # none yet
    assert own([]).minimum == 0


def test_five_runs_have_a_spread_of_their_own() -> None:
    wide, narrow = measured([0.70, 0.74] * 10), measured([0.90, 0.91, 0.90, 0.91, 0.90])
    tier = compute_thresholds({"full": {"rung-a": wide, "rung-b": narrow}})["full"]
    assert narrow.runs == MIN_RUNS_FOR_SPREAD
    assert (tier["rung-a"].spread_of, tier["rung-b"].spread_of) == ("", "")
    assert tier["rung-b"].spread < 0.01
    assert all(0 <= threshold.miss <= FALSE_FAIL_RATE for threshold in tier.values())


@pytest.mark.parametrize(
    ("network", "optimizer", "source"),
    [
        ("deep", "adam", "rung-both"),
        ("deep", "other", "rung-network"),
        ("other", "sgd", "rung-network"),  # its optimizer
        ("other", "other", "rung-network"),  # its mean is the nearest
        ("", "", "rung-network"),
    ],
)
def test_a_rung_with_few_runs_borrows_from_the_most_similar(
    network: str, optimizer: str, source: str
) -> None:
    rungs = {
        "rung-wide": measured([0.70, 0.78] * 3, network="flat", optimizer="rmsprop"),
        "rung-network": measured([0.80, 0.82] * 3, network="deep", optimizer="sgd"),
        "rung-both": measured([0.80, 0.81] * 3, network="deep", optimizer="adam"),
        "rung-few": measured([0.9, 0.9], network=network, optimizer=optimizer),
    }
    other = {"rung-elsewhere": measured([0.1, 0.9] * 3, network=network, optimizer=optimizer)}
    tier = compute_thresholds({"full": rungs, "sample": other})["full"]
    assert tier["rung-few"].spread_of == f"{source}, full"
    assert tier["rung-few"].spread == tier[source].spread


def test_another_tier_lends_only_where_the_own_one_cannot() -> None:
    source = {"rung-a": measured([0.70, 0.74] * 3)}
    few = {"rung-a": measured([0.9]), "rung-b": measured([0.9, 0.91, 0.92])}
    tier = compute_thresholds({"full": few, "sample": source})["full"]
    assert {threshold.spread_of for threshold in tier.values()} == {"rung-a, sample"}
    alone = compute_thresholds({"full": few})["full"]
    assert (alone["rung-a"].minimum, alone["rung-b"].spread_of) == (0, "")
    assert alone["rung-b"].minimum > 0


@pytest.mark.parametrize("judged", [1, 2, 5])
@pytest.mark.parametrize("mean", [0.795, 0.80, 0.81])
def test_the_chance_to_pass_is_that_of_the_whole_procedure(judged: int, mean: float) -> None:
    """Held against `judge` itself, of recipes whose mean and deviation are known."""
    threshold = Threshold({}, minimum=0.80, judged=judged, spread=0.01)
    random = np.random.default_rng(2)
    tries = 2_000
    passed = sum(
        judge(threshold, lambda _seed: random.normal(mean, 0.01)).passed for _ in range(tries)
    )
    known = Measured(mean, 100_000, Spread(0.01, 100_000))
    assert passes(known, 0.80, judged, 0.01) == pytest.approx(passed / tries, abs=0.04)


def test_what_never_varies_passes_or_not() -> None:
    assert passes(Measured(0.80, 1, Spread(0.0, 1)), 0.80, 1, 0.0) == 1
    assert passes(Measured(0.79, 1, Spread(0.0, 1)), 0.80, 3, 0.0) == 0


LOW = [0.70, 0.71, 0.72, 0.71, 0.70, 0.72] * 3


def steps(difference: float, **more: object) -> Threshold:
    """The threshold of a rung whose runs lie `difference` above those of the rung before, LOW."""
    high = [accuracy + difference for accuracy in LOW]
    rungs = {"rung-a": measured(LOW), "rung-b": measured(high, **more)}
    return compute_thresholds({"full": rungs})["full"]["rung-b"]


def test_as_many_runs_are_judged_as_tell_two_rungs_apart() -> None:
    counts = [steps(difference).judged for difference in (0.06, 0.04, 0.03, 0.025)]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1] > 2) == (1, True)
    for difference in (0.06, 0.04, 0.03):
        threshold = steps(difference)
        assert 0 <= threshold.miss <= FALSE_FAIL_RATE
        assert threshold.slip is not None
        assert threshold.slip <= FALSE_PASS_RATE


def test_one_run_is_judged_where_no_number_tells_them_apart() -> None:
    threshold = steps(0.005)
    assert threshold.judged == 1
    assert threshold.slip is not None
    assert threshold.slip > 0.5


def test_a_threshold_for_extra_credit_stands_above_the_rung_before() -> None:
    usual, extra = steps(0.08), steps(0.08, extra=True)
    before = Measured(0.71, len(LOW), Spread(float(np.std(LOW, ddof=1)), len(LOW)))
    assert extra.minimum == math.ceil(1000 * bound(before, 1, 1 - FALSE_PASS_RATE)) / 1000
    assert extra.minimum < usual.minimum  # all of the gap is the margin of the reference
    assert (extra.slip or 1) <= FALSE_PASS_RATE
    assert extra.miss <= FALSE_FAIL_RATE
    # Where the reference itself would miss such a threshold, it has a threshold of its own.
    assert steps(0.01, extra=True) == msgspec.structs.replace(steps(0.01), extra=True)


def test_the_threshold_for_extra_credit_waits_for_three_runs_of_the_rung_before() -> None:
    low, high = [0.70, 0.71, 0.72, 0.71, 0.70], [0.90, 0.91, 0.92, 0.91, 0.90]
    rungs = {"rung-d": measured(low), "rung-e": measured([0.80, 0.81])}
    tier = compute_thresholds({"full": {**rungs, "rung-open": measured(high, extra=True)}})["full"]
    alone = compute_thresholds({"full": {**rungs, "rung-open": measured(high)}})["full"]
    assert tier["rung-open"].minimum == alone["rung-open"].minimum > 0.81


def test_slip_is_of_the_rung_before() -> None:
    low, high = [0.70, 0.72, 0.71, 0.70, 0.72], [0.90, 0.92, 0.91, 0.90, 0.92]
    apart = compute_thresholds({"full": {"rung-a": measured(low), "rung-b": measured(high)}})[
        "full"
    ]
    assert apart["rung-a"].slip is None
    assert apart["rung-b"].slip == pytest.approx(0, abs=1e-3)
    alike = compute_thresholds({"full": {"rung-a": measured(high), "rung-open": measured(high)}})[
        "full"
    ]
    assert alike["rung-open"].slip == pytest.approx(1, abs=1e-3)


def test_the_numbers_of_a_threshold() -> None:
    threshold = own([0.80, 0.82, 0.84, 0.82])
    assert (threshold.runs, round(threshold.mean, 4), round(threshold.spread, 4)) == (
        4,
        0.82,
        0.0163,
    )
    # t(0.999; 3) = 10.215, from a printed table.
    exact = 0.82 - 10.215 * math.sqrt(0.0008 / 3) * math.sqrt(1.25)
    assert threshold.minimum == pytest.approx(math.floor(exact * 1000) / 1000)
    assert threshold.miss <= FALSE_FAIL_RATE


def test_a_run_that_any_rung_was_measured_with_is_known() -> None:
    thresholds = {
        "rung-a": measured([0.7], key="x", software="keras 3"),
        "rung-b": measured([0.8], key="y", software="keras 3"),
        "c": Threshold({}),
    }
    assert recorded(thresholds, "y", "keras 3") == {0: 0.8}
    assert recorded(thresholds, "y", "keras 4") == {}
    assert recorded(thresholds, "z", "keras 3") == recorded(thresholds, "", "") == {}


def fixed(*accuracies: float) -> tuple[list[int], Callable[[int], float]]:
    trained_seeds: list[int] = []

    def accuracy(seed: int) -> float:
        trained_seeds.append(seed)
        return accuracies[seed]

    return trained_seeds, accuracy


THRESHOLD = Threshold({}, mean=0.85, spread=0.01, minimum=0.81, judged=3)


@pytest.mark.parametrize(
    ("accuracies", "passed", "seeds"),
    [
        ((0.86,), True, [0]),
        ((0.70,), False, [0]),  # far below: the further runs would not help
        ((0.81, 0.81, 0.81), True, [0, 1, 2]),
        ((0.80, 0.85), True, [0, 1]),
        ((0.80, 0.80, 0.81), False, [0, 1, 2]),
        ((0.80, 0.80, 0.84), True, [0, 1, 2]),
    ],
)
def test_a_judgement_ends_when_it_is_certain(
    accuracies: tuple[float, ...], passed: bool, seeds: list[int]
) -> None:
    trained_seeds, accuracy = fixed(*accuracies)
    verdict = judge(THRESHOLD, accuracy)
    assert (verdict.passed, trained_seeds, verdict.seeds) == (passed, seeds, len(seeds))
    assert verdict.reached == pytest.approx(np.mean(accuracies))


def test_the_doubt_about_the_final_mean_is_its_deviation() -> None:
    random = np.random.default_rng(3)
    # Of recipes whose first two runs have the same mean, their own means as the prior says.
    own = random.normal(0.80, 0.01 / math.sqrt(2), 200_000)
    rest = random.normal(own[:, None], 0.01, (200_000, 3)).sum(axis=1)
    assert np.std((2 * 0.80 + rest) / 5) == pytest.approx(doubt(0.01, 2, 5), rel=0.01)
    assert doubt(0.01, MAX_JUDGED_RUNS, MAX_JUDGED_RUNS) == 0


def test_thresholds_are_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "ladder.json"
    threshold = Threshold(
        {3: 0.8, 1: 0.9}, key="x", mean=0.85, minimum=0.8, article=0.86, measured="2026-01-02"
    )
    write_thresholds(path, {"sample": {"rung-a": threshold, "rung-b": Threshold({0: 0.5})}})
    assert read_thresholds(path)["sample"]["rung-a"] == threshold
    assert list(read_thresholds(path)["sample"]["rung-a"].accuracies) == [1, 3]
    assert thresholds_of(path, "sample", "rung-a")["rung-a"] == threshold
    for tier, name in (("full", "rung-a"), ("sample", "rung-b"), ("sample", "rung-c")):
        with pytest.raises(NotCalibrated, match=f"no threshold for {name} in the tier {tier}"):
            thresholds_of(path, tier, name)


@pytest.mark.parametrize("content", ["", '{"sample": {"rung-a"', "[]", '{"sample": {"rung-a": 1}}'])
def test_a_damaged_file_of_thresholds_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ladder.json"
    path.write_text(content)
    with pytest.raises(NotCalibrated, match=r"holds no thresholds .* Restore"):
        read_thresholds(path)


def test_the_courses_thresholds_follow_from_their_runs() -> None:
    thresholds = read_thresholds(COURSE.graders / "fashion_ladder.json")
    rungs = {
        question.name
        for question in COURSE.assignments["fashion_ladder"].questions
        if question.name.startswith("rung-")
    }
    assert compute_thresholds(thresholds) == thresholds
    assert set(thresholds["sample"]) == rungs  # the tier that grades offline, at once
    assert set(thresholds["full"]) <= rungs
    for tier in thresholds.values():
        for threshold in tier.values():
            if threshold.runs:
                assert (
                    threshold.accuracies[0] >= threshold.minimum > 0
                )  # the seed that grading uses


def test_each_row_says_how_its_step_is_demanded() -> None:
    thresholds = read_thresholds(COURSE.graders / "fashion_ladder.json")
    rows = markdown(thresholds).splitlines()[2:]
    listed = [
        threshold for tier in ("sample", "full") for _, threshold in in_order(thresholds[tier])
    ]
    assert len(rows) == len(listed) == 12
    for row, threshold in zip(rows, listed, strict=True):
        besides = row.split("|")[-2].strip()
        if not threshold.tells_apart or not threshold.extra:
            assert besides == threshold.step != "", row
        else:
            assert threshold.step == ""
            assert besides.startswith("nothing: ")
        assert threshold.miss <= FALSE_FAIL_RATE


def test_three_runs_that_differ_much_give_no_threshold_below_zero() -> None:
    """Else any recipe would pass; without a threshold, grading says to calibrate further."""
    assert own([0.80, 0.90, 0.95]).minimum == 0
    assert own([0.80, 0.81, 0.82]).minimum > 0
