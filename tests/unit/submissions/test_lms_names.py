"""Whose a file is, by its path in an archive of Moodle, of Canvas or of a person."""

from __future__ import annotations

import pytest

from autograder.submissions.lms_names import in_canvas, in_folder, in_moodle


@pytest.mark.parametrize(
    ("path", "owner", "file", "prefix"),
    [
        (
            "Ada Lovelace_4711_assignsubmission_file_/alpha.ipynb",
            *("Ada Lovelace", "alpha.ipynb", "Ada Lovelace_4711_assignsubmission_file_/"),
        ),
        (
            "CNN-alpha-98765/Ada Lovelace_4711_assignsubmission_file/src/alpha.ipynb",
            *("Ada Lovelace", "src/alpha.ipynb", "Ada Lovelace_4711_assignsubmission_file/"),
        ),
        (
            "Ada Lovelace_4711_assignsubmission_file_al_pha.ipynb",
            *("Ada Lovelace", "al_pha.ipynb", "Ada Lovelace_4711_assignsubmission_file_"),
        ),
        (  # an id that a person wrote there
            "ada_l_2_4711_assignsubmission_file_/alpha.ipynb",
            *("ada_l_2", "alpha.ipynb", "ada l 2_4711_assignsubmission_file_/"),
        ),
        (
            "ada_l_4711_assignsubmission_file_alpha.ipynb",
            *("ada_l", "alpha.ipynb", "ada l_4711_assignsubmission_file_"),
        ),
        (  # the student chose the rest
            "Eve_4712_assignsubmission_file_x_4711_assignsubmission_file_a.ipynb",
            "Eve",
            "x_4711_assignsubmission_file_a.ipynb",
            "Eve_4712_assignsubmission_file_",
        ),
        (
            "Eve_4712_assignsubmission_file_/Ada Lovelace_4711_assignsubmission_file_/a.ipynb",
            "Eve",
            "Ada Lovelace_4711_assignsubmission_file_/a.ipynb",
            "Eve_4712_assignsubmission_file_/",
        ),
    ],
)
def test_of_moodle(path: str, owner: str, file: str, prefix: str) -> None:
    place = in_moodle(path)
    assert place is not None
    assert (place.owner, place.file, place.prefix, place.obstacle) == (owner, file, prefix, "")
    assert place.hand_in.rpartition("_")[0] == owner


def test_a_kind_of_file_that_is_not_known_does_not_move_the_name() -> None:
    """What follows the first number is Moodle's or the student's, never a part of the name."""
    assert in_moodle("Eve_4712_assignsubmission_7_/Ada_4711_assignsubmission_file_/a") is not None
    assert in_moodle("Eve_4712_assignsubmission_7_Ada_4711_assignsubmission_file_a") is None


def test_what_was_typed_into_moodle_is_no_file() -> None:
    place = in_moodle("Ada_1_assignsubmission_onlinetext_/onlinetext.html")
    assert place is not None
    assert place.obstacle == "typed into Moodle (onlinetext), no file"


@pytest.mark.parametrize(
    ("path", "owner", "number", "file", "prefix", "is_late"),
    [
        (
            "lovelaceada_1234_567890_alpha.ipynb",
            *("lovelaceada", "1234", "alpha.ipynb", "lovelaceada_1234_567890_", False),
        ),
        (
            "submissions/neillpeñajürgen_LATE_1235_567891_alpha-1.ipynb",
            *("neillpeñajürgen", "1235", "alpha-1.ipynb"),
            *("neillpeñajürgen_LATE_1235_567891_", True),
        ),
        (
            "eve_1_2_lovelaceada_1234_567890_alpha.ipynb",
            *("eve", "1", "lovelaceada_1234_567890_alpha.ipynb", "eve_1_2_", False),
        ),
    ],
)
def test_of_canvas(
    path: str, owner: str, number: str, file: str, prefix: str, is_late: bool
) -> None:
    place = in_canvas(path)
    assert place is not None
    assert (place.owner, place.lms_id, place.file) == (owner, number, file)
    assert (place.prefix, place.is_late, place.obstacle) == (prefix, is_late, "")


def test_what_canvas_gives_without_a_file_or_a_name() -> None:
    typed = in_canvas("lovelaceada_LATE_1234_text.html")
    assert typed is not None
    assert typed.obstacle == "typed into Canvas (text), no file"
    hidden = in_canvas("LATE_anon_x7Yz2_99_alpha.ipynb")
    assert hidden is not None
    assert hidden.obstacle.startswith("without a name (anonymous grading)")


@pytest.mark.parametrize(
    ("path", "owner", "file", "others"),
    [
        ("ada/alpha.ipynb", "ada", "alpha.ipynb", ()),
        ("ada/alpha/alpha.ipynb", "ada", "alpha.ipynb", ()),
        ("ada/data/alpha.csv", "ada", "data/alpha.csv", ()),
        ("alpha-ada-l/alpha.ipynb", "alpha-ada-l", "alpha.ipynb", ("ada-l",)),
        ("alpha-ada-l/alpha/alpha.ipynb", "alpha-ada-l", "alpha.ipynb", ("ada-l",)),
        ("ada.ipynb", "ada", "ada.ipynb", ()),
        ("alpha_ada.l.ipynb", "alpha_ada.l", "alpha_ada.l.ipynb", ("ada.l",)),
        ("Ada Lovelace - Alpha.ipynb", *("Ada Lovelace - Alpha", "Ada Lovelace - Alpha.ipynb"), ("Ada Lovelace",)),
    ],
)  # fmt: skip
def test_of_a_folder(path: str, owner: str, file: str, others: tuple[str, ...]) -> None:
    place = in_folder(path, ("alpha", "beta"))
    assert place is not None
    assert (place.owner, place.file, place.others) == (owner, file, others)


def test_a_name_of_no_disk_is_not_searched() -> None:
    """A name in a zip has up to 65,535 bytes; the search of one of 16,000 took 2.5 s."""
    place = in_folder("_" * 65_000 + "alpha_ada.ipynb", ["alpha"] * 100)
    assert place is not None
    assert place.others == ()


@pytest.mark.parametrize(
    "path", ["alpha.ipynb", "Ada_assignsubmission_file_/a.ipynb", "grades.csv"]
)
def test_another_name_is_of_no_student(path: str) -> None:
    assert in_moodle(path) is None
    assert in_canvas(path) is None
