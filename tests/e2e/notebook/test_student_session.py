"""A student's session in JupyterLab: all five notebooks, one after the other, with wrong answers."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, expect

from autograder.course.course import find_course
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.submissions.submission import read_submission
from tests.support import browser
from tests.support.lab import Student, jupyterlab
from tests.support.make_students import STUDENTS
from tests.support.readme_pictures import WRONG_ANSWER

pytestmark = pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.MISSING)
COURSE = find_course(Path(__file__).parent)
# Answers whose check or demonstration trains a network for long; they stay blank.
LONG = {"train", "rung-a", "rung-b", "rung-c", "rung-d", "rung-e", "own-training", "rung-open"}

WRONG_SIZE = "def conv_output_size(size, kernel):\n    return size - kernel\n"
CRASHING = "def conv_output_size(size, kernel):\n    steps = size - kernle\n    return steps + 1\n"
WRONG_COUNT = """\
def conv_parameters(kernel_size, in_channels, filters, use_bias=True):
    return kernel_size[0] * kernel_size[1] * in_channels * filters
"""
WRONG_RELU = "def relu(maps):\n    return np.abs(maps)\n"
WRONG_EPOCH = "def best_epoch(val_loss):\n    return int(np.argmin(val_loss))\n"


def right_answers(assignment: str) -> dict[str, str]:
    """The right source of each blank, by its cell's id, without those that take LONG."""
    path = STUDENTS / "ada-all-right" / assignment / f"{assignment}.ipynb"
    cells = {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}
    questions = COURSE.assignments[assignment].questions
    return {each.blank: cells[each.blank] for each in questions if each.name not in LONG}


def test_a_student_works_through_all_notebooks(chromium: Browser, tmp_path: Path) -> None:
    directory, home = tmp_path / "kim", tmp_path / "home"
    home.mkdir()
    for name in COURSE.assignments:
        (directory / name).mkdir(parents=True)
        shutil.copy(COURSE.released_notebook(name), directory / name)
    with jupyterlab(directory, home) as url, chromium.new_context() as context:
        student = Student(context.new_page(), url, directory, "convolution/convolution.ipynb")
        convolution(student)
        student.follow("pooling", "pooling/pooling.ipynb")
        pooling(student)
        student.follow("parameters", "parameters/parameters.ipynb")
        parameters(student)
        student.follow("two_layer_cnn", "two_layer_cnn/two_layer_cnn.ipynb")
        two_layer_cnn(student)
        student.follow("fashion_ladder", "fashion_ladder/fashion_ladder.ipynb")
        fashion_ladder(student)
        assert student.errors == []
    submission = read_submission(directory / "convolution", "convolution", COURSE)
    record = grade(submission, COURSE)
    assert submission.problems == []
    assert {record.status(name) for name in record.questions()} == {Status.PASSED}


def convolution(student: Student) -> None:
    begin(student, "convolution")
    output = answer(student, "window", WRONG_SIZE)
    expect(output).to_contain_text("window: not right yet")
    expect(output).to_contain_text("called conv_output_size(")
    expect(output).to_contain_text("You are one short.")
    picture = output.get_by_role("img", name="Where the window stands: A window of 3 begins at")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 300")
    expect(output).to_contain_text("0 of 8 questions pass the tests here so far.")
    output = answer(student, "window", CRASHING)
    expect(output).to_contain_text("your code stopped with an error")
    expect(output).to_contain_text("steps = size - kernle")
    output = answer(student, "window", right_answers("convolution")["window-solution"])
    expect(output).to_contain_text("window: passes the test here")
    expect(output).not_to_contain_text("one short")
    expect(output).to_contain_text(
        "1 of 8 questions pass the tests here so far. Still open: stride,"
    )
    finish(student, "convolution", "All 8 questions of this notebook pass the tests here")
    a_slider_moves_the_window(student)
    student.save("size - kernel + 1")


