"""Draws the timeline of hand-ins as bars of an SVG picture, and says it in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from autograder.classroom.page.timeline import Timeline

_HIGH, _WIDE = 80, 480  # of the room for the bars
_LABELS, _LABEL_WIDTH = 5, 75  # at most so many, since each needs room


class DrawnBar(NamedTuple):
    """A bar from the bottom, and what it is of in words."""

    x: float
    width: float
    height: float
    students: int
    words: str


class Label(NamedTuple):
    """The time at a place of the axis."""

    x: float
    text: str


class Drawing(NamedTuple):
    """The bars, the labels below them, and where the due date is; None if it is not among them."""

    bars: list[DrawnBar]
    labels: list[Label]
    due: float | None
    words: str


def timeline_drawing(timeline: Timeline) -> Drawing:
    """The picture of a timeline, in a space of 480 by 80."""
    step = _WIDE / len(timeline.bars)
    most = max(bar.students for bar in timeline.bars)
    time_format = "%m-%d %H:%M" if timeline.width < timedelta(days=7) else "%Y-%m-%d"
    bars = [
        DrawnBar(
            round(step * at, 2),
            round(max(step - 2, 1), 2),
            round(_HIGH * bar.students / most, 1),
            bar.students,
            f"from {bar.start:{time_format}}: {bar.students}",
        )
        for at, bar in enumerate(timeline.bars)
    ]
    every = -(-len(timeline.bars) // _LABELS)
    labels = [
        Label(bars[at].x, f"{timeline.bars[at].start:{time_format}}")
        for at in range(0, len(bars), every)
        if bars[at].x + _LABEL_WIDTH <= _WIDE
    ]
    due = None
    if timeline.due is not None:
        place = step * ((timeline.due - timeline.bars[0].start) / timeline.width)
        due = round(place, 2) if 0 <= place <= _WIDE else None
    return Drawing(bars, labels, due, "; ".join(bar.words for bar in bars if bar.students))


def timeline_text(timeline: Timeline) -> str:
    """When the first, the middle and the last hand-in came."""
    if timeline.known == 1:
        lines = [f"The only hand-in with a time came at {_time_text(timeline.first)}."]
    else:
        lines = [
            f"The first hand-in came at {_time_text(timeline.first)}, half of them by {_time_text(timeline.middle)}, "
            f"the last at {_time_text(timeline.last)}, in UTC."
        ]
    if timeline.last_day is not None:
        lines.append(f"In the last 24 hours before the due date came {timeline.last_day}.")
    if timeline.unknown:
        lines.append(f"Of {timeline.unknown} more the time is not known.")
    return " ".join(lines)


def attempts_text(attempts: Mapping[int, int]) -> str:
    """How many students handed in more than once; empty if none is known to have done so."""
    again = {number: students for number, students in attempts.items() if number > 1}
    if not again:
        return ""
    counted = ", ".join(f"{number} from {students}" for number, students in again.items())
    return f"More than one hand-in, as far as replaced/ has them: {counted}."


def _time_text(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}"
