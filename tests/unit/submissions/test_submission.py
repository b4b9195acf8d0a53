"""Whatever a student hands in can be graded, or becomes the blank notebook with a reason."""

import contextlib
import json
import os
import socket

import nbformat
import pytest

from autograder.course.course import find_course
from autograder.course.settings import CourseError
from autograder.submissions.submission import read_submission
from tests.support.small_course import load, make_course

ADD = 'def add(a, b):\n    """Sum of two numbers."""\n    return b + a'


@pytest.fixture
def notebook(course):
    """The released notebook, as the student opens it."""
    return load(course.released_notebook("alpha"))


def hand_in(directory, notebook, name="alpha.ipynb"):
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(notebook, bytes):
        notebook = json.dumps(notebook).encode()
    path.write_bytes(notebook)
    return path


def cell(notebook, name):
    return next(cell for cell in notebook["cells"] if cell.get("id") == name)


def sources(submission):
    return {cell.id: cell.source for cell in submission.notebook.cells}


def ids(submission):
    return [cell.id for cell in submission.notebook.cells]


def read(directory, course, *, problems=0, readable=True):
    submission = read_submission(directory, "alpha", course)
    nbformat.validate(submission.notebook)
    assert len(submission.problems) == problems, submission.problems
    assert submission.readable is readable
    for problem in submission.problems:
        assert "\n" not in problem
        assert problem.isprintable()
    if not readable:
        blank = nbformat.read(course.released_notebook("alpha"), as_version=4)
        assert submission.notebook == blank
    return submission


def code(source, name=None, **metadata):
    new_cell = {"cell_type": "code", "metadata": metadata, "outputs": [], "source": source}
    new_cell["execution_count"] = None
    return new_cell | ({"id": name} if name else {})


def test_an_honest_submission(course, directory, notebook):
    cell(notebook, "add-solution")["source"] = ADD.splitlines(keepends=True)
    cell(notebook, "add-solution")["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "noise"}
    ]
    hand_in(directory, notebook)
    (directory / "helper.py").write_text("x = 1\n")
    (directory / "timestamp.txt").write_text("2026-01-01 00:00:00 UTC")
    submission = read(directory, course)
    assert (submission.student, submission.assignment) == ("ada", "alpha")
    assert sources(submission)["add-solution"] == ADD
    assert submission.files == {"helper.py": b"x = 1\n"}
    assert all(not cell.get("outputs") for cell in submission.notebook.cells)
    assert len(submission.digest) == 64


def test_digest_follows_code_and_files_only(course, directory, notebook):
    hand_in(directory, notebook)
    blank = read(directory, course).digest
    notebook["metadata"]["kernelspec"]["display_name"] = "My Python"
    cell(notebook, "add")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "3"}]
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "a note"})
    hand_in(directory, notebook)
    assert read(directory, course).digest == blank
    (directory / "data.csv").write_text("1")
    with_file = read(directory, course).digest
    cell(notebook, "add-solution")["source"] = ADD
    hand_in(directory, notebook)
    assert len({blank, with_file, read(directory, course).digest}) == 3


def test_a_notebook_of_another_language_has_no_changed_cell(course, directory, notebook):
    source = "".join(cell(notebook, "setup-alpha")["source"])
    cell(notebook, "setup-alpha")["source"] = (
        f'{source}\n\nfrom autograder._util.i18n import use_language\n\nuse_language("zh_CN")'
    )
    hand_in(directory, notebook)
    read(directory, course, problems=0)


def test_locked_cells_come_from_the_release(course, directory, notebook):
    cell(notebook, "setup-alpha")["source"] = "import os; os._exit(0)"
    cell(notebook, "add")["source"] = "print('full marks')"
    cell(notebook, "add")["metadata"]["nbgrader"]["points"] = 100
    hand_in(directory, notebook)
    submission = read(directory, course, problems=1)
    assert sources(submission)["setup-alpha"] == "import math\n\nfrom autograder import check"
    assert sources(submission)["add"] == 'check("add")'
    assert "points': 3.0" in str(submission.notebook)
    assert submission.problems == [
        "alpha.ipynb: the read-only cells setup-alpha, add were changed: the released ones were used. "
        "Write into a cell of your own"
    ]


