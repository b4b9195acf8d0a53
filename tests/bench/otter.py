"""An assignment in otter-grader, beside which this kit is measured; uv fetches it when it is used."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell

_UV = Path(__file__).parents[2] / ".tools" / "bin" / "uv"
_VERSION = "7.0.0"
_SECONDS = 120


class OtterAssignment:
    """One question, `add(a, b)` of 3 points, with a visible and a hidden test."""

    def __init__(self, root: Path) -> None:
        """Write the master notebook below `root` and have otter make its autograder of it."""
        self._root = root
        root.mkdir(parents=True)
        raw = [
            "# ASSIGNMENT CONFIG\nrequirements: null\nexport_cell: false\ngenerate: true",
            "# BEGIN QUESTION\nname: add\npoints: 3",
            "# BEGIN SOLUTION",
            ("def add(a, b):\n    return a + b  # SOLUTION",),
            "# END SOLUTION",
            "# BEGIN TESTS",
            ("assert add(1, 2) == 3",),
            ("# HIDDEN\nassert add(20, 30) == 50",),
            "# END TESTS",
            "# END QUESTION",
        ]
        cells: list[Any] = [
            new_raw_cell(text) if isinstance(text, str) else new_code_cell(text[0]) for text in raw
        ]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
        _write(root / "alpha.ipynb", new_notebook(cells=cells, metadata=metadata))
        done = _otter(root, "assign", "alpha.ipynb", "dist", "--no-run-tests", "--no-pdfs")
        assert done is not None, "otter does not assign in time"
        found = list(root.glob("dist/autograder/*.zip"))
        assert found, f"otter made no autograder: {done[-500:]}"
        self._autograder = found[0]

    def score(self, name: str, source: str, files: Mapping[str, bytes]) -> float | None:
        """What `otter run` gives to `source` in the blank, with `files` beside it; None for no score."""
        folder = self._root / name
        folder.mkdir()
        for beside, data in files.items():
            (folder / beside).write_bytes(data)
        notebook = nbformat.read(self._root / "dist/student/alpha.ipynb", as_version=4)
        for cell in notebook.cells:
            if cell.source.startswith("def add"):
                cell.source = source
        _write(folder / "alpha.ipynb", notebook)
        _otter(folder, "run", "-a", str(self._autograder), "-o", ".", "alpha.ipynb")
        results = folder / "results.json"
        if not results.exists():
            return None
        tests = json.loads(results.read_text())["tests"]
        return float(sum(test.get("score", 0.0) for test in tests))


def _otter(directory: Path, *arguments: str) -> str | None:
    """Run otter in a directory: what it said, or None where it did not end in time."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    tool = [str(_UV), "tool", "run", "--quiet", "--python", python]
    command = [*tool, "--from", f"otter-grader=={_VERSION}", "--with", "ipykernel", "otter"]
    with (directory / "said.txt").open("wb") as said:  # no pipe, which a leftover would keep open
        run = subprocess.Popen(
            [*command, *arguments],
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            run.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            return None
    return (directory / "said.txt").read_text(errors="replace")


def _write(path: Path, notebook: Any) -> None:
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
