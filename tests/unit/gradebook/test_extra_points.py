"""Extra points on a feedback page: "+4 extra", for "4.0 / 0.0" looks like a mistake."""

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.export.comment_html import comment_html
from autograder.gradebook import feedback_exporter as module
from autograder.gradebook.feedback_exporter import FeedbackExporter
from autograder.gradebook.plain_page import plain_page
from autograder.gradebook.scores import QuestionScore, Score, Student
from autograder.gradebook.worded_points import (
    name_extra_points,
    points_text,
    without_missing_points,
)


def graded(name: str, score: float, points: float) -> NotebookNode:
    """A cell that checks a question, with nbgrader's points."""
    meta = {"grade": True, "grade_id": name, "score": score, "points": points, "locked": True}
    return new_code_cell(f"check('{name}')", metadata={"nbgrader": meta})


def notebook() -> NotebookNode:
    """A notebook with points and with extra points."""
    return new_notebook(cells=[graded("rung-e", 3.0, 4.0), graded("rung-open", 4.0, 0.0)])


def test_the_page_says_that_they_are_extra() -> None:
    exporter = FeedbackExporter(template_name="classic")
    exporter.from_notebook_node(notebook(), {"metadata": {"name": "fashion_ladder"}})
    prepared, _resources = exporter._prepared
    # As nbgrader's template writes them.
    score = "Score: {{ m.score | float | round(2) }} / {{ m.points | float | round(2) }}"
    template = exporter.environment.from_string(score)
    output = [template.render(m=cell.metadata.nbgrader) for cell in prepared.cells]
    assert list(map(without_missing_points, output)) == ["Score: 3.0 / 4.0", "Score: +4 extra"]


def test_the_plain_page_says_it_too() -> None:
    graded_notebook = notebook()
    name_extra_points(graded_notebook)
    page = plain_page(graded_notebook, {"nbgrader": {}}, "", "en", module._PAGE_SECONDS)
    assert "<h2>rung-open (+4 extra)</h2>" in page


def test_what_an_lms_gets_says_it_too() -> None:
    assert (points_text(3.0, 4.0), points_text(4.0, 0.0)) == ("3 / 4", "+4 extra")
    questions = (QuestionScore("rung-open", 4.0, 0.0, waiting=False),)
    score = Score(Student("ada", "", "", "", ""), "fashion_ladder", 4.0, questions=questions)
    # The plus sign as a number: no cell of a spreadsheet begins with it.
    assert comment_html(score, {}) == "<p><strong>rung&#45;open</strong> &#43;4 extra</p>"
