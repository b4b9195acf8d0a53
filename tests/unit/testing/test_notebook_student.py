"""What a notebook's function did, as check() is told: in one of the five states, never ours by mistake."""

import linecache
import subprocess
import sys
from typing import Any

import pytest

from autograder.results.outcome import NotAttempted, StudentCrash
from autograder.testing.expectation import expect
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.student_answers import trained_given

CELL = "/tmp/ipykernel_1/2.py"


def student(source: str, **settings: Any) -> NotebookStudent:
    linecache.cache[CELL] = (len(source), None, source.splitlines(True), CELL)
    names: dict[str, Any] = {}
    exec(compile(source, CELL, "exec"), names)
    return NotebookStudent(names, **settings)


def crash_of(answer: NotebookStudent, *args: object, **kwargs: object) -> StudentCrash:
    with pytest.raises(StudentCrash) as caught:
        expect(answer, "add", *args, **kwargs)
    return caught.value


def test_a_crash_names_the_call_and_the_students_lines() -> None:
    crash = crash_of(student("def add(a, b):\n    return a / b\n"), 1, b=0)
    assert crash.message.splitlines() == [
        "add raised ZeroDivisionError: division by zero",
        "in the call add(1, b=0)",
    ]
    assert "return a / b" in crash.traceback
    assert "autograder" not in crash.traceback


@pytest.mark.parametrize(
    "body",
    [
        "exit()",
        "import sys; sys.exit(3)",
        "import pytest; pytest.skip('so')",
        "raise GeneratorExit",
    ],
)
def test_what_would_end_the_check_is_the_students_crash(body: str) -> None:
    assert "add raised " in crash_of(student(f"def add(a):\n    {body}\n"), 1).message


def test_a_step_of_training_that_fails_is_not_called_a_failure_of_the_call() -> None:
    failed = [None, [], ["ValueError: Could not interpret metric identifier: foo", "your lines"]]
    with pytest.raises(StudentCrash) as caught:
        trained_given("compile_model", failed, [])
    assert caught.value.message == (
        "compile_model returned a model that cannot be trained: "
        "ValueError: Could not interpret metric identifier: foo"
    )
    assert caught.value.traceback == "your lines"


def test_an_exception_that_cannot_be_printed_is_a_crash() -> None:
    source = (
        "class Odd(Exception):\n    def __str__(self): raise KeyError\ndef add(a):\n    raise Odd\n"
    )
    assert "add raised Odd: (its text could not be made)" in crash_of(student(source), 1).message


@pytest.mark.parametrize("body", ["return input('How many? ')", "breakpoint()"])
def test_nobody_is_asked_and_input_is_that_of_the_notebook_again(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", lambda prompt="": asked.append(prompt) or "c")
    monkeypatch.setattr("sys.breakpointhook", lambda: input("(Pdb) "))
    answer = student(f"def add(a):\n    {body}\n")
    crash = crash_of(answer, 1)
    assert crash.message.startswith("add raised EOFError: EOF when reading a line")
    assert answer.printed in ("How many? ", "(Pdb) ")
    assert not asked
    assert input("after the call") == "c"


def test_an_endless_loop_ends_and_is_not_tried_again() -> None:
    source = "calls = []\ndef add(a):\n    calls.append(a)\n    while True: pass\n"
    answer = student(source, call_seconds=0.1)
    for _ in range(2):
        crash = crash_of(answer, 1)
        assert crash.message.startswith("add took longer than 0.1 s and was stopped")
    assert len(answer._namespace["calls"]) == 1


def test_an_interrupt_is_the_students_and_ends_all_calls() -> None:
    source = "def add(a):\n    raise KeyboardInterrupt\ndef other(): return 1\n"
    answer = student(source)
    assert "You stopped the check while add was running" in crash_of(answer, 1).message
    with pytest.raises(StudentCrash, match="You stopped the check while add was running"):
        answer.call("other")


def test_what_is_stale_is_not_called() -> None:
    def refuse(name: str) -> None:
        if name == "add":
            raise NotAttempted("stale")

    answer = student("def add(a): return a\ndef twice(a): return a\n", refuse=refuse)
    for call in (
        lambda: answer.call("add", 1),
        lambda: answer.call("twice", answer.handle("add", 1)),
    ):
        with pytest.raises(NotAttempted, match="stale"):
            call()
    assert answer.call("twice", 2) == 2


def test_no_tensorflow_is_imported_for_it() -> None:
    code = "import sys, autograder.testing.notebook_student; print('tensorflow' in sys.modules)"
    completed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert completed.stdout.strip() == "False"


def test_a_figure_that_a_call_leaves_open_is_closed_and_no_other() -> None:
    from matplotlib import pyplot

    own = pyplot.figure().number
    try:
        code = "from matplotlib import pyplot\ndef add(a):\n    pyplot.figure()\n    return a\n"
        before = pyplot.get_fignums()
        assert student(code).call("add", 3) == 3
        assert own in before
        assert pyplot.get_fignums() == before
    finally:
        pyplot.close(own)
