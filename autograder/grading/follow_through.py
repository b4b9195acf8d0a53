"""Carried errors: what builds on a wrong answer is tried again with the reference's in its place.

The rule: a question that failed earns by a loan what it would have earned had the earlier
answers been right, and nothing else. So

- it is lent the functions of earlier questions that did not pass, never its own or later ones;
- each question that is tried again has a fresh sandbox of its own. Its cells are run without a
  loan, which is open only during the calls of that question's tests. No memory, file or process
  of another question's try exists there, so an answer that is lent serves no other question;
- a test whose every answer is what a lent function returned for the question's own arguments
  shows no work of its own, and earns nothing by the loan;
- a question of extra credit is lent nothing: nobody loses points there.

The reference does not go into the sandbox. A function that is lent exists there as a name that
asks back: autograder/grading/lending.py has the call answered outside, by a process of ours.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder.course.cells import without_magics
from autograder.course.course import Assignment, Course
from autograder.course.solution_file import read_cells
from autograder.results.outcome import Status, TestOutcome, overall
from autograder.sandbox.host.session import Cell
from autograder.sandbox.protocol.substitutes import Loan


def loans(
    course: Course, assignment: Assignment, outcomes: Sequence[TestOutcome], cells: Sequence[Cell]
) -> dict[str, Loan]:
    """What each question is lent that did not pass: functions of earlier ones that did not either.

    A question that `cells`, the student's, have no answer to is not tried again.
    """
    functions = dict(_functions(course, assignment))
    blank = _blank_functions(cells)
    lent = earlier = frozenset[str]()
    lent_to = {}
    for question in assignment.questions:
        own_outcomes = [outcome for outcome in outcomes if outcome.question == question.name]
        state = overall(own_outcomes)
        own = functions.get(question.blank, frozenset())
        if state not in (Status.PASSED, Status.GRADER_ERROR):
            extra = all(outcome.extra for outcome in own_outcomes)
            if lent and not extra and not (own and own <= blank):
                lent_to[question.name] = Loan(lent, question.blank, earlier)
            lent |= own
        earlier |= own
    return lent_to


def carried(first: Sequence[TestOutcome], again: Sequence[TestOutcome]) -> list[TestOutcome]:
    """The outcomes of the first try, replaced where the second one was lent what it asked for.

    A second try that failed through a fault of ours is a grader error, not the first outcome.
    """
    second = {
        (o.question, o.hidden, o.title): o
        for o in again
        if o.carried or o.status is Status.GRADER_ERROR
    }
    return [
        outcome
        if outcome.status is Status.PASSED
        else second.get((outcome.question, outcome.hidden, outcome.title), outcome)
        for outcome in first
    ]


def _functions(course: Course, assignment: Assignment) -> Iterator[tuple[str, frozenset[str]]]:
    """Each blank of the solution, and the functions that it defines."""
    for cell in read_cells(assignment.path, course.shown(assignment.path)):
        if cell.nbgrader is not None and cell.nbgrader.solution:
            body = ast.parse(without_magics(cell.source)).body
            names = frozenset(node.name for node in body if isinstance(node, ast.FunctionDef))
            yield cell.nbgrader.grade_id, names


def _blank_functions(cells: Sequence[Cell]) -> frozenset[str]:
    """Functions that are defined as the release defines them: they raise NotImplementedError.

    None where a cell has no syntax that can be read, or a function another definition as well.
    """
    blank, answered = set[str](), set[str]()
    for cell in cells:
        try:
            tree = ast.parse(without_magics(cell.source))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and _raises_at_once(node):
                blank.add(node.name)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                answered.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                answered.add(node.id)
            elif isinstance(node, ast.alias):
                answered.add(node.asname or node.name)
    return frozenset(blank - answered)


def _raises_at_once(function: ast.FunctionDef) -> bool:
    body = [node for node in function.body if not _is_text(node)]
    return len(body) == 1 and ast.unparse(body[0]).startswith("raise NotImplementedError")


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
