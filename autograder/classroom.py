"""A class on disk in nbgrader's layout: which submissions there are, and the example class."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import Course
from autograder.scheduler import Job
from autograder.submission import odd_id
from autograder.submitted_files import one_line

SUBMITTED = "submitted"
RECORDS = "records"
EXAMPLE = "example-class"

_EXAMPLE_CONFIG = '''"""Settings of the example class: the course's own, in a directory of its own."""

from pathlib import Path

c = get_config()  # noqa: F821
load_subconfig(str(Path({root!r}) / "nbgrader_config.py"))  # noqa: F821
c.CourseDirectory.root = {example!r}
'''


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
    if submitted.is_dir() and any(entry.is_dir() for entry in submitted.iterdir()):
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
    """All submissions of the class at `root`, in order of student and assignment."""
    found = Classroom(root)
    known = ", ".join(course.assignments)
    for student in _directories(root / SUBMITTED):
        if odd := odd_id(student.name):
            found.refused.append(f"{SUBMITTED}/{odd}")
            continue
        for directory in _directories(student):
            if directory.name in course.assignments:
                found.jobs.append(Job(student.name, directory.name, directory))
            else:
                found.refused.append(
                    f"{SUBMITTED}/{student.name}/{one_line(directory.name)}: no assignment has this "
                    f"name (there are {known}). Rename the directory"
                )
    return found


def record_path(root: Path, job: Job) -> Path:
    """Where the grade record of a submission is kept, beside the class's gradebook."""
    return root / RECORDS / job.student / f"{job.assignment}.json"


def _directories(path: Path) -> list[Path]:
    """Directories in `path`; a link is nobody's submission, and dot names are the system's."""
    if not path.is_dir():
        return []
    entries = (entry for entry in path.iterdir() if not entry.name.startswith("."))
    return sorted(entry for entry in entries if entry.is_dir() and not entry.is_symlink())
