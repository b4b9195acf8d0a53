"""The course: its assignments, questions and points, its directories and settings."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from autograder._util.i18n import catalog_places, languages
from autograder.course.cells import blank_of
from autograder.course.known_names import refuse_settings_of_unknown_assignments
from autograder.course.settings import Config, CourseError, place_of, read_config
from autograder.course.solution_file import AuthoringError, read_cells
from autograder.course.titles import notebook_title, question_titles


class Question(msgspec.Struct, frozen=True):
    """A question: its name (the id of its grade cell), its points, and the grade cell's line.

    `title` is the heading that it stands below, with the name where two stand below one, or the name
    where there is no heading. A question of 0 points is for extra credit: points from its tests are
    added to the total. `written` says that a person grades it: it is a written answer or a task, and
    has no tests.
    """

    name: str
    points: float
    line: int
    title: str
    written: bool = False

    @property
    def extra(self) -> bool:
        """Whether the question is for extra credit."""
        return self.points == 0

    @property
    def blank(self) -> str:
        """The id of the cell that the student fills in; of a written question, that of its own cell."""
        return self.name if self.written else blank_of(self.name)


class Assignment(msgspec.Struct, frozen=True):
    """One solution file: `name` is its stem, `title` its first heading, such as "1. Convolution"."""

    name: str
    title: str
    path: Path
    questions: tuple[Question, ...]

    @property
    def points(self) -> float:
        """The sum of the points of the questions."""
        return sum(question.points for question in self.questions)

    @property
    def checked(self) -> tuple[Question, ...]:
        """The questions that tests grade."""
        return tuple(question for question in self.questions if not question.written)

    @property
    def written(self) -> tuple[Question, ...]:
        """The questions that a person grades."""
        return tuple(question for question in self.questions if question.written)

    @property
    def number(self) -> float:
        """The number that its title begins with: its place in the course. Infinite without one."""
        number = re.match(r"\d+", self.title)
        return int(number.group()) if number else float("inf")


@dataclass(frozen=True)
class Course:
    """A course directory; its assignments are in the order of their titles' numbers, then by name.

    `unreadable` has a line for each broken solution file that find_course(tolerant=True) left out.
    """

    root: Path
    assignments: dict[str, Assignment]
    config: Config = field(default_factory=Config)
    other_cache: Path | None = None
    unreadable: tuple[str, ...] = ()

    @property
    def solutions(self) -> Path:
        """The reference notebooks as text, the single source of truth."""
        return self.root / "solutions"

    @property
    def release(self) -> Path:
        """What students get: one directory for each assignment, generated and committed."""
        return self.root / "assignments"

    @property
    def source(self) -> Path:
        """The source notebooks for nbgrader, generated and not committed."""
        return self.root / "source"

    @property
    def cache(self) -> Path:
        """The cache directory, which may be deleted at any time."""
        return self.other_cache or self.root / ".autograder"

    @property
    def graders(self) -> Path:
        """The directory of the grader modules: the course's own, or else that of this package."""
        graders = self.root / "autograder" / "graders"
        return graders if graders.is_dir() else Path(__file__).parent.parent / "graders"

    def grader_sources(self) -> list[Path]:
        """All modules, accuracy thresholds and translations of the course's graders."""
        return sorted(
            path for kind in ("py", "json", "po") for path in self.graders.rglob(f"*.{kind}")
        )

    def visible_grader(self, assignment: str) -> Path:
        """The grader module that students get."""
        return self.graders / f"{assignment}.py"

    def hidden_grader(self, assignment: str) -> Path:
        """The grader module that is never released."""
        return self.graders / "hidden" / f"{assignment}.py"

    def thresholds(self, assignment: str) -> Path:
        """The file of an assignment's accuracy thresholds, if it has any, beside its visible grader."""
        return self.visible_grader(assignment).with_suffix(".json")

    def training_runs(self, assignment: str) -> Path:
        """The file of finished training runs of an assignment's references. No grader digest includes it."""
        return self.root / "docs" / "calibration" / f"{assignment}.csv"

    @property
    def reference_runs(self) -> Path:
        """The directory with a run of each reference, for pictures. Hidden: it reveals test labels."""
        return self.graders / "hidden" / "runs"

    def released_notebook(self, assignment: str) -> Path:
        """The student's notebook of an assignment."""
        return self.release / assignment / f"{assignment}.ipynb"

    def relative(self, path: Path) -> str:
        """`path` as messages show it: relative to the course."""
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        )


