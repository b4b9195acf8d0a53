"""A property of scores: whatever questions are answered rightly, their points are the score."""

import contextlib
import io
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from autograder.course.magics import without_magics
from autograder.course.solution_file import read_cells
from autograder.results.outcome import Status
from autograder.results.record import GradeRecord
from tests.support.answers import COURSE, graded

Names = dict[str, Any]
# Questions whose tests call the student's other answers: these must be there as well.
NEEDS = {"compile": {"classifier"}, "train": {"classifier", "compile"}}


def defined(cells: Iterable[tuple[str, str]]) -> dict[str, Names]:
    """What each of some cells defines, by the cell's name, when they run one after another."""
    names: Names = {"__name__": "notebook"}
    by_cell: dict[str, Names] = {}
    for name, source in cells:
        before = set(names) | {"__builtins__"}
        with contextlib.redirect_stdout(io.StringIO()):  # a blank is said to be one
            exec(without_magics(source), names)
        by_cell[name] = {key: names[key] for key in names.keys() - before}
    return by_cell


@cache
def right_answers(assignment: str) -> dict[str, Names]:
    """What each set-up and solution cell of the reference solution defines."""
    path = COURSE.assignments[assignment].path
    cells = [cell for cell in read_cells(path, path.name) if cell.kind == "code" and cell.nbgrader]
    return defined((cell.nbgrader.grade_id, cell.source) for cell in cells if not cell.is_question)


@cache
def blanks(assignment: str) -> dict[str, Names]:
    """What the same cells define in the notebook that students are given."""
    notebook = json.loads(COURSE.released_notebook(assignment).read_text(encoding="utf-8"))
    return defined(
        (cell["metadata"]["nbgrader"]["grade_id"], "".join(cell["source"]))
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        and not cell["metadata"].get("nbgrader", {"grade": True})["grade"]
    )


def record(assignment: str, answered: set[str]) -> GradeRecord:
    """The grade of a student who answered some questions rightly and left the others blank.

    A right answer is complete in itself: it calls the reference's functions, not the blank ones.
    """
    right, blank = right_answers(assignment), blanks(assignment)
    assert right.keys() == blank.keys(), "the release is not up to date: run make release"
    questions = COURSE.assignments[assignment].questions
    left_blank = {question.blank for question in questions if question.name not in answered}
    names: Names = {}
    for cell in right:
        names.update(blank[cell] if cell in left_blank else right[cell])
    outcomes = graded(assignment, names)
    return GradeRecord(assignment=assignment, digest="", key="", sandbox="none", outcomes=outcomes)


@pytest.mark.parametrize(
    ("assignment", "examples"),
    [("convolution", 10), ("pooling", 10), ("parameters", 10), ("two_layer_cnn", 3)],
)
def test_the_score_is_the_sum_of_what_was_answered(assignment: str, examples: int) -> None:
    points = {q.name: q.points for q in COURSE.assignments[assignment].questions}

    # A smaller counterexample would say no more, and cost many gradings.
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate])
    @given(answered=st.sets(st.sampled_from(list(points))))
    def holds(answered: set[str]) -> None:
        right = {name for name in answered if NEEDS.get(name, set()) <= answered}
        actual = record(assignment, answered)
        scores = {name: actual.score(name) for name in points}
        assert scores == {name: points[name] if name in right else 0.0 for name in points}
        assert actual.total() == sum(points[name] for name in right)
        assert {name: actual.max_score(name) for name in points} == points
        passed = {name for name in points if actual.status(name) is Status.PASSED}
        blank = {name for name in points if actual.status(name) is Status.NOT_ATTEMPTED}
        assert (passed, blank) == (right, points.keys() - right)

    holds()
