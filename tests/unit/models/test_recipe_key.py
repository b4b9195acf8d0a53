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

ROOT = Path(__file__).resolve().parents[3]
# SHA-256 of what a training of each tier is given: images and labels, but for the test labels.
DATA = {
    "sample": "c1ea3bb1cd41e4a2c5912695d08dfb7f71b8234a19bedd7aae3e734e630b5f46",
    "full": "30f0f2437a630f9ac5c74ba9fad87f5d2b90bed1f5a01c41cc3c235b672111fd",
}
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


PINNED = {
    ("sample", "rung-a"): "93999d8bf02dd9aa88550917f4a9340aeba8c98be4e739f2ca709b6071ec3c97",
    ("sample", "rung-b"): "d9a92bc78c0da3cb451dc93b2dd12bd6b3aa6b25aa01d964785c917364a7d75b",
    ("sample", "rung-c"): "d916623a7cc29d6052f50c0256ccb4712075ac4b7b7ee9cc9eb15b54c2720242",
    ("sample", "rung-d"): "9fccd41bd50a39294d32325f5d06eed875d239d644c6bd1a736b5fa88c4e48e8",
    ("sample", "rung-e"): "98f323dfe71f1c45762f3642c0fa75155e11be668476750a187f56bf8bcfc437",
    ("sample", "rung-open"): "3b4146034ec32ef4ee26c4c209a05180047c25da63cd433360db9ca58f0d7d29",
    ("full", "rung-a"): "b0d8206932178b6211a53341cc9f9c9b119c591a7134957185ff56c3b42a317f",
    ("full", "rung-b"): "4d3ff2856bc5ebe9da65cf7510d822ff70def316793258b8cb8e55feeb40dff4",
    ("full", "rung-c"): "bec7c8296e656db784e37f556154a6474a07d13dd237a167255f09f0d8a2602f",
    ("full", "rung-d"): "bd3cfcb5b25aeec4a4d459d4f75de8284852ff7d6706324cd37847014b7e7e5c",
    ("full", "rung-e"): "91ccc56e1b1050271932f1d77ebb04b97c7c629312a41e2a951e1543e9c212f1",
    ("full", "rung-open"): "6e4ea334ab07bc72f2c321107fa3c54a5d92fef92cb575b77a41cf7f2fe250e6",
}


def test_the_runs_on_record_have_these_keys() -> None:
    """Whoever changes a key throws away hours of training: raise ENCODING and say why."""
    runs = read_runs(ROOT / "docs" / "calibration" / "fashion_ladder.csv")
    assert {(run.tier, run.rung): run.key for run in runs} == PINNED
