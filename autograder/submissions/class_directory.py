"""A class on disk in nbgrader's layout: which submissions there are, and the example class."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from autograder.course.course import Course
from autograder.submissions.files import is_archive, one_line
from autograder.submissions.submission import odd_id

SUBMITTED = "submitted"
RECORDS = "records"
EXAMPLE = "example-class"
LOCK = ".grading.lock"  # held by the one run that writes for a class

_OF_SYSTEMS = {"thumbs.db", "desktop.ini", "__macosx"}
_LINK = "a link, which is not followed. Put what it points to in its place"

_EXAMPLE_CONFIG = '''"""Settings of the example class: the course's own, in a directory of its own."""

from pathlib import Path

c = get_config()  # noqa: F821
load_subconfig(str(Path({root!r}) / "nbgrader_config.py"))  # noqa: F821
c.CourseDirectory.root = {example!r}
'''


class Job(NamedTuple):
    """One submission to grade: nbgrader's student and assignment, and its directory."""

    student: str
    assignment: str
    directory: Path


@dataclass
class Classroom:
    """What is to be graded below `root`, and one line for each thing that cannot be."""

    root: Path
    jobs: list[Job] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def find_classroom(course: Course) -> Classroom:
    """The class under the course's submitted/, else the example class.

    The example class is a copy of tests/students/ in example-class/, with a gradebook of
    its own, so a real one is never touched.
    """
    submitted = course.root / SUBMITTED
    if submitted.is_dir() and any(map(_is_handed_in, submitted.iterdir())):
        return read_classroom(course, course.root)
    return read_classroom(course, make_example(course))


def make_example(course: Course) -> Path:
    """Lay out the example class afresh and return its directory; its gradebook is kept."""
    root = course.root / EXAMPLE
    submitted = root / SUBMITTED
    if submitted.exists():
        shutil.rmtree(submitted)
    students = course.root / "tests" / "students"
    submitted.mkdir(parents=True)
    for student in sorted(entry for entry in students.iterdir() if entry.is_dir()):
        shutil.copytree(student, submitted / student.name, symlinks=True)
    config = _EXAMPLE_CONFIG.format(root=str(course.root), example=str(root))
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    return root


def read_classroom(course: Course, root: Path) -> Classroom:
    """All submissions of the class at `root`, in order of student and assignment.

    What stands in another place than a submission's is refused, and nothing is passed over.
    """
    found = Classroom(root)
    known = ", ".join(course.assignments)
    for student in _entries(root / SUBMITTED, found):
        shown = f"{SUBMITTED}/{one_line(student.name)}"
        if odd := odd_id(student.name):
            found.refused.append(f"{SUBMITTED}/{odd}")
        elif student.is_symlink():
            found.refused.append(f"{shown}: {_LINK}")
        elif not student.is_dir():
            place = f"{SUBMITTED}/<student>/<assignment>/"
            found.refused.append(f"{shown}: {_misplaced(student, place)}")
        else:
            for entry in _entries(student, found):
                shown = f"{SUBMITTED}/{student.name}/{one_line(entry.name)}"
                if entry.is_symlink():
                    found.refused.append(f"{shown}: {_LINK}")
                elif not entry.is_dir():
                    place = f"{SUBMITTED}/{student.name}/{_assignment_of(entry.name, course)}/"
                    found.refused.append(f"{shown}: {_misplaced(entry, place)}")
                elif entry.name not in course.assignments:
                    found.refused.append(
                        f"{shown}: no assignment has this name (there are {known}). "
                        "Rename the directory"
                    )
                else:
                    found.jobs.append(Job(student.name, entry.name, entry))
    return found


def record_path(root: Path, job: Job) -> Path:
    """Where the grade record of a submission is kept, beside the class's gradebook."""
    return root / RECORDS / job.student / f"{job.assignment}.json"


def _entries(path: Path, found: Classroom) -> list[Path]:
    """What was handed in in a directory, sorted; a directory that cannot be read is refused."""
    if not path.is_dir():
        return []
    try:
        return sorted(filter(_is_handed_in, path.iterdir()))
    except OSError as error:
        shown = path.relative_to(found.root).as_posix()
        found.refused.append(f"{shown}: cannot be read ({error.strerror}). Check its permissions")
        return []


def _is_handed_in(path: Path) -> bool:
    """Whether somebody put this there, and not a system for itself."""
    return not path.name.startswith(".") and path.name.casefold() not in _OF_SYSTEMS


def _misplaced(path: Path, place: str) -> str:
    """What to do with something that is no directory, in one line."""
    if not path.is_file():
        return "not a directory. Remove it"
    if is_archive(path.name):
        return f"an archive, which is not unpacked. Unpack it into {place}"
    return f"a file in the wrong place. Move it to {place}"


def _assignment_of(name: str, course: Course) -> str:
    """The assignment that a file's name speaks of; a placeholder where that is not clear."""
    named = [each for each in course.assignments if each.casefold() in name.casefold()]
    return named[0] if len(named) == 1 else "<assignment>"