def test_open_cells_and_own_cells_are_kept_in_place(course, directory, notebook):
    demo = next(cell for cell in notebook["cells"] if cell["source"] == ['print("demo", math.pi)'])
    demo["source"] = "print(add(4, 5))"
    at = notebook["cells"].index(cell(notebook, "add-solution"))
    notebook["cells"].insert(at, code("helper = 1", "mine", nbgrader={"grade": True}, tags=["x"]))
    notebook["cells"].insert(0, {"cell_type": "markdown", "metadata": {}, "source": "My name"})
    notebook["cells"].append(code("add(1, 1)"))
    hand_in(directory, notebook)
    submission = read(directory, course)
    order = ids(submission)
    assert sources(submission)[demo["id"]] == "print(add(4, 5))"
    assert order[0] == "note-1"
    assert order.index("own-1") + 1 == order.index("add-solution")
    assert order[-1] == "own-2"
    own = next(cell for cell in submission.notebook.cells if cell.id == "own-1")
    assert own.metadata == {}


def test_deleted_and_moved_cells(course, directory, notebook):
    released = [cell["id"] for cell in notebook["cells"]]
    kept = [cell for cell in notebook["cells"] if cell["id"] not in ("add-solution", "add")]
    kept.reverse()
    kept.append(code(ADD))
    hand_in(directory, {**notebook, "cells": kept})
    submission = read(directory, course, problems=3)
    assert [name for name in ids(submission) if name != "own-1"] == released
    assert "missing add-solution" in submission.problems[0]
    assert "moved" in submission.problems[1]
    assert "would hide add" in submission.problems[2]


def test_a_rewritten_question_is_not_hidden_by_the_blank_put_back(course, directory, notebook):
    at = notebook["cells"].index(cell(notebook, "add-solution"))
    notebook["cells"][at] = code(ADD)
    hand_in(directory, notebook)
    order = ids(read(directory, course, problems=1))
    assert order.index("add-solution") < order.index("own-1") < order.index("add")


def test_of_duplicates_the_first_changed_one_is_taken(course, directory, notebook):
    at = notebook["cells"].index(cell(notebook, "add-solution"))
    blank = notebook["cells"][at]
    second = {**blank, "source": ADD, "id": "second"}
    third = {**blank, "source": "def add(a, b): return 0"}
    notebook["cells"][at + 1 : at + 1] = [second, third]
    hand_in(directory, notebook)
    submission = read(directory, course, problems=1)
    assert sources(submission)["add-solution"] == ADD
    assert sources(submission)["own-1"] == "def add(a, b): return 0"
    assert ids(submission).count("own-2") == 0
    assert "all claim to be add-solution" in submission.problems[0]


def test_a_copied_grade_cell_runs_nowhere(course, directory, notebook):
    notebook["cells"].append(cell(notebook, "add"))
    hand_in(directory, notebook)
    assert ids(read(directory, course, problems=1)).count("add") == 1


def test_ids_without_metadata_and_metadata_without_ids(course, directory, notebook):
    cell(notebook, "add-solution")["source"] = ADD
    for entry in notebook["cells"]:
        entry["metadata"] = {}
    hand_in(directory, notebook)
    assert sources(read(directory, course))["add-solution"] == ADD
    fresh = load(course.released_notebook("alpha"))
    cell(fresh, "add-solution")["source"] = ADD
    for entry in fresh["cells"]:
        entry.pop("id")
    fresh["nbformat_minor"] = 4
    hand_in(directory, fresh)
    submission = read(directory, course)
    assert sources(submission)["add-solution"] == ADD
    assert len(ids(submission)) == len(fresh["cells"])  # open cells were known by what they say


def test_old_format_is_upgraded(course, directory, notebook):
    cell(notebook, "add-solution")["source"] = ADD
    old = nbformat.convert(nbformat.reads(json.dumps(notebook), as_version=4), 3)
    hand_in(directory, nbformat.writes(old, version=3).encode())
    submission = read(directory, course, problems=1)
    assert sources(submission)["add-solution"] == ADD
    assert "format 3" in submission.problems[0]


