"""`autograder calibrate`: train the reference with many seeds, and set each rung's bar."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from autograder import authoring
from autograder.bars import FEWEST, Bar, bar_from, read_bars, write_bars
from autograder.course import Course
from autograder.grading import course_trainer
from autograder.recipe import Recipe, read_recipe
from autograder.scheduler import worker_count
from autograder.student import NotebookStudent
from autograder.training import Trainer


def calibrate(
    course: Course, tier: str, seeds: int, questions: list[str], console: Console
) -> None:
    """Bring every bar (or those of `questions`) of a tier up to `seeds` runs, and print them.

    Runs that the file of bars holds already are not repeated, so the seeds may be spread over
    sittings and machines. From the third run on, the bar is written after each one.
    """
    config = msgspec.structs.replace(course.config, tier=tier)
    trainer = course_trainer(replace(course, config=config))
    table = Table(title=f"Accuracy on the test images, tier {tier}")
    for heading in (
        "question",
        "runs",
        "mean",
        "lowest",
        "highest",
        "bar",
        "missed by a right one",
    ):
        table.add_column(heading, justify="right")
    for path, name, recipe in _rungs(course):
        if questions and name not in questions:
            continue
        bar = _bring_up(path, name, trainer, recipe, seeds, console)
        if bar is None:
            console.print(f"{name}: {seeds} runs are too few for a bar; give --seeds 3 or more")
            continue
        shares = (bar.mean, min(bar.accuracies), max(bar.accuracies), bar.bar)
        cells = [f"{share:.2%}" for share in shares]
        table.add_row(name, str(bar.runs), *cells, f"{bar.miss:.2%}")
    console.print(table)


def bars_path(course: Course, assignment: str) -> Path:
    """Where the bars of an assignment stand: beside its visible grader."""
    return course.visible_grader(assignment).with_suffix(".json")


def _rungs(course: Course) -> Iterator[tuple[Path, str, Recipe]]:
    """Each question whose reference solution is a function that returns a recipe."""
    for name, assignment in course.assignments.items():
        solution = authoring.reference(course, name)
        for question in assignment.questions:
            function = question.name.replace("-", "_")
            if question.name.startswith("rung-") and callable(getattr(solution, function, None)):
                # Called as a student's function is, so that the model comes as data.
                recipe = read_recipe(NotebookStudent(vars(solution)).call(function))
                yield bars_path(course, name), question.name, recipe


def _bring_up(
    path: Path, name: str, trainer: Trainer, recipe: Recipe, seeds: int, console: Console
) -> Bar | None:
    """The bar of `name` after at least `seeds` runs, written into the file as runs come in."""
    of, bars = trainer.fingerprint(recipe), read_bars(path)
    bar = bars.setdefault(trainer.tier, {}).get(name)
    accuracies = list(bar.measured(of)) if bar else []
    missing = range(len(accuracies), seeds)
    bar = bar if accuracies else None
    with Progress(console=console) as progress, ThreadPoolExecutor(worker_count()) as pool:
        task = progress.add_task(name, total=seeds, completed=len(accuracies))
        for accuracy in pool.map(lambda seed: trainer.accuracy(recipe, seed), missing):
            accuracies.append(accuracy)
            progress.advance(task)
            if len(accuracies) >= FEWEST:
                bar = bars[trainer.tier][name] = bar_from(accuracies, of)
                write_bars(path, bars)
    return bar
