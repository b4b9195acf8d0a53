"""Every part of the article that the course follows is in a released notebook, where docs/article.md says."""

import re
from pathlib import Path

import nbformat
import pytest

from autograder.course.course import find_course

COURSE = find_course(Path(__file__).parent)
ROWS = [
    [column.strip() for column in line.strip("|").split("|")]
    for line in (COURSE.root / "docs" / "article.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| part of")
]


@pytest.mark.parametrize(("part", "assignment", "quotation"), ROWS, ids=[row[0] for row in ROWS])
def test_a_part_of_the_article_is_in_its_notebook(
    part: str, assignment: str, quotation: str
) -> None:
    notebook = nbformat.read(COURSE.released_notebook(assignment), as_version=4)
    prose = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert quotation in " ".join(prose.split()), part


def test_every_notebook_has_its_parts() -> None:
    assert {row[1] for row in ROWS} == set(COURSE.assignments)


def test_every_notebook_says_where_it_stands_and_which_comes_next() -> None:
    names = list(COURSE.assignments)
    assert names[0] == "convolution"
    for number, name in enumerate(names, 1):
        notebook = nbformat.read(COURSE.released_notebook(name), as_version=4)
        assert notebook.cells[0].source.startswith(f"# {number}. "), name
        if number < len(names):
            last = notebook.cells[-1].source
            following = names[number]
            link = rf"\[notebook {number + 1}, {following}\]\(\.\./{following}/{following}\.ipynb\)"
            assert re.search(rf"^Next: {link}:", last, re.M), name
