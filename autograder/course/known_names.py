"""Refuses names that are none of those there are: of assignments, of students; with the nearest one."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from pathlib import Path

from autograder.course.settings import Config, CourseError, place_of


def refuse_unknown_assignments(names: Iterable[str], known: Collection[str]) -> None:
    """Raise CourseError for a name that is none of the course's `known` assignments."""
    there_are = f"There are {', '.join(known)}"
    refuse_unknown(names, known, "no assignment has this name", there_are)


def refuse_unknown(names: Iterable[str], known: Collection[str], problem: str, advice: str) -> None:
    """Raise CourseError for names that are not `known`, with the closest name and the advice."""
    unknown = [name for name in names if name not in known]
    if not unknown:
        return
    # Ids may be long, and what was typed their beginning.
    close = difflib.get_close_matches(unknown[0], sorted(known), n=1) or [
        name for name in sorted(known) if name.startswith(unknown[0][:3])
    ]
    suggestion = f" Did you mean {close[0]}?" if close else ""
    raise CourseError(f"{', '.join(unknown)}: {problem}.{suggestion} {advice}")


def refuse_settings_of_unknown_assignments(
    config: Config, pyproject: Path, assignments: Collection[str]
) -> None:
    """Raise CourseError for a setting of an assignment that there is not."""
    for table in ("assignment_limits", "due", "extensions"):
        for name in getattr(config, table):
            try:
                refuse_unknown_assignments([name], assignments)
            except CourseError as error:
                raise CourseError(f"{place_of(pyproject, table, name)}: {error}") from None
