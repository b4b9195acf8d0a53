"""Keys of recipes: pinned, equal for equal trainings, and untouched by how the kit is written."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.keras_objects import (
    Conv2D,
    CosineDecay,
    Dense,
    Dropout,
    EarlyStopping,
    Flatten,
    MaxPooling2D,
)
from autograder.models import recipe_key as module
from autograder.models.model import Compiled, ModelData
from autograder.models.recipe import Recipe
from autograder.models.recipe_key import recipe_key, recipe_text
from autograder.training.run import run_key
from autograder.training.runs import read_runs
from tests.support.pinned_keys import DATA, PINNED

ROOT = Path(__file__).resolve().parents[3]
ADAM = Compiled("adam", 0.001, "sparse_categorical_crossentropy")


def network(**changes: Any) -> ModelData:
    layers = (
        Conv2D(8, (3, 3), activation="relu"),
        MaxPooling2D((2, 2), (2, 2)),
        Flatten(),
        Dropout(0.5),
        Dense(10, activation="softmax"),
    )
    return ModelData(**{"input_shape": (28, 28, 1), "layers": layers, "compiled": ADAM, **changes})


def test_the_text_of_a_recipe() -> None:
    assert recipe_text(Recipe(network(), 2)) == (
        '{"encoding":1,"epochs":2,"input":[28,28,1],"layers":[["Conv2D",{"activation":"relu",'
        '"filters":8,"kernel_size":[3,3]}],["MaxPooling2D",{"pool_size":[2,2],"strides":[2,2]}],'
        '["Flatten",{}],["Dropout",{"rate":0.5}],["Dense",{"activation":"softmax","units":10}]],'
        '"loss":"sparse_categorical_crossentropy","optimizer":"adam",'
        '"rates":[0.0010000000474974513,0.0010000000474974513]}'
    )


@pytest.mark.parametrize(
    "settings",
    [
        {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False},
        {"weight_decay": None, "use_ema": False, "clipnorm": None},
        {"a_setting_of_a_later_keras": None},
    ],
)
def test_settings_that_are_the_default_do_not_count(settings: dict[str, Any]) -> None:
    compiled = msgspec.structs.replace(ADAM, settings=settings)
    assert recipe_key(Recipe(network(compiled=compiled), 2)) == recipe_key(Recipe(network(), 2))


@pytest.mark.parametrize(
    "changed",
    [
        Recipe(network(), 3),
        Recipe(network(), 2, batch_size=64),
        Recipe(network(), 2, learning_rates=(0.001, 0.0009)),
        Recipe(network(), 2, callbacks=(EarlyStopping(),)),
        Recipe(network(), 2, callbacks=(EarlyStopping(patience=1),)),
        Recipe(network(compiled=msgspec.structs.replace(ADAM, optimizer="nadam")), 2),
        Recipe(network(compiled=msgspec.structs.replace(ADAM, from_logits=True)), 2),
        Recipe(network(compiled=msgspec.structs.replace(ADAM, settings={"beta_1": 0.8})), 2),
        Recipe(network(compiled=msgspec.structs.replace(ADAM, schedule=CosineDecay(0.001, 9))), 2),
        Recipe(network(layers=network().layers[1:]), 2),
        Recipe(network(layers=(Conv2D(8, (3, 3), use_bias=False), *network().layers[1:])), 2),
        Recipe(network(sources=((0,), (1,), (2,), (3,), (3,))), 2),
    ],
)
def test_another_training_has_another_key(changed: Recipe) -> None:
    others = [Recipe(network(), 2)]
    assert recipe_key(changed) not in {recipe_key(other) for other in others}


def test_a_new_field_a_new_name_and_a_new_module_change_no_key() -> None:
    later = msgspec.defstruct(
        "Convolution2DOfALaterVersion",
        [("data_format", str, "channels_last"), ("kernel_regularizer", str | None, None)],
        bases=(Conv2D,),
        frozen=True,
        tag="Conv2D",
        module="autograder.keras_objects.convolution",
        kw_only=True,
    )
    today = network()
    layers = (later(8, (3, 3), activation="relu"), *today.layers[1:])
    assert recipe_key(Recipe(network(layers=layers), 2)) == recipe_key(Recipe(today, 2))
    other = (later(8, (3, 3), activation="relu", kernel_regularizer="l2"), *today.layers[1:])
    assert recipe_key(Recipe(network(layers=other), 2)) != recipe_key(Recipe(today, 2))


def test_another_encoding_changes_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe_key(Recipe(network(), 2))
    monkeypatch.setattr(module, "ENCODING", 2)
    assert recipe_key(Recipe(network(), 2)) != before


def test_runs_of_other_data_have_other_keys() -> None:
    assert run_key(Recipe(network(), 2), DATA["sample"]) != run_key(
        Recipe(network(), 2), DATA["full"]
    )


def test_the_runs_on_record_have_these_keys() -> None:
    """tests/sandbox/graders/test_ladder_keys.py computes them from the recipes of the rungs."""
    runs = read_runs(ROOT / "docs" / "calibration" / "fashion_ladder.csv")
    assert {(run.tier, run.rung, run.key) for run in runs} >= {
        (*rung, key) for rung, key in PINNED.items()
    }
