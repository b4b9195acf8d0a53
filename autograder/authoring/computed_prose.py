"""Numbers in prose: each stands in {{ an expression }} and is computed, none is typed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from autograder.course.solution_file import AuthoringError, Cell

_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_FENCE = re.compile(r"^(```+|~~~+).*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
# Not statements of a number: headings, list numbers, link targets, addresses, HTML
# tags and entities, names such as Conv2D or W_1, and dimensions such as 2D.
_EXEMPT = [
    re.compile(r"^#{1,6} .*$", re.MULTILINE),
    re.compile(r"^[ \t]*\d+[.)](?= )", re.MULTILINE),
    re.compile(r"\]\([^)\s]*\)"),
    re.compile(r"https?://\S+"),
    re.compile(r"<[A-Za-z/!][^>]*>"),
    re.compile(r"&#?\w+;"),
    re.compile(r"(?<![\w.])\dD\b"),
    re.compile(r"[A-Za-z_]\w*"),
]


def refuse_bare_digits(cell: Cell, shown: str) -> None:
    """Raise AuthoringError for a digit in a markdown cell that no expression computes."""
    text = cell.source
    for pattern in (_FENCE, _EXPRESSION, *_EXEMPT):
        text = pattern.sub(_blanked, text)
    found = re.search(r"\d[\d.,]*", text)
    if found:
        line = cell.first_line + text.count("\n", 0, found.start())
        number = found[0].rstrip(".,")
        raise AuthoringError(
            f"{shown}:{line}: the number {number} is typed into the prose. "
            f"Compute it: {{{{{number}}}}} or an expression"
        )


def compute(cell: Cell, names: Mapping[str, object], shown: str) -> str:
    """The source of a markdown cell with its expressions replaced by their values.

    An expression may end in a format, as in an f-string: `{{ 24*24*25:, }}`. It is
    evaluated among `names`. Raises AuthoringError where it fails.
    """

    def value(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in fences):
            return match[0]
        text = match[1].strip()
        try:
            # An f-string knows formats and conversions; the course's author is trusted.
            result = eval(f"f'''{{ {text}}}'''", dict(names))  # noqa: S307
        except Exception as error:
            line = cell.first_line + cell.source.count("\n", 0, match.start())
            raise AuthoringError(
                f"{shown}:{line}: {{{{{text}}}}} fails: {type(error).__name__}: {error}. "
                "Correct the expression"
            ) from None
        return str(result).strip()

    fences = [fence.span() for fence in _FENCE.finditer(cell.source)]
    return _EXPRESSION.sub(value, cell.source)


def _blanked(match: re.Match[str]) -> str:
    """Spaces in place of a match, so that lines and columns stay where they are."""
    return re.sub(r"[^\n]", " ", match[0])
