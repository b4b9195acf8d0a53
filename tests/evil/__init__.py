"""Hostile submissions: what each hands in, and the verdict that it must get.

Most fill the blank of `add(a, b)` in the small course of tests/support/small_course.py. In their
sources stand @ROOT@, the course's directory, @PORT@, that of a server on this machine, and
@UNIX@, the path of its socket. A canary, a text that nothing may show, stands in the solution,
the hidden grader, another student's notebook, and the environment of the grading process.
`blocked` answers 0, and 666 where the attack worked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import dedent
from types import MappingProxyType
from typing import Any, NamedTuple

from autograder.results.outcome import Status

# What an attack reports with: add(1, 2) is expected to be 3, so that 0 is a wrong answer.
BLOCKED = '''
def blocked(attack):
    """0 where the attack raises or finds nothing, 666 where it works."""
    try:
        return 666 if attack() else 0
    except Exception:
        return 0
'''


class Evil(NamedTuple):
    """One hostile submission.

    `source` replaces the blank, `files` lie beside the notebook, `edit` changes the
    notebook's JSON. The question must end as `status`, and what its tests say contains `says`;
    `points` are those that the form of an answer earns, whatever is in it.
    """

    family: int
    name: str
    source: str = ""
    status: Status = Status.FAILED
    says: str = ""
    files: Mapping[str, bytes] = MappingProxyType({})
    edit: Callable[[dict[str, Any]], None] | None = None
    points: float = 0

    def __str__(self) -> str:
        return f"{self.family:02}-{self.name.replace(' ', '-')}"


class Catalogue(list[Evil]):
    """The hostile submissions of some families."""

    def source(
        self,
        family: int,
        name: str,
        source: str,
        status: Status = Status.FAILED,
        says: str = "",
        points: float = 0,
        **files: bytes,
    ) -> None:
        """A submission whose blank holds `source`; a file's name has `__` for a point."""
        named = {file.replace("__", "."): data for file, data in files.items()}
        text = dedent(source).strip()
        self.append(Evil(family, name, text, status, says, named, points=points))

    def blocked(self, family: int, name: str, attack: str, **files: bytes) -> None:
        """A submission whose `attack()` must raise or return something false."""
        source = f"{BLOCKED}\n{dedent(attack).strip()}\ndef add(a, b):\n    return blocked(attack)"
        self.source(family, name, source, Status.FAILED, "returned 0", **files)
