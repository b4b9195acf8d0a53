"""A recipe with an entry of the wrong kind is refused in a sentence that names the entry."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.keras_objects import Dense, EarlyStopping, Flatten, ReduceLROnPlateau
from autograder.models.model import Compiled, HistoryData, ModelData
from autograder.models.recipe import Recipe, read_recipe
from autograder.models.recipe_rules import RecipeRefused

MODEL = ModelData(
    (28, 28, 1),
    (Flatten(), Dense(10, activation="softmax")),
    Compiled("sgd", 0.01, "sparse_categorical_crossentropy"),
)

A_CALLBACK = "it must be EarlyStopping(...), ReduceLROnPlateau(...) or LearningRateScheduler(...)"


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({}, 'the recipe has no "epochs"'),
        ({"epochs": 0}, 'recipe["epochs"] is 0; it must be at least 1'),
        ({"epochs": 500}, 'recipe["epochs"] is 500; it must be at most 200'),
        ({"epochs": "5"}, "recipe[\"epochs\"] is '5'; it must be a whole number"),
        ({"epochs": 5.5}, 'recipe["epochs"] is 5.5; it must be a whole number'),
        ({"epochs": float("nan")}, 'recipe["epochs"] is nan; it must be a whole number'),
        ({"epochs": None}, 'recipe["epochs"] is None; it must be a whole number'),
        ({"batch_size": 1e5}, 'recipe["batch_size"] is 100000; it must be at most 4096'),
        ({"learning_rates": 0.1}, 'recipe["learning_rates"] is 0.1; it must be a list'),
        (
            {"learning_rates": [0.1, "x"]},
            "recipe[\"learning_rates\"][1] is 'x'; it must be a number",
        ),
        ({"learning_rates": [-1]}, 'recipe["learning_rates"][0] is -1; it must be above 0'),
        (
            {"learning_rates": [0.1] * 300},
            f'recipe["learning_rates"] is {repr([0.1] * 300)[:60]} ...; '
            "it must be a list of at most 200",
        ),
        ({"callbacks": "x"}, "recipe[\"callbacks\"] is 'x'; it must be a list"),
        ({"callbacks": ["x"]}, f"recipe[\"callbacks\"][0] is 'x'; {A_CALLBACK}"),
        ({"callbacks": {}}, f'recipe["callbacks"][0] is {{}}; {A_CALLBACK}'),
        (
            {"callbacks": [EarlyStopping(), {"patience": 3}]},
            f"recipe[\"callbacks\"][1] is {{'patience': 3}}; {A_CALLBACK}",
        ),
        (
            {"callbacks": [ReduceLROnPlateau(), EarlyStopping(patience=-1)]},
            'recipe["callbacks"][1].patience is -1; it must be at least 0',
        ),
        (
            {"callbacks": ReduceLROnPlateau(factor=5)},
            'recipe["callbacks"][0].factor is 5; it must be below 1',
        ),
        (
            {"callbacks": [EarlyStopping(baseline="x")]},  # type: ignore[arg-type]
            "recipe[\"callbacks\"][0].baseline is 'x'; it must be a number or None",
        ),
    ],
)
def test_the_entry_and_what_it_must_be(entries: dict[str, Any], says: str) -> None:
    epochs = {} if not entries else {"epochs": 3}
    with pytest.raises(RecipeRefused) as refusal:
        read_recipe({"model": MODEL, **epochs, **entries})
    assert str(refusal.value) == says


def test_a_whole_number_with_a_point_is_one() -> None:
    recipe = read_recipe({"model": MODEL, "epochs": 5.0, "batch_size": 64.0})
    assert recipe == Recipe(MODEL, 5, 64)
    assert type(recipe.epochs) is int


@pytest.mark.parametrize("callbacks", [HistoryData(0, 0, {}), [HistoryData(0, 0, {})]])
def test_a_history_among_the_callbacks_only_watches(callbacks: object) -> None:
    recipe = read_recipe({"model": MODEL, "epochs": 5, "callbacks": callbacks})
    assert recipe.callbacks == ()
    assert recipe.left_out == ("History",)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"Model": MODEL, "epochs": 5}, "a recipe has no Model; it has model, epochs, "),
        ({"network": MODEL, "Epochs": 5}, "a recipe has no Epochs, network; it has model, "),
        ({"epochs": 5}, 'the recipe has no "model"'),
        ({"model": None, "epochs": 5}, 'the "model" of the recipe is not a Keras model'),
    ],
)
def test_a_recipe_without_a_model_names_its_keys(answer: dict[str, Any], says: str) -> None:
    with pytest.raises(RecipeRefused) as refusal:
        read_recipe(answer)
    assert str(refusal.value).startswith(says)
