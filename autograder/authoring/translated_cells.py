"""A cell of a solution file in the language of the course: its prose, and what its blanks promise."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from autograder._util.i18n import ENGLISH, gettext, language
from autograder.course.cells import without_magics
from autograder.course.solution_file import Cell

_FENCE = re.compile(r"\s*(```|~~~)")
_QUOTED = re.compile(
    r"""(?P<open>[rR]?(?P<quotes>\"{3}|'{3}|"|'))(?P<text>.*)(?P=quotes)""", re.DOTALL
)
_SPEAK = """
from autograder._util.i18n import use_language

use_language("{code}")"""


def translated(cell: Cell) -> Cell:
    """`cell` with each text that has a translation in its place; the cell that sets up says which.

    Expressions in the prose are not computed yet, so that a translation can move them.
    """
    if language() == ENGLISH:
        return cell
    if cell.kind == "markdown":
        parts = (gettext(text) if is_text else text for is_text, text in _parts(cell.source))
        return replace(cell, source="".join(parts))
    if cell.is_blank:
        return replace(cell, source=_with_docstrings(cell.source))
    if _sets_up(cell):
        return replace(cell, source=f"{cell.source}\n{_SPEAK.format(code=language())}")
    return cell


def texts(cell: Cell) -> Iterator[str]:
    """What there is to translate in a cell: paragraphs of prose, and docstrings of a blank."""
    if cell.kind == "markdown":
        yield from (text for is_text, text in _parts(cell.source) if is_text)
    elif cell.is_blank:
        yield from (
            inspect.cleandoc(_quoted(node, cell.source)["text"])
            for node in _docstrings(cell.source)
        )


def _sets_up(cell: Cell) -> bool:
    meta = cell.nbgrader
    return (
        meta is not None
        and meta.locked
        and not meta.grade
        and "from autograder import" in cell.source
    )


def _parts(source: str) -> Iterator[tuple[bool, str]]:
    """The paragraphs of Markdown, and what stands between them: empty lines, and code in fences."""
    fenced = False
    kinds = []
    for line in source.splitlines(keepends=True):
        fence = bool(_FENCE.match(line))
        kinds.append((not fenced and not fence and bool(line.strip()), line))
        fenced ^= fence
    for is_text, group in groupby(kinds, key=lambda kind: kind[0]):
        text = "".join(line for _, line in group)
        if not is_text:
            yield False, text
            continue
        yield True, text.rstrip("\n")
        if text.endswith("\n"):
            yield False, "\n"


def _docstrings(source: str) -> list[ast.Constant]:
    """The docstrings of a cell's functions, in their order."""
    found = []
    for node in ast.parse(without_magics(source)).body:
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            first = node.body[0]
            assert isinstance(first, ast.Expr)
            assert isinstance(first.value, ast.Constant)
            found.append(first.value)
    return found


def _quoted(node: ast.Constant, source: str) -> re.Match[str]:
    match = _QUOTED.fullmatch(ast.get_source_segment(source, node) or "")
    assert match is not None, "a docstring in several pieces"
    return match


def _with_docstrings(source: str) -> str:
    """`source` with its docstrings translated, and indented as they were."""
    lines = source.splitlines()
    for node in reversed(_docstrings(source)):
        quoted = _quoted(node, source)
        text = inspect.cleandoc(quoted["text"])
        if (said := gettext(text)) == text:
            continue
        ending = "\n" if "\n" in said else ""
        made = f"{quoted['open']}{said}{ending}{quoted['quotes']}"
        made = textwrap.indent(made, " " * node.col_offset)
        lines[node.lineno - 1 : node.end_lineno] = made.splitlines()
    return "\n".join(lines)
