"""Imports a grader module as grading does, or says in one line why that fails."""

from __future__ import annotations

import importlib.util
import sys
import traceback
import warnings
from pathlib import Path
from types import ModuleType

from autograder._util.stderr import silence_stderr
from autograder.course.solution_file import AuthoringError

_NAME = "autograder_grader_being_checked"


def import_grader(path: Path, label: str) -> ModuleType:
    """Import the module without running its tests. Raises AuthoringError with the line that fails."""
    spec = importlib.util.spec_from_file_location(_NAME, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = module
    try:
        with silence_stderr(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pytest warns: only grading registers the kit's marks
            spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == str(path)]
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise AuthoringError(
            f"{label}:{lines[-1] if lines else 1}: the grader cannot be imported: {reason}. Correct it"
        ) from None
    else:
        return module
    finally:
        del sys.modules[_NAME]
