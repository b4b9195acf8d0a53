"""The rungs of a ladder for a picture: thresholds, the article's and the student's accuracies."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.results.pictures import LadderRung
from autograder.results.thresholds import Threshold, in_order, letter


def ladder_rungs(
    thresholds: Mapping[str, Threshold],
    reached: Mapping[str, float],
    of_article: Mapping[str, float] | None = None,
) -> list[LadderRung]:
    """The rungs of a tier in order; `reached` are accuracies by question, from 0 to 1.

    `of_article` are the article's, where not only those of this tier are wanted.
    """
    if of_article is None:
        of_article = {name: rung.article for name, rung in thresholds.items() if rung.article}
    return [
        LadderRung(
            letter(name),
            100 * threshold.minimum or None,
            100 * of_article[name] if name in of_article else None,
            100 * reached[name] if name in reached else None,
        )
        for name, threshold in in_order(thresholds)
    ]
