"""The layers of assignment 4's networks; the ladder of assignment 5 begins with the last of them."""

from __future__ import annotations

from autograder.keras_objects import Conv2D, Dense, Flatten, MaxPooling2D
from autograder.models import ModelData
from autograder.testing import Wanted

BASIC = [
    Wanted("Conv2D", (5, 5), "relu", (24, 24, 32), 832),
    Wanted("MaxPooling2D", (2, 2), "linear", (12, 12, 32), 0),
]
STACK = [
    *BASIC,
    Wanted("Conv2D", (5, 5), "relu", (8, 8, 64), 51_264),
    Wanted("MaxPooling2D", (2, 2), "linear", (4, 4, 64), 0),
]
CLASSIFIER = [
    *STACK,
    Wanted("Flatten", (), "linear", (1_024,), 0),
    Wanted("Dense", (), "softmax", (10,), 10_250),
]

NETWORK = ModelData(
    (28, 28, 1),
    (
        Conv2D(32, (5, 5), activation="relu"),
        MaxPooling2D((2, 2), (2, 2)),
        Conv2D(64, (5, 5), activation="relu"),
        MaxPooling2D((2, 2), (2, 2)),
        Flatten(),
        Dense(10, activation="softmax"),
    ),
)
