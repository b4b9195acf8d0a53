"""When an assignment was handed in, and how often students handed in."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from autograder.classroom.page.entries import Entries

_MAX_BARS = 24
_WIDTHS = (
    timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7), timedelta(days=28),
)  # fmt: skip
_DAY = timedelta(days=1)


class Bar(NamedTuple):
    """The hand-ins from `start` on, for the timeline's `width`."""

    start: datetime
    students: int


class Timeline(NamedTuple):
    """Times in UTC. `due` is the assignment's, which a bar begins at, or None without one.

    `unknown` are those whose time nobody knows.
    """

    bars: tuple[Bar, ...]
    width: timedelta
    due: datetime | None
    first: datetime
    middle: datetime
    last: datetime
    known: int
    unknown: int
    last_day: int | None


def timeline(entries: Entries) -> Timeline | None:
    """The timeline of those who handed in; None if no time is known."""
    times = sorted(
        datetime.fromisoformat(entry.score.timestamp) for entry in entries if entry.score.timestamp
    )
    if not times:
        return None
    due = next(
        (datetime.fromisoformat(entry.score.duedate) for entry in entries if entry.score.duedate),
        None,
    )
    bars, width = _bars(times, due)
    return Timeline(
        bars,
        width,
        due,
        times[0],
        statistics.median_low(times),
        times[-1],
        len(times),
        len(entries) - len(times),
        None if due is None else sum(due - _DAY < time <= due for time in times),
    )


def attempts(entries: Entries) -> dict[int, int]:
    """Number of hand-ins -> how many students have handed in so often, as far as `replaced/` has them."""
    return dict(sorted(Counter(1 + entry.replaced for entry in entries).items()))


def _bars(times: Sequence[datetime], due: datetime | None) -> tuple[tuple[Bar, ...], timedelta]:
    """Bars of the shortest width of which not too many are needed; a due date ends one of them."""
    midnight = times[0].replace(hour=0, minute=0, second=0, microsecond=0)
    anchor = midnight if due is None else due
    width = _WIDTHS[-1]
    for width in _WIDTHS:
        if (_number(times[-1], anchor, width) - _number(times[0], anchor, width)) < _MAX_BARS:
            break
    else:  # years between them: as many of these as it takes
        width *= 1 + (times[-1] - times[0]) // (width * (_MAX_BARS - 2))
    counts = Counter(_number(time, anchor, width) for time in times)
    return tuple(
        Bar(_start(anchor, number, width), counts[number])
        for number in range(min(counts), max(counts) + 1)
    ), width


def _start(anchor: datetime, number: int, width: timedelta) -> datetime:
    """When a bar begins; the first of all times where that is before it: a student may write any time."""
    try:
        return anchor + number * width
    except OverflowError:
        return datetime.min


def _number(time: datetime, anchor: datetime, width: timedelta) -> int:
    """The bar of a time; what comes at the due date itself is in time, so it ends a bar."""
    return -((anchor - time) // width) - 1
