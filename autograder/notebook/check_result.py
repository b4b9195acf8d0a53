"""What check() returns, which a notebook, a terminal and nbgrader's validation each show in their way."""

from __future__ import annotations

from html import escape

from autograder._util.i18n import gettext as _
from autograder.feedback.images import img
from autograder.feedback.markup import line_html
from autograder.feedback.render import headline, question_parts, question_text
from autograder.notebook.message import Message
from autograder.results.outcome import TestOutcome


class Checked(Message):
    """What tests were run, and what came out: `outcomes` has an entry for each test."""

    def __init__(self, html: str, text: str, outcomes: list[TestOutcome]) -> None:
        super().__init__(html, text)
        self.outcomes = outcomes


class CheckResult(Checked):
    """The result of check() on one question.

    `standing` is the sign and the words that say how it stands, `finding` all that is said about it
    alone: its text without the last line of `progress`, which is about the notebook.
    """

    def __init__(
        self,
        question: str,
        outcomes: list[TestOutcome],
        hints: int,
        progress: str,
        later: int | None = None,
    ) -> None:
        parts = question_parts(question, outcomes, hints, final=False, later=later)
        html = "".join(
            part.html + "".join(f"<div>{img(picture)}</div>" for picture in part.pictures)
            for part in parts
        )
        text = question_text(question, outcomes, hints, final=False, later=later, captions=True)
        self.standing = " ".join(headline(outcomes, final=False, later=later))
        self.finding = "\n".join([text, *progress.splitlines()[:-1]])
        lines = "".join(f"<div>{line_html(line)}</div>" for line in progress.splitlines())
        super().__init__(f"{html}{lines}", f"{text}\n{progress}", outcomes)


class ByPerson(Message):
    """The result of check() on a written question: no test can say anything about it."""

    def __init__(self, question: str, rubric: list[str]) -> None:
        text = _("{question}: a person grades this, by:").format(question=question)
        items = "".join(f"<li>{line_html(line)}</li>" for line in rubric)
        html = f"<div><strong>{escape(text)}</strong><ul>{items}</ul></div>"
        super().__init__(html, "\n".join([text, *(f"  {line}" for line in rubric)]))


class NotRight(Exception):
    """Raised by check() during nbgrader's validation, which counts only cells that raise."""

    def _render_traceback_(self) -> list[str]:
        """Make IPython show the result of check() without a traceback."""
        return [str(self)]
