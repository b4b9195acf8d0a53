"""The feedback on one question as HTML, all parts of it in one text."""

from __future__ import annotations

from autograder.feedback.render import question_parts
from autograder.results.outcome import TestOutcome


def question_html(question: str, outcomes: list[TestOutcome], hints: int = 0) -> str:
    """What a page shows of a question, without pictures."""
    return "\n".join(part.html for part in question_parts(question, outcomes, hints))
