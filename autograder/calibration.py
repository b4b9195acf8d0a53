"""`autograder calibrate`: train the reference with many seeds, and set each rung's bar."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import msgspec
from filelock import FileLock
from rich.console import Console
from rich.progress import Progress

from autograder import authoring
from autograder.bars import Bar, read_bars, settled, write_bars
from autograder.calibration_report import draw, markdown
from autograder.course import Course
from autograder.grading import course_trainer
from autograder.recipe import Recipe, read_recipe
from autograder.scheduler import worker_count
from autograder.student import NotebookStudent
from autograder.training import THREADS, Run, Trainer


def calibrate(
    course: Course,
    tier: str,
    seeds: Sequence[int],
    questions: list[str],
    console: Console,
    *,
    threads: int = THREADS,
) -> None:
    """Make sure that every bar (or those of `questions`) of a tier knows the runs of `seeds`.

    Runs that the file of bars holds already are not repeated, so the seeds may be spread over
    sittings and machines, and several calibrations may run side by side. The file is written
    after each run; at the end its plot is drawn and its table printed. A run of many hours ends
    sooner with more `threads`; as many fewer are trained side by side.
    """
    config = msgspec.structs.replace(course.config, tier=tier)
    trainer = course_trainer(replace(course, config=config), threads=threads)
    workers = max(1, worker_count() // threads)
    paths = set()
    for path, name, recipe in rungs(course):
        if not questions or name in questions:
            for seed, run in _missing(path, name, trainer, recipe, seeds, workers, console):
                with FileLock(course.cache / "calibration.lock"):
                    _record(path, name, trainer, trainer.fingerprint(recipe), seed, run)
            paths.add(path)
    for path in paths:
        draw(read_bars(path), path.with_suffix(".png"))
        console.print(markdown(read_bars(path)), markup=False)


def tables(course: Course, console: Console) -> None:
    """Print what the files of bars hold, as README shows it, and train nothing."""
    for name in course.assignments:
        if bars := read_bars(course.bars(name)):
            console.print(markdown(bars), markup=False)


def rungs(course: Course) -> Iterator[tuple[Path, str, Recipe]]:
    """Each question whose reference solution is a function that returns a recipe."""
    for name, assignment in course.assignments.items():
        solution = authoring.reference(course, name)
        for question in assignment.questions:
            function = question.name.replace("-", "_")
            if question.name.startswith("rung-") and callable(getattr(solution, function, None)):
                # Called as a student's function is, so that the model comes as data.
                recipe = read_recipe(NotebookStudent(vars(solution)).call(function))
                yield course.bars(name), question.name, recipe


def _missing(
    path: Path,
    name: str,
    trainer: Trainer,
    recipe: Recipe,
    seeds: Sequence[int],
    workers: int,
    console: Console,
) -> Iterator[tuple[int, Run]]:
    """Train the seeds of one question that the file does not hold, and yield each as it ends."""
    bar = read_bars(path).get(trainer.tier, {}).get(name)
    known = bar.of_recipe(trainer.fingerprint(recipe)) if bar else {}
    missing = [seed for seed in seeds if seed not in known]
    with Progress(console=console) as progress, ThreadPoolExecutor(workers) as pool:
        task = progress.add_task(name, total=len(seeds), completed=len(seeds) - len(missing))
        runs = pool.map(lambda seed: trainer.run(recipe, seed), missing)
        for seed, run in zip(missing, runs, strict=True):
            yield seed, run
            progress.advance(task)


def _record(path: Path, name: str, trainer: Trainer, of: str, seed: int, run: Run) -> None:
    """Add one run to the file, and settle its bars; the caller holds the lock."""
    bars = read_bars(path)
    tier = bars.setdefault(trainer.tier, {})
    before = tier.get(name, Bar({}))
    known = before.of_recipe(of)
    fastest = min(run.history["seconds"])
    if known and before.epoch_seconds:
        fastest = min(fastest, before.epoch_seconds)
    tier[name] = msgspec.structs.replace(
        before,
        accuracies={**known, seed: trainer.score(run)},
        of=of,
        epoch_seconds=round(fastest, 1),
        measured=datetime.datetime.now(datetime.UTC).date().isoformat(),
    )
    write_bars(path, settled(bars))
