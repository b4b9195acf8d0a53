"""The same outputs, pictures included, from a fork, a fresh sandbox, and the release's own sandbox."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.authoring.release import build
from autograder.authoring.validate import filled_in
from autograder.course.course import find_course
from autograder.grading.cells_to_run import cells_to_run
from autograder.grading.release_outputs import with_release_outputs
from autograder.sandbox.host import launcher
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.limits import Limits

COURSE = find_course(Path(__file__).parent)
PLOTS = """
import matplotlib.pyplot as plt
figure, axes = plt.subplots(figsize=(1, 1))
lines = axes.plot([1, 2])  # its repr has an address, which differs from process to process
"""


@pytest.fixture(scope="module")
def notebooks() -> dict[str, Any]:
    """The solved notebook of each assignment."""
    solved = {name: filled_in(each.release, each.source) for name, each in build(COURSE).items()}
    return {name: nbformat.reads(text.decode(), as_version=4) for name, text in solved.items()}


def outputs(cells: list[Cell], *, forking: bool) -> dict[str, list[dict[str, Any]]]:
    """What the cells show in a sandbox that is a fork, or a fresh one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launcher._starter, "forking", forking)
        with Session(Limits(cell_seconds=120)) as session:
            session.run(cells)
            return session.outputs


def pictures(output: dict[str, list[dict[str, Any]]]) -> int:
    return sum("image/png" in o.get("data", {}) for each in output.values() for o in each)


# Figures that the release draws from its own numbers; others show what the student's functions return.
OF_THE_RELEASE = {"convolution": 5, "parameters": 3, "pooling": 1}


@pytest.mark.parametrize("assignment", sorted(COURSE.assignments))
def test_a_solved_notebook_shows_the_same(
    notebooks: dict[str, Any], assignment: str, tmp_path: Path
) -> None:
    cells = cells_to_run(notebooks[assignment])
    course = replace(COURSE, other_cache=tmp_path)
    of_release = with_release_outputs(cells, course, assignment, sandboxed=True)
    known = [cell for cell in of_release if cell.outputs is not None]
    assert len(known) == OF_THE_RELEASE.get(assignment, 0)
    assert [cell.source for cell in of_release] == [cell.source for cell in cells]
    forked, fresh = outputs(of_release, forking=True), outputs(cells, forking=False)
    assert forked == fresh
    assert pictures(forked) >= sum("figures." in cell.source for cell in cells)


def test_outputs_of_the_release_are_made_once(notebooks: dict[str, Any], tmp_path: Path) -> None:
    cells = cells_to_run(notebooks["pooling"])
    course = replace(COURSE, other_cache=tmp_path)
    first = with_release_outputs(cells, course, "pooling", sandboxed=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launcher, "start", None)
        assert with_release_outputs(cells, course, "pooling", sandboxed=True) == first
        (stored,) = (tmp_path / "outputs").iterdir()
        stored.write_bytes(b"damaged")
        with pytest.raises(TypeError):
            with_release_outputs(cells, course, "pooling", sandboxed=True)


@pytest.mark.parametrize(
    "last",
    [
        "",
        "plt.show()",
        "figure",
        "plt.close(figure)",
        "plt.ioff()\nplt.figure()",
        "%matplotlib inline",
    ],
    ids=["nothing", "show", "the figure", "close", "ioff", "magic"],
)
def test_ways_to_show_a_figure(last: str) -> None:
    cells = [Cell("one", PLOTS + last), Cell("two", PLOTS), Cell("three", "1 + 1")]
    forked, fresh = (outputs(cells, forking=forking) for forking in (True, False))
    assert forked == fresh
    assert pictures({"two": forked["two"]}) == (last != "plt.ioff()\nplt.figure()")
    assert forked["three"][0]["data"] == {"text/plain": "2"}
