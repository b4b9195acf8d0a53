"""Commands as an instructor runs them: in the course's directory, with none of a test's settings."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from autograder.cli import main

KIT = Path(__file__).resolve().parents[2]
_PATIENCE = 3_600  # seconds, for a whole class on a busy machine


def run_module(root: Path, module: str, *arguments: str) -> tuple[int, str]:
    """`python -m module arguments` in `root`: its exit status, and what it said."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("AUTOGRADER")
    }
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    environment["PYTHONPATH"] = str(KIT)
    completed = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=root, env=environment, capture_output=True, text=True, timeout=_PATIENCE,
    )  # fmt: skip
    return completed.returncode, completed.stdout + completed.stderr


def nbgrader(root: Path, *arguments: str) -> tuple[int, str]:
    """A command of nbgrader: its exit status, and what it said."""
    return run_module(root, "nbgrader", *arguments)


def run_here(root: Path, *arguments: str) -> tuple[int, str]:
    """`autograder arguments` for a course in this process, which has all imported: the same pair."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        status = main.main(["--course", str(root), *arguments])
    return status, printed.getvalue()
