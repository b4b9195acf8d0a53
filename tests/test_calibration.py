"""Calibration: goes on where the file of bars stops, and begins anew where the recipe changed."""

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from autograder import calibration
from autograder.bars import Bar, read_bars
from autograder.calibration_report import markdown
from autograder.course import Course, find_course
from autograder.training import Run

COURSE = find_course(Path(__file__).parent)


class Asked:
    """A trainer that notes which seeds it is asked for, and stops at `last`."""

    tier = "sample"

    def __init__(self, of: str, last: int = 100) -> None:
        self.of, self.last = of, last
        self.seeds: list[int] = []

    def fingerprint(self, recipe: object) -> str:
        return self.of

    def run(self, recipe: object, seed: int) -> Run:
        if seed > self.last:
            raise KeyboardInterrupt
        self.seeds.append(seed)
        return Run(bytes([seed]), {"seconds": (2.0, 1.0 + seed)}, 3.0)

    def score(self, run: Run) -> float:
        return 0.8 + run.predicted[0] / 100


@pytest.fixture
def bars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the course's bars, which calibration writes instead, and draws."""
    path = tmp_path / "bars.json"
    shutil.copy(COURSE.graders / "fashion_ladder.json", path)
    monkeypatch.setattr(Course, "bars", lambda course, name: path)
    monkeypatch.setattr(calibration, "worker_count", lambda: 1)
    return path


def calibrate(
    trainer: Asked, seeds: int | range, monkeypatch: pytest.MonkeyPatch, question: str = "rung-a"
) -> None:
    seeds = range(seeds) if isinstance(seeds, int) else seeds

    def made(course: Course, **_: Any) -> Asked:
        return trainer

    monkeypatch.setattr(calibration, "course_trainer", made)
    console = Console(quiet=True)
    calibration.calibrate(COURSE, "sample", seeds, [question], console)


def rung_a(path: Path) -> Bar:
    return read_bars(path)["sample"]["rung-a"]


def test_only_missing_seeds_are_trained(bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (Asked("one recipe") for _ in range(3))
    calibrate(first, 4, monkeypatch)
    assert sorted(first.seeds) == [0, 1, 2, 3]
    calibrate(second, 6, monkeypatch)
    assert sorted(second.seeds) == [4, 5]
    calibrate(third, 5, monkeypatch)  # there are six already, and none is thrown away
    assert third.seeds == []
    assert rung_a(bars).runs == 6
    assert rung_a(bars).accuracies == {seed: 0.8 + seed / 100 for seed in range(6)}
    assert rung_a(bars).epoch_seconds == 1.0
    assert rung_a(bars).measured == datetime.datetime.now(datetime.UTC).date().isoformat()


def test_seeds_may_be_spread_over_machines(bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calibrate(Asked("one recipe"), range(5, 8), monkeypatch)
    other = Asked("one recipe")
    calibrate(other, 7, monkeypatch)
    assert sorted(other.seeds) == [0, 1, 2, 3, 4]
    assert list(rung_a(bars).accuracies) == list(range(8))


def test_a_plot_and_a_table_come_of_it(bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calibrate(Asked("one recipe"), 3, monkeypatch)
    assert bars.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    row = next(line for line in markdown(read_bars(bars)).splitlines() if "| a | sample |" in line)
    assert "| 3 | 81.00 % (80.00 to 82.00) | 1 s |" in row


def test_another_recipe_begins_anew(bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calibrate(Asked("one recipe"), 4, monkeypatch)
    other = Asked("another")
    calibrate(other, 3, monkeypatch)
    assert sorted(other.seeds) == [0, 1, 2]
    assert (rung_a(bars).runs, rung_a(bars).of) == (3, "another")


def test_an_interrupted_calibration_keeps_its_runs(
    bars: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt):
        calibrate(Asked("one recipe", last=4), 9, monkeypatch)
    again = Asked("one recipe")
    calibrate(again, 6, monkeypatch)
    assert again.seeds == [5]


def test_too_few_runs_are_kept_without_a_bar(bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bars.write_text("{}")
    calibrate(Asked("one recipe"), 2, monkeypatch)
    assert (rung_a(bars).runs, rung_a(bars).bar) == (2, 0.0)
    calibrate(Asked("one recipe"), 3, monkeypatch)
    assert rung_a(bars).bar > 0


def test_the_other_bars_stay(bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_bars(bars)
    calibrate(Asked("one recipe"), 3, monkeypatch)
    after = read_bars(bars)
    # Bars may move, where they borrow a spread; what was measured does not.
    for tier, bars_of_tier in after.items():
        for name, bar in bars_of_tier.items():
            if (tier, name) != ("sample", "rung-a"):
                assert bar.accuracies == before[tier][name].accuracies
                assert bar.of == before[tier][name].of
