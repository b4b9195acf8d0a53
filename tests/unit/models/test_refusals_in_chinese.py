"""What is wrong with a recipe is said in the language of the course, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder._util.i18n import use_language
from autograder.keras_objects import Conv2D, Dense, EarlyStopping, Flatten, Rescaling
from autograder.keras_objects.callbacks import OtherCallback
from autograder.keras_objects.layers import Other
from autograder.keras_objects.schedules import OtherSchedule
from autograder.models.batch_rates import KEY
from autograder.models.model import Compiled, ModelData
from autograder.models.recipe import read_recipe
from autograder.models.recipe_rules import RecipeRefused

LOSS = "sparse_categorical_crossentropy"
COMPILED = Compiled("sgd", 0.01, LOSS)
HEAD = (Flatten(), Dense(10, activation="softmax"))
MODEL = ModelData((28, 28, 1), HEAD, COMPILED)


def with_compiled(**changes: Any) -> ModelData:
    return msgspec.structs.replace(MODEL, compiled=msgspec.structs.replace(COMPILED, **changes))


def with_layers(*layers: Any, shape: tuple[int, ...] = (28, 28, 1)) -> ModelData:
    return ModelData(shape, layers, COMPILED)


OWN_RATES = with_compiled(schedule=OtherSchedule("Waves"))
REFUSED = {
    "no dict": 3,
    "no model": {"model": 3, "epochs": 1},
    "unknown key": {"model": MODEL, "epochs": 1, "seed": 3},
    "no epochs": {"model": MODEL},
    "no epoch": {"model": MODEL, "epochs": 0},
    "too many epochs": {"model": MODEL, "epochs": 500},
    "epochs of text": {"model": MODEL, "epochs": "five"},
    "no rates": {"model": MODEL, "epochs": 1, "learning_rates": 0.1},
    "many rates": {"model": MODEL, "epochs": 1, "learning_rates": [0.1] * 300},
    "huge rates": {"model": MODEL, "epochs": 1, "learning_rates": [0.1] * 3_000},
    "other rates": {"model": MODEL, "epochs": 2, "learning_rates": [0.1]},
    "weights": {"model": MODEL, "epochs": 1, "class_weight": [1.0]},
    "weight of a class": {"model": MODEL, "epochs": 1, "class_weight": {12: 1.0}},
    "callback": {"model": MODEL, "epochs": 1, "callbacks": [OtherCallback("Mine")]},
    "schedulers": {"model": MODEL, "epochs": 1,
                   "callbacks": [OtherCallback("LearningRateScheduler")]},
    "monitor": {"model": MODEL, "epochs": 1, "callbacks": [EarlyStopping(monitor="f1")]},
    "not compiled": {"model": msgspec.structs.replace(MODEL, compiled=None), "epochs": 1},
    "optimizer": {"model": with_compiled(optimizer="mine"), "epochs": 1},
    "setting": {"model": with_compiled(settings={"loss_scale_factor": 2.0}), "epochs": 1},
    "loss": {"model": with_compiled(loss="mse"), "epochs": 1},
    "left out": {"model": with_compiled(left_out=("jit",)), "epochs": 1},
    "logits": {"model": with_compiled(from_logits=True), "epochs": 1},
    "no softmax": {"model": with_layers(Flatten(), Dense(10)), "epochs": 1},
    "schedule": {"model": OWN_RATES, "epochs": 1},
    "no row": {"model": OWN_RATES, "epochs": 1, KEY: np.zeros((2, 2), np.float32)},
    "no rate": {"model": OWN_RATES, "epochs": 1, KEY: np.zeros(3, np.float32)},
    "high rate": {"model": OWN_RATES, "epochs": 1, KEY: np.full(3, 1e6, np.float32)},
    "rates that fail": {"model": OWN_RATES, "epochs": 1, KEY: "ValueError"},
    "graph": {"model": msgspec.structs.replace(MODEL, sources=None), "epochs": 1},
    "no shape": {"model": ModelData(None, HEAD, COMPILED), "epochs": 1},
    "flat": {"model": with_layers(*HEAD, shape=(784,)), "epochs": 1},
    "colour": {"model": with_layers(*HEAD, shape=(32, 32, 3)), "epochs": 1},
    "layers": {"model": with_layers(*[Flatten()] * 300, HEAD[1]), "epochs": 1},
    "other layer": {"model": with_layers(Other("Mine"), *HEAD), "epochs": 1},
    "activation": {"model": with_layers(Flatten(), Dense(10, activation="mine")), "epochs": 1},
    "arguments": {"model": msgspec.structs.replace(MODEL, unsupported_arguments=("mine",)), "epochs": 1},
    "scale": {"model": with_layers(Rescaling(1 / 255), *HEAD), "epochs": 1},
    "frozen": {"model": with_layers(Flatten(), Dense(10, activation="softmax", trainable=False)), "epochs": 1},
    "classes": {"model": with_layers(Flatten(), Dense(9, activation="softmax")), "epochs": 1},
    "parameters": {"model": with_layers(Flatten(), Dense(100_000), HEAD[1]), "epochs": 1},
    "multiply-adds": {"model": with_layers(Conv2D(600, (5, 5)), Conv2D(100, (3, 3)), *HEAD), "epochs": 1},
    "long training": {"model": with_layers(Conv2D(64, (7, 7)), Conv2D(64, (3, 3)), *HEAD), "epochs": 200},
}  # fmt: skip


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


def refusal(answer: object, language: str) -> str:
    use_language(language)
    with pytest.raises(RecipeRefused) as refused:
        read_recipe(answer)
    return str(refused.value)


@pytest.mark.parametrize("answer", REFUSED.values(), ids=REFUSED)
def test_no_english_sentence_is_left(answer: object) -> None:
    english, chinese = refusal(answer, "en"), refusal(answer, "zh_CN")
    assert re.search(r"[a-z]+ [a-z]+", english)
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not re.search(r"\b[a-z]+ [a-z]+\b", chinese), chinese


def test_each_case_meets_a_rule_of_its_own() -> None:
    texts = {name: refusal(answer, "en") for name, answer in REFUSED.items()}
    assert len(set(texts.values())) == len(texts), texts
