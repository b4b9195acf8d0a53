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


def timeline_drawing(found: Timeline) -> Drawing:
    """The picture of a timeline, in a space of 480 by 80."""
    step = _WIDE / len(found.bars)
    most = max(bar.students for bar in found.bars)
    shown = "%m-%d %H:%M" if found.width < timedelta(days=7) else "%Y-%m-%d"
    bars = [
        DrawnBar(
            round(step * at, 2),
            round(max(step - 2, 1), 2),
            round(_HIGH * bar.students / most, 1),
            bar.students,
            f"from {bar.start:{shown}}: {bar.students}",
        )
        for at, bar in enumerate(found.bars)
    ]
    every = -(-len(found.bars) // _LABELS)
    labels = [
        Label(bars[at].x, f"{found.bars[at].start:{shown}}")
        for at in range(0, len(bars), every)
        if bars[at].x + _LABEL_WIDTH <= _WIDE
    ]
    due = None
    if found.due is not None:
        place = step * ((found.due - found.bars[0].start) / found.width)
        due = round(place, 2) if 0 <= place <= _WIDE else None
    return Drawing(bars, labels, due, "; ".join(bar.words for bar in bars if bar.students))


def timeline_text(found: Timeline) -> str:
    """When the first, the middle and the last hand-in came."""
    if found.known == 1:
        lines = [f"The only hand-in with a time came at {_shown(found.first)}."]
    else:
        lines = [
            f"The first hand-in came at {_shown(found.first)}, half of them by {_shown(found.middle)}, "
            f"the last at {_shown(found.last)}, in UTC."
        ]
    if found.last_day is not None:
        lines.append(f"In the last 24 hours before the due date came {found.last_day}.")
    if found.unknown:
        lines.append(f"Of {found.unknown} more the time is not known.")
    return " ".join(lines)


def attempts_text(attempts: Mapping[int, int]) -> str:
    """How many students handed in more than once; empty if none is known to have done so."""
    again = {number: students for number, students in attempts.items() if number > 1}
    if not again:
        return ""
    counted = ", ".join(f"{number} from {students}" for number, students in again.items())
    return f"More than one hand-in, as far as replaced/ has them: {counted}."


def _shown(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}"
