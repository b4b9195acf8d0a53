"""Sorts the files of an archive by the students who handed them in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from autograder.submissions.archive import MAX_MEMBER, Member
from autograder.submissions.files import first_names, one_line
from autograder.submissions.lms_names import (
    Lms,
    Place,
    Reader,
    names_before_attempts,
    reader,
    without_assignment,
)
from autograder.submissions.roster import Roster
from autograder.submissions.timestamps import STUDENTS_OWN, TIMESTAMP

_MAX_FILES = 1_000
_LONGEST_NAME = 150  # characters of a directory's or file's name that is written


@dataclass
class HandIn:
    """What one student handed in: path -> file, and what the archive says about it.

    `prefix` is what the system writes before a file's name of this student, `notebooks` the files that hold
    an assignment, each with the names of the assignments.
    """

    student: str
    files: dict[str, Member] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    prefix: str = ""
    is_late: bool = False
    notebooks: dict[str, set[str]] = field(default_factory=dict)

    @property
    def assignments(self) -> set[str]:
        """The assignments that are in its notebooks."""
        return set().union(*self.notebooks.values())

    @property
    def time(self) -> datetime | None:
        """The newest time of its files, or None if none has one."""
        times = [member.time for member in self.files.values() if member.time is not None]
        return max(times, default=None)


@dataclass
class ArchiveContents:
    """Hand-ins by student, and a line for each file or hand-in whose student is not clear."""

    hand_ins: dict[str, HandIn] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def read_hand_ins(
    kind: Lms, members: list[Member], roster: Roster, assignments: Collection[str]
) -> ArchiveContents:
    """The hand-ins of the students of the roster in an archive of this kind.

    `assignments` are names that may stand in a path beside the student's.
    """
    if kind == "folder":
        members = without_outer_folder(members, roster, assignments)
    contents = sort_out(members, reader(kind, assignments), roster)
    if kind == "canvas":
        for hand_in in contents.hand_ins.values():
            for name, released in names_before_attempts(hand_in.files, assignments).items():
                hand_in.files[released] = hand_in.files.pop(name)
    return contents


def sort_out(members: Iterable[Member], read: Reader, roster: Roster) -> ArchiveContents:
    """The hand-ins of the students of the roster among the files of an archive."""
    result = ArchiveContents()
    # student -> hand-in -> files
    by_student: defaultdict[str, defaultdict[str, list[tuple[Place, Member]]]]
    by_student = defaultdict(lambda: defaultdict(list))
    unclear: dict[str, str] = {}  # one line for each hand-in, not for each of its files
    for member in members:
        place, students = _owner(member, read, roster)
        if place is None:
            line = f"{member.label}: not named as in an archive of this kind. Look at it"
            unclear.setdefault(member.label, line)
        elif len(students) == 1:
            by_student[students[0]][place.hand_in].append((place, member))
        else:
            unclear.setdefault(place.hand_in, _unclear(member, place, students))
    result.refused += unclear.values()
    for student, by_hand_in in sorted(by_student.items()):
        labels = [one_line(name) for name in by_hand_in]
        if len(by_hand_in) > 1:
            result.refused.append(
                f"{student}: {len(labels)} hand-ins have this name ({first_names(labels)}). Name the "
                "students apart in the roster, or leave one out"
            )
        elif roster.people[student].dropped:
            result.refused.append(f"{labels[0]}: of {student}, who is dropped in the roster")
        else:
            result.hand_ins[student] = _hand_in(student, next(iter(by_hand_in.values())))
    return result


def without_outer_folder(
    members: Sequence[Member], roster: Roster, assignments: Collection[str]
) -> list[Member]:
    """The members without a folder around all of them, such as a folder's own name in its zip."""
    result = list(members)
    while result:
        tops = {member.spellings[0].partition("/")[0] for member in result}
        top = tops.pop()
        is_around = not tops and all("/" in member.spellings[0] for member in result)
        names = (top, *without_assignment(top, assignments))
        if not is_around or any(map(roster.find, names)):
            return result
        result = [_inside(member) for member in result]
    return result