def test_changed_kinds_of_cells(course, directory, notebook):
    cell(notebook, "add-solution").update(cell_type="markdown", source=ADD)
    raw = {"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}}
    raw["source"] = "<script>```</script>"
    notebook["cells"].append(raw)
    hand_in(directory, notebook)
    submission = read(directory, course, problems=1)
    assert sources(submission)["add-solution"] == ADD
    last = submission.notebook.cells[-1]
    assert (last.cell_type, last.source) == ("markdown", "````\n<script>```</script>\n````")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty file"),
        (b" \n", "empty file"),
        (b"\0\0\0\0", "not a notebook"),
        (b"hello", "not a notebook"),
        (b"[]", "not a notebook"),
        (b"{}", "not a notebook"),
        (b"null", "not a notebook"),
        (b'{"nbformat": 4}', "not a notebook"),
        (b'{"nbformat": 4, "cells": [1, 2]}', "not a notebook"),
        (b'{"nbformat": 4, "cells": [null, "x"]}', "not a notebook"),
        (b'{"nbformat": 3, "worksheets": 7}', "not a notebook"),
        (b'{"nbformat": 4, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not a notebook"),
        (b"\xff\xfe\xfa", "not a notebook"),
        (b"PK\x03\x04 a zip", "not a notebook"),
    ],
    ids=range(14),
)
def test_no_notebook(course, directory, content, reason):
    hand_in(directory, content)
    submission = read(directory, course, problems=1, readable=False)
    assert reason in submission.problems[0]
    assert submission.problems[0].startswith("alpha.ipynb: ")


def test_missing_notebook_and_missing_directory(course, directory):
    assert "missing" in read(directory, course, problems=1, readable=False).problems[0]
    gone = directory.parent / "gone"
    assert "missing" in read(gone, course, problems=1, readable=False).problems[0]
    hand_in(directory, b"{}", "homework.ipynb")
    submission = read(directory, course, problems=1, readable=False)
    assert "homework.ipynb is not it" in submission.problems[0]


def test_another_assignment(course, directory):
    hand_in(directory, load(course.released_notebook("beta")))
    submission = read(directory, course, problems=1, readable=False)
    assert "holds the assignment beta" in submission.problems[0]


def test_over_the_size_limit_is_not_even_read(course, directory):
    path = hand_in(directory, b"")
    os.truncate(path, 5 * course.config.limits.notebook_bytes + 1)
    submission = read(directory, course, problems=1, readable=False)
    assert "the limit is 100,000,000" in submission.problems[0]


def test_too_many_cells(course, directory, notebook):
    cell(notebook, "add-solution")["source"] = ADD
    notebook["cells"] += [code(f"{number}") for number in range(3000)]
    hand_in(directory, notebook)
    submission = read(directory, course, problems=1)
    assert len(submission.notebook.cells) <= 2000
    assert sources(submission)["add-solution"] == ADD


def test_odd_values_cost_no_more_than_their_cell(course, directory, notebook):
    cell(notebook, "add-solution")["source"] = ADD
    notebook["cells"] += [
        {"cell_type": "code", "source": 5},
        {"cell_type": "code", "source": ["1 +", 1]},
        {"cell_type": "code", "source": "own = 1", "metadata": [], "id": {"a": 1}},
        {"cell_type": "code", "source": "own = 2", "metadata": {"nbgrader": {"grade_id": []}}},
        {"cell_type": "lambda", "source": "x"},
        {
            "cell_type": "markdown",
            "source": "y",
            "attachments": {"a.svg": {"image/svg+xml": "<svg>"}},
        },
    ]
    notebook["metadata"] = {"value": float("nan")}
    hand_in(directory, notebook)
    submission = read(directory, course, problems=4)  # two cells, a type, NaN, the picture
    assert sources(submission)["own-1"] == "own = 1"
    assert sources(submission)["own-2"] == "own = 2"
    assert "svg" not in json.dumps(submission.notebook)


def test_text_that_no_text_can_hold(course, directory, notebook):
    cell(notebook, "add-solution")["source"] = "x = '\0'"
    text = json.dumps(notebook).replace("print(", "\\ud800 print(")
    hand_in(directory, text.encode())
    submission = read(directory, course, problems=2)
    assert sources(submission)["add-solution"] == "x = '\ufffd'"
    json.dumps(submission.notebook, ensure_ascii=False).encode()


