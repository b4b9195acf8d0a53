"""A term of 25 students and three assignments, from what version 0.1.0 left to the work handed back.

The course of version 0.1.0 that is kept in the repository has one student's first assignment, so the term
begins with that: graded by 0.1.0, with a score by hand. All others come with the present version, by the
commands that an instructor types and the files that an instructor edits.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.support import term as lms
from tests.support import term_answers as work
from tests.support.small_course import edit
from tests.support.term import CLASS, Term, table

SETTINGS = """
roster = "roster.csv"

[tool.autograder.due]
alpha = "2026-11-01 23:59 Europe/Berlin"
beta = "2026-11-08 23:59 Europe/Berlin"

[tool.autograder.extensions.alpha]
leo = "2026-11-05 23:59 Europe/Berlin"
"""
SECOND, THIRD, TENTH = (datetime(2026, 11, day, 12) for day in (2, 3, 10))


def test_a_term(tmp_path: Path) -> None:
    term = Term(tmp_path / "course")
    for phase in (
        goes_on_from_0_1_0,
        begins,
        collects_alpha_from_moodle,
        grades_late_work_and_an_extension,
        collects_beta_from_canvas_and_gamma_from_a_folder,
        takes_a_resubmission,
        changes_a_grader,
        changes_a_question,
        drops_a_student,
        hands_scores_back,
        hands_feedback_back,
        looks_back,
    ):
        with term.phase(phase.__name__.replace("_", " ")):
            phase(term)


def goes_on_from_0_1_0(term: Term) -> None:
    """Points that were given by hand in that version; then the kit is a new one."""
    term.give_by_hand("ada", "alpha", "double", 0.5)
    assert table(term.run("report"))["ada"] == ["3.5 hand", "-"]
    term.run("release")
    output = term.run("grade", "--preview")
    assert "Preview: 0 scores of 1 submission would change" in output
    assert term.scores("alpha") == {"ada": 3.5}


def begins(term: Term) -> None:
    """The roster, due dates and an extension; a third assignment."""
    lms.write_roster(term.root / "roster.csv")
    with (term.root / "pyproject.toml").open("a") as file:
        file.write(SETTINGS)
    with (term.root / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    term.run("new", "assignment", "gamma")
    assert "3 assignments, up to date" in term.run("release")
    output = term.run("roster")
    assert "bea, cem, dee, eva, fay and 19 more: added to the gradebook" in output
    assert "ada: first name, last name, email, lms user id as in the roster" in output
    assert "alpha: due 2026-11-01 22:59 UTC" in output
    assert term.scores("alpha") == {student: 3.5 if student == "ada" else None for student in CLASS}


def collects_alpha_from_moodle(term: Term) -> None:
    """Ada's notebook is in the archive as it is here; three students are not."""
    output = term.run("collect", "moodle", work.moodles_zip(term, SECOND))
    states = [state for state, *_ in table(output).values()]
    assert (states.count("new"), states.count("unchanged")) == (21, 1)
    assert "Without a hand-in: 3 of 25 (lea, leo, nia)" in output


def grades_late_work_and_an_extension(term: Term) -> None:
    """Lea and Leo come two days later, by mail; Leo may."""
    archive = term.root.parent / "late.zip"
    files = {
        f"{student}/alpha.ipynb": term.notebook("alpha", work.ALPHA) for student in ("lea", "leo")
    }
    lms.write_zip(archive, files, THIRD)
    output = term.run("collect", "folder", str(archive), "--times", "Europe/Berlin")
    assert "Not in this archive, in submitted/ already: 22 of 25 (ada, bea, cem, dee, eva" in output
    assert "Without a hand-in: 1 of 25 (nia)" in output
    output = term.run("grade")
    assert "leo/alpha: due 2026-11-05 22:59 UTC (extension)" in output
    assert "CONFIRM" not in output
    rows = table(output)
    columns = {student: cells[1] for student, cells in rows.items()}
    assert columns["lea"] == "0 late"
    assert columns["leo"] == "4"
    assert columns["ada"] == "3.5 hand"
    assert columns["tom"] == "1 crashed"
    assert term.scores("alpha") == work.alpha_scores()
    assert "Graded by hand: 0.5 of 1 point. It counts" in term.page("ada", "alpha")


