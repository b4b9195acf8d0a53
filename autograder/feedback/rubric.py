"""The rubric of a written question in words: what gives how many points."""

from __future__ import annotations

from collections.abc import Sequence

from autograder._util.i18n import gettext as _
from autograder._util.i18n import ngettext


def rubric_lines(rubric: Sequence[tuple[float, str]]) -> list[str]:
    """The lines of a written question's rubric, each with its points."""
    return [
        ngettext("{points:g} point: {what}", "{points:g} points: {what}", points).format(
            points=points, what=_(text)
        )
        for points, text in rubric
    ]
