"""A learning curve on the class page has accuracies; what else came out of a sandbox is not drawn."""

from __future__ import annotations

import pytest

from autograder.classroom.page.entries import Entry
from autograder.classroom.page.learning_curves import rung_curves
from autograder.gradebook.scores import Score, Student
from autograder.results.outcome import Status, TestOutcome
from autograder.results.pictures import TRAINING, VALIDATION, Curves
from autograder.results.record import GradeRecord, TrainedRun


def entry(name: str, validation: list[float]) -> Entry:
    picture = Curves("", "", "", {TRAINING: [10.0], VALIDATION: validation}, "")
    outcome = TestOutcome(
        question="rung-a",
        title="",
        status=Status.PASSED,
        points=1,
        max_points=1,
        pictures=(picture,),
    )
    record = GradeRecord(
        assignment="ladder", digest="", key="", sandbox="bwrap", outcomes=[outcome],
        trained=[TrainedRun(name, 0, 0.8, "rung-a")],
    )  # fmt: skip
    return Entry(Score(Student(name, "", "", "", ""), "ladder", 1.0, submitted=True), record)


@pytest.mark.parametrize("validation", [[1e12], [50.0, -1.0], []])
def test_what_is_no_accuracy_is_counted_and_not_drawn(validation: list[float]) -> None:
    curves = rung_curves("rung-a", 0.7, (entry("ada", [80.0]), entry("eve", validation)))
    assert curves is not None
    assert [curve.validation for curve in curves.curves] == [(0.8,)]
    assert curves.without == 1
