"""The course is found, its questions read, and wrong settings refused in one line."""

import pytest

from autograder.course.course import find_course
from autograder.course.settings import CourseError
from autograder.course.solution_file import AuthoringError
from tests.support.small_course import edit, line_of, make_course


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    return make_course(tmp_path / "course")


def test_questions_points_and_lines(root):
    course = find_course(root)
    assert list(course.assignments) == ["alpha", "beta"]
    alpha = course.assignments["alpha"]
    assert alpha.title == "Adding"
    assert [(q.name, q.points, q.blank) for q in alpha.questions] == [
        ("add", 3.0, "add-solution"),
        ("double", 1.0, "double-solution"),
    ]
    assert alpha.questions[0].line == line_of(alpha.path, '"grade_id": "add"')
    assert alpha.points == 4


def test_found_from_below_and_by_environment(root, monkeypatch, tmp_path):
    below = root / "submitted" / "ada"
    below.mkdir(parents=True)
    assert find_course(below).root == root.resolve()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(root))
    assert find_course().root == root.resolve()


def test_no_course(tmp_path, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    with pytest.raises(CourseError, match="no course here or above"):
        find_course(tmp_path)
    (tmp_path / "solutions").mkdir()
    with pytest.raises(CourseError, match="holds no assignment"):
        find_course(tmp_path)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(tmp_path / "nowhere"))
    with pytest.raises(CourseError, match="AUTOGRADER_COURSE"):
        find_course()


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ("[tool.autograder]\ncolour = 1\n", "colour"),
        ("[tool.autograder.limits]\ncell_second = 1\n", "cell_second"),
        ('[tool.autograder.limits]\ncell_seconds = "1"\n', "cell_seconds"),
        ("[tool.autograder.limits]\nprocesses = 0\n", "processes must be above 0"),
        ("[tool.autograder.assignment_limits.beta]\nprocesses = 9\n", "processes"),
        (
            "[tool.autograder.assignment_limits.beta]\ncall_seconds = 0\n",
            "call_seconds must be above",
        ),
        ("[tool.autograder.assignment_limits.betta]\ncall_seconds = 1\n", "are alpha, beta"),
        (
            '[tool.autograder.due]\nalpha = "x"\nalfa = "2026-11-01 12:00"\n',
            r"pyproject.toml:3: \[tool.autograder.due\]: alfa: no assignment has this name. Did you mean alpha\?",
        ),
        (
            '[tool.autograder.extensions.gamma]\nada = "x"\n',
            r"toml:1: \[tool.autograder.extensions\]: gamma: no assignment",
        ),
        ('[tool.autograder]\ncourse_id = ""\n', "course_id is empty"),
        ("[tool.autograder\n", "cannot be read"),
    ],
)
def test_wrong_settings(root, settings, complaint):
    (root / "pyproject.toml").write_text(settings)
    with pytest.raises(CourseError, match=complaint) as error:
        find_course(root)
    assert "pyproject.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_settings(root):
    # Some editors on Windows save a byte order mark.
    (root / "pyproject.toml").write_text("\ufeff[tool.autograder.limits]\ncell_seconds = 3\n")
    config = find_course(root).config
    assert (config.limits.cell_seconds, config.limits.call_seconds) == (3, 10)
    (root / "pyproject.toml").unlink()
    assert find_course(root).config.limits.cell_seconds == 60


def test_an_assignment_may_have_limits_of_its_own(root):
    (root / "pyproject.toml").write_text(
        "[tool.autograder.limits]\ncell_seconds = 3\nprocesses = 9\n"
        "[tool.autograder.assignment_limits.beta]\ncall_seconds = 1\n"
    )
    limits = find_course(root).config.limits_for
    beta = limits("beta")
    assert (beta.cell_seconds, beta.call_seconds, beta.processes) == (3, 1, 9)
    assert limits("alpha").call_seconds == 10


def test_a_question_twice_in_the_course(root):
    edit(root / "solutions/beta.py", '"grade_id": "times"', '"grade_id": "add"')
    with pytest.raises(
        AuthoringError, match=r"solutions/beta.py:\d+: question 'add' is already at"
    ):
        find_course(root)


def test_assignments_are_in_the_order_of_their_numbers_then_of_their_names(root):
    assert list(find_course(root).assignments) == ["alpha", "beta"]
    edit(root / "solutions" / "beta.py", "# # ", "# # 2. ")
    assert list(find_course(root).assignments) == ["beta", "alpha"]
    edit(root / "solutions" / "alpha.py", "# # Adding", "# # 10. Adding")
    assert list(find_course(root).assignments) == ["beta", "alpha"]
    assert find_course(root).assignments["beta"].title.startswith("2. ")
