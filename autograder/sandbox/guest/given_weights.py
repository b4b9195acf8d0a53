"""Have a student's function train a Keras model from weights that were chosen outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.sandbox.guest.keras_graph import Graph
from autograder.sandbox.guest.keras_reader import weights
from autograder.sandbox.protocol.calls import invoke
from autograder.sandbox.protocol.values import Handle


def variables(layers: Sequence[Any]) -> list[Any]:
    """The weights of layers, as Keras's variables.

    What else a layer keeps, the state of its random numbers, is no float32.
    """
    return [one for layer in layers for one in layer.weights if one.dtype == "float32"]


def put_weights(layers: Sequence[Any], arrays: Sequence[np.ndarray]) -> None:
    """Give layers these weights; raises ValueError where they are those of other layers."""
    for variable, value in zip(variables(layers), arrays, strict=True):
        variable.assign(value)


def set_seed(seed: int) -> None:
    """Have the random numbers of Python, NumPy and Keras begin anew."""
    import keras

    keras.utils.set_random_seed(seed)


def train_from(
    namespace: Mapping[str, Any],
    name: str,
    model: Handle,
    start: Sequence[np.ndarray],
    args: Sequence[Any],
) -> list[Any]:
    """What the student's `name` returns for a model that starts so, and its weights afterwards.

    The model is compiled anew, so that it is trained in one known way whoever compiled it.
    """
    made = invoke(namespace, model.name, model.args, {})
    graph = Graph()
    graph.add_model(made, 0)
    put_weights(graph.layers, start)
    made.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    returned = invoke(namespace, name, (made, *args), {})
    return [returned, weights(made)]
