"""Layers that enlarge without end make a model that fits nothing, not an error of the grader."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.keras_objects.base import ShapeError
from autograder.models.model import ModelData
from autograder.models.wire import from_wire

UP = {"kind": "UpSampling2D", "size": [1_000_000, 1_000_000]}
POOL = {"kind": "MaxPooling2D", "pool_size": [2, 2], "strides": [2, 2]}


@pytest.mark.parametrize("last", [[], [{"kind": "Dense", "units": 10}], [POOL]])
def test_numbers_too_long_to_be_printed(last: list[Any]) -> None:
    layers = [*[UP] * 480, {"kind": "Flatten"}, *last]
    model = from_wire("$model", {"input_shape": [28, 28, 1], "layers": layers})
    assert isinstance(model, ModelData)
    assert "unknown parameters" in repr(model)
    assert model.parameters is None
    assert model.table()[0].output_shape == (28_000_000, 28_000_000, 1)
    with pytest.raises(ShapeError, match="UpSampling2D puts out more values than any machine"):
        list(model.steps())
