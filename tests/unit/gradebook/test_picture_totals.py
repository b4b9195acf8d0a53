"""All pictures of a page together are bounded: how many, how large, how many pixels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder._util.images import (
    MAX_PAGE_CHARACTERS,
    MAX_PAGE_PIXELS,
    MAX_PICTURES,
    MAX_PIXELS,
    PictureBudget,
)
from autograder.course.course import find_course
from autograder.gradebook.feedback_cells import fill_in
from autograder.gradebook.safe_markdown import markdown2html
from autograder.results.outcome import Status, TestOutcome
from autograder.results.pictures import Windows
from autograder.results.record import GradeRecord
from autograder.sandbox.host.outputs import OutputBudget
from tests.support.pictures import picture_output, png_of

COURSE = find_course(Path(__file__).parent)
SMALL = png_of(3, 2)
LARGE = png_of(5_000, MAX_PIXELS // 5_000)
FITTING = {SMALL: MAX_PICTURES, LARGE: MAX_PAGE_PIXELS // MAX_PIXELS}


@pytest.fixture(params=[SMALL, LARGE], ids=["many", "large"])
def png(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_budget_takes_no_more_than_a_page_may_show(png: str) -> None:
    budget = PictureBudget()
    taken = [budget.takes("image/png", png) for _ in range(300)]
    assert taken == [True] * FITTING[png] + [False] * (300 - FITTING[png])
    assert budget.omitted == 300 - FITTING[png]


def test_a_budget_counts_characters() -> None:
    long = SMALL + "\n" * (MAX_PAGE_CHARACTERS // 2)
    budget = PictureBudget()
    assert [budget.takes("image/png", long) for _ in range(3)] == [True, False, False]
    assert budget.takes("image/png", SMALL)


def pictures_in(cells: list[list[dict[str, Any]]]) -> int:
    return sum("image/png" in output.get("data", {}) for cell in cells for output in cell)


def texts_in(cells: list[list[dict[str, Any]]]) -> list[str]:
    return [output["text"] for cell in cells for output in cell if "text" in output]


def test_a_record_holds_the_pictures_of_one_page(png: str) -> None:
    """However many cells they come from; one line a cell says how many it lost."""
    printed = {"output_type": "stream", "name": "stdout", "text": "printed"}
    budget = OutputBudget(10**9)
    cells = [budget.fit(str(n), [picture_output(png)] * 50 + [printed]) for n in range(10)]
    assert pictures_in(cells) == FITTING[png]
    assert texts_in(cells).count("printed") == 10
    lines = [line for line in texts_in(cells) if "left out here" in line]
    assert sum(int(line.split()[0][1:]) for line in lines) == 500 - FITTING[png]
    assert cells[-1] == [{**printed, "text": lines[-1]}, printed]


def page(outputs: dict[str, list[dict[str, Any]]], outcomes: list[TestOutcome]) -> list[Any]:
    """The outputs of each code cell of a page: the last is the grade cell of `stride`."""
    grade = {"nbgrader": {"grade": True, "grade_id": "stride", "points": 1}}
    notebook = new_notebook(
        cells=[*(new_code_cell(id=name) for name in outputs), new_code_cell(metadata=grade)]
    )
    record = GradeRecord(
        assignment="convolution",
        digest="",
        key="",
        sandbox="bwrap",
        outcomes=outcomes,
        outputs=outputs,
    )
    fill_in(notebook, record, [], COURSE)
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def outcome(pictures: int) -> TestOutcome:
    return TestOutcome(
        question="stride",
        title="Windows.",
        status=Status.FAILED,
        points=0,
        max_points=1,
        message="wrong",
        pictures=(Windows("windows", 3, 2, 1, (0, 0), "two windows"),) * pictures,
    )


def test_a_page_shows_those_of_tests_first_and_the_students_as_far_as_they_fit() -> None:
    outputs = {
        name: [picture_output(SMALL)] * 60 for name in "ab"
    }  # of a record of another version
    cells = page(outputs, [outcome(2)])
    assert [pictures_in([cell]) for cell in cells] == [60, MAX_PICTURES - 62, 2]
    (line,) = texts_in(cells)
    assert line.startswith("[22 pictures left out here")


def test_what_tests_would_show_is_told_where_it_does_not_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("autograder._util.images.MAX_PICTURES", 1)
    outputs = page({}, [outcome(2)])[0]
    first, second = (output for output in outputs if "text/html" not in output["data"])
    assert "wrong" in "".join(output["data"].get("text/html", "") for output in outputs)
    assert pictures_in([[first, second]]) == 1
    assert "left out here" in second["data"]["text/plain"]
    assert "two windows" in second["data"]["text/plain"]


@pytest.mark.parametrize("way", ["attached", "in the text"])
def test_pictures_of_markdown_cells_count_too(png: str, way: str) -> None:
    resources: dict[str, Any] = {}
    drawn = new_code_cell(outputs=[picture_output(png)])
    notebook = new_notebook(cells=[drawn])
    pages = []
    for _ in range(12):
        cell = new_markdown_cell("")
        if way == "attached":
            cell.attachments = {"a.png": {"image/png": png}}
        source = (
            "![a](attachment:a.png)" if way == "attached" else f"![a](data:image/png;base64,{png})"
        )
        context = {"cell": cell, "nb": notebook, "resources": resources}
        pages.append(markdown2html(context, f"{source}\n\n" * 10))
    assert sum(text.count("src=") for text in pages) == FITTING[png] - 1
    assert pages[-1].count("10 pictures left out here") == 1
