"""Family 19 once more: what is handed in as a recipe of the open rung, which the kit trains."""

from __future__ import annotations

from autograder.results.outcome import Status
from tests.evil import Catalogue

EVIL = Catalogue()
CRASHED = Status.CRASHED
RECIPE = """
import os
def rung_open():
    class Own(keras.layers.Layer):
        def call(self, x):
            {call}
            return x
    model = keras.Sequential([keras.Input(shape=(28, 28, 1)), {layer}keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy")
    def rate(epoch, lr):
        {rate}
        return lr
    class Rates(keras.optimizers.schedules.LearningRateSchedule):
        def __call__(self, step):
            return rate(step, 0.1)
    {after}
    return {{"model": model, "epochs": {epochs}, {entries}}}
"""
BY_BATCH = "model.optimizer.learning_rate = Rates()"
SCHEDULED = '"callbacks": [keras.callbacks.LearningRateScheduler(rate)]'


def _recipe(name: str, status: Status = Status.FAILED, **parts: str) -> None:
    plain = {"call": "pass", "layer": "", "rate": "pass", "epochs": "5", "entries": "", "after": ""}
    EVIL.source(19, name, RECIPE.format(**{**plain, **parts}), status)


_recipe("a schedule that never ends", CRASHED, entries=SCHEDULED, rate="while True: pass")
_recipe("a schedule that ends the process", CRASHED, entries=SCHEDULED, rate="os._exit(0)")
_recipe("a schedule for ever", entries=SCHEDULED, epochs="10 ** 12")
_recipe("rates by batch without end", CRASHED, after=BY_BATCH, rate="while True: pass")
_recipe("rates by batch that end the process", CRASHED, after=BY_BATCH, rate="os._exit(0)")
_recipe(
    "rates by batch that fill the memory",  # told as the reason why there are none
    after=BY_BATCH,
    rate="lr = keras.ops.zeros(10 ** 11)",
)
_recipe("rates by batch for ever", after=BY_BATCH, epochs="200", entries='"batch_size": 1')
_recipe("rates that claim to be computed", entries='"batch_rates": np.zeros(10 ** 7)')
_recipe("a class that ends the process", CRASHED, layer="Own(),", call="os._exit(0)")
_recipe(
    "weights of a million classes",
    CRASHED,
    entries='"class_weight": dict.fromkeys(range(10 ** 6), 1.0)',
)
