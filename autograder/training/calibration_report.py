"""What a calibration found, as a table in Markdown and as a plot."""

from __future__ import annotations

from pathlib import Path

from autograder.results.thresholds import Bar, Bars, in_order, letter
from autograder.training.threshold_statistics import SLIP

_TITLES = {"sample": "sample: 5,400 training images", "full": "full: 54,000 training images"}
_HEAD = (
    "rung",
    "tier",
    "article",
    "runs",
    "mean (lowest to highest)",
    "an epoch",
    "bar",
    "judged by",
    "miss",
    "slip",
    "demanded besides",
)


def markdown(bars: Bars) -> str:
    """One row a rung and tier: how often the right recipe misses the bar, and the one before slips."""
    rows = [_HEAD, ("---",) * len(_HEAD)]
    for tier in sorted(bars, reverse=True):
        rows += [_row(name, tier, bar) for name, bar in in_order(bars[tier]) if bar.runs]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def draw(bars: Bars, path: Path) -> None:
    """A panel a tier: each run as a dot, the bar as a line, the article's figure as a cross."""
    from matplotlib.figure import Figure  # half a second that grading does not need

    figure = Figure(figsize=(9, 3.4), layout="constrained", facecolor="white")
    for axes, tier in zip(
        figure.subplots(1, len(bars), squeeze=False)[0], sorted(bars, reverse=True), strict=True
    ):
        rungs = [(name, bar) for name, bar in in_order(bars[tier]) if bar.runs]
        for place, (_, bar) in enumerate(rungs):
            accuracies = [100 * accuracy for accuracy in bar.accuracies.values()]
            axes.plot([place] * len(accuracies), accuracies, "o", color="#0072B2", alpha=0.45)
            axes.plot([place - 0.3, place + 0.3], [100 * bar.bar] * 2, color="#D55E00", lw=2)
            if bar.article:
                axes.plot(place, 100 * bar.article, "x", color="black", ms=8)
        axes.set_xticks(range(len(rungs)), [letter(name) for name, _ in rungs])
        axes.set_title(_TITLES.get(tier, tier))
        axes.set_xlabel("rung")
        axes.grid(axis="y", alpha=0.3)
    first = figure.axes[0]
    first.set_ylabel("accuracy on the test images in %")
    for style, label in (("o", "a run"), ("-", "the bar"), ("x", "the article")):
        colour = {"o": "#0072B2", "-": "#D55E00", "x": "black"}[style]
        first.plot([], [], style, color=colour, label=label)
    first.legend(loc="lower right")
    figure.savefig(path, dpi=110, metadata={"Software": None})


def _open(bar: Bar) -> str:
    """What keeps the rung before from a bar that demands accuracy alone."""
    if not bar.extra or bar.slip is None:
        return ""
    if bar.slip <= SLIP:
        return "nothing: the bar is above what the rung before reaches"
    return "nothing yet: the rung before has too few runs to set the bar above it"


def _row(name: str, tier: str, bar: Bar) -> tuple[str, ...]:
    reached = [100 * accuracy for accuracy in bar.accuracies.values()]
    return (
        letter(name),
        tier,
        f"{100 * bar.article:.2f} %" if bar.article else "",
        str(bar.runs),
        f"{100 * bar.mean:.2f} % ({min(reached):.2f} to {max(reached):.2f})",
        f"{bar.epoch_seconds:.0f} s",
        f"{100 * bar.bar:.1f} %",
        f"{bar.judged} run{'s' if bar.judged > 1 else ''}",
        f"{100 * bar.miss:.2f} %",
        f"{100 * bar.slip:.2f} %" if bar.slip is not None else "",
        bar.step or _open(bar),
    )
