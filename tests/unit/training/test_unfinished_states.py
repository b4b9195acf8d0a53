"""States of unfinished trainings: what they cost a training, and when one is dropped."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.keras_objects import Dense, Flatten
from autograder.models.model import Compiled, ModelData
from autograder.models.recipe import Recipe
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.limits import Limits
from autograder.training import client
from autograder.training.cache import UNFINISHED, CacheUnusable, TrainingCache
from autograder.training.client import State, TrainingFailed
from autograder.training.data import split
from autograder.training.trainer import Trainer

COMPILED = Compiled("adam", 0.001, "sparse_categorical_crossentropy")
RECIPE = Recipe(ModelData((28, 28, 1), (Flatten(), Dense(10, activation="softmax")), COMPILED), 5)
IMAGES, LABELS = np.zeros((10, 28, 28), np.uint8), np.arange(10, dtype=np.uint8)
OLD, NEW = State({"epochs": 2}, [], 1.0), State({"epochs": 4}, [], 2.0)


@pytest.fixture
def cache(tmp_path: Path) -> TrainingCache:
    return TrainingCache(tmp_path)


@pytest.fixture
def trainer(cache: TrainingCache) -> Trainer:
    return Trainer(split(((IMAGES, LABELS), (IMAGES, LABELS)), "sample"), cache, Limits())


def reply_after(state: State) -> Callable[..., Any]:
    """A training that ends well after it has sent one state."""

    def ask(*_: Any, keep: Callable[[State], None], **__: Any) -> Any:
        keep(state)
        blobs: list[bytes] = []
        history = {"accuracy": [0.5]}
        return {
            name: values.encode(value, blobs)
            for name, value in (("predicted", LABELS), ("history", history))
        }, blobs

    return ask


def test_a_training_that_went_on_from_a_state_and_failed_keeps_the_later_one(
    cache: TrainingCache, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: Any, keep: Callable[[State], None], **__: Any) -> Any:
        keep(NEW)
        raise TrainingFailed("the machine ran out of memory")

    key = trainer.key(RECIPE, 0) + UNFINISHED
    cache.put(key, msgspec.msgpack.encode(OLD), 1.0)
    monkeypatch.setattr(client, "ask", ask)
    with pytest.raises(TrainingFailed):
        trainer.run(RECIPE, 0)
    assert cache.get(key) == msgspec.msgpack.encode(NEW)


def test_a_state_that_cannot_be_stored_does_not_end_the_training(
    cache: TrainingCache, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = cache.put

    def full(key: str, data: bytes, seconds: float) -> None:
        if key.endswith(UNFINISHED):
            raise CacheUnusable("database or disk is full")
        put(key, data, seconds)

    monkeypatch.setattr(cache, "put", full)
    monkeypatch.setattr(client, "ask", reply_after(NEW))
    assert trainer.run(RECIPE, 0).history == {"accuracy": (0.5,)}


def test_a_run_that_cannot_be_stored_leaves_its_last_state(
    cache: TrainingCache, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = cache.put

    def busy(key: str, data: bytes, seconds: float) -> None:
        if not key.endswith(UNFINISHED):
            raise CacheUnusable("database is locked")
        put(key, data, seconds)

    monkeypatch.setattr(cache, "put", busy)
    monkeypatch.setattr(client, "ask", reply_after(NEW))
    assert trainer.run(RECIPE, 0).history == {"accuracy": (0.5,)}
    assert trainer.storing_failed == "database is locked"
    assert [entry.key for entry in cache.entries()] == [trainer.key(RECIPE, 0) + UNFINISHED]
