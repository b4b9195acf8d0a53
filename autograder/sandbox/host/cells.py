"""Code cells to run in a sandbox, and the output of one that was ended from outside."""

from __future__ import annotations

from typing import Any, NamedTuple

from autograder._util.i18n import gettext as _

STOPPED = "Stopped"  # the error name in the output of a cell that was ended from outside


class Cell(NamedTuple):
    """A code cell to run; `locked` if it comes from the release and students cannot change it.

    If its `outputs` are known, `pass` runs in its place.
    """

    id: str
    source: str
    locked: bool = False
    outputs: tuple[dict[str, Any], ...] | None = None


def stopped_output(message: str) -> list[dict[str, Any]]:
    """The output of a cell that was ended from outside, or ended its process; `message` says why."""
    return [{"output_type": "error", "ename": STOPPED, "evalue": message, "traceback": [message]}]


def outputs_in_time(outputs: list[dict[str, Any]], seconds: float) -> list[dict[str, Any]]:
    """The outputs of a cell that was stopped after `seconds`: the stop in place of its own error."""
    limit = _("the cell ran longer than {seconds:g} s and was stopped").format(seconds=seconds)
    return [o for o in outputs if o["output_type"] != "error"] + stopped_output(limit)
