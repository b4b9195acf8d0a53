"""What a student's process reports of a step of training is names and floats, or no answer at all."""

from __future__ import annotations

import math

import numpy as np
import pytest

from autograder.results.outcome import StudentCrash
from autograder.testing.student_answers import trained_given

WEIGHTS = [np.zeros(2, np.float32)]


def test_numbers_are_floats() -> None:
    reported = {"loss": 2, "accuracy": 0.5, "auc": math.inf}
    stepped = trained_given("compile_model", [None, WEIGHTS, reported], WEIGHTS)
    assert stepped.reported == reported
    assert all(type(number) is float for number in stepped.reported.values())
    assert trained_given("train", [None, WEIGHTS], WEIGHTS).reported == {}


@pytest.mark.parametrize(
    "reported",
    [0, None, [], {"loss": 10**400}, {"loss": True}, {"loss": "0.5"}, {1: 0.5}, {("a",): 0.5}],
)
def test_anything_else_is_no_answer(reported: object) -> None:
    with pytest.raises(StudentCrash, match="compile_model: the process sent something"):
        trained_given("compile_model", [None, WEIGHTS, reported], WEIGHTS)
