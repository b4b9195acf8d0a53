"""Finds the released cell that each cell of a student's notebook was, however damaged the notebook is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.course.cells import is_locked
from autograder.submissions.notebook_json import StudentCell

# What the release of another language adds to a setup cell: a class may change its language in a term.
_LANGUAGE = re.compile(
    r"^(?:from autograder\._util\.i18n import use_language|use_language\(\"\w+\"\))\n?",
    re.MULTILINE,
)


@dataclass
class Matches:
    """Which student cell matches which released cell, by position in both notebooks.

    `taken` has the student cell of each slot, which is the position of a released cell; `dropped` the
    student cells that add nothing.
    """

    taken: dict[int, int] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)


def match_cells(
    released: list[NotebookNode], cells: Sequence[StudentCell], label: str, problems: list[str]
) -> Matches:
    """Find the released cell of each student cell: by grade_id, by cell id, by equal source."""
    by_grade_id = {nbgrader_field(cell, "grade_id"): slot for slot, cell in enumerate(released)}
    by_grade_id.pop("", None)
    by_id = {cell.id: slot for slot, cell in enumerate(released)}
    claims: dict[int, list[int]] = {}
    unclaimed: list[int] = []
    for index, cell in enumerate(cells):
        slot = by_grade_id.get(cell.grade_id, by_id.get(cell.cell_id))
        if slot is None:
            unclaimed.append(index)
        else:
            claims.setdefault(slot, []).append(index)
    # Old formats have no ids: match an untouched cell by its source.
    by_source = {
        (cell.cell_type, normalized(cell.source)): slot
        for slot, cell in reversed(list(enumerate(released)))
        if slot not in claims and cell.source.strip()
    }
    for index in unclaimed:
        slot = by_source.pop((cells[index].kind, normalized(cells[index].source)), None)
        if slot is not None:
            claims[slot] = [index]
    matches = Matches()
    for slot, claimants in claims.items():
        _choose_claimant(released[slot], slot, claimants, cells, matches, label, problems)
    return matches


def _choose_claimant(
    released: NotebookNode,
    slot: int,
    claimants: list[int],
    cells: Sequence[StudentCell],
    matches: Matches,
    label: str,
    problems: list[str],
) -> None:
    """Match a released cell with the first of its claimants that was changed.

    The other claimants run as added cells if they were changed too, as they did in the student's
    notebook.
    """
    blank = normalized(released.source)
    changed = [index for index in claimants if normalized(cells[index].source) != blank]
    chosen = changed[0] if changed and not is_locked(released) else claimants[0]
    matches.taken[slot] = chosen
    matches.dropped.update(index for index in claimants if index not in changed and index != chosen)
    if len(claimants) > 1:
        numbers = [str(index + 1) for index in claimants[:5]]
        two = len(claimants) == 2
        places, they = (" and ".join(numbers), "both") if two else (", ".join(numbers), "all")
        name = nbgrader_field(released, "grade_id") or released.id
        problems.append(
            f"{label}: cells {places} {they} claim to be {name}: took cell {chosen + 1}. Keep one"
        )


def nbgrader_field(cell: NotebookNode, key: str) -> str:
    """A field of a released cell's nbgrader metadata as text; empty if it is not set."""
    value = cell.metadata.get("nbgrader", {}).get(key)
    return str(value) if value else ""


def in_any_language(source: str) -> str:
    """A normalized source without the language of its notebook."""
    return normalized(_LANGUAGE.sub("", normalized(source)))


def normalized(source: str) -> str:
    """A source without what saving may change: line ends, trailing blanks, outer empty lines."""
    return "\n".join(line.rstrip() for line in source.strip("\n").splitlines())
