"""Reads whose a file in an archive is from its path, as Moodle, Canvas or a person lays files out.

- Moodle ("Download all submissions", mod/assign/classes/downloader.php): a folder
  `Ada Lovelace_4711_assignsubmission_file` for each student, in older versions with `_` at its end,
  or all files in one folder, with that before their names. The number is another one in each assignment.
- Canvas ("Download Submissions", lib/content_zipper.rb): `lovelaceada_LATE_1234_567890_alpha-1.ipynb`,
  which is the sortable name, whether it is late, the student's id, the file's id, and its name, with
  `-1` behind it in a second attempt.
- A folder: `ada/alpha.ipynb`, `ada/alpha/alpha.ipynb`, or `ada.ipynb` and `alpha_ada.ipynb`; or of GitHub
  Classroom (`gh classroom clone student-repos`) the clones `alpha-ada/`.

A student chooses only what stands last. So what the system wrote is always looked for from the left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

Lms = Literal["moodle", "canvas", "folder"]

# Moodle writes no `_` into a name; a person who puts an id there may. The first number before
# `_assignsubmission_` ends the name, whatever follows: `(?>` never gives that up again.
_MOODLE = re.compile(
    r"(?>(?P<name>.+?)_(?P<number>\d+)_assignsubmission_)(?P<plugin>[a-z]+)(?:_(?P<rest>.*))?",
    re.DOTALL,
)
_CANVAS = re.compile(
    r"(?P<name>.+?)_(?P<late>LATE_)?(?P<user>\d+)_(?:(?P<file>\d+)_(?P<rest>.+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
# Of a file on any disk. A zip may hold longer ones, whose search takes quadratic time.
_LONGEST_STEM = 255
_CANVAS_ANONYMOUS = re.compile(r"(LATE_)?anon_\w+")


@dataclass(frozen=True)
class Place:
    """Whose a file is, and what it is called in the hand-in.

    `owner` is the student as the path names them, `others` are other readings of it. `lms_id` is the
    number that the system gives the student everywhere, or empty. Two places of one hand-in have the
    same `hand_in`. `prefix` is what stands before a file's name, by which the system finds the student
    again. `obstacle` says why this is no file of a hand-in, or is empty.
    """

    owner: str
    hand_in: str
    file: str
    lms_id: str = ""
    others: tuple[str, ...] = ()
    prefix: str = ""
    is_late: bool = False
    obstacle: str = ""


Reader = Callable[[str], Place | None]


def reader(lms: Lms, assignments: Collection[str] = ()) -> Reader:
    """What reads the paths of such an archive: a path -> its place, or None if it is none of these.

    `assignments` are names that may stand in a path beside the student's.
    """
    if lms == "folder":
        return lambda path: in_folder(path, assignments)
    return in_moodle if lms == "moodle" else in_canvas


def in_moodle(path: str) -> Place | None:
    """The place of a file in an archive of Moodle, which may lie in a folder of any name."""
    parts = path.split("/")
    for at, part in enumerate(parts):
        match = _MOODLE.fullmatch(part)
        if match is None:
            continue
        in_folder = at + 1 < len(parts)
        file = "/".join(parts[at + 1 :]) if in_folder else match["rest"] or ""
        prefix = f"{part}/" if in_folder else part.removesuffix(file)
        # Moodle takes what stands between the first two `_` for the number, and writes blanks in names.
        prefix = match["name"].replace("_", " ") + prefix.removeprefix(match["name"])
        typed = (
            "" if match["plugin"] == "file" else f"typed into Moodle ({match['plugin']}), no file"
        )
        hand_in = f"{match['name']}_{match['number']}"
        return Place(match["name"], hand_in, file, prefix=prefix, obstacle=typed)
    return None


def in_canvas(path: str) -> Place | None:
    """The place of a file in an archive of Canvas, which may lie in a folder of any name."""
    name = path.rpartition("/")[2]
    if _CANVAS_ANONYMOUS.match(name):
        return Place(
            "", name, name, obstacle="without a name (anonymous grading). Show names in Canvas"
        )
    match = _CANVAS.fullmatch(name)
    if match is None:
        return None
    typed = f"typed into Canvas ({match['typed']}), no file" if match["typed"] else ""
    file = match["rest"] or f"{match['typed']}.html"
    return Place(
        match["name"],
        match["user"],
        file,
        match["user"],
        prefix=name.removesuffix(file),
        is_late=match["late"] is not None,
        obstacle=typed,
    )


def names_before_attempts(files: Collection[str], assignments: Collection[str]) -> dict[str, str]:
    """File -> the released name, for notebooks in whose names Canvas wrote -1, -2 ... in a later attempt.

    Otherwise a student would be told to keep the released name, having done so. A hand-in that has the
    released name, too, or several such files, keeps its names.
    """
    released = {}
    for assignment in assignments:
        pattern = re.compile(rf"{re.escape(assignment)}(-\d+)?\.ipynb")
        matches = [match for name in files if (match := pattern.fullmatch(name))]
        if len(matches) == 1 and matches[0][1]:
            released[matches[0][0]] = f"{assignment}.ipynb"
    return released


def in_folder(path: str, assignments: Collection[str] = ()) -> Place | None:
    """The place of a file in a folder that has a folder or a file for each student."""
    owner, slash, file = path.partition("/")
    if not slash:
        stem = (
            owner.partition(".")[0] if owner.startswith(".") else owner.rpartition(".")[0] or owner
        )
        return Place(stem, owner, owner, others=without_assignment(stem, assignments))
    first, slash, rest = file.partition("/")
    name = rest if slash and first in assignments else file
    return Place(
        owner, owner, name, others=without_assignment(owner, assignments), prefix=f"{owner}/"
    )


def without_assignment(stem: str, assignments: Collection[str]) -> tuple[str, ...]:
    """A file's or folder's name without the assignment's name in it, as in alpha_ada or ada-alpha."""
    if len(stem) > _LONGEST_STEM:
        return ()
    names = []
    for name in assignments:
        for pattern in (rf"{re.escape(name)}[ _.-]+(.+)", rf"(.+?)[ _.-]+{re.escape(name)}"):
            if match := re.fullmatch(pattern, stem, re.IGNORECASE | re.DOTALL):
                names.append(match[1])
    return tuple(names)
