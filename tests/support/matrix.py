"""The table of answers by question and kind, with a reason where a field has none.

`python -m tests.support.matrix` prints it. The kind of an answer is the tag of its heading in a
catalogue. All four catalogues count: right and wrong answers, from tests/*/cells and tests/*/blind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from tests.support.answers import COURSE, catalogue

# What the tags mean, in the order of the table's columns.
KINDS = {
    "numbers": "wrong only for some numbers: cast, rounded, too narrow, up to a limit",
    "effects": "changes its argument or a constant, returns a view, keeps state between calls",
    "rules": "breaks a rule that the notebook's text states, such as a dtype or a default",
    "deeds": "a Keras object that looks right, and what happens is wrong",
    "forms": "a right answer in another form, equal in what is asked",
}
USUAL = "usual"  # the column of wrong answers without a tag
COLUMNS = (*KINDS, USUAL)

# By column: why the fields of these questions have no answer.
_EMPTY = {
    "numbers": {
        "is given no numbers": "basic stack classifier rung-a rung-b rung-c rung-d rung-open",
        "is given a model alone": "compile",
    },
    "effects": {
        "any recipe is right, also another at each call": "rung-open",
    },
    "deeds": {
        "counts, without Keras": "window stride padding output-shape same-padding sharing pool-size "
        "pool-shape conv-parameters pool-flatten dense-parameters totals memory best-epoch",
        "computes arrays, without a model": "zero-padding convolve max-pool average-pool seven "
        "relu softmax prepare split loss-and-accuracy confusion mistakes",
    },
}
REASONS = {
    (question, column): reason
    for column, reasons in _EMPTY.items()
    for reason, questions in reasons.items()
    for question in questions.split()
}


class Row(NamedTuple):
    """A question, and how many answers it has in each column."""

    assignment: str
    question: str
    counts: Mapping[str, int]


def rows() -> list[Row]:
    """The rows of the table: all questions of the course, in their order."""
    table: list[Row] = []
    for name, assignment in COURSE.assignments.items():
        counts: Counter[tuple[str, str]] = Counter()
        for side in ("right", "wrong"):
            for writer in ("cells", "blind"):
                for answer in catalogue(side, name, writer):
                    if answer.kind or side == "wrong":
                        counts[answer.question, answer.kind or USUAL] += 1
        table += [
            Row(name, question.name, {c: counts[question.name, c] for c in COLUMNS})
            for question in assignment.questions
        ]
    return table


def table() -> str:
    """The table as text: a count or a dash in each field, and below it the reasons for dashes."""
    table = rows()
    assignments = max(len(row.assignment) for row in table)
    questions = max(len(row.question) for row in table)
    width = max(map(len, COLUMNS)) + 1
    head = "".join(f"{column:>{width}}" for column in COLUMNS)
    lines = [f"{'assignment':{assignments}} {'question':{questions}}{head}"]
    for name, question, counts in table:
        fields = "".join(f"{counts[column] or '-':>{width}}" for column in COLUMNS)
        lines.append(f"{name:{assignments}} {question:{questions}}{fields}")
    lines.append("")
    for column, reasons in _EMPTY.items():
        for reason, names in reasons.items():
            lines.append(f"no {column}: {reason} ({', '.join(names.split())})")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
