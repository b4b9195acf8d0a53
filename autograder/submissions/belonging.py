"""Tells a notebook of an assignment from a notebook of something else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from nbformat import NotebookNode

from autograder.submissions.files import first_names
from autograder.submissions.left_blanks import answers_in, names_of_blanks
from autograder.submissions.notebook_json import StudentCell, Unreadable


def refuse_other_assignment(
    kept_cells: Sequence[NotebookNode],
    cells: Sequence[StudentCell],
    label: str,
    other_assignments: Mapping[str, str],
) -> None:
    """Raise Unreadable for a notebook that has cells of another assignment and no blank of this one.

    `kept_cells` are the released cells that the student's notebook has. `other_assignments` maps cell ids
    to the names of their assignments.
    """
    if any(_nbgrader(cell).get("solution") for cell in kept_cells):
        return
    ids = {name for cell in cells for name in (cell.grade_id, cell.cell_id)}
    names = sorted({other_assignments[name] for name in ids if name in other_assignments})
    if names:
        raise Unreadable(
            f"{label}: holds the assignment {', '.join(names)}, not this one. "
            "Hand in each notebook under its own assignment"
        )


def note_on_foreign(
    kept_cells: Sequence[NotebookNode],
    cells: Sequence[StudentCell],
    released_blanks: Mapping[str, str],
    own_modules: Collection[str],
    label: str,
) -> str:
    """A note on a notebook that has no cell of the assignment's questions; empty for one that has.

    Such a notebook is graded for what it defines under the names that the questions ask for, perhaps
    in one of its `own_modules`. Raises Unreadable if there is nothing to grade: a blank in its place
    would silently earn 0 points.
    """
    if any(_nbgrader(cell).get("solution") or _nbgrader(cell).get("grade") for cell in kept_cells):
        return ""
    lacks = f"{label}: holds no cell of this assignment's questions"
    names = names_of_blanks(released_blanks)
    code = [cell.source for cell in cells if cell.kind == "code"]
    defined = sorted(set().union(*(answers_in(source, names) for source in code)))
    if not (defined or own_modules):
        raise Unreadable(
            f"{lacks}: it is another notebook, or they were deleted. "
            "Hand in the released one, with your answers in it"
        )
    defined_text = first_names(defined) or "what its Python files define"
    return f"{lacks}: {defined_text} was graded all the same. Write into the released notebook"


def _nbgrader(cell: NotebookNode) -> Mapping[str, object]:
    metadata: Mapping[str, object] = cell.metadata.get("nbgrader", {})
    return metadata
