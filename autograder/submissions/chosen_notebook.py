"""Finds, among the files of a submission, the notebook to grade: by what is in it, then by name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.submissions.files import first_bytes, first_names, is_archive, one_line, read_capped
from autograder.submissions.notebook_json import StudentCell, Unreadable, read_student_cells

_MAX_LOOKED_INTO = 20  # files that may be the notebook
_MAX_TIMES = 5  # how much larger a file with its outputs may be than one without
_COPY_SUFFIX = re.compile(r"([ _-]*\(\d+\)|-copy\d*|[ _-]\d{1,2})+$")


@dataclass(frozen=True)
class _Candidate:
    """A file that may be the notebook; `error` says why nothing can be taken from it."""

    name: str
    cells: list[StudentCell]
    problems: list[str]
    error: str
    size: int  # of the file, where it was read
    is_ours: bool  # it has cells of this assignment, by their ids
    has_work: bool  # and a blank in it is filled in


def choose(
    directory: Path,
    assignment: str,
    files: tuple[Sequence[str], Sequence[str]],
    released: Sequence[NotebookNode],
    most_bytes: int,
    problems: list[str],
) -> tuple[str, list[StudentCell]]:
    """The name of the notebook of `assignment` in `directory`, and its cells.

    `files` are the names of the notebooks there and of the other files. Of several with the
    assignment's cells the one of the released name is taken, or the nearest one; unless it is
    blank and another is not. Each choice is a line in `problems`. Raises Unreadable where there
    is no such notebook.
    """
    notebooks, others = files
    exact = f"{assignment}.ipynb"
    blanks = _blanks(released)
    looked_into: list[_Candidate] = []
    left_bytes = 2 * _MAX_TIMES * most_bytes
    for name in _likely(directory, notebooks, others, exact):
        candidate = _read(directory, name, most_bytes, blanks)
        left_bytes -= candidate.size
        looked_into.append(candidate)
        if len(looked_into) == _MAX_LOOKED_INTO or left_bytes <= 0:
            break
    ours = [candidate for candidate in looked_into if candidate.is_ours]
    # Without ids, as old programs leave a notebook, its name is all there is to go by.
    alike = [candidate for candidate in looked_into if _is_alike(candidate.name, exact)]
    if not (ours or alike):
        raise Unreadable(_missing(exact, notebooks, others))
    chosen = next((candidate for candidate in ours if candidate.has_work), (ours or alike)[0])
    rest = [candidate for candidate in ours or alike if candidate is not chosen]
    rest += [candidate for candidate in alike if candidate not in (chosen, *rest)]
    if line := _reason(chosen, rest, exact):
        problems.append(line)
    problems.extend(chosen.problems)
    if chosen.error:
        raise Unreadable(chosen.error)
    return chosen.name, chosen.cells


def _blanks(released: Sequence[NotebookNode]) -> dict[str, str]:
    """The ids of the assignment's own cells, each with its released source where it is a blank."""
    found = {}
    for cell in released:
        nbgrader = cell.metadata.get("nbgrader", {})
        if nbgrader.get("solution") or nbgrader.get("grade"):
            source = cell.source if nbgrader.get("solution") else ""
            found[nbgrader["grade_id"]] = found[cell.id] = source
    return found


def _likely(
    directory: Path, notebooks: Sequence[str], others: Sequence[str], exact: str
) -> Iterator[str]:
    """Names of files that may be the notebook, the likeliest first."""

    def unlikeliness(name: str) -> tuple[bool, bool, int, int, str]:
        # The exact name at the top is what nbgrader takes too; then the shortest way down.
        return name != exact, not _is_alike(name, exact), name.count(os.sep), len(name), name

    yield from sorted(notebooks, key=unlikeliness)
    for name in sorted(others, key=unlikeliness):
        if first_bytes(directory / name, 64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
            yield name


def _read(directory: Path, name: str, most: int, blanks: Mapping[str, str]) -> _Candidate:
    problems: list[str] = []
    size = 0
    try:
        # Outputs count for more than all the rest and are dropped, so the file may be larger.
        data = read_capped(directory / name, _MAX_TIMES * most, one_line(name))
        size = len(data)
        cells = read_student_cells(data, one_line(name), problems, most)
        if size > most:
            problems.append(f"{one_line(name)}: {size:,} bytes, outputs were dropped. Clear them")
    except Unreadable as error:
        return _Candidate(name, [], problems, str(error), size, is_ours=False, has_work=False)
    keys = [(cell, _key(cell, blanks)) for cell in cells]
    ours = [(cell, blanks[key]) for cell, key in keys if key is not None]
    has_work = any(given and cell.source.split() != given.split() for cell, given in ours)
    return _Candidate(name, cells, problems, "", size, is_ours=bool(ours), has_work=has_work)


def _key(cell: StudentCell, blanks: Mapping[str, str]) -> str | None:
    return next((key for key in (cell.grade_id, cell.cell_id) if key in blanks), None)


def _reason(chosen: _Candidate, rest: Sequence[_Candidate], exact: str) -> str:
    """Why this notebook was taken, where it was not the only one, or not called so."""
    if not rest:
        if chosen.name == exact:
            return ""
        return f"{one_line(chosen.name)}: taken for {exact}. Keep the released name"
    reason = "the exact name" if chosen.name == exact else "the nearest name"
    if chosen.name != exact and chosen.has_work and not any(other.has_work for other in rest):
        reason = "the one with answers"
    same = (
        "of one name"
        if all(_is_alike(each.name, exact) for each in (chosen, *rest))
        else "of one assignment"
    )
    omitted = first_names([one_line(other.name) for other in rest])
    return (
        f"{len(rest) + 1} notebooks {same}: took {one_line(chosen.name)} ({reason}), "
        f"left out {omitted}. Hand in one"
    )


def _missing(exact: str, notebooks: Sequence[str], others: Sequence[str]) -> str:
    there = f" ({first_names([*map(one_line, notebooks)])} is not it)" if notebooks else ""
    if archives := [name for name in others if is_archive(name)]:
        there += f" ({first_names(archives)} was not unpacked)"
    return f"{exact}: missing{there}. Hand it in under its released name"


def _is_alike(name: str, exact: str) -> bool:
    return name.casefold().endswith(".ipynb") and _stem(name) == _stem(exact)


def _stem(name: str) -> str:
    stem = Path(name).name.casefold().removesuffix(".ipynb")
    return re.sub(r"[ -]", "_", _COPY_SUFFIX.sub("", stem))
