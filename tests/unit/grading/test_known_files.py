"""A submission is known by the bytes of its files, and by everything that decides its record."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.course.course import Course
from autograder.course.settings import TimeLimits
from autograder.grading import known_files
from autograder.grading.known_files import files_key, known_record, note_known
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord, RecordStore
from tests.support.small_course import released_course

RECORD = GradeRecord(
    assignment="alpha", digest="d", key="k", sandbox="bwrap", outcomes=[], problems=["of ann"]
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return released_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    directory = tmp_path / "ann" / "alpha"
    (directory / "data").mkdir(parents=True)
    (directory / "alpha.ipynb").write_text("{}")
    (directory / "data" / "numbers.txt").write_text("1 2")
    return directory


def key(directory: Path, course: Course, grader: str = "g", **options: Any) -> str:
    options = {"unsafe_local": False, **options}
    return files_key(directory, "alpha", course, grader, **options)


def test_the_same_files_have_the_same_key(course: Course, handed_in: Path) -> None:
    first = key(handed_in, course)
    assert first
    os.utime(handed_in / "alpha.ipynb", (1, 1))
    assert key(handed_in, course) == first


@pytest.mark.parametrize("change", ["content", "name", "new", "deeper", "timestamp"])
def test_other_files_have_another_key(course: Course, handed_in: Path, change: str) -> None:
    first = key(handed_in, course)
    match change:
        case "content":
            (handed_in / "data/numbers.txt").write_text("1 3")
        case "name":
            (handed_in / "data/numbers.txt").rename(handed_in / "data/other.txt")
        case "new":
            (handed_in / "helper.py").write_text("")
        case "deeper":
            (handed_in / "data/numbers.txt").rename(handed_in / "numbers.txt")
        case "timestamp":
            (handed_in / "timestamp.txt").write_text("yesterday")
    assert key(handed_in, course) != first


def test_what_decides_the_record_is_in_the_key(course: Course, handed_in: Path) -> None:
    config = course.config
    limits = msgspec.structs.replace(config.limits, call_seconds=1)
    own_limits = {"alpha": TimeLimits(call_seconds=2)}
    keys = {
        key(handed_in, course),
        key(handed_in, course, "other grader"),
        key(handed_in, course, unsafe_local=True),
        key(handed_in, replace(course, config=msgspec.structs.replace(config, limits=limits))),
        key(
            handed_in,
            replace(course, config=msgspec.structs.replace(config, assignment_limits=own_limits)),
        ),
        key(handed_in, replace(course, config=msgspec.structs.replace(config, tier="full"))),
        key(handed_in, replace(course, config=msgspec.structs.replace(config, language="zh_CN"))),
        key(handed_in.rename(handed_in.with_name("moved")), course),
        key((handed_in.parent.rename(handed_in.parent.with_name("bob"))) / "moved", course),
    }
    assert len(keys) == 8  # the directory's name is that of the assignment, and tells nothing


@pytest.mark.parametrize("odd", ["link", "fifo", "large", "many", "unreadable"])
def test_irregular_files_are_not_recognized(
    course: Course, handed_in: Path, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    match odd:
        case "link":
            (handed_in / "link").symlink_to("/etc/passwd")
        case "fifo":
            os.mkfifo(handed_in / "fifo")
        case "large":
            monkeypatch.setattr(known_files, "_MAX_BYTES", 4)
        case "many":
            monkeypatch.setattr(known_files, "_MAX_FILES", 1)
        case "unreadable":
            course = replace(course, root=handed_in)  # no release is there
    assert key(handed_in, course) == ""


def test_a_record_is_found_with_its_problems(course: Course, tmp_path: Path) -> None:
    course = replace(course, other_cache=tmp_path)
    note_known(course, "files", RECORD)
    assert known_record(course, "files") is None  # the record itself is in another cache
    RecordStore(tmp_path / "grades").save(msgspec.structs.replace(RECORD, problems=[]))
    assert known_record(course, "files") == RECORD
    assert known_record(course, "others") is None
    (tmp_path / "known" / "files").write_bytes(b"damaged")
    assert known_record(course, "files") is None


def test_an_error_of_a_grader_is_not_remembered(course: Course, tmp_path: Path) -> None:
    course = replace(course, other_cache=tmp_path)
    outcome = TestOutcome(
        question="add", title="adds", status=Status.GRADER_ERROR, points=0.0, max_points=1.0
    )
    note_known(course, "files", msgspec.structs.replace(RECORD, outcomes=[outcome]))
    note_known(course, "", RECORD)
    assert not (tmp_path / "known").exists()
