"""Reads what a student handed in; whatever it is, the result can be graded.

Nothing here raises for anything that a student can do, nothing of theirs is changed,
and no file of theirs is followed, unpacked or executed.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import msgspec
import nbformat
from nbformat import NotebookNode

from autograder.course import Course, CourseError
from autograder.notebook_json import Unreadable, read_student_cells
from autograder.repair import repair

_IGNORED_DIRECTORIES = {".ipynb_checkpoints", "__pycache__", ".git", "__MACOSX"}
_IGNORED_FILES = {"timestamp.txt", ".DS_Store"}
_MOST_ENTRIES = 5_000  # directory entries looked at; a class hands in a handful
_MOST_FILES = 1_000  # beside the notebook; the jail's wire takes 4,096 in one message
_MARKUP = frozenset('<>"')
_COPY_SUFFIX = re.compile(r"([ _-]*\(\d+\)|-copy\d*|[ _-]\d{1,2})+$")


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
    notebooks, others = _listing(directory, problems)
    chosen = _choose(notebooks, assignment, problems)
    try:
        if chosen is None:
            found = f" ({_names(notebooks)} is not it)" if notebooks else ""
            raise Unreadable(
                f"{one_line(assignment)}.ipynb: missing{found}. Hand it in under its released name"
            )
        data = _read_capped(
            directory / chosen, course.config.limits.notebook_bytes, one_line(chosen)
        )
        cells = read_student_cells(data, one_line(chosen), problems)
        others_ids = {
            cell_id: other.name
            for other in course.assignments.values()
            if other.name != assignment
            for question in other.questions
            for cell_id in (question.name, question.blank)
        }
        notebook = repair(template, cells, one_line(chosen), others_ids, problems)
    except Unreadable as error:
        problems.append(str(error))
        notebook, readable = template, False
    except MemoryError:  # this machine's want, not the student's: a rerun reads what is there
        raise
    except (
        Exception
    ) as error:  # a case nobody thought of costs one student's grade, not the class's
        problems.append(
            f"{one_line(assignment)}.ipynb: not repaired ({type(error).__name__}). Look at it by hand"
        )
        notebook, readable = _template(course.released_notebook(assignment)), False
    files = _read_files(directory, others, course.config.limits.files_bytes, problems)
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
        notebook: NotebookNode = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise CourseError(f"{path}: no released notebook ({error}). Run `make release`") from None
    return notebook


@lru_cache(maxsize=32)
def _template_text(path: Path, _changed: int) -> str:
    return path.read_text(encoding="utf-8")


def _listing(directory: Path, problems: list[str]) -> tuple[list[str], list[str]]:
    """Relative paths of the notebooks and of the other regular files, sorted."""
    notebooks: list[str] = []
    others: list[str] = []
    for seen, entry in enumerate(walk_files(directory)):
        if seen >= _MOST_ENTRIES:
            problems.append(
                f"more than {_MOST_ENTRIES:,} files: the rest is left out. Hand in fewer"
            )
            break
        name = os.path.relpath(entry.path, directory)
        if entry.name in _IGNORED_FILES:
            continue
        if not entry.is_file(follow_symlinks=False):
            problems.append(
                f"{one_line(name)}: not a regular file, left out. Hand in the file itself"
            )
        elif one_line(name) != name or len(name) > 200:
            problems.append(f"{one_line(name)}: odd or very long file name, left out. Rename it")
        elif entry.name.casefold().endswith(".ipynb"):
            notebooks.append(name)
        else:
            others.append(name)
    return sorted(notebooks), sorted(others)


def walk_files(directory: Path) -> Iterator[os.DirEntry[str]]:
    """Everything below `directory` that is no directory, without following a link."""
    waiting = [str(directory)]
    while waiting:
        at = waiting.pop()
        try:
            with os.scandir(at) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _IGNORED_DIRECTORIES:
                    waiting.append(entry.path)
            else:
                yield entry


def _choose(notebooks: list[str], assignment: str, problems: list[str]) -> str | None:
    """The notebook to grade: the exact name first, then a likely one; None for none."""
    exact = f"{assignment}.ipynb"
    alike = [name for name in notebooks if name == exact or _stem(name) == _stem(exact)]
    if not alike:
        return None
    # The exact name at the top is what nbgrader takes too; then the shortest way down.
    alike.sort(key=lambda name: (name != exact, name.count(os.sep), len(name), name))
    chosen = alike[0]
    if len(alike) > 1:
        reason = "the exact name" if chosen == exact else "the nearest name"
        problems.append(
            f"{len(alike)} notebooks of one name: took {chosen} ({reason}), "
            f"left out {_names(alike[1:])}. Hand in one"
        )
    elif chosen != exact:
        problems.append(f"{chosen}: taken for {exact}. Keep the released name")
    return chosen


def _stem(name: str) -> str:
    stem = Path(name).name.casefold().removesuffix(".ipynb")
    return re.sub(r"[ -]", "_", _COPY_SUFFIX.sub("", stem))


def _read_capped(path: Path, most: int, shown: str) -> bytes:
    """The bytes of a regular file of at most `most` bytes, or Unreadable."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(f"{shown}: not a regular file. Hand in the file itself")
            if status.st_size > most or len(data := file.read(most + 1)) > most:
                raise Unreadable(
                    f"{shown}: {status.st_size:,} bytes, the limit is {most:,}. "
                    "Clear the outputs and hand it in again"
                )
    except OSError as error:
        raise Unreadable(
            f"{shown}: cannot be read ({error.strerror}). Check its permissions"
        ) from None
    return data


def _read_files(
    directory: Path, names: list[str], most: int, problems: list[str]
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = most
    if len(names) > _MOST_FILES:
        problems.append(f"more than {_MOST_FILES:,} files: the rest is left out. Hand in fewer")
    for name in names[:_MOST_FILES]:
        try:
            data = _read_capped(directory / name, left, name)
        except Unreadable as error:
            too_large = "the limit is" in str(error)
            what = (
                f"over the {most:,} bytes for all files together" if too_large else "cannot be read"
            )
            problems.append(f"{name}: {what}, left out. Hand in what the notebook needs")
            continue
        files[name] = data
        left -= len(data)
    return files


def _digest(
    assignment: str, notebook: NotebookNode, files: dict[str, bytes], problems: list[str]
) -> str:
    code = [(cell.id, cell.source) for cell in notebook.cells if cell.cell_type == "code"]
    contents = sorted((name, hashlib.sha256(data).hexdigest()) for name, data in files.items())
    return hashlib.sha256(msgspec.json.encode([assignment, code, contents, problems])).hexdigest()


def one_line(name: str) -> str:
    """A name that a student may have chosen as one harmless line."""
    plain = name if name.isprintable() and _encodes(name) else ascii(name)[1:-1]
    return plain if len(plain) <= 200 else plain[:200] + "..."


def odd_id(student: str) -> str:
    """Why a student's id is refused, in one line; empty for one that is a name and no more.

    The formgrader of nbgrader puts ids into its pages as they are.
    """
    if one_line(student) == student and _MARKUP.isdisjoint(student):
        return ""
    return (
        f"{one_line(student)}: a student's id with < > \" or characters that do not print, "
        "which the formgrader would not show as text. Rename the directory"
    )


def _encodes(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _names(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
