"""The course's settings, from the table [tool.autograder] of its pyproject.toml."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

import msgspec

from autograder._util.i18n import ENGLISH
from autograder._util.old_names import warn_of_old_name
from autograder.course.toml_lines import line_of
from autograder.sandbox.protocol.limits import Limits

# Old names, from version 0.1.0, and their new names.
_OLD_LIMITS = {"memory_gib": "address_space_gib", "together_gib": "sandbox_memory_gib"}


class CourseError(Exception):
    """The course as a whole cannot be used: what, where, what to do, in one line."""


class UnfinishedRuns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table [tool.autograder.unfinished_runs], which lets `autograder calibrate` resume a training.

    `directory`, relative to the course, holds the states of long trainings. All states together take
    at most `gib` GiB; the oldest are deleted first. A state of the largest network takes 0.4 GiB.
    """

    directory: str = ".autograder/unfinished"
    gib: Annotated[float, msgspec.Meta(gt=0)] = 4.0


class TimeLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table [tool.autograder.assignment_limits.<assignment>]: time limits that differ from the course's.

    An endless loop costs the class its whole limit, so answers that take milliseconds need lower ones
    than answers that train. The names are those of [tool.autograder.limits].
    """

    cell_seconds: float | None = None
    setup_seconds: float | None = None
    call_seconds: float | None = None
    own_training_seconds: float | None = None
    submission_seconds: float | None = None


class Late(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table [tool.autograder.late]: what late work loses of its own points.

    Each day that is begun after `grace_minutes` takes `percent_per_day` off; after `last_day` days
    nothing is left.
    """

    percent_per_day: Annotated[float, msgspec.Meta(ge=0, le=100)]
    grace_minutes: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    last_day: Annotated[int, msgspec.Meta(ge=0)] | None = None


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table [tool.autograder] of the course's pyproject.toml.

    `roster` is a CSV file of the students, relative to the course. `due` maps assignments to due dates
    such as "2026-01-31 23:59 Europe/Berlin", and `extensions` assignments to students' own due dates.
    `late` is None if nbgrader's own settings say what late work loses.
    `formgrader` is the address at which the class page's links look for nbgrader's formgrader.
    `gradescope_hidden` is when Gradescope shows students the results of hidden tests, in its own words.
    """

    course_id: str = "cnn"
    tier: Literal["sample", "full"] = "sample"
    language: str = ENGLISH  # of texts for students; untranslated texts stay English
    roster: str = ""
    due: dict[str, str] = msgspec.field(default_factory=dict)
    extensions: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    late: Late | None = None
    formgrader: str = "http://localhost:8888/formgrader"
    gradescope_hidden: Literal["visible", "after_due_date", "after_published", "hidden"] = "visible"
    limits: Limits = msgspec.field(default_factory=Limits)
    assignment_limits: dict[str, TimeLimits] = msgspec.field(default_factory=dict)
    unfinished_runs: UnfinishedRuns = msgspec.field(default_factory=UnfinishedRuns)

    def limits_for(self, assignment: str) -> Limits:
        """The limits of a submission of `assignment`."""
        own = msgspec.structs.asdict(self.assignment_limits.get(assignment, TimeLimits()))
        set_here = {name: seconds for name, seconds in own.items() if seconds is not None}
        return msgspec.structs.replace(self.limits, **set_here)


def _rename_old_limits(table: object, pyproject: Path) -> None:
    """Rename limits that have old names, and warn about each."""
    limits = table.get("limits") if isinstance(table, dict) else None
    if not isinstance(limits, dict):
        return
    for old in limits.keys() & _OLD_LIMITS.keys():
        limits[_OLD_LIMITS[old]] = limits.pop(old)
        warn_of_old_name(f"{pyproject}: [tool.autograder.limits]: {old}", _OLD_LIMITS[old])


def read_config(pyproject: Path) -> Config:
    """The settings in `pyproject`; defaults if the file or its table is missing."""
    table: Any = {}
    try:
        document = (
            tomllib.loads(pyproject.read_text(encoding="utf-8-sig")) if pyproject.exists() else {}
        )
        tool = document.get("tool", {})
        table = tool.get("autograder", {}) if isinstance(tool, dict) else tool
        _rename_old_limits(table, pyproject)
        config = msgspec.convert(table, Config)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CourseError(f"{pyproject}: cannot be read: {error}. Correct the file") from None
    except msgspec.ValidationError as error:
        problem = str(error)
        place = place_of(pyproject, *_keys_at_fault(table, problem))
        raise CourseError(f"{place}: {problem}. {_remedy(problem)}") from None
    _refuse_limits_of_zero(config.limits, pyproject, "limits")
    for assignment in config.assignment_limits:
        limits = config.limits_for(assignment)
        _refuse_limits_of_zero(limits, pyproject, "assignment_limits", assignment)
    if not config.formgrader.startswith(("http://", "https://")):
        raise CourseError(
            f"{place_of(pyproject, 'formgrader')}: formgrader is no web address. Write it like "
            f"{Config().formgrader}"
        )
    if not config.course_id.strip():
        raise CourseError(
            f"{place_of(pyproject, 'course_id')}: course_id is empty. Name the course"
        )
    return config


def place_of(pyproject: Path, *keys: str) -> str:
    """Where a setting stands, for a message: the file, its line, and the table that it is in.

    `keys` are those of the setting below [tool.autograder].
    """
    path = ["tool", "autograder", *keys]
    try:
        line = line_of(pyproject.read_text(encoding="utf-8-sig"), path)
    except (OSError, UnicodeDecodeError):  # it was read before, and changed since
        line = 1
    return f"{pyproject}:{line}: [{'.'.join(path[: max(2, len(path) - 1)])}]"


def _keys_at_fault(table: object, problem: str) -> list[str]:
    """The keys of the innermost setting that alone makes msgspec name this problem."""
    keys: list[str] = []
    inner = table
    while isinstance(inner, dict):
        for key, value in inner.items():
            nested = value
            for outer in (key, *reversed(keys)):
                nested = {outer: nested}
            try:
                msgspec.convert(nested, Config)
            except msgspec.ValidationError as error:
                if str(error) == problem:
                    keys.append(key)
                    inner = value
                    break
        else:
            break
    return keys


def _remedy(problem: str) -> str:
    """What to do about a problem that msgspec names: the nearest setting, or the values there are."""
    structs = (Config, Limits, TimeLimits, Late, UnfinishedRuns)
    if unknown := re.search(r"unknown field `(.*?)`", problem):
        names = {name for struct in structs for name in struct.__struct_fields__}
        close = difflib.get_close_matches(unknown[1], names, n=1)
        return f"Did you mean {close[0]}?" if close else "Take it out"
    if invalid := re.search(r"Invalid enum value .*`\$\.(\w+)`", problem):
        values = get_args(get_type_hints(Config)[invalid[1]])
        return f"Write one of {', '.join(map(repr, values))}"
    if re.search(
        r"got `(date|datetime|time)`", problem
    ):  # TOML has times of its own, without places
        return 'Write it in quotation marks, as "2026-01-31 23:59 Europe/Berlin"'
    return "Correct this setting"


def _refuse_limits_of_zero(limits: Limits, pyproject: Path, *tables: str) -> None:
    """Raise CourseError unless all limits, which stand in these nested tables, are above 0."""
    for name in Limits.__struct_fields__:
        if not getattr(limits, name) > 0:
            place = place_of(pyproject, *tables, name)
            raise CourseError(f"{place}: {name} must be above 0. Correct it")
