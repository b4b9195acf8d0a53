"""A malformed field of a cell is read or named in a note; none is emptied in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.course.course import Course
from autograder.submissions.submission import Submission, read_submission
from tests.support.pictures import picture
from tests.support.small_course import load

ADD = "def add(a, b):\n    # sum@\n    return a + b\n"
Notebook = dict[str, Any]


@pytest.fixture
def hand_in(course: Course, tmp_path: Path) -> Callable[..., Submission]:
    """Hand in alpha with this answer to `add`, after a change of its cell and one of the bytes."""

    def read(
        change: Callable[[Notebook], object] = dict, old: bytes = b"", new: bytes = b""
    ) -> Submission:
        notebook = load(course.released_notebook("alpha"))
        answer = next(cell for cell in notebook["cells"] if cell["id"] == "add-solution")
        answer["source"] = ADD
        change(answer)
        directory = tmp_path / "ada" / "alpha"
        directory.mkdir(parents=True)
        data = json.dumps(notebook, ensure_ascii=False).encode()
        assert not old or data.count(old) == 1
        (directory / "alpha.ipynb").write_bytes(data.replace(old, new) if old else data)
        submission = read_submission(directory, "alpha", course)
        assert submission.readable, submission.problems
        return submission

    return read


def source(submission: Submission, name: str = "add-solution") -> str:
    return next(str(cell.source) for cell in submission.notebook.cells if cell.id == name)


@pytest.mark.parametrize("beside", ["", "größe 卷"], ids=["ascii", "utf-8"])
@pytest.mark.parametrize("byte", [b"\x81", b"\x8d", b"\xff", b"\xc3", b"\xe9", b"\x93"])
def test_a_stray_byte_costs_itself(
    hand_in: Callable[..., Submission], byte: bytes, beside: str
) -> None:
    """Before a line's end: half of a two-byte character would take the backslash of `\\n` along."""
    submission = hand_in(old=b"sum@", new=f"{beside}sum ".encode() + byte)
    letter = {b"\xe9": "é", b"\x93": "“"}.get(byte, "\ufffd")
    assert source(submission) == ADD.replace("sum@", f"{beside}sum {letter}")
    (note,) = submission.problems
    assert ("read as cp1252" if letter != "\ufffd" else "shown as \ufffd") in note


def test_a_stray_byte_in_the_code_takes_nothing_along(hand_in: Callable[..., Submission]) -> None:
    submission = hand_in(old=b"return a", new=b"\x81return a")
    assert source(submission) == ADD.replace("return", "\ufffdreturn")
    assert "shown as \ufffd" in submission.problems[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda cell: cell.pop("source"),
        lambda cell: cell.update(Source=cell.pop("source")),
        lambda cell: cell.update(source=None),
    ],
    ids=["none", "another key", "null"],
)
def test_an_answer_without_a_source_is_named(
    hand_in: Callable[..., Submission], change: Callable[[Notebook], object]
) -> None:
    submission = hand_in(change)
    assert "NotImplementedError" in source(submission)
    assert "add-solution cannot be read, left out. Write it again" in submission.problems[0]


def test_an_answer_that_a_bare_quotation_mark_cuts_is_named(
    hand_in: Callable[..., Submission],
) -> None:
    submission = hand_in(old=b"# sum@", new=b'x = "a"')
    assert "NotImplementedError" in source(submission)
    assert "add-solution cannot be read" in submission.problems[0]


def own(**fields: Any) -> Callable[[Notebook], object]:
    """Turn the answer into a cell of the student's own."""

    def change(cell: Notebook) -> None:
        cell.update({"id": "mine", "metadata": {}, **fields})

    return change


def test_code_of_an_unknown_type_is_run(hand_in: Callable[..., Submission]) -> None:
    submission = hand_in(own(cell_type="python", outputs=[]))
    assert source(submission, "own-1") == ADD
    assert any("has an unknown type: read as code" in line for line in submission.problems)


def test_a_picture_in_lines_is_shown(hand_in: Callable[..., Submission]) -> None:
    png = picture("PNG")
    attachments = {"a.png": {"image/png": [f"{png[:20]}\n", png[20:]]}, "b.png": {"image/png": png}}
    submission = hand_in(own(cell_type="markdown", attachments=attachments))
    note = next(cell for cell in submission.notebook.cells if cell.id == "note-1")
    assert set(note.attachments) == {"a.png", "b.png"}
    assert not any("pictures are left out" in line for line in submission.problems)


@pytest.mark.parametrize(
    ("attachments", "kept"),
    [
        ([1], 0),
        ("x", 0),
        ({"a.png": None}, 0),
        ({"a.png": {"image/png": 5}}, 0),
        ({"a.png": {"image/png": 5}, "b.png": {"image/png": "PICTURE"}}, 1),
    ],
)
def test_an_attachment_that_cannot_be_read_is_counted(
    hand_in: Callable[..., Submission], attachments: Any, kept: int
) -> None:
    filled = json.loads(json.dumps(attachments).replace("PICTURE", picture("PNG")))
    submission = hand_in(own(cell_type="markdown", attachments=filled))
    note = next(cell for cell in submission.notebook.cells if cell.id == "note-1")
    assert len(note.get("attachments", {})) == kept
    assert any("1 attached pictures are left out" in line for line in submission.problems)
