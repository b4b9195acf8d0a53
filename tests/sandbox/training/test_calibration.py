"""Calibration trains the seeds that are missing, keeps each run, and thresholds come from the runs."""

import datetime
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from rich.console import Console

from autograder._util.machine import software
from autograder.course.course import Course, find_course
from autograder.course.settings import CourseError, UnfinishedRuns
from autograder.course.solution_file import AuthoringError
from autograder.keras_objects import Flatten
from autograder.models.model import Compiled, ModelData
from autograder.models.recipe import Recipe
from autograder.results.thresholds import Threshold, read_thresholds
from autograder.training import calibration
from autograder.training import publish as thresholds
from autograder.training.calibration import Rung
from autograder.training.client import Stopped, TrainingFailed
from autograder.training.reference_runs import reference_run
from autograder.training.run import Run
from autograder.training.runs import FinishedRun, RunsError, add_runs, read_runs
from autograder.training.trainer import MAX_STATE

COURSE = find_course(Path(__file__).parent)


RECIPE = Recipe(
    ModelData((28, 28, 1), (Flatten(),), Compiled("sgd", 0.01, "sparse_categorical_crossentropy")),
    5,
)


class FakeTrainer:
    """A trainer that notes which seeds it is asked for, and stops at `last`."""

    def __init__(self, key: str = "one recipe", last: int = 100, tier: str = "sample") -> None:
        self.key, self.last, self.tier = key, last, tier
        self.seeds: list[int] = []
        self.storing_failed = ""

    def run_key(self, recipe: object) -> str:
        return self.key

    def run(self, recipe: object, seed: int) -> Run:
        if seed > self.last:
            raise KeyboardInterrupt
        self.seeds.append(seed)
        return Run(bytes([seed]), {"seconds": (2.0, 1.0 + seed), "accuracy": (0.5,)}, 3.0)

    def stop(self) -> None:
        """Nothing runs on."""

    def score(self, run: Run) -> float:
        return 0.8 + run.predicted[0] / 100


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where calibration writes runs instead of the course's file; its only rung is rung-a."""
    path = tmp_path / "docs" / "runs.csv"
    monkeypatch.setattr(Course, "training_runs", lambda course, name: path)
    monkeypatch.setattr(Course, "thresholds", lambda course, name: tmp_path / "bars.json")
    monkeypatch.setattr(Course, "cache", tmp_path / "cache")
    monkeypatch.setattr(Course, "reference_runs", tmp_path / "kept")
    monkeypatch.setattr(calibration, "worker_count", lambda: 1)
    for module in (calibration, thresholds):
        rungs = [Rung("fashion_ladder", "rung-a", RECIPE)]
        monkeypatch.setattr(module, "rungs", lambda course, rungs=rungs: rungs)
    return path


def calibrate(
    trainer: FakeTrainer, seeds: int | range, monkeypatch: pytest.MonkeyPatch, threads: int = 1
) -> None:
    seeds = range(seeds) if isinstance(seeds, int) else seeds
    monkeypatch.setattr(calibration, "calibration_trainer", lambda *_, **__: trainer)
    console = Console(quiet=True)
    calibration.calibrate(COURSE, trainer.tier, seeds, ["rung-a"], console, threads=threads)


def publish(course: Course, monkeypatch: pytest.MonkeyPatch, keys: dict[str, str]) -> bool:
    """Publish thresholds where the recipe of rung a has these keys by tier."""

    def make_trainer(course: Course, tier: str) -> FakeTrainer:
        return FakeTrainer(keys[tier], tier=tier)

    monkeypatch.setattr(thresholds, "calibration_trainer", make_trainer)
    return thresholds.publish(course, Console(quiet=True))


