"""Check the course: solutions earn all points, blanks earn none, notebooks run, nothing leaks."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from rich.console import Console

from autograder._util.terminal import counted, tell_progress
from autograder.authoring import catalogs
from autograder.authoring.grader_place import grader_place
from autograder.authoring.leak_audit import Secret, audit, audit_others, secrets
from autograder.authoring.release import Built, build_sound
from autograder.authoring.run_notebook import run_notebook, shown_text
from autograder.authoring.wrong_solutions import missing_wrong_solutions
from autograder.course.cells import BEGIN, END
from autograder.course.course import Assignment, Course
from autograder.course.known_names import refuse_unknown_assignments
from autograder.course.solution_file import Cell, read_cells
from autograder.course.titles import notebook_title
from autograder.feedback.render import WORDS
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.submissions.submission import read_submission
from autograder.testing.oracle_checks import asking_oracles

_MAX_MESSAGE = 500  # characters of an outcome's message
_REGION_MARKERS = (f"### {BEGIN}", f"### {END}")


def validate(course: Course, console: Console, assignments: Sequence[str] = ()) -> bool:
    """Print one line for each defect, and one for each assignment without defects.

    With `assignments`, only these are run and graded; the course's files are checked in any case.
    An assignment that cannot be released shows only its first defect. One whose release is not up
    to date is not graded. Raises SandboxUnavailable if there is no working sandbox, and
    AuthoringError if nbgrader cannot make the releases, CourseError for an unknown assignment.
    """
    refuse_unknown_assignments(assignments, course.assignments)
    built, errors = build_sound(course)
    known_secrets = secrets(course)
    defects = [
        *course.unreadable,
        *map(str, errors),
        *audit_others(course, known_secrets),
        *catalogs.defects(course),
        *_same_numbers(course),
    ]
    for line in defects:
        console.print(line, markup=False)
    count = len(defects)
    for name, notebooks in built.items():
        if assignments and name not in assignments:
            continue
        before = count
        # Running and grading a notebook takes minutes: say which one it is.
        tell_progress(f"{name}: runs the notebook and grades it")
        for line in _defects(course, name, notebooks, known_secrets):
            console.print(line, markup=False)
            count += 1
        if count == before:
            console.print(f"{name}: {_without_defects(course.assignments[name])}")
    if count:
        console.print(counted(count, "defect"))
    return not count


def _without_defects(assignment: Assignment) -> str:
    """What was found of an assignment without defects."""
    points = sum(question.points for question in assignment.checked)
    by_hand = assignment.points - points
    if not assignment.checked:
        return f"a person gives all: {counted(by_hand, 'point')}"
    rest = f"; a person gives {by_hand:g} more" if by_hand else ""
    return f"the solution earns {points:g} of {counted(points, 'point')}, the blank none{rest}"


def filled_in(release: bytes, source: bytes) -> bytes:
    """The released notebook with the solutions in its blanks, as a perfect student submits it."""
    notebook = nbformat.reads(release.decode(), as_version=4)
    solved = nbformat.reads(source.decode(), as_version=4)
    answers = {cell.id: cell.source for cell in solved.cells}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            lines = answers[cell.id].splitlines(keepends=True)
            cell.source = "".join(line for line in lines if line.strip() not in _REGION_MARKERS)
    text: str = nbformat.writes(notebook)
    return text.encode()


def _same_numbers(course: Course) -> Iterator[str]:
    """A line for each assignment whose title has the number of an earlier one, its place in the course."""
    by_number: dict[float, str] = {}
    for assignment in course.assignments.values():
        if assignment.number == math.inf:
            continue
        file = course.relative(assignment.path)
        other = by_number.setdefault(assignment.number, file)
        if other != file:
            yield f"{file}:1: its title has the number {assignment.number:g}, as that of {other}. Give it another"


def _defects(
    course: Course, name: str, built: Built, known_secrets: Sequence[Secret]
) -> Iterator[str]:
    """The defects of an assignment that can be released, the quick checks first."""
    solution = course.assignments[name].path
    file = course.relative(solution)
    if not notebook_title(read_cells(solution, file)):
        yield f"{file}:1: the notebook has no title. Begin its first text with a line such as `# 1. Pooling`"
    path = course.released_notebook(name)
    released = path.read_bytes() if path.exists() else b""
    if released != built.release:
        yield f"{course.relative(path)}:1: not up to date. Run `make release`"
    leaks = audit(course, name, built.release, known_secrets)
    if released not in (b"", built.release):
        leaks += audit(course, name, released, known_secrets)
    yield from dict.fromkeys(leaks)
    yield from missing_wrong_solutions(course, name)
    solved = filled_in(built.release, built.source)
    yield from _run_defects(course, name, solved, built.release)
    if released == built.release:
        yield from _grade_defects(course, name, solved, full=True)
        yield from _grade_defects(course, name, built.release, full=False)


def _run_defects(course: Course, assignment: str, solved: bytes, blank: bytes) -> Iterator[str]:
    """The cell that stops a notebook, filled in or blank, and each check that the filled-in one does not pass."""
    notebook = nbformat.reads(solved.decode(), as_version=4)
    path = course.assignments[assignment].path
    file = course.relative(path)
    cells = read_cells(path, file)
    stop = run_notebook(notebook, course)
    run = len(cells) if stop is None else stop.cell
    yield from _check_defects(file, cells[:run], notebook)
    if stop is not None:
        line = cells[stop.cell].line
        yield f"{file}:{line}: this cell stops the notebook: {stop.reason}. Correct it"
    # A student's first "Run All Cells" is of the blank notebook.
    blank_stop = run_notebook(nbformat.reads(blank.decode(), as_version=4), course)
    if blank_stop is not None and blank_stop.cell < run:
        yield (
            f"{file}:{cells[blank_stop.cell].line}: this cell stops the notebook while a blank is open: "
            f"{blank_stop.reason}. Begin it with `with unless_blank():`"
        )


def _check_defects(file: str, cells: Sequence[Cell], notebook: NotebookNode) -> Iterator[str]:
    """Each check that the notebook, which has run up to the end of `cells`, does not pass."""
    mark, _words = WORDS[Status.PASSED]
    for index, cell in enumerate(cells):
        if cell.nbgrader is None or not cell.is_question:
            continue
        question, output = cell.nbgrader.grade_id, shown_text(notebook.cells[index])
        printed, passed, _result = output.partition(f"{mark} {question}:")
        if passed and printed:
            yield (
                f"{file}:{cell.line}: the check of {question} in the notebook prints "
                f"{printed.splitlines()[0]!r} before its result. Take the print out of the grader or "
                "the solution"
            )
        elif not passed:
            is_grader_error = output.startswith(WORDS[Status.GRADER_ERROR][0])
            yield (
                f"{file}:{cell.line}: the check of {question} in the notebook says "
                f"{output.partition(' (')[0]!r}. Correct {'the grader' if is_grader_error else 'the cells above it'}"
            )


def _grade_defects(
    course: Course, assignment: str, notebook: bytes, *, full: bool
) -> Iterator[str]:
    """The defects of the grade of the filled-in (`full`) or the blank notebook."""
    with tempfile.TemporaryDirectory(prefix="validate-") as directory:
        folder = Path(directory) / "nobody" / assignment
        folder.mkdir(parents=True)
        (folder / f"{assignment}.ipynb").write_bytes(notebook)
        # Oracles also check right answers here, unlike in grading: bypass the cache.
        uncached = replace(course, other_cache=Path(directory) / "cache")
        with asking_oracles():
            record = grade(read_submission(folder, assignment, course), uncached)
    expected = Status.PASSED if full else Status.NOT_ATTEMPTED
    graded = "the solution" if full else "the blank"
    remedy = "Correct the solution or its grader" if full else "A blank must earn nothing"
    file = course.relative(course.assignments[assignment].path)
    for question in course.assignments[assignment].checked:
        score, status = record.score(question.name), record.status(question.name)
        maximum = record.max_score(question.name)
        if score == (maximum if full else 0) and status is expected:
            continue
        outcome = next((o for o in record.outcomes_of(question.name) if o.status is status), None)
        message = " ".join(outcome.message.split())[:_MAX_MESSAGE] if outcome else ""
        detail = f": {message}" if message else ""
        if score is None:
            place = grader_place(course, outcome.traceback) if outcome else ""
            yield (
                f"{file}:{question.line}: {question.name}: {graded} gets no grade, "
                f"{status}{detail}{place}. Correct the grader or the solution"
            )
            continue
        yield (
            f"{file}:{question.line}: {question.name}: {graded} is graded {score:g} of {maximum:g}, "
            f"{status}{detail}. {remedy}"
        )
