"""The files of an archive sorted by student, each under a path that is safe to write."""

from __future__ import annotations

import pytest

from autograder.submissions.archive import Member
from autograder.submissions.hand_ins import ArchiveContents, HandIn, read_hand_ins
from autograder.submissions.lms_names import Lms
from autograder.submissions.roster import Person, Roster

CLASS = Roster(
    [
        Person("ada", "Ada", "Lovelace", lms_user_id="1"),
        Person("bob", "Bob", "Byte", lms_user_id="2"),
        Person("a1", "Anna", "Schmidt", lms_user_id="3"),
        Person("a2", "Anna", "Schmidt", lms_user_id="4"),
    ]
)
ADA = "Ada Lovelace_7_assignsubmission_file_"


def member(name: str, size: int = 1) -> Member:
    return Member((name,), size, None, "", lambda: b"x")


def sort_out(kind: Lms, *names: str) -> ArchiveContents:
    return read_hand_ins(kind, [member(name) for name in names], CLASS, ("alpha",))


def of_ada(*files: Member) -> HandIn:
    return read_hand_ins("moodle", list(files), CLASS, ()).hand_ins["ada"]


@pytest.mark.parametrize("file", ["..", "../evil", "/a/../../evil", "/..\\evil"])
def test_no_path_leads_out_of_a_hand_in(file: str) -> None:
    hand_in = of_ada(member(f"{ADA}{file}"), member(f"{ADA}/alpha.ipynb"))
    assert not any(".." in name for name in hand_in.files)


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("a\x1b[31m\n.ipynb", "a_[31m_.ipynb"),
        ("x" * 300 + ".ipynb", "x" * 144 + ".ipynb"),
        ("ü" * 300, "ü" * 75),
        ("src\\alpha.ipynb", "src/alpha.ipynb"),
        ("timestamp.txt", "student-timestamp.txt"),
    ],
)
def test_a_name_is_made_safe_and_no_file_is_lost(file: str, written: str) -> None:
    assert list(of_ada(member(f"{ADA}/{file}")).files) == [written]


def test_of_files_that_exclude_each_other_the_first_is_taken() -> None:
    names = ("a", "a/b", "c/d", "c", "E.txt", "e.TXT")
    hand_in = of_ada(*(member(f"{ADA}/{name}") for name in names))
    assert list(hand_in.files) == ["a", "c/d", "E.txt"]
    assert len(hand_in.notes) == 3


def test_what_is_too_much_for_one_hand_in_is_left_out() -> None:
    large = 90 * 2**20
    hand_in = of_ada(member(f"{ADA}/a", large), member(f"{ADA}/b", large), member(f"{ADA}/c"))
    assert list(hand_in.files) == ["a", "c"]
    assert hand_in.notes[0].startswith("b: over 104,857,600 bytes")


def test_two_hand_ins_of_one_name_are_nobodys() -> None:
    actual = sort_out(
        "moodle",
        f"{ADA}/a",
        f"{ADA.replace('7', '8')}/a",
        "Anna Schmidt_9_assignsubmission_file_/a",
    )
    assert not actual.hand_ins
    assert [line.partition(".")[0] for line in sorted(actual.refused)] == [
        "Anna Schmidt_9: Anna Schmidt may be a1, a2",
        "ada: 2 hand-ins have this name (Ada Lovelace_7, Ada Lovelace_8)",
    ]  # fmt: skip


def test_an_id_in_place_of_the_name_tells_two_of_one_name_apart_in_moodle() -> None:
    actual = sort_out("moodle", "Anna Schmidt_9_assignsubmission_file/a")
    assert actual.refused == [
        "Anna Schmidt_9: Anna Schmidt may be a1, a2. "
        "Unpack the archive and write the student's id there in place of the name"
    ]
    actual = sort_out("moodle", "a2_9_assignsubmission_file/a")
    assert list(actual.hand_ins) == ["a2"]


def test_canvas_number_tells_two_of_one_name_apart_and_must_fit_the_name() -> None:
    actual = sort_out("canvas", "schmidtanna_4_50_a.ipynb", "lovelaceada_2_51_a.ipynb")
    assert list(actual.hand_ins) == ["a2"]
    assert actual.refused == [
        "2: lovelaceada may be ada, bob. Name them apart in the roster, with the number in the LMS"
    ]
