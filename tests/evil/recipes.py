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
    return {{"model": model, "epochs": {epochs}, {entries}}}
"""
SCHEDULED = '"callbacks": [keras.callbacks.LearningRateScheduler(rate)]'


def _recipe(name: str, status: Status = Status.FAILED, **parts: str) -> None:
    plain = {"call": "pass", "layer": "", "rate": "pass", "epochs": "5", "entries": ""}
    EVIL.source(19, name, RECIPE.format(**{**plain, **parts}), status)


_recipe("a schedule that never ends", CRASHED, entries=SCHEDULED, rate="while True: pass")
_recipe("a schedule that ends the process", CRASHED, entries=SCHEDULED, rate="os._exit(0)")
_recipe("a schedule for ever", entries=SCHEDULED, epochs="10 ** 12")
_recipe("a class that ends the process", CRASHED, layer="Own(),", call="os._exit(0)")
_recipe(
    "weights of a million classes",
    CRASHED,
    entries='"class_weight": dict.fromkeys(range(10 ** 6), 1.0)',
)
