"""Replace what a recipe computes while it trains by the numbers that it computes.

Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.keras_objects.schedules import IMAGES
from autograder.sandbox.guest import keras_steering
from autograder.sandbox.guest.keras_models import is_model
from autograder.sandbox.guest.keras_rates import rates_by_batch
from autograder.sandbox.guest.keras_steering import is_keras

_MOST_EPOCHS, _LARGEST_BATCH = 1_000, 4_096
_BATCH_SIZE = 32  # Keras's default


def resolved(value: Any) -> Any:
    """A recipe with the rates of its LearningRateScheduler, or of its own schedule; other values as they are.

    The function of a LearningRateScheduler and an own schedule are a student's code, which the
    training must not run. They know nothing but the epoch and the rate before, or the batch, so
    their rates can be computed here.
    """
    if type(value) is not dict or not is_model(value.get("model")):
        return value
    model, epochs = value["model"], _whole(value.get("epochs"), _MOST_EPOCHS)
    if not epochs or not model.compiled:
        return value
    return {**value, **_of_scheduler(value, epochs), **_of_schedule(value, epochs)}


def _whole(value: Any, most: int) -> int:
    """A number from 1 to `most` as a whole one; 0 for anything else."""
    return int(value) if isinstance(value, int | float | np.number) and 1 <= value <= most else 0


def _of_scheduler(recipe: dict[str, Any], epochs: int) -> dict[str, Any]:
    """What a LearningRateScheduler changes in a recipe: {} if there is none, or several."""
    callbacks = recipe.get("callbacks")
    callbacks = list(callbacks) if isinstance(callbacks, list | tuple) else [callbacks]
    schedulers = [callback for callback in callbacks if _is_scheduler(callback)]
    if len(schedulers) != 1 or recipe.get("learning_rates") is not None:
        return {}
    return {
        "callbacks": [callback for callback in callbacks if callback is not schedulers[0]],
        "learning_rates": _rates(schedulers[0].schedule, recipe["model"].optimizer, epochs),
    }


def _of_schedule(recipe: dict[str, Any], epochs: int) -> dict[str, Any]:
    """The rates of each batch, under the key "batch_rates", if an own schedule sets them."""
    schedule = getattr(recipe["model"].optimizer, "_learning_rate", None)
    given = recipe.get("batch_size")
    batch_size = _BATCH_SIZE if given is None else _whole(given, _LARGEST_BATCH)
    if not batch_size or not callable(schedule) or keras_steering.is_known_schedule(schedule):
        return {}
    # Of all images, of which a training on the sample uses a tenth.
    count = epochs * math.ceil(IMAGES / batch_size)
    return {"batch_rates": rates_by_batch(schedule, count)}


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
        rate = float(np.float32(np.asarray(rate)))  # as precise as the optimizer keeps it
        rates.append(rate)
    return rates
