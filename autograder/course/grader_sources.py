"""Which files decide how one assignment is judged: its graders, what they import, and their data.

Another assignment's files are not among them, so that a change there leaves these grades as
they are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from autograder.course.course import Assignment, Course

_KIT_GRADERS = Path(__file__).resolve().parents[1] / "graders"
_PACKAGE = "autograder.graders"
_DYNAMIC = frozenset({"importlib", "runpy", "__import__", "exec", "eval"})


def grader_sources(course: Course, assignment: Assignment) -> list[Path]:
    """The graders of an assignment with all modules of graders that they import, and their data.

    Data are the accuracy thresholds and the translations: files named after the assignment, or after
    none. Where a grader imports by a name that is made while it runs, nobody can know what, and
    all modules count.
    """
    found: dict[Path, None] = {}
    waiting = [course.visible_grader(assignment.name), course.hidden_grader(assignment.name)]
    while waiting:
        path = waiting.pop()
        if path in found or not path.exists():
            continue
        found[path] = None
        imported = _imports(path.read_bytes())
        if imported is None:
            waiting += sorted(course.graders.rglob("*.py"))
        else:
            waiting += (place for name in imported for place in _places(course, name))
    data = [path for path in _data(course) if _concerns(path, course, assignment)]
    return sorted({*found, *data})


@lru_cache(maxsize=256)  # assignments share modules, and a worker asks for each submission
def _imports(source: bytes) -> tuple[str, ...] | None:
    """The dotted names that a module imports; None where they cannot be known before it runs."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None  # it may be anything by the time it is mended
    names: list[str] = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                names += [alias.name for alias in aliases]
            case ast.ImportFrom(module=str() as module, names=aliases, level=0):
                names += [module, *(f"{module}.{alias.name}" for alias in aliases)]
            case ast.ImportFrom():  # relative
                return None
            case ast.Name(id=name) if name in _DYNAMIC:
                return None
    return None if _DYNAMIC & {name.partition(".")[0] for name in names} else tuple(names)


def _places(course: Course, name: str) -> Iterator[Path]:
    """Where a module of graders stands, in the course and in the kit, with its packages."""
    if name != _PACKAGE and not name.startswith(f"{_PACKAGE}."):
        return
    parts = name.split(".")[2:]
    for root in {course.graders, _KIT_GRADERS}:
        for depth in range(len(parts) + 1):
            place = root.joinpath(*parts[:depth])
            yield place / "__init__.py"
            yield place.with_suffix(".py") if depth else place / "__init__.py"


def _data(course: Course) -> Iterator[Path]:
    for kind in ("json", "po"):
        yield from course.graders.rglob(f"*.{kind}")


def _concerns(path: Path, course: Course, assignment: Assignment) -> bool:
    return path.stem == assignment.name or path.stem not in course.assignments
