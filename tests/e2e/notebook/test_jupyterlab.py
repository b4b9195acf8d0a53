"""An instructor's session in JupyterLab's formgrader; a student's is in test_student_session.py."""

from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, expect

from autograder.authoring.release import sources
from autograder.gradebook import gradebook
from autograder.gradebook.class_gradebook import database
from autograder.grading.grade import grade
from autograder.submissions.submission import read_submission
from tests.support import browser
from tests.support.lab import PATIENCE, jupyterlab
from tests.support.written_course import hand_in, released_written_course

pytestmark = pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.MISSING)
POINTS = {"add": 0.5, "why": 2.0, "explore": 1.5}  # by hand


def test_what_is_given_in_the_formgrader_outlives_the_next_grading(
    chromium: Browser, tmp_path: Path
) -> None:
    """Points instead of the tests', and points and a comment for an answer that a person grades."""
    course = released_written_course(tmp_path / "course")
    gradebook.register(course, course.root, sources(course))
    wrong = {"add-solution": "def add(a, b):\n    return a * b", "why": "It is commutative."}
    directory = hand_in(course, "ada", wrong, note="0.1 + 0.2")

    def graded() -> None:
        record = grade(read_submission(directory, "sums", course), course)
        gradebook.write(course, course.root, "ada", "sums", record)

    graded()
    url_of = database(course, course.root)
    with Gradebook(url_of, "written") as book:
        submitted = book.find_submission_notebook("sums", "sums", "ada").id
    home = tmp_path / "home"
    home.mkdir()
    with jupyterlab(course.root, home) as url, chromium.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{url}/formgrader/submissions/{submitted}/")
        body = page.locator("body")
        for text in ("called add(1, 2)", "It is commutative.", "2 points: Names commutativity."):
            expect(body).to_contain_text(text)
        expect(page.locator("input#add")).to_have_attribute("placeholder", "0")
        for name, points in (("add", "0.5"), ("why", "2"), ("explore", "1.5")):
            score = page.locator(f"input#{name}")
            with page.expect_response(lambda answer: answer.request.method == "PUT"):
                score.fill(points)
                score.press("Tab")
        comment = page.locator("div.nbgrader_cell", has=page.locator("input#why")).locator(
            "textarea"
        )
        with page.expect_response(lambda answer: answer.request.method == "PUT"):
            comment.fill("Give an example.")
            comment.press("Tab")
    graded()
    with Gradebook(url_of, "written") as book:
        grades = {name: book.find_grade(name, "sums", "sums", "ada") for name in POINTS}
        assert {name: entry.manual_score for name, entry in grades.items()} == POINTS
        assert grades["add"].auto_score == 0.0
        assert not any(entry.needs_manual_grade for entry in grades.values())
        assert book.find_comment("why", "sums", "sums", "ada").comment == "Give an example."
    feedback = gradebook.feedback(course, course.root, "ada", "sums").read_text()
    assert "sums (Score: 4.0 / 6.0)" in feedback
    assert "Give an example." in feedback
