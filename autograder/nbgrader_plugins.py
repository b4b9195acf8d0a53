"""The names by which nbgrader_config.py calls the kit; they stay, wherever the code is."""

from __future__ import annotations

import importlib
import warnings

_PLACES = {
    "ArchiveCollector": "autograder.gradebook.nbgrader_plugins",
    "CsvExporter": "autograder.export",
    "FeedbackExporter": "autograder.gradebook.feedback_exporter",
    "GradeInSandbox": "autograder.gradebook.nbgrader_plugins",
    "LatePenalty": "autograder.gradebook.late_penalty",
    "ReleaseFeedback": "autograder.gradebook.release_feedback",
    "SaveOutcomes": "autograder.gradebook.nbgrader_plugins",
    "SubmissionExporter": "autograder.gradebook.nbgrader_plugins",
    "markdown2html": "autograder.gradebook.safe_markdown",
}
_OLD_NAMES = {"GradeInJail": "GradeInSandbox"}  # of version 0.1.0
__all__ = list(_PLACES)


def __getattr__(name: str) -> object:
    # Only what is asked for is imported: nbgrader takes a second, and each command needs one.
    if name in _OLD_NAMES:
        warnings.warn(
            f"{__name__}.{name} is the name of an older version. Write {__name__}.{_OLD_NAMES[name]}",
            FutureWarning,
            stacklevel=2,
        )
        name = _OLD_NAMES[name]
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_PLACES[name]), name)
