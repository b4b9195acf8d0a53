"""Refuse to release faulty cells: blanks, grade cells, and what nbgrader would read otherwise."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from autograder.authoring.rubric_checks import check_mark_scheme
from autograder.course.cells import (
    BEGIN,
    BEGIN_SCHEME,
    END,
    END_SCHEME,
    blank_of,
    blanked,
    is_blank_id,
    question_answered_in,
)
from autograder.course.magics import without_magics
from autograder.course.solution_file import AuthoringError, Cell

# nbgrader's own ways to test and to mark, which a released notebook of the kit has none of.
_DIRECTIVE = re.compile(r"###\s*(?:HASHED )?AUTOTEST|(?:BEGIN|END) (?:HIDDEN TESTS|MARK SCHEME)")
_CHECK = re.compile(r"^check\((['\"])([^'\"]+)\1\)$")


def check_cells(cells: Sequence[Cell], file: str) -> None:
    """Check each cell by itself: its kind, its solution regions and its syntax."""
    for cell in cells:
        if cell.kind == "raw":
            raise AuthoringError(f"{file}:{cell.line}: a raw cell. Use markdown")
        if not cell.source.strip():
            raise AuthoringError(f"{file}:{cell.line}: an empty cell. Delete it or fill it")
        _check_regions(cell, file)
        check_mark_scheme(cell, file)
        if cell.kind == "code":
            _check_syntax(cell, file)


def check_questions(cells: Sequence[Cell], file: str) -> None:
    """Check that each question has a blank and, below it, a grade cell."""
    blanks: dict[str, int] = {}
    questions: set[str] = set()
    for cell in cells:
        meta = cell.nbgrader
        if meta is None:
            continue
        if cell.is_written:
            if is_blank_id(meta.grade_id):
                raise AuthoringError(
                    f"{file}:{cell.line}: {meta.grade_id!r} is the name of a blank. "
                    "Give what a person grades another grade_id"
                )
            continue
        if meta.solution:
            blanks[meta.grade_id] = cell.line
        if meta.grade:
            questions.add(meta.grade_id)
            if blank_of(meta.grade_id) not in blanks:
                raise AuthoringError(
                    f"{file}:{cell.line}: question {meta.grade_id!r} has no blank above it. "
                    f"Add a solution cell with grade_id {blank_of(meta.grade_id)!r}"
                )
            call = _CHECK.match(cell.source.strip())
            if call is None or call[2] != meta.grade_id:
                raise AuthoringError(
                    f"{file}:{cell.first_line}: the grade cell of {meta.grade_id!r} must be "
                    f'check("{meta.grade_id}") alone. Correct it'
                )
    for name, line in blanks.items():
        if question_answered_in(name) not in questions or not is_blank_id(name):
            raise AuthoringError(
                f"{file}:{line}: blank {name!r} has no grade cell. "
                "Name it <question>-solution, and add the grade cell <question>"
            )


def _check_regions(cell: Cell, file: str) -> None:
    """Check that a blank has complete, non-empty solution regions, and other cells have none."""
    opened = 0
    regions = 0
    is_task = cell.nbgrader is not None and cell.nbgrader.task
    for line, text in enumerate(cell.source.splitlines(), cell.first_line):
        is_scheme = is_task and (BEGIN_SCHEME in text or END_SCHEME in text)
        if (directive := _DIRECTIVE.search(text)) and not is_scheme:
            if BEGIN_SCHEME in text or END_SCHEME in text:
                raise AuthoringError(
                    f"{file}:{line}: nbgrader takes a mark scheme out of task cells alone. "
                    "Write RUBRICS into the grader module"
                )
            raise AuthoringError(
                f"{file}:{line}: {directive[0]!r} is nbgrader's, and not read here. "
                "Write the test into the grader module"
            )
        if (BEGIN in text or END in text) and not cell.is_blank:
            raise AuthoringError(
                f"{file}:{line}: a solution region outside a blank would be released. "
                'Give the cell "solution": true'
            )
        if BEGIN in text:
            if opened:
                raise AuthoringError(f"{file}:{line}: {BEGIN} inside a region. Close it first")
            opened = line
            regions += 1
        elif END in text:
            if not opened:
                raise AuthoringError(f"{file}:{line}: {END} without {BEGIN}. Add the beginning")
            if line == opened + 1:
                raise AuthoringError(f"{file}:{line}: an empty solution region. Write the solution")
            opened = 0
    if opened:
        raise AuthoringError(f"{file}:{opened}: {BEGIN} without {END}. Add the end")
    if cell.is_blank and not cell.is_written and not regions:
        raise AuthoringError(
            f"{file}:{cell.line}: this solution cell holds no blank. "
            f"Put ### {BEGIN} and ### {END} around the solution"
        )


def _check_syntax(cell: Cell, file: str) -> None:
    """Check that a cell is valid Python, with and without the solution."""
    for text in (cell.source, blanked(cell.source)):
        try:
            ast.parse(without_magics(text))
        except SyntaxError as error:
            line = cell.first_line + (error.lineno or 1) - 1
            without = "" if text == cell.source else " once the solution is taken out"
            raise AuthoringError(f"{file}:{line}: {error.msg}{without}. Correct it") from None
        except (RecursionError, MemoryError):
            raise AuthoringError(
                f"{file}:{cell.line}: nested too deeply to be parsed. Write it flatter"
            ) from None
