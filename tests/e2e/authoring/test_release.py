"""Releases are reproducible, and what must not be released is refused with file and line."""

import json
import re

import nbformat
import pytest

from autograder.authoring.release import AuthoringError, build, release
from autograder.course import reference as reference_module
from autograder.course.course import find_course
from autograder.course.reference import reference
from tests.support.small_course import edit, line_of, load, make_course


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    return make_course(tmp_path / "course")


def released(root, name="alpha"):
    return root / "assignments" / name / f"{name}.ipynb"


def test_release_blanks_the_solution_and_computes_the_numbers(root):
    assert release(find_course(root)) == [
        "assignments/alpha/alpha.ipynb",
        "assignments/beta/beta.ipynb",
    ]
    notebook = nbformat.read(released(root), as_version=4)
    nbformat.validate(notebook)
    sources = {cell.id: cell.source for cell in notebook.cells}
    assert sources["add-solution"] == (
        'def add(a, b):\n    """Sum of two numbers."""\n'
        "    # YOUR CODE HERE\n    raise NotImplementedError()"
    )
    assert notebook.cells[0].source.endswith(
        "The sum of 1 and 2 is 3;\na product is 14,400. See Conv2D."
    )
    assert "return a + b" not in released(root).read_text()
    assert "return a + b" in (root / "source/alpha/alpha.ipynb").read_text()


def test_release_is_reproducible_byte_for_byte(root, tmp_path):
    release(find_course(root))
    before = {path: path.read_bytes() for path in root.rglob("*.ipynb")}
    assert release(find_course(root)) == []
    elsewhere = make_course(tmp_path / "elsewhere" / "deep")
    release(find_course(elsewhere))
    for path, data in before.items():
        assert path.read_bytes() == data
        assert (elsewhere / path.relative_to(root)).read_bytes() == data
        assert str(tmp_path).encode() not in data


def test_ids_are_names_or_stay_when_a_cell_is_added(root):
    release(find_course(root))
    before = [cell["id"] for cell in load(released(root))["cells"]]
    assert "add-solution" in before
    prose = "# %% [markdown]\n# ## Question"
    edit(root / "solutions/alpha.py", prose, f"# %%\n1 + 1\n\n{prose}")
    release(find_course(root))
    after = [cell["id"] for cell in load(released(root))["cells"]]
    assert [cell for cell in after if cell in before] == before


def test_check_names_stale_files_and_writes_nothing(root):
    course = find_course(root)
    release(course)
    assert release(course, check=True) == []
    edit(root / "solutions/beta.py", "# # Multiplying", "# # Products")
    before = released(root, "beta").read_bytes()
    assert release(find_course(root), check=True) == ["assignments/beta/beta.ipynb"]
    assert released(root, "beta").read_bytes() == before
    (root / "solutions/beta.py").unlink()
    (root / "autograder/graders/beta.py").unlink()
    assert release(find_course(root), check=True) == ["assignments/beta/beta.ipynb"]


def test_nbgrader_itself_makes_the_same_bytes(root, tmp_path):
    from autograder.gradebook.converters import generate_assignments

    course = find_course(root)
    release(course)
    generate_assignments(
        course, ["alpha"], root / "source", tmp_path / "again", f"sqlite:///{tmp_path}/other.db"
    )
    again = tmp_path / "again" / "alpha" / "alpha.ipynb"
    assert again.read_bytes() == released(root).read_bytes()


def test_reference_runs_setup_and_solutions_only(root):
    edit(root / "solutions/alpha.py", 'print("demo", math.pi)', "demo = math.pi")
    names = reference(find_course(root), "alpha")
    assert names.add(2, 3) == 5
    assert names.math.pi > 3
    assert not hasattr(names, "demo")


def test_what_a_setup_cell_prints_is_for_the_notebook(root, capfd):
    edit(root / "solutions/alpha.py", "import math", "import math\nprint('ready')")
    assert reference(find_course(root), "alpha").add(2, 3) == 5
    assert capfd.readouterr() == ("", "")


