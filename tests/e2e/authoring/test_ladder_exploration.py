"""The ladder's cell for exploring trains a recipe as the recipe says, as grading does."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import nbformat
import numpy as np

from autograder.course.course import find_course

NOTEBOOK = (
    find_course(Path(__file__).parent).root / "assignments/fashion_ladder/fashion_ladder.ipynb"
)


def explore_with(keras: Mock, model: object, **recipe: object) -> None:
    """Run the notebook's `explore` on a recipe of this model."""
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    (source,) = (cell.source for cell in cells if "def explore(" in cell.source)
    definition, _, _call = source.partition("with unless_blank()")
    names: dict[str, Any] = {
        **{"keras": keras, "figures": Mock(), "reached": {}, "trained": {}},
        **{"images": np.zeros((3, 28, 28, 1)), "labels": np.zeros(3, int)},
    }
    exec(definition, names)

    def rung_open() -> dict[str, object]:
        """A recipe whose network has its first weights only after the seed is set."""
        assert keras.utils.set_random_seed.called
        return {"model": model, **recipe}

    names["explore"]("rung-open", rung_open)


def test_exploring_takes_all_that_a_recipe_has() -> None:
    """Batch size, weights of classes, callbacks and the rate of each epoch."""
    metrics = {"accuracy": [0.5], "val_accuracy": [0.4]}
    model = Mock(fit=Mock(return_value=SimpleNamespace(history=metrics)))
    keras, stop_early, rates = Mock(), object(), [0.1, 0.01]
    explore_with(
        *(keras, model),
        epochs=2,
        batch_size=16,
        class_weight={0: 2.0},
        callbacks=[stop_early],
        learning_rates=rates,
    )
    trained_with = model.fit.call_args.kwargs
    assert (trained_with["batch_size"], trained_with["class_weight"]) == (16, {0: 2.0})
    scheduler = keras.callbacks.LearningRateScheduler
    assert {stop_early, scheduler.return_value} <= set(trained_with["callbacks"])
    (rate_of,) = scheduler.call_args.args
    assert [rate_of(epoch) for epoch in range(2)] == rates


def test_exploring_leaves_to_keras_what_a_recipe_lacks() -> None:
    """No batch size, and the optimizer's own rate."""
    metrics = {"accuracy": [0.5], "val_accuracy": [0.4]}
    model, keras = Mock(fit=Mock(return_value=SimpleNamespace(history=metrics))), Mock()
    explore_with(keras, model, epochs=5)
    assert model.fit.call_args.kwargs["batch_size"] is None
    assert not keras.callbacks.LearningRateScheduler.called
