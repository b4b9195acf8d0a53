"""A function that used up its time limit is not called again by the tests of later questions."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.authoring.release import build
from autograder.authoring.validate import filled_in
from autograder.course.course import Course, find_course
from autograder.course.settings import TimeLimits
from autograder.grading import grade as grade_module
from autograder.grading.grade import grade
from autograder.grading.sandboxed_student import SandboxedStudent
from autograder.results.outcome import Status
from autograder.results.record import GradeRecord
from autograder.submissions.submission import read_submission
from tests.support.small_course import answered

COURSE = find_course(Path(__file__).parent)
SECONDS = 2.0  # of processor time, in place of 10
ENDLESS = "def conv_output_size(size, kernel):\n    while True:\n        pass\n"
SHARED = (
    "def shared_parameters(kernel_size, in_channels=1):\n"
    "    return kernel_size[0] * kernel_size[1] * in_channels + 1\n"
)
UNSHARED = (
    "def unshared_weights(input_shape, kernel_size):\n"
    "    (height, width, channels), (high, wide) = input_shape, kernel_size\n"
)
BY_THE_ENDLESS = (
    "    positions = conv_output_size(height, high) * conv_output_size(width, wide)\n"
    "    return positions * high * wide * channels\n"
)
BY_ITSELF = (
    "    if height < 0:\n        return conv_output_size(height, high)\n"
    "    return (height - high + 1) * (width - wide + 1) * high * wide * channels\n"
)
WRONG = BY_THE_ENDLESS.replace(" * channels", "")


@pytest.fixture(scope="module")
def solved() -> str:
    built = build(COURSE)["convolution"]
    return filled_in(built.release, built.source)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    limits = {"convolution": TimeLimits(call_seconds=SECONDS)}
    config = msgspec.structs.replace(COURSE.config, assignment_limits=limits)
    cache = tmp_path / "cache"
    cache.mkdir()
    return replace(COURSE, config=config, other_cache=cache)


@pytest.fixture
def used_up(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Function -> how often its calls used up the time limit."""
    counts = Counter[str]()
    end = SandboxedStudent._end

    def counted(student: SandboxedStudent, name: str, message: str) -> Any:
        counts[name] += 1
        return end(student, name, message)

    monkeypatch.setattr(SandboxedStudent, "_end", counted)
    return counts


def graded(directory: Path, solved: str, course: Course, unshared: str) -> GradeRecord:
    answers = {"window": ENDLESS, "sharing": SHARED + "\n\n" + UNSHARED + unshared}
    folder = directory / "somebody" / "convolution"
    folder.mkdir(parents=True)
    (folder / "convolution.ipynb").write_text(answered(solved, answers))
    return grade(read_submission(folder, "convolution", course), course)


def test_an_endless_function_uses_up_the_limit_once(
    solved: str, course: Course, used_up: Counter[str], tmp_path: Path
) -> None:
    record = graded(tmp_path, solved, course, BY_THE_ENDLESS)
    assert used_up == {"conv_output_size": 1}
    assert record.status("window") is Status.CRASHED
    others = [name for name in record.questions() if name != "window"]
    assert {record.status(name) for name in others} == {Status.PASSED}
    assert {o.carried for o in record.outcomes_of("sharing")} == {(), ("conv_output_size",)}


@pytest.mark.parametrize("unshared", [BY_THE_ENDLESS, BY_ITSELF, WRONG, "    return None\n"])
def test_points_are_those_of_a_grading_that_tests_each_question_first(
    solved: str, course: Course, unshared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = graded(tmp_path / "postponed", solved, course, unshared)
    monkeypatch.setattr(grade_module, "to_postpone", lambda *_: False)
    # Another cache, or this would be the cached record.
    apart = replace(course, other_cache=tmp_path / "other")
    (tmp_path / "other").mkdir()
    tested = graded(tmp_path / "tested", solved, apart, unshared)
    points = [(o.question, o.title, o.points, o.status) for o in record.outcomes]
    assert points == [(o.question, o.title, o.points, o.status) for o in tested.outcomes]


def test_a_mistake_of_its_own_is_told(solved: str, course: Course, tmp_path: Path) -> None:
    record = graded(tmp_path, solved, course, WRONG)
    assert record.status("sharing") is Status.FAILED
    messages = [o.message for o in record.outcomes_of("sharing") if o.status is Status.FAILED]
    assert any("returned 18\nexpected 90" in message for message in messages), messages


def test_who_does_not_call_it_after_all_passes_without_a_substitute(
    solved: str, course: Course, tmp_path: Path
) -> None:
    record = graded(tmp_path, solved, course, BY_ITSELF)
    assert record.status("sharing") is Status.PASSED
    assert {o.carried for o in record.outcomes_of("sharing")} == {()}
