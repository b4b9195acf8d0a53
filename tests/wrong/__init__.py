"""Wrong solutions, one or more for each mistake that the graders recognize.

Each module has a `WRONG` catalogue; an entry replaces functions or variables of the
reference solution and names the help that a student who made this mistake must be given.
"""

from collections.abc import Callable
from typing import Any, NamedTuple


class Wrong(NamedTuple):
    """A wrong answer to one question, and the key of the help it must be given.

    `names` makes the functions and variables it consists of from the reference solution.
    """

    assignment: str
    question: str
    help: str
    names: Callable[[Any], dict[str, Any]]

    def __str__(self) -> str:
        return f"{self.assignment}-{self.question}-{self.help}"


class Catalogue(list[Wrong]):
    """The wrong solutions of one assignment."""

    def __init__(self, assignment: str) -> None:
        super().__init__()
        self.assignment = assignment

    def __call__(self, question: str, help: str) -> Callable[[Any], Any]:
        """Register the decorated function as a wrong answer."""

        def register(function: Any) -> Any:
            self.add(question, help, lambda reference: {function.__name__: function})
            return function

        return register

    def add(self, question: str, help: str, names: Callable[[Any], dict[str, Any]]) -> None:
        """Register what `names` makes of the reference solution as a wrong answer."""
        self.append(Wrong(self.assignment, question, help, names))
