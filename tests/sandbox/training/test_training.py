"""Training in the training sandbox: the same again, once per model, and nothing believed."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.datasets import load_fashion_mnist_sample
from autograder.keras_objects import (
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    EarlyStopping,
    Flatten,
    MaxPooling2D,
    PiecewiseConstantDecay,
    RandomFlip,
    ReduceLROnPlateau,
)
from autograder.models.model import Compiled, ModelData
from autograder.models.recipe import Recipe, canonical
from autograder.sandbox.guest import training_worker as worker_process
from autograder.sandbox.guest.built_models import batches
from autograder.sandbox.host import launcher
from autograder.sandbox.protocol.limits import Limits
from autograder.training import cache as cache_module
from autograder.training import client
from autograder.training.cache import UNFINISHED, CacheUnusable, TrainingCache, read_also
from autograder.training.client import State, Stopped
from autograder.training.data import TrainingData, split
from autograder.training.run import Run
from autograder.training.trainer import Trainer, TrainingFailed

COMPILED = Compiled("adam", 0.001, "sparse_categorical_crossentropy")


@pytest.fixture(autouse=True)
def forks() -> None:
    """Training workers start as forks, as in a class: TensorFlow is imported once, not in each test."""
    assert launcher.choose_way(tensorflow=True) == "fork"


@pytest.fixture(scope="module")
def data() -> TrainingData:
    """600 training and 200 test images: enough to learn something in seconds."""
    (images, labels), (test, test_labels) = load_fashion_mnist_sample()
    return split(((images[:600], labels[:600]), (test[:200], test_labels[:200])), "sample")


def recipe(filters: int = 8, *, epochs: int = 3, optimizer: str = "adam") -> Recipe:
    """A small network with dropout, so that the seed matters everywhere."""
    layers = (
        Conv2D(filters, (3, 3), activation="relu"),
        MaxPooling2D((2, 2), (2, 2)),
        Dropout(0.2),
        Flatten(),
        Dense(10, activation="softmax"),
    )
    compiled = msgspec.structs.replace(COMPILED, optimizer=optimizer)
    return Recipe(ModelData((28, 28, 1), layers, compiled), epochs)


def trained_by_turns(data: TrainingData, turns: list[int]) -> list[tuple[bytes, dict[str, Any]]]:
    """Predictions and metrics with so many batches between two returns to Python, for each turn."""
    layers = (BatchNormalization(), RandomFlip("horizontal"), *recipe().model.layers)
    steered = msgspec.structs.replace(
        recipe(),
        model=ModelData((28, 28, 1), layers, COMPILED),
        learning_rates=[0.01, 0.003, 0.001],
    )
    request = {
        "recipe": msgspec.to_builtins(canonical(steered)),
        "seed": 5,
        "threads": 1,
        "keep_every": 1e9,
        "largest_state": 0,
    }
    results = []
    for turn in turns:
        worker_process._BATCHES_AT_ONCE = turn
        if results:
            worker_process._keep_freed_memory()  # as every training does, except the first one here
        predicted, history = worker_process.run(request, data.worker_arrays(), -1)
        results.append((predicted.tobytes(), {**history, "seconds": []}))
    return results


def test_batches_run_at_once_and_memory_that_is_kept_change_no_bit(data: TrainingData) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as apart:  # what it sets stays in its process
        single, several, too_many = apart.apply(trained_by_turns, (data, [1, 4, 1_000]))
    assert len(single[1]["loss"]) == 3
    assert several == single
    assert too_many == single


def test_the_same_twice_from_an_empty_cache(
    data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []
    for name, seed, forking in (("first", 0, True), ("second", 0, False), ("third", 1, True)):
        monkeypatch.setattr(launcher._starter, "forking", forking)
        runs.append(Trainer(data, TrainingCache(tmp_path / name), Limits()).run(recipe(), seed))
    assert runs[0].predicted == runs[1].predicted
    assert runs[0].history.keys() == runs[1].history.keys()
    for name in runs[0].history.keys() - {"seconds"}:  # the one thing that is not the recipe's
        assert runs[0].history[name] == runs[1].history[name]
    assert runs[0].predicted != runs[2].predicted
    assert runs[0].accuracy(data.test_labels) > 0.5
    assert len(runs[0].history["val_loss"]) == 3


def broken_off(trainer: Trainer, wanted: Recipe, monkeypatch: pytest.MonkeyPatch) -> State:
    """The state in which a run is left when the grading process dies after its second epoch."""
    kept: list[State] = []

    def dies(key: str, data: bytes, seconds: float) -> None:
        put(key, data, seconds)
        kept.append(msgspec.msgpack.decode(data, type=State))
        if kept[-1].begun["epochs"] == 2:
            raise KeyboardInterrupt

    put = trainer._cache.put
    with monkeypatch.context() as patch:
        patch.setattr(trainer._cache, "put", dies)
        with pytest.raises(KeyboardInterrupt):
            trainer.run(wanted, 0)
    assert [state.begun["epochs"] for state in kept] == [1, 2]
    return kept[-1]


def test_a_run_that_was_broken_off_ends_as_one_without_a_break(
    data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = recipe(epochs=5)
    layers = (RandomFlip("horizontal"), *wanted.model.layers[:1], BatchNormalization())
    model = msgspec.structs.replace(wanted.model, layers=(*layers, *wanted.model.layers[1:]))
    rates = (0.01, 0.01, 0.005, 0.002, 0.001)
    wanted = msgspec.structs.replace(wanted, model=model, learning_rates=rates)
    whole = Trainer(data, TrainingCache(tmp_path / "whole"), Limits()).run(wanted, 0)
    cache = TrainingCache(tmp_path / "parts")
    trainer = Trainer(data, cache, Limits(), keep_every=0)
    state = broken_off(trainer, wanted, monkeypatch)
    assert [entry.key for entry in cache.entries()] == [trainer.key(wanted, 0) + UNFINISHED]

    states: list[State | None] = []
    ask = client.ask

    def spy(*args: Any, begun: State | None, **kwargs: Any) -> Any:
        states.append(begun)
        return ask(*args, begun=begun, **kwargs)

    monkeypatch.setattr(client, "ask", spy)
    run = trainer.run(wanted, 0)
    assert states == [state]
    assert run.predicted == whole.predicted
    for name in whole.history.keys() - {"seconds"}:
        assert run.history[name] == whole.history[name]
    assert len(run.history["seconds"]) == 5
    assert run.seconds > state.seconds
    assert [entry.key for entry in cache.entries()] == [trainer.key(wanted, 0)]


def test_a_large_state_is_kept_where_states_have_a_place_of_their_own(
    data: TrainingData, tmp_path: Path
) -> None:
    # Weights and Adam's two moments of each: 76 MB, which the cache of finished runs does not keep.
    layers = (Flatten(), Dense(8_000), Dense(10, activation="softmax"))
    adam = msgspec.structs.replace(recipe().model.compiled, optimizer="adam", settings={})
    model = msgspec.structs.replace(recipe().model, layers=layers, sources=(), compiled=adam)
    wanted = msgspec.structs.replace(recipe(epochs=2), model=model)
    together = TrainingCache(tmp_path / "together")
    sizes: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        keep = together.put
        patch.setattr(together, "put", lambda *row: (sizes.append(len(row[1])), keep(*row)))
        whole = Trainer(data, together, Limits(), keep_every=0).run(wanted, 0)
    assert [size < 10_000 for size in sizes] == [True]  # the finished run, and no state

    states = TrainingCache(tmp_path / "states")
    trainer = Trainer(data, TrainingCache(tmp_path / "runs"), Limits(), keep_every=0, states=states)
    put = states.put

    def stop(key: str, content: bytes, seconds: float) -> None:
        put(key, content, seconds)
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(states, "put", stop)
        with pytest.raises(KeyboardInterrupt):
            trainer.run(wanted, 0)
    assert [entry.size > 75_000_000 for entry in states.entries()] == [True]
    assert trainer.run(wanted, 0).history["loss"] == whole.history["loss"]
    assert states.entries() == []


def test_a_state_that_nothing_goes_on_from_is_dropped(data: TrainingData, tmp_path: Path) -> None:
    cache = TrainingCache(tmp_path)
    trainer = Trainer(data, cache, Limits())
    odd = State({"epochs": 2, "history": {"$dict": []}}, [], 1.0)
    cache.put(trainer.key(recipe(), 0) + UNFINISHED, msgspec.msgpack.encode(odd), 1.0)
    with pytest.raises(TrainingFailed, match="the training worker ended"):
        trainer.run(recipe(), 0)
    assert cache.entries() == []
    assert len(trainer.run(recipe(), 0).history["loss"]) == 3


def test_a_training_that_is_stopped_ends_at_once_and_keeps_its_state(
    data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = recipe(epochs=1000)
    cache = TrainingCache(tmp_path)
    trainer = Trainer(data, cache, Limits(), keep_every=0.5)
    put = cache.put

    def stop(key: str, content: bytes, seconds: float) -> None:
        put(key, content, seconds)
        trainer.stop()

    monkeypatch.setattr(cache, "put", stop)
    with pytest.raises(Stopped):
        trainer.run(wanted, 0)
    assert [entry.key for entry in cache.entries()] == [trainer.key(wanted, 0) + UNFINISHED]


def test_a_run_whose_callbacks_remember_has_no_state(data: TrainingData, tmp_path: Path) -> None:
    plateau = ReduceLROnPlateau("val_loss", factor=0.5, patience=1)
    wanted = msgspec.structs.replace(recipe(), callbacks=(plateau,))
    states: list[State] = []
    trainer = Trainer(data, TrainingCache(tmp_path), Limits(), keep_every=0)
    request = {"op": "train", "keep_every": 0.0, "largest_state": 2**26}
    trainer._ask_worker(wanted, 0, request, data.worker_arrays(), keep=states.append)
    assert states == []


def test_schedules_and_callbacks_steer_the_training(data: TrainingData, tmp_path: Path) -> None:
    trainer = Trainer(data, TrainingCache(tmp_path), Limits())

    def losses(wanted: Recipe) -> tuple[float, ...]:
        return trainer.run(wanted, 0).history["loss"]

    plain = recipe(optimizer="sgd")
    compiled = plain.model.compiled
    assert compiled is not None
    # 17 batches an epoch, counted from 0: after the first epoch the rate is nothing.
    schedule = PiecewiseConstantDecay((16,), (0.01, 0.0))
    model = msgspec.structs.replace(
        plain.model, compiled=msgspec.structs.replace(compiled, schedule=schedule)
    )
    stopped = msgspec.structs.replace(plain, model=model)
    early = EarlyStopping("val_loss", min_delta=100.0, patience=1)
    plateau = ReduceLROnPlateau("val_loss", factor=0.0, patience=1, min_delta=100.0)
    assert len(losses(plain)) == 3
    assert len(losses(msgspec.structs.replace(plain, callbacks=(early,)))) == 2
    validated = trainer.run(stopped, 0).history["val_loss"]
    assert len(set(validated)) == 1
    slowed = trainer.run(msgspec.structs.replace(plain, callbacks=(plateau,)), 0).history[
        "val_loss"
    ]
    assert slowed[0] > slowed[1] == slowed[2]


def orders(seed: int | None, epochs: int = 2) -> list[list[int]]:
    """The labels of 20 images as the training worker goes through them, epoch by epoch."""
    images, labels = np.zeros((20, 28, 28), np.uint8), np.arange(20, dtype=np.uint8)
    data = batches(images, labels, 8, seed=seed)
    return [[int(label) for _, part in data for label in part] for _ in range(epochs)]


def test_each_epoch_goes_through_all_images_in_an_order_of_its_own() -> None:
    first, second = orders(seed=0)
    assert sorted(first) == sorted(second) == list(range(20))
    assert first != second
    assert orders(seed=0) == [first, second]
    assert orders(seed=1)[0] != first
    assert orders(seed=None) == [list(range(20))] * 2


class Counted(Trainer):
    """A trainer that only counts what it would train."""

    trained: list[int]

    def _train(self, wanted: Recipe, seed: int) -> Any:
        from autograder.training.run import Run

        self.trained.append(seed)
        return Run(bytes(200), {"loss": (1.0,)}, 1.0)


def test_a_class_of_30_with_5_models_trains_5(data: TrainingData, tmp_path: Path) -> None:
    trainer = Counted(data, TrainingCache(tmp_path), Limits())
    trainer.trained = []
    for student in range(30):
        trainer.run(recipe(4 + student % 5), seed=0)
    assert len(trainer.trained) == 5
    assert len(TrainingCache(tmp_path).entries()) == 5


@pytest.mark.parametrize(
    ("factor", "message"),
    [(1000, r"took longer than 0\.5 s"), (1, r"did not end within 0\.5 s by the clock")],
)
def test_a_training_that_is_too_long_is_ended(
    data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factor: int, message: str
) -> None:
    monkeypatch.setattr(client, "WALL_FACTOR", factor)
    trainer = Trainer(data, TrainingCache(tmp_path), Limits(training_seconds=0.5))
    with pytest.raises(TrainingFailed, match=message):
        trainer.run(recipe(), 0)
    assert TrainingCache(tmp_path).entries() == []


def test_a_training_worker_without_memory_is_told(data: TrainingData, tmp_path: Path) -> None:
    trainer = Trainer(data, TrainingCache(tmp_path), Limits(address_space_gib=0.5))
    with pytest.raises(TrainingFailed, match="the training worker ended"):
        trainer.run(recipe(), 0)


@pytest.mark.usefixtures("only_the_kernel_watches")
def test_a_training_worker_that_the_kernel_ends_is_told(data: TrainingData, tmp_path: Path) -> None:
    trainer = Trainer(data, TrainingCache(tmp_path), Limits(sandbox_memory_gib=0.01))
    with pytest.raises(TrainingFailed, match=r"together held more than 0\.01 GiB"):
        trainer.run(recipe(), 0)


@pytest.mark.parametrize(
    "predicted",
    [
        np.zeros(199, np.uint8),
        np.full(200, 10, np.uint8),
        np.zeros(200, np.float32),
        np.zeros((200, 1), np.uint8),
        "all of them",
    ],
)
def test_predictions_are_checked(
    data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, predicted: object
) -> None:
    from autograder.sandbox.protocol import values

    def forged(*args: Any, **kwargs: Any) -> Any:
        blobs: list[bytes] = []
        reply = {"predicted": values.encode(predicted, blobs), "history": {"$dict": []}}
        return reply, blobs

    monkeypatch.setattr(client, "ask", forged)
    with pytest.raises(TrainingFailed, match="did not predict a class"):
        Trainer(data, TrainingCache(tmp_path), Limits()).run(recipe(), 0)


@pytest.mark.parametrize(
    "history",
    [
        {"accuracy": (1.5,)},
        {"accuracy": (0.5, float("nan"))},
        {"val_accuracy": (float("inf"),)},
        {"val_accuracy": (-0.1,)},
        {f"metric {number}": (0.0,) for number in range(51)},
    ],
)
def test_accuracies_are_checked(
    data: TrainingData,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    history: dict[str, tuple[float, ...]],
) -> None:
    from autograder.sandbox.protocol import values

    def forged(*args: Any, **kwargs: Any) -> Any:
        blobs: list[bytes] = []
        predicted = values.encode(np.zeros(200, np.uint8), blobs)
        return {"predicted": predicted, "history": values.encode(history, blobs)}, blobs

    monkeypatch.setattr(client, "ask", forged)
    with pytest.raises(TrainingFailed, match="the training worker's"):
        Trainer(data, TrainingCache(tmp_path), Limits()).run(recipe(), 0)


def test_the_training_worker_is_given_no_test_labels(
    data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []

    def spy(request: dict[str, object], blobs: list[bytes], *args: Any, **kwargs: Any) -> Any:
        sent.extend([msgspec.json.encode(request), *blobs])
        raise TrainingFailed("enough")

    monkeypatch.setattr(client, "ask", spy)
    with pytest.raises(TrainingFailed):
        Trainer(data, TrainingCache(tmp_path), Limits()).run(recipe(), 0)
    assert any(data.test.tobytes() in part for part in sent)
    assert not any(data.test_labels.tobytes() in part for part in sent)


def test_the_cache_drops_what_was_not_used_for_longest(tmp_path: Path) -> None:
    cache = TrainingCache(tmp_path, most=300)
    for key in "abc":
        cache.put(key, bytes(100), 1.0)
    assert {entry.key for entry in cache.entries()} == {"b", "c"}
    with cache.claim("b") as stored:
        assert stored == bytes(100)
    cache.put("d", bytes(100), 1.0)
    assert {entry.key for entry in cache.entries()} == {"b", "d"}
    assert cache.clear() == 2


def test_runs_of_another_cache_are_read_and_nothing_is_written_there(tmp_path: Path) -> None:
    """As a preview does: the runs of a course are half a gigabyte, too much to copy."""
    theirs = TrainingCache(tmp_path / "theirs")
    theirs.put("a", b"theirs", 1.0)
    before = (tmp_path / "theirs" / "runs.db").read_bytes()
    read_also(tmp_path / "ours", tmp_path / "theirs")
    ours = TrainingCache(tmp_path / "ours")
    with ours.claim("a") as stored:
        assert stored == b"theirs"
    assert ours.get("b") is None
    ours.put("a", b"ours", 1.0)
    assert (ours.get("a"), theirs.get("a")) == (b"ours", b"theirs")
    assert (tmp_path / "theirs" / "runs.db").stat().st_size == len(before)
    (tmp_path / "theirs" / "runs.db").write_bytes(b"no database")
    assert ours.get("c") is None
    assert (tmp_path / "theirs" / "runs.db").read_bytes() == b"no database"
    shutil.rmtree(tmp_path / "theirs")
    assert ours.get("c") is None


def make_one(directory: Path, begun: Any, count: Any) -> None:
    cache = TrainingCache(directory)
    with cache.claim("key") as stored:
        if stored is None:
            begun.set()
            time.sleep(0.5)
            with count.get_lock():
                count.value += 1
            cache.put("key", b"run", 1.0)


def test_of_many_at_once_one_trains_and_a_killed_one_blocks_nobody(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    begun, count = context.Event(), context.Value("i", 0)
    killed = context.Process(target=make_one, args=(tmp_path, begun, count))
    killed.start()
    assert begun.wait(60)
    assert killed.pid is not None
    os.kill(killed.pid, signal.SIGKILL)
    killed.join()
    others = [context.Process(target=make_one, args=(tmp_path, begun, count)) for _ in range(3)]
    for process in others:
        process.start()
    for process in others:
        process.join(60)
    assert count.value == 1
    assert [entry.key for entry in TrainingCache(tmp_path).entries()] == ["key"]


def test_a_damaged_cache_is_begun_anew(tmp_path: Path) -> None:
    TrainingCache(tmp_path).put("key", b"run", 1.0)
    (tmp_path / "runs.db").write_bytes(b"not a database at all" * 100)
    cache = TrainingCache(tmp_path)
    with cache.claim("key") as stored:
        assert stored is None
    with sqlite3.connect(tmp_path / "runs.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_finished_run_that_cannot_be_stored_counts(
    data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process holds the database when hours of training are over."""
    monkeypatch.setattr(cache_module, "_PATIENCE", 0.01)
    cache = TrainingCache(tmp_path)
    trainer = Trainer(data, cache, Limits())
    finished = Run(bytes(len(data.test_labels)), {"loss": (0.5,)}, 1.0)
    with closing(sqlite3.connect(tmp_path / "runs.db")) as other:

        def train(recipe: Recipe, seed: int) -> Run:
            other.execute("BEGIN EXCLUSIVE")
            return finished

        monkeypatch.setattr(trainer, "_train", train)
        assert trainer.run(recipe(), 0) == finished
        assert trainer.storing_failed.startswith(f"{tmp_path / 'runs.db'}: ")
        assert "database is locked. End the process" in trainer.storing_failed
        with pytest.raises(CacheUnusable, match="database is locked"):  # before it trains
            trainer.run(recipe(), 0)
    assert cache.entries() == []
