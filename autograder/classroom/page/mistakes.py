"""Groups students by the mistakes that they share: wrong answers with and without help, and crashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from autograder._util.control_codes import without_control_codes
from autograder.classroom.page.entries import Entries, Entry
from autograder.results.outcome import Status, TestOutcome

_MAX_MESSAGE = 200  # characters


class Group(NamedTuple):
    """Students with the same kind of outcome in a question; `text` describes it."""

    question: str
    text: str
    entries: Entries


def grouped(
    questions: Sequence[str],
    entries: Entries,
    kind: Callable[[TestOutcome], str],
) -> tuple[Group, ...]:
    """Group students by the kinds of their outcomes, most frequent first; once per student and kind."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for question in questions:
        for entry in entries:
            for text in dict.fromkeys(filter(None, map(kind, entry.outcomes(question)))):
                groups[question, text].append(entry)
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))  # stable: then by question
    return tuple(Group(question, text, tuple(members)) for (question, text), members in ordered)


def unexplained(questions: Sequence[str], entries: Entries) -> tuple[Group, ...]:
    """Students whose answer is wrong and whose feedback has no help, most frequent first."""
    groups = []
    for question in questions:
        wrong = tuple(
            entry
            for entry in entries
            if entry.status(question) is Status.FAILED
            and not any(outcome.help for outcome in entry.outcomes(question))
        )
        if wrong:
            groups.append(Group(question, "", wrong))
    return tuple(sorted(groups, key=lambda group: -len(group.entries)))


def crash_line(outcome: TestOutcome) -> str:
    """The first line of what stopped a student's code; empty for another outcome."""
    if outcome.status is not Status.CRASHED:
        return ""
    lines = without_control_codes(outcome.message).strip().splitlines() or ["without a message"]
    return lines[0] if len(lines[0]) <= _MAX_MESSAGE else lines[0][:_MAX_MESSAGE] + " ..."
