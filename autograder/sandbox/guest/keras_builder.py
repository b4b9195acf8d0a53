"""Build Keras models, optimizers, losses and callbacks from checked data, by calling constructors.

No student code runs here. But the model is a student's, so the sandbox holds no secrets of the kit.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import numpy as np

from autograder.keras_objects.arguments import MODULES
from autograder.keras_objects.losses import LOSSES
from autograder.keras_objects.optimizers import OPTIMIZERS, WHOLE

_OPERATORS = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
}


class NotBuildable(Exception):
    """Keras refuses an argument of a layer or an optimizer; the message comes from Keras."""


@contextmanager
def _refusals() -> Iterator[None]:
    """Raise NotBuildable for the ValueError with which a Keras constructor refuses an argument.

    Such arguments occur: student code may have set an attribute after the construction.
    """
    try:
        yield
    except ValueError as error:
        raise NotBuildable(" ".join(str(error).split())) from None


def build(recipe: dict[str, Any], rate: float | None = None, batches_at_once: int = 1) -> Any:
    """The compiled Keras model of a canonical recipe, with a constant `rate` if one is given."""
    (model, _), compiled = build_model(recipe["model"]), recipe["model"]["compiled"]
    model.compile(
        optimizer=build_optimizer(compiled, rate),
        loss=build_loss(compiled),
        metrics=["accuracy"],
        jit_compile=False,
        steps_per_execution=batches_at_once,
    )
    return model


def build_optimizer(compiled: dict[str, Any], rate: float | None = None) -> Any:
    """The Keras optimizer that a model was compiled with, or one with another, constant `rate`."""
    import keras

    optimizer = getattr(keras.optimizers, OPTIMIZERS[compiled["optimizer"]].keras_class)
    if rate is None:
        schedule = compiled["schedule"]
        rate = build_schedule(schedule) if schedule else compiled["learning_rate"]
    settings = {
        name: int(value) if name in WHOLE and value is not None else value
        for name, value in compiled["settings"].items()
    }
    with _refusals():
        return optimizer(learning_rate=rate, **settings)


def build_schedule(data: dict[str, Any]) -> Any:
    """The schedule of Keras built from checked data, or one that looks its rates up."""
    import keras

    if data["kind"] != "OwnSchedule":
        return _make(keras.optimizers.schedules, data)
    rates = np.array(data["rates"], np.float32)

    class OwnSchedule(keras.optimizers.schedules.LearningRateSchedule):
        def __call__(self, step: Any) -> Any:
            return keras.ops.take(rates, keras.ops.minimum(step, len(rates) - 1))

    return OwnSchedule()


def build_loss(compiled: dict[str, Any]) -> Any:
    """The Keras loss that a model was compiled with."""
    import keras

    loss = LOSSES[compiled["loss"]]
    known = {k: v for k, v in compiled["loss_settings"].items() if k in loss.defaults}
    with _refusals():
        return getattr(keras.losses, loss.keras_class)(from_logits=compiled["from_logits"], **known)


def build_callback(data: dict[str, Any]) -> Any:
    """The Keras callback built from checked data."""
    import keras

    return _make(keras.callbacks, data)


def build_model(data: dict[str, Any]) -> tuple[Any, list[Any]]:
    """The Keras model built from checked data by calling constructors, and its layers.

    The layers are in the order of the data, which may differ from the order of `model.layers`.
    """
    import keras

    values = [keras.Input(tuple(data["input_shape"]))]
    sources = data.get("sources") or [(value,) for value in range(len(data["layers"]))]
    layers: list[Any] = []
    for layer, indices in zip(data["layers"], sources, strict=True):
        again = layer["kind"] == "Again"
        layers.append(_Again(layers[layer["layer"]]) if again else build_layer(layer))
        inputs = [values[value] for value in indices]
        with _refusals():
            values.append(layers[-1](inputs if len(inputs) > 1 else inputs[0]))
    return keras.Model(values[0], values[-1]), layers


def build_layer(data: dict[str, Any]) -> Any:
    """The Keras layer built from checked data, or what applies an operator of Python or of keras.ops."""
    import keras

    match data["kind"]:
        case "Arithmetic":
            return _Operator(data)
        case "Reduction":
            return _Reduction(data)
        case _:
            return _make(keras.layers, data)


class _Operator:
    """A value and a constant, joined by an operator of Python; called like a layer."""

    weights: ClassVar[list[Any]] = []

    def __init__(self, data: dict[str, Any]) -> None:
        self._apply = _OPERATORS[data["operation"]]
        self._constant = data["constant"]
        self._first = data["constant_first"]

    def __call__(self, value: Any) -> Any:
        return self._apply(*((self._constant, value) if self._first else (value, self._constant)))


class _Reduction:
    """A mean, an extreme or a sum along axes; called like a layer."""

    weights: ClassVar[list[Any]] = []

    def __init__(self, data: dict[str, Any]) -> None:
        self._operation = data["operation"]
        self._arguments = {"axis": tuple(data["axes"]), "keepdims": data["keepdims"]}

    def __call__(self, value: Any) -> Any:
        import keras

        return getattr(keras.ops, self._operation)(value, **self._arguments)


class _Again:
    """A layer that is used once more; its weights are those of its first use."""

    weights: ClassVar[list[Any]] = []

    def __init__(self, layer: Any) -> None:
        self._layer = layer

    def __call__(self, value: Any) -> Any:
        return self._layer(value)


def _make(module: Any, data: dict[str, Any]) -> Any:
    """An object built from checked data: `kind` is one of the schema's tags, each a class of `module`."""
    arguments = {
        name: argument_object(name, value) for name, value in data.items() if name != "kind"
    }
    with _refusals():
        return getattr(module, data["kind"])(**arguments)


def argument_object(name: str, value: Any) -> Any:
    """An argument of a constructor; initializers, regularizers and constraints are built too.

    One of a student's own is left out: its model predicts the same without, and is not trained.
    """
    if isinstance(value, dict) and value["kind"] == "OtherArgument":
        return None
    import keras

    if name in ("x_factor", "y_factor") and value[0] == -value[1]:
        return value[1]  # as much to either side: RandomShear takes no pair that begins below 0
    ends = [module for end, (module, _) in MODULES.items() if name.endswith(end)]
    return _make(getattr(keras, ends[0]), value) if ends and isinstance(value, dict) else value
