"""Puts a student's cells into the released notebook, whatever became of their own copy.

What the student may not change comes from the release. What they may change is theirs:
blanks, open cells, and cells that they added, which stay behind the same released cell.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from nbformat import NotebookNode

from autograder.course.cells import EXPLORATION
from autograder.submissions.left_blanks import answers_in, names_of_blanks, uncover
from autograder.submissions.notebook_json import StudentCell, Unreadable
from autograder.submissions.own_cells import own_cell


@dataclass
class _Matches:
    """Which student cell stands for which released cell, by position in both notebooks."""

    taken: dict[int, int] = field(default_factory=dict)  # released -> student
    dropped: set[int] = field(default_factory=set)  # student cells that say nothing of their own


def repair(
    template: NotebookNode,
    cells: Sequence[StudentCell],
    shown: str,
    other_assignments: Mapping[str, str],
    problems: list[str],
    own_modules: Collection[str] = (),
) -> NotebookNode:
    """`template`, changed in place, with the student's work in it.

    `other_assignments` maps cell ids of other assignments to their names; a notebook
    that holds such cells and none of ours raises Unreadable. `own_modules` names the Python
    files beside the notebook. What was restored, moved or left out is added to `problems`,
    one line each, naming the file as `shown`.
    """
    released = list(template.cells)
    released_blanks = {
        cell.id: cell.source
        for cell in released
        if cell.cell_type == "code" and _nbgrader(cell, "solution")
    }
    matches = _match(released, cells, shown, problems)
    _refuse_other_assignment(released, cells, matches, shown, other_assignments)
    blanks = [_nbgrader(cell, "grade_id") for cell in released if _nbgrader(cell, "solution")]
    missing = [name for name in blanks if not _has(released, matches, name)]
    if missing:
        problems.append(f"{shown}: missing {_listed(missing)}: put back, blank. Nothing to do")
    order = [matches.taken[at] for at in sorted(matches.taken)]
    if order != sorted(order):
        problems.append(
            f"{shown}: cells were moved: the released order was restored. Nothing to do"
        )
    # What the release itself defines in a demonstration is no student's answer.
    changed = {
        at: own
        for at, own in matches.taken.items()
        if _normalized(released[at].source) != _normalized(cells[own].source)
    }
    for at, own in matches.taken.items():
        _take(released[at], cells[own], shown, problems)
    misplaced = _misplaced(released, cells, matches, changed, released_blanks)
    for at, names in misplaced.items():
        name = _nbgrader(released[at], "grade_id") or released[at].id
        problems.append(
            f"{shown}: {names} stands in {name}, which grading does not run: run all the same. "
            "Write it into the blank"
        )
    template.cells = _with_own_cells(released, cells, matches, misplaced)
    hidden = uncover(template.cells, released_blanks, own_modules)
    problems.extend(f"{shown}: {line}. Nothing to do" for line in hidden)
    return template


def _misplaced(
    released: list[NotebookNode],
    cells: Sequence[StudentCell],
    matches: _Matches,
    changed: Mapping[int, int],
    released_blanks: Mapping[str, str],
) -> dict[int, str]:
    """Answers that stand only in `changed` cells which grading does not run, by the released cell."""
    names = names_of_blanks(released_blanks)
    unrun = {own for at, own in matches.taken.items() if _is_unrun(released[at])}
    open_names = set(names)
    for own, cell in enumerate(cells):
        if own not in unrun and own not in matches.dropped:
            open_names -= answers_in(cell.source, names)
    answers = {
        at: answers_in(cells[own].source, open_names) for at, own in changed.items() if own in unrun
    }
    return {at: ", ".join(sorted(found)) for at, found in answers.items() if found}


def _is_unrun(cell: NotebookNode) -> bool:
    """Whether a released code cell is one that students cannot change, or a demonstration."""
    return cell.cell_type == "code" and bool(
        _locked(cell) or EXPLORATION in cell.metadata.get("tags", [])
    )


def _match(
    released: list[NotebookNode], cells: Sequence[StudentCell], shown: str, problems: list[str]
) -> _Matches:
    """Find the released cell of each student cell: by grade_id, by cell id, by equal source."""
    by_grade_id = {_nbgrader(cell, "grade_id"): at for at, cell in enumerate(released)}
    by_grade_id.pop("", None)
    by_id = {cell.id: at for at, cell in enumerate(released)}
    claims: dict[int, list[int]] = {}
    unclaimed: list[int] = []
    for own, cell in enumerate(cells):
        at = by_grade_id.get(cell.grade_id, by_id.get(cell.cell_id))
        if at is None:
            unclaimed.append(own)
        else:
            claims.setdefault(at, []).append(own)
    # Old formats have no ids: an untouched cell is known by what it says.
    by_source = {
        (cell.cell_type, _normalized(cell.source)): at
        for at, cell in reversed(list(enumerate(released)))
        if at not in claims and cell.source.strip()
    }
    for own in unclaimed:
        at = by_source.pop((cells[own].kind, _normalized(cells[own].source)), None)
        if at is not None:
            claims[at] = [own]
    matches = _Matches()
    for at, claimants in claims.items():
        _settle(released[at], at, claimants, cells, matches, shown, problems)
    return matches


def _settle(
    released: NotebookNode,
    at: int,
    claimants: list[int],
    cells: Sequence[StudentCell],
    matches: _Matches,
    shown: str,
    problems: list[str],
) -> None:
    """Of several cells that claim one released cell, keep the first that was changed.

    The others run as the student's own where they say something different, as they did
    in the student's notebook.
    """
    blank = _normalized(released.source)
    changed = [own for own in claimants if _normalized(cells[own].source) != blank]
    kept = changed[0] if changed and not _locked(released) else claimants[0]
    matches.taken[at] = kept
    matches.dropped.update(own for own in claimants if own not in changed and own != kept)
    if len(claimants) > 1:
        places = ", ".join(str(own + 1) for own in claimants[:5])
        name = _nbgrader(released, "grade_id") or released.id
        problems.append(
            f"{shown}: cells {places} all claim to be {name}: took cell {kept + 1}. Keep one"
        )


def _refuse_other_assignment(
    released: list[NotebookNode],
    cells: Sequence[StudentCell],
    matches: _Matches,
    shown: str,
    other_assignments: Mapping[str, str],
) -> None:
    if any(_nbgrader(released[at], "solution") for at in matches.taken):
        return
    ids = {name for cell in cells for name in (cell.grade_id, cell.cell_id)}
    found = sorted({other_assignments[name] for name in ids if name in other_assignments})
    if found:
        raise Unreadable(
            f"{shown}: holds the assignment {', '.join(found)}, not this one. "
            "Hand in each notebook under its own assignment"
        )


def _take(released: NotebookNode, cell: StudentCell, shown: str, problems: list[str]) -> None:
    """Put a student's source into a released cell, unless that cell is locked."""
    if _locked(released):
        if _normalized(released.source) != _normalized(cell.source):
            problems.append(
                f"{shown}: the read-only cell {_nbgrader(released, 'grade_id')} was changed: "
                "the released one was used. Write into a cell of your own"
            )
        return
    if cell.kind != released.cell_type:
        name = _nbgrader(released, "grade_id") or released.id
        problems.append(
            f"{shown}: {name} was made a {cell.kind} cell: read as {released.cell_type} again. "
            "Nothing to do"
        )
    released.source = cell.source
    if released.cell_type == "markdown" and cell.attachments:
        released.attachments = cell.attachments


