"""`make release` overwrites nobody's work."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring.leak_audit import Secret, audit_others
from autograder.authoring.release import release
from autograder.authoring.release_seal import is_untouched
from autograder.course.course import find_course
from tests.support.small_course import edit, make_course

NAME = "assignments/alpha/alpha.ipynb"
Notebook = dict[str, Any]


def _fill_in(notebook: Notebook) -> None:
    blank = next(cell for cell in notebook["cells"] if cell["id"] == "add-solution")
    blank["source"] = ["def add(a, b):\n", "    return a + b"]


def _write_a_note(notebook: Notebook) -> None:
    notebook["cells"][0]["source"] = "my notes"


def _add_a_cell(notebook: Notebook) -> None:
    notebook["cells"].append({"cell_type": "markdown", "id": "x", "metadata": {}, "source": "?"})


def _run_a_cell(notebook: Notebook) -> None:
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "hours of training"}]


def _no_mark(notebook: Notebook) -> None:
    notebook["metadata"] = {}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_course(tmp_path_factory.mktemp("course"))
    release(find_course(root))
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A course the release of which is not up to date."""
    course_root = make_course(tmp_path / "course")
    for path in sorted(built.glob("assignments/*/*.ipynb")):
        target = course_root / path.relative_to(built)
        target.parent.mkdir(parents=True)
        target.write_bytes(path.read_bytes())
    edit(course_root / "solutions/alpha.py", "# # Adding", "# # Sums")
    return course_root


@pytest.mark.parametrize("change", [_fill_in, _write_a_note, _add_a_cell, _run_a_cell, _no_mark])
def test_what_somebody_changed_is_kept(root: Path, change: Callable[[Notebook], None]) -> None:
    path = root / NAME
    notebook = json.loads(path.read_text())
    change(notebook)
    path.write_text(json.dumps(notebook))
    work = path.read_bytes()
    lines: list[str] = []
    assert release(find_course(root), tell=lines.append) == [NAME]
    assert lines == [f"kept: {NAME} was filled in or changed; it is kept/alpha-1.ipynb now"]
    assert (root / "kept/alpha-1.ipynb").read_bytes() == work
    assert "Sums" in path.read_text()
    path.write_bytes(b"not a notebook at all")
    release(find_course(root), tell=lines.append)
    assert (root / "kept/alpha-2.ipynb").read_bytes() == b"not a notebook at all"
    assert (root / "kept/alpha-1.ipynb").read_bytes() == work


def test_a_release_that_nobody_touched_gives_way(root: Path) -> None:
    """Also one that JupyterLab has saved, which lays it out anew and counts what it ran."""
    path = root / NAME
    notebook = json.loads(path.read_text())
    notebook["metadata"]["language_info"]["version"] = "3.12"
    for cell in notebook["cells"]:
        cell["metadata"]["scrolled"] = True
        cell["source"] = "".join(cell["source"])
    path.write_text(json.dumps(notebook, indent=4))
    assert release(find_course(root)) == [NAME]
    assert not (root / "kept").exists()
    assert is_untouched(path)
    assert "Sums" in path.read_text()


def test_what_is_no_release_any_more_goes_only_if_nobody_has_worked_in_it(root: Path) -> None:
    release(find_course(root))
    for name in ("solutions/alpha.py", "autograder/graders/alpha.py"):
        (root / name).unlink()
    (root / "autograder/graders/hidden/alpha.py").unlink()
    path, copy = root / NAME, root / "assignments/beta/my copy.ipynb"
    copy.write_bytes(path.read_bytes())
    path.write_bytes(path.read_bytes().replace(b"raise NotImplementedError()", b"return a + b"))
    work = path.read_bytes()
    assert release(find_course(root)) == [NAME]
    assert not path.exists()
    assert (root / "kept/alpha-1.ipynb").read_bytes() == work
    assert copy.exists()
    assert release(find_course(root), check=True) == []


def test_another_programs_notebook_beside_ours_is_left_alone(root: Path) -> None:
    """As `nbgrader generate_assignment` makes it for an assignment that the kit does not have."""
    release(find_course(root))
    path = root / "assignments/essay/essay.ipynb"
    path.parent.mkdir()
    notebook = json.loads((root / NAME).read_bytes())
    del notebook["metadata"]["autograder_release"]
    notebook["cells"] = notebook["cells"][:1]
    path.write_text(json.dumps(notebook))
    before = path.read_bytes()
    assert release(find_course(root)) == []
    assert release(find_course(root), check=True) == []
    assert path.read_bytes() == before
    assert not (root / "kept").exists()
    assert audit_others(find_course(root), []) == []
    notebook["cells"][0]["source"] = ["x = 1\n", 'name = "the solution" + str(x)\n']
    path.write_text(json.dumps(notebook))
    secret = Secret("a line", "", re.compile(r'name\s+=\s+"the\s+solution"'))
    (leak,) = audit_others(find_course(root), [secret])
    assert leak.startswith("assignments/essay/essay.ipynb:1: releases a line")
    copy = path.parent.parent / "alpha" / "copy.ipynb"
    copy.write_bytes(before)
    assert audit_others(find_course(root), []) == [
        "assignments/alpha/copy.ipynb:1: the notebook of no assignment. Move it away"
    ]
