"""An assignment in otter-grader, beside which this kit is measured; uv fetches it when it is used."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell

_ROOT = Path(__file__).parents[2]
_UV = _ROOT / ".tools" / "bin" / "uv"
_NAME = "notebook"
_VERSION = "7.0.0"
_SECONDS = 120


class OtterAssignment:
    """An assignment of otter's own format, made of the cells of its master notebook.

    Text between its raw cells, of otter's directives, is (code,); `kit` says that notebooks need
    this kit, which is installed beside otter then.
    """

    def __init__(self, root: Path, cells: Sequence[str | tuple[str]], *, kit: bool = False) -> None:
        """Write the master notebook below `root` and have otter make its autograder of it."""
        self._root = root
        root.mkdir(parents=True)
        venv = root / "venv"
        wanted = [f"otter-grader=={_VERSION}", "ipykernel", *(["-e", f"{_ROOT}[course]"] * kit)]
        _run(root, str(_UV), "venv", "--python", sys.executable, str(venv))
        output = _run(
            root, str(_UV), "pip", "install", "--compile-bytecode", "--python", str(venv), *wanted
        )
        self._program = venv / "bin" / "otter"
        assert self._program.exists(), f"uv does not install otter-grader: {output}"
        config = "# ASSIGNMENT CONFIG\nrequirements: null\nexport_cell: false\ngenerate: true"
        master_cells: list[Any] = [
            new_raw_cell(cell) if isinstance(cell, str) else new_code_cell(cell[0])
            for cell in (config, *cells)
        ]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
        _write(root / f"{_NAME}.ipynb", new_notebook(cells=master_cells, metadata=metadata))
        output = self._otter(
            root, "assign", f"{_NAME}.ipynb", "dist", "--no-run-tests", "--no-pdfs"
        )
        assert output is not None, "otter does not assign in time"
        archives = list(root.glob("dist/autograder/*.zip"))
        assert archives, f"otter made no autograder: {output[-500:]}"
        self._autograder = archives[0]

    def score(
        self, name: str, answers: Mapping[str, str], files: Mapping[str, bytes] | None = None
    ) -> float | None:
        """What `otter run` gives to a notebook, with `files` beside it; None for no score.

        `answers` has the code for each blank by its first line.
        """
        folder = self._root / name
        folder.mkdir()
        for beside, data in (files or {}).items():
            (folder / beside).write_bytes(data)
        notebook = nbformat.read(self._root / f"dist/student/{_NAME}.ipynb", as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.source.partition("\n")[0], cell.source)
        _write(folder / f"{_NAME}.ipynb", notebook)
        self._otter(folder, "run", "-a", str(self._autograder), "-o", ".", f"{_NAME}.ipynb")
        results = folder / "results.json"
        if not results.exists():
            return None
        tests = json.loads(results.read_text())["tests"]
        return float(sum(test.get("score", 0.0) for test in tests))

    def _otter(self, directory: Path, *arguments: str) -> str | None:
        """Run otter in a directory: what it said, or None where it did not end in time."""
        return _run(directory, str(self._program), *arguments)


def question(name: str, points: float, blank: str, tests: Sequence[str]) -> list[str | tuple[str]]:
    """The cells of one question; the solution in `blank` stands between otter's markers."""
    return [
        f"# BEGIN QUESTION\nname: {name}\npoints: {points:g}",
        "# BEGIN SOLUTION",
        (blank,),
        "# END SOLUTION",
        "# BEGIN TESTS",
        *((test,) for test in tests),
        "# END TESTS",
        "# END QUESTION",
    ]


def _run(directory: Path, *command: str) -> str | None:
    """Run a command in a directory: what it said, or None where it did not end in time."""
    with (directory / "output.txt").open(
        "wb"
    ) as output:  # no pipe, which a leftover would keep open
        run = subprocess.Popen(
            command,
            cwd=directory,
            env={**os.environ, "PATH": f"{Path(command[0]).parent}:{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            run.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            return None
    return (directory / "output.txt").read_text(errors="replace")


def _write(path: Path, notebook: Any) -> None:
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
