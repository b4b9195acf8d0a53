"""The words of nbgrader's feedback template in the language of the course."""

from __future__ import annotations

import re

from jinja2 import Environment
from jinja2.ext import Extension

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _

_WORDS = (
    N_("Score:"),
    N_("Student's answer"),
    N_("Student's task"),
    N_("Grade cell:"),
    N_("(Top)"),
    N_("Comments:"),
    N_("Late submission penalty"),
)
_WORD = re.compile("|".join(map(re.escape, _WORDS)))


class TranslatedWords(Extension):
    """Has nbgrader's template translate its words when it is rendered."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals["translated"] = _

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template, before it is compiled."""
        if "nbgrader_heading" not in source:
            return source
        return _WORD.sub(lambda word: f"{{{{ translated({word[0]!r}) }}}}", source)
