"""`autograder thresholds`: compute thresholds from the finished runs, and write tables and plots."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec
from rich.console import Console

from autograder._util.atomic import write_whole
from autograder._util.machine import software
from autograder.course.course import Course
from autograder.course.grader_import import import_grader
from autograder.datasets import DatasetUnavailable
from autograder.models.recipe_key import network_key, optimizer_name
from autograder.results.thresholds import Threshold, Thresholds, read_thresholds, write_thresholds
from autograder.training.calibration import Rung, calibration_trainer, rungs
from autograder.training.calibration_report import by_machine, draw, markdown
from autograder.training.runs import FinishedRun, of_recipe, read_runs
from autograder.training.threshold_statistics import compute_thresholds

TIERS = ("full", "sample")


def print_tables(course: Course, console: Console) -> None:
    """Print the published thresholds as in docs/calibration.md, and change nothing."""
    for name in course.assignments:
        if thresholds := read_thresholds(course.thresholds(name)):
            console.print(markdown(thresholds), markup=False)


def publish(course: Course, console: Console) -> bool:
    """Write the thresholds of all rungs and tiers from the finished runs, and their plots and tables.

    The table of thresholds replaces the text between <!-- thresholds --> and <!-- /thresholds --> in the
    README and the pages of docs/, and the number of runs by machine that between marks of "runs". A rung
    without runs of its recipe keeps its threshold, and so does a tier whose data set is not on this
    machine; each is printed, and the result is then False. Raises RunsError.
    """
    trainers, complete = {}, True
    for tier in TIERS:
        try:
            trainers[tier] = calibration_trainer(course, tier)
        except DatasetUnavailable as error:
            complete = False
            console.print(
                f"The thresholds of the tier {tier} stay as they are: {error}", markup=False
            )
    published: dict[str, Thresholds] = {}
    for rung in rungs(course):
        path = course.training_runs(rung.assignment)
        thresholds = published.setdefault(
            rung.assignment, read_thresholds(course.thresholds(rung.assignment))
        )
        for tier, trainer in trainers.items():
            key = trainer.run_key(rung.recipe)
            runs = list(of_recipe(read_runs(path), key, software()).values())
            if runs:
                before = thresholds.setdefault(tier, {}).get(rung.question, Threshold({}))
                thresholds[tier][rung.question] = _measured(before, runs, rung)
            else:
                complete = False
                console.print(_missing(course, rung, tier), markup=False)
    for name, thresholds in published.items():
        final = _with_steps(course, name, compute_thresholds(_with_extra(course, name, thresholds)))
        write_thresholds(course.thresholds(name), final)
        draw(final, course.training_runs(name).with_suffix(".png"))
        runs = read_runs(course.training_runs(name))
        for mark, table in (("thresholds", markdown(final)), ("runs", by_machine(runs))):
            for page in _write_table(course, mark, table):
                console.print(f"{page}: the table of {mark} is up to date", markup=False)
        console.print(markdown(final), markup=False)
    return complete


def _measured(before: Threshold, runs: list[FinishedRun], rung: Rung) -> Threshold:
    """A threshold with the accuracies of `runs`; `compute_thresholds` sets its height later."""
    epoch_seconds = [run.epoch_seconds for run in runs if run.epoch_seconds]
    return msgspec.structs.replace(
        before,
        accuracies={run.seed: run.accuracy for run in runs},
        key=runs[0].key,
        software=runs[0].software,
        network=network_key(rung.recipe),
        optimizer=optimizer_name(rung.recipe),
        epoch_seconds=min(epoch_seconds, default=0.0),
        measured=max(run.date for run in runs),
    )


def _with_extra(course: Course, assignment: str, thresholds: Thresholds) -> Thresholds:
    """The thresholds with the mark of those that are for extra credit."""
    extra = {
        question.name for question in course.assignments[assignment].questions if question.extra
    }
    return _mapped(
        thresholds, lambda name, threshold: msgspec.structs.replace(threshold, extra=name in extra)
    )


def _with_steps(course: Course, assignment: str, thresholds: Thresholds) -> Thresholds:
    """The computed thresholds with the steps that they require besides, in words.

    These are the STEPS of the visible grader, if it has any. Extra credit has one only where accuracy
    does not tell the recipe of the rung before.
    """
    path = course.visible_grader(assignment)
    grader = import_grader(path, course.relative(path)) if path.exists() else None
    steps = {name: str(step.demand) for name, step in getattr(grader, "STEPS", {}).items()}

    def with_step(name: str, threshold: Threshold) -> Threshold:
        is_demanded = not (threshold.extra and threshold.tells_apart)
        return msgspec.structs.replace(threshold, step=steps.get(name, "") if is_demanded else "")

    return _mapped(thresholds, with_step)


def _mapped(thresholds: Thresholds, change: Callable[[str, Threshold], Threshold]) -> Thresholds:
    """The thresholds, each changed; `change` gets the name of its question and the threshold."""
    return {
        tier: {name: change(name, threshold) for name, threshold in rungs.items()}
        for tier, rungs in thresholds.items()
    }


def _missing(course: Course, rung: Rung, tier: str) -> str:
    path = course.relative(course.training_runs(rung.assignment))
    return (
        f"{path}: no run of the recipe of {rung.question} in the tier {tier} with {software()}; "
        f"its threshold stays as it is. Run `autograder calibrate {rung.question} --tier {tier}`"
    )


def _write_table(course: Course, mark: str, table: str) -> Iterator[str]:
    """Write the table between its marks, and yield the pages that have these."""
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    for path in (course.root / "README.md", *sorted((course.root / "docs").glob("*.md"))):
        if not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        new, count = pattern.subn(lambda _: f"{begin}\n{table}\n{end}", text)
        if count:
            if new != text:
                write_whole(path, new.encode(), 0o644)
            yield course.relative(path)
