"""What a class costs whose students train few models, beside training those models and nothing else.

    python -m tests.bench.models [--students 100] [--models 20] [--epochs 5] [--tier sample]

Every student hands in fashion_ladder with one answer, the last rung's: a small network of two
convolutions, whose width is that of one of the models; names and comments differ. `autograder
grade` of the whole class, cache empty, is held against Keras's fit() of the same models in as many
processes as there are cores, each with one thread, as the kit trains; importing TensorFlow does
not count there. The fewer and shorter the trainings, the more the rest of the work shows.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from autograder._util.stderr import silence_stderr
from autograder.course.course import Course, find_course
from autograder.results.record import read_record
from tests.bench.classes import copy_course, run_to_its_end
from tests.bench.rungs import fit_alone
from tests.support.small_course import answered

_NAME, _QUESTION = "fashion_ladder", "rung-open"
_ANSWER = """def rung_open():
    # {student}
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Conv2D({filters}, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (5, 5), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ],
        name="model_of_{student}",
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {{"model": model, "epochs": {epochs}}}
"""
_NARROWEST = 24  # filters of the first model's first layer; each further one has one more


def main() -> None:
    """Grade the class, train the models, and print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--models", type=int, default=20)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--tier", choices=("sample", "full"), default="sample")
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="models-") as directory:
        root = _class(Path(directory), find_course(), options)
        command = (sys.executable, "-m", "autograder.cli.main")
        run_to_its_end(root, *command, "release")
        graded = run_to_its_end(root, *command, "grade").seconds
        runs = _runs(root)
        again = run_to_its_end(root, *command, "grade").seconds
    bare = _bare(options)
    table = Table(title=f"{options.students} students, {options.models} models, {_cores()} cores")
    for heading in ("", "seconds", "times fit()"):
        table.add_column(heading, justify="right" if heading else "left")
    for how, seconds in (
        (f"fit() of {options.models} models, {options.epochs} epochs", bare),
        (f"autograder grade, {len(runs)} runs trained", graded),
        ("autograder grade, unchanged", again),
    ):
        table.add_row(how, f"{seconds:.1f}", f"{seconds / bare:.2f}")
    console.print(table)


def _class(directory: Path, course: Course, options: argparse.Namespace) -> Path:
    """The course with submissions of so many students, each of a model drawn at random."""
    root = copy_course(course, directory / "class")
    config = root / "pyproject.toml"
    tier = f'tier = "{course.config.tier}"'
    assert tier in config.read_text(), f"no {tier} in {config}"
    config.write_text(config.read_text().replace(tier, f'tier = "{options.tier}"'))
    released, chance = course.released_notebook(_NAME).read_bytes(), random.Random(0)
    drawn = [*range(options.models), *chance.choices(range(options.models), k=options.students)]
    for number, model in enumerate(chance.sample(drawn[: options.students], options.students)):
        student = f"student{number:04}"
        answer = _answer(model, options.epochs, student)
        folder = root / "submitted" / student / _NAME
        folder.mkdir(parents=True)
        (folder / f"{_NAME}.ipynb").write_text(answered(released, {_QUESTION: answer}))
    return root


def _runs(root: Path) -> set[tuple[str, int]]:
    """The training runs behind the grades of a class: recipe and seed of each."""
    records = map(read_record, root.glob("records/*/*.json"))
    return {(run.recipe, run.seed) for record in records for run in record.trained}


def _answer(model: int, epochs: int, student: str) -> str:
    return _ANSWER.format(student=student, filters=_NARROWEST + model, epochs=epochs)


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _bare(options: argparse.Namespace) -> float:
    """Seconds until fit() has trained all models, dealt out to one process a core."""
    context = multiprocessing.get_context("spawn")
    queue, ready = context.SimpleQueue(), context.Barrier(_cores())
    processes = [
        context.Process(
            target=_fit, args=(queue, ready, options, range(first, options.models, _cores()))
        )
        for first in range(_cores())
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        if process.exitcode:
            sys.exit(f"bare training ended with {process.exitcode}")
    return max(queue.get() for _ in processes)


def _fit(queue: Any, ready: Any, options: argparse.Namespace, models: range) -> None:
    for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ[name] = "1"
    with silence_stderr():
        import keras

        namespace: dict[str, Any] = {"keras": keras}
        ready.wait()
        began = time.monotonic()
        for model in models:
            exec(_answer(model, options.epochs, "bare"), namespace)
            recipe = namespace["rung_open"]()
            fit_alone(recipe, options.tier, options.epochs)
    queue.put(time.monotonic() - began)


if __name__ == "__main__":
    main()
