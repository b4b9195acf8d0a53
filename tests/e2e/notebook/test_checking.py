"""check() and hint() in a notebook: what they show, and that nothing of ours gets in the way."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert.filters import clean_html

from autograder.feedback.render import comment_text, question_text
from autograder.results.outcome import Status, TestOutcome
from tests.support.feedback import question_html


def outcome(status: Status, **fields: object) -> TestOutcome:
    points = 1.0 if status is Status.PASSED else 0.0
    known = {"question": "stride", "title": "a title", "points": points, "max_points": 1.0}
    return TestOutcome(status=status, **(known | fields))  # type: ignore[arg-type]


HOSTILE = "<script>alert(1)</script> \x1b[31mred\x1b[0m ![x](http://x) \x07"


@pytest.mark.parametrize("status", list(Status))
def test_everything_of_a_student_is_escaped(status: Status) -> None:
    outcomes = [outcome(status, title=HOSTILE, message=HOSTILE, help=HOSTILE, traceback=HOSTILE)]
    html = question_html(HOSTILE, outcomes, 2)
    assert "<script" not in html
    assert "\x1b" not in html + question_text("stride", outcomes) + comment_text(outcomes)
    assert not re.search(r"<\w+[^>]* (on\w+|src|href|style)=", html)


@pytest.mark.parametrize(
    "code",
    [
        "\x1b[38;5;1m",
        "\x1b[2J",
        "\x1b]0;title\x07",
        "\x1b]8;;http://x\x1b\\",
        "\x9b2J",
        "\x9d0;t\x9c",
    ],
)
def test_terminal_codes_are_taken_out_whole(code: str) -> None:
    outcomes = [outcome(Status.FAILED, message=f"before {code}after \x1b] \x9d end")]
    for output in (
        question_html("q", outcomes),
        question_text("q", outcomes),
        comment_text(outcomes),
    ):
        assert "before after ]  end" in output


@pytest.mark.parametrize("status", Status)
def test_nbconverts_sanitizer_leaves_every_tag(status: Status) -> None:
    output = outcome(status, message=HOSTILE, help=HOSTILE, title=HOSTILE, traceback=HOSTILE)
    html = question_html("q", [output], hints=2)
    assert clean_html(html).count("&lt;") == html.count("&lt;")


def test_the_five_states_read_differently() -> None:
    texts = {question_text("q", [outcome(status)]).splitlines()[0] for status in Status}
    assert len(texts) == 5


def test_a_wrong_answer_shows_case_and_help() -> None:
    failed = outcome(Status.FAILED, message="called f(1)\nreturned 2\nexpected 3", help="Add one.")
    text = question_text("stride", [outcome(Status.PASSED), failed], 2)
    assert "1 of 2 points" in text
    html = question_html("stride", [failed], 2).replace("&quot;", '"')
    assert '<code>hint("stride")</code>' in html
    for line in ("called f(1)", "returned 2", "expected 3", "Add one.", 'hint("stride")'):
        assert line in text
        assert line in html


def test_a_bug_of_ours_is_called_ours() -> None:
    broken = outcome(Status.GRADER_ERROR, message="KeyError: 'x'", traceback="secret lines")
    assert "not your fault" in question_text("stride", [broken])
    assert "secret lines" not in question_html("stride", [broken]) + comment_text([broken])


def test_importing_the_kit_loads_nothing_heavy() -> None:
    code = (
        "import sys, autograder; "
        "print({'numpy', 'pytest', 'tensorflow', 'matplotlib', 'IPython'} & set(sys.modules))"
    )
    completed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert completed.stdout.strip() == "set()"


def run_cells(*sources: str, tmp_path: Path) -> list[list[dict[str, object]]]:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    return [cell.outputs for cell in notebook.cells]


def test_a_session_in_a_real_kernel(tmp_path: Path) -> None:
    outputs = run_cells(
        "from autograder import check, hint, unless_blank\n"
        "def conv_output_size(size, kernel):\n    raise NotImplementedError()",
        'check("window")',
        "def conv_output_size(size, kernel):\n    print('seen', size)\n    return size - kernel",
        'check("window")',
        "def conv_output_size(size, kernel):\n    return size - kernel + 1",
        'check("window")',
        'hint("window")',
        'hint("window")',
        "hint()",
        'check("widnow")',
        "with unless_blank():\n    undefined_name",
        "def conv_output_size(size, kernel):\n    return 1 / 0",
        'check("window")',
        tmp_path=tmp_path,
    )
    texts = ["".join(str(o.get("data", o.get("text"))) for o in cell) for cell in outputs]
    assert "not attempted" in texts[1]
    assert "not right yet" in texts[3]
    assert "Help" in texts[3]
    assert "0 of 8 questions pass the tests here so far. Still open: window, stride" in texts[3]
    assert '<img alt="Where the window stands: A window of 3 begins at 0, 1, 2' in texts[3]
    assert "Printed:\\n        seen " in texts[3]
    assert "\\n      Where the window stands: A window of 3 begins at 0, 1, 2" in texts[3]
    assert "✓ window: passes the test here" in texts[5]
    assert "1 of 8 questions pass the tests here so far. Still open: stride" in texts[5]
    assert "<img" not in texts[5]
    assert "Hint 1" in texts[6]
    assert "Hint 2" not in texts[6]
    assert "Hint 2" in texts[7]
    assert 'Name a question, such as hint("window").' in texts[8]  # the one that was checked last
    assert "Did you mean" in texts[9]
    assert "window" in texts[9]
    assert "Not attempted yet" in texts[10]
    assert "ZeroDivisionError" in texts[12]
    assert "return 1 / 0" in texts[12]


def test_every_check_of_a_cell_is_shown_and_without_a_question_all_are(tmp_path: Path) -> None:
    outputs = run_cells(
        "from autograder import check\n"
        "def conv_output_size(size, kernel):\n    return size - kernel + 1",
        "for question in ('window', 'stride'):\n    check(question)",
        "check('window')\ncheck('stride')",
        "check()",
        tmp_path=tmp_path,
    )
    texts = [[str(o.get("data", o.get("text"))) for o in cell] for cell in outputs]
    for output in texts[1:3]:
        assert len(output) == 2
        assert {"✓ window" in text for text in output} == {True, False}
        assert {"○ stride" in text for text in output} == {True, False}
    (overview,) = texts[3]
    rows = [re.findall("<td[^>]*>(.*?)</td>", row) for row in overview.split("<tr>")]
    assert ["window", "✓ passes the test here", "1 of 1"] in rows
    assert ["convolve", "○ not attempted", "0 of 2"] in rows
    assert "1 of 8 questions pass the tests here so far" in overview
