"""Files beside a notebook cannot keep a sandbox from starting, or a run from going on."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest

from autograder.classroom.scheduler import _result
from autograder.grading.retry import until_deaths_repeat
from autograder.sandbox.host import launcher
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.errors import SandboxEnded, SandboxUnavailable
from autograder.sandbox.protocol.limits import Limits
from autograder.submissions.class_directory import Job

# Modules that the kit, IPython, NumPy, matplotlib or Python itself import when they need them.
SHADOWED = [
    "unicodedata",
    "json",
    "random",
    "csv",
    "decimal",
    "locale",
    "difflib",
    "pdb",
    "cProfile",
    "timeit",
    "getpass",
    "pydoc",
    "stringprep",
    "sitecustomize",
    "usercustomize",
    "encodings",
    "numpy",
    "matplotlib",
    "keras",
    "IPython",
    "autograder",
    "msgspec",
]
USES = """
import csv, decimal, random, unicodedata
import matplotlib.pyplot as plt
import numpy as np
import helper
figure = plt.figure(figsize=(1, 1))
host = "bücher".encode("idna").decode()  # imports stringprep, which nothing has imported before
def used():
    return [unicodedata.name("a"), helper.number, int(np.arange(3).sum()), host]
"""


@pytest.mark.parametrize("forking", [True, False], ids=["fork", "fresh"])
@pytest.mark.parametrize(
    "source", ["import os; os._exit(7)", "while True: pass", "raise SystemExit"], ids=str
)
def test_a_file_does_not_take_the_place_of_a_module(
    monkeypatch: pytest.MonkeyPatch, forking: bool, source: str
) -> None:
    monkeypatch.setattr(launcher._starter, "forking", forking)
    files = {f"{name}.py": source.encode() for name in SHADOWED}
    files |= {"helper.py": b"number = 7", "matplotlibrc": b"backend: \xff"}
    with Session(Limits(), files) as session:
        session.run([Cell("cell", USES), Cell("error", "1 / 0")])
        assert [output["output_type"] for output in session.outputs["cell"]] == ["display_data"]
        assert session.outputs["error"][0]["ename"] == "ZeroDivisionError"
        assert session.call("used", (), {}).get("value") == [
            *("LATIN SMALL LETTER A", 7, 3, "xn--bcher-kva")
        ]


def test_files_that_keep_a_sandbox_from_starting_cost_their_submission_only() -> None:
    limits = Limits(scratch_bytes=2_000_000)
    files = {"notes.txt": b"", "large.py": bytes(3_000_000)}
    blamed = r"does not start with the files .*\(large.py, notes.txt\)"
    with Session(limits, files) as session, pytest.raises(Died, match=blamed):
        session.run([Cell("cell", "1")])


def test_a_sandbox_that_starts_the_second_time_is_nobodys_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([Died("killed"), None, None])
    monkeypatch.setattr(Session, "_start_with", lambda *_: next(answers))
    Session(Limits(), {"a.py": b""})._start()
    assert not list(answers)


def test_a_sandbox_that_never_starts_is_not_the_students_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Session, "_start_with", lambda *_: Died("no memory"))
    with pytest.raises(SandboxUnavailable, match="no memory"):
        Session(Limits(), {"a.py": b""})._start()


def test_one_submission_whose_sandbox_does_not_start_ends_no_run() -> None:
    def unavailable() -> None:
        raise SandboxUnavailable("the sandbox did not start")

    with pytest.raises(SandboxEnded, match="Grade this submission again") as ended:
        until_deaths_repeat(unavailable)  # type: ignore[arg-type]
    future: Future[None] = Future()
    future.set_exception(ended.value)
    result = _result(Job("ada", "alpha", Path()), future)  # type: ignore[arg-type]
    assert result.record is None
    assert "did not start" in result.error
