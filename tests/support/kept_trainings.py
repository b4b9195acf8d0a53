"""Trainings that are found in a course's cache, for tests of all that a grade is beside them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import redirect_stdout, suppress
from typing import Any

import msgspec
import nbformat

from autograder.authoring.graded_answers import UntrainedTrainer
from autograder.course.course import Course
from autograder.grading.cells_to_run import cells_to_run
from autograder.models.recipe import read_recipe
from autograder.models.recipe_rules import RecipeRefused
from autograder.testing.notebook_student import NotebookStudent
from autograder.training.cache import TrainingCache
from autograder.training.course_trainer import course_trainer

RUNGS = ("rung_a", "rung_b", "rung_c", "rung_d", "rung_e", "rung_open")


def keep_trainings(course: Course, notebook: bytes, recipes: Iterable[str]) -> None:
    """Keep a run, without a training, of each recipe that these functions of a notebook return."""
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()):
        for cell in cells_to_run(nbformat.reads(notebook.decode(), as_version=4)):
            exec(compile(cell.source, "cell", "exec"), names)
    student, trainer, untrained = NotebookStudent(names), course_trainer(course), UntrainedTrainer()
    trainings = TrainingCache(course.cache / "trainings")
    for name in recipes:
        with suppress(RecipeRefused):  # what cannot be trained needs no run
            recipe = read_recipe(student.call(name))
            run = msgspec.msgpack.encode(untrained.run(recipe, seed=0))
            trainings.put(trainer.key(recipe, 0), run, 0.0)
