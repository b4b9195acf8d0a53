"""A crash shows the student's own lines, under names that a student knows, and none of the kit's."""

import linecache
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox.protocol.crashes import (
    LONGEST,
    exception_text,
    is_cell,
    student_traceback,
    without_cell_file,
)

KERNEL_FILE = "/tmp/ipykernel_1307/648735388.py"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Student code runs in a directory of its own, where these tests are not."""
    monkeypatch.chdir(tmp_path)


def crash(source: str, filename: str, **names: Any) -> str:
    """The text of what running `source` as the file `filename` raises."""
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    try:
        exec(compile(source, filename, "exec"), names)
    except BaseException as error:
        return student_traceback(error)
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize("filename", [KERNEL_FILE, "<ipython-input-3-0a1b2c>", "<string>"])
def test_a_cell_is_your_cell(filename: str) -> None:
    text = crash("def stride(a):\n    return a / 0\nstride(1)\n", filename)
    assert is_cell(filename)
    assert 'File "your cell", line 2, in stride\n    return a / 0' in text
    assert text.endswith("ZeroDivisionError: division by zero\n")
    assert text.count("File ") == 2


@pytest.mark.parametrize("filename", [KERNEL_FILE, "<ipython-input-3-0a1b2c>", "<string>"])
def test_the_message_of_a_syntax_error_names_your_cell(filename: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        compile("a = 1\ndef stride(size)\n    pass\n", filename, "exec")
    assert without_cell_file(str(caught.value)) == "expected ':' (your cell, line 2)"


def test_other_messages_stay_as_they_are() -> None:
    for message in ("expected ':' (helpers.py, line 2)", "(3.py, line 1) is not it", ""):
        assert without_cell_file(message) == message


def test_frames_of_libraries_and_of_the_kit_are_left_out() -> None:
    import json

    text = crash("json.loads('{')\n", KERNEL_FILE, json=json)
    assert text.count("File ") == 1
    assert "JSONDecodeError: Expecting property name" in text
    assert "json/decoder.py" not in text
    assert "autograder" not in text


def test_a_file_beside_the_notebook_goes_by_its_name(tmp_path: Path) -> None:
    text = crash("1 / 0\n", str(tmp_path / "helpers.py"))
    assert 'File "helpers.py", line 1' in text
    assert str(tmp_path) not in text


def test_a_syntax_error_in_evaluated_text_names_no_file_of_ours() -> None:
    text = crash("eval('1 +')\n", KERNEL_FILE)
    assert "SyntaxError" in text
    assert "ipykernel" not in text


def test_deep_recursion_is_short() -> None:
    text = crash("def f(n):\n    return f(n + 1)\nf(0)\n", KERNEL_FILE)
    assert "Previous line repeated" in text
    assert len(text) < 1_000


def test_a_long_text_is_cut_from_the_front() -> None:
    text = crash("raise ValueError('x' * 100_000 + 'the end')\n", KERNEL_FILE)
    assert len(text) == LONGEST
    assert text.endswith("the end\n")


def test_an_exception_without_a_text() -> None:
    source = "class Odd(Exception):\n    def __str__(self): raise KeyError('no')\nraise Odd\n"
    assert "Odd" in crash(source, KERNEL_FILE)


def test_the_reason_of_tensorflow_comes_without_the_files_of_keras() -> None:
    """Both texts are cut where they are long, and these lines stood before the reason."""
    frames = "".join(f'  File "/lib/keras/src/{name}.py", line 7, in fit\n\n' for name in "abc")
    error = ValueError(
        "Graph execution error:\n\n"
        "Detected at node loss/Logits defined at (most recent call last):\n"
        f'  File "<string>", line 3, in train\n    model.fit(images)\n\n{frames}'
        "Received a label value of 9 which is outside the valid range of [0, 5).  Label values: 3 9\n"
        "\t [[{{node loss/Logits}}]] [Op:__inference_multi_step_539]"
    )
    reason = (
        "Graph execution error:\n\n"
        "Received a label value of 9 which is outside the valid range of [0, 5).  Label values: 3 9"
    )
    assert exception_text(error) == reason
    assert student_traceback(error) == f"ValueError: {reason}\n"
