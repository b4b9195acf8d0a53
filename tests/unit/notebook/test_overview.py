"""check() without a question: which notebook this is, and its questions in order."""

from pathlib import Path

import pytest

from autograder.course.course import find_course
from autograder.notebook import check
from autograder.notebook.check_result import NotRight
from autograder.notebook.overview import assignment_here
from autograder.notebook.visible_graders import questions_of, visible_graders

COURSE = find_course(Path(__file__).parent)
QUESTIONS = {"convolution": ["window", "stride"], "pooling": ["max-pool", "seven"]}


@pytest.fixture(autouse=True)
def _no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def test_a_checked_question_tells() -> None:
    assert assignment_here(QUESTIONS, ["seven"], [], {}) == "pooling"


@pytest.mark.parametrize(
    "call", ['check("stride")', "  check( 'stride' )", 'x = 1\ncheck("stride")']
)
def test_a_cell_that_was_run_tells(call: str) -> None:
    assert assignment_here(QUESTIONS, [], ["import numpy", call], {}) == "convolution"


def test_jupyters_name_of_the_notebook_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "/home/x/week 2/pooling.ipynb")
    assert assignment_here(QUESTIONS, [], ['check("no such question")'], {}) == "pooling"


def test_vs_codes_name_of_the_notebook_tells() -> None:
    names = {"__vsc_ipynb_file__": "/home/x/convolution.ipynb"}
    assert assignment_here(QUESTIONS, [], [], names) == "convolution"


def test_nothing_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "/home/x/Untitled.ipynb")
    assert assignment_here(QUESTIONS, [], ["check(question)"], {"__vsc_ipynb_file__": 7}) is None


@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_the_questions_stand_in_the_order_of_the_notebook(assignment: str) -> None:
    """check() lists what is still open, and what an answer may build on comes before it."""
    in_notebook = [question.name for question in COURSE.assignments[assignment].questions]
    assert questions_of(assignment) == in_notebook


def test_a_course_without_tests_is_said_to_have_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "autograder" / "graders"
    directory.mkdir(parents=True)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(tmp_path))
    visible_graders.cache_clear()
    try:
        monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
        with pytest.raises(NotRight):
            check.check("window")
        monkeypatch.delenv("NBGRADER_EXECUTION")
        said = {repr(ask(*name)) for ask in (check.check, check.hint) for name in ((), ("window",))}
    finally:
        visible_graders.cache_clear()
    assert said == {f"There are no tests in {directory}."}
