"""Answers other than the solution's, right and wrong, and how they are graded.

An answer is the text of a notebook cell. Those of one assignment stand in a file, `cells/` of
`tests/wrong` and of `tests/right`, in Jupytext's percent format: a cell for each answer, headed
`# %% question label`. What several answers share is a cell headed `# %% part: name`; it is put in
front of each answer whose heading ends in `with name`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from autograder.course.course import find_course
from autograder.course.reference import reference
from autograder.grading.grade import grader_files
from autograder.results.outcome import TestOutcome
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin, run_tests
from tests.untrained import UntrainedTrainer

COURSE = find_course(Path(__file__).parent)

_HEADING = re.compile(
    r"# %% (?:part: (?P<part>[a-z-]+)|(?P<question>[a-z-]+) (?P<label>[a-z0-9-]+))"
    r"(?: with (?P<uses>[a-z, -]+))?\n"
)


class Answer(NamedTuple):
    """An answer to one question; `label` tells it from the others, `source` is its cell."""

    assignment: str
    question: str
    label: str
    source: str

    def __str__(self) -> str:
        return f"{self.assignment}-{self.question}-{self.label}"


def catalogues(kind: str) -> dict[str, list[Answer]]:
    """The "right" or the "wrong" answers to each assignment."""
    return {name: catalogue(kind, name) for name in COURSE.assignments}


def catalogue(kind: str, assignment: str) -> list[Answer]:
    """The "right" or the "wrong" answers to one assignment."""
    path = Path(__file__).parent / kind / "cells" / f"{assignment}.py"
    return list(_answers(path.read_text(encoding="utf-8"), assignment))


def _answers(text: str, assignment: str) -> Iterator[Answer]:
    """The answers of a file; a part stands above all that use it."""
    parts: dict[str, str] = {}
    _introduction, *cells = re.split(r"^(?=# %%)", text, flags=re.MULTILINE)
    for cell in cells:
        heading = _HEADING.match(cell)
        assert heading, f"{assignment}: not a heading: {cell.splitlines()[0]}"
        used = [parts[name] for name in (heading["uses"] or "").split(", ") if name]
        source = "\n\n\n".join([*used, cell[heading.end() :].strip()])
        if heading["part"]:
            parts[heading["part"]] = source
        else:
            yield Answer(assignment, heading["question"], heading["label"], source)


def outcomes(answer: Answer) -> list[TestOutcome]:
    """What the graders say to the notebook with the solution's other answers and this one."""
    names = dict(vars(reference(COURSE, answer.assignment)))
    exec(compile(answer.source, f"<{answer}>", "exec"), names)
    return graded(answer.assignment, names, only=answer.question)


def graded(
    assignment: str, names: Mapping[str, object], only: str | None = None
) -> list[TestOutcome]:
    """What the graders say to a notebook that defines `names`; no recipe is trained."""
    plugin = GraderPlugin(
        NotebookStudent(names), reference(COURSE, assignment), only, UntrainedTrainer
    )
    return run_tests(grader_files(COURSE, assignment), plugin)