def collects_beta_from_canvas_and_gamma_from_a_folder(term: Term) -> None:
    """Gil was late, says Canvas; when, the instructor writes. Uma handed in nothing."""
    files = {
        lms.in_canvas_zip(student, "beta", late=student == "gil", attempt=int(student == "kim")):
        term.notebook("beta", work.BETA_OF.get(student, work.BETA))
        for student in CLASS if student != "uma"
    }  # fmt: skip
    archive = term.root.parent / "submissions.zip"
    lms.write_zip(archive, files, TENTH)
    output = term.run("collect", "canvas", str(archive))
    assert "LATE" in table(output)["gil"][2]
    assert "timestamp.txt where it matters" in output
    assert "Without a hand-in: 1 of 25 (uma)" in output
    (term.root / "submitted/gil/beta/timestamp.txt").write_text("2026-11-09 10:00:00 UTC\n")
    folder = term.root.parent / "hand-ins"
    for student in work.GAMMA_BY:
        (folder / student).mkdir(parents=True)
        notebook = term.notebook("gamma", work.GAMMA_OF.get(student, work.GAMMA))
        (folder / student / "gamma.ipynb").write_bytes(notebook)
    term.run("collect", "folder", str(folder))
    output = term.run("grade")
    assert "regrades" not in output
    assert "Keep the released name" not in output  # kim did: -1 is Canvas's
    assert term.scores("alpha") == work.alpha_scores()
    assert term.scores("beta") == work.beta_scores()
    assert term.scores("gamma") == work.gamma_scores(hal=1.0, ida=1.0)


def takes_a_resubmission(term: Term) -> None:
    """Dee, who has points by hand, and Gil hand in anew; Moodle's archive has all others again."""
    term.give_by_hand("dee", "alpha", "add", 2)
    again = {"dee": work.ALPHA, "gil": work.ALPHA}
    output = term.run("collect", "moodle", work.moodles_zip(term, TENTH, again))
    states = {student: state for student, (state, *_) in table(output).items()}
    assert {student for student, state in states.items() if state == "replaced"} == again.keys()
    assert set(states.values()) == {"replaced", "unchanged"}
    assert (term.root / "replaced/gil/alpha/1/alpha.ipynb").exists()
    output = term.run("grade")
    assert "CONFIRM dee/alpha: add: 2 of 3 by hand still count" in output
    assert output.count("CONFIRM") == 1
    changed = term.run("regrades")
    assert "gil/alpha: 1 -> 4 of 4" in changed
    assert "dee/alpha: 1 -> 4 of 4" in changed
    assert term.scores("alpha") == work.alpha_scores(gil=4.0, dee=3.0)
    assert term.run("confirm-scores", "dee") == "confirmed dee/alpha: add: 2\n"


def changes_a_grader(term: Term) -> None:
    """Gamma's visible test gets 2 points of 3 instead of 1; Hal has points by hand there."""
    term.give_by_hand("hal", "gamma", "gamma-visits", 2.5)
    graders = term.root / "autograder" / "graders"
    edit(graders / "gamma.py", "points=1)", "points=2)")
    edit(graders / "hidden" / "gamma.py", "points=2)", "points=1)")
    output = term.run("grade", "--preview", "--assignment", "gamma")
    assert "WOULD CHANGE hal/gamma: 1 -> 2 of 3" in output
    assert "WOULD CHANGE ida/gamma: 1 -> 2 of 3" in output
    assert term.scores("gamma") == work.gamma_scores(hal=2.5, ida=1.0)
    output = term.run("grade")
    assert "CONFIRM hal/gamma: gamma-visits: 2.5 of 3 by hand still count" in output
    assert "CONFIRM dee" not in output
    assert "ida/gamma: 1 -> 2 of 3" in term.run("regrades")
    assert term.scores("gamma") == work.gamma_scores(hal=2.5, ida=2.0)
    term.run("confirm-scores")


