"""The command `autograder collect`: takes an archive of hand-ins into submitted/, and says what it took."""

from __future__ import annotations

import argparse

from filelock import FileLock, Timeout
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder._util.terminal import counted, tell_error
from autograder.course.course import Course
from autograder.course.known_names import refuse_unknown_assignments
from autograder.course.settings import CourseError
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.students import roster_of
from autograder.submissions.archive import opened
from autograder.submissions.class_directory import LOCK, handed_in
from autograder.submissions.files import first_names, is_archive, one_line
from autograder.submissions.hand_ins import ArchiveContents, HandIn, read_hand_ins
from autograder.submissions.placing import Placed, in_utc, place
from autograder.submissions.recognize import assignment_of, recognize
from autograder.submissions.roster import Roster


def collect(course: Course, options: argparse.Namespace, console: Console) -> bool:
    """Take the hand-ins of an archive; True if all were taken or are there already.

    Raises CourseError if the archive or the roster cannot be used, or the assignment is unclear.
    """
    if options.assignment:
        refuse_unknown_assignments([options.assignment], course.assignments)
    try:
        roster = roster_of(course, options.roster)
    except GradebookError as error:
        raise CourseError(str(error)) from None
    try:
        with (
            FileLock(course.root / LOCK, timeout=0),
            opened(options.archive) as members,
        ):
            contents = read_hand_ins(options.kind, members, roster, course.assignments)
            recognize(course, contents.hand_ins.values())
            if not options.assignment:
                _refuse_strangers(contents, options.kind)
            assignment = options.assignment or assignment_of(course, contents.hand_ins)
            _refuse_unknown_zone(contents, options.times)
            placed = {
                student: place(
                    course.root, assignment, hand_in, options.times, replace=options.replace
                )
                for student, hand_in in contents.hand_ins.items()
            }
    except Timeout:
        tell_error("Another run is at work in this class; wait for it to end.")
        return False
    console.print(_table(assignment, contents, placed))
    for line in contents.refused:
        console.print(f"NOT TAKEN {line}", style="bold", markup=False)
    _print_missing(course, assignment, contents, roster, console)
    all_taken = all(result.status != "NOT TAKEN" for result in placed.values())
    if not options.times and any(hand_in.is_late for hand_in in contents.hand_ins.values()):
        console.print(
            "LATE is Canvas's mark; the archive does not say when it was. Write the time into "
            f"submitted/<student>/{assignment}/timestamp.txt where it matters.",
            markup=False,
        )
    return all_taken and not contents.refused


def _refuse_strangers(contents: ArchiveContents, kind: str) -> None:
    """Raise CourseError if no file is a student's of the roster: its notebooks were not looked into."""
    if contents.refused and not contents.hand_ins:
        raise CourseError(
            f"no file of the archive is a student's of the roster, as {kind} names them. Correct the roster "
            f"or the names, or choose another kind than {kind}:\n" + "\n".join(contents.refused)
        )


def _refuse_unknown_zone(contents: ArchiveContents, zone: str) -> None:
    """Raise CourseError for a time zone that cannot be read, before anything is written."""
    try:
        for hand_in in contents.hand_ins.values():
            in_utc(hand_in.time, zone)
    except ValueError as error:
        raise CourseError(f"--times: {error}. Write UTC, +0200 or Europe/Berlin") from None


def _table(assignment: str, contents: ArchiveContents, placed: dict[str, Placed]) -> Table:
    """Student by student, what became of the hand-in."""
    table = Table(title=f"Hand-ins of {assignment}")
    for heading in ("student", "is", "files", "notes"):
        table.add_column(heading)
    for student, result in placed.items():
        hand_in = contents.hand_ins[student]
        notes = ["LATE"] * hand_in.is_late + _notes_on(hand_in, assignment) + result.notes
        # Text, not str: rich would interpret markup in names.
        names = first_names([one_line(name) for name in sorted(hand_in.files)])
        table.add_row(Text(student), result.status, Text(names), Text("\n".join(notes)))
    return table


def _notes_on(hand_in: HandIn, assignment: str) -> list[str]:
    """What is odd in a hand-in of this assignment."""
    notes = []
    if assignment not in hand_in.assignments:
        other = (
            f" ({', '.join(sorted(hand_in.assignments))} is in it)" if hand_in.assignments else ""
        )
        notes.append(f"no notebook of {assignment}{other}. Look at it by hand")
    elif f"{assignment}.ipynb" not in hand_in.files:
        notes.append("renamed, found by its cells")
    if archives := [one_line(name) for name in hand_in.files if is_archive(name)]:
        notes.append(f"{first_names(archives)}: an archive, which is not unpacked")
    return notes


def _print_missing(
    course: Course, assignment: str, contents: ArchiveContents, roster: Roster, console: Console
) -> None:
    """Print who handed in nothing, and how many did so before and are not in this archive."""
    expected = set(roster.people) - roster.dropped
    absent = expected - set(contents.hand_ins)
    handed_in_before = handed_in(course.root)
    earlier = {student for student in absent if (student, assignment) in handed_in_before}
    if earlier:
        console.print(
            f"Not in this archive, in submitted/ already: {len(earlier)} of {len(expected)} "
            f"({first_names(sorted(earlier))})",
            markup=False,
        )
    missing = sorted(absent - earlier)
    if missing:
        line = f"Without a hand-in: {len(missing)} of {len(expected)} ({', '.join(missing)})"
        console.print(line, markup=False)
    else:
        console.print(f"Without a hand-in: none of {counted(len(expected), 'student')}")
