"""Run the notebooks and their checks on GitHub Actions, in a student's repository.

    python -m autograder.notebook.github_actions

This runs only the visible tests, with code that students can change: it is feedback, never a
grade. Mistakes become annotations at their questions; the job's summary lists all results.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from autograder._util.i18n import ENGLISH, use_language
from autograder._util.i18n import gettext as _
from autograder.course.cells import is_run
from autograder.notebook import check
from autograder.notebook.check_result import CheckResult
from autograder.notebook.visible_graders import questions_of
from autograder.results.outcome import Status, TestOutcome, overall

_SECONDS = 900  # timeout of a notebook; cells that train for long are not run
_MAX_BYTES = 20_000_000  # of a notebook
_MAX_SUMMARY = 1_000_000  # characters; Actions accepts at most 1 MiB
_WRONG = (Status.FAILED, Status.CRASHED)
_LANGUAGE = re.compile(r'use_language\(\\"(\w+)\\"\)')  # as a cell of a notebook's file has it


class Finding(msgspec.Struct):
    """What check() found on a question, and says about it in the language of the notebook."""

    outcomes: list[TestOutcome]
    standing: str
    text: str


Findings = dict[str, Finding]  # by question


def main() -> int:
    """Check all notebooks in and below the current directory; return 1 if an answer is wrong."""
    summary: list[str] = []
    wrong = False
    for path in sorted([*Path().glob("*.ipynb"), *Path().glob("*/*.ipynb")]):
        questions = questions_of(path.stem)
        if not questions:
            continue
        use_language(_language(path))
        by_question, error = _checked(path)
        if error:
            print(_annotation(path, 1, path.stem, error))
            summary.append(f"## {path.stem}\n\n{error}\n")
            wrong = True
            continue
        text = path.read_text(encoding="utf-8")
        for question, finding in by_question.items():
            if overall(finding.outcomes) in _WRONG:
                print(_annotation(path, _line(text, question), question, finding.text))
                wrong = True
        summary.append(_section(path.stem, by_question))
    if target := os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(target, "a", encoding="utf-8") as file:
            file.write("\n".join(summary)[:_MAX_SUMMARY])
    return int(wrong)


def _language(path: Path) -> str:
    """The language that the cells of a notebook set, for what is said about the notebook here."""
    with path.open(encoding="utf-8", errors="replace") as file:
        match = _LANGUAGE.search(file.read(_MAX_BYTES))
    return match[1] if match else ENGLISH


def _checked(path: Path) -> tuple[Findings, str]:
    """Run a notebook and its checks in a new process; return what they found, or an error message."""
    if path.stat().st_size > _MAX_BYTES:
        text = _("{path} is larger than {count:,} bytes. Clear its outputs")
        return {}, text.format(path=path, count=_MAX_BYTES)
    with tempfile.TemporaryDirectory() as directory:
        result_file = Path(directory) / "findings.json"
        command = [
            sys.executable,
            "-m",
            "autograder.notebook.github_actions",
            str(path.resolve()),
            str(result_file),
        ]
        try:
            # Capture the output: Actions would execute workflow commands that a notebook prints.
            subprocess.run(  # noqa: S603  # this module
                command, cwd=path.parent, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return {}, _("{path} ran longer than {seconds} s").format(path=path, seconds=_SECONDS)
        if not result_file.exists():
            return {}, _("{path} could not be run to its end").format(path=path)
        return msgspec.json.decode(result_file.read_bytes(), type=Findings), ""


def run_notebook(path: Path, result_file: Path) -> None:
    """Run a notebook's cells in this process, without exploration, and write what the checks found."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    for source in _sources(json.loads(path.read_text(encoding="utf-8"))):
        shell.run_cell(source)
    by_question = {}
    for question in questions_of(path.stem):
        result = check.check(question)
        assert isinstance(result, CheckResult)
        by_question[question] = Finding(result.outcomes, result.standing, result.finding)
    result_file.write_bytes(msgspec.json.encode(by_question))


def _sources(notebook: dict[str, Any]) -> Iterator[str]:
    """The code of the cells with answers, and of the cells that these need."""
    for cell in notebook["cells"]:
        if is_run(cell):
            source = cell["source"]
            yield source if isinstance(source, str) else "".join(source)


def _line(notebook: str, question: str) -> int:
    """The line number of a question's grade cell in the notebook's file."""
    before = notebook.partition(f'"grade_id": "{question}"')[0]
    return before.count("\n") + 1


def _annotation(path: Path, line: int, title: str, text: str) -> str:
    """The workflow command that makes Actions show an error at a line of a file."""
    file = _escape(path.as_posix()).replace(":", "%3A").replace(",", "%2C")
    return f"::error file={file},line={line},title={title}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _section(name: str, by_question: Findings) -> str:
    """A notebook's section of the job's summary: a table of its questions, and its mistakes in full."""
    heading = f"| {_('question')} | | {_('points in the tests here')} |"
    points = _("{earned:g} of {possible:g}")
    lines = [f"## {name}", "", heading, "|---|---|---|"]
    for question, finding in by_question.items():
        earned = sum(outcome.points for outcome in finding.outcomes)
        possible = sum(outcome.max_points for outcome in finding.outcomes)
        earned_text = points.format(earned=earned, possible=possible)
        lines.append(f"| {question} | {finding.standing} | {earned_text} |")
    for finding in by_question.values():
        if overall(finding.outcomes) in _WRONG:
            # Indented text is code in Markdown, so that no markup in it takes effect.
            lines += ["", *(f"    {line}" for line in finding.text.splitlines())]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run_notebook(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        sys.exit(main())
