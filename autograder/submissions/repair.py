"""Puts a student's cells into the released notebook, however damaged the student's copy is.

Parts that students may not change come from the release. Blanks, open cells and added cells come
from the student. Added cells stay behind the same released cell.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from nbformat import NotebookNode

from autograder.course.cells import EXPLORATION, is_locked
from autograder.submissions.belonging import note_on_foreign, refuse_other_assignment
from autograder.submissions.cell_matching import (
    Matches,
    in_any_language,
    match_cells,
    nbgrader_field,
    normalized,
)
from autograder.submissions.files import first_names
from autograder.submissions.left_blanks import answers_in, names_of_blanks, uncover
from autograder.submissions.notebook_json import StudentCell
from autograder.submissions.own_cells import own_cell


class Repaired(NamedTuple):
    """The released notebook with the student's work in it.

    `is_foreign`: the student's notebook has no cell of the assignment's questions, and only the names
    that it defines say that it may be an answer.
    """

    notebook: NotebookNode
    is_foreign: bool


def repair(
    template: NotebookNode,
    cells: Sequence[StudentCell],
    label: str,
    other_assignments: Mapping[str, str],
    problems: list[str],
    own_modules: Collection[str] = (),
) -> Repaired:
    """`template`, changed in place, with the student's work in it.

    `other_assignments` maps cell ids of other assignments to their names. `own_modules` names the
    Python files beside the notebook. Adds a line to `problems`, with the file named as `label`, for
    everything restored, moved or left out. Raises Unreadable for a notebook of something else: one
    that has cells of another assignment and no blank of this one, or that has no cell of this
    assignment's questions and defines nothing that they ask for.
    """
    released = list(template.cells)
    released_blanks = {
        cell.id: cell.source
        for cell in released
        if cell.cell_type == "code" and nbgrader_field(cell, "solution")
    }
    matches = match_cells(released, cells, label, problems)
    kept_cells = [released[slot] for slot in matches.taken]
    refuse_other_assignment(kept_cells, cells, label, other_assignments)
    foreign = note_on_foreign(kept_cells, cells, released_blanks, own_modules, label)
    blanks = [
        nbgrader_field(cell, "grade_id") for cell in released if nbgrader_field(cell, "solution")
    ]
    kept_names = {nbgrader_field(cell, "grade_id") for cell in kept_cells}
    missing_blanks = [name for name in blanks if name not in kept_names]
    if foreign:
        problems.append(foreign)
    elif missing_blanks:
        problems.append(
            f"{label}: missing {first_names(missing_blanks)}: put back, blank. Nothing to do"
        )
    order = [matches.taken[slot] for slot in sorted(matches.taken)]
    if order != sorted(order):
        problems.append(
            f"{label}: cells were moved: the released order was restored. Nothing to do"
        )
    # A definition that the release has in a demonstration is not a student's answer.
    changed = {
        slot: index
        for slot, index in matches.taken.items()
        if normalized(released[slot].source) != normalized(cells[index].source)
    }
    problems.extend(_changed_locked_cells(released, cells, matches, label))
    for slot, index in matches.taken.items():
        _copy_source(released[slot], cells[index], label, problems)
    misplaced = _misplaced_answers(released, cells, matches, changed, released_blanks)
    for slot, names in misplaced.items():
        name = nbgrader_field(released[slot], "grade_id") or released[slot].id
        problems.append(
            f"{label}: {names} stands in {name}, which grading does not run: run all the same. "
            "Write it into the blank"
        )
    template.cells = _with_own_cells(released, cells, matches, misplaced)
    hidden = uncover(template.cells, released_blanks, own_modules)
    problems.extend(f"{label}: {line}. Nothing to do" for line in hidden)
    return Repaired(template, is_foreign=bool(foreign))


def _misplaced_answers(
    released: list[NotebookNode],
    cells: Sequence[StudentCell],
    matches: Matches,
    changed: Mapping[int, int],
    released_blanks: Mapping[str, str],
) -> dict[int, str]:
    """Released position -> answers that are only there, in a `changed` cell that grading does not run."""
    names = names_of_blanks(released_blanks)
    not_run = {index for slot, index in matches.taken.items() if _is_not_run(released[slot])}
    unanswered = set(names)
    for index, cell in enumerate(cells):
        if index not in not_run and index not in matches.dropped:
            unanswered -= answers_in(cell.source, names)
    answers = {
        slot: answers_in(cells[index].source, unanswered)
        for slot, index in changed.items()
        if index in not_run
    }
    return {slot: ", ".join(sorted(answered)) for slot, answered in answers.items() if answered}


def _is_not_run(cell: NotebookNode) -> bool:
    """Whether a released cell is code that grading does not run: locked, or a demonstration."""
    return cell.cell_type == "code" and bool(
        is_locked(cell) or EXPLORATION in cell.metadata.get("tags", [])
    )


def _changed_locked_cells(
    released: list[NotebookNode], cells: Sequence[StudentCell], matches: Matches, label: str
) -> list[str]:
    """One note that names all the locked cells that the student changed; none if there is none."""
    names = [
        nbgrader_field(released[slot], "grade_id")
        for slot, index in sorted(matches.taken.items())
        if is_locked(released[slot])
        and in_any_language(released[slot].source) != in_any_language(cells[index].source)
    ]
    if not names:
        return []
    if len(names) == 1:
        changed, used = f"cell {names[0]} was", "the released one was"
    else:
        changed, used = f"cells {first_names(names)} were", "the released ones were"
    return [f"{label}: the read-only {changed} changed: {used} used. Write into a cell of your own"]


def _copy_source(
    released: NotebookNode, cell: StudentCell, label: str, problems: list[str]
) -> None:
    """Put a student's source into a released cell, unless that cell is locked."""
    if is_locked(released):
        return
    if cell.kind != released.cell_type:
        name = nbgrader_field(released, "grade_id") or released.id
        problems.append(
            f"{label}: {name} was made a {cell.kind} cell: read as {released.cell_type} again. "
            "Nothing to do"
        )
    released.source = cell.source
    if released.cell_type == "markdown" and cell.attachments:
        released.attachments = cell.attachments


def _with_own_cells(
    released: list[NotebookNode],
    cells: Sequence[StudentCell],
    matches: Matches,
    misplaced: Collection[int],
) -> list[NotebookNode]:
    """The released cells, each followed by the cells that the student added behind it.

    Work in a `misplaced` released cell follows that cell as an added cell.

    Released cells that the student deleted come before the cells added there. Otherwise a blank
    put back could hide a function that the student rewrote in an added cell.
    """
    added_behind: dict[int, list[StudentCell]] = {}
    released_of = {index: slot for slot, index in matches.taken.items()}
    last_released = -1
    for index, cell in enumerate(cells):
        if index in released_of:
            last_released = released_of[index]
            if last_released in misplaced:
                added_behind.setdefault(last_released, []).append(cell)
        elif index not in matches.dropped and cell.source.strip():
            added_behind.setdefault(last_released, []).append(cell)
    # Added cells wait until the next released cell that the student kept.
    result: list[NotebookNode] = []
    waiting = added_behind.get(-1, [])
    numbers = {"own": count(1), "note": count(1)}
    for slot, released_cell in enumerate(released):
        if slot in matches.taken:
            result.extend(own_cell(added, numbers) for added in waiting)
            waiting = added_behind.get(slot, [])
        result.append(released_cell)
    result.extend(own_cell(added, numbers) for added in waiting)
    return result
