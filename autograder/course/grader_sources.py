"""Finds the files that decide how an assignment is graded: its graders, their imports and data.

Files of other assignments do not count, so that a change there leaves these grades valid.
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
    """The graders of an assignment, all grader modules that they import, and their data.

    Data are accuracy thresholds and translations: files named after this assignment or after none.
    If a grader imports dynamically, its imports are unknown, and all grader modules count.
    """
    modules: dict[Path, None] = {}
    pending = [course.visible_grader(assignment.name), course.hidden_grader(assignment.name)]
    while pending:
        path = pending.pop()
        if path in modules or not path.exists():
            continue
        modules[path] = None
        imported = _imports(path.read_bytes())
        if imported is None:
            pending += sorted(course.graders.rglob("*.py"))
        else:
            pending += (file for name in imported for file in _module_paths(course, name))
    data = [path for path in _data(course) if _concerns(path, course, assignment)]
    return sorted({*modules, *data})


@lru_cache(maxsize=256)  # assignments share modules, and workers need this for each submission
def _imports(source: bytes) -> tuple[str, ...] | None:
    """The dotted names that a module imports, or None if they are unknown until it runs."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None  # a repaired version may import anything
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


def _module_paths(course: Course, name: str) -> Iterator[Path]:
    """The possible files of a grader module and its packages, in the course and in the kit."""
    if name != _PACKAGE and not name.startswith(f"{_PACKAGE}."):
        return
    parts = name.split(".")[2:]
    for root in {course.graders, _KIT_GRADERS}:
        for depth in range(len(parts) + 1):
            path = root.joinpath(*parts[:depth])
            yield path / "__init__.py"
            yield path.with_suffix(".py") if depth else path / "__init__.py"


def _data(course: Course) -> Iterator[Path]:
    for kind in ("json", "po"):
        yield from course.graders.rglob(f"*.{kind}")


def _concerns(path: Path, course: Course, assignment: Assignment) -> bool:
    return path.stem == assignment.name or path.stem not in course.assignments
