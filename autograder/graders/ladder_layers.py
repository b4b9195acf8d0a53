"""The layers, the optimizer and the learning rates that the text of assignment 5 demands on each rung."""

from __future__ import annotations

from typing import NamedTuple

from autograder.graders.classifier_layers import CLASSIFIER
from autograder.testing import Wanted

LARGE = [
    Wanted("Conv2D", (7, 7), "relu", (28, 28, 64), 3_200, "same"),
    Wanted("MaxPooling2D", (2, 2), "linear", (14, 14, 64), 0),
    Wanted("Conv2D", (3, 3), "relu", (14, 14, 128), 73_856, "same"),
    Wanted("MaxPooling2D", (2, 2), "linear", (7, 7, 128), 0),
    Wanted("Flatten", (), "linear", (6_272,), 0),
    Wanted("Dense", (), "relu", (64,), 401_472),
    Wanted("Dense", (), "softmax", (10,), 650),
]
DEEP = [
    Wanted("Conv2D", (3, 3), "relu", (28, 28, 32), 320, "same"),
    Wanted("BatchNormalization", (), "linear", (28, 28, 32), 128),
    Wanted("Conv2D", (3, 3), "relu", (28, 28, 32), 9_248, "same"),
    Wanted("BatchNormalization", (), "linear", (28, 28, 32), 128),
    Wanted("Dropout", (), "linear", (28, 28, 32), 0, rate=0.25),
    Wanted("Conv2D", (3, 3), "relu", (28, 28, 64), 18_496, "same"),
    Wanted("MaxPooling2D", (2, 2), "linear", (14, 14, 64), 0),
    Wanted("Dropout", (), "linear", (14, 14, 64), 0, rate=0.25),
    Wanted("Conv2D", (3, 3), "relu", (14, 14, 128), 73_856, "same"),
    Wanted("BatchNormalization", (), "linear", (14, 14, 128), 512),
    Wanted("Dropout", (), "linear", (14, 14, 128), 0, rate=0.25),
    Wanted("Flatten", (), "linear", (25_088,), 0),
    Wanted("Dense", (), "relu", (512,), 12_845_568),
    Wanted("BatchNormalization", (), "linear", (512,), 2_048),
    Wanted("Dropout", (), "linear", (512,), 0, rate=0.5),
    Wanted("Dense", (), "relu", (128,), 65_664),
    Wanted("BatchNormalization", (), "linear", (128,), 512),
    Wanted("Dropout", (), "linear", (128,), 0, rate=0.5),
    Wanted("Dense", (), "softmax", (10,), 1_290),
]


class Rung(NamedTuple):
    """What the text demands on a rung; `rates` has the learning rate of each epoch."""

    layers: list[Wanted]
    optimizer: str
    rates: list[float]


RUNGS = {
    "rung_a": Rung(CLASSIFIER, "sgd", [0.01] * 5),
    "rung_b": Rung(LARGE, "sgd", [0.01] * 5),
    "rung_c": Rung(LARGE, "adam", [0.001] * 5),
    "rung_d": Rung(DEEP, "adam", [0.001] * 5),
    "rung_e": Rung(DEEP, "adam", [0.001 * 0.9**epoch for epoch in range(30)]),
}
