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
        """Call the student's function `name`; `expect` does this, and compares what is returned.

        Args:
            name: the function's name in the notebook.
            *args: positional arguments: numbers, strings, arrays, lists, tuples, dicts or handles.
            **kwargs: keyword arguments of the same types.

        Returns:
            The plain data that the function returned, a ModelData for a Keras model, a HistoryData
            for a History, and an Opaque with type and text for anything else.

        Example:
            student.call("build_basic")

        """

    def train(self, name: str, /, *args: object) -> object:
        """Call a student's function that trains a model; it may take longer than other calls.

        Args:
            name: the function's name in the notebook.
            *args: its arguments, as those of `call`.

        Returns:
            A Trained, with model and weights, if the function returned a model; else as `call`.

        Example:
            student.train("train", images, labels)

        """

    def train_from(
        self, name: str, model: object, start: Sequence[np.ndarray], /, *args: object
    ) -> tuple[object, list[np.ndarray]]:
        """Call a student's function that trains the model that it is given.

        Args:
            name: the function's name in the notebook; the model is its first argument.
            model: a handle to the model, which is compiled anew with "sgd" for all students alike.
            start: the model's weights before the call, float32, in the order of its layers.
            *args: further arguments of the function, as those of `call`.

        Returns:
            A pair of what the function returned and the model's weights after the call.

        Example:
            student.train_from("train", student.handle("build"), descent.start, images, rows)

        """

    def step_from(
        self, name: str, model: object, start: Sequence[np.ndarray], fit: Sequence[np.ndarray], /
    ) -> Stepped:
        """Call a student's function that compiles a model; train what it returns for one step.

        Another model is compiled and trained before: this one learns nothing if it shares that one's
        optimizer.

        Args:
            name: a function that takes a model and returns it compiled.
            model: a handle to the model.
            start: the model's weights, float32, in the order of its layers.
            fit: images and their one-hot rows, the one batch of the step.

        Returns:
            What the function returned, the weights of that model after the step, and the loss and
            the metrics that the step reported.

        Example:
            student.step_from("compile_model", student.handle("build"), descent.start, (images, rows))

        """

    def descend(self, descent: Descent) -> Descended:
        """Follow gradient descent in the training worker, from weights that the grader chose.

        Args:
            descent: the model, its first weights, the data and the number of steps.

        Returns:
            The losses and accuracies by epoch, and the weights after each step.

        Example:
            student.descend(descent).distances(weights)

        """

    def loss(self, descent: Descent, weights: Sequence[np.ndarray]) -> float:
        """The loss on the other images of a descent, those that are not trained on.

        Args:
            descent: the model and the images.
            weights: the model's weights, float32, in the order of its layers.

        Returns:
            The mean of the categorical cross-entropy.

        Example:
            student.loss(descent, weights)

        """

    def predict(self, trained: Trained, images: np.ndarray) -> np.ndarray:
        """The class that a trained model predicts for each image, in the training worker.

        Args:
            trained: the model, as `train` returned it.
            images: pixels from 0 to 255, uint8 (images, 28, 28).

        Returns:
            A class from 0 to 9 for each image, uint8 (images,).

        Example:
            (student.predict(trained, images) == labels).mean()

        """

    def value(self, name: str) -> object:
        """The value of a student's variable; `expect_value` does this, and compares it.

        Args:
            name: the variable's name in the notebook.

        Returns:
            The value, as `call` returns one.

        Example:
            student.value("network_totals")

        """

    def handle(self, name: str, *args: object) -> object:
        """An argument that is computed beside the student's code: what another function returns.

        Args:
            name: the name of the student's function that makes the argument.
            *args: that function's arguments, which may be handles themselves.

        Returns:
            A Handle, which `call`, `train_from` and `step_from` take as an argument.

        Example:
            student.call("compile_model", student.handle("build_classifier"))

        """
