"""A substitute is answered alike in every thread, in bounded time, and a fault of ours is ours."""

from __future__ import annotations

import resource
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.authoring.release import build, release
from autograder.authoring.validate import filled_in
from autograder.course.course import Course, find_course
from autograder.grading import reference_provider
from autograder.grading.grade import grade
from autograder.grading.reference_provider import ReferenceProvider, SubstituteFailed
from autograder.results.outcome import Status
from autograder.results.record import GradeRecord
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.substitutes import Substitution
from autograder.submissions.submission import read_submission
from tests.support.small_course import answered, edit, make_course

KIT = find_course(Path(__file__).parent)
EARLIER = frozenset({"padded_output_size", "same_padding", "zero_pad", "convolve"})


def request_frame(name: str, *args: object) -> tuple[dict[str, Any], list[bytes]]:
    """A frame as a sandbox sends it."""
    blobs: list[bytes] = []
    return {"ask": name, "arguments": values.encode([list(args), {}], blobs)}, blobs


def handed_in(folder: Path, course: Course, assignment: str, **cells: str) -> Path:
    """The solved notebook with other sources in the blanks of some questions; its directory."""
    built = build(course)[assignment]
    folder.mkdir(parents=True)
    solved = filled_in(built.release, built.source)
    answers = {question.replace("_", "-"): source for question, source in cells.items()}
    (folder / f"{assignment}.ipynb").write_text(answered(solved, answers))
    return folder


def graded(folder: Path, course: Course, assignment: str, cache: Path) -> GradeRecord:
    """The record, which `cache` keeps, without the time that it took."""
    cache.mkdir()
    course = replace(course, other_cache=cache)
    record = grade(read_submission(folder, assignment, course), course)
    return msgspec.structs.replace(record, seconds=0.0)


def state_of_process() -> tuple[object, ...]:
    """The limits and signal handlers that a process has only once."""
    kinds = [getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")]
    handlers = [signal.getsignal(number) for number in signal.valid_signals()]
    return [resource.getrlimit(kind) for kind in kinds], handlers, signal.getitimer(0)


def test_a_thread_gives_the_same_record_and_changes_nothing_of_the_process(tmp_path: Path) -> None:
    short = "def conv_output_size(size, kernel):\n    return size - kernel"
    folder = handed_in(tmp_path / "ada" / "convolution", KIT, "convolution", window=short)
    here = graded(folder, KIT, "convolution", tmp_path / "here")
    before, records = state_of_process(), list[GradeRecord]()

    def work() -> None:
        records.append(graded(folder, KIT, "convolution", tmp_path / "there"))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert state_of_process() == before
    assert records == [here]
    assert here.status("window") is Status.FAILED
    assert here.status("sharing") is Status.PASSED  # by a substitute


@pytest.fixture
def provider() -> ReferenceProvider:
    provider = ReferenceProvider(
        KIT, KIT.assignments["convolution"], Substitution(EARLIER, "blank", EARLIER)
    )
    provider.begin_test()
    return provider


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("zero_pad", (np.ones((2, 2, 1)), 10**12, 0, 0, 0)),
        ("zero_pad", (np.ones((2, 2, 1)), 10**4, 10**4, 10**4, 10**4)),
        ("zero_pad", (np.ones((2, 2, 1)), -5, 10**300, 0, 0)),
        ("convolve", (np.ones((300, 300, 1)), np.ones((1, 1, 1, 1)), np.ones(1), (0, 0))),
        ("same_padding", ("x" * 100_000, 3, 1)),
        ("same_padding", (5,)),
        ("padded_output_size", (5, 10**9, 0, "valid")),
    ],
    ids=["memory", "a large answer", "a huge integer", "endless", "text", "too few", "no stride"],
)
def test_hostile_arguments_are_refused(
    provider: ReferenceProvider, name: str, args: tuple[Any, ...]
) -> None:
    before = state_of_process()
    answer, blobs = provider.answer(*request_frame(name, *args))
    assert set(answer) == {"refused"}
    assert blobs == []
    assert state_of_process() == before
    answer, _ = provider.answer(*request_frame("same_padding", 6, 3, 2))  # and the next is answered
    assert values.decode(answer["value"], []) == (0, 1)


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (request_frame("conv_output_size", 5, 3), "no such function"),
        (request_frame("__class__"), "no such function"),
        (({"ask": ["same_padding"]}, []), "no such function"),
        (({}, []), "no such function"),
        (request_frame("zero_pad", np.zeros(200_000)), "only smaller arrays"),
        (request_frame("zero_pad", object()), "does not come out"),
        (({"ask": "zero_pad", "arguments": {"$model": {}}}, []), "raised ValueRefused"),
        (({"ask": "zero_pad", "arguments": [[], 3]}, []), "raised AttributeError"),
        (({"ask": "zero_pad"}, []), "raised"),
        (({"ask": "zero_pad", "arguments": [[1e999], {"$dict": []}]}, []), "raised ValueError"),
    ],
)
def test_what_comes_out_of_a_sandbox_is_not_believed(
    provider: ReferenceProvider, frame: tuple[dict[str, Any], list[bytes]], message: str
) -> None:
    answer, blobs = provider.answer(*frame)
    assert message in answer["refused"]
    assert blobs == []


