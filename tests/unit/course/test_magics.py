"""A cell as plain Python: magics are replaced, and what only looks like one stays."""

import ast

import pytest
from IPython.core import inputtransformer2

from autograder.course.magics import without_magics

PYTHON = {
    "a remainder": "def f(size, stride):\n    return (\n        size\n        % stride\n    )",
    "a string": 'text = """\n%matplotlib\n!ls\nwhat?\n"""',
    "a comment": "x = 1  # why?",
    "a remainder of an assignment": "rest = (7\n!= 8)",
    "a continued line": "x = 7 \\\n% 3",
}
MAGICS = {
    "%matplotlib inline\nx = 1": "pass\nx = 1",
    "!pip install x\nx = 1": "pass\nx = 1",
    "x = !ls\ny = x": "x = None\ny = x",
    "x = %timeit -o f()\ny = x": "x = None\ny = x",
    "f?\nx = 1": "pass\nx = 1",
    "?f\nx = 1": "pass\nx = 1",
    "if True:\n    %pip install x\nx = 1": "if True:\n    pass\nx = 1",
    "def f():\n    !ls\n    return 1": "def f():\n    pass\n    return 1",
    "!ls \\\n  -l\nx = 1": "pass\n\nx = 1",
    "!echo \"it's\nx = 1\n%time f(\ny = 2": "pass\nx = 1\npass\ny = 2",
    "%%time\nx = 1": "\nx = 1",
    "\n%%capture out\nx = 1": "\n\nx = 1",
    "%%html\n<b>": "",
    "  x = 1\n  %time y": "x = 1\npass",
    ">>> x = 1\n>>> y = 2": "x = 1\ny = 2",
    "%cd a\n%cd b\n%cd c": "pass\npass\npass",
}


@pytest.mark.parametrize("source", PYTHON.values(), ids=PYTHON)
def test_python_stays_as_it_is(source: str) -> None:
    assert without_magics(source) == source


@pytest.mark.parametrize(("source", "python"), MAGICS.items())
def test_magics_become_python_in_the_same_lines(source: str, python: str) -> None:
    assert without_magics(source) == python
    ast.parse(python)


@pytest.mark.parametrize("source", ["%time (\n" * 50, "x = !'\n" * 50, "(" * 500 + "\n%x"])
def test_a_cell_of_odd_magics_is_read_a_few_times(
    source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[list[str]] = []
    read = inputtransformer2.make_tokens_by_line

    def counted(lines: list[str]) -> object:
        reads.append(lines)
        return read(lines)

    monkeypatch.setattr(inputtransformer2, "make_tokens_by_line", counted)
    without_magics(source)
    assert len(reads) <= 5
