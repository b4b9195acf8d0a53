"""The student's work as a grader sees it: in a notebook, or by a proxy into the sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from autograder.models.descent import Descended, Descent
from autograder.models.model import Trained
from autograder.sandbox.protocol.effects import Effects
from autograder.testing.diagnosis import AnswerLog
from autograder.testing.student_answers import Stepped


class Student(Protocol):
    """The student's work as a grader sees it: the notebook itself, or a proxy into the sandbox.

    Graders get it as the fixture `student`. Its methods raise NotAttempted if the blank is not
    filled in, and StudentCrash if the student's code fails.
    """

    answer_log: AnswerLog
    used_names: set[str]  # names of functions that a test called, and of variables that it read
    effects: Effects  # of the last call
    printed: str  # by the last call

    def call(self, name: str, /, *args: object, **kwargs: object) -> object:
        """Call the student's function `name`; arguments and result are plain data."""

    def train(self, name: str, /, *args: object) -> object:
        """Call the student's `name` and return a Trained, if it returns a model, or plain data."""

    def train_from(
        self, name: str, model: object, start: Sequence[np.ndarray], /, *args: object
    ) -> tuple[object, list[np.ndarray]]:
        """Call the student's `name` with a model set to the weights `start`, and with `args`.

        `model` is a handle. Returns (what the function returned, the model's weights afterwards).
        """

    def step_from(
        self, name: str, model: object, start: Sequence[np.ndarray], fit: Sequence[np.ndarray], /
    ) -> Stepped:
        """Call the student's `name` with a model set to `start`; train what it returns for one step.

        Another model is compiled and trained before: this one learns nothing if it shares that one's
        optimizer.

        Args:
            name: a function that takes a model and returns it compiled.
            model: a handle to the model.
            start: the model's weights, float32, in the order of its layers.
            fit: images and their one-hot rows, the one batch of the step.

        Returns: what the function returned, the weights of that model after the step, and the loss and
            the metrics that the step reported.

        """

    def descend(self, descent: Descent) -> Descended:
        """What `descent` comes past in the training worker: the losses, and the weights of each step."""

    def loss(self, descent: Descent, weights: Sequence[np.ndarray]) -> float:
        """The loss on the other images of `descent` with these weights."""

    def predict(self, trained: Trained, images: np.ndarray) -> np.ndarray:
        """The class that a model from train() predicts for each image (uint8, (images, 28, 28))."""

    def value(self, name: str) -> object:
        """The value of the student's variable `name`, as plain data."""

    def handle(self, name: str, *args: object) -> object:
        """An argument of call() or train_from(): the result of the student's `name(*args)`."""
