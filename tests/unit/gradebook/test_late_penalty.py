"""What late work loses."""

from __future__ import annotations

import pytest

from autograder.course.settings import Late
from autograder.gradebook.late_penalty import penalty_of

HOUR, DAY = 3_600, 86_400


@pytest.mark.parametrize(
    ("late", "score", "seconds", "penalty"),
    [
        (Late(10), 8.0, 1, 0.8),  # a day is begun
        (Late(10), 8.0, DAY, 0.8),
        (Late(10), 8.0, DAY + 1, 1.6),
        (Late(10), 8.0, 30 * DAY, 8.0),  # never more than there is
        (Late(10, grace_minutes=15), 8.0, 15 * 60, 0.0),
        (Late(10, grace_minutes=15), 8.0, DAY + 15 * 60, 0.8),
        (Late(10, last_day=2), 8.0, 2 * DAY, 1.6),
        (Late(10, last_day=2), 8.0, 2 * DAY + HOUR, 8.0),
        (Late(0, last_day=0), 8.0, HOUR, 8.0),
        (Late(10), 0.0, DAY, 0.0),
        (Late(10), -1.0, DAY, 0.0),
    ],
)
def test_what_late_work_loses(late: Late, score: float, seconds: float, penalty: float) -> None:
    assert penalty_of(late, score, seconds) == pytest.approx(penalty)
