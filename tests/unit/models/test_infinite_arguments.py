"""A number that is not finite makes a model the student's mistake: no request to a worker could hold it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.models.model import ModelData
from autograder.models.wire import from_wire
from autograder.sandbox.protocol.errors import ValueRefused

DENSE = {"kind": "Dense", "units": 10, "activation": "softmax"}
COMPILED = {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"}


def model(epsilon: str, rate: str) -> Any:
    layers = [{"kind": "BatchNormalization", "epsilon": json.loads(epsilon)}, DENSE]
    compiled = {**COMPILED, "learning_rate": json.loads(rate)}
    return {"input_shape": [28, 28, 1], "layers": layers, "compiled": compiled}


def test_finite_numbers_are_taken() -> None:
    assert isinstance(from_wire("$model", model("1e-3", "0.1")), ModelData)


@pytest.mark.parametrize(("epsilon", "rate"), [("1e999", "0.1"), ("1e-3", "-1e999")])
def test_others_are_refused(epsilon: str, rate: str) -> None:
    with pytest.raises(ValueRefused, match="a model that is not one of this course"):
        from_wire("$model", model(epsilon, rate))


def test_of_a_callback_too() -> None:
    body = {"kind": "EarlyStopping", "monitor": "val_loss", "baseline": float("inf")}
    with pytest.raises(ValueRefused, match="a callback that is not one of this course"):
        from_wire("$callback", body)
