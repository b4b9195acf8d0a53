"""Written questions in solution files and graders: what is read, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.checks import check_course
from autograder.authoring.translatable_texts import assignment_messages
from autograder.authoring.translated_cells import texts
from autograder.classroom.similarity import _blanks
from autograder.course.course import find_course
from autograder.course.grader_source import read_grader
from autograder.course.solution_file import AuthoringError, read_cells
from tests.support.small_course import edit, line_of
from tests.support.written_course import make_written_course


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_written_course(tmp_path)


def defect(root: Path) -> str:
    """The first defect of the assignment, or "" for none."""
    try:
        course = find_course(root)
        cells = {"sums": read_cells(course.solutions / "sums.py", "solutions/sums.py")}
        return str(check_course(course, cells).get("sums", ""))
    except AuthoringError as error:
        return str(error)


def test_they_are_questions_that_a_person_grades(root: Path) -> None:
    assignment = find_course(root).assignments["sums"]
    assert [question.name for question in assignment.checked] == ["add"]
    assert [(question.name, question.points) for question in assignment.written] == [
        ("why", 3),
        ("explore", 2),
    ]
    assert [question.blank for question in assignment.questions] == [
        "add-solution",
        "why",
        "explore",
    ]
    assert assignment.points == 6
    assert defect(root) == ""


def test_a_rubric_says_what_gives_points(root: Path) -> None:
    grader = read_grader(root / "autograder/graders/sums.py", "sums.py")
    assert grader.rubrics["why"] == ((2.0, "Names commutativity."), (1.0, "Gives an example."))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"points": 3', '"points": 0', "solutions/sums.py:{why}: nbgrader metadata: points 0"),
        ('"points": 3', '"points": 4', "is worth 4 points, its rubric adds up to 3"),
        ('"grade_id": "why"', '"grade_id": "why-solution"', "'why-solution' is the name of a blank"),
        ('"solution": true, "task": false}\n# Add', '"solution": true, "task": true}\n# Add', "role"),
        ("### END MARK SCHEME", "### end", "BEGIN MARK SCHEME without END MARK SCHEME"),
        ("# Addition", "# ### BEGIN MARK SCHEME\n# x", "out of task cells alone"),
        ("# %% [markdown] nbgrader={\"grade\": true", "# %% nbgrader={\"grade\": true", "Markdown"),
    ],
)  # fmt: skip
def test_a_faulty_cell_is_refused(root: Path, old: str, new: str, message: str) -> None:
    solution = root / "solutions/sums.py"
    edit(solution, old, new)
    expected = message.format(why=line_of(solution, '"grade_id": "why"') if "{" in message else "")
    refusal = defect(root)
    assert refusal.startswith("solutions/sums.py:")
    if expected != "role":
        assert expected in refusal


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('    "why": ((2, "Names commutativity."), (1, "Gives an example.")),\n', "", "has no rubric"),
        ('"why":', '"whi":', "a rubric for 'whi', which is no written question"),
        ("(1, ", "(-1, ", "RUBRICS is not understood"),
        ('"Gives an example."', '" "', "RUBRICS is not understood"),
        ('question("add"', 'question("why"', "grades 'why', which a person grades"),
    ],
)  # fmt: skip
def test_a_faulty_grader_is_refused(root: Path, old: str, new: str, message: str) -> None:
    edit(root / "autograder/graders/sums.py", old, new)
    assert message in defect(root)


def test_a_rubric_stands_in_the_visible_grader(root: Path) -> None:
    hidden = root / "autograder/graders/hidden/sums.py"
    hidden.parent.mkdir()
    hidden.write_text('"""Hidden."""\nRUBRICS = {"why": ((3, "All of it."),)}\n')
    assert "hidden/sums.py:2: RUBRICS in a hidden grader" in defect(root)


def test_a_rubric_is_translated(root: Path) -> None:
    """Its lines go into the assignment's catalog, as they are shown."""
    messages = assignment_messages(find_course(root), "sums")
    assert {"Names commutativity.", "Gives an example.", "Shows a sum that is not exact."} <= set(
        messages
    )


def test_only_code_is_compared_for_similarity() -> None:
    metadata = {"nbgrader": {"solution": True, "grade_id": "q"}}
    cells = [
        new_code_cell("x = 1", metadata=metadata),
        new_markdown_cell("It's", metadata=metadata),
    ]
    assert _blanks(new_notebook(cells=cells)) == "# q\nx = 1\n"


def test_a_task_is_translated_and_a_model_answer_is_not(root: Path) -> None:
    cells = read_cells(root / "solutions/sums.py", "sums.py")
    all_texts = [text for cell in cells for text in texts(cell)]
    assert "**Task.** Add two numbers that fool a float, in cells below this one." in all_texts
    assert "Expect 0.1 and 0.2, or another pair that is not exact." in all_texts
    assert not any("MARK SCHEME" in text or text.startswith("Addition does") for text in all_texts)
