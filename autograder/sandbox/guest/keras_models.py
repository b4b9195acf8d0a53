"""Tell what kind of model a Keras object is and what images it reads, and build one that does not say.

Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

from typing import Any

from autograder.sandbox.guest.keras_steering import module_of

_IMAGE = (28, 28, 1)  # read by a model that does not say what it reads


def is_input(layer: Any) -> bool:
    """Whether this is an input layer."""
    return type(layer).__name__ == "InputLayer"


def is_model(layer: Any) -> bool:
    """Whether this is a Keras model: Sequential, functional or subclassed."""
    return any(
        c.__name__ == "Model" and module_of(c).startswith("keras.") for c in type(layer).__mro__
    )


def calls_as(model: Any, name: str) -> bool:
    """Whether Keras's class of this name says what a model computes, also for a subclass of it."""
    for kind in type(model).__mro__:
        if module_of(kind).startswith("keras."):
            return any(c.__name__ == name for c in kind.__mro__)
        if "call" in vars(kind) or "__call__" in vars(kind):
            return False
    return False


def input_shape(model: Any) -> tuple[int | None, ...] | None:
    """The shape of the single input with its batch axis, or None if it is not known yet."""
    if not model.built:
        return None
    shape = getattr(model, "input_shape", None)
    if shape is None:  # a subclassed model has it in its build config
        shape = (model.get_build_config() or {}).get("input_shape")
    return shape if isinstance(shape, tuple) else None


def build_for_images(model: Any) -> bool:
    """Build a model that is not built yet; whether it was built for images of the course's shape.

    A Sequential whose first layer comes from another model reads what that layer has read there.
    """
    if model.built:
        return False
    known = _read_before(model)
    try:
        model.build(known or (None, *_IMAGE))
        if not model.built:
            model(_zeros())
    except Exception:  # a student's `build` and `call` may raise anything
        return False
    return bool(model.built) and known is None


def _read_before(model: Any) -> tuple[int | None, ...] | None:
    """The shape that the first layer of a Sequential has read in another model; None if in none."""
    layers = model.layers if calls_as(model, "Sequential") else []
    nodes = getattr(layers[0], "_inbound_nodes", ()) if layers else ()
    shapes = {tuple(tensor.shape) for node in nodes for tensor in node.input_tensors}
    return shapes.pop() if len(shapes) == 1 else None


def _zeros() -> Any:
    import keras

    return keras.ops.zeros((1, *_IMAGE))
