"""Read the graph of a Keras model: its layers, and the inputs of each layer.

Runs in the process of student code, so the host trusts nothing in its output.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from autograder.sandbox.guest import tensorflow_functions
from autograder.sandbox.guest.keras_functions import lambda_activation
from autograder.sandbox.guest.keras_models import calls_as, input_shape, is_input, is_model
from autograder.sandbox.guest.keras_operations import is_operation, operation
from autograder.sandbox.guest.keras_steering import (
    class_name,
    is_keras,
    keras_class,
    module_of,
)


class Unreadable(Exception):
    """The graph cannot be described by `Graph`: a layer has several outputs or no input."""


class Graph:
    """The layers from the input to the output; nested models and own layers are replaced by their parts.

    `sources` holds for each layer the values that it reads: 0 is the input, k the output of the
    k-th layer. A layer that is used twice stands there twice. `nodes` holds for each layer the place
    of Keras's graph where it is called, or None. The order depends on the connections only, not on
    the order of construction. `without_activation` holds the identities of layers whose activation
    is a student's function, which stands after them as layers of its own. `owners` holds for each layer
    the class of the own layer that calls it, or "". Own layers are called with this value of the
    argument `training`.
    """

    def __init__(self, training: bool | None = None) -> None:
        self._training = training
        self.without_activation: set[int] = set()
        self.layers: list[Any] = []
        self.sources: list[list[int]] = []
        self.nodes: list[Any] = []
        self.owners: list[str] = []
        self._inside: list[str] = []  # classes of own layers and models, the innermost last

    def add_model(self, model: Any, value: int) -> int:
        """Add a model that reads `value`; return its output value."""
        if calls_as(model, "Sequential"):
            for layer in model.layers:
                nodes = getattr(layer, "_inbound_nodes", ())
                value = self._add(layer, [value], nodes[-1] if nodes else None)
            return value
        if calls_as(model, "Functional"):
            inputs, outputs = model.inputs, model.outputs
        else:
            inputs, outputs = _called(model, [_input_of(model)], training=self._training)
        if len(inputs) != 1 or len(outputs) != 1:
            raise Unreadable
        with self._in(model):
            return self._value(outputs[0], {}, {id(inputs[0]): value})

    def _value(self, tensor: Any, visited: dict[int, int], inputs: dict[int, int]) -> int:
        """The value of a symbolic tensor, after adding all layers that it depends on.

        `inputs` holds the values of the symbolic tensors that are given, by their identity.
        """
        if id(tensor) in inputs:
            return inputs[id(tensor)]
        layer, node_index, _ = tensor._keras_history
        node = layer._inbound_nodes[node_index]
        if id(node) in visited:
            return visited[id(node)]
        if is_input(layer) or len(node.output_tensors) != 1:
            raise Unreadable
        sources = [self._value(source, visited, inputs) for source in node.input_tensors]
        visited[id(node)] = self._add(layer, sources, node)
        return visited[id(node)]

    def _add(self, layer: Any, sources: list[int], node: Any) -> int:
        if not sources:
            raise Unreadable
        if is_model(layer):
            if len(sources) != 1:
                raise Unreadable
            return self.add_model(layer, sources[0])
        if node is not None and _has_own_code(layer):
            return self._add_parts(layer, sources, node)
        if node is not None and _is_own_function(getattr(layer, "activation", None)):
            return self._add_with_activation(layer, sources, node)
        return self._append(layer, sources, node)

    def _add_parts(self, layer: Any, sources: list[int], node: Any) -> int:
        """Add the layers that an own layer calls; the layer itself if that cannot be seen."""
        count = len(self.layers)
        try:
            inputs, outputs = _called(
                layer, node.input_tensors, node.arguments, training=self._training
            )
            given = {id(tensor): value for tensor, value in zip(inputs, sources, strict=True)}
            with self._in(layer):
                return self._value(outputs[0], {}, given)
        except Unreadable:
            self._forget(count)
            return self._append(layer, sources, node)

    def _add_with_activation(self, layer: Any, sources: list[int], node: Any) -> int:
        """Add a layer and what its activation calls, if that cannot be said by one name.

        `x * sigmoid(x)` computes what "silu" does, but its gradients are rounded otherwise.
        """
        is_only_activation = class_name(layer) == "Activation"
        value = sources[0] if is_only_activation else self._append(layer, sources, node)
        count = len(self.layers)
        try:
            inputs, outputs = _output_of(layer.activation, node.output_tensors)
            after = self._value(outputs[0], {}, {id(inputs[0]): value})
            if not self._says_more(count):
                raise Unreadable
        except Unreadable:
            self._forget(count)
            return self._append(layer, sources, node) if is_only_activation else value
        self.without_activation.add(id(layer))
        return after

    def _says_more(self, first: int) -> bool:
        """Whether the layers from this place on are known, and more than one activation with a name."""
        data = [
            operation(layer, node) if is_operation(layer) else {"kind": class_name(layer)}
            for layer, node in zip(self.layers[first:], self.nodes[first:], strict=True)
        ]
        known = [entry for entry in data if entry is not None]
        return known == data and not (len(known) == 1 and _has_name(known[0]))

    def _forget(self, first: int) -> None:
        """Remove the layers from this place on."""
        for entries in (self.layers, self.sources, self.nodes, self.owners):
            del entries[first:]

    def _append(self, layer: Any, sources: list[int], node: Any) -> int:
        self.layers.append(layer)
        self.sources.append(sources)
        self.nodes.append(node)
        self.owners.append(self._inside[-1] if self._inside else "")
        return len(self.layers)

    @contextmanager
    def _in(self, part: Any) -> Iterator[None]:
        """Within this context, what is added stands in this layer or model, if it is a student's."""
        self._inside += [] if is_keras(part) else [type(part).__name__]
        try:
            yield
        finally:
            if not is_keras(part):
                self._inside.pop()


