"""What a call must not change, in words: its arguments, the notebook's constants, its last result."""

from __future__ import annotations

from typing import NamedTuple

from autograder._util.i18n import gettext as _
from autograder.sandbox.protocol.effects import Effects
from autograder.testing.common_help import (
    CHANGED_ARGUMENT,
    CHANGED_CONSTANT,
    CHANGED_RESULT,
    SHARED,
)


class Change(NamedTuple):
    """A line of the message, and the help for it."""

    line: str
    help: str


def unwanted_change(effects: Effects, *, new: bool) -> Change | None:
    """The first thing that a call changed and must not; with `new`, a result that is an argument too."""
    if effects.arguments:
        numbers = ", ".join(str(index + 1) for index in effects.arguments)
        line = _("it changed its argument {place}; expected it as it was").format(place=numbers)
        return Change(line, CHANGED_ARGUMENT)
    if effects.constants:
        names = ", ".join(effects.constants)
        line = _("it changed {names}; expected it as it was").format(names=names)
        return Change(line, CHANGED_CONSTANT)
    if effects.earlier:
        line = _("it changed what its last call returned; expected a result of its own each time")
        return Change(line, CHANGED_RESULT)
    if new and effects.shared:
        line = _("it returned its argument or a part of it; expected a new array")
        return Change(line, SHARED)
    return None
