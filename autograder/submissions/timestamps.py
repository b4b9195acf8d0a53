"""Reads the time of a submission from its timestamp.txt, which nbgrader's collecting tools write.

A student may have written the file (see docs/collecting.md). It is therefore read with the same care
as the rest of a submission, and a time that is not clear is refused with a line that says so.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil import parser

from autograder.submissions.files import read_capped
from autograder.submissions.notebook_json import Unreadable

TIMESTAMP = "timestamp.txt"
STUDENTS_OWN = "student-timestamp.txt"  # the collector's name for a student's file in an archive
_MAX_BYTES = 1_000
_LIKE_THIS = "Write 2026-01-31 12:00:00 UTC"
_TIME = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?:[ T]+(?P<time>\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?))?"
    r"\s*(?P<zone>\S*)"
)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d?)(?::?(\d\d))?")
_ZONE_NAME = re.compile(r"[A-Za-z]+(/[A-Za-z0-9_+-]+){1,2}")
# Abbreviations with only one meaning. CST, IST, BST and others have several.
_HOURS = {
    **dict.fromkeys(("", "UTC", "UT", "GMT", "Z", "WET"), 0),
    **{"CET": 1, "WEST": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "PKT": 5, "WIB": 7},
    **{"HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11},
    **{"NZST": 12, "NZDT": 13, "NST": -3.5, "NDT": -2.5, "BRT": -3, "ART": -3},
    **{"EDT": -4, "EST": -5, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8},
    **{"AKDT": -8, "AKST": -9, "HST": -10},
}


class Timestamp(NamedTuple):
    """A time in UTC without a zone, as nbgrader stores it, or None if it is unknown.

    `problem` says in one line why it is unknown, or what contradicts it.
    """

    time: datetime | None
    problem: str = ""


def read_timestamp(directory: Path) -> Timestamp:
    """When the submission in `directory` was handed in. Opens only small regular files."""
    stamp = _read(directory, TIMESTAMP)
    own = _read(directory, STUDENTS_OWN)
    if own.time is None or own.time == stamp.time or stamp.problem:
        return stamp
    counts = f"{stamp.time} UTC of {TIMESTAMP} counts" if stamp.time else "counted as in time"
    claim = f"{STUDENTS_OWN}: the student's own file says {own.time} UTC: {counts}. Nothing to do"
    return Timestamp(stamp.time, claim)


def parsed_time(text: str) -> datetime:
    """The time that `text` gives, in UTC without a zone. Raises ValueError with the reason.

    A text without a zone is in UTC, as in nbgrader.
    """
    text = text.strip()
    if match := _TIME.fullmatch(text):
        clock = (match["time"] or "00:00").replace(",", ".")
        seconds, _, fraction = clock.partition(".")
        local = datetime.fromisoformat(f"{match['date']} {seconds}")
        local += timedelta(microseconds=int(fraction[:6].ljust(6, "0")))
        return _in_utc(local, _zone(match["zone"]))
    try:
        return _in_utc(*_parse_other_form(text))
    except ArithmeticError:  # of dateutil's decimals
        raise ValueError("not a time") from None


def _read(directory: Path, name: str) -> Timestamp:
    path = directory / name
    if not os.path.lexists(path):
        return Timestamp(None)
    try:
        text = read_capped(path, _MAX_BYTES, name).decode("utf-8-sig").strip("\0 \t\r\n")
        return Timestamp(parsed_time(text))
    except Unreadable as error:
        reason = str(error).removeprefix(f"{name}: ").partition(". ")[0]
        if "the limit is" in reason:
            reason = f"over {_MAX_BYTES:,} bytes"
    except UnicodeDecodeError:
        reason = "not text"
    except (ValueError, OverflowError) as error:
        reason = str(error) if str(error).startswith("time zone") else "not a time"
    return Timestamp(None, f"{name}: {reason}: counted as in time. {_LIKE_THIS}")


def _parse_other_form(text: str) -> tuple[datetime, tzinfo]:
    """A time in another form than ISO 8601, with its zone. Raises ValueError if it is ambiguous."""
    zones: list[tzinfo] = []

    def zone(name: str | None, offset: int | None) -> tzinfo:
        tz = timezone(timedelta(seconds=offset)) if offset else _zone(name or "")
        zones.append(tz)
        return tz

    readings = {
        parser.parse(text, default=default, dayfirst=day_first, tzinfos=zone).replace(tzinfo=None)
        for default in (datetime(2000, 1, 1), datetime(2003, 12, 2))
        for day_first in (False, True)
    }
    if len(readings) != 1 or not re.search(r"\d\d\d\d", text):
        raise ValueError("not a time")
    return readings.pop(), zones[0] if zones else UTC


def _zone(name: str) -> tzinfo:
    """The time zone of this name. Raises ValueError for an unknown or ambiguous name."""
    if (hours := _HOURS.get(name.upper())) is not None:
        return timezone(timedelta(hours=hours))
    if match := _OFFSET.fullmatch(name.upper()):
        sign, number, minutes = match.groups()
        offset = timedelta(hours=int(number), minutes=int(minutes or 0))
        if offset <= timedelta(hours=14):
            return timezone(-offset if sign == "-" else offset)
    if _ZONE_NAME.fullmatch(name):
        with suppress(OSError, ValueError, LookupError):  # or this system has no time zone data
            return ZoneInfo(name)
    printable = ascii(name[:20])[1:-1]
    raise ValueError(f"time zone {printable} is unknown or means several")


def _in_utc(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
