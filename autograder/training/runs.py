"""Finished training runs of the references, one row of a CSV file each, from which thresholds are computed.

The file is kept in git and only ever grows. No digest of a grader or a release covers it, so that
a new run changes no grade; a grade changes when the thresholds are published from the runs. Runs under
other keys than today's stay in the file: a recipe that comes back finds its runs again.
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
    """The file of runs cannot be read: file, line and what to do, in one line."""


class FinishedRun(Struct, frozen=True, forbid_unknown_fields=True):
    """One run of a reference: accuracy from 0 to 1 on the tier's test images.

    `key` is `Trainer.run_key` of what was trained; `software` the versions of what trained it,
    and `processor` the kind of machine, as far as known. `epoch_seconds` is the processor time of
    the fastest epoch, or 0 where it is not known; `date` the day on which the run ended.
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
    """All runs in the file, in its order; none where there is no file. Raises RunsError."""
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
    """Add runs at the end of the file; one that it holds already is not added again.

    Several processes may add at a time, which take turns by the file `lock`, and one that is
    killed leaves the file of runs as it was. Raises RunsError.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock):
        known = read_runs(path)
        identities = {_identity(run) for run in known}
        new = []
        for run in runs:
            if _identity(run) not in identities:
                identities.add(_identity(run))
                new.append(run)
        write_whole(path, _as_csv([*known, *new]), 0o644)


def of_recipe(runs: Iterable[FinishedRun], key: str, software: str) -> dict[int, FinishedRun]:
    """The runs of one recipe on one tier with one set of versions, by seed; the first of each."""
    by_seed: dict[int, FinishedRun] = {}
    for run in runs:
        if run.key == key and run.software == software:
            by_seed.setdefault(run.seed, run)
    return dict(sorted(by_seed.items()))


def _run(path: Path, line: int, row: dict[str, str]) -> FinishedRun:
    try:
        return msgspec.convert(row, FinishedRun, strict=False)
    except msgspec.ValidationError as error:
        raise RunsError(f"{path}:{line}: {error}. Correct the line") from None


def _identity(run: FinishedRun) -> tuple[object, ...]:
    """What makes a run the same one: a repetition on another kind of machine is another."""
    return run.key, run.seed, run.threads, run.processor, run.software


def _as_csv(runs: Iterable[FinishedRun]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(msgspec.structs.astuple(run) for run in runs)
    return text.getvalue().encode()
