"""Store one finished run of each reference, with learning curve and predictions, for pictures in feedback.

A submitted recipe that equals a reference is not trained again. Its feedback and the class page
show the stored run. The run changes no grade, so no digest of graders includes it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from autograder._util.atomic import write_whole
from autograder._util.json_files import decoded

_MAX_BYTES = 1_000_000  # of a file: ten thousand digits, and metrics of some hundred epochs
_KEY_DIGITS = 12  # hexadecimal digits of the key in a file name
_METRICS = ("accuracy", "val_accuracy", "loss", "val_loss", "learning_rate")


class ReferenceRun(Struct, frozen=True, forbid_unknown_fields=True):
    """The predictions and metrics of one run of a reference.

    `key` is `Trainer.run_key` of the recipe, `software` the versions of Keras and TensorFlow.
    `predicted` has one digit for each test image, its predicted class; `history` has the metrics by
    epoch.
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
    """Store a run, unless one of the same recipe with the same or a lower seed is stored."""
    stored = reference_run(directory, run.key, run.software)
    if stored and stored.seed <= run.seed:
        return
    history = {name: run.history[name] for name in _METRICS if name in run.history}
    data = msgspec.json.encode(msgspec.structs.replace(run, history=history))
    path = directory / f"{run.tier}-{run.rung}-{run.key[:_KEY_DIGITS]}.run"
    write_whole(path, msgspec.json.format(data, indent=1) + b"\n", 0o644)


def reference_run(directory: Path, key: str, software: str) -> ReferenceRun | None:
    """The stored run of a recipe, or None if there is none or its file cannot be read."""
    for path in sorted(directory.glob(f"*-{key[:_KEY_DIGITS]}.run")):
        try:
            if path.stat().st_size > _MAX_BYTES:
                continue
            run = decoded(path.read_bytes(), ReferenceRun)
        except (OSError, msgspec.DecodeError):
            continue  # a missing picture must not stop a grade
        if (run.key, run.software) == (key, software):
            return run
    return None
