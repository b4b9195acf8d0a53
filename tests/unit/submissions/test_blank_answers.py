"""Which written answers are blank, and what makes a submission another one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.authoring.release import release
from autograder.course.course import Course, find_course
from autograder.submissions.submission import Submission, read_submission
from tests.support.small_course import released_course
from tests.support.written_course import hand_in, make_written_course, released_written_course


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return released_written_course(tmp_path_factory.mktemp("course"))


def read(course: Course, answers: dict[str, str], **changes: str) -> Submission:
    return read_submission(hand_in(course, "ada", answers, **changes), "sums", course)


def test_an_answer_is_taken_as_it_stands(course: Course) -> None:
    submission = read(course, {"why": "It commutes."})
    (cell,) = (cell for cell in submission.notebook.cells if cell.id == "why")
    assert cell.source == "It commutes."
    assert not submission.blank_answers
    assert submission.problems == []


@pytest.mark.parametrize("answer", ["YOUR ANSWER HERE", "", " \n", "YOUR ANSWER HERE\n"])
def test_an_answer_left_as_it_was_is_blank(course: Course, answer: str) -> None:
    assert read(course, {"why": answer}).blank_answers == {"why"}


def test_a_deleted_answer_is_put_back_and_blank(course: Course) -> None:
    submission = read(course, {}, drop="why")
    assert submission.blank_answers == {"why"}
    assert "missing why: put back, blank" in submission.problems[0]


@pytest.mark.parametrize("drop", ["", "why"])
def test_an_answer_in_a_cell_beside_it_is_not_blank(course: Course, drop: str) -> None:
    assert not read(course, {}, note="It commutes.", behind="why", drop=drop).blank_answers


def test_a_note_elsewhere_leaves_it_blank(course: Course) -> None:
    assert read(course, {}, note="0.1 + 0.2").blank_answers == {"why"}


def test_a_task_comes_from_the_release(course: Course) -> None:
    submission = read(course, {"explore": "Nothing to do."})
    (cell,) = (cell for cell in submission.notebook.cells if cell.id == "explore")
    assert cell.source.startswith("**Task.** Add two numbers")
    assert "the read-only cell explore was changed" in submission.problems[0]


def test_another_text_makes_another_submission(course: Course) -> None:
    digests = {
        read(course, {"why": "It commutes."}).digest,
        read(course, {"why": "It commutes, too."}).digest,
        read(course, {"why": "It commutes."}, note="0.1 + 0.2").digest,
    }
    assert len(digests) == 3


def test_without_written_questions_text_changes_no_digest(tmp_path: Path) -> None:
    """Grades of earlier versions stay what they are."""
    course = released_course(tmp_path)
    directory = tmp_path / "submitted" / "ada" / "alpha"
    directory.mkdir(parents=True)
    text = course.released_notebook("alpha").read_text()
    digests = set()
    for title in ("# Adding", "# Adding up"):
        (directory / "alpha.ipynb").write_text(text.replace("# Adding", title))
        digests.add(read_submission(directory, "alpha", course).digest)
    assert len(digests) == 1


def test_an_answer_made_a_code_cell_is_text_again(course: Course) -> None:
    directory = hand_in(course, "ada", {"why": "It commutes."})
    path = directory / "sums.ipynb"
    notebook = json.loads(path.read_text())
    (answer,) = (cell for cell in notebook["cells"] if cell["id"] == "why")
    answer |= {"cell_type": "code", "outputs": [], "execution_count": None}
    path.write_text(json.dumps(notebook))
    submission = read_submission(directory, "sums", course)
    (cell,) = (cell for cell in submission.notebook.cells if cell.id == "why")
    assert (cell.cell_type, cell.source) == ("markdown", "It commutes.")
    assert "why was made a code cell: read as markdown again" in submission.problems[0]


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = make_written_course(tmp_path_factory.mktemp("chinese"))
    settings = root / "pyproject.toml"
    settings.write_text(f'{settings.read_text()}language = "zh_CN"\n')
    course = find_course(root)
    release(course)
    return course


def test_a_blank_speaks_the_language_of_the_course(chinese: Course) -> None:
    notebook = json.loads(chinese.released_notebook("sums").read_text(encoding="utf-8"))
    sources = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
    assert sources["why"] == "在此写下你的答案"
    assert sources["add-solution"].endswith(
        "    # 在此写下你的代码\n    raise NotImplementedError()"
    )


@pytest.mark.parametrize("answer", ["YOUR ANSWER HERE", "在此写下你的答案\n"])
def test_a_blank_of_any_language_is_blank(course: Course, chinese: Course, answer: str) -> None:
    """A class may change its language after the notebooks were handed out."""
    assert read(course, {"why": answer}).blank_answers == {"why"}
    assert read(chinese, {"why": answer}).blank_answers == {"why"}


@pytest.mark.parametrize("answer", ["在此写下你的答案\n\n加法满足交换律。", "YOUR ANSWER HERE: 1"])
def test_an_answer_beside_the_text_of_a_blank_is_read(chinese: Course, answer: str) -> None:
    assert not read(chinese, {"why": answer}).blank_answers
