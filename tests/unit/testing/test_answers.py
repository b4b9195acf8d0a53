"""The catalogues of answers: all there, and each a cell that a student could have written."""

import builtins
import json
import re
import symtable
from pathlib import Path

import pytest

from autograder.course.solution_file import read_cells
from autograder.testing.answers import Answer, read_answers
from tests.support.answers import COURSE, catalogue, catalogues
from tests.support.matrix import COLUMNS, KINDS, REASONS, rows, table

CATALOGUES = {kind: catalogues(kind) for kind in ("right", "wrong")}
UNKNOWN = {
    "keras-module",
    "keras-utils",
    "numpy-name",
    "python-import",
    "python-name",
}  # mistakes that are about an unknown name
ALL = [answer for kind in CATALOGUES.values() for answers in kind.values() for answer in answers]


@pytest.mark.parametrize(("kind", "count"), [("right", 213), ("wrong", 684)])
def test_no_answer_is_lost(kind: str, count: int) -> None:
    assert sum(map(len, CATALOGUES[kind].values())) == count


def test_an_answer_belongs_to_a_question() -> None:
    questions = {
        (name, question.name)
        for name, assignment in COURSE.assignments.items()
        for question in assignment.questions
    }
    assert {(answer.assignment, answer.question) for answer in ALL} <= questions


@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_an_answer_uses_only_what_the_released_notebook_names(assignment: str) -> None:
    """Its set-up's names, and those that it asks for; not a help of the solution's own."""
    path = COURSE.assignments[assignment].path
    cells = [cell for cell in read_cells(path, path.name) if cell.nbgrader and not cell.is_question]
    defined = set().union(*(globals_of(cell.source)[0] for cell in cells))
    notebook = json.loads(COURSE.released_notebook(assignment).read_text())
    released = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    known = {name for name in defined if re.search(rf"\b{name}\b", released)} | set(dir(builtins))
    for answer in ALL:
        if answer.assignment == assignment and answer.label not in UNKNOWN:
            own, used = globals_of(answer.source)
            assert used - own <= known, answer


def test_a_name_that_nobody_defines_is_noticed() -> None:
    answer = Answer("pooling", "seven", "made-up", "def f(x):\n    return _shape(x)\n\n\ny = f(z)")
    own, used = globals_of(answer.source)
    assert (own, used - own) == ({"f", "y"}, {"_shape", "z"})


def test_parts_stand_in_front_of_the_answers_that_use_them(tmp_path: Path) -> None:
    path = tmp_path / "jumps.py"
    path.write_text("# Wrong.\n\n# %% part: two\nTWO = 2\n\n# %% jump half with two\nx = TWO\n")
    assert read_answers(path) == [Answer("jumps", "jump", "half", "TWO = 2\n\n\nx = TWO", line=6)]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("# %% jump half", ""),
        ("# %% jump half [numbers]", "numbers"),
        ("# %% jump half with two", ""),
        ("# %% jump half [numbers] with two", "numbers"),
    ],
)
def test_a_tag_in_the_heading_is_the_kind_of_the_answer(
    heading: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "jumps.py"
    path.write_text(f"# %% part: two\nTWO = 2\n\n{heading}\nx = 2\n")
    (answer,) = read_answers(path)
    assert (answer.question, answer.label, answer.kind) == ("jump", "half", kind)
    assert answer.source.endswith("x = 2")


@pytest.mark.parametrize("writer", ["cells", "blind"])
@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_right_answers_have_forms_and_wrong_ones_the_other_kinds(
    assignment: str, writer: str
) -> None:
    right, wrong = (catalogue(side, assignment, writer) for side in ("right", "wrong"))
    assert {answer.kind for answer in right} <= {"", "forms"}
    assert {answer.kind for answer in wrong} <= {"", *KINDS} - {"forms"}


def test_each_question_has_answers_of_each_kind_or_a_reason() -> None:
    print(table())
    fields = {(row.question, c): row.counts[c] for row in rows() for c in COLUMNS}
    filled = {field for field, count in fields.items() if count}
    assert fields.keys() - filled - REASONS.keys() == set(), "neither an answer nor a reason"
    assert filled & REASONS.keys() == set(), "an answer and a reason why there is none"
    assert REASONS.keys() - fields.keys() == set(), "a reason for a field that is not in the table"


@pytest.mark.parametrize(
    "heading",
    ["# %%", "# %% jump", "# %% jump half with three", "# %% jump half []", "# %% jump [numbers]"],
)
def test_a_heading_that_is_not_understood_is_named_with_its_line(
    heading: str, tmp_path: Path
) -> None:
    path = tmp_path / "jumps.py"
    path.write_text(f"# Wrong.\n\n# %% jump one\nx = 1\n\n{heading}\nx = 2\n")
    with pytest.raises(SyntaxError, match="not understood") as refused:
        read_answers(path)
    assert (refused.value.lineno, refused.value.text) == (6, heading)


def globals_of(source: str) -> tuple[set[str], set[str]]:
    """The global names that a cell binds, and those that it uses, in its functions too."""
    bound: set[str] = set()
    used: set[str] = set()
    top = symtable.symtable(source, "cell", "exec")
    waiting = [top]
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        for symbol in table.get_symbols():
            if table is top or symbol.is_global():
                if symbol.is_assigned() or symbol.is_imported():
                    bound.add(symbol.get_name())
                if symbol.is_referenced():
                    used.add(symbol.get_name())
    return bound, used


def test_a_question_may_have_a_number_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "layers.py"
    path.write_text("# %% conv-2d other-blank\ndef conv(): ...\n")
    assert [answer.question for answer in read_answers(path)] == ["conv-2d"]
