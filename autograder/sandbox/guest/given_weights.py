"""Let a student's function train a Keras model from given initial weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.sandbox.guest.keras_graph import Graph
from autograder.sandbox.guest.keras_models import build_for_images, is_model
from autograder.sandbox.guest.keras_reader import weights
from autograder.sandbox.guest.keras_weights import put_weights
from autograder.sandbox.protocol.calls import invoke, invoke_watched
from autograder.sandbox.protocol.crashes import exception_text, student_traceback
from autograder.sandbox.protocol.effects import Effects, Returned
from autograder.sandbox.protocol.values import Handle


def set_seed(seed: int) -> None:
    """Seed the random generators of Python, NumPy and Keras."""
    import keras

    keras.utils.set_random_seed(seed)


def train_from(
    namespace: Mapping[str, Any],
    name: str,
    model: Handle,
    start: Sequence[np.ndarray],
    args: Sequence[Any],
    fit: Sequence[np.ndarray] | None,
    constants: Sequence[str],
    before: Returned,
) -> tuple[list[Any], Effects]:
    """Call the student's `name` on a model with the weights `start`.

    Returns ([its result, the new weights], effects of the call).

    The model is compiled again, so that all students train it in the same way. With `fit`, images
    and rows, the model that was returned then trains on them for one step, as it is compiled, and the
    list ends with what _reported() tells of that step. All of it is done with another model before, since
    a function may share an optimizer among the models that it gets.
    """

    def called() -> tuple[Any, Any, Effects]:
        keras_model = invoke(namespace, model.name, model.args, {})
        build_for_images(keras_model)
        graph = Graph()
        graph.add_model(keras_model, 0)
        put_weights(graph.layers, start)
        keras_model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
        arguments = (keras_model, *args)
        return keras_model, *invoke_watched(namespace, name, arguments, {}, constants, before)

    if fit is not None:
        _keras_model, earlier, _effects = called()
        if is_model(earlier):
            # Its step is not looked at, and to compile it takes a second.
            earlier.run_eagerly = True
            _reported(earlier, fit)
    keras_model, returned, effects = called()
    if fit is None:
        return [returned, weights(keras_model)], effects
    reported = _reported(returned, fit) if is_model(returned) else {}
    return [returned, weights(returned), reported], effects


def _reported(model: Any, fit: Sequence[np.ndarray]) -> dict[str, float] | list[str]:
    """The loss and the metrics before a step of training, by name.

    If the step failed, [its exception, the student's lines in it]: Keras looks at metrics only now.
    """
    try:
        reported = model.train_on_batch(*fit, return_dict=True)
        return {str(name): float(value) for name, value in reported.items()}
    except Exception as error:  # a student's metric may raise anything
        return [f"{type(error).__name__}: {exception_text(error)}"[:2000], student_traceback(error)]