def changes_a_question(term: Term) -> None:
    """`double` of alpha is called `twice` and has 2 points instead of 1; Ada has points by hand there."""
    solution, grader = term.root / "solutions/alpha.py", term.root / "autograder/graders/alpha.py"
    edit(solution, '"grade_id": "double-solution"', '"grade_id": "twice-solution"')
    edit(
        solution,
        '"grade_id": "double", "locked": true, "points": 1',
        '"grade_id": "twice", "locked": true, "points": 2',
    )
    edit(solution, 'check("double")', 'check("twice")')
    edit(grader, '    "double": (', '    "twice": (')
    edit(grader, 'question("double", points=1)', 'question("twice", points=2)')
    term.run("release")
    assert "update-questions` says what becomes of them" in term.run("grade", status=1)
    output = term.run("update-questions")
    assert "If double is only called twice now: --rename double=twice." in output
    output = term.run("update-questions", "--rename", "double=twice", "--apply")
    assert "alpha: double becomes twice" in output
    assert "alpha: twice has 2 points instead of 1; by hand are 1 (ada 0.5)" in output
    before = {("dee", "alpha", "add"): 2, ("hal", "gamma", "gamma-visits"): 2.5}
    assert term.by_hand() == {("ada", "alpha", "twice"): 0.5, **before}
    output = term.run("grade")
    assert "CONFIRM ada/alpha: twice: 0.5 of 2 by hand still count" in output
    term.give_by_hand("ada", "alpha", "twice", 1)
    output = term.run("grade")
    assert "CONFIRM" not in output
    assert term.by_hand() == {("ada", "alpha", "twice"): 1, **before}
    assert term.scores("alpha") == work.final_alpha()
    assert "Graded by hand: 1 of 2 points." in term.page("ada", "alpha")


def drops_a_student(term: Term) -> None:
    lms.write_roster(term.root / "roster.csv", "yuri")
    assert "note yuri: dropped" in term.run("roster")
    assert "Dropped in the roster, not graded: yuri" in term.run("grade")
    assert "Yao" not in (term.root / "class.html").read_text()
    assert "yuri" not in term.scores("alpha")


def hands_scores_back(term: Term) -> None:
    """Into Canvas's gradebook, and with comments into Moodle's worksheet."""
    lms.write_canvas_gradebook(term.root / "canvas.csv", {"alpha": 5, "beta": 1, "Visits": 3})
    term.run("export", "canvas", term.path("canvas.csv"), "--column", "gamma=Visits")
    rows = lms.read_sheet(term.root / "canvas-graded.csv", "SIS Login ID")
    columns = {"alpha (501)": work.final_alpha(), "beta (502)": work.beta_scores()}
    columns["Visits (503)"] = work.gamma_scores(hal=2.5, ida=2.0)
    for heading, scores in columns.items():
        for student in CLASS.keys() - {"yuri"}:
            written = rows[student][heading]
            assert (float(written) if written else None) == scores[student], (student, heading)
        assert rows["yuri"][heading] == ""
    lms.write_moodle_worksheet(term.root / "worksheet.csv", 5)
    term.run("export", "moodle", term.path("worksheet.csv"), "--assignment", "alpha")
    rows = lms.read_sheet(term.root / "worksheet-graded.csv", "Email address")
    assert rows["jon@example.org"]["Grade"] == "5.00"
    assert "twice" in rows["ada@example.org"]["Feedback comments"]
    assert rows["nia@example.org"]["Grade"] == rows["yuri@example.org"]["Grade"] == ""


def hands_feedback_back(term: Term) -> None:
    """Moodle's archive has no file of Lea and Leo, who get theirs in zips of their own."""
    archive = str(term.root.parent / "alpha.zip")
    output = term.run("export", "feedback", "moodle", archive, "--assignment", "alpha", status=1)
    missed = {line.split()[2] for line in output.splitlines() if line.startswith("NOT EXPORTED")}
    assert missed == {"lea/alpha:", "leo/alpha:"}
    pages = lms.read_zip(term.root.parent / "alpha-feedback.zip")
    back = CLASS.keys() - {"lea", "leo", "nia", "yuri"}
    assert pages == {
        f"{lms.in_moodles_zip(student)}alpha-feedback.html": term.page(student, "alpha").encode()
        for student in back
    }
    term.run("export", "feedback", "students", "--to", term.path("zips"))
    zips = {path.stem: path for path in (term.root / "zips").iterdir()}
    assert zips.keys() == CLASS.keys() - {"yuri"}
    assert lms.read_zip(zips["lea"]).keys() == {"alpha.html", "beta.html", "gamma.html"}
    assert lms.read_zip(zips["nia"]).keys() == {"beta.html"}


def looks_back(term: Term) -> None:
    """The page for the lecture names nobody; grading again gives the same."""
    term.run("class-page", "--without-names")
    page = (term.root / "class-lecture.html").read_text()
    assert not [name for name in ("Lovelace", "Çelik", "jon", "李") if name in page]
    assert "Lovelace" in (term.root / "class.html").read_text()
    output = term.run("verify", "ada")
    assert output.count(": the same grade") == 3
