"""Read the graph of a Keras model: its layers, and the inputs of each layer.

Runs in the process of student code, so the host trusts nothing in its output.
"""

from __future__ import annotations

from typing import Any

from autograder.sandbox.guest.keras_steering import module_of


class Unreadable(Exception):
    """The graph cannot be described by `Graph`: weights are shared, or a layer has several outputs or no input."""


class Graph:
    """The layers from the input to the output; nested models are replaced by their layers.

    `sources` holds for each layer the values that it reads: 0 is the input, k the output of the
    k-th layer. The order depends on the connections only, not on the order of construction.
    """

    def __init__(self) -> None:
        self.layers: list[Any] = []
        self.sources: list[list[int]] = []

    def add_model(self, model: Any, value: int) -> int:
        """Add a model that reads `value`; return its output value."""
        if _calls_as(model, "Sequential"):
            for layer in model.layers:
                value = self._add(layer, [value])
            return value
        model = _functional(model)
        if len(model.inputs) != 1 or len(model.outputs) != 1:
            raise Unreadable
        return self._value(model.outputs[0], {}, value)

    def _value(self, tensor: Any, visited: dict[int, int], input_value: int) -> int:
        """The value of a symbolic tensor, after adding all layers that it depends on."""
        layer, node_index, _ = tensor._keras_history
        if is_input(layer):
            return input_value
        node = layer._inbound_nodes[node_index]
        if id(node) in visited:
            return visited[id(node)]
        if len(node.output_tensors) != 1:
            raise Unreadable
        inputs = [self._value(source, visited, input_value) for source in node.input_tensors]
        visited[id(node)] = self._add(layer, inputs)
        return visited[id(node)]

    def _add(self, layer: Any, inputs: list[int]) -> int:
        is_used = any(layer is other for other in self.layers)
        weights = [w for w in getattr(layer, "weights", []) if w.dtype.startswith("float")]
        if not inputs or (is_used and weights):
            raise Unreadable  # no inputs, or weights that are used twice
        if is_model(layer):
            if len(inputs) != 1:
                raise Unreadable
            return self.add_model(layer, inputs[0])
        self.layers.append(layer)
        self.sources.append(inputs)
        return len(self.layers)


def is_input(layer: Any) -> bool:
    """Whether this is an input layer."""
    return type(layer).__name__ == "InputLayer"


def is_model(layer: Any) -> bool:
    """Whether this is a Keras model: Sequential, functional or subclassed."""
    return any(
        c.__name__ == "Model" and module_of(c).startswith("keras.") for c in type(layer).__mro__
    )


def _calls_as(model: Any, name: str) -> bool:
    """Whether Keras's class of this name says what a model computes, also for a subclass of it."""
    for kind in type(model).__mro__:
        if module_of(kind).startswith("keras."):
            return any(c.__name__ == name for c in kind.__mro__)
        if "call" in vars(kind) or "__call__" in vars(kind):
            return False
    return False


def _functional(model: Any) -> Any:
    """A functional model unchanged; for a subclassed one, the graph of its `call` on a symbolic image."""
    if _calls_as(model, "Functional"):
        return model
    import keras

    shape = input_shape(model)
    if not shape or any(size is None for size in shape[1:]):
        raise Unreadable
    image = keras.Input(tuple(shape[1:]))
    try:
        return keras.Model(image, model.call(image))
    except Exception:  # a student's `call` may raise anything on a symbolic image
        raise Unreadable from None


def input_shape(model: Any) -> tuple[int | None, ...] | None:
    """The shape of the single input with its batch axis, or None if it is not known yet."""
    if not model.built:
        return None
    shape = getattr(model, "input_shape", None)
    if shape is None:  # a subclassed model has it in its build config
        shape = (model.get_build_config() or {}).get("input_shape")
    return shape if isinstance(shape, tuple) else None
