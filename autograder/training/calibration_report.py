"""What a calibration found, as a table in Markdown and as a plot."""

from __future__ import annotations

from pathlib import Path

from autograder.results.thresholds import Threshold, Thresholds, in_order, letter
from autograder.training.threshold_statistics import FALSE_PASS_RATE

_TITLES = {"sample": "sample: 5,400 training images", "full": "full: 54,000 training images"}
_HEAD = (
    "rung",
    "tier",
    "article",
    "runs",
    "mean (lowest to highest)",
    "an epoch",
    "threshold",
    "judged by",
    "miss",
    "slip",
    "demanded besides",
)


def markdown(thresholds: Thresholds) -> str:
    """One row a rung and tier: how often the right recipe misses the threshold, and the one before slips."""
    rows = [_HEAD, ("---",) * len(_HEAD)]
    for tier in sorted(thresholds, reverse=True):
        rows += [
            _row(name, tier, threshold)
            for name, threshold in in_order(thresholds[tier])
            if threshold.runs
        ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def draw(thresholds: Thresholds, path: Path) -> None:
    """A panel a tier: each run as a dot, the threshold as a line, the article's figure as a cross."""
    from matplotlib.figure import Figure  # half a second that grading does not need

    figure = Figure(figsize=(9, 3.4), layout="constrained", facecolor="white")
    for axes, tier in zip(
        figure.subplots(1, len(thresholds), squeeze=False)[0],
        sorted(thresholds, reverse=True),
        strict=True,
    ):
        rungs = [
            (name, threshold) for name, threshold in in_order(thresholds[tier]) if threshold.runs
        ]
        for place, (_, threshold) in enumerate(rungs):
            accuracies = [100 * accuracy for accuracy in threshold.accuracies.values()]
            axes.plot([place] * len(accuracies), accuracies, "o", color="#0072B2", alpha=0.45)
            axes.plot(
                [place - 0.3, place + 0.3], [100 * threshold.minimum] * 2, color="#D55E00", lw=2
            )
            if threshold.article:
                axes.plot(place, 100 * threshold.article, "x", color="black", ms=8)
        axes.set_xticks(range(len(rungs)), [letter(name) for name, _ in rungs])
        axes.set_title(_TITLES.get(tier, tier))
        axes.set_xlabel("rung")
        axes.grid(axis="y", alpha=0.3)
    first = figure.axes[0]
    first.set_ylabel("accuracy on the test images in %")
    for style, label in (("o", "a run"), ("-", "the threshold"), ("x", "the article")):
        colour = {"o": "#0072B2", "-": "#D55E00", "x": "black"}[style]
        first.plot([], [], style, color=colour, label=label)
    first.legend(loc="lower right")
    figure.savefig(path, dpi=110, metadata={"Software": None})


def _open(threshold: Threshold) -> str:
    """What keeps the rung before from a threshold that demands accuracy alone."""
    if not threshold.extra or threshold.slip is None:
        return ""
    if threshold.slip <= FALSE_PASS_RATE:
        return "nothing: the threshold is above what the rung before reaches"
    return "nothing yet: the rung before has too few runs to set the threshold above it"


def _row(name: str, tier: str, threshold: Threshold) -> tuple[str, ...]:
    reached = [100 * accuracy for accuracy in threshold.accuracies.values()]
    return (
        letter(name),
        tier,
        f"{100 * threshold.article:.2f} %" if threshold.article else "",
        str(threshold.runs),
        f"{100 * threshold.mean:.2f} % ({min(reached):.2f} to {max(reached):.2f})",
        f"{threshold.epoch_seconds:.0f} s",
        f"{100 * threshold.minimum:.1f} %",
        f"{threshold.judged} run{'s' if threshold.judged > 1 else ''}",
        f"{100 * threshold.miss:.2f} %",
        f"{100 * threshold.slip:.2f} %" if threshold.slip is not None else "",
        threshold.step or _open(threshold),
    )
