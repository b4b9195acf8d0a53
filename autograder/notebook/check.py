"""check() and hint() in a student's notebook: run the visible graders in the notebook's process."""

from __future__ import annotations

import difflib
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from autograder._util.i18n import gettext as _
from autograder._util.i18n import graders_directory
from autograder.course.grader_source import GraderSource
from autograder.feedback.markup import line_html
from autograder.feedback.progress import progress_line
from autograder.feedback.rubric import rubric_lines
from autograder.notebook.cell_history import CELLS
from autograder.notebook.check_result import ByPerson, Checked, CheckResult, NotRight
from autograder.notebook.message import Message, show_with_its_cell
from autograder.notebook.overview import assignment_here, overview_html, overview_text
from autograder.notebook.visible_graders import (
    accuracy_requirement,
    all_questions,
    grader_of,
    tested,
    visible_graders,
)
from autograder.results.outcome import Status, TestOutcome, overall
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin
from autograder.testing.run_tests import run_tests

_hints_shown: Counter[str] = Counter()
_checked: dict[str, Status] = {}  # each question's status at its last check
_used_names: dict[str, set[str]] = {}  # the names that its tests called or read then


def check(question: str | None = None) -> Message:
    """Run the visible tests of `question` on this notebook's functions and variables.

    Without a question: those of all questions of this notebook, with a line for each.

    Raises NotRight for a wrong answer, but only in the kernel of nbgrader's Validate, which takes
    every cell that does not raise for a success.
    """
    result = _no_tests() or (_all_checked_now() if question is None else _checked_now(question))
    is_right = isinstance(result, ByPerson) or (
        isinstance(result, Checked) and overall(result.outcomes) is Status.PASSED
    )
    if os.environ.get("NBGRADER_EXECUTION") == "validate" and not is_right:
        raise NotRight(repr(result))
    return _with_its_cell(result)


def _checked_now(question: str) -> Message:
    path_and_grader = grader_of(question)
    if path_and_grader is None:
        return _unknown(question)
    path, grader = path_and_grader
    if question in grader.rubrics:
        return ByPerson(question, rubric_lines(grader.rubrics[question]))
    outcomes = _outcomes(path, grader, question)
    progress = progress_line(tested(grader), _checked)
    if requirement := accuracy_requirement(path, question):
        progress = f"{requirement}\n{progress}"
    if below := _not_right_below(question, tested(grader)):
        progress = f"{below}\n{progress}"
    hints = len(grader.hints.get(question, []))
    return CheckResult(question, outcomes, hints, progress, grader.later(question))


def _all_checked_now() -> Message:
    here = _grader_here()
    if here is None:
        example = next(
            name for _path, grader in visible_graders() for name in all_questions(grader)
        )
        return _line(_('Name a question, such as check("{question}").').format(question=example))
    path, grader = here
    rows = {
        question: (_outcomes(path, grader, question), grader.later(question))
        for question in tested(grader)
    }
    progress = progress_line(tested(grader), _checked)
    written = list(grader.rubrics)
    html, text = overview_html(rows, progress, written), overview_text(rows, progress, written)
    return Checked(
        html, text, [outcome for outcomes, _later in rows.values() for outcome in outcomes]
    )


def _grader_here() -> tuple[Path, GraderSource] | None:
    """The visible grader of this notebook, or None if nothing tells which it is."""
    graders = {path.stem: (path, grader) for path, grader in visible_graders()}
    names = {assignment: all_questions(grader) for assignment, (_path, grader) in graders.items()}
    sources = CELLS.last_source.values()
    assignment = assignment_here(names, reversed(_checked), sources, _namespace())
    return None if assignment is None else graders[assignment]


def _outcomes(path: Path, grader: GraderSource, question: str) -> list[TestOutcome]:
    """Run a question's visible tests, and remember how it stands."""
    student = NotebookStudent(
        _namespace(), refuse=_refuse_what_grading_lacks, constants=grader.constants
    )
    plugin = GraderPlugin(student, reference=None, only=question)
    outcomes = run_tests([path], plugin)
    _checked.pop(question, None)  # the last one checked is last
    _checked[question] = overall(outcomes)
    _used_names[question] = plugin.used_names[question]
    return outcomes


