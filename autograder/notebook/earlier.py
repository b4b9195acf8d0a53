"""Answers from a student's earlier notebooks, for demonstrations in a later one."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from autograder._util.i18n import gettext as _


def earlier_answer(assignment: str, name: str) -> Any | None:
    """What the student's own notebook of an earlier assignment defines as `name`.

    Looks for <assignment>.ipynb in this directory, and in the directory <assignment>/ beside this one
    or in it. Runs its cells with answers in this process: it is the student's own code. Prints why
    and returns None if there is no such notebook, or if it does not define the name.

    Args:
        assignment: the earlier assignment, such as "convolution".
        name: the function or variable, such as "convolve".

    Returns:
        The function or value, or None.

    """
    file = f"{assignment}.ipynb"
    places = (Path(file), Path("..", assignment, file), Path(assignment, file))
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        print(_("{file} is not here. Put it beside this notebook.").format(file=file))
        return None
    try:
        sources = _answers(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        print(_("{file} cannot be read. Save it again in Jupyter.").format(file=path.as_posix()))
        return None
    names: dict[str, Any] = {"__name__": assignment}
    exec("import numpy as np\nfrom autograder import unless_blank", names)  # noqa: S102 - fixed text
    for source in sources:
        with contextlib.suppress(Exception):  # another answer may be blank or wrong
            exec(source, names)  # noqa: S102 - the student's own code in the student's own kernel
    if name not in names:
        text = _("{file} does not define {name}. Fill it in there first.")
        print(text.format(file=path.as_posix(), name=name))
    return names.get(name)


def _answers(notebook: dict[str, Any]) -> list[str]:
    """The code of the cells that a student fills in."""
    return [
        "".join(cell["source"])
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    ]