def a_slider_moves_the_window(student: Student) -> None:
    output = student.try_out("figures.convolution_step(np.eye(4), np.ones((2, 2)), (1, 2))")
    picture = output.get_by_role("img")
    expect(picture).to_have_accessible_name(re.compile("row 1 and column 2 of the image"))
    output.get_by_role("slider").press("ArrowRight")
    expect(picture).to_have_accessible_name(re.compile("row 2 and column 0 of the image"))
    field = output.get_by_role("spinbutton", name="position")
    expect(field).to_have_value("6")
    field.press("ArrowDown")
    expect(picture).to_have_accessible_name(re.compile("row 1 and column 2 of the image"))


def pooling(student: Student) -> None:
    begin(student, "pooling")
    student.write("pool-size-solution", right_answers("pooling")["pool-size-solution"])
    student.run("pool-size-solution")
    output = answer(student, "max-pool", WRONG_ANSWER)
    expect(output).to_contain_text("All channels have the same numbers: you pooled them together.")
    expect(output.get_by_role("img").first).to_be_visible()
    finish(student, "pooling", "All 5 questions of this notebook pass the tests here")


def parameters(student: Student) -> None:
    begin(student, "parameters")
    output = answer(student, "conv-parameters", WRONG_COUNT)
    expect(output).to_contain_text("The biases are missing: each filter has one.")
    finish(student, "parameters", "All 5 questions of this notebook pass the tests here")


def two_layer_cnn(student: Student) -> None:
    begin(student, "two_layer_cnn")
    output = answer(student, "relu", WRONG_RELU)
    expect(output).to_contain_text("Negative numbers have become positive.")
    finish(
        student, "two_layer_cnn", "7 of 8 questions pass the tests here so far. Still open: train."
    )


def fashion_ladder(student: Student) -> None:
    begin(student, "fashion_ladder")
    output = answer(student, "best-epoch", WRONG_EPOCH)
    expect(output).to_contain_text("You counted the epochs from 0.")
    finish(
        student,
        "fashion_ladder",
        "5 of 12 questions pass the tests here so far. Still open: rung-a,",
    )


def begin(student: Student, assignment: str) -> None:
    """Run the blank notebook from the top: nothing stops it, and each check says what is open."""
    student.run_all()
    for question in COURSE.assignments[assignment].questions:
        output = student.cell(question.name).locator(".jp-OutputArea")
        expect(output).to_contain_text(f"{question.name}: not attempted")
    nothing_stopped(student)


def answer(student: Student, question: str, source: str) -> Locator:
    """Write an answer, run it, and run its check; what that shows."""
    student.write(f"{question}-solution", source)
    student.run(f"{question}-solution")
    return student.run(question)


def finish(student: Student, assignment: str, overview: str) -> None:
    """Take a hint, answer all that is quick to check, run all, and look at the overview."""
    questions = {each.blank: each.name for each in COURSE.assignments[assignment].questions}
    answers = right_answers(assignment)
    last = questions[list(answers)[-1]]
    expect(student.try_out(f'hint("{last}")').get_by_role("listitem")).to_have_count(1)
    for blank, source in answers.items():
        student.write(blank, source)
    student.run_all()
    for blank in answers:
        output = student.cell(questions[blank]).locator(".jp-OutputArea")
        expect(output).to_contain_text(re.compile(f"✓ {questions[blank]}: (passes|right)"))
    nothing_stopped(student)
    output = student.try_out("check()")
    expect(output.get_by_role("row")).to_have_count(len(questions) + 1)
    expect(output).to_contain_text(overview)


def nothing_stopped(student: Student) -> None:
    """No cell shows an error, and each picture is there and says what it shows."""
    outputs = student.panel.locator(".jp-OutputArea")
    assert (
        outputs.locator("[data-mime-type*=error], [data-mime-type*=stderr]").all_inner_texts() == []
    )
    pictures = outputs.locator("img").evaluate_all(
        "images => images.map(image => [image.alt, image.complete && image.naturalWidth > 100])"
    )
    assert pictures
    assert [picture for picture in pictures if not picture[0] or not picture[1]] == []
