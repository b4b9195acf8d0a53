"""Each defect of a course is named with its file and line, and none hides another."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring import run_notebook, validate
from autograder.authoring.release import AuthoringError, release
from autograder.cli import commands, main
from autograder.course.course import find_course
from tests.support.small_course import edit, line_of, load, make_course

SOLUTION, RELEASED = "solutions/alpha.py", "assignments/alpha/alpha.ipynb"
VISIBLE, HIDDEN = "autograder/graders/alpha.py", "autograder/graders/hidden/alpha.py"
WRONG = "tests/wrong/alpha.py"
GRADE_CELL = '# %% nbgrader={"grade": true, "grade_id": "double"'
SOUND = "alpha: the solution earns 4 of 4 points, the blank none"


@pytest.fixture
def both(tmp_path):
    """The small course; nothing is released yet."""
    return make_course(tmp_path / "course")


@pytest.fixture
def root(both):
    """The course with alpha alone, which costs half the time."""
    (both / "solutions/beta.py").unlink()
    (both / "autograder/graders/beta.py").unlink()
    return both


@pytest.fixture
def nothing_runs(monkeypatch):
    """Leave out what needs a kernel and the sandbox."""
    for slow in ("_run_defects", "_grade_defects"):
        monkeypatch.setattr(validate, slow, lambda *_, **__: ())


PROGRESS = (
    ": runs the notebook and grades it",
    "runs the solutions of 1 assignment",
    "runs the solutions of 2 assignments",
)


def validated(root, capsys):
    """The lines that `autograder validate` prints; its exit status must go with them."""
    status = main.main(["--course", str(root), "validate"])
    printed = capsys.readouterr()
    # What it does now is no result: a reader of defects gets the other stream alone.
    assert [line for line in printed.err.splitlines() if not line.endswith(PROGRESS)] == []
    lines = printed.out.splitlines()
    assert status == (commands.OK if lines == [SOUND] else commands.FAILED)
    return lines


def plant(root, name, old, new):
    """Put a defect into a file of the course, and release what can be released."""
    edit(root / name, old, new)
    try:
        release(find_course(root))
    except AuthoringError:
        assert not (root / RELEASED).exists()


# file, what is replaced, by what; then what is said, where LINE is the line of a text in a file
REFUSED = {
    "no hint": (
        VISIBLE, '    "double": ("Think of add.",),\n', "",
        (SOLUTION, '"grade_id": "double"', 0),
        f"question 'double' has no hint. Add one to HINTS in {VISIBLE}",
    ),
    "no test": (
        VISIBLE, '@pytest.mark.question("double", points=1)\ndef test_double(', "def doubled(",
        (SOLUTION, '"grade_id": "double"', 0),
        f"question 'double' has no grader test. Add one to {VISIBLE}",
    ),
    "points do not add up": (
        HIDDEN, "points=2", "points=1", (SOLUTION, '"grade_id": "add"', 0),
        "question 'add' is worth 3 points, its tests add up to 2. Make them equal",
    ),
    "a result that cannot be computed": (
        SOLUTION, "# Write `add`.", "# Write `add`: {{add(2)}}.", (SOLUTION, "{{add(2)}}", 0),
        "{{add(2)}} fails: TypeError: add() missing 1 required positional argument: 'b'. "
        "Correct the expression",
    ),
    "test of nothing": (
        HIDDEN, 'question("add"', 'question("subtract"', (HIDDEN, "def test_add_any", 0),
        f"test_add_any grades 'subtract', which is no question of {SOLUTION}. Correct the name",
    ),
    "region without end": (
        SOLUTION, "    return 2 * a\n    ### END SOLUTION\n", "    return 2 * a\n",
        (SOLUTION, "return 2 * a", -1), "BEGIN SOLUTION without END SOLUTION. Add the end",
    ),
    "visible test with reference": (
        VISIBLE, "test_double(student)", "test_double(student, reference)",
        (VISIBLE, "def test_double", 0),
        "test_double asks for the reference, which students do not have. Move it to graders/hidden/",
    ),
    "visible grader that imports the hidden one": (
        VISIBLE, "import pytest\n", "import pytest\nfrom autograder.graders.hidden.alpha import test_add_any\n",
        (VISIBLE, "hidden.alpha", 0),
        "imports from graders/hidden/, which students do not have. Move what both need to graders/",
    ),
    "a result without end": (
        SOLUTION, "# Write `add`.", "# Write `add`: {{add(2, 3)}.", (SOLUTION, "{{add(2", 0),
        "{{ begins an expression that has no end. Close it with }}",
    ),
    "failing number": (
        SOLUTION, "# Write `add`.", "# Write `add`: {{ 1 / 0 }}.", (SOLUTION, "1 / 0", 0),
        "{{1 / 0}} fails: ZeroDivisionError: division by zero. Correct the expression",
    ),
    "a result whose function fails": (
        SOLUTION, "    return a + b\n", "    return a + c\n", (SOLUTION, "{{add(1, 2)}}", 0),
        f"{{{{add(1, 2)}}}} fails: NameError: name 'c' is not defined at {SOLUTION}:BROKEN. Correct it",
    ),
    "misspelled key": (
        SOLUTION, '# %% nbgrader={"grade": false, "grade_id": "setup-alpha"',
        '# %% nbgrade={"grade": false, "grade_id": "setup-alpha"', (SOLUTION, "nbgrade=", 0),
        "cell metadata: 'nbgrade={\"grade\": false, \"grade_id\": \"se' is not understood. "
        "Write nbgrader=JSON or tags=JSON, each once, with a space between",
    ),
}  # fmt: skip
STATIC = {
    "solution in the prose": (
        SOLUTION, "# Write `add`.", "# Write `add`:\n#\n# ```\n# return  a + b\n# ```",
        (SOLUTION, "# return  a + b", 0),
        "releases a line of the solution, ANSWER: 'return a + b'. Take it out",
    ),
    "solution beside the region": (
        SOLUTION, '    """Twice a number."""', '    """Twice a number.\n\n    Not return  a + b.\n    """',
        (SOLUTION, "Not return  a", 0),
        "releases a line of the solution, ANSWER: 'return a + b'. Take it out",
    ),
    "hidden test in a cell": (
        SOLUTION, 'print("demo", math.pi)', '"""\n@pytest.mark.question("add", points=2)\n"""',
        (SOLUTION, "@pytest.mark", 0),
        f"releases a line of a hidden grader, {HIDDEN}:6: "
        "'@pytest.mark.question(\"add\", points=2)'. Take it out",
    ),
    "no title": (
        SOLUTION, "# # Adding\n", "", (SOLUTION, "# ---", 0),
        "the notebook has no title. Begin its first text with a line such as `# 1. Pooling`",
    ),
    "no wrong solution": (
        WRONG, 'question="double"', 'question="triple"', (SOLUTION, '"grade_id": "double"', 0),
        f"question 'double' has no wrong solution. Add one to {WRONG}",
    ),
    "wrong solutions that do not load": (
        WRONG, "WRONG = [", "import nothing\nWRONG = [", (WRONG, "import nothing", 0),
        "cannot be loaded: ModuleNotFoundError: No module named 'nothing'. Correct it",
    ),
}  # fmt: skip
RUN = {
    "a cell that fails": (
        SOLUTION, 'print("demo", math.pi)', "print(1)\n1 / 0", (SOLUTION, "1 / 0", -2),
        "this cell stops the notebook: ZeroDivisionError: division by zero. Correct it",
    ),
    "a demonstration of a blank": (
        SOLUTION, GRADE_CELL,
        f'# %% tags=["exploration"]\nprint(double(2))\n\n{GRADE_CELL}',
        (SOLUTION, "print(double(2))", -1),
        "this cell stops the notebook while a blank is open: NotImplementedError. Begin it with "
        "`with unless_blank():`",
    ),
    "exploration that spoils an answer": (
        SOLUTION, GRADE_CELL,
        f'# %% tags=["exploration"]\ndef double(a):\n    return a\n\n{GRADE_CELL}',
        (SOLUTION, '"grade_id": "double"', 0),
        "the check of double in the notebook says '✗ double: not right yet'. "
        "Correct the cells above it",
    ),
    "solution against its grader": (
        HIDDEN, "reference.add(20, 30)", "51", (SOLUTION, '"grade_id": "add"', 0),
        "add: the solution is graded 1 of 3, failed: called add(20, 30) returned 50 expected 51. "
        "Correct the solution or its grader",
    ),
    "blank that earns": (
        VISIBLE, 'expect(student, "double", 3).returns(6)', "assert student",
        (SOLUTION, '"grade_id": "double"', 0),
        "double: the blank is graded 1 of 1, passed. A blank must earn nothing",
    ),
}  # fmt: skip


def defect_lines(root, place, message):
    name, text, offset = place
    if "BROKEN" in message:
        message = message.replace("BROKEN", str(line_of(root / SOLUTION, "return a + c")))
    if "ANSWER" in message:
        answer = f"{SOLUTION}:{line_of(root / SOLUTION, 'return a + b')}"
        message = message.replace("ANSWER", answer)
    return [f"{name}:{line_of(root / name, text) + offset}: {message}", "1 defect"]


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_released(root, capsys, case):
    name, old, new, place, message = REFUSED[case]
    plant(root, name, old, new)
    assert validated(root, capsys) == defect_lines(root, place, message)


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("case", STATIC)
def test_what_is_seen_before_anything_runs(root, capsys, case):
    name, old, new, place, message = STATIC[case]
    plant(root, name, old, new)
    assert validated(root, capsys) == defect_lines(root, place, message)


@pytest.mark.parametrize("case", RUN)
def test_what_shows_in_a_run(root, capsys, case):
    name, old, new, place, message = RUN[case]
    plant(root, name, old, new)
    assert validated(root, capsys) == defect_lines(root, place, message)


def test_a_grader_that_prints_is_told_so(root, capsys):
    test = '    expect(student, "double", 3)'
    plant(root, VISIBLE, test, f'    print("got here")\n{test}')
    line, _count = defect_lines(
        root,
        (SOLUTION, '"grade_id": "double"', 0),
        "the check of double in the notebook prints 'got here' before its result. "
        "Take the print out of the grader or the solution",
    )
    assert line in validated(root, capsys)


def test_a_sound_course_has_no_defect(root, capsys):
    release(find_course(root))
    assert validated(root, capsys) == [SOUND]


@pytest.mark.usefixtures("nothing_runs")
def test_two_assignments_in_one_place_of_the_course(both, capsys):
    """As when two authors have each begun the third assignment."""
    edit(both / SOLUTION, "# # Adding", "# # 3. Adding")
    edit(both / "solutions/beta.py", "# # Multiplying", "# # 3. Multiplying")
    release(find_course(both))
    assert main.main(["--course", str(both), "validate"]) == commands.FAILED
    line, *_rest = capsys.readouterr().out.splitlines()
    assert line == (
        "solutions/beta.py:1: its title has the number 3, as that of solutions/alpha.py. Give it another"
    )


@pytest.mark.usefixtures("nothing_runs")
def test_it_says_what_takes_minutes(root, capsys):
    main.main(["--course", str(root), "validate"])
    assert "alpha: runs the notebook and grades it" in capsys.readouterr().err.splitlines()


@pytest.mark.usefixtures("nothing_runs")
def test_a_release_that_was_run_and_saved(root, capsys):
    release(find_course(root))
    notebook = load(root / RELEASED)
    for cell in notebook["cells"]:
        if cell["id"] == "double":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["6"]}]
            cell["execution_count"] = 1
    (root / RELEASED).write_text(json.dumps(notebook, indent=1))
    line = line_of(root / RELEASED, '"id": "double"')
    assert validated(root, capsys) == [
        f"{RELEASED}:1: not up to date. Run `make release`",
        f"{RELEASED}:{line}: an output is stored with this cell. Run `make release`",
        "2 defects",
    ]


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("content", [None, "no notebook"])
def test_a_release_that_is_missing_or_broken(root, capsys, content):
    if content is not None:
        release(find_course(root))
        (root / RELEASED).write_text(content)
    lines = validated(root, capsys)
    assert lines[0] == f"{RELEASED}:1: not up to date. Run `make release`"
    assert lines[1:-1] == [f"{RELEASED}:1: not a notebook. Run `make release`"] * bool(content)


@pytest.mark.usefixtures("nothing_runs")
def test_no_defect_hides_another(both, capsys):
    """Also not the one of the assignment that comes last, or of a file that cannot be read."""
    release(find_course(both))
    (both / "solutions/gamma.py").write_text((both / "solutions/beta.py").read_text())
    edit(both / "autograder/graders/alpha.py", '    "double": ("Think of add.",),\n', "")
    edit(both / "solutions/beta.py", "# # Multiplying", "# # Products")
    graded = line_of(both / SOLUTION, '"grade_id": "double"')
    times = line_of(both / "solutions/beta.py", '"grade_id": "times"')
    assert validated(both, capsys) == [
        f"solutions/gamma.py:{times}: question 'times' is already at solutions/beta.py:{times}. "
        "Rename one",
        f"{SOLUTION}:{graded}: question 'double' has no hint. Add one to HINTS in {VISIBLE}",
        "assignments/beta/beta.ipynb:1: not up to date. Run `make release`",
        f"solutions/beta.py:{times}: question 'times' has no wrong solution. "
        "Add one to tests/wrong/cells/beta.py",
        "4 defects",
    ]


@pytest.mark.parametrize(
    ("source", "seconds", "reason"),
    [
        ("import os\nos._exit(1)", 600, "the kernel died"),
        ("while True:\n    pass", 1, "it runs longer than 1 s"),
    ],
)
def test_a_cell_that_ends_the_kernel_or_never_ends(root, monkeypatch, source, seconds, reason):
    monkeypatch.setattr(run_notebook, "CELL_SECONDS", seconds)
    notebook = new_notebook(cells=[new_markdown_cell("1"), new_code_cell(source)])
    assert run_notebook.run_notebook(notebook, find_course(root)) == (1, reason)
