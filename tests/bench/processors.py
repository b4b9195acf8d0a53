"""Whether runs of one recipe agree between kinds of processor, in distribution and in verdict.

    python -m tests.bench.processors [QUESTION ...] [--tier sample] [--train 10]

With --train, the recipes are trained first with so many seeds, once with oneDNN held to AVX2 and
once without it: other instructions, which add in another order, as on another kind of processor.
These runs stand in the course's file of runs, as `autograder calibrate` writes them, under a
processor of their own; thresholds are computed from the first run of each seed, so they move none.

Each kind is compared with the one that has the most runs: Welch's t-test for the means and
Kolmogorov and Smirnov's for the distributions, two-sided. "Passed" is how many single runs reach
the threshold.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from unittest import mock

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import stats

from autograder._util.machine import processor_name
from autograder.course.course import Course, find_course
from autograder.results.thresholds import read_thresholds
from autograder.sandbox.host import mounts
from autograder.training import calibration
from autograder.training.calibration import calibrate, calibration_trainer, rungs
from autograder.training.runs import add_runs, read_runs

ONEDNN_SETTINGS = {
    "oneDNN held to AVX2": {"ONEDNN_MAX_CPU_ISA": "AVX2"},
    "oneDNN off": {"TF_ENABLE_ONEDNN_OPTS": "0"},
}
_FEWEST = 3  # runs of a kind of processor that are compared


def main() -> None:
    """Train if asked to, and print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("questions", nargs="*", default=["rung-a", "rung-c"])
    parser.add_argument("--tier", choices=("sample", "full"), default="sample")
    parser.add_argument("--train", type=int, default=0, metavar="SEEDS")
    options = parser.parse_args()
    course, console = find_course(), Console()
    if options.train:
        for name, variables in ONEDNN_SETTINGS.items():
            train(course, options, name, variables, console)
    table = Table(title=f"Accuracies by kind of processor, {options.tier}")
    for heading in ("question", "processor", "runs", "mean", "spread", "Welch", "K.-S.", "passed"):
        table.add_column(
            heading, justify="left" if heading in ("question", "processor") else "right"
        )
    for row in rows(course, options.tier, options.questions):
        table.add_row(*row)
    console.print(table)


def train(
    course: Course,
    options: argparse.Namespace,
    setting: str,
    variables: Mapping[str, str],
    console: Console,
) -> None:
    """Train with these variables in the sandbox's environment, and add the runs to the file."""
    # What was trained before must not be found, and the file's own seeds not be missing.
    apart = replace(course, other_cache=course.cache / re.sub(r"\W+", "-", setting))
    environment, name = mounts.environment, processor_name()
    path = apart.cache / "runs.csv"
    with (
        mock.patch.object(
            mounts, "environment", lambda *paths: {**environment(*paths), **variables}
        ),
        mock.patch.object(calibration, "processor_name", return_value=f"{name}, {setting}"),
        mock.patch.object(Course, "training_runs", return_value=path),
        mock.patch.object(Course, "reference_runs", apart.cache / "kept"),
    ):
        calibrate(apart, options.tier, range(options.train), options.questions, console)
    for assignment in course.assignments:
        if course.training_runs(assignment).exists():
            add_runs(course.training_runs(assignment), read_runs(path), course.cache / "runs.lock")


def rows(course: Course, tier: str, questions: list[str]) -> Iterator[list[str]]:
    """The table's rows: each kind of processor with enough runs of a recipe, the commonest first."""
    trainer = calibration_trainer(course, tier)
    for assignment, question, recipe in rungs(course):
        if question not in questions:
            continue
        kinds: dict[str, dict[int, float]] = defaultdict(dict)
        for run in read_runs(course.training_runs(assignment)):
            if run.key == trainer.run_key(recipe):
                kinds[run.processor].setdefault(run.seed, run.accuracy)
        threshold = read_thresholds(course.thresholds(assignment))[tier][question].minimum
        ordered = sorted(kinds.items(), key=lambda item: -len(item[1]))
        first = np.array(list(ordered[0][1].values())) if ordered else np.array([])
        for kind, runs in ordered:
            if len(runs) < _FEWEST:
                continue
            own = np.array(list(runs.values()))
            tests = ["", ""]
            if kind != ordered[0][0]:
                welch = stats.ttest_ind(own, first, equal_var=False).pvalue
                tests = [f"{welch:.3f}", f"{stats.ks_2samp(own, first).pvalue:.3f}"]
            yield [
                question,
                kind,
                str(len(own)),
                f"{own.mean():.2%}",
                f"{100 * own.std(ddof=1):.2f}",
                *tests,
                f"{(own >= threshold).sum()} of {len(own)}",
            ]


if __name__ == "__main__":
    main()
