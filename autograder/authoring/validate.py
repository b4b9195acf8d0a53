"""Check the course: solutions earn full marks, blanks nothing, notebooks run, nothing leaks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import nbformat
from rich.console import Console

from autograder.authoring import catalogs
from autograder.authoring.leak_audit import Secret, audit, audit_others, secrets
from autograder.authoring.release import Built, build_sound
from autograder.authoring.run_notebook import run_notebook, shown_text
from autograder.authoring.wrong_solutions import missing_wrong_solutions
from autograder.course.cells import BEGIN, END
from autograder.course.course import Course
from autograder.course.solution_file import read_cells
from autograder.feedback.render import WORDS
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.submissions.submission import read_submission
from autograder.testing.expectation import asking_oracles

_LONGEST = 500  # of what is told about a grade
_MARKERS = (f"### {BEGIN}", f"### {END}")


def validate(course: Course, console: Console) -> bool:
    """Print every defect in a line of its own, and a line for each assignment that has none.

    Of an assignment that cannot be released it is the first defect, and one whose release is
    not up to date is not graded. Raises SandboxUnavailable where no sandbox holds, AuthoringError
    where nbgrader cannot make the releases.
    """
    built, errors = build_sound(course)
    known = secrets(course)
    refused = [
        *course.unreadable,
        *map(str, errors),
        *audit_others(course, known),
        *catalogs.defects(course),
    ]
    for line in refused:
        console.print(line, markup=False)
    count = len(refused)
    for name, notebooks in built.items():
        before = count
        for line in _defects(course, name, notebooks, known):
            console.print(line, markup=False)
            count += 1
        if count == before:
            points = course.assignments[name].points
            console.print(f"{name}: the solution earns all {points:g} points, the blank none")
    if count:
        console.print(f"{count} defects" if count > 1 else "1 defect")
    return not count


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


def _defects(course: Course, name: str, built: Built, known: Sequence[Secret]) -> Iterator[str]:
    """What is wrong with an assignment that can be released, the quick checks first."""
    path = course.released_notebook(name)
    released = path.read_bytes() if path.exists() else b""
    if released != built.release:
        yield f"{course.relative(path)}:1: not up to date. Run `make release`"
    leaks = audit(course, name, built.release, known)
    if released not in (b"", built.release):
        leaks += audit(course, name, released, known)
    yield from dict.fromkeys(leaks)
    yield from missing_wrong_solutions(course, name)
    solved = filled_in(built.release, built.source)
    yield from _run_defects(course, name, solved)
    if released == built.release:
        yield from _grade_defects(course, name, solved, full=True)
        yield from _grade_defects(course, name, built.release, full=False)


def _run_defects(course: Course, assignment: str, solved: bytes) -> Iterator[str]:
    """The cell at which the filled-in notebook stops, and each check that it does not pass."""
    notebook = nbformat.reads(solved.decode(), as_version=4)  # type: ignore[no-untyped-call]
    mark, _words = WORDS[Status.PASSED]
    path = course.assignments[assignment].path
    shown = course.relative(path)
    stop = run_notebook(notebook, course)
    for index, cell in enumerate(read_cells(path, shown)):
        if stop is not None and index == stop.cell:
            yield f"{shown}:{cell.line}: this cell stops the notebook: {stop.reason}. Correct it"
            return
        if cell.nbgrader is None or not cell.is_question:
            continue
        question, said = cell.nbgrader.grade_id, shown_text(notebook.cells[index])
        if not said.startswith(f"{mark} {question}:"):
            yield (
                f"{shown}:{cell.line}: the check of {question} in the notebook says "
                f"{said.partition(' (')[0]!r}. Correct the cells above it"
            )


def _grade_defects(
    course: Course, assignment: str, notebook: bytes, *, full: bool
) -> Iterator[str]:
    """What is wrong with the grade of the filled-in (`full`) or the blank notebook."""
    with tempfile.TemporaryDirectory(prefix="validate-") as directory:
        folder = Path(directory) / "nobody" / assignment
        folder.mkdir(parents=True)
        (folder / f"{assignment}.ipynb").write_bytes(notebook)
        # What students' right answers are not held against, these are; so not from the cache.
        apart = replace(course, other_cache=Path(directory) / "cache")
        with asking_oracles():
            record = grade(read_submission(folder, assignment, course), apart)
    wanted = Status.PASSED if full else Status.NOT_ATTEMPTED
    which = "the solution" if full else "the blank"
    remedy = "Correct the solution or its grader" if full else "A blank must earn nothing"
    shown = course.relative(course.assignments[assignment].path)
    for question in course.assignments[assignment].questions:
        score, status = record.score(question.name), record.status(question.name)
        worth = record.max_score(question.name)
        if score == (worth if full else 0) and status is wanted:
            continue
        said = next((o.message for o in record.of(question.name) if o.status is status), "")
        told = f": {' '.join(said.split())[:_LONGEST]}" if said else ""
        if score is None:
            yield (
                f"{shown}:{question.line}: {question.name}: {which} gets no grade, "
                f"{status}{told}. Correct the grader"
            )
            continue
        yield (
            f"{shown}:{question.line}: {question.name}: {which} is graded {score:g} of {worth:g}, "
            f"{status}{told}. {remedy}"
        )
