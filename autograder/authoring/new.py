"""`autograder new`: a course, or an assignment of a course, to begin with: it passes `validate`."""

from __future__ import annotations

import keyword
import re
import shutil
import sys
from pathlib import Path
from string import Template

from autograder.course.course import Course, find_course
from autograder.course.settings import CourseError

_TEMPLATES = Path(__file__).parent / "templates"
# A link to the kit's own settings of nbgrader, which the wheel has as a file.
_NBGRADER_CONFIG = _TEMPLATES / "course" / "nbgrader_config.py.tmpl"
_COURSE_FILES = {
    "pyproject.toml": "pyproject.toml",
    "Makefile": "Makefile",
    "README.md": "README.md",
    ".gitignore": "gitignore",
}
_ASSIGNMENT_FILES = {
    "solutions/{name}.py": "solution.py",
    "autograder/graders/{name}.py": "grader.py",
    "autograder/graders/hidden/{name}.py": "hidden.py",
    "tests/wrong/cells/{name}.py": "wrong.py",
    "tests/right/cells/{name}.py": "right.py",
}
_FIRST = "first_steps"
_LONGEST_NAME = 40  # characters: the names of cells begin with it, and have at most 60


def new_course(directory: Path) -> list[Path]:
    """Write a course with one assignment into an empty or new directory; return its files.

    Raises CourseError if the directory has files, or its name cannot name a course.
    """
    directory = directory.expanduser().resolve()
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CourseError(f"{directory}: is not an empty directory. Name another one")
    name = directory.name
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        raise CourseError(
            f"{name!r} cannot name a course: nbgrader's exchange has a directory for it. "
            "Use letters, digits, - and _"
        )
    texts = {
        file: _filled("course", template, {"name": name, "title": _title(name)})
        for file, template in _COURSE_FILES.items()
    }
    texts["nbgrader_config.py"] = re.sub(
        r'(?m)^c\.CourseDirectory\.course_id = ".*?"',
        f'c.CourseDirectory.course_id = "{name}"',
        _NBGRADER_CONFIG.read_text(encoding="utf-8"),
    )
    return _written(directory, texts | _assignment_texts(_FIRST, 1))


def new_assignment(course: Course, name: str) -> list[Path]:
    """Write the files of another assignment into the course; return them.

    Raises CourseError if the name is taken or names no Python module or cell, or if a file exists.
    """
    if (
        not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name)
        or len(name) > _LONGEST_NAME
        or keyword.iskeyword(name)  # hidden graders import the module of this name
        or name == "hidden"  # their package
    ):
        raise CourseError(
            f"{name!r} cannot name an assignment. Use at most {_LONGEST_NAME} small letters, digits and "
            "single _ between them, begin with a letter, and take no keyword of Python, nor hidden"
        )
    numbers = [
        assignment.number
        for assignment in course.assignments.values()
        if assignment.number != float("inf")
    ]
    return _written(course.root, _assignment_texts(name, int(max(numbers, default=0)) + 1))


def create(kind: str, name: str, start: Path | None) -> list[str]:
    """Write a new "course" or "assignment"; return lines on what was written and what comes next."""
    if kind == "course":
        root = Path(name).expanduser().resolve()
        files = new_course(root)
        first = f"Next: cd {name}{_activation()}"
    else:
        course = find_course(start)
        root, files = course.root, new_assignment(course, name)
        first = f"Next: fill in {files[0].relative_to(root).as_posix()}"
    # The other assignments of a course take minutes to validate.
    only = f" ARGS='--assignment {name}'" if kind == "assignment" else ""
    written = [f"written: {path.relative_to(root).as_posix()}" for path in files]
    return [*written, f"{first}, then make release validate{only}"]


def _activation() -> str:
    """How the course's Makefile finds `autograder`, where the shell does not."""
    activate = Path(sys.executable).with_name("activate")
    on_path = shutil.which("autograder") is not None or not activate.exists()
    return "" if on_path else f"; source {activate}"


def _assignment_texts(name: str, number: int) -> dict[str, str]:
    names = {
        "name": name,
        "id": name.replace("_", "-"),
        "question": f"{name.replace('_', '-')}-visits",
        "function": f"{name}_visits",
        "title": _title(name),
        "number": str(number),
    }
    return {
        file.format(name=name): _filled("assignment", template, names)
        for file, template in _ASSIGNMENT_FILES.items()
    }


def _title(name: str) -> str:
    return re.sub(r"[_.-]+", " ", name).strip().capitalize()


def _filled(kind: str, template: str, names: dict[str, str]) -> str:
    text = (_TEMPLATES / kind / f"{template}.tmpl").read_text(encoding="utf-8")
    return Template(text).substitute(names)


def _written(root: Path, texts: dict[str, str]) -> list[Path]:
    """Write all files, or none if one of them exists."""
    paths = {root / file: text for file, text in texts.items()}
    for path in paths:
        if path.exists():
            raise CourseError(f"{path}: exists already. Choose another name, or move it away")
    for path, text in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(paths)
