"""Pictures of wrong answers about a training: its learning curve."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from autograder.results.pictures import VALIDATION, Curves, Picture


def losses_by_epoch(losses: Sequence[float]) -> Callable[[object], Picture | None]:
    """Draws the learning curve of these validation losses, whatever was returned."""

    def draw(returned: object) -> Picture | None:
        said = ", ".join(f"{loss:.3g} after epoch {at}" for at, loss in enumerate(losses, 1))
        lines = {VALIDATION: list(losses)}
        return Curves("The validation loss by epoch", "epoch", "loss", lines, f"{said}.")

    return draw