def find_course(start: Path | None = None, *, tolerant: bool = False) -> Course:
    """The nearest course at or above `start`; without `start`, the one at AUTOGRADER_COURSE.

    If that is not set either, searches from the current directory. Raises CourseError if there is no
    course or its settings are wrong. Raises AuthoringError for a broken solution file, or with
    `tolerant` adds a line to `unreadable` instead.
    """
    configured = os.environ.get("AUTOGRADER_COURSE")
    if start is None and configured:
        root = Path(configured).expanduser().resolve()
        if not (root / "solutions").is_dir():
            raise CourseError(
                f"{root}: AUTOGRADER_COURSE names a directory without solutions/. Correct it"
            )
    else:
        folder = (start or Path.cwd()).resolve()
        if not folder.is_dir():
            raise CourseError(f"{folder}: there is no such directory. Correct --course")
        nearest = next((d for d in (folder, *folder.parents) if (d / "solutions").is_dir()), None)
        if nearest is None:
            raise CourseError(
                f"{folder}: no course here or above (a directory with solutions/). "
                "Change to the course directory, or set AUTOGRADER_COURSE"
            )
        root = nearest
    paths = sorted(
        path for path in (root / "solutions").glob("*.py") if not path.name.startswith("_")
    )
    if not paths:
        raise CourseError(
            f"{root / 'solutions'}: holds no assignment. Add one as solutions/<name>.py"
        )
    assignments: dict[str, Assignment] = {}
    unreadable = []
    for path in paths:
        try:
            assignment = _assignment(path, f"solutions/{path.name}")
            _refuse_duplicates(assignment, assignments)
        except AuthoringError as error:
            if not tolerant:
                raise
            unreadable.append(str(error))
        else:
            assignments[path.stem] = assignment
    config = read_config(root / "pyproject.toml")
    in_order = sorted(
        assignments.values(), key=lambda assignment: (assignment.number, assignment.name)
    )
    assignments = {assignment.name: assignment for assignment in in_order}
    refuse_settings_of_unknown_assignments(
        config, root / "pyproject.toml", [path.stem for path in paths]
    )
    course = Course(root, assignments, config, unreadable=tuple(unreadable))
    available = languages(catalog_places(course.graders))
    if config.language not in available:
        raise CourseError(
            f"{place_of(root / 'pyproject.toml', 'language')}: language {config.language!r} has no "
            f"catalog; there are {', '.join(available)}. Make one with `autograder translate`"
        )
    return course


def _assignment(path: Path, label: str) -> Assignment:
    cells = read_cells(path, label)
    titles = question_titles(cells)
    questions = tuple(
        Question(
            cell.nbgrader.grade_id,
            cell.nbgrader.points or 0.0,
            cell.line,
            titles[cell.nbgrader.grade_id],
            written=cell.is_written,
        )
        for cell in cells
        if cell.nbgrader is not None and (cell.is_question or cell.is_written)
    )
    if not questions:
        raise AuthoringError(f"{label}:1: holds no question. Add a blank and a grade cell")
    return Assignment(path.stem, notebook_title(cells) or path.stem, path, questions)


def _refuse_duplicates(assignment: Assignment, others: Mapping[str, Assignment]) -> None:
    """Raise AuthoringError if a question's name is not unique in the whole course."""
    places = {
        question.name: f"solutions/{other.path.name}:{question.line}"
        for other in others.values()
        for question in other.questions
    }
    for question in assignment.questions:
        where = f"solutions/{assignment.path.name}:{question.line}"
        if question.name in places:
            raise AuthoringError(
                f"{where}: question {question.name!r} is already at "
                f"{places[question.name]}. Rename one"
            )
        places[question.name] = where
