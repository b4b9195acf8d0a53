"""GitHub Actions in a student's repository: run the notebooks there, and say what check() finds.

    python -m autograder.notebook.github_actions

Only the tests that students have are run, by code that they can change: this is feedback, never a
grade. Mistakes become annotations at their questions, and all is told in the job's summary.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from autograder.course.cells import is_run
from autograder.feedback.render import in_words, question_text
from autograder.notebook import check
from autograder.results.outcome import Status, TestOutcome, overall

_SECONDS = 900  # of a notebook; cells that train for long are not run
_MAX_BYTES = 20_000_000  # of a notebook
_MAX_SUMMARY = 1_000_000  # characters; Actions takes no more than a MiB
_WRONG = (Status.FAILED, Status.CRASHED)

Found = dict[str, list[TestOutcome]]  # the outcomes of each question


def main() -> int:
    """Check all notebooks in and below the current directory; 1 if a question is answered wrongly."""
    summary: list[str] = []
    wrong = False
    for path in sorted([*Path().glob("*.ipynb"), *Path().glob("*/*.ipynb")]):
        questions = check.questions(path.stem)
        if not questions:
            continue
        found, error = _checked(path)
        if error:
            print(_annotation(path, 1, path.stem, error))
            summary.append(f"## {path.stem}\n\n{error}\n")
            wrong = True
            continue
        text = path.read_text(encoding="utf-8")
        for question, outcomes in found.items():
            if overall(outcomes) in _WRONG:
                told = question_text(question, outcomes, final=False)
                print(_annotation(path, _line(text, question), question, told))
                wrong = True
        summary.append(_section(path.stem, found))
    if target := os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(target, "a", encoding="utf-8") as file:
            file.write("\n".join(summary)[:_MAX_SUMMARY])
    return int(wrong)


def _checked(path: Path) -> tuple[Found, str]:
    """What check() finds in a notebook, run in a process of its own, or why nothing was found."""
    if path.stat().st_size > _MAX_BYTES:
        return {}, f"{path} is larger than {_MAX_BYTES:,} bytes. Clear its outputs"
    with tempfile.TemporaryDirectory() as directory:
        answer = Path(directory) / "outcomes.json"
        command = [
            sys.executable,
            "-m",
            "autograder.notebook.github_actions",
            str(path.resolve()),
            str(answer),
        ]
        try:
            # What the notebook prints would otherwise be read as commands to Actions.
            subprocess.run(  # noqa: S603  # this module
                command, cwd=path.parent, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return {}, f"{path} ran longer than {_SECONDS} s"
        if not answer.exists():
            return {}, f"{path} could not be run to its end"
        return msgspec.json.decode(answer.read_bytes(), type=Found), ""


def run_notebook(path: Path, answer: Path) -> None:
    """Run a notebook's cells in this process, without exploration, and write what check() finds."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    for source in _sources(json.loads(path.read_text(encoding="utf-8"))):
        shell.run_cell(source)  # type: ignore[no-untyped-call]
    found = {}
    for question in check.questions(path.stem):
        checked = check.check(question)
        assert isinstance(checked, check.CheckResult)
        found[question] = checked.outcomes
    answer.write_bytes(msgspec.json.encode(found))


def _sources(notebook: dict[str, Any]) -> Iterator[str]:
    """The code of the cells that answers are in, and what these need."""
    for cell in notebook["cells"]:
        if is_run(cell):
            source = cell["source"]
            yield source if isinstance(source, str) else "".join(source)


def _line(notebook: str, question: str) -> int:
    """The line of the notebook's file at which a question's grade cell stands."""
    before = notebook.partition(f'"grade_id": "{question}"')[0]
    return before.count("\n") + 1


def _annotation(path: Path, line: int, title: str, text: str) -> str:
    """An error at a place, as Actions reads it from what a step prints."""
    place = _escaped(path.as_posix()).replace(":", "%3A").replace(",", "%2C")
    return f"::error file={place},line={line},title={title}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _section(name: str, found: Found) -> str:
    """A notebook in the job's summary: a table of its questions, and what is wrong in full."""
    lines = [f"## {name}", "", "| question | | points in the tests here |", "|---|---|---|"]
    for question, outcomes in found.items():
        mark, words = in_words(overall(outcomes))
        earned = sum(outcome.points for outcome in outcomes)
        possible = sum(outcome.max_points for outcome in outcomes)
        lines.append(f"| {question} | {mark} {words} | {earned:g} of {possible:g} |")
    for question, outcomes in found.items():
        if overall(outcomes) in _WRONG:
            text = question_text(question, outcomes, final=False)
            # Indented, it is code in Markdown: nothing in it acts.
            lines += ["", *(f"    {line}" for line in text.splitlines())]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run_notebook(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        sys.exit(main())
