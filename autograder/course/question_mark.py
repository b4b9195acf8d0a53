"""The mark @pytest.mark.question, which gives the question and the points of a grader's test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

USAGE = 'Write @pytest.mark.question("name", points=1) with plain values, points above 0'


class QuestionMark(NamedTuple):
    """The question, the points of the test, and whether they are extra credit."""

    question: str
    points: float
    extra: bool


def question_mark(args: Sequence[object], kwargs: Mapping[str, object]) -> QuestionMark:
    """The mark with these arguments. Raises ValueError if they do not match USAGE.

    >>> question_mark(["pool-size"], {"points": 2})
    QuestionMark(question='pool-size', points=2.0, extra=False)
    """
    points, extra = kwargs.get("points"), kwargs.get("extra", False)
    if len(args) != 1 or not isinstance(args[0], str) or kwargs.keys() - {"points", "extra"}:
        raise ValueError(USAGE)
    if isinstance(points, bool) or not isinstance(points, int | float) or not points > 0:
        raise ValueError(USAGE)
    if not isinstance(extra, bool):
        raise ValueError(USAGE)
    return QuestionMark(args[0], float(points), extra)