def test_a_failing_solution_is_named_with_its_line(root):
    path = root / "solutions/alpha.py"
    edit(path, "import math", "import math\nmath.nothing")
    with pytest.raises(
        AuthoringError, match=f"solutions/alpha.py:{line_of(path, 'math.nothing')}: "
    ):
        build(find_course(root))


@pytest.mark.parametrize("endless", ["while True: pass", "import time; time.sleep(600)"])
def test_a_cell_that_never_ends_is_named(root, monkeypatch, capfd, endless):
    path = root / "solutions/alpha.py"
    edit(path, "import math", f"import math\n{endless}")
    monkeypatch.setattr(reference_module, "CELL_SECONDS", 0.5)
    monkeypatch.setattr(reference_module, "_QUIET_SECONDS", 0.1)
    place = f"solutions/alpha.py:{line_of(path, 'setup-alpha')}: "
    with pytest.raises(
        AuthoringError, match=f"{place}this cell runs longer than 0.5 s. Correct it"
    ):
        build(find_course(root))
    assert f"{place}still runs; it is stopped after 0.5 s\n" in capfd.readouterr().err


def test_an_expression_that_never_ends_is_named(root, monkeypatch):
    path = root / "solutions/alpha.py"
    edit(path, "{{add(1, 2)}}", "{{sum(0 for _ in iter(int, 1))}}")
    monkeypatch.setattr(reference_module, "CELL_SECONDS", 0.5)
    with pytest.raises(AuthoringError, match=f"alpha.py:{line_of(path, 'iter')}: .* runs longer"):
        build(find_course(root))


