"""check() and hint() in a student's notebook: the visible graders, run in place."""

from __future__ import annotations

import difflib
import os
import sys
from collections import Counter
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from autograder._util.i18n import gettext as _
from autograder._util.i18n import graders_directory
from autograder.course.grader_source import GraderSource, read_grader
from autograder.feedback.images import img, picture_text
from autograder.feedback.progress import progress_line
from autograder.feedback.render import question_html, question_text
from autograder.notebook.cell_history import CELLS
from autograder.results.outcome import Status, TestOutcome, overall
from autograder.results.thresholds import read_thresholds
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin, run_tests

_hints_shown: Counter[str] = Counter()
_checked: dict[str, Status] = {}  # what each question was when it was last checked


class Shown:
    """A message with two faces: HTML for a notebook, plain text for everything else."""

    def __init__(self, html: str, text: str) -> None:
        self._html = html
        self._text = text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self._html, "text/plain": self._text}

    def __repr__(self) -> str:
        return self._text


class CheckResult(Shown):
    """What check() found; `outcomes` holds the tests one by one."""

    def __init__(
        self, question: str, outcomes: list[TestOutcome], hints: int, progress: str
    ) -> None:
        pictures = [picture for outcome in outcomes for picture in outcome.pictures]
        html = question_html(question, outcomes, hints, final=False)
        text = question_text(question, outcomes, hints, final=False)
        drawn = "".join(f"<div>{img(picture)}</div>" for picture in pictures)
        lines = "".join(f"<div>{escape(line)}</div>" for line in progress.splitlines())
        words = "".join(f"\n  {picture_text(picture)}" for picture in pictures)
        super().__init__(f"{html}{drawn}{lines}", f"{text}{words}\n{progress}")
        self.outcomes = outcomes


class NotRight(Exception):
    """Raised in place of what check() shows where nbgrader validates: it counts what raises."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: what check() found, and no lines of the kit."""
        return [str(self)]


def check(question: str) -> Shown:
    """Run the visible tests of `question` on this notebook's functions and variables.

    Raises NotRight for an answer that is not right, but only in the kernel in which nbgrader's
    Validate runs the notebook: to that, each cell that raises nothing is a success.
    """
    result = _checked_now(question)
    right = isinstance(result, CheckResult) and overall(result.outcomes) is Status.PASSED
    if os.environ.get("NBGRADER_EXECUTION") == "validate" and not right:
        raise NotRight(repr(result))
    return result


def _checked_now(question: str) -> Shown:
    found = _grader_of(question)
    if found is None:
        return _unknown(question)
    path, grader = found
    student = NotebookStudent(_namespace(), refuse_stale=CELLS.refuse_stale)
    plugin = GraderPlugin(student, reference=None, only=question)
    outcomes = run_tests([path], plugin)
    _checked[question] = overall(outcomes)
    progress = progress_line(_questions(grader), _checked)
    if demand := _demanded(path, question):
        progress = f"{demand}\n{progress}"
    return CheckResult(question, outcomes, len(grader.hints.get(question, [])), progress)


def hint(question: str) -> Shown:
    """The next hint for `question`; after the last, all of them again."""
    found = _grader_of(question)
    if found is None:
        return _unknown(question)
    hints = [_(line) for line in found[1].hints.get(question, [])]
    _hints_shown[question] = min(_hints_shown[question] + 1, len(hints))
    shown = hints[: _hints_shown[question]]
    left = len(hints) - len(shown)
    more, last = _("{count} more: call it again."), _("That was the last one.")
    ending = more.format(count=left) if left else last
    numbered = (
        _("Hint {number}: {hint}").format(number=number, hint=line)
        for number, line in enumerate(shown, 1)
    )
    text = "\n".join([*numbered, ending])
    items = "".join(f"<li>{escape(line)}</li>" for line in shown)
    return Shown(f"<div><ol>{items}</ol><div>{ending}</div></div>", text)


def questions(assignment: str) -> list[str]:
    """The questions of an assignment that have visible tests, in their order; none if there is none."""
    return [
        name
        for path, grader in _graders()
        if path.stem == assignment
        for name in _questions(grader)
    ]


def _demanded(grader: Path, question: str) -> str:
    """What the accuracy thresholds beside a grader demand of a recipe when it is graded; "" for no threshold."""
    tiers = read_thresholds(grader.with_suffix(".json"))
    thresholds = {tier: tiers[tier][question] for tier in tiers if question in tiers[tier]}
    names = {"sample": _("on the sample"), "full": _("on all images")}
    heights = [
        f"{thresholds[tier].minimum:.1%} {names[tier]}" for tier in names if tier in thresholds
    ]
    if not heights:
        return ""
    said = _(
        "When it is graded, the kit trains this recipe. It must then reach {thresholds}."
    ).format(thresholds=_(" or ").join(heights))
    steps = {threshold.step for threshold in thresholds.values() if threshold.step}
    need = _("The points for accuracy also need what the rung is about: {step}.")
    return " ".join([said, *(need.format(step=_(step)) for step in sorted(steps))])


def _questions(grader: GraderSource) -> list[str]:
    return list(dict.fromkeys(test.question for test in grader.tests))


def _unknown(question: str) -> Shown:
    names = sorted({test.question for _, grader in _graders() for test in grader.tests})
    close = difflib.get_close_matches(str(question), names, n=3)
    meant, others = _("Did you mean {names}?"), _("There are: {names}.")
    rest = (
        meant.format(names=_(" or ").join(map(repr, close)))
        if close
        else others.format(names=", ".join(names))
    )
    text = _("No question is called {name}.").format(name=repr(question)) + f" {rest}"
    return Shown(f"<div>{escape(text)}</div>", text)


def _grader_of(question: str) -> tuple[Path, GraderSource] | None:
    for path, grader in _graders():
        if any(test.question == question for test in grader.tests):
            return path, grader
    return None


@cache
def _graders() -> list[tuple[Path, GraderSource]]:
    """The visible graders of the course at AUTOGRADER_COURSE, else those of the kit."""
    paths = sorted(path for path in graders_directory().glob("*.py") if path.stem != "__init__")
    return [(path, read_grader(path, f"graders/{path.name}")) for path in paths]


def _namespace() -> Mapping[str, Any]:
    """The names of the notebook; of the main module where there is no IPython."""
    if "IPython" in sys.modules:
        from IPython import get_ipython

        shell = get_ipython()
        if shell is not None:
            names: Mapping[str, Any] = shell.user_ns
            return names
    return vars(sys.modules["__main__"])
