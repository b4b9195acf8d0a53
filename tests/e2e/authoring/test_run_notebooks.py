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
    output = "\n".join(map(shown_text, notebook.cells))
    for question in COURSE.assignments[assignment].questions:
        assert f"○ {question.name}: not attempted (0 of " in output
    assert "Not attempted yet" in output


def test_what_a_library_writes_past_python_stays_in_the_notebook(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """TensorFlow's C++ code writes lines at its start, which say nothing to an author."""
    cells = [nbformat.v4.new_code_cell('import os\n_ = os.write(2, b"cannot find a card")')]
    notebook = nbformat.v4.new_notebook(cells=cells)
    assert run_notebook(notebook, COURSE) is None
    assert "cannot find a card" not in capfd.readouterr().err
