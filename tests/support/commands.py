"""Commands as an instructor runs them: in the course's directory, with none of a test's settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

KIT = Path(__file__).resolve().parents[2]
_PATIENCE = 3_600  # seconds, for a whole class on a busy machine


def run_module(root: Path, module: str, *arguments: str) -> tuple[int, str]:
    """`python -m module arguments` in `root`: its exit status, and what it said."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("AUTOGRADER")
    }
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    environment["PYTHONPATH"] = str(KIT)
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=root, env=environment, capture_output=True, text=True, timeout=_PATIENCE,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def nbgrader(root: Path, *arguments: str) -> tuple[int, str]:
    """A command of nbgrader: its exit status, and what it said."""
    return run_module(root, "nbgrader", *arguments)
