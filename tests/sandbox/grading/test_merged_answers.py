"""Answers that stand in other cells than their blanks earn what they earn in them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.course import Course, find_course
from autograder.grading.grade import grade
from autograder.submissions.submission import read_submission

KIT = Path(__file__).resolve().parents[3]
SOLVED = KIT / "tests/students/ada-all-right/pooling/pooling.ipynb"
RELEASED = KIT / "assignments/pooling/pooling.ipynb"
BLANKS = [
    f"{name}-solution" for name in ("pool-size", "max-pool", "average-pool", "seven", "pool-shape")
]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return replace(find_course(KIT), other_cache=tmp_path / "cache")


@pytest.mark.parametrize("state", ["left", "deleted"])
@pytest.mark.parametrize("merged", [BLANKS[:2], BLANKS], ids=["two", "all"])
def test_merged_answers_earn_all_points(
    course: Course, tmp_path: Path, merged: list[str], state: str
) -> None:
    notebook = json.loads(SOLVED.read_text())
    released = {cell["id"]: cell["source"] for cell in json.loads(RELEASED.read_text())["cells"]}
    answers = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
    kept = []
    for cell in notebook["cells"]:
        if cell["id"] == merged[0]:
            cell["source"] = "\n\n".join(answers[name] for name in merged)
        elif cell["id"] in merged:
            cell["source"] = released[cell["id"]]
            if state == "deleted":
                continue
        kept.append(cell)
    place = tmp_path / "submitted/ada/pooling"
    place.mkdir(parents=True)
    (place / "pooling.ipynb").write_text(json.dumps({**notebook, "cells": kept}))
    record = grade(read_submission(place, "pooling", course), course)
    assert record.total() == 14
