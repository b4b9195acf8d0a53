"""The top level of the repository holds what a reader looks for, and nothing else."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    *("assignments", "solutions", "autograder", "tests", "docs"),
    *("Makefile", "README.md", "LICENSE", "SECURITY.md"),
    # Settings, each where its program looks for it.
    *("pyproject.toml", "uv.lock", "nbgrader_config.py", ".gitignore"),
    *(".ci", ".github", ".devcontainer"),
}


def test_the_top_level_holds_nothing_else() -> None:
    command = ["git", "ls-tree", "--name-only", "HEAD"]
    completed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if completed.returncode or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    assert set(completed.stdout.split()) == EXPECTED
