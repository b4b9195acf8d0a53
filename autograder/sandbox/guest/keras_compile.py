"""Describe how a Keras model was compiled, and what of it the description leaves out.

Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from autograder.keras_objects.losses import LOSSES
from autograder.sandbox.guest import keras_steering
from autograder.sandbox.guest.keras_functions import keras_name, loss_name
from autograder.sandbox.guest.keras_steering import (
    as_python,
    class_name,
    is_keras,
    keras_class,
    module_of,
)

_NUMBERS = (bool, int, float, np.generic, type(None))
# A model that has one of these of its own is not trained as Keras trains it.
_STEPS = ("compute_loss", "fit", "make_train_function", "train_step")
# Arguments of a loss that are described, or change no number.
_OF_LOSS = ("name", "from_logits")


def settings(model: Any) -> dict[str, Any]:
    """The settings of compile() as data, for the class Compiled of `autograder.models.compiled`."""
    optimizer = model.optimizer
    rate = getattr(optimizer, "_learning_rate", None)
    config = _arguments(optimizer)
    losses = list(_flat(model.loss))  # a list with one loss means that loss
    loss = losses[0] if len(losses) == 1 else model.loss
    loss_is, arguments = loss_name(loss), _loss_arguments(loss)
    loss_settings = _loss_settings(loss_is, arguments)
    name = class_name(optimizer).lower()[:90]
    return {
        "optimizer": name if keras_class(optimizer) else f"own {name}",
        "learning_rate": _current_rate(optimizer),
        "schedule": keras_steering.schedule(rate) if callable(rate) else None,
        "settings": {
            name: as_python(value)
            for name, value in config.items()
            if name not in ("name", "learning_rate") and isinstance(value, _NUMBERS)
        },
        "loss": loss_is,
        "from_logits": bool(getattr(loss, "_fn_kwargs", {}).get("from_logits", False)),
        "loss_settings": loss_settings,
        "metrics": _metrics(model),
        "left_out": sorted(_left_out(model, loss, arguments, described=loss_settings)),
    }


def _arguments(optimizer: Any) -> dict[str, Any]:
    """The arguments of an optimizer; its rate may be an own schedule, which need not have a config."""
    try:
        copy = object.__new__(type(optimizer))
        vars(copy).update(vars(optimizer), _learning_rate=None)
        return dict(copy.get_config())
    except Exception:  # a student's own, or a name that was assigned: it is refused by its class
        return {}


def _current_rate(optimizer: Any) -> float:
    try:
        return float(np.asarray(optimizer.learning_rate))
    except Exception:  # an own schedule may raise anything; its rates are computed elsewhere
        return 0.0


def _loss_settings(loss: str, arguments: dict[str, Any]) -> dict[str, float]:
    """The arguments of a supported loss, other than `from_logits`."""
    known = LOSSES[loss].defaults if loss in LOSSES else {}
    return {
        name: float(arguments[name])
        for name in known
        if isinstance(arguments.get(name), int | float | np.number)
    }


def _loss_arguments(loss: Any) -> dict[str, Any]:
    config: dict[str, Any] = {}
    if is_keras(loss) and hasattr(loss, "get_config"):
        config = loss.get_config()
    return config


def _left_out(
    model: Any, loss: Any, arguments: dict[str, Any], described: Iterable[str]
) -> Iterator[str]:
    """What would train the model otherwise than the description says, by name."""
    weights = getattr(model._compile_loss, "_user_loss_weights", None)
    if any(isinstance(weight, str) for weight in _flat(weights)):
        yield "loss_weights (compile's third argument: write metrics=[...] with the name)"
    elif any(weight != 1 for weight in _flat(weights)):
        yield "loss_weights"
    others = {name: arguments[name] for name in arguments.keys() - {*_OF_LOSS, *described}}
    defaults = type(loss)().get_config() if others else {}
    yield from (
        f"{name} of the loss" for name, value in others.items() if value != defaults.get(name)
    )
    excluded = ("_exclude_from_weight_decay", "_exclude_from_weight_decay_pattern")
    if any(getattr(model.optimizer, name, None) for name in excluded):
        yield "exclude_from_weight_decay"
    for kind in type(model).__mro__:
        if not module_of(kind).startswith("keras."):
            yield from (f"a {name} of its own" for name in _STEPS if name in vars(kind))


def _metrics(model: Any) -> list[str]:
    """The names of the metrics; "own ..." for a function that is not Keras's."""
    compiled = model._compile_metrics  # Keras can write down not every function of a student's
    given = [compiled._user_metrics, compiled._user_weighted_metrics] if compiled else []
    return [_metric(metric) for metric in _flat(given)]


def _metric(metric: object) -> str:
    if type(metric).__name__ == "Accuracy":
        return "Accuracy"  # not what "accuracy" stands for: it compares probabilities exactly
    return {"acc": "accuracy"}.get(name := keras_name(metric), name)


def _flat(value: Any) -> Iterable[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, dict):
        yield from _flat(list(value.values()))
    elif value is not None:
        yield value
