"""The students of a class, and which of them a name in an archive or a file means."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.submissions.files import one_line, read_capped
from autograder.submissions.notebook_json import Unreadable
from autograder.submissions.submission import odd_id

_MAX_BYTES = 16 * 2**20
_COLUMNS = {
    "id": ("id", "student", "student id", "username", "user name", "login"),
    "name": ("name", "full name", "student name"),
    "first_name": ("first name", "firstname", "given name"),
    "last_name": ("last name", "lastname", "surname", "family name"),
    "email": ("email", "e mail", "email address", "e mail address", "mail"),
    "lms_user_id": ("lms user id", "lms id", "canvas id", "canvas user id", "moodle id"),
    "dropped": ("dropped", "withdrawn"),
}
_YES = {"yes", "y", "true", "1", "x", "dropped", "withdrawn"}
_NO = {"", "no", "n", "false", "0"}


@dataclass(frozen=True)
class Person:
    """A student of the class; unknown fields are empty. `dropped`: no longer in the class."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    dropped: bool = False

    @property
    def full_names(self) -> tuple[str, ...]:
        """The name in both orders, as systems write it."""
        both = f"{self.first_name} {self.last_name}", f"{self.last_name} {self.first_name}"
        return tuple(dict.fromkeys(name.strip() for name in both if name.strip()))


class Roster:
    """Finds students by any of their names: id, e-mail address, number in the LMS, full name.

    An exact id wins over a name. A name is compared without capitals, blanks and signs, then without
    accents too, since each system writes names in its own way.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = {person.id: person for person in people}
        self._by_name: list[defaultdict[str, set[str]]] = []
        for keys in (_exact, _folded, _bare):
            index: defaultdict[str, set[str]] = defaultdict(set)
            for person in self.people.values():
                for key in keys(person):
                    index[key].add(person.id)
            self._by_name.append(index)
        self._by_number: defaultdict[str, set[str]] = defaultdict(set)
        for person in self.people.values():
            self._by_number[person.lms_user_id or person.id].add(person.id)

    @property
    def dropped(self) -> frozenset[str]:
        """The ids of the students who are no longer in the class."""
        return frozenset(person.id for person in self.people.values() if person.dropped)

    def find(self, name: str) -> list[str]:
        """The ids of the students whom a name means: one, none, or several who share it."""
        for key, index in zip((name.strip(), fold(name), bare(name)), self._by_name, strict=True):
            if key and key in index:
                return sorted(index[key])
        return []

    def find_number(self, number: str) -> list[str]:
        """The ids of the students with this number in the LMS."""
        return sorted(self._by_number.get(number, ()))


def fold(name: str) -> str:
    """A name without capitals, blanks and signs."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in text if char.isalnum())


def bare(name: str) -> str:
    """A name without accents, too."""
    text = unicodedata.normalize("NFKD", fold(name))
    return "".join(char for char in text if not unicodedata.combining(char))


def _exact(person: Person) -> set[str]:
    return {person.id}


def _folded(person: Person) -> set[str]:
    mailbox = person.email.partition("@")[0]
    names = (person.id, person.email, mailbox, *person.full_names)
    return {fold(name) for name in names} - {""}


def _bare(person: Person) -> set[str]:
    return {bare(name) for name in person.full_names} - {""}


def course_roster(course: Course) -> Roster | None:
    """The roster that the course's settings name, or None. Raises CourseError."""
    return read_roster(course.root / course.config.roster) if course.config.roster else None


def dropped_in(course: Course, class_root: Path) -> frozenset[str]:
    """The ids of the students whom the course's roster calls dropped. Raises CourseError.

    Nobody in another class than the course's own, such as the example class.
    """
    roster = course_roster(course) if class_root == course.root else None
    return roster.dropped if roster else frozenset()


def read_roster(path: Path) -> Roster:
    """The students in a CSV file with the columns id, name or first and last name, e-mail and others.

    Raises CourseError, with the line, for a file that is not such a table.
    """
    try:
        text = read_capped(path.resolve(), _MAX_BYTES, str(path)).decode("utf-8-sig")
    except Unreadable as error:
        raise CourseError(f"{str(error).partition('. ')[0]}. Name a CSV file of students") from None
    except UnicodeDecodeError:
        raise CourseError(f"{path}: not UTF-8. Save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    people: dict[str, Person] = {}
    try:
        heading = next(rows, [])
        columns = _columns(heading)
        if "id" not in columns:
            raise CourseError(
                f"{path}:1: no column `id` (columns: {', '.join(map(one_line, heading)) or 'none'}). Write "
                "id,first_name,last_name,email above the students"
            )
        for row in rows:
            if any(cell.strip() for cell in row):
                cells = {role: row[at].strip() for role, at in columns.items() if at < len(row)}
                person = _person(f"{path}:{rows.line_num}", cells)
                if person.id in people:
                    raise CourseError(
                        f"{path}:{rows.line_num}: the id {person.id} a second time. Remove one"
                    )
                people[person.id] = person
    except csv.Error as error:
        raise CourseError(f"{path}:{rows.line_num}: {error}. Save it as CSV UTF-8") from None
    if not people:
        raise CourseError(f"{path}: holds no student. Write a line for each")
    return Roster(people.values())


def _columns(heading: list[str]) -> dict[str, int]:
    """Role -> column, by the first heading that is known for it."""
    words = [
        " ".join(text.replace("_", " ").replace("-", " ").split()).casefold() for text in heading
    ]
    return {
        role: at
        for role, known in _COLUMNS.items()
        if (at := next((words.index(word) for word in known if word in words), -1)) >= 0
    }


def _person(place: str, cells: dict[str, str]) -> Person:
    name = cells.get("name", "")
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma:
        first, _, last = name.rpartition(" ")
    person = Person(
        unicodedata.normalize("NFC", cells.get("id", "")),
        cells.get("first_name", "") or first,
        cells.get("last_name", "") or last,
        cells.get("email", ""),
        cells.get("lms_user_id", ""),
        _is_dropped(place, cells.get("dropped", "")),
    )
    if not person.id:
        raise CourseError(f"{place}: a student without an id. Give one")
    if problem := odd_id(person.id):
        raise CourseError(f"{place}: {problem.replace('Rename the directory', 'Write another')}")
    if "/" in person.id or "\\" in person.id or person.id.startswith("."):
        raise CourseError(
            f"{place}: the id {person.id} cannot be the name of a directory. Write another"
        )
    return person


def _is_dropped(place: str, text: str) -> bool:
    if text.casefold() not in _YES | _NO:
        raise CourseError(
            f"{place}: {one_line(text)!r} under `dropped` is neither yes nor no. Write one"
        )
    return text.casefold() in _YES
