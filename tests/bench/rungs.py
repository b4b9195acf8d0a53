"""What an epoch of the ladder's recipes takes in the training worker's sandbox, and by Keras's fit() alone.

    python -m tests.bench.rungs [QUESTION ...] [--epochs 2] [--threads 1] [--tier sample]

All are trained one after another in one run and cut off after so many epochs; what whole runs take
is extrapolated by epochs. Both ways validate after each epoch; the fastest epoch counts, in seconds
of the processor. Images a second are training images of that epoch, by those seconds. Accuracies
are those on record, of whole runs.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from rich.console import Console
from rich.table import Table

from autograder._util.stderr import silence_stderr
from autograder.course.course import Course, find_course
from autograder.course.reference import reference
from autograder.results.thresholds import read_thresholds
from autograder.training.calibration import rungs
from autograder.training.course_trainer import course_trainer
from autograder.training.data import training_data


def main() -> None:
    """Train, and print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("questions", nargs="*", default=["rung-e", "rung-open"])
    parser.add_argument("--epochs", type=int, default=2, help="after which each run is cut off")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--tier", choices=("sample", "full"), default="sample")
    options = parser.parse_args()
    # TensorFlow reads them once, when it is imported: that is for fit() alone.
    for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ[name] = str(options.threads)
    table = Table(title=f"{options.tier}, threads: {options.threads}")
    for heading in ("rung", "an epoch", "images/s", "by fit()", "epochs", "all", "accuracy"):
        table.add_column(heading, justify="left" if heading == "rung" else "right")
    with silence_stderr():
        for row in _rows(find_course(), options):
            table.add_row(*row)
    Console().print(table)


def _rows(course: Course, options: argparse.Namespace) -> Iterator[list[str]]:
    config = msgspec.structs.replace(course.config, tier=options.tier)
    for assignment, question, recipe in rungs(course):
        if question not in options.questions:
            continue
        rates = recipe.learning_rates[: options.epochs]
        cut = msgspec.structs.replace(recipe, epochs=options.epochs, learning_rates=rates)
        with tempfile.TemporaryDirectory(prefix="rungs-") as directory:
            apart = replace(course, config=config, other_cache=Path(directory))
            run = course_trainer(apart, threads=options.threads).run(cut, 0)
        each = min(run.history["seconds"])
        images = len(training_data(options.tier).train)
        alone = _by_fit(reference(course, assignment), question, options)
        threshold = read_thresholds(course.thresholds(assignment))[options.tier][question]
        yield [
            question,
            f"{each:.1f} s",
            f"{images / each:,.0f}",
            f"{images / alone:,.0f}",
            str(recipe.epochs),
            f"{each * recipe.epochs / 60:.0f} min",
            f"{threshold.mean:.2%}, runs: {threshold.runs}",
        ]


def _by_fit(solution: object, question: str, options: argparse.Namespace) -> float:
    """Seconds of the fastest epoch of the same model, as a notebook would train it."""
    import keras

    class Clock(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self.began = time.process_time()

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            seconds.append(time.process_time() - self.began)

    seconds: list[float] = []
    recipe = getattr(solution, question.replace("-", "_"))()
    fit_alone(recipe, options.tier, options.epochs, [Clock()])
    return min(seconds)


def fit_alone(
    recipe: dict[str, Any], tier: str, epochs: int, callbacks: Sequence[Any] = ()
) -> None:
    """Train a recipe as a notebook would, with validation, by one call of fit()."""
    data = training_data(tier)
    recipe["model"].fit(
        _scaled(data.train),
        data.train_labels,
        batch_size=recipe.get("batch_size", 32),
        epochs=epochs,
        validation_data=(_scaled(data.validation), data.validation_labels),
        callbacks=list(callbacks),
        verbose=0,
    )


def _scaled(images: np.ndarray) -> np.ndarray:
    return images[..., np.newaxis] / np.float32(255)


if __name__ == "__main__":
    main()
