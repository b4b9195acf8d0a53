"""Keep module names of version 0.1.0 importable for notebooks, graders and settings of courses."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

# Old module name: new name, and what to write instead.
_MOVED = {
    "autograder.quiet": ("autograder._util.stderr", "from autograder import silence_stderr"),
    "autograder.expect": (
        "autograder.testing.expectation",
        "from autograder.testing import ...",
    ),
    "autograder.outcome": (
        "autograder.results.outcome",
        "from autograder.results import ...",
    ),
    "autograder.safe_markdown": (
        "autograder.gradebook.safe_markdown",
        "autograder.nbgrader_plugins.markdown2html",
    ),
    "autograder.feedback.exporter": (
        "autograder.gradebook.feedback_exporter",
        "autograder.nbgrader_plugins.FeedbackExporter",
    ),
    "autograder.feedback.release": (
        "autograder.gradebook.release_feedback",
        "autograder.nbgrader_plugins.ReleaseFeedback",
    ),
}
_RENAMED = {"quietly": "silence_stderr"}


def warn_of_old_name(old: str, advice: str) -> None:
    """Warn of a name of an older version, at the caller's caller, with what to write instead."""
    warnings.warn(
        f"{old} is the name of an older version. Write {advice}", FutureWarning, stacklevel=3
    )


class _OldNames:
    """Import a module with an old name from its new place, with a warning.

    It is finder and loader by duck typing: importing importlib.abc would take a third of the
    kit's import time.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module's spec if its name is an old one."""
        return ModuleSpec(fullname, self) if fullname in _MOVED else None  # type: ignore[arg-type]  # no importlib.abc

    def create_module(self, spec: ModuleSpec) -> None:
        """Let Python create the module."""

    def exec_module(self, module: ModuleType) -> None:
        """Fill the module with the names of the new one, and warn."""
        name, advice = _MOVED[module.__name__]
        namespace = vars(importlib.import_module(name))
        names = {name: value for name, value in namespace.items() if not name.startswith("__")}
        names |= {old: namespace[new] for old, new in _RENAMED.items() if new in namespace}
        vars(module).update(names)
        warn_of_old_name(module.__name__, advice)


def support_old_names() -> None:
    """Make the old names importable, with lower priority than all modules that Python finds."""
    if not any(isinstance(finder, _OldNames) for finder in sys.meta_path):
        sys.meta_path.append(_OldNames())
