"""How the class did in each test, visible or hidden, from the grade records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.classroom.page.entries import Entries
from autograder.results.outcome import Status


@dataclass(frozen=True)
class TestSummary:
    """A test and how many submissions ended in each status; `title` is its docstring's first line."""

    __test__ = False  # tell pytest that this is not a test class

    question: str
    title: str
    hidden: bool
    counts: Counter[Status]

    @property
    def graded(self) -> int:
        """How many submissions have a status that is not an error of the grader."""
        return self.counts.total() - self.counts[Status.GRADER_ERROR]

    @property
    def pass_rate(self) -> float | None:
        """The share of `graded` that passed, 0 to 1; None if there are none."""
        return self.counts[Status.PASSED] / self.graded if self.graded else None


def passed_tests(questions: Sequence[str], entries: Entries) -> tuple[TestSummary, ...]:
    """The tests of these questions in the order in which they run, a question's visible ones first."""
    counts: dict[tuple[str, bool, str], Counter[Status]] = {}
    for question in questions:
        of_question: dict[tuple[str, bool, str], Counter[Status]] = {}
        for entry in entries:
            for outcome in entry.outcomes(question):
                key = (question, outcome.hidden, outcome.title)
                of_question.setdefault(key, Counter())[outcome.status] += 1
        counts |= dict(sorted(of_question.items(), key=lambda item: item[0][1]))
    return tuple(
        TestSummary(question, title, hidden, statuses)
        for (question, hidden, title), statuses in counts.items()
    )
