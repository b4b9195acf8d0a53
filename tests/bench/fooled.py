"""Who is fooled how often: hostile submissions against nbgrader, otter-grader, and this kit.

    python -m tests.bench.fooled

All grade the same question, `add(a, b)`, with the same two tests, on the attacks of families
1 to 10 (tests/evil/forgery.py): those that only want points. The other two run them as they
come, in a kernel of this machine, which is why the attacks that want more are left out. An attack
fools a grader that gives it points; one that stops the grading leaves no score. uv fetches
otter-grader from the package index.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook, MissingEntry
from rich.console import Console
from rich.table import Table

from autograder.authoring.release import release
from autograder.course.course import find_course
from autograder.gradebook.converters import scripts_on_path
from autograder.grading.grade import grade
from autograder.submissions.submission import read_submission
from tests.bench.otter import OtterAssignment, question
from tests.evil import Evil, forgery
from tests.support.small_course import answered, make_course

_TESTS = """assert add(1, 2) == 3
### BEGIN HIDDEN TESTS
assert add(20, 30) == 50
### END HIDDEN TESTS"""


def main() -> None:
    """Grade every attack twice, and print how many of each family got points."""
    attacks = [evil for evil in forgery.EVIL if evil.family <= 10 and evil.edit is None]
    with tempfile.TemporaryDirectory(prefix="fooled-") as directory:
        scores = {
            "nbgrader": _by_nbgrader(Path(directory) / "plain", attacks),
            "otter": _by_otter(Path(directory) / "otter", attacks),
            "this kit": _by_the_kit(Path(directory) / "ours", attacks),
        }
    table = Table(title="Attacks that got points, of 3")
    for heading in ("family", "attacks"):
        table.add_column(heading, justify="right")
    for name in scores:
        table.add_column(name, justify="right")
        table.add_column("no score", justify="right")
    families = sorted({evil.family for evil in attacks})
    for family in [*families, None]:
        chosen = [n for n, evil in enumerate(attacks) if family in (None, evil.family)]
        counts = [len(chosen)]
        for given in scores.values():
            counts.append(sum((given[n] or 0) > 0 for n in chosen))
            counts.append(sum(given[n] is None for n in chosen))
        table.add_row("all" if family is None else str(family), *map(str, counts))
    console = Console()
    for name, given in scores.items():
        for score, evil in zip(given, attacks, strict=True):
            if score:
                console.print(f"{name} gave {score:g} of 3: {evil}", markup=False)
    console.print(table)


def _by_nbgrader(root: Path, attacks: Sequence[Evil]) -> list[float | None]:
    """The score of each attack by `nbgrader autograde`; None where there is none."""
    source = root / "source" / "alpha"
    source.mkdir(parents=True)
    notebook = new_notebook(
        cells=[
            _cell("add-solution", "### BEGIN SOLUTION\n### END SOLUTION", solution=True),
            _cell("add", _TESTS, grade=True, locked=True, points=3),
        ]
    )
    _write(source / "alpha.ipynb", notebook)
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'plain'\n"
        "c.ExecutePreprocessor.timeout = 20\nc.ExecutePreprocessor.interrupt_on_timeout = True\n"
    )
    _nbgrader(root, "generate_assignment", "alpha")
    released = nbformat.read(root / "release/alpha/alpha.ipynb", as_version=4)
    for number, evil in enumerate(attacks):
        released.cells[0].source = evil.source
        folder = root / "submitted" / f"evil{number}" / "alpha"
        folder.mkdir(parents=True)
        _write(folder / "alpha.ipynb", released)
        for name, data in evil.files.items():
            (folder / name).write_bytes(data)
        _nbgrader(root, "autograde", "alpha", f"--student=evil{number}")
    scores: list[float | None] = []
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        for number in range(len(attacks)):
            try:
                scores.append(gradebook.find_submission("alpha", f"evil{number}").score)
            except MissingEntry:
                scores.append(None)
    return scores


def _by_otter(root: Path, attacks: Sequence[Evil]) -> list[float | None]:
    """The score of each attack by `otter run`; None where there is none."""
    blank = "def add(a, b):\n    return a + b  # SOLUTION"
    hidden = "# HIDDEN\nassert add(20, 30) == 50"
    assignment = OtterAssignment(root, question("add", 3, blank, ["assert add(1, 2) == 3", hidden]))
    return [
        assignment.score(f"evil{number}", {"def add(a, b):": evil.source}, evil.files)
        for number, evil in enumerate(attacks)
    ]


def _by_the_kit(root: Path, attacks: Sequence[Evil]) -> list[float | None]:
    """The score of each attack by this kit; None where our grader failed."""
    course = find_course(make_course(root))
    release(course)
    scores: list[float | None] = []
    for number, evil in enumerate(attacks):
        released = course.released_notebook("alpha").read_bytes()
        folder = root / "submitted" / f"evil{number}" / "alpha"
        folder.mkdir(parents=True)
        (folder / "alpha.ipynb").write_text(answered(released, {"add": evil.source}))
        for name, data in evil.files.items():
            (folder / name).write_bytes(data)
        scores.append(grade(read_submission(folder, "alpha", course), course).score("add"))
    return scores


def _cell(name: str, source: str, **changes: Any) -> Any:
    usual = {"grade": False, "locked": False, "solution": False, "task": False}
    meta = {**usual, "grade_id": name, "schema_version": 3, **changes}
    return new_code_cell(source, metadata={"nbgrader": meta})


def _write(path: Path, notebook: Any) -> None:
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


def _nbgrader(root: Path, *arguments: str) -> None:
    """Run one command of nbgrader; what it says about an attack that broke it is not shown."""
    program = Path(sys.executable).with_name("nbgrader")
    command = [str(program), *arguments]
    try:
        with scripts_on_path():
            subprocess.run(command, cwd=root, capture_output=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        return


if __name__ == "__main__":
    main()
