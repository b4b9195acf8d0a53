"""Writes the feedback on a submission as the HTML of one cell: for Moodle, and harmless in a spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

from autograder.feedback.markup import line_html
from autograder.feedback.render import earned_points
from autograder.gradebook.scores import QuestionScore, Score
from autograder.gradebook.worded_points import points_text

_SIGNS = frozenset("=+-@\u2212")  # with which a spreadsheet begins a formula; see csv_injection.py
_CODE = " " * 4  # with which Markdown begins a line of code
_LONGEST = 5_000  # characters of one question's comment
_SOME = 987_654  # in place of a number that is not known


def comment_html(score: Score, comments: Mapping[str, str]) -> str:
    """For each question its points, and the comment on it, as a student reads them, in this process's language.

    HTML writes the signs of formulas as numbers, so that no cell begins with one wherever a program
    cuts it, and Moodle shows the text unchanged.
    """
    parts: list[str] = []
    for question in score.questions:
        points = ""
        if question.score is not None:
            points = harmless(points_text(question.score, question.max_score))
        heading = f"<strong>{harmless(question.name)}</strong> {points}".rstrip()
        comment = comments.get(question.name, "")[:_LONGEST]
        parts += _blocks(heading, _without_points(comment, question).splitlines())
    return "".join(parts)


def _without_points(comment: str, question: QuestionScore) -> str:
    """A comment whose first line does not say the same points as the heading, as the kit's own do."""
    first, end, rest = comment.partition("\n")
    if question.score is not None and question.max_score:
        first = first.removesuffix(earned_points(question.score, question.max_score))
    elif question.score is not None:  # how many extra points there are is not in the gradebook
        own = re.escape(earned_points(question.score, _SOME, extra=True))
        first = re.sub(own.replace(str(_SOME), r"[\d.]+") + "$", "", first)
    return f"{first}{end}{rest}"


def _blocks(heading: str, lines: list[str]) -> Iterator[str]:
    """A comment, which is Markdown to nbgrader, as paragraphs and blocks of code below a heading."""
    paragraph = [heading]
    for is_code, group in groupby([*lines, ""], lambda line: line.startswith(_CODE)):
        for line in group if not is_code else ("",):
            if line.strip():
                paragraph.append(line_html(line.strip(), harmless))
            elif paragraph:
                yield f"<p>{'<br>'.join(paragraph)}</p>"
                paragraph = []
        if is_code:
            code = (harmless(line.removeprefix(_CODE)) for line in group)
            yield f"<pre>{'<br>'.join(code)}</pre>"


def harmless(text: str) -> str:
    """Text as HTML without a sign that begins a formula, and without control characters."""
    return "".join(map(_harmless_character, text))


def _harmless_character(char: str) -> str:
    if unicodedata.normalize("NFKC", char)[:1] in _SIGNS:
        return f"&#{ord(char)};"
    return escape(char) if char.isprintable() else " "
