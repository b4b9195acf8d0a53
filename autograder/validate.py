"""Check the course itself: solutions earn full marks, blanks nothing, and the release is current."""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
from rich.console import Console

from autograder.authoring import build
from autograder.authoring_checks import BEGIN, END
from autograder.course import Course
from autograder.grading import grade
from autograder.outcome import Status
from autograder.submission import read_submission

_MARKERS = (f"### {BEGIN}", f"### {END}")


def validate(course: Course, console: Console) -> bool:
    """Print one line for each defect and one for each assignment that is sound.

    Raises AuthoringError for what the authoring checks refuse.
    """
    defects = []
    for name, built in build(course).items():
        released = course.released_notebook(name)
        if not released.exists() or released.read_bytes() != built.release:
            console.print(
                f"{course.shown(released)}: not up to date. Run `make release`", markup=False
            )
            return False
        defects = [
            *_defects(course, name, filled_in(built.release, built.source), full=True),
            *_defects(course, name, built.release, full=False),
        ]
        for line in defects:
            console.print(line, markup=False)
        if not defects:
            points = course.assignments[name].points
            console.print(f"{name}: the solution earns all {points:g} points, the blank none")
    return not defects


def filled_in(release: bytes, source: bytes) -> bytes:
    """The released notebook with the solutions in its blanks, as a perfect student hands it in."""
    notebook = nbformat.reads(release.decode(), as_version=4)  # type: ignore[no-untyped-call]
    solved = nbformat.reads(source.decode(), as_version=4)  # type: ignore[no-untyped-call]
    answers = {cell.id: cell.source for cell in solved.cells}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            lines = answers[cell.id].splitlines(keepends=True)
            cell.source = "".join(line for line in lines if line.strip() not in _MARKERS)
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return text.encode()


def _defects(course: Course, assignment: str, notebook: bytes, *, full: bool) -> list[str]:
    """What is wrong with the grade of the filled-in (`full`) or the blank notebook."""
    with tempfile.TemporaryDirectory(prefix="validate-") as directory:
        folder = Path(directory) / "nobody" / assignment
        folder.mkdir(parents=True)
        (folder / f"{assignment}.ipynb").write_bytes(notebook)
        record = grade(read_submission(folder, assignment, course), course)
    wanted = Status.PASSED if full else Status.NOT_ATTEMPTED
    lines = []
    for question in course.assignments[assignment].questions:
        score, status = record.score(question.name), record.status(question.name)
        worth = record.max_score(question.name)
        if score == (worth if full else 0) and status is wanted:
            continue
        which = "the solution" if full else "the blank"
        said = next((o.message for o in record.of(question.name) if o.status is status), "")
        lines.append(
            f"solutions/{assignment}.py:{question.line}: {question.name}: {which} is graded "
            f"{score} of {worth:g}, {status}: {said}"
        )
    return lines
