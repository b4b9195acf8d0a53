"""The rates that an own schedule gave in a sandbox: checked, shortened, and part of the recipe."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.graders.ladder_steps import _rates_fall
from autograder.keras_objects import Dense, Flatten, OtherSchedule, OwnSchedule
from autograder.keras_objects.schedules import IMAGES, MAX_BATCHES
from autograder.models.model import Compiled, ModelData
from autograder.models.recipe import Recipe, read_recipe
from autograder.models.recipe_key import recipe_key
from autograder.models.recipe_rules import RecipeRefused
from autograder.training.data import split


def read(rates: object, **more: Any) -> Recipe:
    schedule = OtherSchedule("WarmUp")
    compiled = Compiled("sgd", 0.0, "sparse_categorical_crossentropy", schedule=schedule)
    model = ModelData((28, 28, 1), (Flatten(), Dense(10, activation="softmax")), compiled)
    return read_recipe({"model": model, "epochs": 5, "batch_rates": rates, **more})


def row(*rates: float) -> np.ndarray:
    return np.array(rates, np.float32)


def test_the_rates_become_the_schedule_without_what_only_repeats() -> None:
    compiled = read(row(0, 0.5, 0.25, 0.25, 0.25)).model.compiled
    assert compiled is not None
    assert compiled.schedule == OwnSchedule((0.0, 0.5, 0.25))
    assert compiled.schedule.highest == 0.5


def test_the_key_depends_on_the_rates_alone() -> None:
    assert recipe_key(read(row(0.5, 0.25))) == recipe_key(read(row(0.5, 0.25, 0.25)))
    assert recipe_key(read(row(0.5, 0.25))) != recipe_key(read(row(0.5, 0.125)))


@pytest.mark.parametrize(
    ("rates", "says"),
    [
        ("it is random", "rates of the schedule WarmUp could not be computed .*: it is random; give"),
        (row(0.1, np.nan), "the schedule WarmUp gives batch 1 the learning rate nan; it must be"),
        (row(-0.1), "batch 0 the learning rate -0.1; it must be from 0 to 100"),
        (row(0, 0), "the schedule WarmUp gives each batch the learning rate 0"),
        (row(), "no row of rates"),
        (np.zeros(3), "no row of rates"),
        (np.ones((2, 2), np.float32), "no row of rates"),
        (np.ones(MAX_BATCHES + 1, np.float32), "no row of rates"),
    ],
)  # fmt: skip
def test_other_rates_are_refused(rates: object, says: str) -> None:
    with pytest.raises(RecipeRefused, match=says):
        read(rates)


def test_rates_by_batch_do_not_go_with_rates_by_epoch() -> None:
    with pytest.raises(
        RecipeRefused, match="learning_rates, or a LearningRateScheduler, and a schedule both set"
    ):
        read(row(0.1), learning_rates=[0.1] * 5)


def test_rates_that_stay_do_not_fall() -> None:
    assert _rates_fall(read(row(0.5, 0.5, 0.1))) is None
    assert _rates_fall(read(row(0.5, 0.5, 0.4))) is not None


def test_a_training_has_no_more_images_than_rates_are_computed_for() -> None:
    images, labels = np.zeros((60_000, 1, 1), np.uint8), np.zeros(60_000, np.uint8)
    assert len(split(((images, labels), (images[:1], labels[:1])), "full").train) == IMAGES
