"""Finished training runs of the references in a CSV file, one per row. Thresholds are computed from them.

The file is in git, and runs are only added. No digest of a grader or release includes it: a new run
changes no grade until thresholds are published from it. Runs with outdated keys stay in the
file: a recipe that is restored finds its runs again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
from filelock import FileLock
from msgspec import Meta, Struct

from autograder._util.atomic import write_whole
from autograder.course.settings import CourseError

_Share = Annotated[float, Meta(ge=0, le=1)]


class RunsError(CourseError):
    """The file of runs cannot be read; the message names file, line and remedy in one line."""


class FinishedRun(Struct, frozen=True, forbid_unknown_fields=True):
    """One run of a reference: accuracy from 0 to 1 on the tier's test images.

    `key` is `Trainer.run_key` of the recipe, `software` the versions of Keras and TensorFlow, and
    `processor` the type of machine, as far as known. `epoch_seconds` is the processor time of the
    fastest epoch, or 0 if unknown; `date` is the day on which the run ended.
    """

    tier: str
    rung: str
    key: str
    seed: int
    accuracy: _Share
    threads: int
    epoch_seconds: Annotated[float, Meta(ge=0)]
    processor: str
    software: str
    date: str


_COLUMNS = FinishedRun.__struct_fields__


def read_runs(path: Path) -> list[FinishedRun]:
    """All runs in the file, in its order; empty if there is no file. Raises RunsError."""
    if not path.exists():
        return []
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), strict=True)
        if tuple(rows.fieldnames or ()) != _COLUMNS:
            raise RunsError(f"{path}:1: the columns must be {','.join(_COLUMNS)}. Correct the line")
        return [_run(path, rows.line_num, row) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RunsError(f"{path}: cannot be read: {error}. Restore the file from git") from None


def add_runs(path: Path, runs: Iterable[FinishedRun], lock: Path) -> None:
    """Append runs to the file, except those that it already has.

    Concurrent processes take turns with the file `lock`. A process that is killed leaves the file of
    runs unchanged. Raises RunsError.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock):
        old_runs = read_runs(path)
        identities = {_identity(run) for run in old_runs}
        new_runs = []
        for run in runs:
            if _identity(run) not in identities:
                identities.add(_identity(run))
                new_runs.append(run)
        write_whole(path, _as_csv([*old_runs, *new_runs]), 0o644)


def of_recipe(runs: Iterable[FinishedRun], key: str, software: str) -> dict[int, FinishedRun]:
    """The runs with one key and one set of software versions, by seed.

    Of several runs of a seed, the one on the fewest threads counts, since grading trains on one and
    another number rounds otherwise; of these the first.
    """
    by_seed: dict[int, FinishedRun] = {}
    for run in runs:
        if run.key == key and run.software == software:
            other = by_seed.get(run.seed)
            if other is None or run.threads < other.threads:
                by_seed[run.seed] = run
    return dict(sorted(by_seed.items()))


def _run(path: Path, line: int, row: dict[str, str]) -> FinishedRun:
    try:
        return msgspec.convert(row, FinishedRun, strict=False)
    except msgspec.ValidationError as error:
        raise RunsError(f"{path}:{line}: {error}. Correct the line") from None


def _identity(run: FinishedRun) -> tuple[object, ...]:
    """The identity of a run. A repetition on another type of machine is another run."""
    return run.key, run.seed, run.threads, run.processor, run.software


def _as_csv(runs: Iterable[FinishedRun]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(msgspec.structs.astuple(run) for run in runs)
    return text.getvalue().encode()
