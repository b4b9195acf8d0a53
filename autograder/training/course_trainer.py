"""The trainer of a course: its tier's data, its cache, its limits."""

from __future__ import annotations

from autograder.course.course import Course
from autograder.training.cache import TrainingCache
from autograder.training.data import training_data
from autograder.training.trainer import THREADS, Trainer


def course_trainer(
    course: Course,
    *,
    sandboxed: bool = True,
    threads: int = THREADS,
    trainings: type[TrainingCache] = TrainingCache,
    states: TrainingCache | None = None,
) -> Trainer:
    """The trainer for the course's tier, with the course's cache. Raises DatasetUnavailable."""
    return Trainer(
        training_data(course.config.tier),
        trainings(course.cache / "trainings"),
        course.config.limits,
        sandboxed=sandboxed,
        threads=threads,
        states=states,
        references=course.reference_runs,
    )
