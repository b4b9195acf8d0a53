"""Mutants of the reference solutions: each has one small change, made by cosmic-ray's operators.

Only the operators are taken from the library. Its own runs start a process for each mutant,
which would import TensorFlow each time. Operators that take arguments are left out: they
replace a variable of one's choice by a random number.
"""

from __future__ import annotations

import ast
import hashlib
import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

from autograder.course.cells import BEGIN, END
from autograder.course.course import Course
from autograder.course.solution_file import Cell, read_cells


class Mutant(NamedTuple):
    """The solution cell of one question with one change; `line` counts in the solution file."""

    assignment: str
    question: str
    operator: str
    line: int
    before: str
    after: str
    source: str

    @property
    def place(self) -> tuple[str, str, str]:
        """What the list of equivalent mutants knows it by; lines move, their text stays."""
        return f"{self.assignment}/{self.question}", self.operator, self.after

    @property
    def digest(self) -> str:
        """A number without pattern, by which a sample is chosen: the same mutants every time."""
        return hashlib.sha256(repr((self.place, self.line)).encode()).hexdigest()

    def diff(self) -> str:
        """File and line, and the change as in a unified diff."""
        return (
            f"solutions/{self.assignment}.py:{self.line}: {self.question}, {self.operator}\n"
            f"-{self.before}\n+{self.after}"
        )


def mutants_of(course: Course, assignment: str) -> list[Mutant]:
    """Every mutant of the solution regions of an assignment, in the order of its file.

    A change that does not compile, changes nothing, or that another operator has made
    already, is no mutant.
    """
    path = course.assignments[assignment].path
    blanks = {
        question.blank: question.name for question in course.assignments[assignment].questions
    }
    mutants = []
    for cell in read_cells(path, course.relative(path)):
        if cell.nbgrader is not None and cell.nbgrader.grade_id in blanks:
            mutants += _of_cell(assignment, blanks[cell.nbgrader.grade_id], cell)
    return sorted(mutants, key=lambda mutant: mutant.line)


def _of_cell(assignment: str, question: str, cell: Cell) -> Iterator[Mutant]:
    normal_forms = {_normal(cell.source)}
    rows = _solution_rows(cell.source)
    before = cell.source.splitlines()
    for name in operator_names():
        if get_operator(name).arguments():
            continue
        operator: Operator = get_operator(name)()
        for occurrence, row in enumerate(_positions(cell.source, operator)):
            source = mutate_code(cell.source, operator, occurrence) if row in rows else None
            normal = source and _normal(source)
            if not source or normal in normal_forms or normal is None:
                continue
            normal_forms.add(normal)
            # Not always the row of the position: an operator may join two lines.
            pairs = enumerate(zip(before, source.splitlines(), strict=False))
            at, (old, new) = next(pair for pair in pairs if pair[1][0] != pair[1][1])
            yield Mutant(
                assignment,
                question,
                name.removeprefix("core/"),
                cell.first_line + at,
                _tidy(old),
                _tidy(new),
                source,
            )


def _positions(source: str, operator: Operator) -> Iterator[int]:
    """The row of each change that the operator can make, in the library's own order."""
    for node in ast_nodes(get_ast(source)):
        for (row, _), _ in operator.mutation_positions(node):
            yield row


def _solution_rows(source: str) -> set[int]:
    """The rows between the markers: what a student does not see."""
    rows: set[int] = set()
    inside = False
    for row, text in enumerate(source.splitlines(), 1):
        if BEGIN in text or END in text:
            inside = BEGIN in text
        elif inside:
            rows.add(row)
    return rows


def _normal(source: str) -> str | None:
    """The code without its layout; None for what does not compile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # `is` with a literal, for one
            tree = ast.parse(source)
            compile(tree, "<mutant>", "exec")
    except (SyntaxError, ValueError):
        return None
    return ast.dump(tree)


def _tidy(line: str) -> str:
    """A line without indentation and the spaces that some operators leave behind."""
    return re.sub(r"(?<=[(\[]) |(?<=\w=) ", "", " ".join(line.split()))
