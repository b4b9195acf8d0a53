"""Brings a gradebook with scores to other questions: renamed, added, removed, with other points.

nbgrader refuses an assignment whose cells are not those that it has scores for. Here a renamed question
keeps its scores and comments, a removed one loses them, and every other question stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedNotebook,
    TaskCell,
)

from autograder._util.terminal import counted
from autograder.course.cells import blank_of
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.course.solution_file import Cell, read_cells
from autograder.submissions.files import first_names


@dataclass(frozen=True)
class Plan:
    """What will become of the questions of an assignment; `by_hand` maps a question to students.

    `renamed` maps old names to new ones, `points` a question's present name to its old and new points.
    """

    assignment: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    points: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    other_cells: bool = False
    submissions: int = 0
    by_hand: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def changes_anything(self) -> bool:
        """Whether the gradebook has other questions, points or cells than the course."""
        return bool(self.renamed or self.removed or self.added or self.points or self.other_cells)

    def lines(self) -> list[str]:
        """The plan in words, a line for each question that changes, and one for those that do not."""
        start, submissions = f"{self.assignment}: ", counted(self.submissions, "submission")
        lines = [
            f"{start}{old} becomes {new}; the scores and comments of {submissions} go "
            f"with it{self._by_hand(old, '; to be confirmed after the next grading')}"
            for old, new in self.renamed.items()
        ]
        lines += [
            f"{start}{name} is removed, and its scores and comments of {submissions} "
            f"are deleted{self._by_hand(name)}"
            for name in self.removed
        ]
        lines += [f"{start}{name} is new; `make grade` gives its scores" for name in self.added]
        for name, (old_points, points) in self.points.items():
            old = next((old for old, new in self.renamed.items() if new == name), name)
            scores = self.by_hand.get(old, {})
            above = [student for student, score in scores.items() if score > points]
            line = (
                f"{start}{name} has {points:g} points instead of {old_points:g}{self._by_hand(old)}"
            )
            lines.append(f"{line}; above it: {first_names(above)}" if above and points else line)
        kept = [
            f"{name} ({len(scores)})"
            for name, scores in self.by_hand.items()
            if name not in (*self.renamed, *self.removed, *self.points)
        ]
        if kept:
            lines.append(f"{start}scores by hand that stay as they are: {', '.join(kept)}")
        if self.changes_anything and not (
            self.renamed or self.removed or self.added or self.points
        ):
            lines.insert(0, f"{start}read-only cells are others now; no score changes")
        return lines

    def _by_hand(self, question: str, consequence: str = "") -> str:
        scores = self.by_hand.get(question, {})
        if not scores:
            return ""
        students = first_names([f"{student} {score:g}" for student, score in scores.items()])
        return f"; by hand are {len(scores)} ({students}){consequence}"


def plans(
    course: Course,
    gradebook: Gradebook,
    assignments: Collection[str],
    renames: Mapping[str, str],
) -> list[Plan]:
    """What is to change in a gradebook, by assignment; nothing where no scores are.

    `renames` maps old names of questions to new ones. Raises CourseError for one that does not fit.
    """
    all_plans = []
    for name in assignments:
        notebook = _notebook(gradebook, name)
        if notebook is not None and notebook.submissions:
            all_plans.append(_plan(course, notebook, name, renames))
    used = {old for plan in all_plans for old in plan.renamed}
    for old, new in renames.items():
        if old not in used:
            raise CourseError(
                f"--rename {old}={new}: no assignment with scores has lost {old} and got {new}. "
                "Without --rename the command says what is gone and what is new"
            )
    return [plan for plan in all_plans if plan.changes_anything]


def apply(course: Course, gradebook: Gradebook, plan: Plan) -> None:
    """Change the cells of an assignment as planned. The caller commits, and registers the course."""
    notebook = _notebook(gradebook, plan.assignment)
    assert notebook is not None
    names = dict(plan.renamed)
    names |= {blank_of(old): blank_of(new) for old, new in plan.renamed.items()}
    cells = _cells(course, plan.assignment)
    for kind in (GradeCell, SolutionCell, TaskCell, SourceCell):
        wanted = {name for name, cell in cells.items() if _has_kind(cell, kind)}
        kept = {}
        for row in _rows(notebook, kind):
            row.name = names.get(row.name, row.name)
            if row.name in wanted:
                kept[row.name] = row
            else:
                _delete(gradebook, row)
        gradebook.db.flush()
        for name in wanted - kept.keys():
            _add(gradebook, notebook, kind, cells[name])
    gradebook.db.flush()


def _plan(course: Course, notebook: Notebook, assignment: str, renames: Mapping[str, str]) -> Plan:
    cells = _cells(course, assignment)
    points = {
        name: cell.nbgrader.points or 0.0
        for name, cell in cells.items()
        if cell.nbgrader is not None and (cell.nbgrader.grade or cell.nbgrader.task)
    }
    old_points = {
        str(row.name): float(row.max_score)
        for kind in (GradeCell, TaskCell)
        for row in _rows(notebook, kind)
    }
    removed_names, new = old_points.keys() - points.keys(), points.keys() - old_points.keys()
    renamed = {old: to for old, to in renames.items() if old in removed_names and to in new}
    kept_points = {renamed.get(name, name): value for name, value in old_points.items()}
    by_hand: dict[str, dict[str, float]] = {}
    for submitted in notebook.submissions:
        for grade in submitted.grades:
            if grade.manual_score is not None:
                students = by_hand.setdefault(str(grade.name), {})
                students[str(submitted.student.id)] = float(grade.manual_score)
    others = {str(row.name) for row in _rows(notebook, SourceCell)} ^ cells.keys()
    return Plan(
        assignment,
        renamed,
        tuple(name for name in old_points if name in removed_names and name not in renamed),
        tuple(name for name in points if name in new and name not in renamed.values()),
        {
            name: (kept_points[name], value)
            for name, value in points.items()
            if name in kept_points and kept_points[name] != value
        },
        bool(others),
        len(notebook.submissions),
        dict(sorted(by_hand.items())),
    )


def _cells(course: Course, assignment: str) -> dict[str, Cell]:
    """The cells that nbgrader keeps in its gradebook, by name."""
    path = course.assignments[assignment].path
    return {
        cell.nbgrader.grade_id: cell
        for cell in read_cells(path, course.relative(path))
        if cell.nbgrader is not None and _has_kind(cell, SourceCell)
    }


def _has_kind(cell: Cell, kind: type) -> bool:
    """Whether nbgrader keeps a row of this kind for a cell."""
    meta = cell.nbgrader
    assert meta is not None
    return {
        GradeCell: meta.grade,
        SolutionCell: meta.solution,
        TaskCell: meta.task,
        SourceCell: meta.grade or meta.solution or meta.locked or meta.task,
    }[kind]


def _notebook(gradebook: Gradebook, assignment: str) -> Notebook | None:
    try:
        return gradebook.find_notebook(assignment, assignment)
    except MissingEntry:
        return None


def _rows(notebook: Notebook, kind: type) -> list[BaseCell]:
    lists = {
        GradeCell: notebook.grade_cells,
        SolutionCell: notebook.solution_cells,
        TaskCell: notebook.task_cells,
        SourceCell: notebook.source_cells,
    }
    return list(lists[kind])


def _delete(gradebook: Gradebook, row: BaseCell) -> None:
    """Delete a cell, with its scores and comments."""
    for table in (Grade, Comment):
        if not isinstance(row, SourceCell):
            gradebook.db.query(table).filter(table.cell_id == row.id).delete()
    gradebook.db.delete(row)


def _add(gradebook: Gradebook, notebook: Notebook, kind: type, cell: Cell) -> None:
    """Add a cell, with an empty score or comment for each submission. Registering fills in the rest."""
    meta = cell.nbgrader
    assert meta is not None
    more = {
        GradeCell: {"max_score": meta.points or 0.0, "cell_type": cell.kind},
        TaskCell: {"max_score": meta.points or 0.0, "cell_type": cell.kind},
        SourceCell: {"cell_type": cell.kind, "locked": meta.locked, "source": ""},
    }
    row = kind(name=meta.grade_id, notebook=notebook, **more.get(kind, {}))
    gradebook.db.add(row)
    submitted: SubmittedNotebook
    for submitted in notebook.submissions:
        if kind in (GradeCell, TaskCell):
            gradebook.db.add(Grade(cell=row, notebook=submitted))
        if kind in (SolutionCell, TaskCell):
            gradebook.db.add(Comment(cell=row, notebook=submitted))
