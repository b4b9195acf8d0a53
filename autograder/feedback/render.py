"""Render the feedback on one question: the same facts as HTML, plain text and nbgrader comment.

The HTML has no style, script or attribute, and only tags that nbconvert's sanitizer allows, so
it follows the reader's theme and works with screen readers. All text in it is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from autograder._util.control_codes import without_control_codes
from autograder._util.i18n import N_, ngettext
from autograder._util.i18n import gettext as _
from autograder.feedback.markup import line_html
from autograder.feedback.outcome_lines import (
    message_lines,
    printed_lines,
    remarks,
    substitution_text,
)
from autograder.results.outcome import Status, TestOutcome, overall
from autograder.results.pictures import Picture

# The sign and the name of each status.
WORDS = {
    Status.PASSED: ("✓", N_("right")),
    Status.FAILED: ("✗", N_("not right yet")),
    Status.NOT_ATTEMPTED: ("○", N_("not attempted")),
    Status.CRASHED: ("!", N_("your code stopped with an error")),
    Status.GRADER_ERROR: ("?", N_("our grader failed; this is not your fault")),
}
_MAX_COMMENT = 2_000  # characters


class Part(NamedTuple):
    """A part of the feedback on a question: HTML, and the pictures that belong below it."""

    html: str
    pictures: tuple[Picture, ...] = ()


def question_parts(
    question: str,
    outcomes: list[TestOutcome],
    hints: int = 0,
    *,
    final: bool = True,
    later: int | None = None,
) -> list[Part]:
    """A section on one question, in parts that end where a test has pictures.

    `final` is False in the notebook, which has no hidden tests. There, `later` is how many hidden
    tests the question has, or None if that is not known.
    """
    sign, words = headline(outcomes, final, later)
    head = (
        f"<div><strong>{sign} {escape(without_control_codes(question))}: {words}</strong>"
        f"{escape(_points(outcomes, final, later))}</div>"
    )
    parts, tests = [], [head, "<ul>"]
    for outcome in _distinct_outcomes(outcomes):
        tests.append(outcome_html(outcome, final=final))
        if outcome.pictures:
            parts.append(Part(_section(*tests, "</ul>"), outcome.pictures))
            tests = ["<ul>"]
    ending = []
    if hints and overall(outcomes) not in (Status.PASSED, Status.GRADER_ERROR):
        ending = [f"<div>{line_html(_hint_line(question, hints, mark='`'))}</div>"]
    if tests != ["<ul>"]:
        parts.append(Part(_section(*tests, "</ul>", *ending)))
    elif ending:
        parts.append(Part(_section(*ending)))
    return parts


def _section(*lines: str) -> str:
    return "\n".join(["<div>", *lines, "</div>"])


def question_text(
    question: str,
    outcomes: list[TestOutcome],
    hints: int = 0,
    *,
    final: bool = True,
    later: int | None = None,
    captions: bool = False,
) -> str:
    """Like question_parts, for a terminal or a front end without HTML; `captions` say what pictures show."""
    sign, words = headline(outcomes, final, later)
    lines = [f"{sign} {question}: {words}{_points(outcomes, final, later)}"]
    for outcome in _distinct_outcomes(outcomes):
        sign, words = in_words(outcome.status)
        lines.append(
            f"  {sign} {without_control_codes(outcome.title)} ({words}{substitution_text(outcome)})"
        )
        lines += [f"      {line}" for line in message_lines(outcome, final)]
        if printed := printed_lines(outcome):
            lines += [f"      {_('Printed:')}", *(f"        {line}" for line in printed)]
        lines += [f"      {label} {text}" for label, text in remarks(outcome)]
        if captions:
            lines += [f"      {picture_text(picture)}" for picture in outcome.pictures]
    if hints and overall(outcomes) not in (Status.PASSED, Status.GRADER_ERROR):
        lines.append(f"  {_hint_line(question, hints)}")
    return "\n".join(lines)


def comment_text(outcomes: list[TestOutcome]) -> str:
    """The comment that nbgrader shows beside the blank: the status and the first mistake.

    nbgrader renders comments as Markdown; details are indented, which makes them code.
    """
    worst = overall(outcomes)
    _sign, words = in_words(worst)
    parts = [f"{words[:1].upper()}{words[1:]}{_points(outcomes, final=True, later=None)}"]
    first = next(
        (outcome for outcome in _distinct_outcomes(outcomes) if outcome.status is worst), None
    )
    if first is not None and worst is not Status.PASSED:
        parts.append("\n".join(f"    {line}" for line in message_lines(first, final=True)))
        if first.help:
            parts.append(f"{_('Help:')} {without_control_codes(first.help)}")
    text = "\n\n".join(part for part in parts if part)
    return text if len(text) <= _MAX_COMMENT else text[:_MAX_COMMENT] + " ..."


def headline(outcomes: list[TestOutcome], final: bool, later: int | None) -> tuple[str, str]:
    """The sign and the words of a question: "right" only if no hidden test follows."""
    status = overall(outcomes)
    sign, words = in_words(status)
    if status is Status.PASSED and not final and later != 0:
        text = ngettext("passes the test here", "passes the {count} tests here", len(outcomes))
        words = text.format(count=len(outcomes))
    return sign, words


def _distinct_outcomes(outcomes: list[TestOutcome]) -> list[TestOutcome]:
    """The outcomes to show: only the first if all tests have the same status and message."""
    distinct = {(outcome.status, outcome.message) for outcome in outcomes}
    blank = all(outcome.status is Status.NOT_ATTEMPTED for outcome in outcomes)
    if blank or (len(distinct) == 1 and outcomes[0].message):
        return outcomes[:1]
    return outcomes


def outcome_html(outcome: TestOutcome, *, final: bool = True) -> str:
    """A test as an item of a list, without its pictures; `final` is False in the notebook."""
    sign, words = in_words(outcome.status)
    parts = [
        f"<li>{sign} {escape(without_control_codes(outcome.title))} ({words}{substitution_text(outcome)})"
    ]
    details = message_lines(outcome, final)
    if details:
        parts.append(_code_block(details))
    if printed := printed_lines(outcome):
        parts.append(f"<div><strong>{escape(_('Printed:'))}</strong></div>")
        parts.append(_code_block(printed))
    for label, text in remarks(outcome):
        parts.append(f"<div><strong>{escape(label)}</strong> {line_html(text)}</div>")
    return "".join(parts) + "</li>"


def _code_block(lines: Sequence[str]) -> str:
    """Lines in a font in which the columns of arrays stand below each other.

    In HTML that nbconvert makes, a <pre> alone has the font of the text around it.
    """
    return "<pre><code>" + escape("\n".join(lines)) + "</code></pre>"


def _points(outcomes: list[TestOutcome], final: bool, later: int | None) -> str:
    earned = sum(outcome.points for outcome in outcomes)
    possible = sum(outcome.max_points for outcome in outcomes)
    extra = bool(outcomes) and all(outcome.extra for outcome in outcomes)
    if final or later == 0:
        return earned_points(earned, possible, extra=extra)
    if later is not None:
        template = ngettext(
            " ({earned:g} of {possible:g} {points}; {later} more test when it is graded)",
            " ({earned:g} of {possible:g} {points}; {later} more tests when it is graded)",
            later,
        )
    else:
        template = _(
            " ({earned:g} of {possible:g} {points} in the tests here; "
            "more tests may run when it is graded)"
        )
    return template.format(earned=earned, possible=possible, points=_kind(extra), later=later)


def earned_points(earned: float, possible: float, *, extra: bool = False) -> str:
    """The points of a question behind its status: " (2 of 3 points)"."""
    template = _(" ({earned:g} of {possible:g} {points})")
    return template.format(earned=earned, possible=possible, points=_kind(extra))


def _kind(extra: bool) -> str:
    return _("extra points") if extra else _("points")


def _hint_line(question: str, hints: int, mark: str = "") -> str:
    template = ngettext(
        "There is a hint: {call} shows one more at every call.",
        "There are {count} hints: {call} shows one more at every call.",
        hints,
    )
    return template.format(
        count=hints, call=f'{mark}hint("{without_control_codes(question)}"){mark}'
    )


def in_words(status: Status) -> tuple[str, str]:
    """The sign of a status, and its name in the student's language."""
    sign, words = WORDS[status]
    return sign, _(words)


def picture_text(picture: Picture) -> str:
    """The title and content of the picture in words."""
    return f"{_(picture.title)}: {picture.text}"
