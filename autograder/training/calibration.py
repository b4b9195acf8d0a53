"""`autograder calibrate`: train the references with many seeds, and record each finished run."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from typing import NamedTuple

import msgspec
from rich.console import Console
from rich.progress import Progress

from autograder._util.machine import machine, processor_name, software, worker_count
from autograder._util.terminal import tell_error
from autograder.course.course import Course
from autograder.course.reference import reference
from autograder.course.settings import CourseError
from autograder.course.solution_file import AuthoringError
from autograder.models.recipe import Recipe, read_recipe
from autograder.models.recipe_rules import RecipeRefused
from autograder.results.outcome import NotAttempted, StudentCrash
from autograder.testing.notebook_student import NotebookStudent
from autograder.training.cache import TrainingCache
from autograder.training.client import NotBuildable, TrainingFailed
from autograder.training.course_trainer import course_trainer
from autograder.training.reference_runs import ReferenceRun, keep_reference_run, reference_run
from autograder.training.run import Run
from autograder.training.runs import FinishedRun, add_runs, of_recipe, read_runs
from autograder.training.trainer import THREADS, Trainer

_CALL_SECONDS = 3600.0  # trusted code, in a process that may run at the lowest priority


class Rung(NamedTuple):
    """A question whose reference solution is a function that returns a recipe."""

    assignment: str
    question: str
    recipe: Recipe


def calibrate(
    course: Course,
    tier: str,
    seeds: Sequence[int],
    questions: list[str],
    console: Console,
    *,
    threads: int = THREADS,
) -> None:
    """Train until the file of runs has those of `seeds` for every rung (or for `questions`).

    Runs in the file are not repeated, so the seeds can be spread over several sittings and machines,
    and calibrations can run concurrently. Each run is added to the file when it finishes; an
    interrupted run resumes from its last state. More `threads` shorten a run of many hours; then
    fewer runs train in parallel. Of each rung, the run with the lowest seed is also stored whole,
    for pictures; if it is missing, it is repeated.

    Raises CourseError for a question that is no rung and for a training that fails,
    DatasetUnavailable, RunsError and SandboxUnavailable.
    """
    all_rungs = list(rungs(course))
    names = [rung.question for rung in all_rungs]
    if not names:
        raise CourseError(
            "this course has no rung to train. A rung is a question called rung-..., whose function "
            "returns a recipe"
        )
    for question in questions:
        if question not in names:
            raise CourseError(f"no rung is called {question!r}; there are {', '.join(names)}")
    trainer = calibration_trainer(course, tier, threads=threads)
    workers = max(1, worker_count() // threads)
    reported = ""  # the last failure to store a run that was printed
    for rung in all_rungs:
        if questions and rung.question not in questions:
            continue
        path, key = course.training_runs(rung.assignment), trainer.run_key(rung.recipe)
        finished = of_recipe(read_runs(path), key, software())
        missing = [seed for seed in seeds if seed not in finished]
        stored = reference_run(course.reference_runs, key, software())
        lowest = min(seeds, default=0)
        if seeds and lowest not in missing and (stored is None or stored.seed > lowest):
            missing.append(lowest)
        with Progress(console=console) as progress:
            finished_count = len(seeds) - len(missing)
            task = progress.add_task(rung.question, total=len(seeds), completed=finished_count)
            for seed, run in _train(trainer, rung.recipe, missing, workers):
                row = _row(trainer, rung, seed, run, threads)
                add_runs(path, [row], course.cache / "runs.lock")
                keep_reference_run(course.reference_runs, _with_predictions(row, run))
                progress.advance(task)
                if trainer.storing_failed != reported:  # the row above is in the file all the same
                    reported = trainer.storing_failed
                    tell_error(f"autograder: {reported}. The run is in {path}")
    console.print(
        "Finished. The thresholds stay as they are until `autograder thresholds --publish` "
        "computes them from the runs."
    )


def calibration_trainer(course: Course, tier: str, *, threads: int = THREADS) -> Trainer:
    """The course's trainer for one tier, which stores states of unfinished runs of any size."""
    settings = course.config.unfinished_runs
    states = TrainingCache(course.root / settings.directory, most=int(settings.gib * 2**30))
    config = msgspec.structs.replace(course.config, tier=tier)
    return course_trainer(replace(course, config=config), threads=threads, states=states)


def rungs(course: Course) -> Iterator[Rung]:
    """All rungs of the course, in the order of its assignments and questions.

    Raises AuthoringError for a solution whose function fails or returns no recipe.
    """
    for name, assignment in course.assignments.items():
        solution = reference(course, name)
        for question in assignment.questions:
            function = question.name.replace("-", "_")
            if question.name.startswith("rung-") and callable(getattr(solution, function, None)):
                # Called like a student's function, so that the model comes as data.
                author = NotebookStudent(vars(solution), call_seconds=_CALL_SECONDS)
                try:
                    recipe = read_recipe(author.call(function))
                except (StudentCrash, NotAttempted, RecipeRefused) as error:
                    raise AuthoringError(
                        f"solutions/{name}.py: {' '.join(str(error).split())}. Correct it"
                    ) from None
                yield Rung(name, question.name, recipe)


def _train(
    trainer: Trainer, recipe: Recipe, seeds: Sequence[int], workers: int
) -> Iterator[tuple[int, Run]]:
    """Train `seeds`, and yield each run as it ends. An error or Ctrl-C ends all; their states are kept."""
    pool = ThreadPoolExecutor(workers)
    try:
        futures = {pool.submit(trainer.run, recipe, seed): seed for seed in seeds}
        for future in as_completed(futures):
            seed = futures[future]
            try:
                run = future.result()
            except (TrainingFailed, NotBuildable) as error:
                raise CourseError(
                    f"seed {seed} of the recipe was not trained: {error}. Correct the recipe or "
                    "[tool.autograder.limits], and run the same command to go on"
                ) from None
            yield seed, run
    except BaseException:  # where the runs are kept, too
        trainer.stop()  # else the pool would wait hours for the others, and nobody would see the error
        raise
    finally:
        pool.shutdown(cancel_futures=True)  # after an error, start no further seeds


def _with_predictions(row: FinishedRun, run: Run) -> ReferenceRun:
    return ReferenceRun(
        row.tier,
        row.rung,
        row.key,
        row.seed,
        row.software,
        dict(run.history),
        "".join(map(str, run.classes())),
    )


def _row(trainer: Trainer, rung: Rung, seed: int, run: Run, threads: int) -> FinishedRun:
    return FinishedRun(
        tier=trainer.tier,
        rung=rung.question,
        key=trainer.run_key(rung.recipe),
        seed=seed,
        accuracy=trainer.score(run),
        threads=threads,
        epoch_seconds=round(min(run.history["seconds"]), 1),
        processor=f"{processor_name()} ({machine()['cpu']})",
        software=software(),
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
    )
