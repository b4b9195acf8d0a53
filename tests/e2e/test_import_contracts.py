"""The contracts of imports hold, and a planted import that breaks one is refused by name."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

KIT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")
PLANTED = {
    "an import of a higher floor": (
        "results/outcome.py",
        "from autograder.grading import grade",
        "autograder.results is not allowed to import autograder.grading",
    ),
    "a neighbour": (
        "export/base.py",
        "from autograder.authoring import release",
        "autograder.export is not allowed to import autograder.authoring",
    ),
    "the host inside a sandbox": (
        "sandbox/guest/shell.py",
        "from autograder.sandbox.host import mounts",
        "autograder.sandbox.guest is not allowed to import autograder.sandbox.host",
    ),
    "the course's half in a notebook": (
        "notebook/check.py",
        "def load():\n    import filelock",
        "autograder.notebook is not allowed to import filelock",
    ),
    "a private name in a grader": (
        "graders/pooling.py",
        "from autograder.testing.expectation import _ORACLE_ATOL",
        "autograder.graders is not allowed to import autograder.testing.expectation",
    ),
    "a package without a floor": ("somewhere/__init__.py", "", "somewhere"),
}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )


def test_the_contracts_hold() -> None:
    completed = lint(KIT)
    assert completed.returncode == 0, completed.stdout
    assert "4 kept, 0 broken" in completed.stdout


@pytest.mark.parametrize(("file", "line", "message"), PLANTED.values(), ids=PLANTED)
def test_a_planted_import_is_refused(file: str, line: str, message: str, tmp_path: Path) -> None:
    shutil.copytree(
        KIT / "autograder", tmp_path / "autograder", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(KIT / "pyproject.toml", tmp_path)
    target = tmp_path / "autograder" / file
    target.parent.mkdir(exist_ok=True)
    with target.open("a") as module:
        module.write(f"\n{line}\n")
    completed = lint(tmp_path)
    assert completed.returncode == 1, completed.stdout
    assert message in completed.stdout
