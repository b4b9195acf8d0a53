"""A student's whole session in a real JupyterLab, and an instructor's in its formgrader."""

import re
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, expect

from autograder.authoring.release import sources
from autograder.course.course import find_course
from autograder.gradebook import gradebook
from autograder.gradebook.gradebook import database
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.submissions.submission import read_submission
from tests.support import browser
from tests.support.lab import PATIENCE, Student, jupyterlab
from tests.support.written_course import hand_in, released_written_course

pytestmark = pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.MISSING)
ROOT = Path(__file__).resolve().parents[3]
POINTS = {"add": 0.5, "why": 2.0, "explore": 1.5}  # by hand
BLANK = "def conv_output_size(size, kernel):"
WRONG = "def conv_output_size(size, kernel):\n    return size - kernel\n"
CRASHING = "def conv_output_size(size, kernel):\n    steps = size - kernle\n    return steps + 1\n"
RIGHT = "def conv_output_size(size, kernel):\n    return size - kernel + 1\n"


def test_a_student_works_through_a_question_and_hands_in(chromium: Browser, tmp_path: Path) -> None:
    course = find_course(ROOT)
    directory, home = tmp_path / "kim" / "convolution", tmp_path / "home"
    directory.mkdir(parents=True)
    home.mkdir()
    notebook = directory / "convolution.ipynb"
    shutil.copy(course.released_notebook("convolution"), notebook)
    with jupyterlab(directory, home) as url, chromium.new_context() as context:
        student = Student(context.new_page(), url, notebook.name)
        student.run("from autograder import check")
        shown = student.run('check("window")')
        expect(shown).to_contain_text("window: not attempted")
        student.write(BLANK, WRONG)
        shown = student.run('check("window")')
        expect(shown).to_contain_text("window: not right yet")
        expect(shown).to_contain_text("called conv_output_size(")
        expect(shown).to_contain_text("You are one short.")
        picture = shown.get_by_role("img", name="Where the window stands: A window of 3 begins at")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.complete && image.naturalWidth > 300")
        expect(shown).to_contain_text("0 of 8 questions are right so far.")
        student.write(BLANK, CRASHING)
        shown = student.run('check("window")')
        expect(shown).to_contain_text("your code stopped with an error")
        expect(shown).to_contain_text("steps = size - kernle")
        student.write(BLANK, RIGHT)
        shown = student.run('check("window")')
        expect(shown).to_contain_text("window: passes the test here")
        expect(shown).not_to_contain_text("one short")
        expect(shown).to_contain_text("1 of 8 questions are right so far. Still open: stride,")
        shown = student.run("figures.convolution_step")
        picture = shown.get_by_role("img")
        expect(picture).to_have_accessible_name(re.compile("row 1 and column 2 of the image"))
        shown.get_by_role("slider").press("ArrowRight")
        expect(picture).to_have_accessible_name(re.compile("row 2 and column 0 of the image"))
        expect(shown.get_by_role("spinbutton", name="position")).to_have_value("6")
        shown.get_by_role("spinbutton", name="position").press("ArrowDown")
        expect(picture).to_have_accessible_name(re.compile("row 1 and column 2 of the image"))
        student.save(notebook, "size - kernel + 1")
    submission = read_submission(directory, "convolution", course)
    record = grade(submission, course)
    assert submission.problems == []
    assert record.status("window") is Status.PASSED
    assert {record.status(name) for name in record.questions()} == {
        Status.PASSED,
        Status.NOT_ATTEMPTED,
    }


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
        assert {name: one.manual_score for name, one in grades.items()} == POINTS
        assert grades["add"].auto_score == 0.0
        assert not any(one.needs_manual_grade for one in grades.values())
        assert book.find_comment("why", "sums", "sums", "ada").comment == "Give an example."
    feedback = gradebook.feedback(course, course.root, "ada", "sums").read_text()
    assert "sums (Score: 4.0 / 6.0)" in feedback
    assert "Give an example." in feedback
