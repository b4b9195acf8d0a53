"""Takes points off for late work as the course's settings say: nbgrader's plug-in for late penalties."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Unicode

from autograder.course.settings import Late, read_config

_DAY = 24 * 60 * 60


class LatePenalty(LateSubmissionPlugin):
    """The table [tool.autograder.late] of the course; without it, nbgrader's own penalty_method."""

    course_root = Unicode("", help="The course's directory").tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """The points that a submission loses, as nbgrader asks for them."""
        root = self._root()
        # Of the course only its settings are read: nbgrader makes a plug-in for each submission.
        late = read_config(Path(root) / "pyproject.toml").late if root else None
        if late is None:
            penalty: float | None = super().late_submission_penalty(
                student_id, score, total_seconds_late
            )
            return penalty
        return penalty_of(late, score, total_seconds_late)

    def _root(self) -> str:
        converter: Any = getattr(self.parent, "parent", None)
        return self.course_root or str(getattr(getattr(converter, "coursedir", None), "root", ""))


def penalty_of(late: Late, score: float, seconds: float) -> float:
    """The points that a score loses.

    Args:
        late: the course's settings.
        score: the points before.
        seconds: how long after the due date, or the student's own, it was handed in.

    Returns:
        The penalty, from 0 to the score.

    Example:
        penalty_of(Late(percent_per_day=10), 8.0, 90_000)  # 1.6: two days are begun

    """
    seconds -= 60 * late.grace_minutes
    if seconds <= 0 or score <= 0:
        return 0.0
    days = math.ceil(seconds / _DAY)
    if late.last_day is not None and days > late.last_day:
        return score
    return min(score, score * days * late.percent_per_day / 100)
