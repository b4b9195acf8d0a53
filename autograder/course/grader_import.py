"""Imports a grader module as grading does, or says in one line why that fails."""

from __future__ import annotations

import importlib.util
import inspect
import io
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from autograder._util.stderr import silence_stderr
from autograder._util.time_limit import TookTooLong, time_limit
from autograder._util.traceback_lines import last_line
from autograder.course.solution_file import AuthoringError

_NAME = "autograder_grader_being_checked"
_SECONDS = 60.0  # of processor time; an import of Keras takes 3
_MAX_PRINTED = 100  # characters of what a grader prints
_PACKAGE = "autograder.graders"
_KIT_GRADERS = Path(__file__).resolve().parents[1] / "graders"


class _Loaded(NamedTuple):
    """The modules of a course's package of graders, and its files when they were loaded."""

    modules: dict[str, ModuleType]
    files: list[tuple[str, int, int]]


_LOADED: dict[Path, _Loaded] = {}  # by the directory of the graders


@contextmanager
def graders_package(grader: Path) -> Iterator[None]:
    """Let `grader` import what lies beside it from autograder.graders, and else the kit's modules.

    In the wheel for students, a course's graders are in this package; in its checkout they are not.
    Modules are loaded once, with what they have computed, until a file of the directory changes.
    """
    graders = grader.resolve().parent
    graders = graders.parent if graders.name == "hidden" else graders
    if graders == _KIT_GRADERS:
        yield
        return
    kit = importlib.import_module(_PACKAGE)
    others = _taken()  # another course's modules may have the same names
    files = _files(graders)
    loaded = _LOADED.get(graders)
    if loaded is None or loaded.files != files:
        loaded = _Loaded(_packages(graders), files)
    sys.modules.update(loaded.modules)
    package = loaded.modules[_PACKAGE]
    sys.modules["autograder"].graders = package  # type: ignore[attr-defined]  # as the import system does
    try:
        yield
    finally:
        _LOADED[graders] = _Loaded(_taken(), files)
        sys.modules.update(others)
        sys.modules["autograder"].graders = kit  # type: ignore[attr-defined]  # likewise


def _packages(graders: Path) -> dict[str, ModuleType]:
    """The package of graders and that of hidden ones, in which a course's modules come first."""
    package, hidden = ModuleType(_PACKAGE), ModuleType(f"{_PACKAGE}.hidden")
    package.__path__ = [str(graders), str(_KIT_GRADERS)]
    hidden.__path__ = [str(graders / "hidden"), str(_KIT_GRADERS / "hidden")]
    package.hidden = hidden  # type: ignore[attr-defined]  # as the import system does
    return {module.__name__: module for module in (package, hidden)}


def _files(graders: Path) -> list[tuple[str, int, int]]:
    """Name, time of change and size of each module in a directory of graders."""
    statuses = [(str(path), path.stat()) for path in sorted(graders.rglob("*.py"))]
    return [(name, status.st_mtime_ns, status.st_size) for name, status in statuses]


def _taken() -> dict[str, ModuleType]:
    """The loaded modules of the package, which are loaded no more."""
    names = [name for name in sys.modules if f"{name}.".startswith(f"{_PACKAGE}.")]
    return {name: sys.modules.pop(name) for name in names}


class _Printed(io.TextIOBase):
    """Stands in for standard output: keeps the beginning of what is printed, and where in the grader."""

    def __init__(self, grader: Path) -> None:
        self._grader = str(grader)
        self.text = ""
        self.line = 1

    def write(self, text: str) -> int:
        """Take a text; a print writes each of its arguments, and the end of the line, by itself."""
        if not self.text.strip():
            frames = traceback.walk_stack(inspect.currentframe())
            lines = (n for frame, n in frames if frame.f_code.co_filename == self._grader)
            self.line = next(lines, 1)
        if len(self.text) < _MAX_PRINTED:
            self.text += text
        return len(text)


def import_grader(path: Path, label: str) -> ModuleType:
    """Import the module without running its tests. Raises AuthoringError with the line that fails or prints."""
    spec = importlib.util.spec_from_file_location(_NAME, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = module
    printed = _Printed(path)
    try:
        with (
            time_limit(_SECONDS),
            graders_package(path),
            silence_stderr(),
            redirect_stdout(printed),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")  # pytest warns: only grading registers the kit's marks
            spec.loader.exec_module(module)
    except (Exception, SystemExit, TookTooLong) as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise AuthoringError(
            f"{label}:{last_line(error, str(path)) or 1}: the grader cannot be imported: {reason}. Correct it"
        ) from None
    finally:
        del sys.modules[_NAME]
    if first := printed.text.strip().partition("\n")[0]:
        raise AuthoringError(
            f"{label}:{printed.line}: the grader prints {first[:_MAX_PRINTED]!r} when it is imported. Take "
            "the print out"
        )
    return module
