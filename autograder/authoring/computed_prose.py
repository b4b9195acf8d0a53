"""Computed results in prose: a release replaces each {{ expression }} by its value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from autograder._util.time_limit import TookTooLong
from autograder._util.traceback_lines import last_line
from autograder.course.reference import CELL_SECONDS, bounded
from autograder.course.solution_file import AuthoringError, Cell

# Code in a fence, which is passed over, or an expression.
_EXPRESSION = re.compile(r"^(```+|~~~+).*?^\1[ \t]*$|\{\{(.*?)(\}\}|\Z)", re.DOTALL | re.MULTILINE)


def compute(cell: Cell, names: Mapping[str, object], file: str) -> str:
    """The source of a markdown cell with its expressions replaced by their values.

    An expression may end in a format, as in an f-string: `{{ 24*24*25:, }}`. It is evaluated
    with the variables `names`; code in fences is left alone. Raises AuthoringError if it fails, or has
    no end.
    """

    def value(match: re.Match[str]) -> str:
        if match[1]:
            return match[0]
        text = match[2].strip()
        line = cell.first_line + cell.source.count("\n", 0, match.start())
        if not match[3]:
            raise AuthoringError(
                f"{file}:{line}: {{{{ begins an expression that has no end. Close it with }}}}"
            )
        try:
            # eval of an f-string supports formats and conversions. The course's author is trusted:
            # no student's text comes here.
            with bounded(f"{file}:{line}"):
                result = eval(f"f'''{{ {text}}}'''", dict(names))  # noqa: S307
        except TookTooLong:
            raise AuthoringError(
                f"{file}:{line}: {{{{{text}}}}} runs longer than {CELL_SECONDS:,} s. Correct it"
            ) from None
        except (Exception, SystemExit) as error:
            # An error in a function of the solution stands there, not in the text that calls it.
            place = last_line(error, file)
            remedy = f" at {file}:{place}. Correct it" if place else ". Correct the expression"
            raise AuthoringError(
                f"{file}:{line}: {{{{{text}}}}} fails: {type(error).__name__}: {error}{remedy}"
            ) from None
        return str(result).strip()

    return _EXPRESSION.sub(value, cell.source)