def _inside(member: Member) -> Member:
    names = tuple(name.partition("/")[2] for name in member.spellings)
    return Member(names, member.size, member.time, member.obstacle, member.read)


def _owner(member: Member, read: Reader, roster: Roster) -> tuple[Place | None, list[str]]:
    """The place of a file by the first spelling that names a student, and the students so named."""
    first: tuple[Place | None, list[str]] = (None, [])
    for spelling in member.spellings:
        place = read(spelling)
        if place is None:
            continue
        students = _students(place, roster)
        if students:
            return place, students
        first = (first[0] or place, [])
    return first


def _students(place: Place, roster: Roster) -> list[str]:
    by_number = roster.find_number(place.lms_id) if place.lms_id else []
    by_name = next((ids for name in (place.owner, *place.others) if (ids := roster.find(name))), [])
    if by_number and by_name:  # a number may be another student's in another system
        return sorted({*by_number} & {*by_name}) or sorted({*by_number, *by_name})
    return by_number or by_name


def _unclear(member: Member, place: Place, students: list[str]) -> str:
    owner = one_line(place.owner or place.hand_in)
    if place.obstacle and not place.owner:
        return f"{member.label}: {place.obstacle}"
    if not students:
        return f"{one_line(place.hand_in)}: nobody in the roster is {owner}. Add the name, or correct it"
    # Only a number that the system gives the student everywhere can stand in a roster.
    remedy = (
        "Name them apart in the roster, with the number in the LMS"
        if place.lms_id
        else "Unpack the archive and write the student's id there in place of the name"
    )
    return f"{one_line(place.hand_in)}: {owner} may be {', '.join(students)}. {remedy}"


def _hand_in(student: str, files: list[tuple[Place, Member]]) -> HandIn:
    """The hand-in of these files, each under a path that is safe to write."""
    hand_in = HandIn(student)
    taken: set[str] = set()  # files and directories, in lower case: some disks tell them not apart
    bytes_left = MAX_MEMBER
    for place, member in files:
        hand_in.is_late = hand_in.is_late or place.is_late
        name = _safe_path(place.file)
        parents = ["/".join(name.split("/")[: at + 1]) for at in range(name.count("/"))]
        reason = place.obstacle or member.obstacle
        if not reason and not name:
            reason = "a path that leads out of the hand-in"
        if not reason and (
            name.casefold() in taken
            or any(f"{folder.casefold()}//file" in taken for folder in parents)
        ):
            reason = "a second file of this name"
        if not reason and (member.size > bytes_left or len(hand_in.files) >= _MAX_FILES):
            reason = f"over {MAX_MEMBER:,} bytes or {_MAX_FILES:,} files of one hand-in"
        if reason:
            hand_in.notes.append(f"{one_line(place.file) or member.label}: {reason}, left out")
            continue
        hand_in.prefix = hand_in.prefix or place.prefix
        taken |= {
            name.casefold(),
            f"{name.casefold()}//file",
            *(folder.casefold() for folder in parents),
        }
        bytes_left -= member.size
        hand_in.files[name] = member
    return hand_in


def _safe_path(path: str) -> str:
    """The path of a file below a directory, each part printable and not too long; empty if it leaves it.

    A student's `timestamp.txt` gets the name under which its time counts for nothing.
    """
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts or not parts or path.startswith("/"):
        return ""
    if parts == [TIMESTAMP]:
        return STUDENTS_OWN
    return "/".join(map(_safe_name, parts))


def _safe_name(name: str) -> str:
    printable = "".join(char if char.isprintable() else "_" for char in name)
    encodable = printable.encode("utf-8", "replace").decode()
    if len(encodable.encode()) <= _LONGEST_NAME:
        return encodable
    stem, dot, suffix = encodable.rpartition(".")
    suffix = f".{suffix}" if dot and len(suffix) <= 10 else ""
    cut = (stem if suffix else encodable).encode()[: _LONGEST_NAME - len(suffix.encode())]
    return cut.decode("utf-8", "ignore") + suffix
