"""The supported optimizers: their Keras classes, and the arguments that a student may set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_Defaults = Mapping[str, float | bool | None]
_COMMON: _Defaults = {
    "weight_decay": None,
    "clipnorm": None,
    "global_clipnorm": None,
    "clipvalue": None,
    "use_ema": False,
    "ema_momentum": 0.99,
    "ema_overwrite_frequency": None,
    "gradient_accumulation_steps": None,
}
_ADAM: _Defaults = {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}


class Optimizer(NamedTuple):
    """The name of a class of keras.optimizers, and Keras's defaults of the arguments one may set.

    The learning rate is not among `defaults`: a recipe always contains it.
    """

    keras_class: str
    defaults: _Defaults

    def changed(self, settings: _Defaults) -> dict[str, float | bool | None]:
        """The settings that differ from Keras's defaults."""
        return {name: value for name, value in settings.items() if value != self.defaults.get(name)}


_EPSILON: _Defaults = {"epsilon": 1e-7}
# Name of the Keras class in lower case -> optimizer.
OPTIMIZERS: Mapping[str, Optimizer] = {
    "sgd": Optimizer("SGD", {**_COMMON, "momentum": 0.0, "nesterov": False}),
    "adam": Optimizer("Adam", {**_COMMON, **_ADAM, "amsgrad": False}),
    "adamw": Optimizer("AdamW", {**_COMMON, **_ADAM, "amsgrad": False, "weight_decay": 0.004}),
    "nadam": Optimizer("Nadam", {**_COMMON, **_ADAM}),
    "rmsprop": Optimizer(
        "RMSprop", {**_COMMON, "rho": 0.9, "momentum": 0.0, "epsilon": 1e-7, "centered": False}
    ),
    "adadelta": Optimizer("Adadelta", {**_COMMON, **_EPSILON, "rho": 0.95}),
    "adagrad": Optimizer("Adagrad", {**_COMMON, **_EPSILON, "initial_accumulator_value": 0.1}),
    "adamax": Optimizer("Adamax", {**_COMMON, **_ADAM}),
    "lion": Optimizer("Lion", {**_COMMON, "beta_1": 0.9, "beta_2": 0.99}),
}
# Arguments that take whole numbers; the description has floats.
WHOLE = ("ema_overwrite_frequency", "gradient_accumulation_steps")
# Keras's defaults of the arguments that a student must not change.
FIXED: _Defaults = {
    "loss_scale_factor": None,
}
