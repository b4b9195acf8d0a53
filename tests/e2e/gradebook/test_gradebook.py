"""Grades enter nbgrader's gradebook through nbgrader's own converters, sandboxed."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from jinja2 import pass_context
from nbgrader.api import Gradebook

from autograder.authoring.release import release, sources
from autograder.course.course import find_course
from autograder.gradebook import feedback_exporter, gradebook, safe_markdown
from autograder.gradebook.converters import new_gradebook
from autograder.gradebook.errors import GradebookError
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord
from autograder.submissions.submission import read_submission
from tests.support import commands
from tests.support.formgrader import formgrader_page
from tests.support.small_course import edit, load

KIT = Path(__file__).resolve().parents[3]
ADD = "def add(a, b):\n    return a + b"
SCRIPT = (
    "<script>alert(1)</script>\n\n[link](javascript:alert(2)) ![gone](attachment:gone.png)\n\n"
    '<img src="x" onerror="alert(3)">'
)


def hand_in(course, student, content, *, note=""):
    directory = course.root / "submitted" / student / "alpha"
    directory.mkdir(parents=True)
    if isinstance(content, str):
        notebook = load(course.released_notebook("alpha"))
        for cell in notebook["cells"]:
            if cell["id"] == "add-solution":
                cell["source"] = content
        if note:
            notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": note})
        content = json.dumps(notebook).encode()
    if content is not None:
        (directory / "alpha.ipynb").write_bytes(content)
    return directory


def outcome(question, points, max_points, status=Status.PASSED):
    return TestOutcome(
        question=question, title="t", status=status, points=points, max_points=max_points
    )


def record(course, student, *outcomes, sandbox="bwrap", outputs=None):
    submission = read_submission(course.root / "submitted" / student / "alpha", "alpha", course)
    return GradeRecord(
        assignment="alpha", digest=submission.digest, key="k", sandbox=sandbox,
        outcomes=list(outcomes), outputs=outputs or {},
    )  # fmt: skip


def grades(course, student):
    """question -> (auto score, manual score, needs manual grading), and blank -> auto comment."""
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        notebook = book.find_submission_notebook("alpha", "alpha", student)
        actual = {
            grade.name: (grade.auto_score, grade.manual_score, bool(grade.needs_manual_grade))
            for grade in notebook.grades
        }
        return actual, {comment.name: comment.auto_comment for comment in notebook.comments}


def nbgrader(course, *arguments):
    return commands.nbgrader(course.root, *arguments)


def test_scores_comments_and_outputs_come_from_the_record(course):
    hand_in(course, "ada", ADD)
    image = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "<Figure>"}}
    broken = {"output_type": "stream", "name": 7}
    stderr = {"output_type": "stream", "name": "stderr", "text": "a warning"}
    grade_record = record(
        course, "ada",
        outcome("add", 1, 1), outcome("add", 0, 2, Status.FAILED), outcome("double", 1, 1),
        outputs={"add-solution": [image, broken], "setup-alpha": [stderr]},
    )  # fmt: skip
    assert gradebook.write(course, course.root, "ada", "alpha", grade_record) == []
    actual, comments = grades(course, "ada")
    assert actual == {"add": (1, None, False), "double": (1, None, False)}
    assert "1 of 3 points" in comments["add-solution"]
    page = gradebook.feedback(course, course.root, "ada", "alpha").read_text()
    assert page.count("1 of 3 points") == 1  # by the tests; the formgrader shows the comment, too
    assert "@font-face" not in page  # the page's policy forbids what such a rule loads
    graded = load(course.root / "autograded/ada/alpha/alpha.ipynb")
    outputs = {cell["id"]: cell.get("outputs") for cell in graded["cells"]}
    assert [output["output_type"] for output in outputs["add-solution"]] == ["display_data"]
    assert "text/html" in outputs["add"][0]["data"]


def test_outputs_never_earn_and_errors_never_cost(course):
    """nbgrader would give full marks for a silent grade cell, and none for one with stderr."""
    hand_in(course, "ada", ADD)
    grade_record = record(
        course, "ada", outcome("add", 0, 3, Status.FAILED), outcome("double", 1, 1)
    )
    gradebook.write(course, course.root, "ada", "alpha", grade_record)
    assert grades(course, "ada")[0] == {"add": (0, None, False), "double": (1, None, False)}


def test_our_failure_waits_for_a_person(course):
    hand_in(course, "ada", ADD)
    grade_record = record(course, "ada", outcome("add", 0, 3, Status.GRADER_ERROR))
    gradebook.write(course, course.root, "ada", "alpha", grade_record)
    assert grades(course, "ada")[0] == {"add": (None, None, True), "double": (None, None, True)}


def test_manual_scores_survive_a_regrade(course):
    hand_in(course, "ada", ADD)
    grade_record = record(
        course, "ada", outcome("add", 1, 3), outcome("double", 0, 1, Status.FAILED)
    )
    gradebook.write(course, course.root, "ada", "alpha", grade_record)
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        entry = book.find_grade("add", "alpha", "alpha", "ada")
        entry.manual_score, entry.extra_credit = 2.5, 0.25
        book.find_comment("add-solution", "alpha", "alpha", "ada").manual_comment = "well done"
        book.db.commit()
    grade_record = record(course, "ada", outcome("add", 3, 3), outcome("double", 1, 1))
    gradebook.write(course, course.root, "ada", "alpha", grade_record)
    assert grades(course, "ada")[0] == {"add": (3, 2.5, True), "double": (1, None, False)}
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        assert book.find_grade("add", "alpha", "alpha", "ada").score == 2.75
        entry = book.find_comment("add-solution", "alpha", "alpha", "ada")
        assert entry.comment == "well done"


def test_a_grade_without_a_sandbox_is_refused(course):
    hand_in(course, "ada", ADD)
    grade_record = record(course, "ada", outcome("add", 3, 3), sandbox="none")
    with pytest.raises(GradebookError, match=r"ada/alpha: graded without a sandbox") as error:
        gradebook.write(course, course.root, "ada", "alpha", grade_record)
    assert "\n" not in str(error.value)
    assert not (course.root / "autograded/ada/alpha").exists()


@pytest.mark.parametrize("content", [None, b"", b"junk"])
def test_an_unreadable_notebook_gets_zero_and_waits_for_a_person(course, content):
    hand_in(course, "eve", content)
    blank = [outcome(*each, Status.NOT_ATTEMPTED) for each in (("add", 0, 3), ("double", 0, 1))]
    grade_record = record(course, "eve", *blank)
    gradebook.write(course, course.root, "eve", "alpha", grade_record)
    actual, comments = grades(course, "eve")
    assert actual == {"add": (0, None, True), "double": (0, None, True)}
    assert comments["add-solution"].startswith("This could not be graded. alpha.ipynb: ")
    page = gradebook.feedback(course, course.root, "eve", "alpha")
    assert "Notes on this submission" in page.read_text()


def test_a_late_submission_is_penalized(course):
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "small") as book:
        book.update_or_create_assignment("alpha", duedate="2026-01-01 00:00:00 UTC")
    for student, when in {"ada": "2025-12-31", "bob": "2026-01-02", "eve": "yesterday"}.items():
        directory = hand_in(course, student, ADD)
        (directory / "timestamp.txt").write_text(f"{when} 00:00:00 UTC" if when[0] == "2" else when)
        grade_record = record(course, student, outcome("add", 3, 3), outcome("double", 1, 1))
        notes = gradebook.write(course, course.root, student, "alpha", grade_record)
        assert len(notes) == (student == "eve")
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        submissions = [book.find_submission("alpha", name) for name in ("ada", "bob", "eve")]
        assert [each.late_submission_penalty for each in submissions] == [0, 4, 0]


def test_a_class_elsewhere_has_its_own_gradebook(course, tmp_path):
    before = (course.root / "gradebook.db").read_bytes()
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(f'\nc.CourseDirectory.db_url = "sqlite:///{course.root}/gradebook.db"\n')
    directory = hand_in(course, "ada", ADD)
    example = tmp_path / "example"
    shutil.copytree(directory, example / "submitted/ada/alpha")
    grade_record = record(course, "ada", outcome("add", 3, 3), outcome("double", 1, 1))
    gradebook.register(course, example, sources(course))
    gradebook.write(course, example, "ada", "alpha", grade_record)
    assert (example / "autograded/ada/alpha/alpha.ipynb").exists()
    assert (course.root / "gradebook.db").read_bytes() == before
    assert not (course.root / "autograded").exists()


def one_line(error):
    assert "\n" not in str(error.value)


def test_a_gradebook_of_another_course_is_refused(course):
    before = (course.root / "gradebook.db").read_bytes()
    (course.root / "pyproject.toml").write_text('[tool.autograder]\ncourse_id = "other"\n')
    edit(course.root / "nbgrader_config.py", '"small"', '"other"')
    other = find_course(course.root)
    hand_in(course, "ada", ADD)
    for act in (
        lambda: gradebook.register(other, course.root, sources(other)),
        lambda: gradebook.write(other, course.root, "ada", "alpha"),
    ):
        with pytest.raises(
            GradebookError, match="belongs to the course small, not to other"
        ) as error:
            act()
        one_line(error)
    assert (course.root / "gradebook.db").read_bytes() == before


def test_settings_that_disagree_are_refused(course):
    (course.root / "pyproject.toml").write_text('[tool.autograder]\ncourse_id = "other"\n')
    with pytest.raises(GradebookError, match="Make them equal"):
        gradebook.register(find_course(course.root), course.root, sources(find_course(course.root)))


@pytest.mark.parametrize("kind", ["text", "database"])
def test_what_is_no_gradebook_is_refused(course, kind):
    path = course.root / "gradebook.db"
    path.unlink()
    if kind == "text":
        path.write_text("not a database " * 100)
    else:
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE photos (id)")
    before = path.read_bytes()
    with pytest.raises(GradebookError, match=r"gradebook\.db: ") as error:
        gradebook.register(course, course.root, sources(course))
    one_line(error)
    assert path.read_bytes() == before


def test_a_gradebook_in_use_is_not_to_be_moved_away(course):
    with closing(sqlite3.connect(course.root / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookError, match=r"is locked.*Another program holds it") as error:
            gradebook.register(course, course.root, sources(course))
    one_line(error)
    assert "Move it away" not in str(error.value)


def test_a_gradebook_is_begun_with_its_version_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "gradebook.db"
    # What cannot be written as a version stands for a run that is killed at that moment.
    monkeypatch.setattr(ScriptDirectory, "get_current_head", lambda directory: object())
    with pytest.raises(sqlite3.Error):
        new_gradebook(path)
    monkeypatch.undo()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == []
    new_gradebook(path)
    with closing(sqlite3.connect(path)) as database:
        assert len(database.execute("SELECT version_num FROM alembic_version").fetchall()) == 1


def test_what_is_registered_is_registered_again_only_when_something_changed(course, monkeypatch):
    gradebook.register(course, course.root, sources(course))
    ran = []
    monkeypatch.setattr(gradebook, "generate_assignments", lambda *given: ran.append(given))
    gradebook.register(find_course(course.root), course.root, sources(find_course(course.root)))
    assert ran == []
    with closing(sqlite3.connect(course.root / "gradebook.db")) as database:
        database.execute("UPDATE grade_cells SET max_score = 7")
        database.commit()
    gradebook.register(course, course.root, sources(course))
    assert len(ran) == 1
    solution = course.root / "solutions/alpha.py"
    solution.write_text(solution.read_text().replace("def add(a, b):", "def add(a, b):  # both"))
    gradebook.register(find_course(course.root), course.root, sources(find_course(course.root)))
    assert len(ran) == 2
    (course.root / "gradebook.db").unlink()
    gradebook.register(find_course(course.root), course.root, sources(find_course(course.root)))
    assert len(ran) == 3


def test_other_questions_with_grades_are_refused(course):
    hand_in(course, "ada", ADD)
    grade_record = record(course, "ada", outcome("add", 3, 3), outcome("double", 1, 1))
    gradebook.write(course, course.root, "ada", "alpha", grade_record)
    for name in ("solutions/alpha.py", "autograder/graders/alpha.py"):
        path = course.root / name
        # The question's name, and not the function of the student that it asks for.
        path.write_text(re.sub(r'"double(-solution)?"(?!, 3)', r'"twice\1"', path.read_text()))
    changed = find_course(course.root)
    release(changed)
    with pytest.raises(GradebookError, match="holds grades for other questions") as error:
        gradebook.register(changed, course.root, sources(changed))
    one_line(error)
    with pytest.raises(GradebookError, match="knows another version of alpha") as error:
        gradebook.write(changed, course.root, "ada", "alpha", grade_record)
    one_line(error)
    assert grades(course, "ada")[0]["add"] == (3, None, False)


def test_nbgraders_own_commands_grade_in_the_sandbox(course, tmp_path):
    """autograde, the formgrader's button, feedback and export, as an instructor uses them."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    marker = tmp_path / "escaped"
    hand_in(course, "ada", ADD, note=SCRIPT)
    escape = f"try:\n    open({str(marker)!r}, 'w').write('x')\nexcept OSError:\n    pass\n"
    hand_in(course, "bob", escape + "def add(a, b):\n    return 3")
    hand_in(course, "eve", b"junk")
    (course.root / "submitted/ada/alpha/link.txt").symlink_to(secret)
    code, log = nbgrader(course, "autograde", "alpha")
    assert code == 0, log
    assert not marker.exists()
    assert grades(course, "ada")[0] == {"add": (3, None, False), "double": (0, None, False)}
    assert grades(course, "bob")[0] == {"add": (1, None, False), "double": (0, None, False)}
    assert grades(course, "eve")[0] == {"add": (0, None, True), "double": (0, None, True)}
    assert not (course.root / "autograded/ada/alpha/link.txt").exists()

    code, log = nbgrader(course, "generate_feedback", "alpha")
    assert code == 0, log
    page = (course.root / "feedback/ada/alpha/alpha.html").read_text()
    body = page[page.index("<body") :]
    assert "alert(1)" in body or "alert(2)" in body
    assert "Content-Security-Policy" in page
    formgraded = formgrader_page(course, "ada").partition("<body")[2]
    for bad in ("<script>alert", 'href="javascript:', '<img src="x"', "canary"):
        assert bad not in body
        assert bad not in formgraded
    assert "3 of 3 points" in body

    code, log = nbgrader(course, "export")
    assert code == 0, log
    assert "ada" in (course.root / "grades.csv").read_text()

    script = (
        "from nbgrader.apps.api import NbGraderAPI; from nbgrader.coursedir import CourseDirectory;"
        "from traitlets.config.loader import PyFileConfigLoader as L;"
        "c = L('nbgrader_config.py', path='.').load_config();"
        "api = NbGraderAPI(CourseDirectory(config=c), config=c);"
        "print(api.autograde('alpha', 'bob')['success'])"
    )
    completed = subprocess.run(
        [sys.executable, "-c", script], cwd=course.root, env={**os.environ, "PYTHONPATH": str(KIT)},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert completed.stdout.strip().endswith("True"), completed.stderr
    assert not marker.exists()


def test_feedback_holds_the_page_and_nothing_that_was_handed_in(course):
    directory = hand_in(course, "ada", ADD)
    (directory / "timestamp.txt").write_text("2026-01-31 12:00:00 UTC")
    for name in ("evil.html", "alpha.html/index.html", "d/e/evil.svg", "alpha (1).html"):
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(SCRIPT)
    grade_record = record(course, "ada", outcome("add", 3, 3), outcome("double", 1, 1))
    gradebook.write(course, course.root, "ada", "alpha", grade_record)
    page = gradebook.feedback(course, course.root, "ada", "alpha")
    assert {path.name for path in page.parent.iterdir()} == {"alpha.html", "timestamp.txt"}


def test_a_page_that_takes_too_long_has_scores_and_messages_and_stops_no_other(course, monkeypatch):
    usual = safe_markdown.markdown2html

    @pass_context
    def markdown2html(context, source):
        while "SLOW" in source:
            pass
        return usual(context, source)

    monkeypatch.setattr(safe_markdown, "markdown2html", markdown2html)
    monkeypatch.setattr(feedback_exporter, "_PAGE_SECONDS", 1.0)
    pages = {}
    for student, note in (("ada", "SLOW"), ("ben", "a note")):
        hand_in(course, student, ADD, note=note)
        grade_record = record(
            course, student, outcome("add", 2, 3, Status.FAILED), outcome("double", 1, 1)
        )
        gradebook.write(course, course.root, student, "alpha", grade_record)
        pages[student] = gradebook.feedback(course, course.root, student, "alpha").read_text()
    assert "took longer than 1 s" in pages["ada"]
    assert "alpha (3 of 4 points)" in pages["ada"]
    assert "add (2 of 3 points)" in pages["ada"]
    assert "not right yet" in pages["ada"]
    assert "SLOW" not in pages["ada"]
    assert "took longer" not in pages["ben"]
    assert "a note" in pages["ben"]


def test_an_id_that_is_markup_is_refused(course):
    """The formgrader puts ids into its pages as they are."""
    hand_in(course, "<img src=x onerror=alert(1)>", ADD)
    grade_record = record(course, "<img src=x onerror=alert(1)>", outcome("add", 3, 3))
    with pytest.raises(GradebookError, match="Rename the directory") as error:
        gradebook.write(course, course.root, "<img src=x onerror=alert(1)>", "alpha", grade_record)
    one_line(error)


def test_settings_that_cannot_be_loaded_stop_nbgrader(course):
    """Were it to go on with its defaults, it would run students' code unsandboxed."""
    marker = course.root / "escaped"
    hand_in(course, "ada", f"open({str(marker)!r}, 'w').write('x')")
    edit(
        course.root / "nbgrader_config.py",
        "nbgrader_plugins.GradeInSandbox",
        "nowhere.GradeInSandbox",
    )
    code, _ = nbgrader(course, "autograde", "alpha")
    assert code != 0
    assert not marker.exists()
    assert "ada" not in [path.name for path in (course.root / "autograded").glob("*/alpha")]


def test_a_release_that_is_not_up_to_date_stops_nbgrader_as_it_stops_make_grade(course):
    """Its notebooks would be graded as something that no student was given."""
    hand_in(course, "ada", ADD)
    edit(course.root / "solutions/alpha.py", "The sum of", "The true sum of")
    code, log = nbgrader(course, "autograde", "alpha")
    assert code != 0
    assert "Not up to date: assignments/alpha/alpha.ipynb. Run `make release` first" in log
    assert not (course.root / "autograded/ada/alpha/alpha.ipynb").exists()
    release(find_course(course.root))
    code, log = nbgrader(course, "autograde", "alpha")
    assert code == 0, log
    assert grades(course, "ada")[0]["add"] == (3, None, False)


POINT = (  # a picture of one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


def test_markdown_of_students_does_nothing():
    from autograder.gradebook.safe_markdown import markdown2html

    assert "<a>link</a>" in markdown2html({}, "[link](javascript:alert(2))")
    attached = {"cell": {"attachments": {"a.png": {"image/png": POINT}}}}
    page = markdown2html(
        attached,
        "# Title\n\n$a < b$ **bold** ![own](attachment:a.png) <iframe src=x></iframe>\n\n"
        "![far](http://example.org/x.png) <a href='data:text/html,x'>a</a> [b](http://b.org)\n\n"
        "<p style='position:fixed' onclick='x()'>p</p>",
    )
    picture, link = f"data:image/png;base64,{POINT}", 'href="http://b.org"'
    for good in ("<strong>bold</strong>", picture, "a &lt; b", link):
        assert good in page
    for bad in ("<iframe", "http://example.org", "data:text", "style=", "onclick="):
        assert bad not in page.replace("&lt;iframe", "")
    assert markdown2html({}, "![x](attachment:x.png)").startswith("<pre>")


@pytest.mark.parametrize(
    "link",
    ["files/javascript:alert(1)", "/files/javascript:alert(1)", "evil.html", "//far.org/x", "x:y",
     "java\tscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"],
)  # fmt: skip
def test_links_of_students_lead_only_where_they_say(link):
    """nbconvert takes `files/` off a link after it was found to be harmless."""
    from nbconvert.filters import strip_files_prefix

    from autograder.gradebook.safe_markdown import markdown2html

    page = strip_files_prefix(markdown2html({}, f"[a](<{link}>) <a href='{link}'>b</a>"))
    assert "href" not in page.replace("&lt;a href", "")
    for good in ("https://keras.io/api", "mailto:ada@example.org", "#top"):
        assert f'href="{good}"' in markdown2html({}, f"[a]({good})")


def test_markdown_of_students_wears_no_class_of_the_page():
    from autograder.gradebook.safe_markdown import markdown2html

    assert "class" not in markdown2html({}, '<div class="navbar-fixed-top modal in">x</div>')
    assert "class" not in markdown2html({}, '<span class="score k">x</span>')
    assert 'class="highlight"' in markdown2html({}, "```python\ndef add(a, b): pass\n```")
    assert '<span class="k">def</span>' in markdown2html({}, "```python\ndef add(a, b): pass\n```")
