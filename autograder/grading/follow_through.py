"""Follow-through: retests a question that builds on a wrong answer, with the right answer in its place.

The rule ("error carried forward"): a failed question earns what it would have earned had the
earlier answers been right, and nothing else. Therefore:

- The kit substitutes the functions of earlier questions that did not pass, never the question's
  own functions or later ones.
- Each retested question gets a fresh sandbox. Its cells run without substitutes, which exist only
  during the calls of that question's tests. No memory, file or process of another question's test
  exists there, so a substitute cannot help another question.
- A test earns nothing if each of its answers is the unchanged return value of a substitute called
  with the question's own arguments: that shows no work by the student.
- An extra-credit question gets no substitutes, because nobody loses points there.
- A question that may call an earlier function which used up its time limit is not tested in the first
  try: it would only use up the limit once more.

The reference solution never enters the sandbox. A substitute is a name in the sandbox that sends the
call out. A process outside answers it (autograder/grading/reference_provider.py).
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence

from autograder.course.course import Assignment, Course, Question
from autograder.course.magics import without_magics
from autograder.course.solution_file import read_cells
from autograder.grading.independent_cells import is_too_long
from autograder.grading.reached_functions import may_call
from autograder.grading.release_outputs import released_cells
from autograder.results.outcome import Status, TestOutcome, overall
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.protocol.substitutes import Substitution


def substitutions(
    course: Course,
    assignment: Assignment,
    outcomes: Sequence[TestOutcome],
    used_names: Mapping[str, Collection[str]],
    postponed: Collection[str],
    cells: Sequence[Cell],
) -> dict[str, Substitution]:
    """Question -> the substitution to retest it with, for each question that did not pass.

    Leaves out a question that the student's `cells` do not answer, and one whose tests cannot have met
    a wrong answer to an earlier one. `used_names` has, by question, the names that its tests called or read.
    The tests of questions in `postponed` have not run.
    """
    released = _released(course, assignment)
    blank = _blank_functions(cells)
    failed = frozenset[str]()
    retests = {}
    for question, defined, earlier in _questions(course, assignment):
        own_outcomes = [outcome for outcome in outcomes if outcome.question == question.name]
        status = overall(own_outcomes)
        if status not in (Status.PASSED, Status.GRADER_ERROR):
            extra = all(outcome.extra for outcome in own_outcomes)
            if (
                failed
                and not extra
                and not _unanswered(defined, blank)
                and (
                    question.name in postponed
                    or may_call(
                        failed, question.blank, used_names.get(question.name, ()), cells, released
                    )
                )
            ):
                retests[question.name] = Substitution(failed, question.blank, earlier)
            failed |= defined
    return retests


def to_postpone(
    course: Course,
    assignment: Assignment,
    name: str,
    ended: Collection[str],
    cells: Sequence[Cell],
) -> bool:
    """Whether the question `name` may call a function of an earlier one that is in `ended`.

    `ended` are the functions that used up their time limit. False for an unanswered question.
    """
    if not ended:
        return False
    for question, defined, earlier in _questions(course, assignment):
        if question.name == name:
            endless = earlier.intersection(ended)
            if not endless or _unanswered(defined, _blank_functions(cells)):
                return False
            return may_call(endless, question.blank, (), cells, _released(course, assignment))
    return False


def carried(
    first: Sequence[TestOutcome], again: Sequence[TestOutcome], postponed: Collection[str]
) -> list[TestOutcome]:
    """The `first` outcomes, each replaced by the one in `again` if that used a substitute.

    So are those of questions in `postponed`, whose tests ran in the second try alone. If the kit
    failed in the second try, the outcome is a grader error, not the first outcome.
    """
    second = {
        (o.question, o.hidden, o.title): o
        for o in again
        if o.carried or o.status is Status.GRADER_ERROR or o.question in postponed
    }
    return [
        outcome
        if outcome.status is Status.PASSED
        else second.get((outcome.question, outcome.hidden, outcome.title), outcome)
        for outcome in first
    ]


def _questions(
    course: Course, assignment: Assignment
) -> Iterator[tuple[Question, frozenset[str], frozenset[str]]]:
    """Each tested question, the functions that its blank defines, and those of the blanks before it."""
    functions_of_blank = dict(_functions(course, assignment))
    earlier = frozenset[str]()
    for question in assignment.checked:
        defined = functions_of_blank.get(question.blank, frozenset())
        yield question, defined, earlier
        earlier |= defined


def _unanswered(defined: frozenset[str], blank: frozenset[str]) -> bool:
    """Whether all functions that a question defines are still as released."""
    return bool(defined) and defined <= blank


def _released(course: Course, assignment: Assignment) -> dict[str, str]:
    return {cell.id: cell.source for cell in released_cells(course, assignment.name)}


def _functions(course: Course, assignment: Assignment) -> Iterator[tuple[str, frozenset[str]]]:
    """Each blank of the solution with the functions that it defines."""
    for cell in read_cells(assignment.path, course.relative(assignment.path)):
        if cell.is_blank and cell.kind == "code" and cell.nbgrader is not None:
            body = ast.parse(without_magics(cell.source)).body
            functions = frozenset(node.name for node in body if isinstance(node, ast.FunctionDef))
            yield cell.nbgrader.grade_id, functions


def _blank_functions(cells: Sequence[Cell]) -> frozenset[str]:
    """The functions that are still as released: they only raise NotImplementedError.

    Leaves out a function with another definition. Empty if a cell does not parse, or they are too long.
    """
    if is_too_long(cells):
        return frozenset()
    blank, other_names = set[str](), set[str]()
    for cell in cells:
        try:
            tree = ast.parse(without_magics(cell.source))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and _only_raises(node):
                blank.add(node.name)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                other_names.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                other_names.add(node.id)
            elif isinstance(node, ast.alias):
                other_names.add(node.asname or node.name)
    return frozenset(blank - other_names)


def _only_raises(function: ast.FunctionDef) -> bool:
    statements = [node for node in function.body if not _is_constant(node)]
    return len(statements) == 1 and ast.unparse(statements[0]).startswith(
        "raise NotImplementedError"
    )


def _is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
