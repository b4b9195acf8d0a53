"""Find the one known mistake that explains every value a student's function returned in a test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from autograder.testing.compare import difference

# Help text -> what a student who makes that mistake would have returned; or a function computing it.
Mistakes = Mapping[str, object] | Callable[[], Mapping[str, object]]


class AnswerLog:
    """The answers of one test, and which mistakes explain every one of them.

    The values of mistakes are computed only once an answer is wrong, because most answers are right.
    """

    def __init__(self) -> None:
        self._pending: dict[str, list[tuple[object, Mistakes]]] = defaultdict(list)
        self._explains: dict[str, dict[str, bool]] = defaultdict(dict)

    def reset(self) -> None:
        """Forget everything: a new test begins."""
        self._pending.clear()
        self._explains.clear()

    def note(self, name: str, returned: object, mistakes: Mistakes) -> None:
        """Remember what the function `name` returned, right or wrong."""
        self._pending[name].append((returned, mistakes))

    def diagnosis(self, name: str) -> str | None:
        """The help of the only mistake that explains all answers of `name`, or None.

        Only mistakes listed with the last answer count. If several explain it, none is given.
        """
        explains, last = self._explains[name], dict[str, object]()
        for returned, mistakes in self._pending.pop(name, []):
            last = dict(mistakes() if callable(mistakes) else mistakes)
            for help_text, wrong in last.items():
                explained = difference(returned, wrong) is None
                explains[help_text] = explains.get(help_text, True) and explained
        fitting = [help_text for help_text in last if explains[help_text]]
        return fitting[0] if len(fitting) == 1 else None
