"""Layers of a model compared with expected ones, for any shape of the input."""

from __future__ import annotations

import pytest

from autograder.keras_objects.core import Dropout, Flatten
from autograder.models.model import ModelData
from autograder.results.outcome import Mismatch
from autograder.testing import Wanted, compare_layers
from autograder.testing.layer_mistakes import MODEL_HELP

COLOUR = (32, 32, 3)
ROW = [Wanted("Flatten", (), "linear", (3_072,), 0)]


def flattened(input_shape: tuple[int, ...] | None) -> ModelData:
    """A model of one Flatten layer."""
    return ModelData(input_shape=input_shape, layers=(Flatten(),))


def test_a_model_may_read_another_shape_than_the_courses() -> None:
    compare_layers("called build()", flattened(COLOUR), ROW, input_shape=COLOUR)


@pytest.mark.parametrize(
    ("reads", "should", "key"),
    [
        ((28, 28, 1), COLOUR, "another shape than the text says"),
        (None, COLOUR, "write the shape that the text says"),
        (COLOUR, (28, 28, 1), MODEL_HELP["input"]),
        (None, (28, 28, 1), MODEL_HELP["no-input"]),
    ],
)
def test_another_input_is_a_mistake_of_its_own(
    reads: tuple[int, ...] | None, should: tuple[int, ...], key: str
) -> None:
    with pytest.raises(Mismatch) as mismatch:
        compare_layers("called build()", flattened(reads), ROW, input_shape=should)
    assert key in (mismatch.value.help or "")


@pytest.mark.parametrize("found_first", [Flatten, Dropout])
@pytest.mark.parametrize("wanted_first", ["Flatten", "Dropout"])
def test_dropout_is_right_on_either_side_of_flatten_wherever_the_grader_has_it(
    found_first: type, wanted_first: str
) -> None:
    layers = sorted(
        (Flatten(), Dropout(rate=0.5)), key=lambda layer: type(layer) is not found_first
    )
    shape = (3_072,) if wanted_first == "Flatten" else COLOUR
    wanted = [*ROW, Wanted("Dropout", (), "linear", shape, 0, rate=0.5)]
    wanted.sort(key=lambda layer: layer.kind != wanted_first)
    model = ModelData(input_shape=COLOUR, layers=tuple(layers))
    compare_layers("called build()", model, wanted, input_shape=COLOUR)
    with pytest.raises(Mismatch):
        compare_layers("called build()", flattened(COLOUR), wanted, input_shape=COLOUR)
