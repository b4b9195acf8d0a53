"""Translate a cell of a solution file into the course's language: prose, and docstrings of blanks."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from autograder._util.i18n import ENGLISH, gettext, language
from autograder.course.cells import BEGIN_SCHEME, END_SCHEME
from autograder.course.magics import without_magics
from autograder.course.solution_file import Cell

_FENCE = re.compile(r"\s*(```|~~~)")
_QUOTED = re.compile(
    r"""(?P<open>[rR]?(?P<quotes>\"{3}|'{3}|"|'))(?P<text>.*)(?P=quotes)""", re.DOTALL
)
_USE_LANGUAGE = """
from autograder._util.i18n import use_language

use_language("{code}")"""


def translated(cell: Cell) -> Cell:
    """`cell` with its texts translated; the setup cell also sets the language of the notebook.

    Expressions in the prose are not computed yet, so that a translation can move them.
    """
    if language() == ENGLISH or _is_answer(cell):
        return cell
    if cell.kind == "markdown":
        parts = (gettext(text) if is_text else text for is_text, text in _paragraphs(cell.source))
        return replace(cell, source="".join(parts))
    if cell.is_blank:
        return replace(cell, source=_with_docstrings(cell.source))
    if _is_setup(cell):
        return replace(cell, source=f"{cell.source}\n{_USE_LANGUAGE.format(code=language())}")
    return cell


def texts(cell: Cell) -> Iterator[str]:
    """The texts of a cell to translate: paragraphs of prose, or docstrings of a blank."""
    if _is_answer(cell):
        return
    if cell.kind == "markdown":
        yield from (text for is_text, text in _paragraphs(cell.source) if is_text)
    elif cell.is_blank:
        yield from (
            inspect.cleandoc(_match_docstring(node, cell.source)["text"])
            for node in _docstrings(cell.source)
        )


def _is_answer(cell: Cell) -> bool:
    """Whether this is the model answer of a written question, which no student sees."""
    return cell.is_written and cell.is_blank


def _is_setup(cell: Cell) -> bool:
    meta = cell.nbgrader
    return (
        meta is not None
        and meta.locked
        and not meta.grade
        and "from autograder import" in cell.source
    )


def _paragraphs(source: str) -> Iterator[tuple[bool, str]]:
    """Split Markdown into paragraphs (True) and what is between them.

    That is: empty lines, fenced code and the marks of a mark scheme.
    """
    fenced = False
    lines = []
    for line in source.splitlines(keepends=True):
        fence = bool(_FENCE.match(line))
        is_mark = BEGIN_SCHEME in line or END_SCHEME in line
        lines.append((not (fenced or fence or is_mark) and bool(line.strip()), line))
        fenced ^= fence
    for is_text, group in groupby(lines, key=lambda pair: pair[0]):
        text = "".join(line for _, line in group)
        if not is_text:
            yield False, text
            continue
        yield True, text.rstrip("\n")
        if text.endswith("\n"):
            yield False, "\n"


def _docstrings(source: str) -> list[ast.Constant]:
    """The docstrings of a cell's functions, in their order."""
    docstrings = []
    for node in ast.parse(without_magics(source)).body:
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            first = node.body[0]
            assert isinstance(first, ast.Expr)
            assert isinstance(first.value, ast.Constant)
            docstrings.append(first.value)
    return docstrings


def _match_docstring(node: ast.Constant, source: str) -> re.Match[str]:
    match = _QUOTED.fullmatch(ast.get_source_segment(source, node) or "")
    assert match is not None, "a docstring in several pieces"
    return match


def _with_docstrings(source: str) -> str:
    """`source` with its docstrings translated, with the same indentation."""
    lines = source.splitlines()
    for node in reversed(_docstrings(source)):
        match = _match_docstring(node, source)
        text = inspect.cleandoc(match["text"])
        if (translation := gettext(text)) == text:
            continue
        ending = "\n" if "\n" in translation else ""
        docstring = f"{match['open']}{translation}{ending}{match['quotes']}"
        docstring = textwrap.indent(docstring, " " * node.col_offset)
        lines[node.lineno - 1 : node.end_lineno] = docstring.splitlines()
    return "\n".join(lines)