@pytest.mark.parametrize("argument", [object(), np.zeros(200_000)], ids=["object", "large"])
def test_a_call_that_cannot_be_answered_is_not_counted(
    provider: ReferenceProvider, argument: object
) -> None:
    with provider.during([7]) as note:
        provider.answer(*request_frame("same_padding", 6, 3, 2))
        note(1)
    assert provider.used == ("same_padding",)
    provider.answer(*request_frame("zero_pad", argument))
    assert provider.used == ()


@pytest.mark.parametrize(
    ("arguments", "returned", "counts"),
    [
        ((6, 3, 2), (0, 1), False),  # passed on as it came
        ((6, 3, 2, "same"), (0, 1), False),  # with an argument left out
        ((6, 2, 3), (0, 1), True),  # with arguments exchanged: to know that is work
        ((5, 3, 2), (0, 1), True),  # asked for something else than was asked
        ((6, 3, 2), (0, 2), True),  # made something else of it
    ],
)
def test_an_answer_that_is_passed_on_shows_no_work(
    provider: ReferenceProvider, arguments: tuple[object, ...], returned: object, counts: bool
) -> None:
    with provider.during(arguments) as note:
        provider.answer(*request_frame("same_padding", 6, 3, 2))
        note(returned)
    assert provider.used == (("same_padding",) if counts else ())


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """The small course, whose `double` builds on `add`."""
    root = make_course(tmp_path / "course")
    edit(root / "solutions/alpha.py", "    return 2 * a\n", "    return add(a, 0) + a\n")
    release(find_course(root))
    yield root
    reference_provider._helper.close()


WRONG = "def add(a, b):\n    return 0"


def test_a_function_that_does_not_come_back_is_given_up(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(small / "solutions/alpha.py", "    return a + b\n", "    import time; time.sleep(a)\n")
    monkeypatch.setattr(reference_provider, "_CALL_SECONDS", 2.0)
    course = find_course(small)
    provider = ReferenceProvider(
        course, course.assignments["alpha"], Substitution(frozenset({"add"}), "")
    )
    provider.begin_test()
    answer, _ = provider.answer(
        *request_frame("add", 10**6, 1)
    )  # asleep it takes no processor time
    assert "took too long" in answer["refused"]
    answer, _ = provider.answer(*request_frame("add", 0, 1))
    assert answer == {"value": None}
    assert provider.used == ()


def test_a_function_that_is_not_to_be_interrupted_is_given_up_by_processor_time(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C code that runs for long hears of no signal."""
    edit(small / "solutions/alpha.py", "    return a + b\n", "    return sum(range(a)) * 0 + b\n")
    monkeypatch.setattr(reference_provider, "_CALL_SECONDS", 1.0)
    course = find_course(small)
    provider = ReferenceProvider(
        course, course.assignments["alpha"], Substitution(frozenset({"add"}), "")
    )
    monkeypatch.setattr(reference_provider, "WALL_FACTOR", 1000)
    provider.begin_test()
    answer, _ = provider.answer(*request_frame("add", 10**13, 1))
    assert "took too long" in answer["refused"]
    answer, _ = provider.answer(*request_frame("add", 0, 1))
    assert answer == {"value": 1}


def test_a_helper_that_was_killed_is_replaced(small: Path) -> None:
    course = find_course(small)
    provider = ReferenceProvider(
        course, course.assignments["alpha"], Substitution(frozenset({"add"}), "")
    )
    helper = reference_provider._helper._process
    assert helper is not None
    helper.kill()
    answer, _ = provider.answer(*request_frame("add", 2, 3))
    assert answer == {"value": 5}


@pytest.mark.parametrize("fault", ["the helper does not start", "the reference fails", "its call"])
def test_a_fault_of_ours_is_a_grader_error(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    course = find_course(small)
    folder = handed_in(tmp_path / "ada" / "alpha", course, "alpha", add=WRONG)

    def not_started() -> None:
        raise BlockingIOError("no more processes")

    def failing(*_: object) -> None:
        raise SubstituteFailed("substituting add failed")

    if fault == "the helper does not start":
        reference_provider._helper.close()
        monkeypatch.setattr(reference_provider, "_start", not_started)
    elif fault == "the reference fails":
        monkeypatch.setattr(
            reference_provider._helper, "ask", lambda *_: ({"failed": "a traceback"}, [])
        )
    else:
        monkeypatch.setattr(ReferenceProvider, "answer", failing)
    record = graded(folder, course, "alpha", tmp_path / "cache")
    assert record.status("add") is Status.FAILED
    assert record.status("double") is Status.GRADER_ERROR


def test_the_time_of_an_answer_is_not_the_students(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by the timers in the sandbox either."""
    edit(
        small / "pyproject.toml",
        '"small"\n',
        '"small"\n[tool.autograder.limits]\ncall_seconds = 0.25\n',
    )
    course = find_course(small)
    folder = handed_in(tmp_path / "ada" / "alpha", course, "alpha", add=WRONG)
    answered_at_once = ReferenceProvider.answer

    def late(*arguments: Any) -> Any:
        time.sleep(1.5)
        return answered_at_once(*arguments)

    monkeypatch.setattr(ReferenceProvider, "answer", late)
    record = graded(folder, course, "alpha", tmp_path / "cache")
    assert record.status("double") is Status.PASSED


def test_without_the_fault_it_is_full_credit(small: Path, tmp_path: Path) -> None:
    course = find_course(small)
    folder = handed_in(tmp_path / "ada" / "alpha", course, "alpha", add=WRONG)
    record = graded(folder, course, "alpha", tmp_path / "cache")
    assert record.status("add") is Status.FAILED
    assert record.status("double") is Status.PASSED
