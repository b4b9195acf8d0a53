"""Puts a hand-in from an archive into submitted/, and never over a newer one."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from autograder._util.digests import digest
from autograder.submissions.archive import MAX_MEMBER
from autograder.submissions.class_directory import SUBMITTED
from autograder.submissions.files import one_line, read_capped, walk_files
from autograder.submissions.hand_ins import HandIn
from autograder.submissions.notebook_json import Unreadable
from autograder.submissions.timestamps import TIMESTAMP, parsed_time, read_timestamp

REPLACED = "replaced"
Status = Literal["new", "replaced", "unchanged", "NOT TAKEN"]
_ROUNDING = timedelta(seconds=2)  # a zip has times of even seconds


@dataclass(frozen=True)
class Placed:
    """What became of a hand-in, and notes of one line each."""

    status: Status
    notes: list[str]


def place(
    root: Path, assignment: str, hand_in: HandIn, zone: str = "", *, replace: bool = False
) -> Placed:
    """Put a hand-in into the class at `root`; what it replaces is kept in `replaced/`.

    With a time `zone`, the files' times in the archive are those of the hand-in, and go into
    timestamp.txt. Without one, a newer hand-in keeps the timestamp.txt of what it replaces: it came
    later, so that a student who was late is not in time again. A hand-in that is older than what is
    there is not taken, unless `replace`.
    """
    notes = list(hand_in.notes)
    contents: dict[str, bytes] = {}
    for name, member in hand_in.files.items():
        try:
            contents[name] = member.read()
        except Unreadable as error:
            notes.append(str(error))
    if not contents:
        return Placed("NOT TAKEN", [*notes, "no file of it can be read"])
    target = root / SUBMITTED / hand_in.student / assignment
    old_digests = _contents_digests(target)
    time = in_utc(hand_in.time, zone)
    older_by = _older_by(target, time) if old_digests else ""
    if old_digests:
        if old_digests == {name: digest(data) for name, data in contents.items()}:
            if not zone or time is None or os.path.lexists(target / TIMESTAMP):
                return Placed("unchanged", notes)
        elif not replace:
            if older_by:
                return Placed("NOT TAKEN", [*notes, f"{older_by}. Take it with --replace"])
            if assignment not in hand_in.assignments:
                reason = "no notebook of the assignment, and something is there already"
                return Placed("NOT TAKEN", [*notes, f"{reason}. Take it with --replace"])
    with tempfile.TemporaryDirectory(prefix=".collect-", dir=root) as directory:
        new = Path(directory) / assignment
        _write(new, contents, hand_in, zone)
        if not os.path.lexists(new / TIMESTAMP):
            notes += _keep_time(target, new, is_older=bool(older_by))
        target.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(target):
            kept = _aside(root, hand_in.student, assignment)
            target.rename(kept)
            notes.append(f"what was there is kept in {kept.relative_to(root).as_posix()}")
        new.rename(target)
    return Placed("replaced" if old_digests else "new", notes)


def in_utc(time: datetime | None, zone: str) -> datetime | None:
    """A file's time in UTC without a zone; one of a zip is in `zone`, or in this machine's.

    Raises ValueError for a zone that is unknown or means several.
    """
    if time is None:
        return None
    if time.tzinfo is None and zone:
        return parsed_time(f"{time:%Y-%m-%d %H:%M:%S} {zone}")
    return time.astimezone(UTC).replace(tzinfo=None)


def _older_by(target: Path, time: datetime | None) -> str:
    """Both times where a hand-in is older than what is there; empty if not, or nobody can tell."""
    old_time = read_timestamp(target).time
    if old_time is None:
        newest = max(
            (entry.stat(follow_symlinks=False).st_mtime for entry in walk_files(target)),
            default=0.0,
        )
        old_time = datetime.fromtimestamp(newest, UTC).replace(tzinfo=None)
    if time is None or time + _ROUNDING >= old_time:
        return ""
    return f"of {time:%Y-%m-%d %H:%M} UTC, older than what is there ({old_time:%Y-%m-%d %H:%M} UTC)"


def _keep_time(old: Path, new: Path, *, is_older: bool) -> list[str]:
    """Give a hand-in of unknown time the time of the one that it replaces; notes on it.

    An older one came at an unknown earlier time: it counts as in time.
    """
    time = read_timestamp(old).time
    if time is None:
        return []
    if is_older:
        return [f"its own time is unknown, so that it is in time; what was there is of {time} UTC"]
    (new / TIMESTAMP).write_text(f"{time} UTC\n", encoding="utf-8")
    return [f"its own time is unknown; it keeps {time} UTC of what was there, in {TIMESTAMP}"]


def _contents_digests(directory: Path) -> dict[str, str]:
    """Path -> digest of each file of a submission but timestamp.txt; what cannot be read has none."""
    digests: dict[str, str] = {}
    for entry in walk_files(directory):
        name = Path(entry.path).relative_to(directory).as_posix()
        if name != TIMESTAMP:
            try:
                digests[name] = digest(read_capped(Path(entry.path), MAX_MEMBER, one_line(name)))
            except Unreadable:
                digests[name] = ""
    return digests


def _write(directory: Path, contents: dict[str, bytes], hand_in: HandIn, zone: str) -> None:
    """Write the files with their times, by which a later archive is compared."""
    directory.mkdir()
    for name, data in contents.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if (time := in_utc(hand_in.files[name].time, zone)) is not None:
            seconds = time.replace(tzinfo=UTC).timestamp()
            os.utime(path, (seconds, seconds))
    if zone and (time := in_utc(hand_in.time, zone)) is not None:
        (directory / TIMESTAMP).write_text(f"{time:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")


def _aside(root: Path, student: str, assignment: str) -> Path:
    """A new path for what is replaced."""
    directory = root / REPLACED / student / assignment
    directory.mkdir(parents=True, exist_ok=True)
    numbers = [int(path.name) for path in directory.iterdir() if path.name.isdecimal()]
    return directory / str(max(numbers, default=0) + 1)
