"""When a submission was handed in: read right, or refused with a note, and never a trap."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from autograder.submissions.timestamps import parsed_time, read_timestamp

NOON = datetime(2026, 7, 1, 12)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-07-01 12:00:00.000000 UTC", "2026-07-01 12:00:00", "2026-07-01T12:00:00Z"),
        *("2026-07-01 14:00:00 +0200", "2026-07-01 14:00:00+02:00", "2026-07-01 14:00 UTC+2"),
        *("2026-07-01 05:00:00 PDT", "2026-07-01 04:00:00 PST", "2026-07-01 08:00:00 EDT"),
        *("2026-07-01 13:00:00 CET", "2026-07-01 14:00:00 CEST"),
        *("2026-07-01 14:00:00 Europe/Berlin", "2026-07-01 20:00:00.0 Asia/Shanghai"),
        *("Wed, 01 Jul 2026 12:00:00 GMT", "1 July 2026 05:00 PDT", "2026-07-01 12:00:00.0 utc"),
        *("2026-07-01 09:00:00 America/Argentina/Buenos_Aires", "2026-07-01 17:30:00 +0530"),
    ],
)
def test_a_time_is_read_right(text: str) -> None:
    assert parsed_time(text) == NOON


def test_daylight_saving_follows_the_date() -> None:
    assert parsed_time("2026-01-01 13:00:00 Europe/Berlin") == datetime(2026, 1, 1, 12)
    assert parsed_time("2026-01-31") == datetime(2026, 1, 31)
    assert parsed_time("2026-07-01 12:00:00.5 UTC") == NOON.replace(microsecond=500_000)


@pytest.mark.parametrize(
    "zone", ["CST", "IST", "BST", "XYZ", "Pacific", "+2500", "Nowhere/City", "/etc/hostname"]
)
@pytest.mark.parametrize("time", ["2026-07-01 12:00:00", "1 July 2026 12:00"])
def test_a_zone_that_is_unclear_is_refused(tmp_path: Path, time: str, zone: str) -> None:
    (tmp_path / "timestamp.txt").write_text(f"{time} {zone}")
    stamp = read_timestamp(tmp_path)
    assert stamp.time is None
    assert "counted as in time. Write 2026-01-31 12:00:00 UTC" in stamp.problem


def test_the_zone_is_named(tmp_path: Path) -> None:
    (tmp_path / "timestamp.txt").write_text("2026-07-01 12:00:00 CST")
    assert "time zone CST is unknown or means several" in read_timestamp(tmp_path).problem


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "12:00", "Monday", "July 2026", "01/02/2026 12:00", "0", "9" * 500),
        *("2026-13-01 12:00:00 UTC", "9999-12-31 23:59:59 PST", "0001-01-01 00:00:00 CET", "1e9"),
        *("2026-07-01 12:00:00 UTC\nand more", "\0", "2026-07-01 12:00:00 ../../etc/passwd"),
        "9" * 35 + "10h",  # dateutil ends in an error of decimal
    ],
)
def test_what_is_no_time_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "timestamp.txt").write_text(text)
    stamp = read_timestamp(tmp_path)
    assert stamp.time is None
    assert stamp.problem.startswith("timestamp.txt: ")
    assert stamp.problem.isprintable()


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert read_timestamp(tmp_path) == (None, "")
    assert read_timestamp(tmp_path / "gone") == (None, "")


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _link_out(path: Path) -> None:
    (path.parent.parent / "secret").write_text("2026-07-01 12:00:00 UTC")
    path.symlink_to(path.parent.parent / "secret")


def _huge(path: Path) -> None:
    path.write_text("2026-07-01 12:00:00 UTC")
    os.truncate(path, 2**40)


@pytest.mark.parametrize(
    "make",
    [
        _fifo,
        _link_out,
        _huge,
        Path.mkdir,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to("nothing"),
        lambda path: path.write_bytes(b"\xff\xfe\xfa"),
    ],
)
def test_what_is_no_small_file_is_not_read(tmp_path: Path, make: object) -> None:
    directory = tmp_path / "alpha"
    directory.mkdir()
    make(directory / "timestamp.txt")  # type: ignore[operator]
    stamp = read_timestamp(directory)
    assert stamp.time is None
    assert "counted as in time" in stamp.problem


def test_the_time_of_an_lms_goes_before_the_students(tmp_path: Path) -> None:
    (tmp_path / "timestamp.txt").write_text("2026-07-01 12:00:00")
    (tmp_path / "student-timestamp.txt").write_text("2026-06-01 12:00:00")
    stamp = read_timestamp(tmp_path)
    assert stamp.time == NOON
    assert "the student's own file says 2026-06-01 12:00:00 UTC" in stamp.problem
    (tmp_path / "student-timestamp.txt").write_text("2026-07-01 12:00:00 UTC")
    assert read_timestamp(tmp_path) == (NOON, "")
    (tmp_path / "timestamp.txt").unlink()
    stamp = read_timestamp(tmp_path)
    assert stamp.time is None
    assert "counted as in time" in stamp.problem