def test_broken_bytes_in_an_output(course, directory, notebook):
    cell(notebook, "add-solution")["source"] = ADD
    cell(notebook, "add")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "%%"}]
    hand_in(directory, json.dumps(notebook).encode().replace(b"%%", b"\xff\xfe"))
    assert sources(read(directory, course, problems=1))["add-solution"] == ADD


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["alpha.ipynb", "alpha (1).ipynb"], "alpha.ipynb"),
        (["Alpha.ipynb"], "Alpha.ipynb"),
        (["alpha (1).ipynb", "alpha (2).ipynb"], "alpha (1).ipynb"),
        (["alpha-Copy1.ipynb", "work/alpha.ipynb"], "alpha-Copy1.ipynb"),
        (["work/alpha.ipynb"], "work/alpha.ipynb"),
    ],
)
def test_several_notebooks_of_one_name(course, directory, notebook, names, taken):
    for name in names:
        cell(notebook, "add-solution")["source"] = f"# {name}"
        hand_in(directory, notebook, name)
    hand_in(directory, b"junk", ".ipynb_checkpoints/alpha-checkpoint.ipynb")
    submission = read(directory, course, problems=1)
    assert sources(submission)["add-solution"] == f"# {taken}"
    assert taken in submission.problems[0]
    for name in names:
        assert name in submission.problems[0]


def test_links_pipes_and_sockets_are_left_out(course, directory, notebook, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    hand_in(directory, notebook)
    (directory / "link.txt").symlink_to(secret)
    (directory / "folder").symlink_to(tmp_path)
    os.mkfifo(directory / "pipe")
    # The path of a socket must be short.
    with socket.socket(socket.AF_UNIX) as listener, contextlib.chdir(directory):
        listener.bind("socket")
    submission = read(directory, course, problems=4)
    assert submission.files == {}


def test_a_linked_notebook_is_no_notebook(course, directory, notebook, tmp_path):
    hand_in(tmp_path, notebook, "elsewhere.ipynb")
    (directory / "alpha.ipynb").symlink_to(tmp_path / "elsewhere.ipynb")
    submission = read(directory, course, problems=2, readable=False)
    assert "not a regular file" in submission.problems[0]


def test_odd_and_large_files_are_left_out(course, directory, notebook):
    hand_in(directory, notebook)
    (directory / "new\nline \x1b[31m.txt").write_text("x")
    (directory / os.fsdecode(b"\xff.txt")).write_text("x")
    with (directory / "large.bin").open("wb") as file:
        file.truncate(course.config.limits.files_bytes + 1)
    (directory / "small.txt").write_text("x")
    submission = read(directory, course, problems=3)
    assert list(submission.files) == ["small.txt"]


def test_nothing_of_the_students_is_changed(course, directory, notebook):
    notebook["cells"].reverse()
    path = hand_in(directory, notebook)
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(directory.iterdir()))
    read(directory, course, problems=1)
    assert before == (path.read_bytes(), path.stat().st_mtime_ns, sorted(directory.iterdir()))


def test_an_assignment_that_was_not_released(tmp_path):
    course = find_course(make_course(tmp_path))
    with pytest.raises(CourseError, match="make release"):
        read_submission(tmp_path / "ada" / "alpha", "alpha", course)


def test_a_machine_out_of_memory_is_not_the_students_fault(course, directory, monkeypatch):
    def exhausted(*arguments):
        raise MemoryError

    monkeypatch.setattr("autograder.submissions.submission.repair", exhausted)
    (directory / "alpha.ipynb").write_bytes(course.released_notebook("alpha").read_bytes())
    with pytest.raises(MemoryError):
        read_submission(directory, "alpha", course)


def test_two_unreadable_notebooks_have_two_digests(course, directory):
    """Points given by hand for one must not count for another."""
    digests = set()
    for text in (b"{ my first try", b"{ my other one", b"{ my first try"):
        (directory / "alpha.ipynb").write_bytes(text)
        digests.add(read(directory, course, problems=1, readable=False).digest)
    assert len(digests) == 2
