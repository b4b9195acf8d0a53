"""Finds the notebook to grade among the files of a submission: by its contents, then by its name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.submissions.files import first_bytes, first_names, is_archive, one_line, read_capped
from autograder.submissions.notebook_json import StudentCell, Unreadable, read_student_cells

_MAX_CANDIDATES = 20  # files that may be the notebook
_OUTPUTS_FACTOR = 5  # a file with outputs may be this many times as large as one without
_COPY_SUFFIX = re.compile(r"([ _-]*\(\d+\)|-copy\d*|[ _-]\d{1,2})+$")


@dataclass(frozen=True)
class _Candidate:
    """A file that may be the notebook; `error` says why nothing in it can be read."""

    name: str
    cells: list[StudentCell]
    problems: list[str]
    error: str
    size: int  # of the file; 0 if it was not read
    is_ours: bool  # has cells with ids of this assignment
    has_work: bool  # is_ours, and a blank is filled in


def choose(
    directory: Path,
    assignment: str,
    files: tuple[Sequence[str], Sequence[str]],
    released: Sequence[NotebookNode],
    most_bytes: int,
    problems: list[str],
) -> tuple[str, list[StudentCell]]:
    """The name of the notebook of `assignment` in `directory`, and its cells.

    `files` are the names of the notebooks there and of the other files. Among several notebooks
    with the assignment's cells, the one with the released name or the nearest name wins, unless
    it is blank and another is not. Adds a line to `problems` for each choice. Raises Unreadable if
    there is no such notebook.
    """
    notebooks, others = files
    exact = f"{assignment}.ipynb"
    blanks = _blanks(released)
    candidates: list[_Candidate] = []
    bytes_left = 2 * _OUTPUTS_FACTOR * most_bytes
    for name in _likely_names(directory, notebooks, others, exact):
        candidate = _read(directory, name, most_bytes, blanks)
        bytes_left -= candidate.size
        candidates.append(candidate)
        if len(candidates) == _MAX_CANDIDATES or bytes_left <= 0:
            break
    of_assignment = [candidate for candidate in candidates if candidate.is_ours]
    # Old programs write no cell ids; then only the file name can identify the notebook.
    similar = [candidate for candidate in candidates if is_similar(candidate.name, exact)]
    if not (of_assignment or similar):
        raise Unreadable(_missing_message(exact, notebooks, others))
    chosen = next(
        (candidate for candidate in of_assignment if candidate.has_work),
        (of_assignment or similar)[0],
    )
    not_chosen = [candidate for candidate in of_assignment or similar if candidate is not chosen]
    not_chosen += [candidate for candidate in similar if candidate not in (chosen, *not_chosen)]
    if note := _choice_note(chosen, not_chosen, exact):
        problems.append(note)
    problems.extend(chosen.problems)
    if chosen.error:
        raise Unreadable(chosen.error)
    return chosen.name, chosen.cells


def _blanks(released: Sequence[NotebookNode]) -> dict[str, str]:
    """Cell id -> released source for the assignment's blanks and grade cells (empty for grade cells)."""
    sources = {}
    for cell in released:
        nbgrader = cell.metadata.get("nbgrader", {})
        if nbgrader.get("solution") or nbgrader.get("grade"):
            source = cell.source if nbgrader.get("solution") else ""
            sources[nbgrader["grade_id"]] = sources[cell.id] = source
    return sources


def _likely_names(
    directory: Path, notebooks: Sequence[str], others: Sequence[str], exact: str
) -> Iterator[str]:
    """Names of files that may be the notebook, the most likely first."""

    def unlikeliness(name: str) -> tuple[bool, bool, int, int, str]:
        # First the exact name at the top level, as in nbgrader; then the shallowest path.
        return name != exact, not is_similar(name, exact), name.count(os.sep), len(name), name

    yield from sorted(notebooks, key=unlikeliness)
    for name in sorted(others, key=unlikeliness):
        if first_bytes(directory / name, 64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
            yield name


def _read(directory: Path, name: str, most: int, blanks: Mapping[str, str]) -> _Candidate:
    problems: list[str] = []
    size = 0
    try:
        # Outputs are usually the largest part and are dropped, so allow a larger file.
        data = read_capped(directory / name, _OUTPUTS_FACTOR * most, one_line(name))
        size = len(data)
        cells = read_student_cells(data, one_line(name), problems, most)
        if size > most:
            problems.append(f"{one_line(name)}: {size:,} bytes, outputs were dropped. Clear them")
    except Unreadable as error:
        return _Candidate(name, [], problems, str(error), size, is_ours=False, has_work=False)
    keys = [(cell, _released_id(cell, blanks)) for cell in cells]
    released_cells = [(cell, blanks[key]) for cell, key in keys if key is not None]
    has_work = any(
        released_source and cell.source.split() != released_source.split()
        for cell, released_source in released_cells
    )
    return _Candidate(
        name, cells, problems, "", size, is_ours=bool(released_cells), has_work=has_work
    )


def _released_id(cell: StudentCell, blanks: Mapping[str, str]) -> str | None:
    return next((key for key in (cell.grade_id, cell.cell_id) if key in blanks), None)


def _choice_note(chosen: _Candidate, not_chosen: Sequence[_Candidate], exact: str) -> str:
    """Why this notebook was chosen; empty if it is the only one and has the released name."""
    if not not_chosen:
        if chosen.name == exact:
            return ""
        return f"{one_line(chosen.name)}: taken for {exact}. Keep the released name"
    reason = "the exact name" if chosen.name == exact else "the nearest name"
    if chosen.name != exact and chosen.has_work and not any(other.has_work for other in not_chosen):
        reason = "the one with answers"
    shared = (
        "of one name"
        if all(is_similar(candidate.name, exact) for candidate in (chosen, *not_chosen))
        else "of one assignment"
    )
    omitted = first_names([one_line(other.name) for other in not_chosen])
    return (
        f"{len(not_chosen) + 1} notebooks {shared}: took {one_line(chosen.name)} ({reason}), "
        f"left out {omitted}. Hand in one"
    )


def _missing_message(exact: str, notebooks: Sequence[str], others: Sequence[str]) -> str:
    hint = f" ({first_names([*map(one_line, notebooks)])} is not it)" if notebooks else ""
    if archives := [name for name in others if is_archive(name)]:
        hint += f" ({first_names(archives)} was not unpacked)"
    return f"{exact}: missing{hint}. Hand it in under its released name"


def is_similar(name: str, exact: str) -> bool:
    """Whether a file's name is the released name of a notebook, or what a copy of it is called."""
    return name.casefold().endswith(".ipynb") and _stem(name) == _stem(exact)


def _stem(name: str) -> str:
    stem = Path(name).name.casefold().removesuffix(".ipynb")
    return re.sub(r"[ -]", "_", _COPY_SUFFIX.sub("", stem))