def _with_own_cells(
    released: list[NotebookNode],
    cells: Sequence[StudentCell],
    matches: _Matches,
    misplaced: Collection[int],
) -> list[NotebookNode]:
    """The released cells, each followed by the cells that the student put behind it.

    What the student wrote into a `misplaced` released cell comes behind it as a cell of their own.

    Released cells that the student deleted come before the student's own there, so that
    a function that was rewritten in a new cell is not hidden by a blank put back.
    """
    behind: dict[int, list[StudentCell]] = {}
    student_of = {own: at for at, own in matches.taken.items()}
    last = -1
    for own, cell in enumerate(cells):
        if own in student_of:
            last = student_of[own]
            if last in misplaced:
                behind.setdefault(last, []).append(cell)
        elif own not in matches.dropped and cell.source.strip():
            behind.setdefault(last, []).append(cell)
    # Own cells wait until the next released cell that the student still had.
    result: list[NotebookNode] = []
    waiting = behind.get(-1, [])
    numbers = {"own": count(1), "note": count(1)}
    for at, released_cell in enumerate(released):
        if at in matches.taken:
            result.extend(own_cell(own, numbers) for own in waiting)
            waiting = behind.get(at, [])
        result.append(released_cell)
    result.extend(own_cell(own, numbers) for own in waiting)
    return result


def _nbgrader(cell: NotebookNode, key: str) -> str:
    """A field of a released cell's nbgrader metadata as text; empty where it is not set."""
    value = cell.metadata.get("nbgrader", {}).get(key)
    return str(value) if value else ""


def _locked(cell: NotebookNode) -> bool:
    return bool(_nbgrader(cell, "locked") or _nbgrader(cell, "grade"))


def _has(released: list[NotebookNode], matches: _Matches, name: str) -> bool:
    return any(_nbgrader(released[at], "grade_id") == name for at in matches.taken)


def _normalized(source: str) -> str:
    """A source without what saving changes: line ends, trailing blanks and empty lines."""
    return "\n".join(line.rstrip() for line in source.strip("\n").splitlines())


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
