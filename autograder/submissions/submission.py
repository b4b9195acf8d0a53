"""Reads a submission into a form that can be graded, whatever the student handed in.

No file of a student makes this raise, and it changes none of their files.
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
from autograder.course.stubs import answer_stubs
from autograder.submissions.chosen_notebook import choose
from autograder.submissions.files import first_bytes, listing, one_line, read_files
from autograder.submissions.notebook_json import Unreadable
from autograder.submissions.repair import repair
from autograder.submissions.timestamps import read_timestamp
from autograder.submissions.written_answers import blank_answers, text_digest

_MARKUP = frozenset('<>"')


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment.

    `notebook` is the released notebook with the student's work in it, or the blank release if
    `readable` is False. `files` are the other files, by relative path. Each of `problems` is one
    line: what, where, what to do. `digest` is the SHA-256 of everything that is graded. `is_foreign`
    is True for a notebook without a cell of the questions, which may be one of something else.
    `blank_answers` are the written questions that nobody needs to read.
    """

    student: str
    assignment: str
    notebook: NotebookNode
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    readable: bool = True
    is_foreign: bool = False
    digest: str = ""
    blank_answers: frozenset[str] = frozenset()

    def is_unjudged(self, points: float) -> bool:
        """Whether a person has to look at it: nobody gets 0 unseen for what may be something else."""
        return not self.readable or (self.is_foreign and not points)


def read_submission(directory: Path, assignment: str, course: Course) -> Submission:
    """The submission in `directory`, which is `.../<student>/<assignment>`.

    Raises CourseError if the assignment has not been released, but for no file of a student.
    """
    template = _template(course.released_notebook(assignment))
    problems: list[str] = []
    readable, is_foreign = True, False
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
        notebook, is_foreign = repair(
            template, cells, one_line(chosen), others_ids, problems, own_modules
        )
    except Unreadable as error:
        problems.append(str(error))
        notebook, readable = template, False
    except MemoryError:  # this machine is short of memory: a later run can read the submission
        raise
    except Exception as error:  # an unforeseen defect may cost one grade, not the whole class
        problems.append(
            f"{one_line(assignment)}.ipynb: not repaired ({type(error).__name__}). Look at it by hand"
        )
        notebook, readable = _template(course.released_notebook(assignment)), False
    files = read_files(directory, others, course.config.limits.files_bytes, problems)
    unread = []
    if not readable:
        limit = course.config.limits.notebook_bytes
        unread = [*problems, _raw_digest(directory, notebooks, limit)]
    return Submission(
        student=directory.parent.name,
        assignment=assignment,
        notebook=notebook,
        files=files,
        problems=problems,
        readable=readable,
        is_foreign=is_foreign,
        digest=_digest(assignment, notebook, files, unread),
        blank_answers=_blank_answers(course, assignment, notebook) if readable else frozenset(),
    )


def _template(path: Path) -> NotebookNode:
    """A fresh copy of the released notebook at `path`."""
    try:
        text = _template_text(path, path.stat().st_mtime_ns)
        notebook: NotebookNode = nbformat.from_dict(json.loads(text))
    except (OSError, ValueError) as error:
        raise CourseError(f"{path}: no released notebook ({error}). Run `make release`") from None
    return notebook


@lru_cache(maxsize=32)
def _template_text(path: Path, _modified: int) -> str:
    """The notebook at `path` as JSON; cached, so that nbformat validates it only once."""
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    return json.dumps(notebook)


def _raw_digest(directory: Path, notebooks: list[str], most: int) -> str:
    """A digest of the first `most` bytes of the notebooks together, of which none can be read as one.

    Two that cannot be read for the same reason differ: one may get points by hand, the other not.
    """
    contents = []
    for name in notebooks:
        data = first_bytes(directory / name, most)
        most -= len(data)
        contents.append((name, digest(data)))
    return json_digest(contents)


def _digest(
    assignment: str, notebook: NotebookNode, files: dict[str, bytes], unread: list[str]
) -> str:
    code = [(cell.id, cell.source) for cell in notebook.cells if cell.cell_type == "code"]
    contents = sorted((name, digest(data)) for name, data in files.items())
    parts = [assignment, code, contents, unread]
    if text := text_digest(notebook):  # without written questions the digest stays what it was
        parts.append(text)
    return json_digest(parts)


def _blank_answers(course: Course, assignment: str, notebook: NotebookNode) -> frozenset[str]:
    if not course.assignments[assignment].written:
        return frozenset()
    released = _template(course.released_notebook(assignment)).cells
    own_cells = {cell.id for cell in notebook.cells} - {cell.id for cell in released}
    texts = (cell.id for cell in notebook.cells if cell.cell_type == "markdown")
    stubs = frozenset(answer_stubs(course.graders))
    return blank_answers(notebook, released, own_cells.intersection(texts), stubs)


def odd_id(student: str) -> str:
    """Why a student's id is refused, in one line; empty for a plain name.

    nbgrader's formgrader inserts ids into its pages unescaped, and nbgrader strips blanks from ids.
    """
    if student != student.strip():
        return f"{one_line(student)!r}: a student's id with blanks around it. Rename the directory"
    if one_line(student) == student and _MARKUP.isdisjoint(student):
        return ""
    return (
        f"{one_line(student)}: a student's id with < > \" or characters that do not print, "
        "which the formgrader would not show as text. Rename the directory"
    )
