"""Students by any of their names; a roster file that is none is refused with its line."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from autograder.course.settings import CourseError
from autograder.submissions.roster import Person, Roster, read_roster

CLASS = Roster(
    [
        Person("ada", "Ada", "Lovelace", "ada.l@example.org", "1234"),
        Person("jon", "Jürgen", "O'Neill-Peña", "jp@example.org", "1235"),
        Person("li", "小龙", "李", "li@example.org"),
        Person("a1", "Anna", "Schmidt"),
        Person("a2", "Anna", "Schmidt"),
        Person("jurgen.b", "Jurgen", "Berg"),
        Person("juergen", "Jürgen", "Berg"),
    ]
)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        *(("ada", ["ada"]), ("Ada Lovelace", ["ada"]), ("Lovelace, Ada", ["ada"])),
        *(("lovelaceada", ["ada"]), ("ADA.L@example.org", ["ada"]), ("ada.l", ["ada"])),
        *(("Jürgen O'Neill-Peña", ["jon"]), ("oneillpeñajürgen", ["jon"])),
        ("Jurgen ONeill-Pena", ["jon"]),
        (unicodedata.normalize("NFD", "Jürgen O'Neill-Peña"), ["jon"]),
        *(("李 小龙", ["li"]), ("李小龙", ["li"])),
        ("Anna Schmidt", ["a1", "a2"]),
        *(("Jürgen Berg", ["juergen"]), ("Jurgen Berg", ["jurgen.b"])),
        *(("Eve", []), ("", []), ("--", [])),
    ],
)
def test_a_student_is_found_by_any_name(name: str, ids: list[str]) -> None:
    assert CLASS.find(name) == ids


def test_a_number_in_the_lms_stands_for_its_student() -> None:
    assert CLASS.find_number("1235") == ["jon"]
    assert CLASS.find_number("1") == []


def roster(tmp_path: Path, text: str | bytes) -> Roster:
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_roster(path)


@pytest.mark.parametrize(
    "text",
    [
        "id,first_name,last_name,email\nada,Ada,Lovelace,ada@example.org\n",
        "\ufeffStudent ID;Name;E-Mail\r\nada;Lovelace, Ada;ada@example.org\r\n;;\r\n",
        'Email Address\tFull name\tUsername\nada@example.org\t"Ada Lovelace"\tada',
    ],
)
def test_a_roster_is_read(tmp_path: Path, text: str) -> None:
    people = roster(tmp_path, text).people
    assert people == {"ada": Person("ada", "Ada", "Lovelace", "ada@example.org")}


def test_who_is_dropped_is_said(tmp_path: Path) -> None:
    people = roster(tmp_path, "id,dropped\nada,\nbob,yes\ncyd,no\n").people
    assert [person.dropped for person in people.values()] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nAda\n", "roster.csv:1: no column `id` (columns: name). Write id,"),
        ("", "roster.csv:1: no column `id` (columns: none)"),
        ("id,name\n", "roster.csv: holds no student"),
        ("id\nada\nada\n", "roster.csv:3: the id ada a second time"),
        ("id,name\n,Ada\n", "roster.csv:2: a student without an id"),
        ("id\n../ada\n", "roster.csv:2: the id ../ada cannot be the name of a directory"),
        ("id\n<b>\n", "roster.csv:2: <b>: a student's id with < >"),
        ("id,dropped\nada,maybe\n", "roster.csv:2: 'maybe' under `dropped` is neither yes nor no"),
        ('id,"name\n' + "x" * 200_000, "roster.csv:2: field larger than field limit"),
        (b"id,name\nada,J\xfcrgen\n", "roster.csv: not UTF-8. Save it as CSV UTF-8"),
    ],
)
def test_what_is_no_roster_is_refused_in_one_line(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    with pytest.raises(CourseError) as error:
        roster(tmp_path, text)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
