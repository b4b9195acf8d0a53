"""The optimizers that the kit knows: their Keras classes, and the arguments that may differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_Defaults = Mapping[str, float | bool | None]
_ANY: _Defaults = {
    "weight_decay": None,
    "clipnorm": None,
    "global_clipnorm": None,
    "clipvalue": None,
    "use_ema": False,
    "ema_momentum": 0.99,
}
_ADAM: _Defaults = {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}


class Optimizer(NamedTuple):
    """A class of keras.optimizers, and Keras's defaults of the arguments that may differ."""

    keras_class: str
    defaults: _Defaults


# By the name that a compiled model's optimizer has in lower case.
OPTIMIZERS: Mapping[str, Optimizer] = {
    "sgd": Optimizer("SGD", {**_ANY, "momentum": 0.0, "nesterov": False}),
    "adam": Optimizer("Adam", {**_ANY, **_ADAM, "amsgrad": False}),
    "adamw": Optimizer("AdamW", {**_ANY, **_ADAM, "amsgrad": False, "weight_decay": 0.004}),
    "nadam": Optimizer("Nadam", {**_ANY, **_ADAM}),
    "rmsprop": Optimizer(
        "RMSprop", {**_ANY, "rho": 0.9, "momentum": 0.0, "epsilon": 1e-7, "centered": False}
    ),
}
# Keras's defaults of the arguments that must stay as they are.
FIXED: _Defaults = {
    "ema_overwrite_frequency": None,
    "loss_scale_factor": None,
    "gradient_accumulation_steps": None,
}