def _refuse_what_grading_lacks(name: str) -> None:
    """Raise NotAttempted or StudentCrash for a name that would fail when graded, for another reason here."""
    if name in _namespace():
        CELLS.refuse_stale(name)
        CELLS.refuse_loaded(name)
    else:
        CELLS.refuse_failed(name)


def _not_right_below(question: str, questions: Sequence[str]) -> str:
    """Say that a wrong answer builds on another one that is not right; "" if it does not.

    Grading tries such an answer again with the solution's function in place of the wrong one. Here is
    no solution, so that a right answer may fail.
    """
    wrong = (Status.FAILED, Status.CRASHED)
    if _checked[question] not in wrong:
        return ""
    used = _used_names[question] | CELLS.used_by(_used_names[question])
    for earlier in questions[: questions.index(question)]:
        names = used & _used_names.get(earlier, set())
        if names and _checked.get(earlier) in wrong:
            text = _(
                "This answer uses {name}, and that is not right yet. Begin with {check}, "
                "then check this one again."
            )
            return text.format(name=f"`{min(names)}`", check=f'`check("{earlier}")`')
    return ""


def hint(question: str | None = None) -> Message:
    """Show one more hint for `question`; after the last, all of them again.

    Without a question: say how to name one, the one that was checked last if there is any.
    """
    if message := _no_tests():
        return message
    if question is None:
        names = [name for _path, grader in visible_graders() for name in all_questions(grader)]
        example = next(reversed(_checked), names[0])
        return _line(_('Name a question, such as hint("{question}").').format(question=example))
    return _with_its_cell(_hints(question))


def _hints(question: str) -> Message:
    path_and_grader = grader_of(question)
    if path_and_grader is None:
        return _unknown(question)
    _path, grader = path_and_grader
    if question in grader.rubrics and question not in grader.hints:
        return ByPerson(question, rubric_lines(grader.rubrics[question]))
    hints = [_(line) for line in grader.hints.get(question, [])]
    _hints_shown[question] = min(_hints_shown[question] + 1, len(hints))
    visible = hints[: _hints_shown[question]]
    remaining = len(hints) - len(visible)
    more, last = _("{count} more: call it again."), _("That was the last one.")
    ending = more.format(count=remaining) if remaining else last
    numbered = (
        _("Hint {number}: {hint}").format(number=number, hint=line)
        for number, line in enumerate(visible, 1)
    )
    text = "\n".join([*numbered, ending])
    items = "".join(f"<li>{line_html(line)}</li>" for line in visible)
    return Message(f"<div><ol>{items}</ol><div>{ending}</div></div>", text)


def _unknown(question: str) -> Message:
    names = sorted({name for _, grader in visible_graders() for name in all_questions(grader)})
    close = difflib.get_close_matches(str(question), names, n=3)
    if close:
        ending = _("Did you mean {names}?").format(names=_(" or ").join(map(repr, close)))
    else:
        here = _grader_here()
        available = all_questions(here[1]) if here else names
        ending = _("There are: {names}.").format(names=", ".join(available))
    return _line(_("No question is called {name}.").format(name=repr(question)) + f" {ending}")


def _no_tests() -> Message | None:
    """What is said where no grader has tests: AUTOGRADER_COURSE names another directory than is meant."""
    if any(all_questions(grader) for _path, grader in visible_graders()):
        return None
    return _line(_("There are no tests in {directory}.").format(directory=graders_directory()))


def _line(text: str) -> Message:
    """A message of one line."""
    return Message(f"<div>{escape(text)}</div>", text)


def _with_its_cell(message: Message) -> Message:
    shell = _shell()
    return message if shell is None else show_with_its_cell(message, shell)


def _namespace() -> Mapping[str, Any]:
    """The variables of the notebook, or those of the main module outside IPython."""
    shell = _shell()
    names: Mapping[str, Any] = vars(sys.modules["__main__"]) if shell is None else shell.user_ns
    return names


def _shell() -> Any:
    """IPython's shell that runs the notebook, or None."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    return get_ipython()
