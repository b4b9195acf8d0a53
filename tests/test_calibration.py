"""Calibration: goes on where the file of bars stops, and begins anew where the recipe changed."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from autograder import calibration
from autograder.bars import Bar, read_bars
from autograder.course import Course, find_course

COURSE = find_course(Path(__file__).parent)


class Asked:
    """A trainer that notes which seeds it is asked for, and stops at `last`."""

    tier = "sample"

    def __init__(self, of: str, last: int = 100) -> None:
        self.of, self.last = of, last
        self.seeds: list[int] = []

    def fingerprint(self, recipe: object) -> str:
        return self.of

    def accuracy(self, recipe: object, seed: int) -> float:
        if seed > self.last:
            raise KeyboardInterrupt
        self.seeds.append(seed)
        return 0.8 + seed / 100


@pytest.fixture
def bars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the course's bars, which calibration writes instead."""
    path = tmp_path / "bars.json"
    shutil.copy(COURSE.graders / "fashion_ladder.json", path)
    monkeypatch.setattr(calibration, "bars_path", lambda course, name: path)
    monkeypatch.setattr(calibration, "worker_count", lambda: 1)
    return path


def calibrate(trainer: Asked, seeds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(course: Course, **_: Any) -> Asked:
        return trainer

    monkeypatch.setattr(calibration, "course_trainer", made)
    console = Console(quiet=True)
    calibration.calibrate(COURSE, "sample", seeds, ["rung-a"], console)


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
    assert rung_a(bars).accuracies == [0.8 + seed / 100 for seed in range(6)]


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


def test_too_few_runs_change_nothing(bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bars.read_bytes()
    calibrate(Asked("one recipe"), 2, monkeypatch)
    assert bars.read_bytes() == before


def test_the_other_bars_stay(bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_bars(bars)["sample"]
    calibrate(Asked("one recipe"), 3, monkeypatch)
    after = read_bars(bars)["sample"]
    assert {name: bar for name, bar in after.items() if name != "rung-a"} == {
        name: bar for name, bar in before.items() if name != "rung-a"
    }
