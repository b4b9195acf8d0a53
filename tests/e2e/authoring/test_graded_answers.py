"""`autograder validate --answers`: the wrong and right answers of a course grade its graders."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from tests.support.commands import run_here
from tests.support.small_course import edit, make_course

HELP = """
HELP = {
    "product": "You multiplied.",
    "difference": "You subtracted.",
    "first-alone": "You returned the first number.",
}
"""
WRONG = """\
# What students write.

# %% add product
def add(a, b):
    return a * b

# %% add difference
def add(a, b):
    return a - b

# %% add other-small-numbers
def add(a, b):
    return a + b if a < 100 else 0

# %% sum product
def sum(a, b):
    return a * b

# %% add first-alone
def add(a, b):
    return 4
"""
RIGHT = """\
# %% add reversed
def add(a, b):
    return b + a

# %% double too-late
def double(a):
    return a + a if a != 3 else 7
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_course(tmp_path_factory.mktemp("answers"))
    for kind, text in (("wrong", WRONG), ("right", RIGHT)):
        path = root / "tests" / kind / "cells" / "alpha.py"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    visible = root / "autograder" / "graders" / "alpha.py"
    edit(visible, "HINTS = {", f"{HELP}\nHINTS = {{")
    edit(
        visible,
        "1, 2).returns(3)",
        '1, 2).returns(3, {HELP["product"]: 2, HELP["first-alone"]: -1})',
    )
    return root


def test_what_is_not_graded_as_it_should_be_is_named_with_its_line(root: Path) -> None:
    status, printed = run_here(root, "validate", "--answers", "--assignment", "alpha")
    assert status == 1
    assert printed.splitlines() == [
        "alpha: grades its wrong and right answers",
        "tests/wrong/cells/alpha.py:7: add difference: it should be told the help 'difference', and is "
        "told: You returned the first number.",
        "tests/wrong/cells/alpha.py:11: add other-small-numbers: it is wrong, and earns all points. Test "
        "what it gets wrong",
        "tests/wrong/cells/alpha.py:15: sum product: there is no question 'sum'. Correct the heading",
        "tests/wrong/cells/alpha.py:19: add first-alone: it should be told the help 'first-alone', and is "
        "told: no help, but called add(1, 2) returned 4 expected 3",
        "tests/right/cells/alpha.py:5: double too-late: it is right, and refused: called double(3) "
        "returned 7 expected 6",
        "5 defects",
    ]  # fmt: skip


def test_a_course_whose_graders_are_right(root: Path) -> None:
    grader = root / "autograder" / "graders" / "beta.py"
    grader.write_bytes(codecs.BOM_UTF8 + grader.read_bytes())  # as some editors on Windows save it
    status, printed = run_here(root, "validate", "--answers", "--assignment", "beta")
    assert (status, printed.splitlines()[-1]) == (0, "beta: 0 answers, each graded as it should be")


@pytest.mark.parametrize(
    ("kind", "cell", "message"),
    [
        ("wrong", "# %% add product\ndef add(a, b):\n    return a * * b\n",
         "1: add product: this cell does not run: invalid syntax in 'return a * * b'. Correct it"),
        ("right", "\n# %% add late\nplus = pluss\n",
         "2: add late: this cell does not run: NameError: name 'pluss' is not defined. Correct it"),
        ("right", "# %% add other-name\ndef plus(a, b):\n    return a + b\n",
         "1: add other-name: it defines nothing that the solution defines, so that the solution was "),
        ("wrong", "# %% add produkt\ndef add(a, b):\n    return a * b\n",
         "1: add produkt: HELP has no text 'produkt'. Correct the label, or begin it with other- "),
        ("wrong", "\n\n# %% add product with helper\ndef add(a, b):\n    return a * b\n",
         "3: '# %% add product with helper': this heading is not understood. Write "),
    ],
)  # fmt: skip
def test_a_faulty_catalogue_is_named_with_its_line(
    root: Path, kind: str, cell: str, message: str
) -> None:
    catalogue = root / "tests" / kind / "cells" / "alpha.py"
    before = catalogue.read_text()
    catalogue.write_text(cell)
    try:
        status, printed = run_here(root, "validate", "--answers", "--assignment", "alpha")
    finally:
        catalogue.write_text(before)
    assert status == 1
    assert f"tests/{kind}/cells/alpha.py:{message}" in printed


def test_a_help_may_stand_in_a_module_beside_the_grader(root: Path) -> None:
    visible = root / "autograder" / "graders" / "alpha.py"
    wrong = root / "tests" / "wrong" / "cells" / "alpha.py"
    before = visible.read_text(), wrong.read_text()
    beside = visible.with_name("adding.py")
    beside.write_text(HELP)
    edit(visible, HELP, "from autograder.graders.adding import HELP\n")
    wrong.write_text("# %% add product\ndef add(a, b):\n    return a * b\n")
    try:
        _status, printed = run_here(root, "validate", "--answers", "--assignment", "alpha")
    finally:
        visible.write_text(before[0])
        wrong.write_text(before[1])
        beside.unlink()
    assert "note autograder/graders/adding.py:4: no wrong answer is told the help" in printed
    assert "HELP has no text" not in printed


def test_an_oracle_that_disagrees_is_one_line(root: Path) -> None:
    hidden = root / "autograder" / "graders" / "hidden" / "alpha.py"
    before = hidden.read_text()
    edit(hidden, "add(20, 30))", "add(20, 30), oracle=lambda: 51)")
    try:
        _status, printed = run_here(root, "validate", "--answers", "--assignment", "alpha")
    finally:
        hidden.write_text(before)
    assert (
        "add difference: the grader fails on it: called add(20, 30) the reference has 50 the oracle 51. "
        "Correct the grader or the solution\n"
    ) in printed


OTHER_INPUT = """
    layers = [Wanted("Flatten", (), "linear", (2352,), 0)]
    model = ModelData((28, 28, student.call("add", 1, 2)), (Flatten(),))
    compare_layers("called build()", model, layers, input_shape=(28, 28, 3))
"""


def test_a_wrong_model_of_a_course_with_other_images_is_labelled_as_in_the_kit(root: Path) -> None:
    """The help for an input names the shape of the kit's own images only where it is that."""
    visible = root / "autograder" / "graders" / "alpha.py"
    wrong = root / "tests" / "wrong" / "cells" / "alpha.py"
    before = visible.read_text(), wrong.read_text()
    imports = (
        "from autograder.keras_objects import Flatten\n"
        "from autograder.models import ModelData\n"
        "from autograder.testing import Wanted, compare_layers\n"
    )
    edit(visible, "import pytest\n", f"import pytest\n{imports}")
    edit(visible, '''"""Two small numbers."""''', '''"""Two small numbers."""''' + OTHER_INPUT)
    wrong.write_text("# %% add input\ndef add(a, b):\n    return 1\n")
    try:
        _status, printed = run_here(root, "validate", "--answers", "--assignment", "alpha")
    finally:
        visible.write_text(before[0])
        wrong.write_text(before[1])
    assert "add input" not in printed
