"""The supported losses: their Keras classes, the labels that they take, and their arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Loss(NamedTuple):
    """A class of keras.losses, and Keras's defaults of the arguments that one may set.

    With `one_hot`, the labels are rows with a 1 in the column of the class; else they are numbers.
    """

    keras_class: str
    one_hot: bool
    defaults: Mapping[str, float]

    def changed(self, settings: Mapping[str, float]) -> dict[str, float]:
        """The settings that differ from Keras's defaults."""
        return {name: value for name, value in settings.items() if value != self.defaults.get(name)}


CLASSES = 10
LOSS = "sparse_categorical_crossentropy"  # which the course teaches
LOSSES: Mapping[str, Loss] = {
    LOSS: Loss("SparseCategoricalCrossentropy", False, {}),
    "categorical_crossentropy": Loss("CategoricalCrossentropy", True, {"label_smoothing": 0.0}),
    "categorical_focal_crossentropy": Loss(
        "CategoricalFocalCrossentropy", True, {"label_smoothing": 0.0, "alpha": 0.25, "gamma": 2.0}
    ),
}
