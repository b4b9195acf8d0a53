"""Replace what a recipe computes while it trains by the numbers that it computes.

Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.sandbox.guest.keras_graph import is_model
from autograder.sandbox.guest.keras_steering import is_keras

_MOST_EPOCHS = 1_000


def resolved(value: Any) -> Any:
    """A recipe with the rates of its LearningRateScheduler; any other value as it is.

    The function of a LearningRateScheduler is a student's code, which the training must not run. It
    knows nothing but the epoch and the rate before, so its rates can be computed here.
    """
    if type(value) is not dict or not is_model(value.get("model")):
        return value
    model, epochs, callbacks = value["model"], value.get("epochs"), value.get("callbacks")
    if not isinstance(epochs, int | float | np.number) or not 1 <= epochs <= _MOST_EPOCHS:
        return value
    callbacks = list(callbacks) if isinstance(callbacks, list | tuple) else [callbacks]
    schedulers = [one for one in callbacks if _is_scheduler(one)]
    if len(schedulers) != 1 or value.get("learning_rates") is not None or not model.compiled:
        return value
    return {
        **value,
        "callbacks": [one for one in callbacks if one is not schedulers[0]],
        "learning_rates": _rates(schedulers[0].schedule, model.optimizer, int(epochs)),
    }


def _is_scheduler(callback: Any) -> bool:
    return is_keras(callback) and type(callback).__name__ == "LearningRateScheduler"


def _rates(schedule: Any, optimizer: Any, epochs: int) -> list[float]:
    rates = []
    rate = float(np.asarray(optimizer.learning_rate))
    for epoch in range(epochs):
        try:
            rate = schedule(epoch, rate)
        except TypeError:  # as Keras does: a function of the epoch alone
            rate = schedule(epoch)
        rate = float(np.asarray(rate))
        rates.append(rate)
    return rates
