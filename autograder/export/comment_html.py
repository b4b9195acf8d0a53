"""Writes the feedback on a submission as the HTML of one cell: for Moodle, and harmless in a spreadsheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from html import escape

from autograder.feedback.markup import line_html
from autograder.gradebook.scores import Score

_SIGNS = frozenset("=+-@\u2212")  # with which a spreadsheet begins a formula; see csv_injection.py
_CODE = " " * 4  # Markdown: such a line is shown as it is
_LONGEST = 5_000  # characters of one question's comment


def comment_html(score: Score, comments: Mapping[str, str]) -> str:
    """A paragraph for each question: its points, and the comment on it, as a student reads them.

    HTML writes the signs of formulas as numbers, so that no cell begins with one wherever a program
    cuts it, and Moodle shows the text unchanged.
    """
    parts = []
    for question in score.questions:
        points = "" if question.score is None else f"{question.score:g} / {question.max_score:g}"
        heading = f"<strong>{harmless(question.name)}</strong> {points}".rstrip()
        comment = comments.get(question.name, "")[:_LONGEST]
        lines = "<br>".join(map(_line, comment.splitlines()))
        parts.append(f"<p>{heading}{'<br>' if lines else ''}{lines}</p>")
    return "".join(parts)


def _line(text: str) -> str:
    """A line of a comment, which is Markdown to nbgrader."""
    return harmless(text) if text.startswith(_CODE) else line_html(text, harmless_text)


def harmless(text: str) -> str:
    """A line of text as HTML without a sign that begins a formula, and without control characters."""
    indent = len(text) - len(text.lstrip(" "))
    return "&nbsp;" * indent + harmless_text(text[indent:])


def harmless_text(text: str) -> str:
    """Like `harmless`, for a part of a line: blanks at its beginning stay blanks."""
    return "".join(map(_harmless_character, text))


def _harmless_character(char: str) -> str:
    if unicodedata.normalize("NFKC", char)[:1] in _SIGNS:
        return f"&#{ord(char)};"
    return escape(char) if char.isprintable() else " "
