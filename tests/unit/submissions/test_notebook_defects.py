"""A defect outside the answers costs no answer: full marks stay full marks, with a note."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course.course import Course, find_course
from autograder.submissions.submission import Submission, read_submission
from tests.support.notebook_defects import (
    BYTES_CHANGES,
    CHANGES,
    COMMENTS,
    Notebook,
    answers,
    format_3,
    large_outputs,
    with_comment,
    written,
)

KIT = Path(__file__).resolve().parents[3]
ASSIGNMENTS = ("convolution", "fashion_ladder", "parameters", "pooling", "two_layer_cnn")
_FILES = {
    name: (KIT / f"tests/students/ada-all-right/{name}/{name}.ipynb").read_text()
    for name in ASSIGNMENTS
}


@pytest.fixture(scope="module")
def course() -> Course:
    return find_course(KIT)


def solved(assignment: str) -> Notebook:
    """A notebook with full marks, sources as text."""
    notebook: Notebook = json.loads(_FILES[assignment])
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def expected(assignment: str) -> dict[str, str]:
    return {cell["id"]: cell["source"] for cell in answers(solved(assignment))}


def read(course: Course, directory: Path, assignment: str, data: bytes) -> Submission:
    place = directory / "ada" / assignment
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{assignment}.ipynb").write_bytes(data)
    submission = read_submission(place, assignment, course)
    assert submission.readable, submission.problems
    nbformat.validate(submission.notebook)
    for problem in submission.problems:
        assert problem.isprintable()
        assert len(problem) < 500
    return submission


def answer_sources(submission: Submission) -> dict[str, str]:
    return {
        cell.id: cell.source
        for cell in submission.notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.parametrize("defect", CHANGES)
def test_a_defect_costs_itself_only(
    course: Course, tmp_path: Path, defect: str, assignment: str
) -> None:
    source = random.Random(ASSIGNMENTS.index(assignment))
    notebook = solved(assignment)
    CHANGES[defect](notebook, source)
    submission = read(course, tmp_path, assignment, written(notebook, source))
    assert answer_sources(submission) == expected(assignment)


NO_NOTE = {"a cell with odd metadata", "no metadata", "odd metadata", "a second list of worksheets"}
NO_NOTE |= {"odd fields of an answer"}
NO_NOTE |= {"a huge number in metadata", "a huge exponent in metadata"}  # JSON all the same


@pytest.mark.parametrize("defect", sorted(CHANGES.keys() - NO_NOTE))
def test_what_was_mended_is_said(course: Course, tmp_path: Path, defect: str) -> None:
    notebook = solved("pooling")
    CHANGES[defect](notebook, random.Random(0))
    assert read(course, tmp_path, "pooling", written(notebook, random.Random(0))).problems


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.parametrize("defect", BYTES_CHANGES)
def test_a_defect_of_the_file(course: Course, tmp_path: Path, defect: str, assignment: str) -> None:
    source = random.Random(1)
    data = BYTES_CHANGES[defect](written(solved(assignment), source), source)
    submission = read(course, tmp_path, assignment, data)
    assert answer_sources(submission) == expected(assignment)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.parametrize("seed", range(6))
def test_an_old_format(course: Course, tmp_path: Path, assignment: str, seed: int) -> None:
    source = random.Random(seed)
    notebook = solved(assignment)
    format_3(notebook, source)
    submission = read(course, tmp_path, assignment, written(notebook, source))
    assert answer_sources(submission) == expected(assignment)
    assert any("notebook format" in line for line in submission.problems)


def test_outputs_over_the_limit_are_dropped(course: Course, tmp_path: Path) -> None:
    notebook = solved("pooling")
    large_outputs(notebook, random.Random(0))
    data = json.dumps(notebook).encode()
    assert len(data) > course.config.limits.notebook_bytes
    submission = read(course, tmp_path, "pooling", data)
    assert answer_sources(submission) == expected("pooling")
    assert "outputs were dropped" in submission.problems[0]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("whole", [True, False], ids=["all of it", "the comment"])
@pytest.mark.parametrize(
    ("encoding", "comment"), [(name, each) for name, many in COMMENTS.items() for each in many]
)
def test_a_comment_in_another_encoding(
    course: Course, tmp_path: Path, encoding: str, comment: str, whole: bool, indent: int | None
) -> None:
    assignment = ASSIGNMENTS[COMMENTS[encoding].index(comment)]
    data = with_comment(solved(assignment), encoding, comment, whole=whole, indent=indent)
    submission = read(course, tmp_path, assignment, data)
    plain = {name: without_comments(text) for name, text in expected(assignment).items()}
    if whole:  # what is no letter of that encoding is a question mark in the file itself
        plain = {
            name: text.encode(encoding, "replace").decode(encoding) for name, text in plain.items()
        }
    read_back = {name: without_comments(text) for name, text in answer_sources(submission).items()}
    assert read_back == plain
    assert any("not UTF-8" in line for line in submission.problems)


def without_comments(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if not line.startswith("# "))


ENDS = ("NUL bytes behind the end", "a mark in front", "text behind the end")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    assignment=st.sampled_from(ASSIGNMENTS),
    changes=st.lists(st.sampled_from(sorted(CHANGES)), min_size=2, max_size=6, unique=True),
    ends=st.lists(st.sampled_from(ENDS), max_size=2, unique=True),
    seed=st.integers(0, 10_000),
)
def test_defects_together(
    course: Course,
    tmp_path_factory: pytest.TempPathFactory,
    assignment: str,
    changes: list[str],
    ends: list[str],
    seed: int,
) -> None:
    source = random.Random(seed)
    notebook = solved(assignment)
    if "input for source" in changes:  # last: other changes look for the source
        changes = [*(each for each in changes if each != "input for source"), "input for source"]
    for name in changes:
        CHANGES[name](notebook, source)
    data = written(notebook, source)
    for name in ends:
        data = BYTES_CHANGES[name](data, source)
    submission = read(course, tmp_path_factory.mktemp("a"), assignment, data)
    assert answer_sources(submission) == expected(assignment)


def test_the_end_of_the_file_is_missing(course: Course, tmp_path: Path) -> None:
    """What stands before the cut counts, and the answer that is cut is blank."""
    data = json.dumps(solved("pooling")).encode()
    answer = expected("pooling")["max-pool-solution"].encode()
    at = data.index(json.dumps(answer.decode())[1:-1].encode()) + 50
    submission = read(course, tmp_path, "pooling", data[:at])
    there = answer_sources(submission)
    assert there["pool-size-solution"] == expected("pooling")["pool-size-solution"]
    assert "NotImplementedError" in there["max-pool-solution"]
    assert any("ends in the middle" in line for line in submission.problems)
    assert any("missing max-pool-solution" in line for line in submission.problems)


@pytest.mark.parametrize("source", [None, 5, {"a": 1}, ["x\n", None]])
def test_an_answer_that_cannot_be_read_costs_itself(
    course: Course, tmp_path: Path, source: Any
) -> None:
    notebook = solved("pooling")
    next(c for c in answers(notebook) if c["id"] == "max-pool-solution")["source"] = source
    submission = read(course, tmp_path, "pooling", json.dumps(notebook).encode())
    there, good = answer_sources(submission), expected("pooling")
    assert "NotImplementedError" in there.pop("max-pool-solution")
    assert there.items() <= good.items()
    assert any("max-pool-solution cannot be read" in line for line in submission.problems)


def test_many_broken_cells_have_few_notes(course: Course, tmp_path: Path) -> None:
    notebook = solved("pooling")
    broken = [{"cell_type": "code", "id": f"c{number}", "source": 1} for number in range(3_000)]
    notebook["cells"][:0] = broken
    submission = read(course, tmp_path, "pooling", json.dumps(notebook).encode())
    assert answer_sources(submission) == expected("pooling")
    assert len(submission.problems) < 60


def test_lines_that_only_make_sense_together_are_joined(course: Course, tmp_path: Path) -> None:
    notebook = solved("pooling")
    cell = next(c for c in answers(notebook) if c["id"] == "pool-size-solution")
    cell["source"] = ["def f", "(): return 1"]
    submission = read(course, tmp_path, "pooling", json.dumps(notebook).encode())
    assert answer_sources(submission)["pool-size-solution"] == "def f(): return 1"


def test_line_breaks_and_backslashes_in_strings(course: Course, tmp_path: Path) -> None:
    notebook = solved("pooling")
    answers(notebook)[0]["source"] = "x = 1  # @mark@"
    data = json.dumps(notebook).encode().replace(b"@mark@", rb"\d \frac" + b"\ny = 2\t")
    submission = read(course, tmp_path, "pooling", data)
    assert answer_sources(submission)["pool-size-solution"] == "x = 1  # \\d \frac\ny = 2\t"


@pytest.mark.parametrize(
    "data",
    [
        b'{"nbformat": 4, "cells": ' + b"[" * 2_000_000,
        b'{"nbformat": 4, "cells": [' + b"[]," * 1_100_000 + b"NaN]}",
        b'{"nbformat": 4, "cells": [' + b'"' + b"\\" * 2_000_000,
        b'{"nbformat": 4, "cells": [' + b'"a",' * 1_100_000 + b"NaN]}",
        b'{"nbformat": 4, "cells": [' + b"{" * 1_000_000 + b"}" * 1_000_000,
        b'{"nbformat": 4, "cells": 1, "\xff": "' + b"x" * 5_000_000 + b'"}',
        b'{"nbformat": 4, "cells": 1, "\xff": "' + b"\xe9\\" * 2_000_000 + b'"}',
    ],
    ids=range(7),
)
def test_a_trap_is_refused(course: Course, tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "ada" / "pooling"
    place.mkdir(parents=True)
    (place / "pooling.ipynb").write_bytes(data)
    submission = read_submission(place, "pooling", course)
    assert not submission.readable
    assert len(submission.problems[-1]) < 300


@pytest.mark.parametrize(
    "lost",
    [
        lambda text: text.encode("utf-7"),
        lambda text: text.replace('"def ', '"%%html\\ndef ').encode(),
    ],
)
def test_what_is_rightly_lost(course: Course, tmp_path: Path, lost: Any) -> None:
    """UTF-7 is ASCII that reads as something else, and under %%html no Python was ever run."""
    place = tmp_path / "ada" / "pooling"
    place.mkdir(parents=True)
    (place / "pooling.ipynb").write_bytes(lost(json.dumps(solved("pooling"))))
    submission = read_submission(place, "pooling", course)
    assert answer_sources(submission) != expected("pooling")
