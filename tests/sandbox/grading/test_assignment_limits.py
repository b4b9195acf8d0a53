"""Time limits of one assignment hold wherever its submissions run, and for no other assignment."""

from pathlib import Path

import pytest

from autograder.course.course import Course, find_course
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.submissions.submission import read_submission
from tests.support.small_course import hand_in, released_course

ENDLESS = "def add(a, b):\n    while True:\n        pass\n"
ENDLESS_CELL = "while True:\n    pass\n\ndef add(a, b):\n    return a + b\n"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    root = released_course(tmp_path / "course").root
    with (root / "pyproject.toml").open("a") as settings:
        settings.write(
            "[tool.autograder.assignment_limits.alpha]\ncall_seconds = 0.5\ncell_seconds = 0.4\n"
        )
    return find_course(root)


@pytest.mark.parametrize(
    ("answer", "message"),
    [(ENDLESS, "add took longer than 0.5 s"), (ENDLESS_CELL, "the cell ran longer than 0.4 s")],
)
def test_an_endless_loop_ends_at_the_limit_of_its_assignment(
    course: Course, answer: str, message: str
) -> None:
    submission = read_submission(hand_in(course, "ann", answer), "alpha", course)
    outcomes = grade(submission, course).outcomes_of("add")
    assert {outcome.status for outcome in outcomes} == {Status.CRASHED}
    assert all(message in outcome.message for outcome in outcomes)
    assert course.config.limits_for("beta") == course.config.limits
