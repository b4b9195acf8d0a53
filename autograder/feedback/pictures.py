"""Pictures on the feedback pages: drawn as PNG from the data in a test's outcome."""

from __future__ import annotations

import io

from autograder.drawing import BLUE, GREEN, ORANGE, RED
from autograder.outcome import Picture


def png(picture: Picture) -> bytes:
    """The picture on a white ground, which reads the same on a light and on a dark page."""
    from matplotlib.figure import Figure  # half a second that most feedback does not need
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(5, 3), layout="constrained", facecolor="white")
    axes = figure.subplots()
    for (label, values), colour in zip(picture.lines.items(), (BLUE, ORANGE, GREEN), strict=False):
        mark = "o-" if len(values) <= 60 else "-"
        axes.plot(range(1, len(values) + 1), values, mark, color=colour, label=label)
    if picture.level is not None:
        axes.axhline(picture.level, color=RED, linestyle="--", label="the bar")
    # From 0: otherwise a loss that stands still would seem to fall.
    highest = max([picture.level or 0.0, *(max(line) for line in picture.lines.values())])
    axes.set_ylim(0, 1.1 * highest or 1)
    axes.set_title(picture.title)
    axes.set_xlabel(picture.across)
    axes.set_ylabel(picture.up)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    axes.legend()
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=90)
    return buffer.getvalue()