def test_only_missing_seeds_are_trained(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = FakeTrainer(), FakeTrainer(), FakeTrainer()
    calibrate(first, 4, monkeypatch)
    assert sorted(first.seeds) == [0, 1, 2, 3]
    calibrate(second, 6, monkeypatch, threads=2)
    assert sorted(second.seeds) == [4, 5]
    calibrate(third, 5, monkeypatch)  # there are six already, and none is thrown away
    assert third.seeds == []
    rows = read_runs(runs)
    assert [(run.seed, run.accuracy, run.threads) for run in rows] == [
        (seed, 0.8 + seed / 100, 1 if seed < 4 else 2) for seed in range(6)
    ]
    assert {(run.tier, run.rung, run.key) for run in rows} == {("sample", "rung-a", "one recipe")}
    assert {run.software for run in rows} == {software()}
    assert {run.date for run in rows} == {datetime.datetime.now(datetime.UTC).date().isoformat()}
    assert rows[0].epoch_seconds == 1.0
    assert rows[0].processor


def test_of_each_rung_the_run_with_the_lowest_seed_is_kept_whole(
    runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def kept() -> int:
        run = reference_run(tmp_path / "kept", "one recipe", software())
        assert run is not None
        assert (run.tier, run.rung, run.history) == ("sample", "rung-a", {"accuracy": (0.5,)})
        assert list(run.classes()) == [run.seed]
        return run.seed

    calibrate(FakeTrainer(), range(2, 4), monkeypatch)
    assert kept() == 2
    calibrate(FakeTrainer(), 5, monkeypatch)
    assert kept() == 0
    calibrate(FakeTrainer("another recipe"), 1, monkeypatch)
    assert kept() == 0


def test_a_run_that_nobody_kept_is_made_once_more(
    runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calibrate(FakeTrainer(), 3, monkeypatch)
    (file,) = (tmp_path / "kept").iterdir()
    file.write_text("not a run")
    assert reference_run(tmp_path / "kept", "one recipe", software()) is None
    again, nothing = FakeTrainer(), FakeTrainer()
    calibrate(again, 3, monkeypatch)
    assert again.seeds == [0]
    assert len(read_runs(runs)) == 3
    calibrate(nothing, 3, monkeypatch)
    assert nothing.seeds == []


def test_seeds_may_be_spread_over_machines(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calibrate(FakeTrainer(), range(5, 8), monkeypatch)
    other = FakeTrainer()
    calibrate(other, 7, monkeypatch)
    assert sorted(other.seeds) == [0, 1, 2, 3, 4]
    assert {run.seed for run in read_runs(runs)} == set(range(8))


def test_an_interrupted_calibration_keeps_its_runs(
    runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt):
        calibrate(FakeTrainer(last=4), 9, monkeypatch)
    again = FakeTrainer()
    calibrate(again, 6, monkeypatch)
    assert again.seeds == [5]


@pytest.mark.parametrize(
    ("cause", "error"),
    [
        (KeyboardInterrupt, KeyboardInterrupt),
        (TrainingFailed("too long"), CourseError),
        (None, RunsError),  # the run cannot be added to the file
    ],
)
def test_what_ends_one_training_waits_for_no_other(
    runs: Path,
    monkeypatch: pytest.MonkeyPatch,
    cause: type[BaseException] | BaseException | None,
    error: type[BaseException],
) -> None:
    stopped = threading.Event()

    class LongTrainer(FakeTrainer):
        def run(self, recipe: object, seed: int) -> Run:
            if seed == 0:
                if cause is not None:
                    raise cause
                runs.parent.mkdir()
                runs.write_text("damaged")
                return super().run(recipe, seed)
            if not stopped.wait(20):
                pytest.fail("nobody stopped this training, which takes hours")
            raise Stopped

        def stop(self) -> None:
            stopped.set()

    monkeypatch.setattr(calibration, "worker_count", lambda: 2)
    with pytest.raises(error):
        calibrate(LongTrainer(), 2, monkeypatch)
    assert stopped.is_set()


def test_a_training_that_fails_ends_with_a_line_that_says_what_to_do(
    runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SlowTrainer(FakeTrainer):
        def run(self, recipe: object, seed: int) -> Run:
            if seed == 1:
                raise TrainingFailed("training took longer than 14400 s")
            return super().run(recipe, seed)

    message = r"seed 1 .* longer than 14400 s\. Correct .* run the same command to go on"
    with pytest.raises(CourseError, match=message):
        calibrate(SlowTrainer(), 2, monkeypatch)
    assert [run.seed for run in read_runs(runs)] == [0]


def test_runs_under_other_keys_are_kept(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calibrate(FakeTrainer("before"), 4, monkeypatch)
    other = FakeTrainer("after")
    calibrate(other, 3, monkeypatch)
    assert sorted(other.seeds) == [0, 1, 2]
    again = FakeTrainer("before")
    calibrate(again, 4, monkeypatch)
    assert again.seeds == []
    assert [run.key for run in read_runs(runs)] == ["before"] * 4 + ["after"] * 3


def test_a_new_run_moves_no_threshold_until_they_are_published(
    runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    course = course_at(tmp_path)
    keys = {"sample": "one recipe", "full": "full recipe"}
    calibrate(FakeTrainer(), 4, monkeypatch)
    assert not (tmp_path / "bars.json").exists()
    assert not publish(course, monkeypatch, keys)  # nothing is known of the full tier
    assert set(read_thresholds(tmp_path / "bars.json")) == {"sample"}
    calibrate(FakeTrainer("full recipe", tier="full"), 3, monkeypatch)
    assert publish(course, monkeypatch, keys)
    thresholds = read_thresholds(tmp_path / "bars.json")
    assert thresholds["sample"]["rung-a"].runs == 4
    assert thresholds["full"]["rung-a"].accuracies == pytest.approx({0: 0.8, 1: 0.81, 2: 0.82})
    assert thresholds["full"]["rung-a"].key == "full recipe"
    assert thresholds["full"]["rung-a"].software == software()
    assert thresholds["full"]["rung-a"].minimum > 0
    calibrate(FakeTrainer(), 5, monkeypatch)
    assert read_thresholds(tmp_path / "bars.json") == thresholds


def test_a_threshold_without_runs_of_its_recipe_stays(
    runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    course = course_at(tmp_path)
    calibrate(FakeTrainer(), 4, monkeypatch)
    calibrate(FakeTrainer("full recipe", tier="full"), 4, monkeypatch)
    publish(course, monkeypatch, {"sample": "one recipe", "full": "full recipe"})
    before = read_thresholds(tmp_path / "bars.json")
    assert not publish(course, monkeypatch, {"sample": "one recipe", "full": "changed"})
    assert read_thresholds(tmp_path / "bars.json") == before


def test_table_and_plot_are_published_too(
    runs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    course = course_at(tmp_path)
    page = tmp_path / "README.md"
    page.write_text(
        "Before\n<!-- thresholds -->\nan old table\n<!-- /thresholds -->\nand\n"
        "<!-- runs -->\nold counts\n<!-- /runs -->\nafter\n"
    )
    calibrate(FakeTrainer(), 3, monkeypatch)
    publish(course, monkeypatch, {"sample": "one recipe", "full": "unknown"})
    text = page.read_text()
    assert "| a | sample |  | 3 | 81.00 % (80.00 to 82.00) | 1 s |" in text
    assert "| tier | processor | threads | runs |\n" in text
    assert "an old table" not in text
    assert "old counts" not in text
    assert text.startswith("Before\n") and text.endswith("\nafter\n")  # noqa: PT018 - one fact
    assert runs.with_suffix(".png").read_bytes().startswith(b"\x89PNG")


def course_at(root: Path) -> Course:
    """The course as if it stood in `root`, where pages with tables are looked for."""
    return Course(root, COURSE.assignments, COURSE.config)


def test_a_line_that_is_no_run_is_named(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calibrate(FakeTrainer(), 2, monkeypatch)
    lines = runs.read_text().splitlines()
    runs.write_text("\n".join([*lines[:2], lines[2].replace(",0.81,", ",much,")]) + "\n")
    with pytest.raises(RunsError, match=r"runs\.csv:3: .*accuracy.* Correct the line"):
        read_runs(runs)


def test_runs_that_the_cache_does_not_take_are_in_the_file(
    runs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    trainer = FakeTrainer()
    trainer.storing_failed = "runs.db: database is locked"
    calibrate(trainer, 3, monkeypatch)
    assert [run.seed for run in read_runs(runs)] == [0, 1, 2]
    lines = capsys.readouterr().err.splitlines()
    assert lines == [f"autograder: runs.db: database is locked. The run is in {runs}"]


def test_the_same_run_on_another_processor_is_kept_too(tmp_path: Path) -> None:
    path, lock = tmp_path / "runs.csv", tmp_path / "lock"
    run = FinishedRun("full", "rung-a", "k", 1, 0.85, 1, 0.0, "one", "keras 3", "2026-01-02")
    other = msgspec.structs.replace(run, processor="another")
    add_runs(path, [run, run], lock)
    add_runs(path, [other, run], lock)
    assert read_runs(path) == [run, other]


def test_calibration_keeps_states_of_any_size_in_the_directory_of_the_setting(
    tmp_path: Path,
) -> None:
    settings = UnfinishedRuns(directory="states", gib=0.5)
    config = msgspec.structs.replace(COURSE.config, unfinished_runs=settings)
    course = Course(tmp_path, COURSE.assignments, config)
    trainer: Any = calibration.calibration_trainer(course, "sample")
    assert trainer._largest_state == MAX_STATE
    trainer._states.put("key", b"state", 1.0)
    assert (tmp_path / "states" / "runs.db").exists()
    assert trainer._states._most == 2**29


def test_the_courses_thresholds_are_those_of_its_runs() -> None:
    """What the file of thresholds holds is in the file of runs; no digest of a grader reads that one."""
    path = COURSE.training_runs("fashion_ladder")
    known = {(run.tier, run.rung, run.key, run.seed, run.accuracy) for run in read_runs(path)}
    thresholds = read_thresholds(COURSE.thresholds("fashion_ladder"))
    assert sum(threshold.runs for tier in thresholds.values() for threshold in tier.values()) > 100
    for tier, rungs in thresholds.items():
        for name, threshold in rungs.items():
            for seed, accuracy in threshold.accuracies.items():
                assert (tier, name, threshold.key, seed, accuracy) in known
    assert path not in COURSE.grader_sources()


def test_thresholds_of_an_older_version_still_hold(tmp_path: Path) -> None:
    path = tmp_path / "bars.json"
    path.write_text('{"full": {"rung-a": {"accuracies": {"0": 0.85}, "of": "x", "bar": 0.8}}}')
    threshold = read_thresholds(path)["full"]["rung-a"]
    assert threshold == Threshold({0: 0.85}, minimum=0.8)
    assert threshold.of_recipe("", "") == threshold.of_recipe("x", software()) == {}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("raise ValueError('no layers')", "ValueError: no layers"),
        ("return 5", "a recipe is a dict"),
        ("raise NotImplementedError", "rung_a"),
    ],
)
def test_a_reference_without_a_recipe_is_the_authors_to_correct(
    monkeypatch: pytest.MonkeyPatch, body: str, message: str
) -> None:
    namespace: dict[str, Any] = {}
    exec(f"def rung_a():\n    {body}", namespace)
    monkeypatch.setattr(calibration, "reference", lambda course, name: SimpleNamespace(**namespace))
    with pytest.raises(
        AuthoringError, match=rf"^solutions/fashion_ladder.py: .*{message}.*Correct it$"
    ):
        list(calibration.rungs(COURSE))
