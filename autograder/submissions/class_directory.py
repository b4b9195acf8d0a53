"""A class on disk in nbgrader's layout: lists its submissions and creates the example class."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.submissions.files import is_archive, one_line
from autograder.submissions.submission import odd_id

SUBMITTED = "submitted"
RECORDS = "records"
EXAMPLE = "example-class"
LOCK = ".grading.lock"  # only one run at a time may write for a class

_SYSTEM_FILES = {"thumbs.db", "desktop.ini", "__macosx"}
_IS_LINK = "a link, which is not followed. Put what it points to in its place"

_EXAMPLE_CONFIG = '''"""Settings of the example class: the course's own, in a directory of its own."""

from pathlib import Path

c = get_config()  # noqa: F821
load_subconfig(str(Path({root!r}) / "nbgrader_config.py"))  # noqa: F821
c.CourseDirectory.root = {example!r}
'''


class Job(NamedTuple):
    """One submission to grade: its student and assignment, as nbgrader names them, and its directory."""

    student: str
    assignment: str
    directory: Path

    @property
    def label(self) -> str:
        """The submission in messages: student/assignment."""
        return f"{self.student}/{self.assignment}"


@dataclass
class Classroom:
    """The submissions to grade below `root`, and one line in `refused` for each entry that is none."""

    root: Path
    jobs: list[Job] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def find_classroom(course: Course) -> Classroom:
    """The class in the course's submitted/, or the example class if it has no submissions.

    The example class is a copy of tests/students/ in example-class/. It has its own gradebook,
    so grading it never changes a real one.
    """
    if _has_submissions(course):
        return read_classroom(course, course.root)
    return read_classroom(course, make_example(course))


def existing_classroom(course: Course) -> Classroom:
    """The same class without creating anything; empty if there is no example class yet."""
    root = course.root if _has_submissions(course) else course.root / EXAMPLE
    return read_classroom(course, root)


def class_root(course: Course) -> Path:
    """The directory of the class whose results are read: the course's own, or the example class's.

    An empty submitted/ alone is no class yet: `make grade` grades the example class then.
    """
    root = course.root
    is_begun = (
        _has_submissions(course)
        or (root / RECORDS).is_dir()
        or ((root / SUBMITTED).is_dir() and (root / "gradebook.db").exists())
    )
    return root if is_begun else root / EXAMPLE


def make_example(course: Course) -> Path:
    """Create the example class anew and return its directory; keeps its gradebook.

    Raises CourseError where the course has no example students, as most have none.
    """
    students = course.root / "tests" / "students"
    if not students.is_dir():
        raise CourseError(
            f"{course.root / SUBMITTED}: nothing is handed in yet. Put notebooks into "
            f"{SUBMITTED}/<student>/<assignment>/"
        )
    root = course.root / EXAMPLE
    submitted = root / SUBMITTED
    if submitted.exists():
        shutil.rmtree(submitted)
    submitted.mkdir(parents=True)
    for student in sorted(entry for entry in students.iterdir() if entry.is_dir()):
        shutil.copytree(student, submitted / student.name, symlinks=True)
    config = _EXAMPLE_CONFIG.format(root=str(course.root), example=str(root))
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    return root


def read_classroom(course: Course, root: Path) -> Classroom:
    """All submissions of the class at `root`, in order of student and assignment.

    Adds a line to `refused` for everything in a wrong place, so nothing is skipped silently.
    """
    classroom = Classroom(root)
    names = ", ".join(course.assignments)
    for student in _entries(root / SUBMITTED, classroom):
        label = f"{SUBMITTED}/{one_line(student.name)}"
        if problem := odd_id(student.name):
            classroom.refused.append(f"{SUBMITTED}/{problem}")
        elif student.is_symlink():
            classroom.refused.append(f"{label}: {_IS_LINK}")
        elif not student.is_dir():
            place = f"{SUBMITTED}/<student>/<assignment>/"
            classroom.refused.append(f"{label}: {_advice(student, place)}")
        else:
            for entry in _entries(student, classroom):
                label = f"{SUBMITTED}/{student.name}/{one_line(entry.name)}"
                if entry.is_symlink():
                    classroom.refused.append(f"{label}: {_IS_LINK}")
                elif not entry.is_dir():
                    place = f"{SUBMITTED}/{student.name}/{_assignment_in(entry.name, course)}/"
                    classroom.refused.append(f"{label}: {_advice(entry, place)}")
                elif entry.name not in course.assignments:
                    classroom.refused.append(
                        f"{label}: no assignment has this name (there are {names}). "
                        "Rename the directory"
                    )
                else:
                    classroom.jobs.append(Job(student.name, entry.name, entry))
    return classroom


def handed_in(root: Path) -> frozenset[tuple[str, str]]:
    """(student, assignment) of each submission below `root`, graded or not, in nbgrader's layout."""
    return frozenset(
        (student.name, entry.name)
        for student in _directories(root / SUBMITTED)
        if not odd_id(student.name)
        for entry in _directories(student)
    )


def record_path(root: Path, job: Job) -> Path:
    """The path of a submission's grade record, beside the class's gradebook."""
    return root / RECORDS / job.student / f"{job.assignment}.json"


def _has_submissions(course: Course) -> bool:
    submitted = course.root / SUBMITTED
    return submitted.is_dir() and any(map(_is_handed_in, submitted.iterdir()))


def _entries(path: Path, classroom: Classroom) -> list[Path]:
    """The entries of a directory that somebody handed in, sorted. Refuses an unreadable directory."""
    if not path.is_dir():
        return []
    try:
        return sorted(filter(_is_handed_in, path.iterdir()))
    except OSError as error:
        label = path.relative_to(classroom.root).as_posix()
        classroom.refused.append(
            f"{label}: cannot be read ({error.strerror}). Check its permissions"
        )
        return []


def _directories(path: Path) -> list[Path]:
    """The directories in `path` that a person put there; none if it cannot be read."""
    try:
        entries = list(path.iterdir())
    except OSError:
        return []
    return [
        entry
        for entry in entries
        if _is_handed_in(entry) and entry.is_dir() and not entry.is_symlink()
    ]


def _is_handed_in(path: Path) -> bool:
    """Whether a person put this file there, not an operating system."""
    return not path.name.startswith(".") and path.name.casefold() not in _SYSTEM_FILES


def _advice(path: Path, place: str) -> str:
    """What to do with an entry that is not a directory, in one line."""
    if not path.is_file():
        return "not a directory. Remove it"
    if is_archive(path.name):
        return f"an archive, which is not unpacked. Unpack it into {place}"
    return f"a file in the wrong place. Move it to {place}"


def _assignment_in(name: str, course: Course) -> str:
    """The assignment that a file name mentions, or a placeholder if that is not clear."""
    mentioned = [
        assignment for assignment in course.assignments if assignment.casefold() in name.casefold()
    ]
    return mentioned[0] if len(mentioned) == 1 else "<assignment>"
