"""Markdown within a line: `code`, **strong** and *emphasis* of help, hints and rubrics as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

# Marks stand at a word's edge: 2*3*4 and f(*args, **kwargs) are left as they are.
_MARKED = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|(?<![\w*(])\*\*(?P<strong>[^*\s](?:[^*\n]*[^*\s])?)\*\*(?![\w*])"
    r"|(?<![\w*(])\*(?P<em>[^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])"
)


def line_html(text: str, escaped: Callable[[str], str] = escape) -> str:
    """`text` as HTML with its marks as tags; `escaped` makes HTML of what is between them.

    Example:
        >>> line_html("Take **each** `x < 1`.")
        'Take <strong>each</strong> <code>x &lt; 1</code>.'

    """
    parts, end = [], 0
    for match in _MARKED.finditer(text):
        tag = match.lastgroup
        parts += [escaped(text[end : match.start()]), f"<{tag}>{escaped(match[tag or 0])}</{tag}>"]
        end = match.end()
    return "".join([*parts, escaped(text[end:])])
