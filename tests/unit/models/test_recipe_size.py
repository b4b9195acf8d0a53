"""A recipe is measured before it is copied: no entry needs more than some sixty numbers."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from autograder.keras_objects import Dense, Flatten
from autograder.models.model import Compiled, ModelData
from autograder.models.recipe import read_recipe
from autograder.models.recipe_rules import RecipeRefused

LOSS = "sparse_categorical_crossentropy"
MODEL = ModelData(
    (28, 28, 1), (Flatten(), Dense(10, activation="softmax")), Compiled("sgd", 0.01, LOSS)
)


def answer(**more: Any) -> dict[str, Any]:
    return {"model": MODEL, "epochs": 5, **more}


def nested(depth: int) -> Any:
    value: Any = 0.1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "rates", [[0.1] * 5, (0.1,) * 5, np.full(5, 0.1), [np.float32(0.1)] * 5, [np.array(0.1)] * 5]
)
def test_rates_may_be_a_list_or_an_array(rates: Any) -> None:
    assert read_recipe(answer(learning_rates=rates)).learning_rates == pytest.approx((0.1,) * 5)


def test_a_refusal_names_the_keys_in_one_order() -> None:
    """Not in a set's, which is another in each process: equal answers get equal feedback."""
    keys = "model, epochs, batch_size, learning_rates, callbacks, class_weight"
    with pytest.raises(RecipeRefused, match=f"a recipe has no seed; it has {keys}$"):
        read_recipe(answer(seed=3))


class Unread(np.ndarray[Any, Any]):
    """An array that nobody may make a list of."""

    def tolist(self) -> Any:
        raise AssertionError("it was copied before it was measured")


@pytest.mark.parametrize("key", ["learning_rates", "epochs", "batch_size", "callbacks"])
@pytest.mark.parametrize(
    "value",
    [
        np.zeros(1_001).view(Unread),
        np.zeros((1, 1, 1, 1)).view(Unread),
        [np.zeros(501).view(Unread)] * 2,
        [0.1] * 1_001,
        [[0.1] * 40] * 26,
        {str(number): 0.1 for number in range(1_001)},
        [{"a": [0.1] * 500}, {"b": [0.1] * 500}],
        nested(4),
        nested(100_000),
    ],
    ids=range(9),
)
def test_a_large_entry_is_refused_before_it_is_copied(key: str, value: Any) -> None:
    with pytest.raises(RecipeRefused, match=f'"{key}" of the recipe holds more than 1,000 values'):
        read_recipe(answer(**{key: value}))


@pytest.mark.parametrize(
    "more",
    [
        {f"no such key {number}": 1 for number in range(10_000)},
        {"epochs": 10**3000},
        {"epochs": "x" * 100_000},
        {"learning_rates": {"x" * 100_000: 1}},
        {"callbacks": [{"type": "x" * 100_000}]},
    ],
    ids=range(5),
)
def test_a_complaint_is_short(more: dict[str, Any]) -> None:
    with pytest.raises(RecipeRefused) as refused:
        read_recipe(answer(**more))
    assert len(str(refused.value)) < 700


def test_the_classes_of_layers_are_read_while_memory_is_collected() -> None:
    """A schema that msgspec 0.22 builds in several steps crashed the process, if it collected then."""
    code = (
        "import gc, msgspec\n"
        "from autograder.models.model import ModelData\n"
        "from autograder.keras_objects.layers import Layer\n"
        "gc.set_threshold(1)\n"
        "msgspec.convert([{'kind': 'Flatten'}], list[Layer])\n"
        "msgspec.convert({'input_shape': None, 'layers': []}, ModelData)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
