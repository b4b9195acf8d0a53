"""Reads what a student handed in; whatever it is, the result can be graded.

Nothing here raises for anything that a student can do, and nothing of theirs is changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder._util.digests import digest, json_digest
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.submissions.chosen_notebook import choose
from autograder.submissions.files import listing, one_line, read_files
from autograder.submissions.notebook_json import Unreadable
from autograder.submissions.repair import repair
from autograder.submissions.timestamps import read_timestamp

_MARKUP = frozenset('<>"')


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment.

    `notebook` is the released notebook with the student's work in it. `files` are the
    other files, by relative path. Each of `problems` is one line: what, where, what to
    do. Where `readable` is False, the notebook is the blank release. `digest` is the
    SHA-256 of what is graded.
    """

    student: str
    assignment: str
    notebook: NotebookNode
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    readable: bool = True
    digest: str = ""


def read_submission(directory: Path, assignment: str, course: Course) -> Submission:
    """The submission in `directory`, that is `.../<student>/<assignment>`.

    Raises CourseError where the assignment has not been released; never for a
    student's files.
    """
    template = _template(course.released_notebook(assignment))
    problems: list[str] = []
    readable = True
    if problem := read_timestamp(directory).problem:
        problems.append(problem)
    notebooks, others = listing(directory, problems)
    try:
        chosen, cells = choose(
            directory,
            assignment,
            (notebooks, others),
            template.cells,
            course.config.limits.notebook_bytes,
            problems,
        )
        others = [name for name in others if name != chosen]  # such as alpha.ipynb.txt
        others_ids = {
            cell_id: other.name
            for other in course.assignments.values()
            if other.name != assignment
            for question in other.questions
            for cell_id in (question.name, question.blank)
        }
        own_modules = {Path(name).stem for name in others if name.endswith(".py")}
        notebook = repair(template, cells, one_line(chosen), others_ids, problems, own_modules)
    except Unreadable as error:
        problems.append(str(error))
        notebook, readable = template, False
    except MemoryError:  # this machine's want, not the student's: a rerun reads what is there
        raise
    except Exception as error:  # nobody thought of it: it costs one grade, not the class's
        problems.append(
            f"{one_line(assignment)}.ipynb: not repaired ({type(error).__name__}). Look at it by hand"
        )
        notebook, readable = _template(course.released_notebook(assignment)), False
    files = read_files(directory, others, course.config.limits.files_bytes, problems)
    return Submission(
        student=directory.parent.name,
        assignment=assignment,
        notebook=notebook,
        files=files,
        problems=problems,
        readable=readable,
        digest=_digest(assignment, notebook, files, [] if readable else problems),
    )


def _template(path: Path) -> NotebookNode:
    """A fresh copy of the released notebook at `path`."""
    try:
        text = _template_text(path, path.stat().st_mtime_ns)
        notebook: NotebookNode = nbformat.from_dict(json.loads(text))  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise CourseError(f"{path}: no released notebook ({error}). Run `make release`") from None
    return notebook


@lru_cache(maxsize=32)
def _template_text(path: Path, _changed: int) -> str:
    """The notebook at `path` as JSON, checked once for all who read it."""
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    return json.dumps(notebook)


def _digest(
    assignment: str, notebook: NotebookNode, files: dict[str, bytes], problems: list[str]
) -> str:
    code = [(cell.id, cell.source) for cell in notebook.cells if cell.cell_type == "code"]
    contents = sorted((name, digest(data)) for name, data in files.items())
    return json_digest([assignment, code, contents, problems])


def odd_id(student: str) -> str:
    """Why a student's id is refused, in one line; empty for one that is a name and no more.

    The formgrader of nbgrader puts ids into its pages as they are, and nbgrader strips them.
    """
    if student != student.strip():
        return f"{one_line(student)!r}: a student's id with blanks around it. Rename the directory"
    if one_line(student) == student and _MARKUP.isdisjoint(student):
        return ""
    return (
        f"{one_line(student)}: a student's id with < > \" or characters that do not print, "
        "which the formgrader would not show as text. Rename the directory"
    )
