"""When an assignment was handed in: bars of a sensible width, the due date, unknown times, attempts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from autograder.classroom.page.entries import Entry
from autograder.classroom.page.render import span
from autograder.classroom.page.timeline import attempts, timeline
from autograder.classroom.page.timeline_drawing import (
    attempts_text,
    timeline_drawing,
    timeline_text,
)
from autograder.gradebook.scores import Score, Student

DUE = datetime(2026, 3, 1, 23, 59)


def entries(
    *hours: float | None, due: bool = True, replaced: tuple[int, ...] = ()
) -> tuple[Entry, ...]:
    """Hand-ins so many hours after the due date, or at an unknown time."""
    return tuple(
        Entry(
            Score(
                Student(f"s{at}", "", "", "", ""),
                "alpha",
                4.0,
                str(DUE) if due else "",
                "" if after is None else str(DUE + timedelta(hours=after)),
                submitted=True,
            ),
            replaced=replaced[at] if at < len(replaced) else 0,
        )
        for at, after in enumerate(hours)
    )


def test_what_comes_at_the_due_date_is_in_the_bar_that_it_ends() -> None:
    actual = timeline(entries(-1.5, -0.5, 0, 0.5, None))
    assert actual is not None
    assert [(bar.start - DUE, bar.students) for bar in actual.bars] == [
        (timedelta(hours=-2), 1), (timedelta(hours=-1), 2), (timedelta(0), 1),
    ]  # fmt: skip
    assert (actual.known, actual.unknown, actual.last_day) == (4, 1, 3)
    output = timeline_text(actual)
    assert "half of them by 2026-03-01 23:29" in output
    assert (
        "In the last 24 hours before the due date came 3. Of 1 more the time is not known."
        in output
    )
    drawn = timeline_drawing(actual)
    assert drawn.due == 320
    assert drawn.words == "from 03-01 21:59: 1; from 03-01 22:59: 2; from 03-01 23:59: 1"


@pytest.mark.parametrize(
    ("hours", "width"), [(20, "hour"), (100, "6 hours"), (500, "day"), (3000, "7 days")]
)
def test_there_are_never_too_many_bars(hours: float, width: str) -> None:
    actual = timeline(entries(-hours, 0))
    assert actual is not None
    assert len(actual.bars) <= 24
    assert span(actual.width) == width


@pytest.mark.parametrize("years", [3, 30])
def test_years_between_hand_ins_are_drawn_too(years: int) -> None:
    actual = timeline(entries(-24 * 366 * years, 0, due=False))
    assert actual is not None
    assert len(actual.bars) <= 25
    assert sum(bar.students for bar in actual.bars) == 2


def test_who_handed_in_again_is_counted_also_without_times() -> None:
    actual = attempts(entries(None, -1, None, replaced=(2, 0, 1)))
    assert actual == {1: 1, 2: 1, 3: 1}
    assert attempts_text(actual) == (
        "More than one hand-in, as far as replaced/ has them: 2 from 1, 3 from 1."
    )
    assert attempts_text({1: 3}) == ""


def test_without_times_there_is_no_timeline() -> None:
    assert timeline(entries(None, None)) is None
    assert timeline(()) is None


def test_one_hand_in_without_a_due_date() -> None:
    actual = timeline(entries(-3, due=False))
    assert actual is not None
    assert (actual.due, actual.last_day) == (None, None)
    assert timeline_text(actual) == "The only hand-in with a time came at 2026-03-01 20:59."
    assert timeline_drawing(actual).due is None


@pytest.mark.parametrize("due", [True, False])
@pytest.mark.parametrize("extreme", [datetime.min + timedelta(hours=1), datetime.max])
def test_a_time_at_the_end_of_all_times_stops_no_page(extreme: datetime, due: bool) -> None:
    """A student's own process writes timestamp.txt where the exchange carries hand-ins."""
    actual = timeline(entries((extreme - DUE) / timedelta(hours=1) - 0.01, 0.0, due=due))
    assert actual is not None
    assert sum(bar.students for bar in actual.bars) == 2
    assert len(timeline_drawing(actual).bars) == len(actual.bars)
    assert timeline_text(actual)
