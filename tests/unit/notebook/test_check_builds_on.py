"""check() says where to begin when a wrong answer uses another one that is not right."""

from typing import Any

import pytest

from autograder.notebook import check as module
from autograder.notebook.cell_history import Cells

WRONG_SIZE = "def pool_output_size(size, pool, stride=None):\n    return size // pool + 7\n"
RIGHT_SIZE = WRONG_SIZE.replace("size // pool + 7", "(size - pool) // (stride or pool) + 1")
SHAPE = """\
def pool_output_shape(input_shape, pool_size, strides=None):
    strides = strides or pool_size
    sides = zip(input_shape, pool_size, strides)
    return (*(pool_output_size(*side) for side in sides), input_shape[2])
"""
ADVICE = 'uses `pool_output_size`, and that is not right yet. Begin with `check("pool-size")`'


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a cell as a front end does that sends the ids of cells."""
    names: dict[str, Any] = {}
    cells = Cells()
    monkeypatch.setattr(module, "CELLS", cells)
    monkeypatch.setattr(module, "_namespace", lambda: names)
    monkeypatch.setattr(module, "_checked", {})
    monkeypatch.setattr(module, "_used_names", {})

    def run(cell: str, source: str) -> None:
        exec(source, names)
        cells.ran(cell, source)

    return run


def test_the_answer_below_is_named(run: Any) -> None:
    run("size", WRONG_SIZE)
    run("shape", SHAPE)
    assert ADVICE not in repr(module.check("pool-shape"))  # nobody has checked pool-size
    assert "Begin with" not in repr(module.check("pool-size"))
    assert ADVICE in repr(module.check("pool-shape"))
    run("size", RIGHT_SIZE)
    module.check("pool-size")
    assert "Begin with" not in repr(module.check("pool-shape"))


def test_a_wrong_answer_that_does_not_use_it_stands_alone(run: Any) -> None:
    run("size", WRONG_SIZE)
    run("shape", "def pool_output_shape(input_shape, pool_size, strides=None):\n    return 1\n")
    module.check("pool-size")
    assert "Begin with" not in repr(module.check("pool-shape"))
