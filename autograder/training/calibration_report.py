"""Report thresholds and their runs as a Markdown table and as a plot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from autograder._util.terminal import counted
from autograder.results.thresholds import Threshold, Thresholds, in_order, letter
from autograder.training.runs import FinishedRun

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
_NO_STEP = "nothing: the threshold is above what the rung before reaches"


def markdown(thresholds: Thresholds) -> str:
    """A table with one row per rung and tier. "miss" and "slip" are probabilities, see `compute_thresholds`."""
    rows = [_HEAD, ("---",) * len(_HEAD)]
    for tier in sorted(thresholds, reverse=True):
        rows += [
            _row(name, tier, threshold)
            for name, threshold in in_order(thresholds[tier])
            if threshold.runs
        ]
    return _table(rows)


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def by_machine(runs: Iterable[FinishedRun]) -> str:
    """A table with the number of finished runs by tier, kind of processor and threads."""
    counts = Counter((run.tier, run.processor or "unknown", str(run.threads)) for run in runs)
    head = ("tier", "processor", "threads", "runs")
    rows = [head, ("---",) * len(head)]
    rows += [(*kind, str(count)) for kind, count in sorted(counts.items(), reverse=True)]
    return _table(rows)


def draw(thresholds: Thresholds, path: Path) -> None:
    """Plot one panel per tier: runs as dots, thresholds as lines, the article's accuracies as crosses."""
    from matplotlib.figure import Figure  # takes half a second, which grading does not need

    figure = Figure(figsize=(9, 3.4), layout="constrained", facecolor="white")
    for axes, tier in zip(
        figure.subplots(1, len(thresholds), squeeze=False)[0],
        sorted(thresholds, reverse=True),
        strict=True,
    ):
        rungs = [
            (name, threshold) for name, threshold in in_order(thresholds[tier]) if threshold.runs
        ]
        for x, (_, threshold) in enumerate(rungs):
            accuracies = [100 * accuracy for accuracy in threshold.accuracies.values()]
            axes.plot([x] * len(accuracies), accuracies, "o", color="#0072B2", alpha=0.45)
            axes.plot([x - 0.3, x + 0.3], [100 * threshold.minimum] * 2, color="#D55E00", lw=2)
            if threshold.article:
                axes.plot(x, 100 * threshold.article, "x", color="black", ms=8)
        axes.set_xticks(range(len(rungs)), [letter(name) for name, _ in rungs])
        axes.set_title(_TITLES.get(tier, tier))
        axes.set_xlabel("rung")
        axes.grid(axis="y", alpha=0.3)
    first_axes = figure.axes[0]
    first_axes.set_ylabel("accuracy on the test images in %")
    for style, label in (("o", "a run"), ("-", "the threshold"), ("x", "the article")):
        colour = {"o": "#0072B2", "-": "#D55E00", "x": "black"}[style]
        first_axes.plot([], [], style, color=colour, label=label)
    first_axes.legend(loc="lower right")
    figure.savefig(path, dpi=110, metadata={"Software": None})


def _row(name: str, tier: str, threshold: Threshold) -> tuple[str, ...]:
    percentages = [100 * accuracy for accuracy in threshold.accuracies.values()]
    return (
        letter(name),
        tier,
        f"{100 * threshold.article:.2f} %" if threshold.article else "",
        str(threshold.runs),
        f"{100 * threshold.mean:.2f} % ({min(percentages):.2f} to {max(percentages):.2f})",
        f"{threshold.epoch_seconds:.0f} s",
        f"{100 * threshold.minimum:.1f} %",
        counted(threshold.judged, "run"),
        f"{100 * threshold.miss:.2f} %",
        f"{100 * threshold.slip:.2f} %" if threshold.slip is not None else "",
        threshold.step or (_NO_STEP if threshold.extra else ""),
    )
