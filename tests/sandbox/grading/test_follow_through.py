"""Carried errors: a wrong answer costs its own question, not those that build on it."""

from pathlib import Path
from typing import Any

import pytest

from autograder.authoring.release import build
from autograder.authoring.validate import filled_in
from autograder.course.course import find_course
from autograder.feedback.render import question_text
from autograder.grading import follow_through
from autograder.grading import grade as grade_module
from autograder.grading.grade import grade
from autograder.grading.reached_functions import may_call
from autograder.grading.second_try import try_again
from autograder.results.outcome import Status
from autograder.results.record import GradeRecord
from autograder.submissions.submission import read_submission
from tests.bench.classes import copy_course, hand_in
from tests.support.small_course import answered

COURSE = find_course(Path(__file__).parent)


@pytest.fixture(scope="module")
def notebooks() -> Any:
    return {name: filled_in(built.release, built.source) for name, built in build(COURSE).items()}


def graded(
    directory: Path, notebooks: dict[str, bytes], assignment: str, **cells: str
) -> GradeRecord:
    """The grade of the solution with other sources in the blanks of some questions."""
    answers = {question.replace("_", "-"): source for question, source in cells.items()}
    folder = directory / "somebody" / assignment
    folder.mkdir(parents=True)
    (folder / f"{assignment}.ipynb").write_text(answered(notebooks[assignment], answers))
    return grade(read_submission(folder, assignment, COURSE), COURSE)


def states(record: GradeRecord) -> dict[str, Status]:
    return {name: record.status(name) for name in record.questions()}


def carried(record: GradeRecord) -> dict[str, set[str]]:
    """Questions with substituted functions, and which."""
    return {o.question: set(o.carried) for o in record.outcomes if o.carried}


ONE_SHORT = (
    "def pool_output_size(size, pool, stride=None):\n    return (size - pool) // (stride or pool)"
)


def test_only_the_wrong_question_loses_points(notebooks: dict[str, bytes], tmp_path: Path) -> None:
    record = graded(tmp_path, notebooks, "pooling", pool_size=ONE_SHORT)
    others = [name for name in record.questions() if name != "pool-size"]
    assert record.status("pool-size") is Status.FAILED
    assert {name: record.status(name) for name in others} == dict.fromkeys(others, Status.PASSED)
    substituted = {"pool_output_size"}
    # "seven" is a variable: its cell was run again, with the two functions that failed as well.
    pooled = {"max_pool", "average_pool"}
    assert carried(record) == {
        "max-pool": substituted,
        "average-pool": substituted,
        "pool-shape": substituted,
        "seven": pooled,
    }
    text = question_text("max-pool", record.outcomes_of("max-pool"))
    assert "tried with our pool_output_size in place of yours, which is not right" in text


def test_a_blank_that_others_build_on_is_lent_too(
    notebooks: dict[str, bytes], tmp_path: Path
) -> None:
    blank = "def pool_output_size(size, pool, stride=None):\n    raise NotImplementedError()"
    record = graded(tmp_path, notebooks, "pooling", pool_size=blank)
    assert record.status("pool-size") is Status.NOT_ATTEMPTED
    assert record.status("pool-shape") is Status.PASSED


def test_a_mistake_of_its_own_still_counts_and_is_what_is_told(
    notebooks: dict[str, bytes], tmp_path: Path
) -> None:
    shape = (
        "def pool_output_shape(input_shape, pool_size, strides=None):\n"
        "    size = pool_output_size(input_shape[0], pool_size[0])\n"
        "    return (size, size, 1)\n"
    )
    record = graded(tmp_path, notebooks, "pooling", pool_size=ONE_SHORT, pool_shape=shape)
    assert record.status("pool-shape") is Status.FAILED
    assert record.score("pool-shape") == 0
    message = record.outcomes_of("pool-shape")[0].message
    assert "returned (12, 12, 1)" in message  # 11 with the function as it was
    assert carried(record)["pool-shape"] == {"pool_output_size"}


def test_a_model_is_lent_as_data_and_built_in_the_sandbox(
    notebooks: dict[str, bytes], tmp_path: Path
) -> None:
    small = (
        "def build_basic():\n"
        "    return keras.Sequential([keras.Input(shape=(28, 28, 1)),\n"
        "        keras.layers.Conv2D(16, (5, 5), activation='relu'),\n"
        "        keras.layers.MaxPooling2D((2, 2))])\n"
    )
    record = graded(tmp_path, notebooks, "two_layer_cnn", basic=small)
    right = {name: state for name, state in states(record).items() if name != "basic"}
    assert record.status("basic") is Status.FAILED
    assert set(right.values()) == {Status.PASSED}
    assert "build_basic" in carried(record)["stack"]
    assert "build_stack" not in carried(record)["stack"]


def test_a_compiled_model_is_made_outside_of_what_comes_before(
    notebooks: dict[str, bytes], tmp_path: Path
) -> None:
    blank = "def compile_model(model):\n    raise NotImplementedError()"
    record = graded(tmp_path, notebooks, "two_layer_cnn", compile=blank)
    assert record.status("compile") is Status.NOT_ATTEMPTED
    assert record.status("train") is Status.PASSED
    assert carried(record) == {"train": {"compile_model"}}


def test_a_blank_assignment_stays_not_attempted(tmp_path: Path) -> None:
    for name, built in build(COURSE).items():
        record = graded(tmp_path, {name: built.release}, name)
        assert set(states(record).values()) == {Status.NOT_ATTEMPTED}, name


def test_nothing_is_tried_again_where_all_is_right(
    notebooks: dict[str, bytes], tmp_path: Path
) -> None:
    record = graded(tmp_path, notebooks, "parameters")
    assert carried(record) == {}
    assert set(states(record).values()) == {Status.PASSED}


@pytest.mark.parametrize("assignment", ["convolution", "pooling", "parameters", "two_layer_cnn"])
def test_who_cannot_call_a_substitute_is_graded_as_if_it_were_there(
    assignment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not tested again would have had the outcomes of the first try."""
    records, retested = [], []

    def counted(*arguments: Any) -> tuple[Any, Any]:
        retested.append(set(arguments[1]))
        return try_again(*arguments)

    monkeypatch.setattr(grade_module, "try_again", counted)
    for way in ("all", "those that may"):
        root = copy_course(COURSE, tmp_path / way)
        hand_in(root, COURSE, assignment, 1, "wrong")
        course = find_course(root)
        course.cache.mkdir()
        if way == "all":
            monkeypatch.setattr(follow_through, "may_call", lambda *_: True)
        else:
            monkeypatch.setattr(follow_through, "may_call", may_call)
        folder = root / "submitted" / "student0000" / assignment
        records.append(grade(read_submission(folder, assignment, course), course))
    assert records[0].outcomes == records[1].outcomes
    assert retested[1] < retested[0]
