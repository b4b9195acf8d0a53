"""What stands in a blank of a released notebook until the student writes there, by language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from autograder._util.i18n import N_, catalog_places, languages, translation

_ANSWER = N_("YOUR ANSWER HERE")
_CODE = N_("YOUR CODE HERE")


def answer_stub(language: str, graders: Path) -> str:
    """The text of a written answer's blank."""
    return translation(_ANSWER, language, graders)


def code_stub(language: str, graders: Path) -> str:
    """The lines of code of a question's blank: a comment, and an exception that check() knows."""
    return f"# {translation(_CODE, language, graders)}\nraise NotImplementedError()"


def answer_stubs(graders: Path) -> Iterator[str]:
    """answer_stub of every language: a class may change its own after notebooks were handed out."""
    for language in languages(catalog_places(graders)):
        yield answer_stub(language, graders)
