"""A preview has the course's training runs without a copy of them."""

from __future__ import annotations

from pathlib import Path

from autograder.classroom.preview import cache_apart
from autograder.course.course import find_course
from autograder.training.cache import TrainingCache
from tests.support.small_course import configured_course


def test_training_runs_are_read_and_not_copied(tmp_path: Path) -> None:
    course = find_course(configured_course(tmp_path / "course"))
    own = TrainingCache(course.cache / "trainings")
    own.put("a", bytes(1_000_000), 1.0)
    (course.cache / "grades").mkdir()
    (course.cache / "grades" / "k").write_text("a record")
    with cache_apart(course) as apart:
        assert not list((apart.cache / "trainings").glob("*.db"))
        assert (apart.cache / "grades" / "k").read_text() == "a record"
        cache = TrainingCache(apart.cache / "trainings")
        assert cache.get("a") == bytes(1_000_000)
        cache.put("b", b"new", 1.0)
    assert [entry.key for entry in own.entries()] == ["a"]


def test_a_course_without_runs_has_a_preview(tmp_path: Path) -> None:
    course = find_course(configured_course(tmp_path / "course"))
    with cache_apart(course) as apart:
        assert TrainingCache(apart.cache / "trainings").get("a") is None
