"""A file of the class with a damaged byte is a damaged file, and never ends a run in a traceback."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from autograder._util.json_files import decoded
from autograder.classroom.changes import record_before
from autograder.results.thresholds import NotCalibrated, read_thresholds
from autograder.submissions.class_directory import Job, record_path

DAMAGED = [
    b'{"assignment": "\xff"}',
    b"\xff",
    b'{"outputs": {"a": [{"b": ' + b"[" * 100_000,
    b"",
    b"[1",
]


@pytest.mark.parametrize("data", DAMAGED)
def test_every_defect_is_one_error(data: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decoded(data, dict[str, object])


@pytest.mark.parametrize("data", DAMAGED)
def test_a_damaged_record_is_none(tmp_path: Path, data: bytes) -> None:
    job = Job("ada", "alpha", tmp_path)
    path = record_path(tmp_path, job)
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    assert record_before(tmp_path, job) is None


def test_damaged_thresholds_are_told(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.json"
    path.write_bytes(b'{"full": {"rung-\xe4": {}}}')
    with pytest.raises(NotCalibrated, match="holds no thresholds"):
        read_thresholds(path)
