"""Names of version 0.1.0 in notebooks, graders and settings of courses: they go on working."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import NamedTuple


class _Moved(NamedTuple):
    module: str
    advice: str
    names: dict[str, str]  # of what was renamed, too


_MOVED = {
    "autograder.quiet": _Moved(
        "autograder._util.stderr",
        "from autograder import silence_stderr",
        {"quietly": "silence_stderr"},
    ),
    "autograder.expect": _Moved(
        "autograder.testing.expect", "from autograder.testing.expect import ...", {}
    ),
    "autograder.outcome": _Moved(
        "autograder.results.outcome", "from autograder.results.outcome import ...", {}
    ),
    "autograder.safe_markdown": _Moved(
        "autograder.gradebook.safe_markdown", "autograder.nbgrader_plugins.markdown2html", {}
    ),
    "autograder.feedback.exporter": _Moved(
        "autograder.gradebook.feedback_exporter", "autograder.nbgrader_plugins.FeedbackExporter", {}
    ),
    "autograder.feedback.release": _Moved(
        "autograder.gradebook.release_feedback", "autograder.nbgrader_plugins.ReleaseFeedback", {}
    ),
}


class _OldNames(MetaPathFinder, Loader):
    """Imports what a module of an old name holds from where it is now, and says so once."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self) if fullname in _MOVED else None

    def exec_module(self, module: ModuleType) -> None:
        moved = _MOVED[module.__name__]
        now = importlib.import_module(moved.module)
        names = {name: name for name in vars(now) if not name.startswith("__")} | moved.names
        vars(module).update({old: getattr(now, new) for old, new in names.items()})
        warnings.warn(
            f"{module.__name__} is the name of an older version. Write {moved.advice}",
            FutureWarning,
            stacklevel=2,
        )


def support_old_names() -> None:
    """Have Python's import find the old names, after all that it finds by itself."""
    if not any(isinstance(finder, _OldNames) for finder in sys.meta_path):
        sys.meta_path.append(_OldNames())