# file, what is replaced, by what, the line's text after that, the complaint
REFUSED = {
    "broken metadata": (
        "solutions/alpha.py", '"grade_id": "add", "locked"', '"grade_id": "add" "locked"',
        '"grade_id": "add" "locked"', "nbgrader is not JSON",
    ),
    "misspelled key": (
        "solutions/alpha.py", '# %% nbgrader={"grade": false, "grade_id": "setup-alpha"',
        '# %% nbgrade={"grade": false, "grade_id": "setup-alpha"', "nbgrade=", "not understood",
    ),
    "unknown field": (
        "solutions/alpha.py", '"points": 3,', '"points": 3, "weight": 2,', '"weight"', "weight",
    ),
    "points that are no number": (
        "solutions/alpha.py", '"points": 3,', '"points": NaN,', '"points": NaN', "points nan. Give",
    ),
    "points without end": (
        "solutions/alpha.py", '"points": 3,', '"points": Infinity,', "Infinity", "points inf. Give",
    ),
    "marker without space": (
        "solutions/alpha.py", "# %%\nprint", "#%%\nprint", "#%%", "no cell marker",
    ),
    "text before the first cell": (
        "solutions/beta.py", "\n# %% [markdown]\n# # Mult", "\nx = 1\n\n# %% [markdown]\n# # Mult",
        "# %% [markdown]", "Jupytext sees 5 cells",
    ),
    "points on a blank": (
        "solutions/alpha.py", '"add-solution",', '"add-solution", "points": 2,',
        '"points": 2,', "points",
    ),
    "no region": (
        "solutions/beta.py",
        "    ### BEGIN SOLUTION\n    return a * b\n    ### END SOLUTION\n", "    return a * b\n",
        '"times-solution"', "holds no blank",
    ),
    "region without end": (
        "solutions/beta.py", "    ### END SOLUTION\n", "", "BEGIN SOLUTION", "without END",
    ),
    "empty region": (
        "solutions/beta.py", "    return a * b\n", "", "END SOLUTION", "empty solution region",
    ),
    "region outside a blank": (
        "solutions/alpha.py", 'print("demo", math.pi)',
        "### BEGIN SOLUTION\n1\n### END SOLUTION\n0", "### BEGIN SOLUTION\n1", "outside a blank",
    ),
    "a test that nbgrader makes": (
        "solutions/alpha.py", "import math", "import math\n### AUTOTEST math.pi", "### AUTOTEST",
        "Write the test into the grader module",
    ),
    "hidden tests in a cell": (
        "solutions/alpha.py", "import math",
        "import math\n### BEGIN HIDDEN TESTS\n1\n### END HIDDEN TESTS",
        "### BEGIN HIDDEN TESTS", "is nbgrader's, and not read here",
    ),
    "a solution that ends the process": (
        "solutions/alpha.py", "import math", "import math\nraise SystemExit(3)", "raise SystemExit",
        "SystemExit: 3",
    ),
    "blank without grade cell": (
        "solutions/beta.py", '"grade_id": "times-solution"', '"grade_id": "product-solution"',
        '"grade_id": "times"', "has no blank above it",
    ),
    "wrong check": (
        "solutions/alpha.py", 'check("double")', 'check("add")', None, "must be check",
    ),
    "syntax error": (
        "solutions/alpha.py", "    return 2 * a", "    return 2 * * a", "2 * * a", "invalid syntax",
    ),
    "failing number": (
        "solutions/alpha.py", "# Write `add`.", "# Write `add`: {{ 1 / 0 }}.", "1 / 0",
        "ZeroDivisionError",
    ),
    "empty hint": (
        "autograder/graders/alpha.py", '("Think of add.",)', '("Think of add.", " ")',
        '"double": (', "empty hint",
    ),
    "no hints in entry": (
        "autograder/graders/alpha.py", '("Think of add.",)', "()", '"double": (', "no hint for",
    ),
    "hint that is no text": (
        "autograder/graders/alpha.py", '("Think of add.",)', "(str(1),)", '"double": (',
        "not understood",
    ),
    "missing hint": (
        "autograder/graders/beta.py", '{"times": ["Think of *."]}', "{}", None, "has no hint",
    ),
    "hint for nothing": (
        "autograder/graders/beta.py", '{"times":', '{"plus": ["x"], "times":', '"plus"',
        "no question of solutions/beta.py",
    ),
    "question without test": (
        "autograder/graders/alpha.py", 'question("double", points=1)', 'question("add", points=1)',
        None, "question 'add' is worth 3 points, its tests add up to 4",
    ),
    "test without question": (
        "autograder/graders/hidden/alpha.py", 'question("add"', 'question("subtract"',
        "def test_add_any", "grades 'subtract'",
    ),
    "points do not add up": (
        "autograder/graders/hidden/alpha.py", "points=2", "points=1", None, "add up to 2",
    ),
    "unmarked test": (
        "autograder/graders/beta.py", '@pytest.mark.question("times", points=1)\n', "",
        "def test_times", "belongs to no question",
    ),
    "computed points": (
        "autograder/graders/beta.py", "points=1", "points=len('a')", "def test_times",
        "not understood",
    ),
    "skipped test": (
        "autograder/graders/beta.py", '@pytest.mark.question("times", points=1)',
        '@pytest.mark.question("times", points=1)\n@pytest.mark.xfail', "def test_times", "xfail",
    ),
    "visible test with reference": (
        "autograder/graders/beta.py", "(student)", "(student, reference)", "def test_times",
        "asks for the reference",
    ),
    "hidden tests miscounted": (
        "autograder/graders/alpha.py", "HINTS = {", 'HIDDEN_TESTS = {"add": 2}\nHINTS = {',
        "HIDDEN_TESTS", "Write HIDDEN_TESTS = {'add': 1}",
    ),
    "hidden tests computed": (
        "autograder/graders/alpha.py", "HINTS = {", "HIDDEN_TESTS = dict(add=1)\nHINTS = {",
        "HIDDEN_TESTS", "plain texts and numbers only",
    ),
    "constants that no cell assigns": (
        "autograder/graders/alpha.py", "HINTS = {", 'CONSTANTS = ("TEN",)\nHINTS = {',
        "CONSTANTS", "Write CONSTANTS = ()",
    ),
    "constants computed": (
        "autograder/graders/alpha.py", "HINTS = {", "CONSTANTS = tuple('ab')\nHINTS = {",
        "CONSTANTS", "plain names only",
    ),
    "help with its text as name": (
        "autograder/graders/alpha.py", "HINTS = {",
        'HELP = {\n    "You multiplied.": "product",\n}\nHINTS = {', '"You multiplied."',
        "'You multiplied.' is no name of a help text",
    ),
    "help with an answer as name": (
        "autograder/graders/alpha.py", "HINTS = {", 'HELP = {2: "You multiplied."}\nHINTS = {',
        "HELP", "2 is no name of a help text",
    ),
    "answer before its help": (
        "autograder/graders/hidden/alpha.py", ".returns(reference.add(20, 30))",
        '.returns(50, lambda: {600: HELP["product"]})', "600", "600 is no help text",
    ),
    "answer before a text": (
        "autograder/graders/alpha.py", "1, 2).returns(3)",
        '1, 2).returns(3, mistakes={2: "You multiplied."})', "mistakes", "2 is no help text",
    ),
    "a test of a function that there is not": (
        "autograder/graders/hidden/alpha.py", '(student, "add"', '(student, "ad"', '"ad"',
        "asks for the student's 'ad', which no cell of solutions/alpha.py defines",
    ),
    "a handle of a function that there is not": (
        "autograder/graders/alpha.py", '"double", 3)', '"double", student.handle("ad"))', '"ad"',
        "asks for the student's 'ad', which",
    ),
    "two helps of one answer": (
        "autograder/graders/alpha.py", "1, 2).returns(3)",
        '1, 2).returns(3, {"Multiplied.": 2,\n        "Took one.": 2})', '"Took one."',
        "2 is that of another mistake, too, and this help is never given",
    ),
    "a help of the right answer": (
        "autograder/graders/alpha.py", "1, 2).returns(3)", '1, 2).returns(3, {"Multiplied.": 3})',
        '"Multiplied."', "3 is right, and this help is never given",
    ),
    "broken grader": (
        "autograder/graders/beta.py", "(student):", "(student:", None, "was never closed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_file_and_line(root, case):
    name, old, new, at, complaint = REFUSED[case]
    edit(root / name, old, new)
    with pytest.raises(AuthoringError, match=re.escape(complaint)) as error:
        release(find_course(root))
    message = str(error.value)
    assert re.match(r"(solutions|autograder/graders)/\S+\.py:\d+: ", message)
    assert "\n" not in message
    if at is not None:
        text = (root / name).read_text()
        line = text[: text.index(at)].count("\n") + 1
        assert message.startswith(f"{name}:{line}: ")
    assert not (root / "assignments").exists()


def test_missing_and_stray_graders(root):
    (root / "autograder/graders/beta.py").rename(root / "autograder/graders/gamma.py")
    with pytest.raises(AuthoringError, match=r"no grader module autograder/graders/beta\.py"):
        build(find_course(root))
    text = (root / "autograder/graders/gamma.py").read_text()
    (root / "autograder/graders/beta.py").write_text(text)
    with pytest.raises(AuthoringError, match=r"gamma.py:\d+: test_times belongs to no assignment"):
        build(find_course(root))


def test_names_are_unique_over_the_course(root):
    edit(root / "solutions/beta.py", '"grade_id": "times-solution"', '"grade_id": "setup-alpha"')
    with pytest.raises(
        AuthoringError, match=r"grade_id 'setup-alpha' is already at solutions/alpha"
    ):
        build(find_course(root))


def test_what_prose_may_hold(root):
    prose = (
        "# Write `add`.\n#\n# 1. A 2D list of `Conv2D` and $W_1$ [here](http://a.org/1706.03762).\n"
        "#\n# ```\n# 28 {{ nothing }}\n# ```"
    )
    edit(root / "solutions/alpha.py", "# Write `add`.", prose)
    text = json.dumps(json.loads(build(find_course(root))["alpha"].release))
    assert "28 {{ nothing }}" in text
