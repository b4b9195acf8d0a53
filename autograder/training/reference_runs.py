"""One finished run of each reference, with its curve and predictions: for pictures in feedback.

A recipe that a threshold was measured with is not trained again when it is handed in. Its feedback and
the class page show this run. It changes no grade, so no digest of graders reads it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from autograder._util.atomic import write_whole

_MAX_BYTES = 1_000_000  # of a file: ten thousand digits, and some hundred epochs
_NAMED = 12  # hexadecimal digits of the key in the name of a file
_METRICS = ("accuracy", "val_accuracy", "loss", "val_loss", "learning_rate")


class ReferenceRun(Struct, frozen=True, forbid_unknown_fields=True):
    """What one run of a reference predicted and how it learned.

    `key` is `Trainer.run_key` of what was trained, `software` the versions of what trained it.
    `predicted` is a string with one digit for each test image, its predicted class; `history` the
    metrics by epoch.
    """

    tier: str
    rung: str
    key: str
    seed: Annotated[int, Meta(ge=0)]
    software: str
    history: dict[str, tuple[float, ...]]
    predicted: Annotated[str, Meta(pattern="^[0-9]*$")]

    def classes(self) -> bytes:
        """The predicted class of each test image, one byte each."""
        return bytes(map(int, self.predicted))


def keep_reference_run(directory: Path, run: ReferenceRun) -> None:
    """Keep a run, unless one of the same recipe with the same or a lower seed is kept."""
    kept = reference_run(directory, run.key, run.software)
    if kept and kept.seed <= run.seed:
        return
    history = {name: run.history[name] for name in _METRICS if name in run.history}
    data = msgspec.json.encode(msgspec.structs.replace(run, history=history))
    path = directory / f"{run.tier}-{run.rung}-{run.key[:_NAMED]}.run"
    write_whole(path, msgspec.json.format(data, indent=1) + b"\n", 0o644)


def reference_run(directory: Path, key: str, software: str) -> ReferenceRun | None:
    """The run kept of a recipe; None where there is none, or its file cannot be read."""
    for path in sorted(directory.glob(f"*-{key[:_NAMED]}.run")):
        try:
            if path.stat().st_size > _MAX_BYTES:
                continue
            run = msgspec.json.decode(path.read_bytes(), type=ReferenceRun)
        except (OSError, msgspec.DecodeError):
            continue  # a grade must not wait for a picture
        if (run.key, run.software) == (key, software):
            return run
    return None
