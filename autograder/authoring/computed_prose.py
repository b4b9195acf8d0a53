"""Computed results in prose: a release replaces each {{ expression }} by its value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from autograder.course.solution_file import AuthoringError, Cell

_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_FENCE = re.compile(r"^(```+|~~~+).*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)


def compute(cell: Cell, names: Mapping[str, object], file: str) -> str:
    """The source of a markdown cell with its expressions replaced by their values.

    An expression may end in a format, as in an f-string: `{{ 24*24*25:, }}`. It is evaluated
    with the variables `names`; code in fences is left alone. Raises AuthoringError if it fails, or has
    no end.
    """

    def value(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in fences):
            return match[0]
        text = match[1].strip()
        try:
            # eval of an f-string supports formats and conversions. The course's author is trusted:
            # no student's text comes here.
            result = eval(f"f'''{{ {text}}}'''", dict(names))  # noqa: S307
        except (Exception, SystemExit) as error:
            line = cell.first_line + cell.source.count("\n", 0, match.start())
            raise AuthoringError(
                f"{file}:{line}: {{{{{text}}}}} fails: {type(error).__name__}: {error}. "
                "Correct the expression"
            ) from None
        return str(result).strip()

    fences = [fence.span() for fence in _FENCE.finditer(cell.source)]
    known = [*fences, *(match.span() for match in _EXPRESSION.finditer(cell.source))]
    for brace in re.finditer(r"\{\{", cell.source):
        if not any(start <= brace.start() < end for start, end in known):
            line = cell.first_line + cell.source.count("\n", 0, brace.start())
            raise AuthoringError(
                f"{file}:{line}: {{{{ begins an expression that has no end. Close it with }}}}"
            )
    return _EXPRESSION.sub(value, cell.source)
