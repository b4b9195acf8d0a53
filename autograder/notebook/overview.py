"""check() without a question: how every question of this notebook stands."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import PurePath
from typing import Any

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.feedback.render import headline
from autograder.results.outcome import Status, TestOutcome

# The outcomes of each question, and how many hidden tests it has (None: not known).
Rows = Mapping[str, tuple[list[TestOutcome], int | None]]

_COLUMNS = (N_("question"), N_("how it stands"), N_("tests passed"))
_CHECK_CALL = re.compile(r"""^\s*check\(\s*["']([^"']+)["']""", re.MULTILINE)


def assignment_here(
    questions: Mapping[str, Sequence[str]],
    checked: Iterable[str],
    sources: Iterable[str],
    namespace: Mapping[str, Any],
) -> str | None:
    """The assignment of this notebook, or None if nothing tells which it is.

    `questions` are those of each assignment, `checked` those that were checked in this kernel,
    `sources` the cells that it ran, and `namespace` its variables: VS Code puts the notebook's path
    there.
    """
    called = [name for source in sources for name in _CHECK_CALL.findall(source)]
    for question in (*checked, *called):
        for assignment, names in questions.items():
            if question in names:
                return assignment
    # Jupyter's servers set the variable for each kernel that they start.
    paths = (os.environ.get("JPY_SESSION_NAME", ""), str(namespace.get("__vsc_ipynb_file__", "")))
    return next((stem for path in paths if (stem := PurePath(path).stem) in questions), None)


def overview_html(rows: Rows, progress: str, written: Sequence[str] = ()) -> str:
    """A table with a row for each question, and the progress line below it.

    A person grades the `written` questions.
    """
    # JupyterLab's tables are aligned on the right, where the signs would not stand below each other.
    left = 'style="text-align: left"'
    head = "".join(f"<th {left}>{_(word)}</th>" for word in _COLUMNS)
    lines = "".join(
        "<tr>" + "".join(f"<td {left}>{escape(text)}</td>" for text in row) + "</tr>"
        for row in _rows(rows, written)
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    return f"<div>{table}<div>{escape(progress)}</div></div>"


def overview_text(rows: Rows, progress: str, written: Sequence[str] = ()) -> str:
    """Like overview_html, for a front end without HTML."""
    width = max(map(len, (*rows, *written)))
    lines = [
        f"{question:{width}}  {status}  {tests}".rstrip()
        for question, status, tests in _rows(rows, written)
    ]
    return "\n".join([*lines, progress])


def _rows(rows: Rows, written: Sequence[str]) -> list[tuple[str, str, str]]:
    tested = [
        (question, " ".join(headline(outcomes, final=False, later=later)), _passed(outcomes))
        for question, (outcomes, later) in rows.items()
    ]
    return [*tested, *((question, _("graded by a person"), "") for question in written)]


def _passed(outcomes: Sequence[TestOutcome]) -> str:
    passed = sum(outcome.status is Status.PASSED for outcome in outcomes)
    return _("{passed} of {count}").format(passed=passed, count=len(outcomes))
