"""Follow-through: a question that builds on a wrong answer is tested again with the right one.

The rule ("error carried forward"): a failed question earns what it would have earned had the
earlier answers been right, and nothing else. So

- the functions of earlier questions that did not pass are substituted, never its own or later ones;
- each question that is tested again has a fresh sandbox. Its cells run without substitutes, which
  exist only during the calls of that question's tests. No memory, file or process of another
  question's test exists there, so a substitute serves no other question;
- a test earns nothing if each of its answers is what a substitute returned for the question's own
  arguments: it shows no work of the student's;
- a question of extra credit gets no substitutes: nobody loses points there.

The reference does not enter the sandbox. A substitute is a name there that sends the call out;
autograder/grading/reference_provider.py has a process outside answer it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder.course.cells import without_magics
from autograder.course.course import Assignment, Course
from autograder.course.solution_file import read_cells
from autograder.results.outcome import Status, TestOutcome, overall
from autograder.sandbox.host.session import Cell
from autograder.sandbox.protocol.substitutes import Substitution


def substitutions(
    course: Course, assignment: Assignment, outcomes: Sequence[TestOutcome], cells: Sequence[Cell]
) -> dict[str, Substitution]:
    """By question that did not pass: the substitution of earlier functions that did not pass either.

    A question that the student's `cells` do not answer is left out.
    """
    functions = dict(_functions(course, assignment))
    blank = _blank_functions(cells)
    failed = earlier = frozenset[str]()
    wanted = {}
    for question in assignment.questions:
        own_outcomes = [outcome for outcome in outcomes if outcome.question == question.name]
        state = overall(own_outcomes)
        own = functions.get(question.blank, frozenset())
        if state not in (Status.PASSED, Status.GRADER_ERROR):
            extra = all(outcome.extra for outcome in own_outcomes)
            if failed and not extra and not (own and own <= blank):
                wanted[question.name] = Substitution(failed, question.blank, earlier)
            failed |= own
        earlier |= own
    return wanted


def carried(first: Sequence[TestOutcome], again: Sequence[TestOutcome]) -> list[TestOutcome]:
    """The first outcomes, replaced where the second try used a substitute.

    If the kit failed in the second try, the outcome is a grader error, not the first outcome.
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
    for cell in read_cells(assignment.path, course.relative(assignment.path)):
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
