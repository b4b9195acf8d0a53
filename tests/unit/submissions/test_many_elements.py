"""Millions of tiny values in a notebook are refused before they fill the memory, strict JSON or not."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from autograder.submissions import loose_json
from autograder.submissions.notebook_json import Unreadable, read_student_cells

CELL = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "x = 1"}


@pytest.fixture(autouse=True)
def few_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loose_json, "_MAX_TOKENS", 10_000)
    monkeypatch.setattr(loose_json, "_MAX_SCANNED", 30_000)


@pytest.mark.parametrize("separator", [",", " ", ",,"])
@pytest.mark.parametrize(
    "start", ['{"cells":[', '{"cells":[{"source":[', '{"cells":[{"metadata":{"a":[']
)
def test_they_are_refused(separator: str, start: str) -> None:
    values = separator.join(["11"] * 1_000_000)
    tracemalloc.start()
    with pytest.raises(Unreadable):
        read_student_cells(f"{start}{values}".encode(), "alpha.ipynb", [])
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_many_numbers_in_an_output_are_no_harm() -> None:
    """A plot in a notebook may be a long list of numbers, which nobody reads."""
    data = {"data": {"application/vnd.plotly.v1+json": list(range(20_000))}}
    cells = [CELL, {**CELL, "outputs": [{"output_type": "display_data", **data}]}]
    problems: list[str] = []
    notebook = json.dumps({"cells": cells, "nbformat": 4}).encode()
    assert [cell.source for cell in read_student_cells(notebook, "alpha.ipynb", problems)] == [
        "x = 1",
        "x = 1",
    ]
    assert problems == []


@pytest.mark.parametrize("last", [1, 30])
def test_many_printed_lines_are_no_harm(last: int) -> None:
    """Jupyter writes each printed line as a text of its own, and a loop may print a million."""
    lines = ['a "quote\\" and a ]\n'] * 20_000
    output = {"output_type": "stream", "name": "stdout", "text": lines}
    notebook = json.dumps({"nbformat": 4, "cells": [CELL, {**CELL, "outputs": [output]}, CELL]})
    problems: list[str] = []
    cells = read_student_cells(notebook[:-last].encode(), "alpha.ipynb", problems)
    assert [cell.source for cell in cells][:2] == ["x = 1", "x = 1"]
    assert all("ends in the middle" in problem for problem in problems)
