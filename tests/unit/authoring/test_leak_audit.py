"""A release holds no solution, no hidden test, no help text, and nothing stored with a cell."""

import codecs
import json

import pytest

from autograder.authoring.leak_audit import audit, audit_others, secrets
from autograder.authoring.release import release
from autograder.course.course import find_course
from tests.support.small_course import edit, line_of, load, make_course

SOLUTION, RELEASED = "solutions/alpha.py", "assignments/alpha/alpha.ipynb"
VISIBLE = "autograder/graders/alpha.py"


@pytest.fixture
def root(tmp_path):
    return make_course(tmp_path / "course")


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_help_texts_and_what_a_cell_may_not_hold(root, mark):
    text = "Add the two numbers, do not subtract them."
    edit(root / VISIBLE, "HINTS = {", f'HELP = {{"sign": "{text}"}}\n\nHINTS = {{')
    (root / VISIBLE).write_bytes(mark + (root / VISIBLE).read_bytes())
    prose = "# Write `add`.\n# " + text.replace(", ", ",\n# ")
    edit(root / SOLUTION, "# Write `add`.", prose)
    course = find_course(root)
    release(course)
    notebook = load(root / RELEASED)
    notebook["metadata"]["authors"] = ["ada"]
    cell = notebook["cells"][0]
    cell["attachments"] = {"answer.png": {"image/png": ""}}
    cell["metadata"]["answer"] = 3
    saved = json.dumps(notebook, indent=1)
    line = next(n for n, row in enumerate(saved.splitlines(), 1) if f'"id": "{cell["id"]}"' in row)
    assert audit(course, "alpha", saved.encode(), secrets(course)) == [
        f"{RELEASED}:1: the notebook's metadata hold 'authors'. Run `make release`",
        f"{RELEASED}:{line}: a file is attached to this cell. Run `make release`",
        f"{RELEASED}:{line}: the cell's metadata hold 'answer'. Run `make release`",
        f"{SOLUTION}:{line_of(root / SOLUTION, 'Add the two numbers')}: releases a help text, "
        f"{VISIBLE}:{line_of(root / VISIBLE, 'HELP =')}: {text!r}. Take it out",
    ]


def test_other_files_beside_the_release(root):
    course = find_course(root)
    release(course)
    (root / "assignments/alpha/data.csv").write_text("1,2\n")
    (root / "assignments/alpha/answers.py").write_text("# mine\ndef add(a, b):\n    return a + b\n")
    (root / "assignments/gone").mkdir()
    (root / "assignments/gone/gone.ipynb").write_text('{"metadata": {"autograder_release": ""}}')
    (root / "assignments/other").mkdir()
    (root / "assignments/other/other.ipynb").write_text("{}")
    answer = line_of(root / SOLUTION, "return a + b")
    assert audit_others(course, secrets(course)) == [
        f"assignments/alpha/answers.py:3: releases a line of the solution, {SOLUTION}:{answer}: "
        "'return a + b'. Take it out",
        "assignments/gone/gone.ipynb:1: the notebook of no assignment. Move it away",
    ]


# A region's line counts as a secret only if it tells something by itself.
@pytest.mark.parametrize(
    ("line", "tells"),
    [
        ("return a + b", True),
        ("for side in sides(shape):", True),
        ("return total", False),
        ("else:", False),
        ("import numpy as np", False),
        ("model = keras.Sequential(", False),
        ("x = [1, 2]", False),
    ],
)
def test_which_lines_are_secret(root, line, tells):
    edit(root / SOLUTION, "    return 2 * a", f"    {line}\n        pass\n    return 2 * a")
    actual = {secret.text for secret in secrets(find_course(root))}
    assert (line in actual) == tells
