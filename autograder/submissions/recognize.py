"""Says which assignment the hand-ins of an archive are of, by the cells of their notebooks or else their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from autograder._util.terminal import counted
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.submissions.archive import Member
from autograder.submissions.chosen_notebook import is_similar
from autograder.submissions.files import one_line
from autograder.submissions.hand_ins import HandIn
from autograder.submissions.notebook_json import Unreadable, read_student_cells


def recognize(course: Course, hand_ins: Iterable[HandIn]) -> None:
    """Note in each hand-in which assignments its notebooks hold, by their cells or else their names."""
    owners = {
        cell_id: assignment.name
        for assignment in course.assignments.values()
        for question in assignment.questions
        for cell_id in (question.name, question.blank)
    }
    most = course.config.limits.notebook_bytes
    for hand_in in hand_ins:
        for name, member in hand_in.files.items():
            assignments = _assignments_in(name, member, owners, most)
            if not assignments and name.casefold().endswith(".ipynb"):
                assignments = {
                    assignment
                    for assignment in course.assignments
                    if is_similar(name, f"{assignment}.ipynb")
                }
            if assignments:
                hand_in.notebooks[name] = assignments


def assignment_of(course: Course, hand_ins: Mapping[str, HandIn]) -> str:
    """The one assignment that was handed in. Raises CourseError if there are none or several."""
    counts = Counter(name for hand_in in hand_ins.values() for name in hand_in.assignments)
    if len(counts) == 1:
        return next(iter(counts))
    names = ", ".join(
        f"{name} of {counted(count, 'student')}" for name, count in counts.most_common()
    )
    raise CourseError(
        f"the archive holds {names or 'no notebook of this course'}. Name the assignment with "
        f"--assignment, one of {', '.join(course.assignments)}"
    )


def _assignments_in(name: str, member: Member, owners: Mapping[str, str], most: int) -> set[str]:
    """The assignments whose cells are in this file, if it is a notebook."""
    if not name.casefold().endswith((".ipynb", ".json", ".txt")) or member.size > 5 * most:
        return set()
    try:
        cells = read_student_cells(member.read(), one_line(name), [], most)
    except Unreadable:
        return set()
    return {owners[key] for cell in cells for key in (cell.grade_id, cell.cell_id) if key in owners}