def _has_own_code(layer: Any) -> bool:
    """Whether a student's code says what a layer computes."""
    if is_operation(layer):
        return False
    is_lambda = class_name(layer) == "Lambda"
    return keras_class(layer) is None or (is_lambda and not lambda_activation(layer))


def _has_name(data: dict[str, Any]) -> bool:
    """Whether this is an activation that is known by its name alone, without arguments."""
    kind, *arguments = data.values()
    return kind == "Activation" or (kind == "ReLU" and not any(arguments))


def _is_own_function(value: Any) -> bool:
    """Whether an activation is a function of a student's, and not a layer."""
    return (
        callable(value)
        and not hasattr(value, "_inbound_nodes")
        and not module_of(value).startswith(("keras.", "tensorflow."))
    )


def _input_of(model: Any) -> Any:
    """A symbolic image of the shape that a subclassed model reads."""
    import keras

    shape = input_shape(model)
    if not shape or any(size is None for size in shape[1:]):
        raise Unreadable
    return keras.Input(tuple(shape[1:]))


def _called(
    layer: Any, tensors: Sequence[Any], arguments: Any = None, *, training: bool | None
) -> tuple[list[Any], list[Any]]:
    """Call an own layer or model on symbolic tensors of these shapes.

    Returns (its symbolic inputs, its symbolic outputs). With `arguments`, those of a call in a
    graph, the tensors in them are replaced.
    """

    def call(*inputs: Any) -> Any:
        new = {id(old): tensor for old, tensor in zip(tensors, inputs, strict=True)}
        args, kwargs = arguments.fill_in(new) if arguments is not None else (inputs, {})
        parameters = inspect.signature(layer.call).parameters
        if "training" in parameters:
            kwargs = {**kwargs, "training": training}
        return layer.call(*args, **{k: v for k, v in kwargs.items() if k in parameters})

    return _output_of(call, tensors)


def _output_of(function: Any, tensors: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """(symbolic inputs with the shapes of these tensors, what a function returns for them)."""
    import keras

    inputs = [keras.Input(tuple(tensor.shape[1:]), dtype=tensor.dtype) for tensor in tensors]
    try:
        with tensorflow_functions.symbolic():
            output = function(*inputs)
    except Exception:  # a student's `call` may raise anything on a symbolic image
        raise Unreadable from None
    if not hasattr(output, "_keras_history"):
        raise Unreadable
    return inputs, [output]
