"""The released notebooks as a student has them: with their own imports, what they name can be called."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from autograder.course.course import find_course
from autograder.course.grader_source import read_grader

COURSE = find_course(Path(__file__).parent)
# Hints that send a student back: the answer to the last question of two_layer_cnn.
OF_ANOTHER_NOTEBOOK = {"build_classifier"}
_CALL = re.compile(r"(?<![\w.\"'])([A-Za-z_]\w*(?:\.\w+)*)\(")
_FENCE = re.compile(r"```.*?```|\$.*?\$", re.DOTALL)
# What a name of a call in prose may belong to besides the notebook: methods and classes of Keras.
_RESOLVE = """
import builtins, importlib.util, json
_owners = [builtins]
if "keras" in globals():
    _owners += [keras, keras.Model, keras.Sequential, keras.layers, keras.callbacks, keras.optimizers]
if "np" in globals():
    _owners += [np, np.ndarray]

def _exists(name):
    root, *rest = name.split(".")
    for owner in [None, *_owners]:
        value = globals().get(root) if owner is None else getattr(owner, root, None)
        for part in rest:
            value = getattr(value, part, None)
        if value is not None:
            return True
    return False

print(json.dumps([name for name in json.loads({names!r}) if not _exists(name)]))
"""


def texts_of(assignment: str, notebook: nbformat.NotebookNode) -> Iterator[str]:
    """All that a student reads of the kit's own: prose, hints, and help for known mistakes."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield _FENCE.sub(" ", cell.source)
    path = COURSE.visible_grader(assignment)
    grader = read_grader(path, path.name)
    for hints in grader.hints.values():
        yield from hints
    yield from import_module(f"autograder.graders.{assignment}").HELP.values()


@pytest.fixture(scope="module", params=COURSE.assignments)
def session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, nbformat.NotebookNode, NotebookClient]]:
    """A kernel in which the blank notebook was run by itself, from an empty directory."""
    home = tmp_path_factory.mktemp("home")
    notebook = nbformat.read(COURSE.released_notebook(request.param), 4)
    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(home)}})
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
        yield request.param, notebook, client


def run(client: NotebookClient, source: str) -> str:
    """What a cell with `source` shows as text; an error of the cell is an error of the test."""
    cell = new_code_cell(source)
    client.execute_cell(cell, 0)
    outputs = cell.outputs
    return "\n".join(o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in outputs)


def test_every_check_and_the_hint_that_it_names_can_be_called(
    session: tuple[str, nbformat.NotebookNode, NotebookClient],
) -> None:
    assignment, _, client = session
    graded = COURSE.assignments[assignment].questions
    with_hints = 0
    for question in graded:
        output = run(client, f'check("{question.name}")')
        assert f"○ {question.name}: not attempted" in output
        for call in re.findall(r'hint\("[^"]*"\)', output):
            with_hints += 1
            assert "Hint 1: " in run(client, call)
    assert with_hints == len(graded)


def test_every_call_that_a_text_names_exists(
    session: tuple[str, nbformat.NotebookNode, NotebookClient],
) -> None:
    assignment, notebook, client = session
    calls = {name for text in texts_of(assignment, notebook) for name in _CALL.findall(text)}
    names = sorted(name.removeprefix("model.") for name in calls - OF_ANOTHER_NOTEBOOK)
    missing = run(client, _RESOLVE.replace("{names!r}", repr(json.dumps([*names, "no_such_call"]))))
    assert json.loads(missing) == ["no_such_call"]
