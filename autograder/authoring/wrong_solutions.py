"""Find questions without a wrong solution: nothing shows that their graders refuse one."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from autograder._util.traceback_lines import last_line
from autograder.course.course import Course
from autograder.testing.answers import read_answers


def missing_wrong_solutions(course: Course, assignment: str) -> list[str]:
    """One line for each question without a wrong solution.

    Wrong solutions are the cells of tests/wrong/cells/<assignment>.py (autograder/testing/answers.py).
    If there is a module tests/wrong/<assignment>.py, they are instead the entries of its list WRONG,
    which have the attribute `question`. The course's tests grade them.
    """
    cells = course.root / "tests" / "wrong" / "cells" / f"{assignment}.py"
    module = course.root / "tests" / "wrong" / f"{assignment}.py"
    path = module if module.exists() else cells
    file = course.relative(path)
    try:
        if path == module:
            with_wrong_solution = _questions(path, course.root)
        else:
            with_wrong_solution = (
                {answer.question for answer in read_answers(path)} if path.exists() else set()
            )
    except (Exception, SystemExit) as error:  # whatever the course's own module raises
        return [
            f"{file}:{_line(error, path)}: cannot be loaded: {type(error).__name__}: {error}. "
            "Correct it"
        ]
    solution = course.assignments[assignment]
    return [
        f"{course.relative(solution.path)}:{question.line}: question {question.name!r} has no wrong "
        f"solution. Add one to {file}"
        for question in solution.checked
        if question.name not in with_wrong_solution
    ]


def _questions(path: Path, root: Path) -> set[str]:
    """The questions in the module's list WRONG; the module may import from the course's root."""
    name = f"wrong_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys_path = list(sys.path)
    sys.path.insert(0, str(root))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = sys_path
    return {entry.question for entry in module.WRONG}


def _line(error: BaseException, path: Path) -> int:
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    return last_line(error, str(path)) or 1
