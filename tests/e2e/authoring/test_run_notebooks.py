"""The released notebooks as students open them, blank: in a real kernel they run to their end.

Filled in, they are run by `autograder validate`.
"""

from pathlib import Path

import nbformat
import pytest

from autograder.authoring.run_notebook import run_notebook, shown_text
from autograder.course.course import find_course

COURSE = find_course(Path(__file__).parent)


@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_a_blank_notebook_runs_to_its_end(assignment: str) -> None:
    notebook = nbformat.read(COURSE.released_notebook(assignment), 4)
    assert run_notebook(notebook, COURSE) is None
    shown = "\n".join(map(shown_text, notebook.cells))
    for question in COURSE.assignments[assignment].questions:
        assert f"○ {question.name}: not attempted (0 of " in shown
    assert "Not attempted yet" in shown
