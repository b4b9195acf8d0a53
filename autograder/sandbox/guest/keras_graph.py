"""Read the graph of a Keras model: its layers, and which of them each layer reads.

Runs beside the student's code, as keras_data does; nothing of it is believed.
"""

from __future__ import annotations

from typing import Any


class Unreadable(Exception):
    """A graph that cannot be written down as layers that read each other."""


class Graph:
    """Layers from the input to the output, models within models unfolded.

    `sources` holds for each layer the values that it reads: 0 is the input, k what the
    k-th layer puts out. The order depends on the connections only, not on how they were made.
    """

    def __init__(self) -> None:
        self.layers: list[Any] = []
        self.sources: list[list[int]] = []

    def add_model(self, model: Any, value: int) -> int:
        """Add a model that reads `value`; return the value that it puts out."""
        if type(model).__name__ == "Sequential":
            for layer in model.layers:
                value = self._add(layer, [value])
            return value
        model = _functional(model)
        if len(model.inputs) != 1 or len(model.outputs) != 1:
            raise Unreadable
        return self._value(model.outputs[0], {}, value)

    def _value(self, tensor: Any, known: dict[int, tuple[Any, int]], input_value: int) -> int:
        """The value that a symbolic tensor stands for, after adding all that it depends on."""
        made_by, node_index, _ = tensor._keras_history
        if is_input(made_by):
            return input_value
        node = made_by._inbound_nodes[node_index]
        if id(made_by) in known:
            first, value = known[id(made_by)]
            if first is not node:
                raise Unreadable
            return value
        if len(node.output_tensors) != 1:
            raise Unreadable
        read = [self._value(one, known, input_value) for one in node.input_tensors]
        known[id(made_by)] = node, self._add(made_by, read)
        return known[id(made_by)][1]

    def _add(self, layer: Any, read: list[int]) -> int:
        if any(layer is one for one in self.layers) or not read:
            raise Unreadable  # a layer that is used twice, or one that reads nothing
        if is_model(layer):
            if len(read) != 1:
                raise Unreadable
            return self.add_model(layer, read[0])
        self.layers.append(layer)
        self.sources.append(read)
        return len(self.layers)


def is_input(layer: Any) -> bool:
    """Whether this is the layer that stands for a model's input."""
    return type(layer).__name__ == "InputLayer"


def is_model(layer: Any) -> bool:
    """Whether this is a Keras model, of whatever kind."""
    return any(
        c.__name__ == "Model" and c.__module__.startswith("keras.") for c in type(layer).__mro__
    )


def _functional(model: Any) -> Any:
    """A functional model as it is; of a subclassed one, what its `call` does to a symbolic image."""
    if type(model).__name__ == "Functional":
        return model
    import keras

    shape = input_shape(model)
    if not shape or any(size is None for size in shape[1:]):
        raise Unreadable
    image = keras.Input(tuple(shape[1:]))
    try:
        return keras.Model(image, model.call(image))
    except Exception:  # whatever a student's own call does to a symbolic image
        raise Unreadable from None


def input_shape(model: Any) -> tuple[int | None, ...] | None:
    """The shape of the one input with its batch axis, or None where it is not known yet."""
    if not model.built:
        return None
    shape = getattr(model, "input_shape", None)
    if shape is None:  # a subclassed model knows what it was built with
        shape = (model.get_build_config() or {}).get("input_shape")
    return shape if isinstance(shape, tuple) else None
