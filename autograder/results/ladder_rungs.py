"""The rungs of a ladder as a picture shows them: bars, the article's figures, own accuracies."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.results.pictures import LadderRung
from autograder.results.thresholds import Bar, in_order, letter


def ladder_rungs(bars: Mapping[str, Bar], reached: Mapping[str, float]) -> list[LadderRung]:
    """The rungs of a tier in their order; `reached` are accuracies by question, from 0 to 1."""
    return [
        LadderRung(
            letter(name),
            100 * bar.bar or None,
            100 * bar.article if bar.article else None,
            100 * reached[name] if name in reached else None,
        )
        for name, bar in in_order(bars)
    ]
